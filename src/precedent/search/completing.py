"""What a typed beginning may become: terms, places, guiding questions and entries, the likeliest first.

Names are those of every facet in six languages, kept in memory for a revision; titles are asked of the index.
Nothing is suggested that no entry carries: each suggestion's number is the length of the list it leads to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import override
from tantivy import Occur, Query

from precedent.audit.remembering import remembered
from precedent.catalogue.about import Words
from precedent.framework import queries as framework
from precedent.kernel.languages import LANGUAGES, current
from precedent.kernel.text import one_line
from precedent.places import queries as places
from precedent.search import engine, words
from precedent.search.cards import Card
from precedent.search.facets import PLACED, codes_now, facets, label, labels
from precedent.search.request import LONGEST_QUERY, SearchRequest
from precedent.search.schema import schema

MOST = 8
FEWEST_LETTERS = 2
MOST_WORDS = 8
"""Typed words that are compared; nobody completes a ninth."""
MOST_OF = {"entry": 3, "question": 3}
"""Of a kind that would fill the list by itself, as long as there are others."""
LEFT_OUT = {"role", "from", "to", "language", "verification"}
"""Facets that mean little by themselves, or are reached from others."""
PREFIXED = 200
"""Words of the index that a beginning may stand for."""
LOOKED_AT = 24
"""Entries whose titles are compared with what is typed."""
WHOLE_TITLE = 100.0
"""What a title that begins as typed counts beside one that has the words."""
SHORTEST_STEM = 4
LONGEST_CODE = 3
"""Letters of a code that is only suggested when it is typed whole: NER is Niger, but “ne” is not."""


class Kind(StrEnum):
    TERM = "term"
    COUNTRY = "country"
    REGION = "region"
    AREA = "area"
    QUESTION = "question"
    ENTRY = "entry"


KINDS = {kind.value: kind for kind in (Kind.COUNTRY, Kind.REGION, Kind.AREA, Kind.QUESTION)}
"""The facets whose codes are more than terms."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that a beginning may become; `label` is in `language`.

    `parameter` and `code` are the filter it stands for, or the entry's identifier without a parameter. `matched`:
    the name that was typed, where it is another than the label. `count`: entries it leads to.
    """

    kind: Kind
    parameter: str
    code: str
    label: str
    language: str
    matched: str
    count: int
    address: str = ""

    @property
    def heading(self) -> str:
        """The facet that it is a choice of, in the language of the page; nothing for an entry."""
        return str(facets()[self.parameter].label) if self.parameter else ""

    @property
    def request(self) -> SearchRequest:
        """The search it leads to; an entry leads to itself instead."""
        return SearchRequest().only(self.parameter, self.code) if self.parameter else SearchRequest()


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a code, and the same without case and accents for comparing. One in no language is a code, too."""

    parameter: str
    code: str
    language: str
    text: str
    folded: str
    padded: str
    """`folded` after a blank, so that each word begins after one."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, ready for comparing; `runs`: some of it is written without blanks."""

    words: tuple[str, ...]
    folded: str
    runs: bool
    needles: tuple[str, ...]
    """What a padded name must hold for each word to begin one of its words; unspaced ones may stand anywhere."""

    def fits(self, padded: str) -> bool:
        """Does each word begin some word of a name?"""
        return all(needle in padded for needle in self.needles)

    def rank(self, padded: str) -> int:
        """How well it begins a name that fits: 0 the whole, 1 from a word on, 2 each word some word."""
        if padded.startswith(self.folded, 1):
            return 0
        return 1 if f" {self.folded}" in padded or (self.runs and self.folded in padded) else 2


def for_comparing(text: str) -> str:
    """A text's words without case, accents, and the article that Arabic writes with the word."""
    return " ".join(_bare(word) for word in words.words(text))


def _bare(word: str) -> str:
    if words.is_run(word):
        return word
    bare = words.plain(word)
    return bare.removeprefix("ال") or bare


def typed(text: str) -> Typed | None:
    """What was typed, or None where it is too little to go by: one letter, or no word."""
    begun = for_comparing(one_line(text)[:LONGEST_QUERY]).split()[:MOST_WORDS]
    runs = any(words.is_run(word) for word in begun)
    if sum(map(len, begun)) < FEWEST_LETTERS and not runs:
        return None
    needles = (word if words.is_run(word) else f" {word}" for word in begun)
    return Typed(tuple(begun), " ".join(begun), runs, tuple(dict.fromkeys(needles)))


def suggestions(text: str, *, titles: bool = True, most: int = MOST) -> list[Suggestion]:
    """What a typed beginning may become, the best first, in the language of the page. Raises IndexAway.

    Names in the language of the page stand before those in others; then those that begin with what is typed before
    those with a word that does; then those with more entries.
    """
    begun = typed(text)
    if begun is None:
        return []
    ranked = [*_named(begun), *(_titled(begun) if titles else ())]
    found = [suggestion for _key, suggestion in sorted(ranked, key=lambda pair: pair[0])]
    return _mixed(found, most)


def _mixed(found: list[Suggestion], most: int) -> list[Suggestion]:
    """The best of all kinds: what would fill the list by itself gets what the others leave."""
    taken: dict[str, int] = {}
    first: list[tuple[int, Suggestion]] = []
    rest: list[tuple[int, Suggestion]] = []
    for place, suggestion in enumerate(found):
        taken[suggestion.kind] = taken.get(suggestion.kind, 0) + 1
        within = taken[suggestion.kind] <= MOST_OF.get(suggestion.kind, most)
        (first if within else rest).append((place, suggestion))
    return [suggestion for _, suggestion in sorted((first + rest)[:most], key=lambda pair: pair[0])]


