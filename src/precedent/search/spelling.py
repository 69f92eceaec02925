"""“Did you mean”: where a typed word is in no entry, the nearest word that is.

The words are those of the entries' own texts, which the index holds with their endings (`schema.SPELT`), and
those of the names of their codes. A correction is only offered where it finds something.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from tantivy import Query

from precedent.audit.remembering import revision
from precedent.catalogue.about import Words
from precedent.search import completing, engine, words
from precedent.search.cards import Card
from precedent.search.query import CLAUSE, QUOTES
from precedent.search.request import SearchRequest
from precedent.search.schema import SPELT, schema

FARTHEST = 2
"""Letters that may be wrong, missing, too many or in each other's place; in a short word one."""
SHORT = 4
SHORTEST = 3
MOST_CORRECTED = 3
"""Words of a search that are corrected; each costs a walk through the words of the index."""
MOST_TRIED = 2
"""Corrections that are put to the index."""
LOOKED_AT = 3
"""Entries that show how a word is written."""

Lists = dict[tuple[str, int], dict[str, int]]
"""Words with the entries that have them, by script and length."""


def corrected(request: SearchRequest, finds: Callable[[SearchRequest], bool]) -> SearchRequest | None:
    """The request with each unknown word in its nearest spelling, all else kept; None where that finds nothing.

    `finds` says whether a request finds something. Raises IndexAway.
    """
    unknown = unknown_words(request.q)
    if not unknown:
        return None
    nearest = {word: near(word) for word in unknown}
    if not all(nearest.values()):
        return None
    for tried in range(MOST_TRIED):
        if all(tried >= len(found) for found in nearest.values()):
            break
        instead = {word: spelled(found[min(tried, len(found) - 1)]) for word, found in nearest.items()}
        better = replace(request, q=_with(request.q, instead), page=1, ignored=(), renamed=())
        if finds(better):
            return better
    return None


def unknown_words(text: str) -> list[str]:
    """The typed words that no entry has; those in quotation marks, excluded or with digits are meant so."""
    found: dict[str, None] = {}
    for _start, _end, word in _places(text):
        if len(found) == MOST_CORRECTED:
            break
        if len(words.plain(word)) >= SHORTEST and not any(map(str.isdigit, word)) and not _is_known(word):
            found[word] = None
    return list(found)


def _places(text: str) -> Iterable[tuple[int, int, str]]:
    """Where each single wanted word stands in typed text."""
    for clause in CLAUSE.finditer(text.translate(QUOTES)):
        if clause["word"] is None or clause["minus"] is not None:
            continue
        for word in words.WORD.finditer(text, *clause.span("word")):
            if word.lastgroup is None and words.plain(word[0]):
                yield word.start(), word.end(), word[0]


def _with(text: str, instead: dict[str, str]) -> str:
    """The text with other words in the places of some."""
    for start, end, word in reversed(list(_places(text))):
        if word in instead:
            text = text[:start] + instead[word] + text[end:]
    return text


def _is_known(word: str) -> bool:
    searcher = engine.readers.get().searcher
    with engine.trusting():
        return any(searcher.doc_freq(heading.value, stem) for heading in Words for stem in words.variants(word))


def near(word: str) -> list[str]:
    """The nearest words in the same script, the one in most entries first. Raises IndexAway."""
    return list(_near(engine.position(), revision(), words.plain(word)))


@lru_cache(maxsize=256)
def _near(state: str, stands: str, plain: str) -> tuple[str, ...]:
    most = FARTHEST if len(plain) > SHORT else 1
    lists = _lists(state, stands)
    found: list[tuple[float, int, str]] = []
    for length in range(len(plain) - most, len(plain) + most + 1):
        held = lists.get((_script(plain), length), {})
        matches = process.extract(
            plain, held.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
        )
        found += [(distance, -held[match], match) for match, distance, _ in matches]
    return tuple(match for _, _, match in sorted(found)[:MOST_TRIED])


@lru_cache(maxsize=2)
def _lists(state: str, stands: str) -> Lists:
    """The words of a `state` of the index and of the names in a revision of the catalogue."""
    found: defaultdict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    searcher = engine.readers.get().searcher
    with engine.trusting():
        told = searcher.terms_with_prefix(SPELT, "")
    carried = completing.counts(state)
    for name in completing.names():
        count = carried.get((name.parameter, name.code), 0)
        told += [(words.plain(word), count) for word in words.words(name.text) if count]
    for word, count in told:
        if len(word) >= SHORTEST and not words.is_run(word):
            held = found[_script(word), len(word)]
            held[word] = max(count, held.get(word, 0))
    return dict(found)


def _script(word: str) -> str:
    """In which letters a word is written: LATIN, ARABIC, CYRILLIC."""
    return unicodedata.name(word[0], "").partition(" ")[0]


def spelled(plain: str) -> str:
    """A word without accents as the entries write it, or else the names: “refugies” is “réfugiés”."""
    texts = [text for card in _cards(plain) for text in (card.title, *(p.text for p in card.passages))]
    names = [name.text for name in completing.names() if plain in name.folded]
    written = Counter(word for text in texts + names for word in words.words(text) if words.plain(word) == plain)
    return max(written, key=lambda word: (written[word], word), default=plain)


def _cards(plain: str) -> list[Card]:
    """Some entries in which a word is written."""
    searcher = engine.readers.get().searcher
    with engine.trusting():
        found = searcher.search(Query.term_query(schema(), SPELT, plain), limit=LOOKED_AT, count=False)
        return [engine.card_at(searcher, address) for _, address in found.hits]
