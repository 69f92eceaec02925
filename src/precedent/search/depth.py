"""How deep what is known of each guiding question goes, and where least is known.

Each figure but the two of time is the length of a list: `Depth.asked` is the request that shows it.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import median_low
from typing import Any

from precedent.framework import queries as framework
from precedent.search import engine
from precedent.search.asking import Asking, terms
from precedent.search.engine import readers
from precedent.search.request import SearchRequest
from precedent.search.schema import NEVER, UNKNOWN_YEAR, month_number

Condition = tuple[str, tuple[str, ...]]
"""A facet and the codes of which an entry carries one."""

WITH_RESULTS: Condition = ("outcome", ("mixed", "negative", "positive"))
"""It is known what came of it."""
NOT_ALL_WELL: Condition = ("outcome", ("mixed", "negative"))
INDEPENDENT: Condition = ("evidence", ("comparative-study", "independent-evaluation"))
"""Others than those who did it have looked at a result."""
SOUTH_SOUTH: Condition = ("direction", ("south-south",))

CONDITIONS: dict[str, Condition] = {
    "south_south": SOUTH_SOUTH,
    "results": WITH_RESULTS,
    "not_all_well": NOT_ALL_WELL,
    "independent": INDEPENDENT,
}
"""What is counted of each question besides its entries, by the name of the figure."""


@dataclass(frozen=True, slots=True)
class Depth:
    """What is known of one question, in numbers of entries unless said otherwise.

    `countries`: distinct ones; `newest`: the year in which the newest example with a known year began; `months`:
    the median of months since each was last confirmed by whoever answers for it, None where the median entry never
    was; `never`: how many never were.
    """

    code: str
    entries: int
    countries: int
    south_south: int
    results: int
    not_all_well: int
    independent: int
    newest: int | None
    months: int | None
    never: int

    @property
    def strength(self) -> tuple[int, int, int, int, int]:
        """What questions are ordered by: how many examples, from how many countries, and how well looked at."""
        return (self.entries, self.countries, self.results, self.independent, self.not_all_well)


def keeping(request: SearchRequest, condition: Condition) -> SearchRequest:
    """The request with a further condition. Where its facet is chosen already, that choice is narrowed."""
    parameter, codes = condition
    chosen = request.filters.get(parameter, codes)
    kept = tuple(code for code in codes if code in chosen) or codes
    asked = request.only(parameter, kept[0])
    for code in kept[1:]:
        asked = asked.also(parameter, code)
    return asked


def listed(request: SearchRequest, question: str, figure: str = "entries") -> SearchRequest:
    """The request that lists what a figure of a question counts."""
    asked = request.only("question", question)
    return keeping(asked, CONDITIONS[figure]) if figure in CONDITIONS else asked


def depths(request: SearchRequest, today: date | None = None) -> list[Depth]:
    """Every question of the edition asked for, the weakest first. Raises IndexAway."""
    bare = request.without("question").bare
    month = month_number(today or date.today())
    return list(engine.asked(bare, lambda *asked: _depths(*asked, month)))


@lru_cache(maxsize=32)
def _depths(name: str, request: SearchRequest, edition_then: int | None, month: int) -> tuple[Depth, ...]:
    asking = Asking(readers.get().searcher, request, edition_then)
    query = asking.query()
    entries = asking.questions()
    countries: dict[str, int] = {}
    for question, _country in asking.crossed(query, "question", "country"):
        countries[question] = countries.get(question, 0) + 1
    figures = {
        name: Asking(asking.searcher, keeping(request, condition), edition_then).questions()
        for name, condition in CONDITIONS.items()
    }
    newest = asking.within_questions({"value": {"max": {"field": "year_start"}}}, _newest)
    confirmed = asking.within_questions({"value": terms("confirmed_month")}, _months)
    edition = framework.edition(request.edition) if request.edition else framework.current_edition()
    found = [
        Depth(
            code=code,
            entries=entries.get(code, 0),
            countries=countries.get(code, 0),
            newest=newest.get(code),
            months=_since(confirmed.get(code, []), month),
            never=confirmed.get(code, []).count(NEVER),
            **{name: counts.get(code, 0) for name, counts in figures.items()},
        )
        for code in edition.questions
    ]
    return tuple(sorted(found, key=lambda depth: depth.strength))


def _newest(told: dict[str, Any]) -> int | None:
    year = told["value"]
    return int(year) if year and int(year) != UNKNOWN_YEAR else None


def _months(told: dict[str, Any]) -> list[int]:
    """The month in which each entry was confirmed, in order; those never confirmed first."""
    found = [(int(bucket["key"]), int(bucket["doc_count"])) for bucket in told["buckets"]]
    return [month for month, count in sorted(found) for _ in range(count)]


def _since(months: list[int], now: int) -> int | None:
    middle = median_low(months) if months else NEVER
    return None if middle == NEVER else now - middle
