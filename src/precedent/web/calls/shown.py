"""A call as pages show it: how it stands, what it brought, and its codes in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from precedent.calls import queries
from precedent.calls.records import STANDING_NAMES, Call, Standing, today
from precedent.framework import queries as framework
from precedent.framework.records import Question
from precedent.kernel.languages import language_name
from precedent.search import facets
from precedent.search.request import SearchRequest
from precedent.submissions import queries as submissions
from precedent.submissions.queries import Brought
from precedent.web.wording import labels_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A call with what was brought for it. `questions`: what it asks in the edition in force, by their texts."""

    call: Call
    standing: Standing
    brought: Brought
    questions: tuple[Question, ...]

    @property
    def state(self) -> str | Promise:
        return STANDING_NAMES[self.standing]

    @property
    def share(self) -> int:
        """How many of the wanted examples are published; what came beyond them is not drawn."""
        return min(self.brought.published, self.call.wanted)


def shown(calls: Iterable[Call]) -> list[Shown]:
    """Calls for a page, in the order given. At most three database queries."""
    told = list(calls)
    brought = submissions.brought(call.number for call in told) if told else {}
    known, day = framework.current_edition().questions, today()
    return [
        Shown(
            call,
            call.standing(day),
            brought[call.number],
            tuple(known[code] for code in queries.questions_now(call)),
        )
        for call in told
    ]


def narrowed(call: Call) -> list[tuple[str, list[str]]]:
    """What the call is about besides its question: each heading, and its terms in words."""
    known = facets.facets()
    told: list[tuple[str, tuple[str, ...]]] = []
    if call.perspective:
        told.append(("perspective", (call.perspective,)))
    told += [(parameter, codes) for parameter, codes in call.chosen if parameter in known]
    return [
        (str(known[parameter].label), [facets.label(known[parameter], code) for code in codes])
        for parameter, codes in told
    ]


def from_whom(call: Call) -> list[str]:
    """Whom it addresses, in phrases; none: everybody."""
    named: Sequence[str] = labels_of("country", call.countries)
    return [*named, call.organisations] if call.organisations else list(named)


def languages(call: Call) -> list[str]:
    return [language_name(code) for code in call.languages]


def entries_there(call: Call) -> SearchRequest:
    """What the catalogue has on it already, as a search."""
    asked = SearchRequest(chosen=call.chosen)
    for code in queries.questions_now(call):
        asked = asked.also("question", code)
    return asked.only("perspective", call.perspective) if call.perspective else asked.bare
