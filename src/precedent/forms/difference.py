"""What changed between two texts of an entry: field by field, and inside a text word by word.

Parts are compared by their ids, so a barrier that moved up is the same barrier. Words are found by `difflib`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import Any

from django.utils.translation import gettext as _

from precedent.forms.asks import Ask, Kind, asks
from precedent.forms.draft import Draft, place_label
from precedent.forms.saying import said_value

MARKS = "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code)).startswith("M"))
"""Accents, vowel signs and the like: they belong to the letter before."""
UNSPACED = (
    "\u0e00-\u0eff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of languages that put no blanks between words (Chinese, Japanese, Thai, Khmer and others)."""
TOKENS = re.compile(rf"[{UNSPACED}][{MARKS}]*|\s+|(?:(?![{UNSPACED}])[\w{MARKS}])+|.", re.DOTALL)
"""Words, blanks, signs; in a language without blanks between its words each letter is a word of its own."""

MOST_PAIRS = 200_000
"""Pairs of equal words in two texts, up to which they are compared: the work grows with them."""
SHORT = 2
"""Words that two texts have in common between two changes, up to which they read better as part of them."""
SIGNS = " \t\n.,;:!?()[]\"'“”‘’«»-–—،؛؟。，、；：！？（）"
OPENING = 80
"""Characters by which a part is known that stands elsewhere now."""

RUNNING = frozenset({Kind.LINE, Kind.PROSE})
"""Answers that are the contributor's own text; all others are said in phrases."""


class Happened(StrEnum):
    SAME = "same"
    TAKEN = "taken"
    PUT = "put"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a field's text: in both, taken out, or put in."""

    happened: Happened
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs. `place` is where it stands, `label` what people call it.

    `listed`: its pieces are phrases, one beside the other; otherwise they are one running text, in the language of
    the example.
    """

    place: str
    label: str
    pieces: tuple[Piece, ...]
    listed: bool = False


def compare(before: Draft, after: Draft) -> list[Change]:
    """Every field that differs, in the form's order."""
    return [change for ask in asks() for change in _changes(ask, before, after)]


def _changes(ask: Ask, before: Draft, after: Draft) -> Iterator[Change]:
    was, now = before.get(ask.name), after.get(ask.name)
    if was == now:
        return
    if ask.kind is Kind.PART and _is_part(was) and _is_part(now):
        yield from _inside(ask, ask.name, was or {}, now or {}, after)
    elif ask.kind is Kind.PARTS and ask.identified and _are_parts(was) and _are_parts(now):
        yield from _parts(ask, _by_id(was), _by_id(now), before, after)
    elif pieces := _pieces(ask, was, now):
        yield Change(ask.name, str(ask.label), pieces, ask.kind not in RUNNING)


