"""The passage of an entry that matched, with the words that did."""

from dataclasses import dataclass

from precedent.search import words
from precedent.search.cards import Card, Passage

LENGTH = 230
"""Characters of an excerpt: three lines on a wide screen."""
LEAD = 60
"""Characters shown before the first word that matched."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an excerpt; `marked` where it is a word that was asked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a passage in pieces; `field` names where it stands; is something left out before or after?"""

    field: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is highlighted: stems of words, and runs of scripts without blanks."""

    stems: frozenset[str]
    runs: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.stems or self.runs)


Span = tuple[int, int]


def wanted(typed: list[str]) -> Wanted:
    """What to highlight for the words that were asked for."""
    stems = {stem for word in typed if not words.is_run(word) for stem in words.variants(word)}
    return Wanted(frozenset(stems), tuple(word for word in typed if words.is_run(word)))


def _spans(text: str, language: str, want: Wanted) -> list[tuple[Span, str]]:
    """Where the wanted words stand in a text, each with its stem."""
    found = []
    for match in words.WORD.finditer(text):
        word = match[0]
        if match.lastgroup:
            found += [
                ((match.start() + at, match.start() + at + len(run)), run)
                for run in want.runs
                if (at := word.find(run)) >= 0
            ]
        elif (made := words.stem(words.plain(word), language)) in want.stems:
            found.append((match.span(), made))
    return found


def excerpt(card: Card, want: Wanted) -> Excerpt:
    """The passage with most of the wanted words, around the first of them; else the summary's beginning."""
    best: tuple[Passage, list[tuple[Span, str]]] = (card.passages[0], [])
    if want:
        for passage in card.passages:
            spans = _spans(passage.text, card.language, want)
            if len({stem for _, stem in spans}) > len({stem for _, stem in best[1]}):
                best = (passage, spans)
    passage, spans = best
    return _cut(passage, [span for span, _ in spans])


def _cut(passage: Passage, spans: list[Span]) -> Excerpt:
    text = passage.text
    start = 0
    if spans and spans[0][0] > LENGTH - LEAD:
        start = text.rfind(" ", 0, spans[0][0] - LEAD) + 1
    end = len(text)
    if end - start > LENGTH:
        end = text.rfind(" ", start, start + LENGTH)
        end = end if end > start else start + LENGTH
    pieces, at = [], start
    for first, last in sorted(spans):
        if first < at or last > end:
            continue
        if first > at:
            pieces.append(Piece(text[at:first], False))
        pieces.append(Piece(text[first:last], True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return Excerpt(passage.field, tuple(pieces), start > 0, end < len(text))
