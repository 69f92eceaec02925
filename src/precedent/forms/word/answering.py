"""The answers' side of the form: what is written into a cell, and how one writes there.

Each answer is a content control in a range that stays open where the file is protected.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from precedent.audit.remembering import remembered
from precedent.forms import matching
from precedent.forms.word.layout import SPARE, Slot
from precedent.forms.word.wordml import Voice, closed, control, items, opened, paragraph, run
from precedent.kernel.text import one_line

WRITE_HERE = gettext_noop("[Write here]")
CHOOSE = gettext_noop("[Choose]")
"""What stands where nothing is answered yet. Reading takes it for nothing, in every language of the form."""

OFTEN_MET = (
    "ar zh en fr ru es am bn de fa ha hi id it ja ko ms my ne "
    "nl pa pl ps pt ro rw si so sw ta th ti tl tr uk ur uz vi"
)
"""The languages to choose from; any other is written by its name or its code."""

LONGEST_LABEL = 110
"""Characters of a choice in a list; the code behind it tells which it is."""

PLAIN = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FREE = frozenset({"country", "language"})
"""Choices that may also be typed: the list is long, or not whole."""


@dataclass(slots=True)
class Hand:
    """Who writes: in which language, with the numbers that a file gives once."""

    language: str
    ids: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def voice(self) -> Voice:
        return Voice(self.language, self.language)

    def speaking(self, language: object) -> Voice:
        """The voice of a text that somebody told in a language."""
        spoken = language if isinstance(language, str) and PLAIN.fullmatch(language) else self.language
        return Voice(spoken, self.language)


@remembered
def listed(vocabulary: str, language: str) -> dict[str, str]:
    """What there is to choose, as it stands in lists: “Philippines [PH]”."""
    found = matching.choices(language, vocabulary)
    codes: Iterable[str] = OFTEN_MET.split() if vocabulary == "language" else found
    return {code: shown(code, vocabulary, language) for code in codes}


def shown(code: object, vocabulary: str, language: str) -> str:
    """A code with what it is called; as it stands where nobody knows it."""
    label = matching.labels_in(language, vocabulary).get(str(code))
    if label is None:
        return str(code)
    short = label if len(label) <= LONGEST_LABEL else label[:LONGEST_LABEL].rsplit(" ", 1)[0] + "…"
    return f"{short} [{code}]"


@remembered
def _list(vocabulary: str, language: str) -> str:
    kind = "comboBox" if vocabulary in FREE else "dropDownList"
    return f"<w:{kind}>{items(listed(vocabulary, language), _(CHOOSE))}</w:{kind}>"


def answer(slot: Slot, value: Any, voice: Voice, hand: Hand, tag: str) -> str:
    """The paragraphs of an answer, with what is stated and room for more. `voice`: that of a text."""
    given = _lines(value) if slot.several else [value]
    waiting = [None] * _room(slot, len(given), hand) if slot.several else []
    lines = [*given, *waiting] or [None]
    id = next(hand.ids)
    made = [_line(slot, line, voice, hand, tag) for line in lines]
    # One range for all lines, so that a line can be added between them.
    made[0] = (opened(id) + made[0][0], made[0][1])
    made[-1] = (made[-1][0] + closed(id), made[-1][1])
    return "".join(paragraph(inside, "FormAnswer", spoken) for inside, spoken in made)


def _lines(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value in (None, "") else [value]


def _room(slot: Slot, given: int, hand: Hand) -> int:
    """How many lines wait to be filled: not more than there are choices, or may be chosen."""
    choices = len(listed(slot.vocabulary, hand.language)) if slot.vocabulary else given + SPARE
    return max(min(slot.most or given + SPARE, choices) - given, 0)


def _line(slot: Slot, value: Any, voice: Voice, hand: Hand, tag: str) -> tuple[str, Voice]:
    """The content control of one line, and the voice that speaks in it."""
    text = one_line(_as_text(slot, value, hand.language))
    kind = _list(slot.vocabulary, hand.language) if slot.vocabulary else "<w:richText/>"
    spoken = hand.voice if slot.vocabulary or not text else voice
    nothing = _(CHOOSE) if slot.vocabulary else _(WRITE_HERE)
    inside = run(text, spoken) if text else run(nothing, spoken, "PlaceholderText")
    made = control(inside, kind, id=next(hand.ids), name=str(slot.label), tag=tag, empty=not text)
    return made, spoken


def _as_text(slot: Slot, value: Any, language: str) -> str:
    if value is None:
        return ""
    if slot.vocabulary and not isinstance(value, list | dict):
        return shown(value, slot.vocabulary, language)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
