"""From typed words to a query: phrases in quotation marks, exclusion by a minus sign, all other words wanted.

No text can make an error: whatever is no word is a gap between words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from tantivy import Occur, Query

from precedent.catalogue.about import Words
from precedent.search import words
from precedent.search.request import MOST_WORDS
from precedent.search.schema import schema

WEIGHTS = {
    # A title says what an entry is; its summary says it again with everything around it.
    Words.TITLE: 2.0,
    Words.SUMMARY: 1.5,
    # Codes are few and chosen with care: a country or a group named there is what the entry is about.
    Words.NAMES: 2.0,
    Words.STORY: 1.0,
}
IN_A_ROW = 8.0
"""What the typed words gain where a title holds them in this order: who types a title wants that entry first."""
ENOUGH = 4
"""Where no entry has all that is asked for, one piece of so many is enough: judged queries (tools/judged) in other
languages than the entries' find little else."""
MOST_PIECES = 60
ELSEWHERE = 0.3
"""How much further headings add to the best one: a word in title and summary is a little better than in one."""

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞", '"'))
CLAUSE = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Clause:
    """A word or a phrase that is wanted, or not wanted. `words` as they were typed."""

    words: tuple[str, ...]
    excluded: bool
    phrase: bool


@lru_cache(maxsize=1_000)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses in typed text, in their order; empty where there is no word in it."""
    found, left = [], MOST_WORDS
    for match in CLAUSE.finditer(text.translate(QUOTES)):
        typed = tuple(words.words(match["phrase"] or match["word"] or ""))[:left]
        left -= len(typed)
        excluded = match["minus"] is not None
        if not typed:
            continue
        if match["phrase"] is not None or excluded:
            found.append(Clause(typed, excluded, phrase=True))
        else:
            found += [Clause((word,), excluded, phrase=False) for word in typed]
    return tuple(found)


def _weighted(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def _word(word: str) -> Query:
    """A word under any heading and in any reading; the best counts most."""
    if words.is_run(word):
        return _phrase((word,))
    terms = [
        _weighted(Query.term_query(schema(), heading.value, stem), weight)
        for heading, weight in WEIGHTS.items()
        for stem in words.variants(word)
    ]
    return Query.disjunction_max_query(terms, ELSEWHERE)


def _row(heading: Words, typed: tuple[str, ...]) -> list[Query]:
    """Words in a row under one heading, one query a reading."""
    found: list[Query] = []
    for reading in words.phrases(list(typed)):
        stems: list[str | tuple[int, str]] = list(reading)
        if len(reading) == 1:
            found.append(Query.term_query(schema(), heading.value, reading[0][1]))
        else:
            found.append(Query.phrase_query(schema(), heading.value, stems))
    return found


def _phrase(typed: tuple[str, ...]) -> Query:
    rows = [_weighted(row, weight) for heading, weight in WEIGHTS.items() for row in _row(heading, typed)]
    return Query.disjunction_max_query(rows, ELSEWHERE)


def wants(text: str) -> list[str]:
    """The typed words that are wanted, without those excluded."""
    return [word for clause in clauses(text) if not clause.excluded for word in clause.words]


def pieces(text: str) -> list[Query]:
    """What of a text may be found without the rest, where no entry has all of it: its phrases, its telling words,
    the pairs of characters of a run. At most `MOST_PIECES`.
    """
    asked = [clause for clause in clauses(text) if not clause.excluded]
    telling = [clause for clause in asked if clause.phrase or not _says_nothing(clause.words[0])] or asked
    found = (piece for clause in telling for piece in _pieces(clause))
    return list(islice(found, MOST_PIECES))


def _says_nothing(word: str) -> bool:
    """Does a typed word say nothing in a language that it may be read in?"""
    return any(words.says_nothing(word, language) for language in words.languages_of(word))


def _pieces(clause: Clause) -> list[Query]:
    word = clause.words[0]
    if clause.phrase or not words.is_run(word) or len(word) < 3:
        return [_phrase(clause.words) if clause.phrase else _word(word)]
    return [_phrase((word[at : at + 2],)) for at in range(len(word) - 1)]


def text_query(text: str, relaxed: bool = False) -> Query:
    """What the typed text asks for. `relaxed`: a quarter of its pieces is enough, and more come first."""
    asked = clauses(text)
    wanted = [_phrase(c.words) if c.phrase else _word(c.words[0]) for c in asked if not c.excluded]
    unwanted = [(Occur.MustNot, _phrase(c.words)) for c in asked if c.excluded]
    if not wanted:
        return Query.boolean_query([(Occur.Must, Query.all_query()), *unwanted])
    if relaxed:
        some = pieces(text)
        enough = Query.boolean_query([(Occur.Should, query) for query in some], max(1, len(some) // ENOUGH))
        parts = [(Occur.Must, enough)]
    else:
        parts = [(Occur.Must, query) for query in wanted]
    typed = tuple(wants(text))
    bonus = [_weighted(row, IN_A_ROW) for row in _row(Words.TITLE, typed)] if len(typed) > 1 else []
    return Query.boolean_query([*parts, *((Occur.Should, row) for row in bonus), *unwanted])
