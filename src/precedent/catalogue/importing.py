"""Taking in the rows of a bulk file, through the same action by which people publish."""

from collections.abc import Callable, Iterable, Mapping, Sized

from precedent.catalogue import queries
from precedent.catalogue.actions import Origin, publish
from precedent.catalogue.bulk import Row, text_of
from precedent.catalogue.records import Entry, Provenance, number_of
from precedent.kernel.acting import Actor

Progress = Callable[[int, int], None]
"""Told after each entry: how many are done, of how many."""


def unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def may_be(row: Row, keys: Mapping[str, str]) -> list[Entry]:
    """The entries that a row may be: the one under its key, and the one whose identifier it carries."""
    numbers = {number_of(row.key), number_of(keys.get(row.key, ""))} - {None}
    return list(queries.entries([number for number in numbers if number is not None]).values()) if numbers else []


def says_the_same(row: Row, entry: Entry) -> bool:
    """Is the row's text that of the entry, as it stands or as it once was?"""
    if row.document is None:
        return False
    ours = (entry.revision, *queries.revisions(entry))
    return any(text_of(revision.document) == row.fingerprint for revision in ours)


def take_in(
    rows: Iterable[Row],
    reason: str,
    provenance: Provenance,
    progress: Progress = unwatched,
    *,
    of: int | None = None,
    by: Actor,
) -> int:
    """Publish the rows that keep the rules and are not there yet; how many that were.

    Each entry is a transaction of its own, so that a load which was cut off goes on where it stopped. `of`: how
    many rows there are, where they come one by one.
    """
    have = queries.keys()
    of = of if of is not None else len(rows) if isinstance(rows, Sized) else 0
    taken = 0
    for done, row in enumerate(rows, start=1):
        if row.document and not may_be(row, have):
            publish(row.document, reason, Origin(row.key or None, provenance, row.note), by=by)
            taken += 1
        progress(done, of)
    return taken
