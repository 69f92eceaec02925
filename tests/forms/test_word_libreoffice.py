"""The Word form comes back from LibreOffice, which takes it apart and puts it together in its own way."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from precedent.catalogue import queries
from precedent.catalogue.records import Entry
from precedent.forms import draft
from precedent.forms.word.reading import read
from precedent.forms.word.sheet import Origin
from precedent.forms.word.writing import write
from precedent.kernel.languages import LANGUAGES
from tests.forms.word_paper import DOCUMENT, Paper, parts
from tests.given import document

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("libreoffice")]

AT_ONCE = 42
"""Files for one run of LibreOffice."""


def saved_again(folder: Path, files: Iterable[Path], kind: str = "docx") -> Path:
    """A folder with the files as LibreOffice saves them."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed: tools/debian.py installs it"
    out = folder / "again"
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", out, *files], check=True, capture_output=True, timeout=600)
    return out


def language_of(entry: Entry) -> str:
    return LANGUAGES[entry.number % len(LANGUAGES)].code


def written(folder: Path, entries: Iterable[Entry]) -> list[Path]:
    """Each entry as a form, in one language after the other."""
    files = []
    for entry in entries:
        file = folder / f"{entry.id}.docx"
        file.write_bytes(
            write(draft.of(entry.document), language_of(entry), Origin(entry.id, entry.revision.number))
        )
        files.append(file)
    return files


def assert_the_same(entries: Iterable[Entry], folder: Path) -> None:
    for entry in entries:
        sheet = read((folder / f"{entry.id}.docx").read_bytes())
        assert (sheet.draft, sheet.findings) == (draft.of(entry.document), []), entry.id
        assert (sheet.origin, sheet.language) == (Origin(entry.id, entry.revision.number), language_of(entry))


def test_records_in_six_languages_come_back_with_nothing_lost_or_changed(tmp_path: Path) -> None:
    entries = list(queries.changed_since(0))[:6]
    assert {language_of(entry) for entry in entries} == {language.code for language in LANGUAGES}
    again = saved_again(tmp_path, written(tmp_path, entries))
    assert_the_same(entries, again)
    held = parts((again / f"{entries[0].id}.docx").read_bytes())
    assert b'w:edit="readOnly"' in held["word/settings.xml"] and b"permStart" in held[DOCUMENT]


def test_empty_and_short_forms_and_those_filled_by_hand_come_back(tmp_path: Path) -> None:
    told = draft.of(document())
    by_hand = Paper(write({}, "ar"))
    by_hand.put("#title", "خط مساعدة", "للعمال")
    by_hand.put("#countries.code", "Philipines", number=2)
    forms = {"empty": write({}, "fr"), "short": write(told, "en", short=True), "hand": by_hand.data}
    for name, data in forms.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    again = saved_again(tmp_path, tmp_path.glob("*.docx"))
    sheets = {name: read((again / f"{name}.docx").read_bytes()) for name in forms}
    assert (sheets["empty"].draft, sheets["empty"].findings) == ({}, [])
    assert sheets["short"].short and sheets["short"].onto(told) == told
    assert sheets["hand"].draft == {"title": "خط مساعدة للعمال", "countries": [{"code": "Philipines"}]}
    assert [found.field for found in sheets["hand"].findings] == ["countries.0.code"]


def test_the_short_form_fits_on_a_page_in_every_language(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language.code}.docx").write_bytes(write({}, language.code, short=True))
    again = saved_again(tmp_path, tmp_path.glob("*.docx"), "pdf")
    for language in LANGUAGES:
        pages = re.findall(rb"/Type\s*/Page\b", (again / f"{language.code}.pdf").read_bytes())
        assert len(pages) == 1, language.code
