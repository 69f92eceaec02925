"""Attached files are handed out to be saved: no browser opens, runs or guesses at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.http import FileResponse

from precedent.catalogue.attachments.kinds import KINDS, Kind
from precedent.web.files import answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stored.html"
    path.write_bytes(b"<script>alert(1)</script>")
    return path


@contextmanager
def handed(file: Path, name: str, kind: str) -> Iterator[FileResponse]:
    """What is handed out. Closing the response itself would close the tests' database with it."""
    response = answer(file, name, kind)
    yield response
    assert response.file_to_stream is not None
    response.file_to_stream.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_file_is_what_the_table_says_whatever_it_is_called(kind: Kind, file: Path) -> None:
    with handed(file, "page.html", kind.code) as response:
        assert response["Content-Type"] == kind.media
        assert response["Content-Length"] == "25" and response.getvalue() == file.read_bytes()


def test_a_file_can_load_nothing_run_nothing_and_is_kept_by_nobody_on_the_way(file: Path) -> None:
    with handed(file, "Report.pdf", "pdf") as response:
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Report.pdf", 'attachment; filename="Report.pdf"'),
        ('a"b.pdf', 'attachment; filename="a\\"b.pdf"'),
        ("Décret 5.pdf", "attachment; filename*=utf-8''D%C3%A9cret%205.pdf"),
        ("移民.pdf", "attachment; filename*=utf-8''%E7%A7%BB%E6%B0%91.pdf"),
    ],
)
def test_a_file_is_saved_under_its_name_in_any_script(name: str, told: str, file: Path) -> None:
    with handed(file, name, "pdf") as response:
        assert response["Content-Disposition"] == told
