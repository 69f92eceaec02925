"""What helps where a search found little: another spelling, a filter to leave out, similar terms, questions.

Decided here for page and API. Each number is the length of the list it leads to, and what finds nothing is left
out. The cost is bounded: `MOST_ASKED` requests are put to the index at most, whatever was asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from precedent.search import completing, engine, spelling
from precedent.search.completing import Kind, Suggestion
from precedent.search.query import wants
from precedent.search.request import SearchRequest

MOST_DROPPED = 5
"""Filters whose absence is tried, in the order of the facets."""
MOST_ASKED = MOST_DROPPED + 2 * spelling.MOST_TRIED + 5
"""Corrections with and without filters; the words alone, the filters alone, questions twice, all codes once."""
MOST_SIMILAR = 5
MOST_QUESTIONS = 4
WORDS_LOOKED_UP = 4
SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Wider:
    """The request without one of its conditions, and what it finds.

    `parameter` and `codes`: what is left out; the words, where the parameter is `q`.
    """

    parameter: str
    codes: tuple[str, ...]
    request: SearchRequest
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A request and how many entries it finds."""

    request: SearchRequest
    count: int


@dataclass(frozen=True, slots=True)
class Help:
    """What may be tried instead, each with something to find; the widest first.

    `alone`: the words without filters, in another spelling where only that finds something.
    """

    wider: tuple[Wider, ...] = ()
    alone: Found | None = None
    similar: tuple[Suggestion, ...] = ()
    questions: tuple[Suggestion, ...] = ()


def did_you_mean(request: SearchRequest, relaxed: bool = False) -> SearchRequest | None:
    """The request in another spelling that finds something; where this one was `relaxed`, finds all words.

    Raises IndexAway.
    """

    def finds(better: SearchRequest) -> bool:
        asking = engine.asking(better)
        return asking.found > 0 and not (relaxed and asking.relaxed)

    return spelling.corrected(request.bare, finds)


def helped(request: SearchRequest, better: SearchRequest | None = None) -> Help:
    """What helps where a request found nothing; `better`: its words as they are spelled. Raises IndexAway."""
    asked = request.bare
    wider = sorted(_wider(asked), key=lambda found: -found.count)
    alone = _alone(asked, better)
    known = _known(better or (alone.request if alone else asked))
    terms = [term for term in known if term.kind is not Kind.QUESTION and not _is_chosen(asked, term)]
    named = [question for question in known if question.kind is Kind.QUESTION]
    return Help(tuple(wider), alone, tuple(terms[:MOST_SIMILAR]), _questions(asked, named, wider))


def _found(request: SearchRequest) -> int:
    return engine.asking(request).found


def _wider(asked: SearchRequest) -> Iterator[Wider]:
    """The request without each heading under which something is chosen, and without its words."""
    years = ((name, getattr(asked, name)) for name in ("year_from", "year_to"))
    chosen = [*asked.chosen, *((name, (str(year),)) for name, year in years if year)]
    tried = [(parameter, codes, asked.without(parameter)) for parameter, codes in chosen[:MOST_DROPPED]]
    if asked.q:
        tried.append(("q", (asked.q,), replace(asked, q="")))
    for parameter, codes, wider in tried:
        # Without any condition it would be the whole catalogue, which helps nobody.
        if wider.parameters() and (count := _found(wider)):
            yield Wider(parameter, codes, wider, count)


def _alone(asked: SearchRequest, better: SearchRequest | None) -> Found | None:
    """The words without filters; None where there are no filters, or nothing has the words."""
    words = asked.without_filters()
    if not asked.q or asked == words or better:
        return None
    if count := _found(words):
        return Found(words, count)
    spelled = did_you_mean(words)
    return Found(spelled, _found(spelled)) if spelled else None


def _known(asked: SearchRequest) -> list[Suggestion]:
    """Names that the words begin: all of them together first, then each word by itself."""
    typed = [word for word in wants(asked.q)[:WORDS_LOOKED_UP] if len(completing.for_comparing(word)) > 2]
    told: dict[tuple[str, str], Suggestion] = {}
    for words in dict.fromkeys((asked.q, *typed)):
        for suggestion in completing.suggestions(words, titles=False):
            told.setdefault((suggestion.parameter, suggestion.code), suggestion)
    return list(told.values())


def _is_chosen(asked: SearchRequest, suggestion: Suggestion) -> bool:
    return suggestion.code in asked.filters.get(suggestion.parameter, ())


def _questions(
    asked: SearchRequest, named: Iterable[Suggestion], wider: Iterable[Wider]
) -> tuple[Suggestion, ...]:
    """Guiding questions with these words, then those that most entries with the chosen codes answer."""
    told = {question.code: question for question in named}
    for code in _answered(asked, wider):
        if (question := completing.suggested("question", code)) is not None:
            told.setdefault(code, question)
    kept = [question for question in told.values() if not _is_chosen(asked, question)]
    return tuple(kept[:MOST_QUESTIONS])


def _answered(asked: SearchRequest, wider: Iterable[Wider]) -> list[str]:
    """The questions of entries with the chosen codes, or else with most of them: those of most entries first."""
    for request in (asked, *(found.request for found in wider)):
        chosen = request.without("question").without("area").chosen
        if chosen:
            counted = engine.asking(SearchRequest(chosen=chosen)).questions()
            if counted or request is not asked:
                return sorted(counted, key=lambda code: (-counted[code], code))
    return []
