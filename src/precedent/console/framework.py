"""An edition of the framework as a file, at the console: written, tried, and taken in as a draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from precedent.console.template import put
from precedent.console.verbs import as_json, told
from precedent.editions import actions
from precedent.forms.refusals import FormExists
from precedent.framework import checking, edition_file, queries
from precedent.framework.checking import Breach
from precedent.framework.edition_file import Wished
from precedent.framework.lineage import Change, Fate, changes, other_changes
from precedent.framework.records import Edition, EditionStatus
from precedent.framework.refusals import DraftDiffers
from precedent.framework.revising import WHOLE, seen_of
from precedent.keeping import database
from precedent.people.actors import operator

REFUSED = 1


@click.group()
def framework() -> None:
    """The guiding framework: its editions as files.

    \b
    Write one to a file:  precedent framework export 1 edition.yaml
    What would change:    precedent framework import edition.yaml --dry-run
    Make it the draft:    precedent framework import edition.yaml
    """


@framework.command()
@click.argument("number", metavar="N", type=click.IntRange(min=1))
@click.argument("file", metavar="OUT.yaml", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace OUT.yaml where it exists.")
def export(number: int, file: Path, force: bool) -> None:
    """Write edition N to a file, with all its translations.

    N may be an edition that is or was in force, or the one that is being prepared. Taken in again unchanged and
    exported again, it is the same to the byte.

    \b
    Example:  precedent framework export 2 edition-2.yaml
    """
    database.must_be_ready()
    if file.exists() and not force:
        raise FormExists(file=file)
    put(file, edition_file.export(_edition(number)).encode())
    click.echo(f"{file} is written: edition {number}.")


def _edition(number: int) -> Edition:
    """An edition that is or was in force, or the draft. Raises NoSuchEdition."""
    draft = queries.draft()
    return draft.edition if draft and draft.edition.number == number else queries.edition(number)


@framework.command("import")
@click.argument("file", metavar="IN.yaml", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--replace", is_flag=True, help="Put the file in the place of a draft with another text.")
@click.option("--by", metavar="NAME", help="Who does this, for the history. Else: your account on this machine.")
@as_json
def take(file: Path, dry_run: bool, replace: bool, by: str | None, as_json: bool) -> int:
    """Make a file the draft of the edition that follows the one in force.

    Says first how it differs from the edition in force, and what speaks against it, with line, place and reason.
    A draft is begun where there is none. It is decided on and published in the browser.

    \b
    Examples:  precedent framework import edition-2.yaml --dry-run
               precedent framework import edition-2.yaml --by "Editors' desk"
    """
    database.must_be_ready()
    wished = edition_file.opened(file.name, file.read_bytes())
    found = _foreseen(wished)
    if not as_json:
        for line in found.lines():
            click.echo(line)
    refused, stands = found.refused, _stands(wished)
    if not (refused or stands or replace) and (draft := queries.draft()):
        raise DraftDiffers(number=draft.edition.number)
    if not (refused or stands or dry_run):
        actions.take_in(wished, _seen(), by=operator(by))
    if as_json:
        taken = stands or not (refused or dry_run)
        told({"dry_run": dry_run, "edition": wished.edition.number, "in_draft": taken, **found.as_data()})
    else:
        click.echo(_summary(wished.edition.number, refused=refused, stands=stands, dry_run=dry_run))
    return REFUSED if refused else 0


def _seen() -> str:
    draft = queries.draft()
    return seen_of(draft.edition, WHOLE) if draft else ""


def _stands(wished: Wished) -> bool:
    """Says the draft already what the file says?"""
    draft = queries.draft()
    return draft is not None and draft.edition == wished.edition.model_copy(update={"status": EditionStatus.DRAFT})


def _summary(number: int, *, refused: bool, stands: bool, dry_run: bool) -> str:
    if refused:
        return "The file cannot become a draft as it is. Nothing was changed."
    if stands:
        return f"The draft of edition {number} says so already."
    if dry_run:
        return "Nothing was changed: this was a dry run."
    return f"The draft of edition {number} has this text now. It is decided on and published in the browser."


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How a file differs from the edition in force, and what speaks against it: each with its line."""

    changes: tuple[Change, ...]
    others: tuple[str, ...]
    breaches: tuple[tuple[int, Breach], ...]

    @property
    def refused(self) -> bool:
        return any(not breach.may_wait for _, breach in self.breaches)

    def lines(self) -> Iterable[str]:
        kept = sum(change.fate is Fate.KEPT for change in self.changes)
        yield f"kept {kept}"
        for fate in Fate:
            for change in self.changes:
                if change.fate is fate is not Fate.KEPT:
                    yield f"{fate} {change.code}{_gone_over(change)}"
        if self.others:
            yield f"changed besides: {', '.join(self.others)}"
        for line, breach in self.breaches:
            wait = "before it is published: " if breach.may_wait else ""
            yield f"{wait}line {line}, {breach.place}: {breach.reason}"

    def as_data(self) -> dict[str, Any]:
        return {
            "changes": [
                {"code": change.code, "fate": change.fate.value, "now": [item.code for item in change.now]}
                for change in self.changes
            ],
            "changed_besides": list(self.others),
            "breaches": [
                {"line": line, "place": b.place, "reason": str(b.reason), "may_wait": b.may_wait}
                for line, b in self.breaches
            ],
        }


def _gone_over(change: Change) -> str:
    codes = [item.code for item in change.now]
    return f" → {', '.join(codes)}" if codes and codes != [change.code] else ""


def _foreseen(wished: Wished) -> Foreseen:
    now = queries.current_edition()
    against = checking.breaches(wished.edition, now, queries.closed_codes())
    return Foreseen(
        tuple(changes(now, wished.edition)),
        tuple(other_changes(now, wished.edition)),
        tuple((wished.line(breach.place), breach) for breach in against),
    )