Key = tuple[bool, int, int, str]
"""By what suggestions are ordered: in another language, how well it matches, fewer entries, its name."""


def _named(begun: Typed) -> list[tuple[Key, Suggestion]]:
    """The codes that have such a name and an entry."""
    page = current().code
    known = counts(engine.position())
    best: dict[tuple[str, str], tuple[bool, int, Name]] = {}
    for name in names():
        if not begun.fits(name.padded) or (name.parameter, name.code) not in known:
            continue
        if not name.language and len(name.folded) <= LONGEST_CODE and name.folded != begun.folded:
            continue
        held = best.get((name.parameter, name.code))
        told = (name.language not in (page, ""), begun.rank(name.padded))
        if held is None or told < held[:2]:
            best[name.parameter, name.code] = (*told, name)
    return [_suggested(name, foreign, rank, known) for foreign, rank, name in best.values()]


def _suggested(name: Name, foreign: bool, rank: int, known: dict[tuple[str, str], int]) -> tuple[Key, Suggestion]:
    told = _of_code(name.parameter, name.code, known[name.parameter, name.code], name)
    return (foreign, rank, -told.count, told.label), told


def _of_code(parameter: str, code: str, count: int, name: Name | None = None) -> Suggestion:
    called = label(facets()[parameter], code)
    matched = name.text if name and for_comparing(called) != name.folded else ""
    kind = KINDS.get(parameter, Kind.TERM)
    return Suggestion(kind, parameter, code, called, current().code, matched, count)


def suggested(parameter: str, code: str) -> Suggestion | None:
    """A code as it would be suggested; None where no entry carries it. Raises IndexAway."""
    count = counts(engine.position()).get((parameter, code), 0)
    return _of_code(parameter, code, count) if count else None


@lru_cache(maxsize=2)
def counts(state: str) -> dict[tuple[str, str], int]:
    """How many entries carry each code of each facet, in a `state` of the index. Raises IndexAway."""
    told = engine.ask(SearchRequest(size=1)).facets
    return {(parameter, choice.code): choice.count for parameter, held in told.items() for choice in held}


@remembered
def names() -> tuple[Name, ...]:
    """Every name of every code that may be suggested, in six languages; those of merged terms lead to the last."""
    found: dict[tuple[str, str, str], Name] = {}
    for parameter, code, language, text in _every_name():
        ready = for_comparing(text)
        found.setdefault((parameter, code, ready), Name(parameter, code, language, text, ready, f" {ready}"))
    return tuple(found.values())


def _every_name() -> Iterator[tuple[str, str, str, str]]:
    told = {parameter: facet for parameter, facet in facets().items() if parameter not in LEFT_OUT}
    for parameter, facet in told.items():
        known = labels(facet.vocabulary, current().code)
        now = {code: codes_now(facet, code) for code in known} if parameter not in PLACED else {}
        for language in LANGUAGES:
            with override(language.code):
                for code, text in labels(facet.vocabulary, language.code).items():
                    yield from ((parameter, one, language.code, text) for one in now.get(code, (code,)))
    for country in places.places().countries.values():
        for other in country.other_names:
            yield "country", country.code, "", other
    for code in framework.current_edition().questions:
        yield "question", code, "", code


def _titled(begun: Typed) -> list[tuple[Key, Suggestion]]:
    """The entries whose titles it begins, or has words of."""
    page = current().code
    found = []
    for card in _cards(begun):
        padded = f" {for_comparing(card.title)}"
        if begun.fits(padded):
            told = Suggestion(Kind.ENTRY, "", card.id, card.title, card.language, "", 1, card.address)
            found.append(((card.language != page, begun.rank(padded), -1, card.title), told))
    return found


def _cards(begun: Typed) -> list[Card]:
    """Entries whose titles may fit; the index holds stems, so that some will not."""
    searcher = engine.readers.get().searcher
    with engine.trusting():
        titles = [title for title, _ in searcher.terms_with_prefix("title_order", begun.folded, limit=MOST)]
        whole = Query.boost_query(Query.term_set_query(schema(), "title_order", titles), WHOLE_TITLE)
        *before, last = begun.words
        ends = [term for term, _ in searcher.terms_with_prefix(Words.TITLE.value, last, limit=PREFIXED)]
        parts = [_in_title(word) for word in before] + [_in_title(last, [*ends, *_shorter(last)])]
        apart = Query.boolean_query([(Occur.Must, part) for part in parts])
        query = Query.boolean_query([(Occur.Should, whole), (Occur.Should, apart)])
        found = searcher.search(query, limit=LOOKED_AT, count=False)
        return [engine.card_at(searcher, address) for _, address in found.hits]


def _shorter(word: str) -> list[str]:
    """What may be the stem of the word that is being typed: its own beginnings."""
    return [word[:length] for length in range(SHORTEST_STEM, len(word))]


def _in_title(word: str, others: Iterable[str] = ()) -> Query:
    """A word in a title, in any reading, or one of the other stems."""
    if words.is_run(word):
        placed: list[str | tuple[int, str]] = list(words.phrases([word])[0])
        if len(placed) == 1:
            return Query.term_query(schema(), Words.TITLE.value, placed[0][1])
        return Query.phrase_query(schema(), Words.TITLE.value, placed)
    return Query.term_set_query(schema(), Words.TITLE.value, [*words.variants(word), *others])