def _is_part(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _are_parts(value: Any) -> bool:
    """Is it a list of parts, each with its id? Drafts may break every rule."""
    return value is None or (
        isinstance(value, list) and all(isinstance(part, dict) and part.get("id") for part in value)
    )


Parts = dict[str, dict[str, Any]]


def _by_id(parts: Any) -> Parts:
    return {str(part["id"]): part for part in parts or []}


def _parts(ask: Ask, old: Parts, new: Parts, before: Draft, after: Draft) -> Iterator[Change]:
    for id in [*new, *(id for id in old if id not in new)]:
        told = after if id in new else before
        yield from _inside(ask, f"{ask.name}.{id}", old.get(id, {}), new.get(id, {}), told)
    was, now = [id for id in old if id in new], [id for id in new if id in old]
    if was != now:
        yield Change(ask.name, _("{field}: their order").format(field=ask.label), _moved(ask, was, now, new), True)


def _moved(ask: Ask, was: list[str], now: list[str], parts: Parts) -> tuple[Piece, ...]:
    """The parts that stand elsewhere now, each said by its first words."""
    return tuple(Piece(piece.happened, _opening(ask, parts[piece.text])) for piece in _items(was, now))


def _opening(ask: Ask, part: dict[str, Any]) -> str:
    first = next((said for inner in ask.parts for said in said_value(inner, part.get(inner.name))), "")
    return first if len(first) <= OPENING else f"{first[: OPENING - 1].rstrip()}…"


def _inside(ask: Ask, place: str, was: dict[str, Any], now: dict[str, Any], told: Draft) -> Iterator[Change]:
    for part in ask.parts:
        if pieces := _pieces(part, was.get(part.name), now.get(part.name)):
            where = f"{place}.{part.name}"
            yield Change(where, place_label(where, told), pieces, part.kind not in RUNNING)


def _pieces(ask: Ask, was: Any, now: Any) -> tuple[Piece, ...]:
    if was == now:
        return ()
    if ask.kind in RUNNING:
        return words(*("" if told is None else str(told) for told in (was, now)))
    return _items(said_value(ask, was), said_value(ask, now))


def _items(was: Sequence[str], now: Sequence[str]) -> tuple[Piece, ...]:
    """Phrases, each for itself: those in both, those taken out, those put in."""
    stretches = _stretches(was, now)
    return tuple(Piece(happened, text) for stretch in stretches for happened, texts in stretch for text in texts)


def words(was: str, now: str) -> tuple[Piece, ...]:
    """Two texts, word by word; whole runs of changed words stand together."""
    stretches = _bridged(_stretches(TOKENS.findall(was), TOKENS.findall(now)))
    return tuple(Piece(happened, "".join(texts)) for stretch in stretches for happened, texts in stretch if texts)


Tokens = list[str]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens that are in both texts (`same`), or those of the one that stand for those of the other."""

    taken: Tokens
    put: Tokens
    same: bool = False

    def __iter__(self) -> Iterator[tuple[Happened, Tokens]]:
        if self.same:
            yield Happened.SAME, self.put
        else:
            yield Happened.TAKEN, self.taken
            yield Happened.PUT, self.put

    def __add__(self, following: "_Stretch") -> "_Stretch":
        return _Stretch(self.taken + following.taken, self.put + following.put)

    @property
    def words(self) -> int:
        """How many words the longer side has; blanks and signs are none."""
        return max(sum(text.strip(SIGNS) != "" for text in side) for side in (self.taken, self.put))


def _stretches(was: Sequence[str], now: Sequence[str]) -> list[_Stretch]:
    """Two rows of tokens as what stays and what changes, in turn."""
    start = _common(zip(was, now, strict=False))
    rest = min(len(was), len(now)) - start
    end = min(rest, _common(zip(reversed(was), reversed(now), strict=False)))
    old, new = [*was[start : len(was) - end]], [*now[start : len(now) - end]]
    before, after = [*now[:start]], [*now[len(now) - end :]]
    found = [_Stretch(before, before, True), *_compared(old, new), _Stretch(after, after, True)]
    return [stretch for stretch in found if stretch.taken or stretch.put]


def _common(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _compared(old: Tokens, new: Tokens) -> list[_Stretch]:
    if _pairs(old, new) > MOST_PAIRS:
        return [_Stretch(old, new)]
    # A blank is no sign that two places belong together.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    return [
        _Stretch(old[start:end], new[first:last], tag == "equal")
        for tag, start, end, first, last in matcher.get_opcodes()
    ]


def _pairs(old: Tokens, new: Tokens) -> int:
    there = Counter(old)
    return sum(there[token] for token in new if not token.isspace())


def _bridged(stretches: list[_Stretch]) -> list[_Stretch]:
    """Where two changes have a word or two between them, they are one: both sides read as running text."""
    bridged: list[_Stretch] = []
    for stretch, following in zip(stretches, [*stretches, None][1:], strict=True):
        before = bridged[-1] if bridged and not bridged[-1].same else None
        if before and (not stretch.same or _is_lost(stretch, before, following)):
            bridged[-1] = before + stretch
        else:
            bridged.append(stretch)
    return bridged


def _is_lost(between: _Stretch, before: _Stretch, after: _Stretch | None) -> bool:
    return after is not None and between.words <= min(SHORT, before.words, after.words)
