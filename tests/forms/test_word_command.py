"""`precedent template`: the form at the console, empty or filled in; and back again through `precedent load`."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from precedent.catalogue import queries, starter
from precedent.catalogue.document import EntryDocument
from precedent.forms import draft
from precedent.forms.word.reading import read
from precedent.forms.word.sheet import Origin
from precedent.kernel.languages import LANGUAGES
from tests.console.command import GOOD, Command
from tests.console.conftest import fresh, prepared_once, ready  # noqa: F401 - fixtures
from tests.forms.test_word_libreoffice import AT_ONCE, saved_again

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("libreoffice")]


@pytest.fixture
def command(ready: Command) -> Command:  # noqa: F811 - the fixture, not the import
    return ready


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for file in starter.shipped_files() for line in file.read_text("utf-8").splitlines()]


def as_entry(record: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in record.items() if name not in ("id", "doubt")}
    return EntryDocument.model_validate(told).as_record()


def assert_unchanged(command: Command, folder: Path, told: list[dict[str, Any]]) -> None:
    """Each record goes out as a form, in one language after the other, through LibreOffice, and in again."""

    def fill(number: int) -> None:
        source, form = folder / f"{number:03}.json", folder / f"{number:03}.docx"
        source.write_text(json.dumps(told[number]))
        language = LANGUAGES[number % len(LANGUAGES)].code
        assert command.run("template", form, "--from", source, "--language", language).code == 0

    with ThreadPoolExecutor(max_workers=2) as hands:
        list(hands.map(fill, range(len(told))))
    forms = sorted(folder.glob("*.docx"))
    rows: list[dict[str, Any]] = []
    for start in range(0, len(forms), AT_ONCE):
        again = saved_again(folder, forms[start : start + AT_ONCE])
        said = command.run("load", "--dry-run", "--json", *(again / form.name for form in forms[start:][:AT_ONCE]))
        assert said.code == 0, said.err
        assert said.json["held"] == len(said.json["rows"])
        rows += said.json["rows"]
    for record, row in zip(told, rows, strict=True):
        assert (row["findings"], row["id"]) == ([], record["id"])
        assert row["document"] == as_entry(record)


def test_records_go_out_through_libreoffice_and_in_again_unchanged(command: Command, tmp_path: Path) -> None:
    assert_unchanged(command, tmp_path, records()[::56])


@pytest.mark.slow
def test_every_record_goes_out_and_in_again_unchanged(command: Command, tmp_path: Path) -> None:
    told = records()
    assert len(told) == 334
    assert_unchanged(command, tmp_path, told)


def test_what_is_wrong_in_a_form_is_named_with_its_place(command: Command, tmp_path: Path) -> None:
    source, form = tmp_path / "wrong.json", tmp_path / "wrong.docx"
    source.write_text(json.dumps({**GOOD, "countries": [{"code": "Philipines", "role": "origin"}]}))
    assert command.run("template", form, "--from", source).code == 0
    said = command.run("load", "--dry-run", form)
    assert said.code == 1
    assert "Section 2, Countries, row 1: “Philipines” is not a country: Philippines?" in said.err


def test_an_entry_becomes_a_form_that_knows_it(command: Command, tmp_path: Path) -> None:
    form = tmp_path / "change.docx"
    said = command.run("template", form, "--from", "PPD-000020", "--language", "es")
    assert said.code == 0 and str(form) in said.out
    sheet = read(form.read_bytes())
    assert (sheet.origin, sheet.language) == (Origin("PPD-000020", 1), "es")
    assert sheet.draft == draft.of(queries.entry("PPD-000020").document)


def test_an_empty_form_and_the_short_one(command: Command, tmp_path: Path) -> None:
    for more in ((), ("--short",)):
        form = tmp_path / f"form{len(more)}.docx"
        assert command.run("template", form, *more, "--language", "ru").code == 0
        sheet = read(form.read_bytes())
        assert (sheet.draft, sheet.short, sheet.language) == ({}, bool(more), "ru")


def test_a_file_that_is_there_is_replaced_only_when_that_is_meant(command: Command, tmp_path: Path) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(b"mine")
    said = command.run("template", form)
    assert said.refused and "--force" in said.err and form.read_bytes() == b"mine"
    assert command.run("template", form, "--force").code == 0
    assert read(form.read_bytes()).draft == {}
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "No such file"),
        ("no json", "one entry in JSON"),
        ("[1]", "one entry in JSON"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_form_is_not_filled_from_what_is_no_entry(
    command: Command, tmp_path: Path, content: str | None, says: str
) -> None:
    source = tmp_path / "entry.json"
    if content is not None:
        source.write_text(content)
    said = command.run("template", tmp_path / "form.docx", "--from", source)
    assert said.refused and says in said.err
    assert command.run("template", tmp_path / "form.docx", "--from", "PPD-999999").refused
    assert command.run("template", tmp_path / "no" / "form.docx").refused
    assert not (tmp_path / "form.docx").exists()
