"""Taking in the rows of a bulk file, through the same action by which people publish."""

from collections.abc import Callable, Sequence

from precedent.catalogue import queries
from precedent.catalogue.actions import Origin, publish
from precedent.catalogue.bulk import Row
from precedent.catalogue.records import Provenance
from precedent.kernel.acting import Actor

Progress = Callable[[int, int], None]
"""Told after each entry: how many are done, of how many."""


def unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def take_in(
    rows: Sequence[Row], reason: str, provenance: Provenance, progress: Progress = unwatched, *, by: Actor
) -> int:
    """Publish the rows that keep the rules and are not there yet; how many that were.

    Each entry is a transaction of its own, so that a load which was cut off goes on where it stopped.
    """
    have = queries.keys()
    taken = 0
    for done, row in enumerate(rows, start=1):
        if row.document and row.key not in have:
            publish(row.document, reason, Origin(row.key or None, provenance, row.note), by=by)
            taken += 1
        progress(done, len(rows))
    return taken
