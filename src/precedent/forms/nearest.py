"""The published entries whose words come nearest to a draft's: what help with classification is taken from."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tantivy
from tantivy import Occur, Query

from precedent.forms import languages
from precedent.forms.draft import Draft
from precedent.kernel.languages import FALLBACK
from precedent.search import words
from precedent.search.cards import Card, from_json
from precedent.search.engine import readers
from precedent.search.query import ELSEWHERE, WEIGHTS
from precedent.search.schema import schema

MOST_WORDS = 60
"""The most telling words of a draft that are asked for; with more, answers take longer and are no better."""
LONGEST = 10_000
"""Characters of each text that are looked at: three times what a summary may have."""
IN_A_TITLE = 2
"""How many times more often a word counts as told that stands in the title."""
COUNTRY = 3.0
"""What a country in common counts, beside words."""


@dataclass(frozen=True, slots=True)
class Near:
    """An entry, and how near it is: 1 for the nearest, less for the others."""

    card: Card
    nearness: float


def spoken(told: Draft) -> str:
    """The language by which a draft's words are read: the one it names, else the one it seems to be written in."""
    named = told.get("language")
    if isinstance(named, str) and named:
        return named
    texts = languages.texts(told)
    return languages.detect("\n".join(texts)).code if texts else FALLBACK


def nearest(told: Draft, size: int, leaving_out: str = "", *, countries: bool = False) -> list[Near]:
    """The entries nearest to a draft, but for the one it is about. Raises IndexAway.

    `countries`: those that name the same countries come nearer.
    """
    reader = readers.get()
    searcher, parts = reader.searcher, [(Occur.Should, query) for query in _words(told, reader.name())]
    if countries:
        parts += [(Occur.Should, _boosted("country", code, COUNTRY)) for code in countries_of(told)]
    if not parts:
        return []
    if leaving_out:
        parts.append((Occur.MustNot, Query.term_query(schema(), "id", leaving_out)))
    found = searcher.search(Query.boolean_query(parts), limit=size, count=False).hits
    best = max((score for score, _address in found), default=0.0)
    return [Near(_card(searcher, address), float(score) / best) for score, address in found if score and best]


def countries_of(told: Draft) -> list[str]:
    """The countries that a draft names. Codes are Latin letters; whatever else was typed is none."""
    named = told.get("countries")
    parts = named if isinstance(named, list) else []
    codes = (part.get("code") for part in parts if isinstance(part, dict))
    return list(dict.fromkeys(code for code in codes if isinstance(code, str) and code and code.isascii()))


def _card(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Card:
    stored: Any = searcher.doc(address).get_first("card")
    return from_json(bytes(stored).decode())


def stems(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each word of a text with its stem; unspaced script in pairs of signs, as single ones say too little."""
    for word in words.words(text[:LONGEST]):
        if words.is_run(word):
            pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
            yield from ((pair, pair) for pair in pairs)
        elif stem := words.stem(words.plain(word), language):
            yield word, stem


@lru_cache(maxsize=50_000)
def rarity(stem: str, state: str) -> float:
    """How much a stem tells: nothing where no entry has it, little where most do. `state`: of which index."""
    searcher = readers.get().searcher
    having = max(searcher.doc_freq(heading.value, stem) for heading in WEIGHTS)
    return math.log((searcher.num_docs + 1) / (having + 0.5)) if having else 0.0


def _words(told: Draft, state: str) -> list[Query]:
    """The most telling words of a draft: rare ones, and those it says more than once."""
    language, title = spoken(told), told.get("title")
    counted: Counter[str] = Counter()
    for text in [*languages.texts(told), *[title if isinstance(title, str) else ""] * IN_A_TITLE]:
        counted.update(stem for _word, stem in stems(text, language))
    weights = {stem: 1 + math.log(count) for stem, count in counted.items()}
    telling = {stem: weight * rarity(stem, state) for stem, weight in weights.items()}
    chosen = sorted((stem for stem in telling if telling[stem]), key=lambda stem: (-telling[stem], stem))
    return [_anywhere(stem, weights[stem]) for stem in chosen[:MOST_WORDS]]


def _anywhere(stem: str, weight: float) -> Query:
    """A stem under any heading; as in a search, the best counts most."""
    headings = [_boosted(heading.value, stem, boost) for heading, boost in WEIGHTS.items()]
    return Query.boost_query(Query.disjunction_max_query(headings, ELSEWHERE), weight)


def _boosted(field: str, term: str, weight: float) -> Query:
    return Query.boost_query(Query.term_query(schema(), field, term), weight)
