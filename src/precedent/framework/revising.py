"""Preparing an edition: each move takes the text as it stands and gives the next one. No database here.

A move is refused with its reason where it would break what an edition has to be; what people only get round to
later (a text still empty) is said by `checking`.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from precedent.framework.records import Edition, EditionStatus, Heading, IssueArea, Item, Perspective, Question
from precedent.framework.refusals import (
    LastOfArea,
    NoSuchItem,
    NothingToMergeInto,
    NotOfOneKind,
    PartOfSplit,
    TooFewParts,
)
from precedent.kernel.languages import FALLBACK, Texts
from precedent.kernel.text import INVISIBLE, canonical, one_line, sha256

MOST_PARTS = 6
BLANKS = re.compile(r"[^\S\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where items stand: an issue area, and for headings a perspective."""

    area: str
    perspective: Perspective | None = None

    @property
    def stem(self) -> str:
        """How codes begin here: `A`, `A-D`, `A-O`."""
        return f"{self.area}-{self.perspective.value[0].upper()}" if self.perspective else self.area

    @property
    def digits(self) -> int:
        return 1 if self.perspective else 2


def begun(after: Edition) -> Edition:
    """The draft that follows an edition: the same text, nothing changed yet."""
    number = after.number + 1
    update = {"number": number, "label": "", "status": EditionStatus.DRAFT, "successors": {}}
    return after.model_copy(update=update)


WHOLE = "edition"
"""The place that stands for all of a draft."""
FRAME = "frame"
"""The place that stands for what is around the questions: title, aim, expected outcome, the edition's name."""


def seen_of(draft: Edition, place: str) -> str:
    """What somebody has seen of a place, as a fingerprint: it changes with that place and with nothing else.

    `place`: a code, or `frame`, or `edition`. For a code that is no more: where its matter went.
    """
    if place == WHOLE:
        return sha256(draft.model_dump_json())[:16]
    part = draft if place == FRAME else draft.areas.get(place) or draft.items.get(place)
    if part is None:
        return sha256(canonical(draft.successors.get(place)))[:16]
    around = {"questions", "headings", "issue_areas", "successors"}
    return sha256(canonical(part.model_dump(mode="json", exclude=around)))[:16]


def texts(told: Texts) -> dict[str, str]:
    """Typed texts, tidy; languages without one left out. English is always there, if only as an empty text."""
    tidy = {language: _tidy(text) for language, text in told.items()}
    return {FALLBACK: ""} | {language: text for language, text in tidy.items() if text}


def _tidy(text: str) -> str:
    """In one line, its no-break spaces kept: French sets one before a question mark."""
    return BLANKS.sub(" ", normalize("NFC", INVISIBLE.sub("", text))).strip()


def place_of(edition: Edition, code: str) -> Place:
    """Where an item stands. Raises NoSuchItem."""
    for area in edition.issue_areas:
        if any(question.code == code for question in area.questions):
            return Place(area.code)
        for heading in area.headings:
            if heading.code == code:
                return Place(area.code, heading.perspective)
    raise NoSuchItem(code=code)


def items_at(edition: Edition, place: Place) -> tuple[Item, ...]:
    """The questions of an area, or its headings of one perspective, in their order."""
    area = edition.areas[place.area]
    if place.perspective is None:
        return area.questions
    return tuple(heading for heading in area.headings if heading.perspective == place.perspective)


def next_code(edition: Edition, place: Place, used: Collection[str]) -> str:
    """The first code after every one that was ever used here. A code is never used twice."""
    taken = [code for code in (*used, *edition.items, *edition.successors) if code.startswith(place.stem)]
    numbers = [int(rest) for code in taken if (rest := code.removeprefix(place.stem)).isdecimal()]
    return f"{place.stem}{max(numbers, default=0) + 1:0{place.digits}d}"


def reworded(edition: Edition, code: str, text: Texts, emphasised: bool = False) -> Edition:
    """Another wording; the code stays."""
    update: dict[str, Any] = {"text": texts(text)}
    if code in edition.questions:
        update["emphasised"] = emphasised
    return _each_at(
        edition,
        place_of(edition, code),
        lambda items: [item.model_copy(update=update) if item.code == code else item for item in items],
    )


def added(edition: Edition, place: Place, text: Texts, used: Collection[str]) -> Edition:
    """A new item at the end of its place."""
    made = _made(place, next_code(edition, place, used), text)
    return _each_at(edition, place, lambda items: [*items, made])


def moved(edition: Edition, code: str, by: int) -> Edition:
    """An item some places further down (up, where negative) within its place."""

    def reordered(items: list[Item]) -> list[Item]:
        at = next(place for place, item in enumerate(items) if item.code == code)
        item = items.pop(at)
        items.insert(max(0, at + by), item)
        return items

    return _each_at(edition, place_of(edition, code), reordered)


def retired(edition: Edition, code: str, before: Edition) -> Edition:
    """Without an item; one that only this draft had leaves no trace. Raises NoSuchItem, LastOfArea."""
    return _gone(edition, code, (), before)


def merged(edition: Edition, code: str, into: str, before: Edition) -> Edition:
    """An item's matter goes over into another, which keeps its code.

    Raises NothingToMergeInto, NoSuchItem, NotOfOneKind, LastOfArea, PartOfSplit.
    """
    if code == into or into not in edition.items:
        raise NothingToMergeInto(code=code, into=into)
    place_of(edition, code)
    if (code in edition.questions) != (into in edition.questions):
        raise NotOfOneKind(code=code, into=into)
    whole = next((old for old, parts in edition.successors.items() if code in parts and len(parts) > 1), None)
    if whole and into in before.items:
        # An entry would have to choose between a part and a question that it may answer already.
        raise PartOfSplit(code=code, into=into, whole=whole)
    return _gone(edition, code, (into,), before)


