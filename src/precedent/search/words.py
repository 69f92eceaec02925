"""Words as the index holds them: cut, folded, stemmed, the same way for what is told and for what is asked.

The index is given words that are ready; tantivy only splits them at blanks. So there is one place that knows how
a language is read, and the same place finds the words to highlight.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import tantivy

from precedent.kernel.text import folded

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0640"
"""Signs that belong to the letter before them: accents, Arabic vowels and stretching, Devanagari vowels."""

UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts written without blanks between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer."""

WORD = re.compile(rf"(?P<run>[{UNSPACED}]+)|(?:(?![{UNSPACED}])[\w{MARKS}])+")
"""A word, or a run of unspaced script: then the match's last group is `run`."""
RUN = re.compile(rf"[{UNSPACED}]+")
LONGEST = 60
"""Characters of the longest word the index holds; a longer one is cut."""

STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic", "ru": "russian"}
LATIN = ("en", "fr", "es")
"""The languages with a stemmer that a word in Latin letters may be in."""


def _stemmer(name: str) -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer(name)).build()


def _sieve(name: str) -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stopword(name)).build()


_STEMMER = {language: _stemmer(name) for language, name in STEMMERS.items()}
_SIEVE = {language: _sieve(STEMMERS[language]) for language in ("en", "fr", "es", "ru")}
"""Of the languages for which tantivy knows the words that say nothing by themselves."""


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """A word without case and accents, short enough for the index; empty where it is nothing but marks.

    Cyrillic keeps its й, which is a letter and no accent; Arabic loses vowels, stretching and the leading “and”.
    """
    if "\u0400" <= word[0] <= "\u04ff":
        return unicodedata.normalize("NFC", word.casefold()).replace("ё", "е")[:LONGEST]
    # Some signs come apart into a blank and a mark (ﱞ); a word has no blanks.
    word = folded(word).replace(" ", "")
    if "\u0600" <= word[:1] <= "\u06ff":
        word = word.replace("\u0640", "")
        if word.startswith("وال") and len(word) > 4:
            word = word[1:]
    return word[:LONGEST]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a plain word in a language, or the word itself where there is no stemmer for it."""
    stemmer = _STEMMER.get(language)
    if stemmer is None or not word:
        return word
    stems = stemmer.analyze(word)
    return stems[0] if stems and stems[0] else word


def says_nothing(word: str, language: str) -> bool:
    """Whether a word only holds others together in a language: “the”, “dans”, “para”."""
    sieve = _SIEVE.get(language)
    return bool(sieve and not sieve.analyze(word.casefold()))


def words(text: str) -> Iterator[str]:
    """Each word or run of unspaced script of a text, as it is written."""
    return (found[0] for found in WORD.finditer(text) if found.lastgroup or plain(found[0]))


def _grams(run: str) -> list[str]:
    """A run of unspaced script as its single characters and its pairs, in turn: 移 移民 民."""
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [gram for at, single in enumerate(run) for gram in (single, *pairs[at : at + 1])]


def indexed(text: str, language: str) -> str:
    """A text as the index takes it: its words ready, with blanks between."""
    ready: list[str] = []
    for word in words(text):
        if RUN.match(word):
            ready += _grams(word)
        elif made := stem(plain(word), language):
            ready.append(made)
    return " ".join(ready)


def languages_of(word: str) -> tuple[str, ...]:
    """The languages in which a typed word may be read, by its script; the last is no language in particular."""
    first = plain(word)[:1]
    if "\u0600" <= first <= "\u06ff":
        return ("ar", "")
    if "\u0400" <= first <= "\u04ff":
        return ("ru", "")
    return (*LATIN, "")


@lru_cache(maxsize=20_000)
def variants(word: str) -> tuple[str, ...]:
    """Every stem under which a typed word may stand in the index. Unspaced runs are no single word."""
    return tuple(dict.fromkeys(stem(plain(word), language) for language in languages_of(word)))


def phrases(typed: list[str]) -> list[list[tuple[int, str]]]:
    """Typed words in a row, read in each language: the stem at each position. No reading stands twice."""
    languages = dict.fromkeys(language for word in typed for language in languages_of(word))
    readings: dict[tuple[tuple[int, str], ...], None] = {}
    for language in languages:
        at, placed = 0, []
        for word in typed:
            if RUN.match(word):
                pairs = [word[i : i + 2] for i in range(len(word) - 1)] or [word]
                placed += [(at + (2 * i + 1 if len(word) > 1 else 0), pair) for i, pair in enumerate(pairs)]
                at += 2 * len(word) - 1
            else:
                placed.append((at, stem(plain(word), language)))
                at += 1
        readings[tuple(placed)] = None
    return [list(reading) for reading in readings]


def is_run(word: str) -> bool:
    """Is this a run of a script written without blanks?"""
    return bool(RUN.match(word))
