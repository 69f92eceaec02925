"""Tables for people as CSV: what a table program would take for a formula begins with an apostrophe."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a table program takes a cell for a formula."""
TYPE = "text/csv; charset=utf-8"


def lines(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of the file, one by one: nothing is kept in memory."""
    writer = csv.writer(_Line())
    # The mark at the beginning tells table programs that this is UTF-8.
    yield "\ufeff" + _row(writer, header)
    for row in rows:
        yield _row(writer, (harmless(cell) for cell in row))


def harmless(value: object) -> object:
    """A cell that no table program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


class _Line:
    """What the writer writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def _row(writer: Any, cells: Iterable[object]) -> str:
    return str(writer.writerow(cells))
