"""The trail as a file, written while it is read: nothing of it is kept in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from precedent.audit.records import Event
from precedent.kernel.text import canonical
from precedent.web import tables

COLUMNS = ("sequence", "at", "by", "by_name", "verb", "subject", "reason", "detail", "previous", "hash")


def as_lines(events: Iterable[Event]) -> Iterator[str]:
    """JSON lines, one event each, as its hash was made: the canonical JSON without `hash` has that SHA-256."""
    for event in events:
        yield canonical(_told(event)) + "\n"


def as_table(events: Iterable[Event]) -> Iterator[str]:
    """A table for people (CSV): what a table program would take for a formula begins with an apostrophe."""
    told = ({**_told(event), "detail": canonical(event.detail)} for event in events)
    yield from tables.lines(COLUMNS, ([line[column] for column in COLUMNS] for line in told))


FILES: dict[str, tuple[str, Callable[[Iterable[Event]], Iterator[str]]]] = {
    "jsonl": ("application/jsonl", as_lines),
    "csv": ("text/csv", as_table),
}
"""Each kind of file with its type, and how it is written."""


def _told(event: Event) -> dict[str, Any]:
    return {**asdict(event), "at": event.at.isoformat()}
