"""What the search page says where little was found: see `search.helping`, which decides it."""

from dataclasses import dataclass

from babel.lists import format_list

from precedent.calls import queries as calls
from precedent.calls.records import Call
from precedent.kernel.languages import locale
from precedent.search.engine import Answer
from precedent.search.facets import facets, label
from precedent.search.helping import Help, Wider, did_you_mean, helped
from precedent.search.request import OTHER_LABELS, SearchRequest
from precedent.web.wording import isolated, pair


@dataclass(frozen=True, slots=True)
class Without:
    """A filter in use as it is called, the search without it, and what that finds."""

    named: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What helps. `better`: another spelling; the rest is there only where nothing was found."""

    better: SearchRequest | None
    given: Help | None
    without: tuple[Without, ...] = ()
    calls: tuple[Call, ...] = ()


def shown_help(answer: Answer) -> Shown:
    """What helps with an answer: nothing where there is enough."""
    asked = answer.request
    if answer.count and not answer.relaxed:
        return Shown(None, None)
    better = did_you_mean(asked, answer.relaxed)
    if answer.count:
        return Shown(better, None)
    given = helped(asked, better)
    without = tuple(_without(wider, asked.edition) for wider in given.wider)
    return Shown(better, given, without, tuple(fitting_calls(asked)))


def _without(wider: Wider, edition: int | None) -> Without:
    facet = facets().get(wider.parameter)
    heading = facet.label if facet else OTHER_LABELS[wider.parameter]
    codes = [label(facet, code, edition) for code in wider.codes] if facet else [*map(isolated, wider.codes)]
    named = pair(heading, format_list(codes, "or", locale()))
    return Without(named, wider.request.query_string, wider.count)


def fitting_calls(asked: SearchRequest) -> list[Call]:
    """Open calls for the questions asked for, from the side asked for or from any."""
    sides = asked.filters.get("perspective", ("",))
    found = {
        call.number: call
        for question in asked.filters.get("question", ())
        for side in sides
        for call in calls.open_for(question, side)
    }
    return list(found.values())
