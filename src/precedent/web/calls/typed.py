"""What came with a form about a call, as it was typed. What cannot be read is a finding."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from precedent.calls import rules
from precedent.calls.records import Call, Chosen, Finding, Terms, today
from precedent.calls.refusals import CallInvalid
from precedent.kernel.languages import current
from precedent.kernel.refusals import Refusal
from precedent.search.request import SearchRequest

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LINES = ("question", "perspective", "title", "written_in", "organisations", "opens", "until", "contact", "wanted")
PROSE = ("sought", "why")
SEVERAL = ("countries", "languages")

USUAL = "3"
"""How many examples a call asks for, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form, each empty where nothing was typed."""

    question: str = ""
    perspective: str = ""
    title: str = ""
    sought: str = ""
    why: str = ""
    written_in: str = ""
    organisations: str = ""
    opens: str = ""
    until: str = ""
    contact: str = ""
    wanted: str = ""
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    chosen: Chosen = ()

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        """What was sent with the form."""
        codes = ((parameter, tuple(filter(None, sent.getlist(parameter)))) for parameter in rules.narrowing())
        return cls(
            **{name: sent.get(name, "") for name in (*LINES, *PROSE)},
            countries=tuple(filter(None, sent.getlist("countries"))),
            languages=tuple(filter(None, sent.getlist("languages"))),
            chosen=tuple((parameter, chosen) for parameter, chosen in codes if chosen),
        )

    @classmethod
    def about(cls, asked: SearchRequest) -> Self:
        """What the form shows for a new call about a question, or a place of the matrix."""
        filters = asked.filters
        sides = filters.get("perspective", ())
        return cls(
            question=next(iter(filters.get("question", ())), ""),
            perspective=sides[0] if len(sides) == 1 else "",
            languages=filters.get("language", ()),
            chosen=tuple(
                (parameter, codes) for parameter, codes in asked.chosen if parameter in rules.narrowing()
            ),
            written_in=current().code,
            opens=today().isoformat(),
            wanted=USUAL,
        )

    @classmethod
    def again(cls, call: Call) -> Self:
        """What the form shows for a call that is there."""
        told = {name: str(getattr(call, name)) for name in (*LINES, *PROSE)}
        return cls(**told, countries=call.countries, languages=call.languages, chosen=call.chosen)

    def terms(self, was: Terms | None = None) -> Terms:
        """What is said of the call. Raises CallInvalid with all that is wrong, where anything cannot be read."""
        unread: list[Finding] = []
        told = Terms(
            question=self.question,
            perspective=self.perspective,
            chosen=self.chosen,
            title=self.title,
            sought=self.sought,
            why=self.why,
            written_in=self.written_in,
            countries=self.countries,
            organisations=self.organisations,
            languages=self.languages,
            opens=_day("opens", self.opens, unread),
            until=_day("until", self.until, unread),
            contact=self.contact,
            wanted=_count("wanted", self.wanted, unread),
        )
        if not unread:
            return told
        named = {finding.field for finding in unread}
        others = [found for found in rules.breaches(rules.tidy(told), today(), was) if found.field not in named]
        raise CallInvalid([*others, *unread])


def day(field: str, text: str) -> date:
    """A day that was typed. Raises CallInvalid."""
    unread: list[Finding] = []
    read = _day(field, text, unread)
    if unread:
        raise CallInvalid(unread)
    return read


def _day(field: str, text: str, unread: list[Finding]) -> date:
    try:
        if DAY.fullmatch(text.strip()):
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    unread.append(Finding(field, _("Choose a day, or write it as 2026-11-03.")))
    return today()


def _count(field: str, text: str, unread: list[Finding]) -> int:
    typed = text.strip()
    if typed.isascii() and typed.isdecimal() and len(typed) < 9:
        return int(typed)
    unread.append(Finding(field, _("Write how many examples are wanted, as a whole number.")))
    return 1


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a form was refused: (id of the field, or empty; a sentence)."""

    errors: tuple[tuple[str, str], ...] = ()
    status: int = 200

    def at(self, id: str) -> str:
        return " ".join(text for anchor, text in self.errors if anchor == id)


def wrong(refusal: Refusal) -> Wrong:
    """A refusal as the form shows it."""
    if isinstance(refusal, CallInvalid):
        return Wrong(tuple(_in_order(refusal.findings)), refusal.status)
    return Wrong((("", f"{refusal} {refusal.advice}"),), refusal.status)


ORDER: Sequence[str] = (
    "question",
    "perspective",
    "chosen",
    "title",
    "sought",
    "why",
    "written_in",
    "countries",
    "organisations",
    "languages",
    "wanted",
    "opens",
    "until",
    "contact",
)
"""The fields in the form's order."""


def _in_order(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    place = {name: number for number, name in enumerate(ORDER)}
    found = sorted(findings, key=lambda finding: place.get(finding.field, len(place)))
    return [(finding.field, finding.message) for finding in found]


def seen(call: Call, sent: QueryDict) -> Call:
    """The call as whoever sends a form saw it: somebody may have changed it meanwhile."""
    typed = sent.get("seen", "")
    return replace(call, version=int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0)
