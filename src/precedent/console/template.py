"""The form as a Word file, at the console: empty, or filled in from an entry or from a file."""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from precedent.catalogue import queries
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.placing import document_today
from precedent.catalogue.records import number_of
from precedent.forms import draft
from precedent.forms.draft import Draft
from precedent.forms.refusals import FormExists, FormNotWritten, NoSuchForm
from precedent.forms.word.sheet import Origin
from precedent.forms.word.writing import write
from precedent.keeping import database
from precedent.kernel.languages import FALLBACK, LANGUAGES

NOT_ASKED = frozenset({"id", "doubt", "schema_number"})
"""Keys of a bulk file that are no fields of an entry. A doubt is for editors; a form may go anywhere."""

Filled = tuple[Draft, Origin]


@click.command()
@click.argument("file", metavar="OUT.docx", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--language",
    type=click.Choice([language.code for language in LANGUAGES]),
    default=FALLBACK,
    show_default=True,
    help="The language of the form.",
)
@click.option(
    "--from", "source", metavar="ENTRY", help="Fill it in from a JSON file, or from an entry: PPD-000123."
)
@click.option("--short", is_flag=True, help="The form of one page, for an e-mail.")
@click.option("--force", is_flag=True, help="Replace OUT.docx where it exists.")
def template(file: Path, language: str, source: str | None, short: bool, force: bool) -> None:
    """Write the form to fill in offline, as a Word file.

    Empty, or filled in from ENTRY: a file with one entry in JSON (the keys are told in data/README.md), or a
    published entry. Filled in and sent back, it is read by `precedent load`.

    \b
    Examples:  precedent template form.docx --language fr
               precedent template change.docx --from PPD-000123
               precedent template draft.docx --from practice.json
               precedent template one-page.docx --short
    """
    database.must_be_ready()
    if file.exists() and not force:
        raise FormExists(file=file)
    told, origin = _filled(source) if source else ({}, Origin())
    put(file, write(told, language, origin, short))
    click.echo(f"{file} is written.")


def _filled(source: str) -> Filled:
    """What fills the form. Raises NoSuchForm, and for an entry NoSuchEntry, EntryWithdrawn."""
    if number_of(source) and not Path(source).exists():
        entry = queries.entry(source)
        return draft.of(document_today(entry)), Origin(entry.id, entry.revision.number)
    return _from_file(Path(source))


def _from_file(file: Path) -> Filled:
    try:
        told: Any = json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise NoSuchForm(source=file, reason=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise NoSuchForm(source=file, reason="it is not one entry in JSON") from error
    if not isinstance(told, dict):
        raise NoSuchForm(source=file, reason="it is not one entry in JSON")
    key = told.get("id")
    kept = {name: value for name, value in told.items() if name not in NOT_ASKED}
    return _as_draft(kept), Origin(key=key if isinstance(key, str) else None)


def _as_draft(told: dict[str, Any]) -> Draft:
    """An entry that keeps its shape as the catalogue would keep it; another as it was told."""
    try:
        return draft.of(EntryDocument.model_validate(told))
    except ValidationError:
        return draft.tidy(told)


def put(file: Path, data: bytes) -> None:
    """The file whole, or not at all."""
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise FormNotWritten(file=file, reason=error.strerror or str(error)) from error
