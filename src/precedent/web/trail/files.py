"""The trail as a file, written while it is read: nothing of it is kept in memory."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from precedent.audit.records import Event
from precedent.kernel.text import canonical

COLUMNS = ("sequence", "at", "by", "by_name", "verb", "subject", "reason", "detail", "previous", "hash")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a table program takes a cell for a formula."""


def as_lines(events: Iterable[Event]) -> Iterator[str]:
    """JSON lines, one event each, as its hash was made: the canonical JSON without `hash` has that SHA-256."""
    for event in events:
        yield canonical(_told(event)) + "\n"


def as_table(events: Iterable[Event]) -> Iterator[str]:
    """A table for people (CSV): what a table program would take for a formula begins with an apostrophe."""
    writer = csv.writer(_Line())
    yield "\ufeff" + _row(writer, COLUMNS)
    for event in events:
        told = {**_told(event), "detail": canonical(event.detail)}
        yield _row(writer, (_harmless(told[column]) for column in COLUMNS))


FILES: dict[str, tuple[str, Callable[[Iterable[Event]], Iterator[str]]]] = {
    "jsonl": ("application/jsonl", as_lines),
    "csv": ("text/csv", as_table),
}
"""Each kind of file with its type, and how it is written."""


def _told(event: Event) -> dict[str, Any]:
    return {**asdict(event), "at": event.at.isoformat()}


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


class _Line:
    """What the writer writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _row(writer: Any, cells: Iterable[object]) -> str:
    return str(writer.writerow(cells))
