"""What coverage can be counted along: most facets, and periods of years."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.framework import queries as framework
from precedent.framework.records import Edition, TermStatus
from precedent.kernel.languages import current
from precedent.places import queries as places
from precedent.search.facets import facets, label, labels
from precedent.search.request import SearchRequest

YEAR = "year"
"""A dimension that is no facet: periods of years in which entries were going on."""
FIRST_PERIOD = 1990
PERIOD = 5

Years = tuple[int | None, int | None]

DIMENSIONS = (
    "question",
    "perspective",
    "area",
    "region",
    "income",
    "direction",
    "group",
    "status",
    "level",
    "stage",
    "language",
    YEAR,
    "gender",
    "skill",
    "topic",
    "instrument",
    "barrier",
    "kind",
    "outcome",
    "evidence",
)
"""What can be a row or a column."""


def periods(today: date | None = None) -> dict[str, Years]:
    """The periods of the dimension `year`, oldest first: their codes, and their first and last years."""
    last = (today or date.today()).year
    found: dict[str, Years] = {f"-{FIRST_PERIOD - 1}": (None, FIRST_PERIOD - 1)}
    for first in range(FIRST_PERIOD, last + 1, PERIOD):
        found[f"{first}-{first + PERIOD - 1}"] = (first, first + PERIOD - 1)
    return found


def named(dimension: str) -> str | Promise:
    """What a dimension is called."""
    return _("Years") if dimension == YEAR else facets()[dimension].label


def code_named(dimension: str, code: str, edition: int | None) -> str:
    """What a code of a dimension is called in the language of the page."""
    if dimension != YEAR:
        return label(facets()[dimension], code, edition)
    first, last = periods()[code]
    return f"{first}–{last}" if first else str(_("until {year}")).format(year=last)


def edition_of(request: SearchRequest) -> Edition:
    """The edition of the framework in which a request is counted."""
    return framework.edition(request.edition) if request.edition else framework.current_edition()


def codes(dimension: str, request: SearchRequest, found: Iterable[str] = ()) -> list[str]:
    """The codes of a dimension that are shown, in its own order: those with nothing in them, too.

    Where the request chooses some of them, these. `found`: codes that hold something; languages are only those,
    and a retired term is shown as long as entries carry it.
    """
    chosen = request.filters.get(dimension, ())
    known = _in_order(dimension, request, set(found))
    return [code for code in known if code in chosen] if chosen else known


def _in_order(dimension: str, request: SearchRequest, found: set[str]) -> list[str]:
    match dimension:
        case "question":
            return list(edition_of(request).questions)
        case "area":
            return list(edition_of(request).areas)
        case "perspective":
            return [side.value for side in edition_of(request).perspectives]
        case "year":
            return list(periods())
        case "region":
            return _regions()
        case "language":
            return sorted(
                found | set(request.filters.get("language", ())),
                key=lambda code: code_named(dimension, code, None),
            )
        case _:
            return _terms(facets()[dimension].vocabulary, found)


def _regions() -> list[str]:
    """Each wider region before those that lie in it, by name."""
    names = labels("region", current().code)
    known = places.places().regions

    def below(parent: str | None) -> Iterator[str]:
        inside = [code for code, region in known.items() if region.parent == parent]
        for code in sorted(inside, key=names.__getitem__):
            yield code
            yield from below(code)

    return list(below(None))


def _terms(vocabulary: str, found: set[str]) -> list[str]:
    known = framework.vocabularies().get(vocabulary)
    if known is None:
        return list(labels(vocabulary, current().code))
    return [term.code for term in known.terms if term.status is TermStatus.CURRENT or term.code in found]
