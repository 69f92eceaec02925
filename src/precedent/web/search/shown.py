"""An answer's filters as the page shows them: labelled, the chosen ones first, the long tail folded away."""

from dataclasses import dataclass

from django.utils.functional import Promise

from precedent.search.engine import Answer, Choice
from precedent.search.facets import Facet, facets, label
from precedent.search.request import OTHER_LABELS, SearchRequest

SHOWN = 7
"""Choices of a facet that are shown at once, more where more are chosen."""
OPEN = {"barrier", "outcome"}
"""Facets that stand open on arrival: what stood in the way and what came of it are what people come for."""
CODED = {"question", "area"}
"""Facets whose codes are shown beside the label."""
NOT_SHOWN = {"role", "from", "to"}
"""Facets that are reached from an entry's facts and from the API; as lists of their own they would confuse."""


@dataclass(frozen=True, slots=True)
class ShownChoice:
    code: str
    label: str
    short: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownFacet:
    parameter: str
    label: str | Promise
    choices: tuple[ShownChoice, ...]
    total: int
    open: bool
    note: str | Promise

    @property
    def hidden(self) -> int:
        """How many choices are folded away."""
        return self.total - len(self.choices)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use. `without`: the search without it; `joined`: an *or* stands before it."""

    heading: str
    label: str
    without: str
    joined: bool


def shown_facets(answer: Answer, whole: str) -> list[ShownFacet]:
    """Every facet that the list can be narrowed by; `whole` is shown with all of its choices."""
    return [
        _shown(facet, choices, whole, answer.request.edition)
        for parameter, facet in facets().items()
        if (choices := answer.facets[parameter])
        and (parameter not in NOT_SHOWN or parameter in answer.request.filters)
    ]


def _shown(facet: Facet, choices: tuple[Choice, ...], whole: str, edition: int | None) -> ShownFacet:
    chosen = sum(choice.chosen for choice in choices)
    most = len(choices) if facet.parameter == whole else max(SHOWN, chosen)
    if len(choices) == most + 1:
        most += 1
    return ShownFacet(
        facet.parameter,
        facet.label,
        tuple(_choice(facet, choice, edition) for choice in choices[:most]),
        len(choices),
        open=facet.parameter in OPEN or facet.parameter == whole or chosen > 0,
        note=facet.note,
    )


def _choice(facet: Facet, choice: Choice, edition: int | None) -> ShownChoice:
    short = choice.code if facet.parameter in CODED else ""
    return ShownChoice(choice.code, label(facet, choice.code, edition), short, choice.count, choice.chosen)


def chips(asked: SearchRequest) -> list[Chip]:
    """Every filter in use, with the search that leaves it out."""
    found = []
    for parameter, codes in asked.chosen:
        facet = facets()[parameter]
        for place, code in enumerate(codes):
            without = asked.without(parameter, code).query_string
            found.append(Chip(str(facet.label), label(facet, code, asked.edition), without, joined=place > 0))
    for parameter, number in (
        ("year_from", asked.year_from),
        ("year_to", asked.year_to),
        ("edition", asked.edition),
    ):
        if number is not None:
            without = asked.without(parameter).query_string
            found.append(Chip(str(OTHER_LABELS[parameter]), str(number), without, joined=False))
    return found
