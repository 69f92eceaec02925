"""What an entry answers in an edition of the framework: its own codes, followed through the editions since."""

from precedent.catalogue import queries
from precedent.catalogue.carrying import with_successors
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Entry
from precedent.framework import queries as framework
from precedent.framework.lineage import UNDECIDED, Placed, placed


def answers(entry: Entry, edition: int | None = None) -> tuple[str, ...]:
    """The guiding questions an entry answers in an edition (the one in force, where none is named), best first."""
    return _placed(entry.number, entry.document.answers, edition, needs_one=True).codes


def headings(entry: Entry, edition: int | None = None) -> tuple[str, ...]:
    """The headings of the Annex under which an entry belongs in an edition."""
    return _placed(entry.number, entry.document.annex_headings, edition).codes


def document_today(entry: Entry) -> EntryDocument:
    """The entry's text with the codes of today: what a change to it begins with."""
    update = {"answers": answers(entry) or entry.document.answers, "annex_headings": headings(entry)}
    return with_successors(entry.document.model_copy(update=update))


def areas(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The issue areas of some guiding questions, in the alphabet's order."""
    return tuple(sorted({code[:1] for code in codes}))


def _placed(number: int, codes: tuple[str, ...], edition: int | None, *, needs_one: bool = False) -> Placed:
    lineage = framework.lineage()
    wanted = edition or framework.current_edition().number
    decided = queries.placements().get(number, UNDECIDED)
    return placed(codes, lineage, wanted, decided, needs_one=needs_one)
