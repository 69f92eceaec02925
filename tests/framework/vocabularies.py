"""Small vocabularies, and any sequence of moves on one."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from precedent.framework import terms
from precedent.framework.records import Term, Vocabulary
from precedent.kernel.languages import LANGUAGES
from precedent.kernel.refusals import Refusal

LANGUAGE_CODES = [language.code for language in LANGUAGES]
Move = Callable[[Vocabulary], Vocabulary]


def term(code: str, broader: str | None = None, **more: Any) -> Term:
    return Term(code=code, label={"en": code.upper()}, broader=broader, **more)


def vocabulary(*made: Term, code: str = "topic") -> Vocabulary:
    return Vocabulary(code=code, title={"en": "Topics"}, multi=True, source="A test", terms=made)


def journeys() -> Vocabulary:
    """`work` has two narrower terms, one of which has one of its own; `leisure` and `rest` stand alone."""
    return vocabulary(
        term("work"),
        term("farm-work", "work"),
        term("harvest", "farm-work"),
        term("care-work", "work"),
        term("leisure"),
        term("rest"),
    )


CODES = st.sampled_from(
    ["work", "farm-work", "harvest", "care-work", "leisure", "rest", "n1", "n2", "n3", "Bad Code"]
)
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "yes", "null", "1e3", "a: b", "- x", "#", "'", "مرحبا", "Été : oui", "🙂", "a\nb", "x" * 301]
    ),
)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGE_CODES), WORDS, max_size=3).map(
    lambda told: {"en": "Word", **told}
)
MAYBE = st.none() | CODES
PLACES = st.none() | st.integers(-1, 9)


def _move(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Move]:
    return st.tuples(*arguments).map(lambda given: lambda v: getattr(terms, name)(v, *given))


MOVES: st.SearchStrategy[Move] = st.one_of(
    _move("added", CODES, TEXTS, TEXTS | st.just({}), MAYBE, PLACES),
    _move("retold", CODES, TEXTS, TEXTS | st.just({}), MAYBE),
    _move("placed", CODES, st.integers(-1, 9)),
    _move("merged", CODES, CODES),
    _move("retired", CODES),
    _move("brought_back", CODES),
)


def after(moves: list[Move], start: Vocabulary) -> Vocabulary:
    """The vocabulary after those of the moves that are not refused."""
    for move in moves:
        try:
            start = move(start)
        except Refusal:
            continue
    return start
