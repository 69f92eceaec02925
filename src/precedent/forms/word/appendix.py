"""The choices in full, at the end of the form: for who prints it, and for programs that know no lists."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from precedent.audit.remembering import remembered
from precedent.forms import matching
from precedent.forms.word import layout
from precedent.forms.word.answering import Hand
from precedent.forms.word.wordml import said
from precedent.framework import queries as framework
from precedent.kernel.languages import said as in_words
from precedent.kernel.text import folded

RUN_TOGETHER = frozenset({"country"})
"""Lists so long that they stand as one text."""


@remembered
def appendix(language: str) -> str:
    """Each list once, in the order in which the form first asks for it, in the language in force."""
    return "".join(_lists(Hand(language)))


def _lists(hand: Hand) -> Iterator[str]:
    titles = {slot.vocabulary: str(slot.label) for slot in reversed(layout.slots().values()) if slot.vocabulary}
    for vocabulary in dict.fromkeys(slot.vocabulary for slot in layout.slots().values() if slot.vocabulary):
        yield said(_titled(vocabulary, titles[vocabulary]), "Heading2", hand.voice)
        yield from _choices(vocabulary, hand)


def _titled(vocabulary: str, label: str) -> str:
    known = framework.vocabularies().get(vocabulary)
    return str(known) if known else label


def _choices(vocabulary: str, hand: Hand) -> Iterator[str]:
    if vocabulary == "language":
        text = _("Any language: write its name, or its code such as en, fr or ar.")
        yield said(text, "FormChoice", hand.voice)
        return
    choices = matching.choices(hand.language, vocabulary)
    if vocabulary in RUN_TOGETHER:
        told = sorted((f"{label} [{code}]" for code, label in choices.items()), key=folded)
        yield said(" · ".join(told), "FormChoice", hand.voice)
        return
    for code, label in choices.items():
        note = _note(vocabulary, code)
        yield said(f"{label} [{code}]: {note}" if note else f"{label} [{code}]", "FormChoice", hand.voice)


def _note(vocabulary: str, code: str) -> str:
    """What is said beside a term."""
    known = framework.vocabularies().get(vocabulary)
    term = known.by_code.get(code) if known else None
    return in_words(term.note) if term and term.note else ""
