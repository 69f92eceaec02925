"""All vocabularies as a file, at the console: written, tried, and taken in."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from precedent.console.telling import Terminal
from precedent.console.template import put
from precedent.console.verbs import as_json, told
from precedent.forms.refusals import FormExists
from precedent.framework import actions, queries, vocabulary_file
from precedent.framework.vocabulary_changes import Change
from precedent.keeping import database
from precedent.people.actors import operator
from precedent.search import keeper


@click.group()
def vocabulary() -> None:
    """The words by which entries are classified.

    \b
    Write them to a file:  precedent vocabulary export vocabularies.yaml
    What would change:     precedent vocabulary import vocabularies.yaml --dry-run
    Take the file in:      precedent vocabulary import vocabularies.yaml
    """


@vocabulary.command()
@click.argument("file", metavar="OUT.yaml", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace OUT.yaml where it exists.")
def export(file: Path, force: bool) -> None:
    """Write all vocabularies to one file, in six languages.

    Taken in again unchanged, it changes nothing; exported again, it is the same to the byte.

    \b
    Example:  precedent vocabulary export vocabularies.yaml
    """
    database.must_be_ready()
    if file.exists() and not force:
        raise FormExists(file=file)
    known = queries.vocabularies()
    put(file, vocabulary_file.write(known.values()).encode())
    click.echo(f"{file} is written: {len(known)} vocabularies.")


@vocabulary.command("import")
@click.argument("file", metavar="IN.yaml", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--by", metavar="NAME", help="Who does this, for the history. Else: your account on this machine.")
@as_json
def take(file: Path, dry_run: bool, by: str | None, as_json: bool) -> None:
    """Bring all vocabularies into the state that a file describes.

    Says first what changes, then does it, all of it or nothing. A term that the file leaves out is refused, for
    codes stand for ever: say “status: retired”, or “status: merged” with a successor. What is wrong with a file is
    named with line, place and reason.

    \b
    Example:  precedent vocabulary import vocabularies.yaml --dry-run
    """
    database.must_be_ready()
    present = queries.vocabularies()
    wished = vocabulary_file.read(file.name, file.read_bytes())
    changes = wished.changes(present)
    if not as_json:
        for change in changes:
            click.echo(said(change))
    if not dry_run and changes:
        seen = vocabulary_file.fingerprint(present.values())
        actions.import_vocabularies(wished, seen, by=operator(by))
        with Terminal().progress("Indexing entries") as progress:
            keeper.catch_up(progress, wait=True)
    if as_json:
        made = [{"vocabulary": change.vocabulary, **change.as_data()} for change in changes]
        told({"dry_run": dry_run, "changes": made})
        return
    click.echo(_summary(len(changes), dry_run))


def _summary(count: int, dry_run: bool) -> str:
    if not count:
        return "Everything stands already as the file says."
    counted = "1 change" if count == 1 else f"{count} changes"
    return f"{counted}. Nothing was changed: this was a dry run." if dry_run else f"{counted}, all made."


def said(change: Change) -> str:
    """A change in one line: `topic.health, label: en “Health” → “Health care”`."""
    place = f"{change.vocabulary}.{change.code}" if change.code else change.vocabulary
    moved = _texts(change.was, change.now) if isinstance(change.now, Mapping) else _plain(change.was, change.now)
    return f"{place}, {change.what}{': ' if moved else ''}{moved}"


def _texts(was: Any, now: Mapping[str, str]) -> str:
    before = was or {}
    languages = {**before, **now}
    return "; ".join(f"{code} {_plain(before.get(code), now.get(code), '“', '”')}" for code in languages)


def _plain(was: object, now: object, start: str = "", end: str = "") -> str:
    if was is None and now is None:
        return ""
    told_now = "none" if now is None else f"{start}{now}{end}"
    return told_now if was is None else f"{start}{was}{end} → {told_now}"
