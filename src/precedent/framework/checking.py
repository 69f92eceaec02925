"""What an edition has to be before it is in force; each breach with its place and the reason."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.framework.records import Edition
from precedent.framework.revising import Place, items_at
from precedent.kernel.languages import BY_CODE, FALLBACK, Texts

LONGEST = 600
"""Characters of a question or heading; the longest of the first edition has 200."""
LONGEST_FRAME = 2_000


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong at a place: a code, or the name of a part of the edition.

    `may_wait`: a draft may still be so; what is not so could not even be worked on.
    """

    place: str
    reason: str | Promise
    may_wait: bool = False


def breaches(edition: Edition, before: Edition, used: Collection[str]) -> list[Breach]:
    """Everything that keeps an edition from following another. `used`: every code that ever was in force."""
    checks = (
        _areas(edition, before),
        _codes(edition, before, used),
        _successors(edition, before),
        _texts(edition),
    )
    return [breach for check in checks for breach in check]


def _areas(edition: Edition, before: Edition) -> Iterator[Breach]:
    if edition.number != before.number + 1:
        reason = _("edition {number} is in force, so this has to be edition {next}")
        yield Breach("edition.number", str(reason).format(number=before.number, next=before.number + 1))
    if not edition.label.strip():
        yield Breach("edition.label", _("an edition needs a name, such as “Second iteration”"), may_wait=True)
    if edition.code != before.code:
        reason = _("the framework's code is {code} in every edition")
        yield Breach("code", str(reason).format(code=before.code))
    for code in before.areas:
        if code not in edition.areas:
            yield Breach(code, _("the issue area is missing; an edition has every one"))
    for area in edition.issue_areas:
        if area.code not in before.areas:
            yield Breach(area.code, _("there is no such issue area; the pages are drawn for A, B and C"))
        if not area.questions:
            yield Breach(area.code, _("an issue area needs at least one question"))
    if len(edition.issue_areas) != len(edition.areas):
        yield Breach("issue_areas", _("an issue area is there twice"))


def _codes(edition: Edition, before: Edition, used: Collection[str]) -> Iterator[Breach]:
    seen: set[str] = set()
    for area in edition.issue_areas:
        places = [Place(area.code), *(Place(area.code, side) for side in edition.perspectives)]
        for place in places:
            form = re.compile(rf"{place.stem}[0-9]{{{place.digits},{place.digits + 1}}}")
            for item in items_at(edition, place):
                if not form.fullmatch(item.code):
                    reason = _("a code here has to be written like {like}")
                    yield Breach(item.code, str(reason).format(like=f"{place.stem}{1:0{place.digits}d}"))
                if item.code in seen:
                    yield Breach(item.code, _("the code is used twice"))
                elif item.code in used and item.code not in before.items:
                    yield Breach(item.code, _("an earlier edition used this code; a code is never used again"))
                seen.add(item.code)


def _successors(edition: Edition, before: Edition) -> Iterator[Breach]:
    for code in before.items:
        if code not in edition.items and code not in edition.successors:
            yield Breach(code, _("it is neither kept nor said to be merged, split or retired"))
    for code, parts in edition.successors.items():
        if code not in before.items:
            yield Breach(f"successors.{code}", _("the edition before has no such code"))
        if code in edition.items:
            yield Breach(f"successors.{code}", _("it is said to be gone, and it is still there"))
        for part in parts:
            kind = edition.questions if code in before.questions else edition.headings
            if part not in kind:
                reason = str(_("“{part}” is none of this edition's codes of that kind")).format(part=part)
                yield Breach(f"successors.{code}", reason)
        kept = [part for part in parts if part in before.items]
        if len(parts) > 1 and kept:
            yield Breach(f"successors.{code}", _("what is split goes over into new codes only"))
        if len(parts) != len(set(parts)):
            yield Breach(f"successors.{code}", _("a code is named twice"))


def _texts(edition: Edition) -> Iterator[Breach]:
    for code, item in edition.items.items():
        yield from _text(code, item.text, LONGEST)
    for area in edition.issue_areas:
        for part in ("title", "short_title", "scope"):
            yield from _text(f"{area.code}.{part}", getattr(area, part), LONGEST)
    for part in ("title", "aim", "expected_outcome"):
        yield from _text(part, getattr(edition, part), LONGEST_FRAME)


def _text(place: str, text: Texts, longest: int) -> Iterator[Breach]:
    if not text.get(FALLBACK, "").strip():
        yield Breach(place, _("the English text is missing"), may_wait=True)
    for language, told in text.items():
        if language not in BY_CODE:
            yield Breach(place, str(_("“{language}” is none of the six languages")).format(language=language))
        if len(told) > longest:
            reason = _("the text in {language} has more than {longest} characters")
            yield Breach(place, str(reason).format(language=language, longest=longest), may_wait=True)
