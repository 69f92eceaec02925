"""Coverage as a table: rows and columns with their names, each cell with its number and where it leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from precedent.kernel.languages import said
from precedent.search.coverage import Coverage
from precedent.search.dimensions import YEAR, code_named, codes, edition_of, periods
from precedent.search.request import SearchRequest
from precedent.web.coverage.asked import Asked, Shown

FEW = 4
"""Columns that have room for dots and words; more are numbers alone."""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell: the column's code, the number in it, and the address it leads to."""

    column: str
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """`emphasised`: set in bold by the background paper."""

    code: str
    label: str
    emphasised: bool
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that belong together: those of an issue area, or all of them (no code)."""

    code: str
    title: str
    rows: tuple[Row, ...]

    @property
    def empty(self) -> int:
        return sum(not square.number for row in self.rows for square in row.squares)

    @property
    def all(self) -> int:
        return sum(len(row.squares) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Table:
    columns: dict[str, str]
    bands: tuple[Band, ...]
    found: int

    @property
    def squares(self) -> Iterator[Square]:
        return (square for band in self.bands for row in band.rows for square in row.squares)

    @property
    def largest(self) -> int:
        return max((square.number for square in self.squares), default=0) or 1

    @property
    def empty(self) -> int:
        return sum(band.empty for band in self.bands)

    @property
    def all(self) -> int:
        return sum(band.all for band in self.bands)

    @property
    def scale(self) -> list[int]:
        """Numbers whose dots explain the others: one, a quarter of the largest, the largest."""
        return sorted({1, max(1, self.largest // 4), self.largest})

    @property
    def many(self) -> bool:
        return len(self.columns) > FEW


def table(asked: Asked, covered: Coverage) -> Table:
    """The table of what was asked."""
    edition = asked.search.edition
    rows = codes(asked.rows, asked.search, {row for row, _column in covered.cells})
    columns = codes(asked.columns, asked.search, {column for _row, column in covered.cells})
    addresses = _Addresses(asked, rows, columns)
    questions = edition_of(asked.search).questions if asked.rows == "question" else {}

    def row(code: str) -> Row:
        squares = tuple(_square(asked, covered, addresses, code, column) for column in columns)
        emphasised = code in questions and questions[code].emphasised
        return Row(code, code_named(asked.rows, code, edition), emphasised, squares)

    made = {code: row(code) for code in rows}
    named = {code: _heading(asked.columns, code, edition) for code in columns}
    return Table(named, tuple(_bands(asked, made)), covered.found)


SIDES = {"destination": _("Destination"), "origin": _("Origin")}
"""What the two sides of the framework are called where there is no room for more."""


def _heading(dimension: str, code: str, edition: int | None) -> str:
    short = SIDES.get(code) if dimension == "perspective" else None
    return str(short or code_named(dimension, code, edition))


def _square(asked: Asked, covered: Coverage, addresses: "_Addresses", row: str, column: str) -> Square:
    cell = covered.cell(row, column)
    number = (cell.countries or 0) if asked.shown is Shown.COUNTRIES else cell.count
    return Square(column, number, addresses.listed(row, column) if number else addresses.gap(row, column))


def _bands(asked: Asked, made: dict[str, Row]) -> Iterator[Band]:
    if asked.rows != "question":
        yield Band("", "", tuple(made.values()))
        return
    for area in edition_of(asked.search).issue_areas:
        rows = tuple(made[question.code] for question in area.questions if question.code in made)
        if rows:
            yield Band(area.code, said(area.title), rows)


class _Addresses:
    """Where cells lead. What all of them share is put together once; there may be thousands."""

    def __init__(self, asked: Asked, rows: list[str], columns: list[str]) -> None:
        rest = _without(_without(asked.counted, asked.rows), asked.columns)
        shared = urlencode(rest.parameters())
        self._search = f"{reverse('search')}?{shared}{'&' if shared else ''}"
        self._gap = f"{reverse('coverage-gap')}?{shared}{'&' if shared else ''}"
        self._row = {code: urlencode(chosen(asked.rows, code)) for code in rows}
        self._column = {code: urlencode(chosen(asked.columns, code)) for code in columns}

    def listed(self, row: str, column: str) -> str:
        return f"{self._search}{self._row[row]}&{self._column[column]}"

    def gap(self, row: str, column: str) -> str:
        return f"{self._gap}{self._row[row]}&{self._column[column]}"


def _without(request: SearchRequest, dimension: str) -> SearchRequest:
    if dimension == YEAR:
        return request.without("year_from").without("year_to")
    return request.without(dimension)


def chosen(dimension: str, code: str) -> list[tuple[str, str]]:
    """A code of a dimension as parameters of a search."""
    if dimension != YEAR:
        return [(dimension, code)]
    first, last = periods()[code]
    years = (("year_from", first), ("year_to", last))
    return [(name, str(year)) for name, year in years if year is not None]
