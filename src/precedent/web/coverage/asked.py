"""What is asked of the coverage page: two dimensions, what is counted, and any search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.search.coverage import Coverage, coverage
from precedent.search.depth import INDEPENDENT, WITH_RESULTS, keeping
from precedent.search.dimensions import DIMENSIONS
from precedent.search.request import SearchRequest, parse, why_ignored, why_renamed

ROWS, COLUMNS = "question", "perspective"


class Shown(StrEnum):
    """What stands in a cell."""

    ENTRIES = "entries"
    COUNTRIES = "countries"
    RESULTS = "results"
    INDEPENDENT = "independent"


SHOWN: dict[Shown, str | Promise] = {
    Shown.ENTRIES: _("Published entries"),
    Shown.COUNTRIES: _("Countries"),
    Shown.RESULTS: _("Entries with a known outcome"),
    Shown.INDEPENDENT: _("Entries with independent evidence"),
}

UNKNOWN = _("We do not know “{value}” here and left it out.")
TWICE = _("Rows and columns have to differ, so the columns were chosen anew.")


@dataclass(frozen=True, slots=True)
class Asked:
    """`search` is what is counted at all; `counted` that with what `shown` adds to it."""

    search: SearchRequest
    rows: str = ROWS
    columns: str = COLUMNS
    shown: Shown = Shown.ENTRIES
    ignored: tuple[str, ...] = field(default=())

    @property
    def counted(self) -> SearchRequest:
        """The search whose entries are in the cells."""
        condition = {Shown.RESULTS: WITH_RESULTS, Shown.INDEPENDENT: INDEPENDENT}.get(self.shown)
        return keeping(self.search, condition) if condition else self.search.bare

    @property
    def query_string(self) -> str:
        """`?rows=…`, or nothing for the matrix as it opens."""
        told = [
            (name, value)
            for name, value, usual in (
                ("rows", self.rows, ROWS),
                ("columns", self.columns, COLUMNS),
                ("show", self.shown.value, Shown.ENTRIES.value),
            )
            if value != usual
        ]
        told += self.search.bare.parameters()
        return f"?{urlencode(told)}" if told else ""

    def answer(self) -> Coverage:
        """What the catalogue answers. Raises IndexAway."""
        countries = self.shown is Shown.COUNTRIES
        return coverage(self.counted, self.rows, self.columns, countries=countries)


def read(parameters: Mapping[str, Sequence[str]]) -> Asked:
    """The request in an address's parameters. Never fails; what is left out is said."""
    given = {name: list(values) for name, values in parameters.items()}
    ignored: list[str] = []

    def one(name: str, allowed: Sequence[str], usual: str) -> str:
        value = next((value for value in reversed(given.pop(name, [])) if value), usual)
        if value in allowed:
            return value
        ignored.append(str(UNKNOWN).format(value=value[:60]))
        return usual

    rows = one("rows", DIMENSIONS, ROWS)
    columns = one("columns", DIMENSIONS, COLUMNS)
    shown = Shown(one("show", list(Shown), Shown.ENTRIES))
    if rows == columns:
        columns = COLUMNS if rows != COLUMNS else ROWS
        ignored.append(str(TWICE))
    search = parse(given)
    ignored += [why_ignored(part) for part in search.ignored] + [why_renamed(part) for part in search.renamed]
    return Asked(search.bare, rows, columns, shown, tuple(ignored))
