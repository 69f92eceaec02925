"""Names of attached files: a line for people, never a path."""

import pytest

from precedent.catalogue.attachments import naming
from tests.given import NASTY


@pytest.mark.parametrize("name", NASTY)
def test_any_name_becomes_one_that_can_be_shown(name: str) -> None:
    said = naming.shown(name, ".pdf")
    assert said.endswith(".pdf") and 5 <= len(said) <= naming.LONGEST
    assert said.isprintable() or "\u200c" in said
    assert not set("/\\\0\n\u200f\u202e") & set(said) and not said.startswith(".")
    assert naming.shown(said, ".pdf") == said


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\somebody\\Report.PDF", "Report.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("Decree No. 12", "Decree No. 12.pdf"),
        ("photo.jpeg", "photo.pdf"),
        ("annex\u202efdp.exe", "annexfdp.exe.pdf"),
        ("التقرير السنوي.docx", "التقرير السنوي.pdf"),
        ("گزارش‌ها.pdf", "گزارش‌ها.pdf"),
        ("...", "attachment.pdf"),
        (".pdf", "attachment.pdf"),
        ("lone \ud800 half", "lone half.pdf"),
    ],
)
def test_a_name_is_a_line_without_path_and_ends_as_its_kind(name: str, shown: str) -> None:
    assert naming.shown(name, ".pdf") == shown