def split(edition: Edition, code: str, parts: Iterable[Texts], before: Edition, used: Collection[str]) -> Edition:
    """Several items in the place of one, each with a code of its own. Raises TooFewParts."""
    told = [part for part in parts if any(texts(part).values())]
    if not 2 <= len(told) <= MOST_PARTS:
        raise TooFewParts(code=code, most=MOST_PARTS)
    place, made = place_of(edition, code), list[Item]()
    for part in told:
        taken = {*used, *(item.code for item in made)}
        made.append(_made(place, next_code(edition, place, taken), part))
    wider = _each_at(
        edition,
        place,
        lambda items: [new for item in items for new in ((item, *made) if item.code == code else (item,))],
    )
    return _gone(wider, code, tuple(item.code for item in made), before)


def restored(edition: Edition, code: str, before: Edition) -> Edition:
    """An item of the edition before comes back with its text; parts that only replaced it go. Or NoSuchItem."""
    parts = edition.successors.get(code)
    if parts is None or code not in before.items:
        raise NoSuchItem(code=code)
    left = {old: following for old, following in edition.successors.items() if old != code}
    still = {part for following in left.values() for part in following}
    needless = [part for part in parts if part not in before.items and part not in still and len(parts) > 1]
    place = place_of(before, code)
    sides = _sides(edition, code, before)
    back = _each_at(edition, place, lambda items: _in_place(items, before.items[code], sides))
    back = back.model_copy(update={"successors": left})
    for part in needless:
        back = _without(back, part)
    return back


def area_reworded(edition: Edition, code: str, title: Texts, short_title: Texts, scope: Texts) -> Edition:
    """Another wording of an issue area. Raises NoSuchItem."""
    if code not in edition.areas:
        raise NoSuchItem(code=code)
    update = {"title": texts(title), "short_title": texts(short_title), "scope": texts(scope)}
    return _areas(edition, lambda area: area.model_copy(update=update) if area.code == code else area)


def frame_reworded(edition: Edition, label: str, title: Texts, aim: Texts, expected_outcome: Texts) -> Edition:
    """Another wording of what stands around the questions."""
    update = {
        "label": one_line(label),
        "title": texts(title),
        "aim": texts(aim),
        "expected_outcome": texts(expected_outcome),
    }
    return edition.model_copy(update=update)


def _made(place: Place, code: str, text: Texts) -> Item:
    if place.perspective is None:
        return Question(code=code, text=texts(text))
    return Heading(code=code, text=texts(text), perspective=place.perspective)


def _areas(edition: Edition, change: Callable[[IssueArea], IssueArea]) -> Edition:
    return edition.model_copy(update={"issue_areas": tuple(change(area) for area in edition.issue_areas)})


def _each_at(edition: Edition, place: Place, change: Callable[[list[Item]], Iterable[Item]]) -> Edition:
    """The edition with the items of one place changed; all others as they were."""

    def changed(area: IssueArea) -> IssueArea:
        if area.code != place.area:
            return area
        items = tuple(change(list(items_at(edition, place))))
        if place.perspective is None:
            return area.model_copy(update={"questions": items})
        sides = {side: tuple(h for h in area.headings if h.perspective == side) for side in Perspective}
        sides[place.perspective] = items  # type: ignore[assignment]
        return area.model_copy(update={"headings": tuple(h for side in Perspective for h in sides[side])})

    if place.area not in edition.areas:
        raise NoSuchItem(code=place.area)
    return _areas(edition, changed)


def _without(edition: Edition, code: str) -> Edition:
    return _each_at(edition, place_of(edition, code), lambda items: [item for item in items if item.code != code])


def _gone(edition: Edition, code: str, following: tuple[str, ...], before: Edition) -> Edition:
    """The edition without a code. Whatever had gone over into it follows."""
    if [code] == [question.code for question in edition.areas[place_of(edition, code).area].questions]:
        raise LastOfArea(code=code)
    left = _without(edition, code)
    successors = {
        old: tuple(dict.fromkeys(new for part in parts for new in (following if part == code else (part,))))
        for old, parts in edition.successors.items()
    }
    if code in before.items:
        successors[code] = following
    return left.model_copy(update={"successors": dict(sorted(successors.items()))})


def _sides(edition: Edition, code: str, before: Edition) -> dict[str, int]:
    """Which side of an item others stand on: 1 before it, -1 after it. New parts stand for what they replaced."""
    order = [item.code for item in items_at(before, place_of(before, code))]
    sides = dict[str, int]()
    for at, other in enumerate(order):
        side = (at < order.index(code)) - (at > order.index(code))
        for stands in (other, *edition.successors.get(other, ())):
            if stands == other or stands not in before.items:
                sides[stands] = sides.get(stands, 0) + side
    return sides


def _in_place(items: list[Item], back: Item, sides: dict[str, int]) -> list[Item]:
    """An item put back where the most of the others stand on their side of it."""

    def fit(at: int) -> int:
        ahead, behind = (sum(sides.get(item.code, 0) for item in part) for part in (items[:at], items[at:]))
        return ahead - behind

    best = max(range(len(items) + 1), key=fit)
    return [*items[:best], back, *items[best:]]
