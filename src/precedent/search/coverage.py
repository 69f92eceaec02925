"""Coverage: how many entries stand where two dimensions cross.

It is the search that counts: each cell is the request that lists exactly its entries (`Coverage.asked`), put to
the same index by the same code as any other request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from precedent.search import engine
from precedent.search.asking import Asking, Choices
from precedent.search.dimensions import YEAR, periods
from precedent.search.engine import readers
from precedent.search.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Cell:
    """Entries and distinct countries where a row and a column cross. `countries`: None where nobody asked."""

    count: int
    countries: int | None = None


NOTHING = Cell(0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Two dimensions crossed: the cells that hold something, and each row and column alone."""

    request: SearchRequest
    rows: str
    columns: str
    found: int
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, row: str, column: str) -> Cell:
        return self.cells.get((row, column), NOTHING)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """Entries by pair of codes; pairs that none carries are left out."""
        return {pair: cell.count for pair, cell in self.cells.items()}

    def asked(self, row: str, column: str) -> SearchRequest:
        """The request that lists exactly the entries of a cell."""
        return narrowed(narrowed(self.request, self.rows, row), self.columns, column)


def narrowed(request: SearchRequest, dimension: str, code: str) -> SearchRequest:
    """The request with one code of a dimension alone, from its first page."""
    if dimension != YEAR:
        return request.only(dimension, code)
    first, last = periods()[code]
    return replace(request, year_from=first, year_to=last, page=1, ignored=())


def coverage(request: SearchRequest, rows: str, columns: str, *, countries: bool = False) -> Coverage:
    """Two different dimensions crossed, of the entries that a request finds. Raises IndexAway."""
    return engine.asked(request.bare, lambda *asked: _coverage(*asked, rows, columns, countries))


@lru_cache(maxsize=128)
def _coverage(
    name: str, request: SearchRequest, edition_then: int | None, rows: str, columns: str, countries: bool
) -> Coverage:
    asking = Asking(readers.get().searcher, request, edition_then)
    crossing = _Crossing(asking, rows, columns)
    counts = crossing.counts()
    where = crossing.countries() if countries else {}
    cells = {pair: Cell(count, where.get(pair, 0) if countries else None) for pair, count in counts.items()}
    return Coverage(request, rows, columns, asking.found, cells)


class _Crossing:
    """Two dimensions of one request. Choices of theirs are left aside, but limit what is shown."""

    def __init__(self, asking: Asking, rows: str, columns: str) -> None:
        self.asking, self.rows, self.columns = asking, rows, columns
        self.aside: Choices = {dimension: () for dimension in (rows, columns) if dimension != YEAR}

    def counts(self) -> dict[tuple[str, str], int]:
        """Entries by pair of codes."""
        if YEAR not in (self.rows, self.columns):
            crossed = self.asking.crossed(self.asking.query(self.aside), self.rows, self.columns)
            return {pair: count for pair, count in crossed.items() if self._shown(*pair)}
        other = self._other(YEAR)
        found: dict[tuple[str, str], int] = {}
        for period, years in periods().items():
            counted = self.asking.counted(self.asking.query(self.aside, years), [other])[other]
            found |= {self._pair(YEAR, period, code): count for code, count in counted.items()}
        return {pair: count for pair, count in found.items() if self._shown(*pair)}

    def countries(self) -> dict[tuple[str, str], int]:
        """Distinct countries by pair of codes; one question to the index a code of the shorter dimension."""
        one = min((self.rows, self.columns), key=lambda dimension: len(self._codes(dimension)))
        other = self._other(one)
        found: dict[tuple[str, str], int] = {}
        for code in self._codes(one):
            within = self._within(one, code)
            if other == YEAR:
                for period, years in periods().items():
                    listed = self.asking.counted(self.asking.query(self.aside | within, years), ["country"])
                    found[self._pair(one, code, period)] = len(listed["country"])
                continue
            query = self.asking.query(self.aside | within, periods()[code] if one == YEAR else None)
            crossed = self.asking.crossed(query, other, "country")
            for inner, _country in crossed:
                pair = self._pair(one, code, inner)
                found[pair] = found.get(pair, 0) + 1
        return found

    def _within(self, dimension: str, code: str) -> Choices:
        return {} if dimension == YEAR else {dimension: (code,)}

    def _codes(self, dimension: str) -> Sequence[str]:
        if dimension == YEAR:
            return list(periods())
        chosen = self.asking.filters.get(dimension)
        if chosen:
            return chosen
        return list(self.asking.counted(self.asking.query(self.aside), [dimension])[dimension])

    def _other(self, dimension: str) -> str:
        return self.columns if dimension == self.rows else self.rows

    def _pair(self, dimension: str, code: str, other: str) -> tuple[str, str]:
        return (code, other) if dimension == self.rows else (other, code)

    def _shown(self, row: str, column: str) -> bool:
        filters = self.asking.filters
        return row in filters.get(self.rows, (row,)) and column in filters.get(self.columns, (column,))
