"""What the places hand out: frozen, typed, no database behind it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.kernel.languages import Texts, said

INCOME_GROUPS: dict[str, str | Promise] = {
    "low": _("Low income"),
    "lower-middle": _("Lower middle income"),
    "upper-middle": _("Upper middle income"),
    "high": _("High income"),
}
"""The World Bank's groups of economies by income per head, lowest first."""


class Direction(StrEnum):
    """Between which parts of the world people move; the parts by the definition named at `Country.south`."""

    SOUTH_SOUTH = "south-south"
    SOUTH_NORTH = "south-north"
    NORTH_NORTH = "north-north"
    NORTH_SOUTH = "north-south"


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the UN's M49 standard. `code`: three digits; `parent`: the wider region."""

    code: str
    parent: str | None
    name: Texts

    def __str__(self) -> str:
        return said(self.name)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area. `code`: ISO 3166-1 alpha-2; `other_names`: what people may also call it.

    `south`: developing by the UN's M49 split as last published (October 2020); None where that says nothing.
    `income`: the World Bank's group in the newest year of its classification, a code of `INCOME_GROUPS`; None
    where it has none for the country. `income_by_year`: the groups by the calendar year of the income data.
    """

    code: str
    iso3: str
    name: Texts
    other_names: tuple[str, ...]
    region: str | None
    south: bool | None
    income: str | None = None
    income_by_year: dict[int, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return said(self.name)


@dataclass(frozen=True, slots=True)
class Places:
    """Every country and region, by code."""

    countries: dict[str, Country]
    regions: dict[str, Region]

    def regions_of(self, country: str) -> Iterator[Region]:
        """The regions a country lies in, narrowest first."""
        found = self.countries.get(country)
        code = found.region if found else None
        while code:
            region = self.regions[code]
            yield region
            code = region.parent

    @property
    def income_year(self) -> int | None:
        """The newest year of income data by which countries are grouped; None where none is."""
        return max((year for country in self.countries.values() for year in country.income_by_year), default=None)

    def direction(self, origin: str, destination: str) -> Direction | None:
        """The direction of a corridor, or None where one end is not classified."""
        ends = [self.countries.get(code) for code in (origin, destination)]
        if any(end is None or end.south is None for end in ends):
            return None
        start, end = ("south" if end and end.south else "north" for end in ends)
        return Direction(f"{start}-{end}")
