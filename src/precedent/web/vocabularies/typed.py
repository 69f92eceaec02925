"""What came with a form about a term, as it was typed, and what was wrong with it. Reading it never fails."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from precedent.framework.records import Term, Vocabulary
from precedent.framework.refusals import TermInvalid
from precedent.kernel.languages import FALLBACK, LANGUAGES, Texts
from precedent.kernel.refusals import Refusal
from precedent.web.people.typed import Wrong, number

SPOKEN = sorted(LANGUAGES, key=lambda language: language.code != FALLBACK)
"""English first, for it is always there; then the others in their order."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a term's form. `place`: the number among the terms in use."""

    code: str
    label: Texts
    note: Texts
    broader: str
    place: str

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        return cls(
            code=sent.get("code", "").strip(),
            label={language.code: sent.get(f"label-{language.code}", "") for language in SPOKEN},
            note={language.code: sent.get(f"note-{language.code}", "") for language in SPOKEN},
            broader=sent.get("broader", ""),
            place=sent.get("place", "").strip(),
        )

    @classmethod
    def about(cls, vocabulary: Vocabulary, term: Term) -> Self:
        """What the form shows before anybody has typed."""
        place = vocabulary.current_terms.index(term) + 1 if term.is_current else ""
        return cls(term.code, term.label, term.note or {}, term.broader or "", str(place))

    @property
    def number(self) -> int | None:
        """The place; none where nothing was typed, and 0, which is none, where that is no number."""
        return number(self.place) if self.place else None


EMPTY = Typed("", {}, {}, "", "")


def wrong(refusal: Refusal) -> Wrong:
    """A refusal as the form of a term shows it."""
    if isinstance(refusal, TermInvalid):
        field, language = refusal.facts["field"], refusal.facts["language"]
        anchor = f"{field}-{language or FALLBACK}" if field in ("label", "note") else str(field)
        reason = str(refusal.facts["said"])
        return Wrong(((anchor, reason[:1].upper() + reason[1:] + "."),), refusal.status)
    return Wrong((("", f"{refusal} {refusal.advice}"),), refusal.status)


def seen(vocabulary: Vocabulary, sent: QueryDict) -> Vocabulary:
    """The vocabulary as whoever sends a form saw it: another editor may have changed it meanwhile."""
    return vocabulary.model_copy(update={"version": number(sent.get("seen", ""))})
