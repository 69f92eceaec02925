"""From the names a form posts to a draft: `title`, `barriers.0.text`, `measures.1.overcomes`, `corridors.0.1`.

There is one way for every field that is declared, and none that fails: what no field asks for is left aside, and
what cannot be understood is kept as it was typed, to be found wrong by the form's rules.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from precedent.forms.asks import Ask, Kind
from precedent.forms.draft import Draft, is_blank
from precedent.web.contribute import beginnings

Path = tuple[str, ...]

DEEPEST = 5
"""Steps of a name; the form itself has three."""
NUMBER = re.compile(r"[0-9]{1,4}")
ID = re.compile(r"[a-z][0-9]{1,4}")
YEAR = re.compile(r"\d{1,6}")
"""Digits of any script: ٢٠١٩ is a year, too."""

ENDS = ("0", "1")
"""From where, and to where."""
BEGUN_AS = "begun"
"""The name under which a blank part says how it began."""
TAKEN = "take"
"""The name before a suggestion that was ticked: `take.barriers.code`."""
PLACE_MARK = "@"
"""Before the number of a part on the same page, where a choice means that part: the code may change with it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was posted, by the steps of each name; `was` is the draft that the form was filled from."""

    posted: Mapping[Path, list[str]]
    asked: tuple[Ask, ...]
    was: Draft
    removed: Path = ()

    def last(self, path: Path) -> str:
        values = self.posted.get(path)
        return values[-1] if values else ""

    def numbers(self, path: Path) -> list[int]:
        """The numbers under which parts of a group were posted, in their order; the removed one is gone."""
        depth = len(path)
        found = {
            int(name[depth])
            for name in self.posted
            if len(name) > depth + 1 and name[:depth] == path and NUMBER.fullmatch(name[depth])
        }
        return [number for number in sorted(found) if not self._is_removed(path, number)]

    def _is_removed(self, path: Path, number: int) -> bool:
        own = (str(number), self.last((*path, str(number), "id")))
        return self.removed[:-1] == path and bool(self.removed) and self.removed[-1] in own


def read(
    posted: Iterable[tuple[str, Sequence[str]]], asked: Iterable[Ask], was: Draft, removed: Path = ()
) -> Draft:
    """The answers to what was asked. `removed`: a part that is to go, such as ("barriers", "b2")."""
    given = Given(_names(posted), tuple(asked), was, removed)
    return {ask.name: _answer(given, ask, (ask.name,), was.get(ask.name)) for ask in given.asked}


def _names(posted: Iterable[tuple[str, Sequence[str]]]) -> dict[Path, list[str]]:
    # Nobody types a NUL, and not every database can keep one.
    return {tuple(name.split(".", DEEPEST)): [one.replace("\x00", "") for one in told] for name, told in posted}


def _answer(given: Given, ask: Ask, path: Path, was: Any) -> Any:
    match ask.kind:
        case Kind.PARTS:
            return [*_parts(given, ask, path, was), *_taken(given, ask)]
        case Kind.PART:
            return _part(given, ask, path, was)
        case Kind.PAIRS:
            return [[given.last((*path, str(n), end)) for end in ENDS] for n in given.numbers(path)]
        case Kind.SEVERAL:
            return _several(given, ask, path, was)
        case Kind.YEAR:
            return _year(given.last(path))
        case _:
            return given.last(path)


def _part(given: Given, ask: Ask, path: Path, was: Any) -> dict[str, Any]:
    stored = was if isinstance(was, dict) else {}
    return {part.name: _answer(given, part, (*path, part.name), stored.get(part.name)) for part in ask.parts}


def _parts(given: Given, ask: Ask, path: Path, was: Any) -> list[dict[str, Any]]:
    stored = [part for part in was if isinstance(part, dict)] if isinstance(was, list) else []
    by_id = {part.get("id"): part for part in stored}
    found = []
    for number in given.numbers(path):
        here = (*path, str(number))
        id = given.last((*here, "id"))
        before = by_id.get(id) if id else stored[number] if number < len(stored) and not ask.identified else None
        part = _part(given, ask, here, before)
        if ask.identified and ID.fullmatch(id):
            part["id"] = id
        elif is_untouched(ask, part, given.last((*here, BEGUN_AS))):
            continue
        found.append(part)
    return found


def is_untouched(ask: Ask, part: Mapping[str, Any], begun_as: str) -> bool:
    """Is nothing in a part but what it began with?"""
    preset = beginnings.named(ask, begun_as).preset
    return all(is_blank(value) or value == preset.get(name) for name, value in part.items())


def _taken(given: Given, ask: Ask) -> list[dict[str, Any]]:
    """The parts that were suggested, and ticked."""
    return [
        {part.name: value}
        for part in ask.parts
        for value in dict.fromkeys(given.posted.get((TAKEN, ask.name, part.name), ()))
        if value.strip()
    ]


def _several(given: Given, ask: Ask, path: Path, was: Any) -> list[str]:
    """The chosen ones, each once: in the order they had, then the new ones in that of the page."""
    typed = [_meant(given, ask, value) for value in given.posted.get(path, ())]
    chosen = dict.fromkeys(value for value in typed if value.strip())
    stored = [value for value in was if isinstance(value, str)] if isinstance(was, list) else []
    kept = [value for value in dict.fromkeys(stored) if value in chosen]
    return [*kept, *(value for value in chosen if value not in kept)]


def _meant(given: Given, ask: Ask, value: str) -> str:
    """The code of the part that a choice points at; the choice itself where it points at none."""
    if not ask.about.among or not value.startswith(PLACE_MARK):
        return value
    group, inner = ask.about.among
    number = value.removeprefix(PLACE_MARK)
    if not NUMBER.fullmatch(number):
        return ""
    if any(asked.name == group for asked in given.asked):
        return given.last((group, number, inner)) if int(number) in given.numbers((group,)) else ""
    stored = given.was.get(group)
    part = stored[int(number)] if isinstance(stored, list) and int(number) < len(stored) else None
    return str(part.get(inner, "")) if isinstance(part, dict) else ""


def _year(typed: str) -> int | str:
    text = typed.strip()
    return int(text) if YEAR.fullmatch(text) else typed


def blanks(posted: Iterable[tuple[str, Sequence[str]]], ask: Ask, removed: Path = ()) -> list[str]:
    """How each blank part of a group began that was posted and not filled in."""
    given = Given(_names(posted), (ask,), {}, removed)
    found = []
    for number in given.numbers((ask.name,)):
        here = (ask.name, str(number))
        begun_as = given.last((*here, BEGUN_AS))
        if not given.last((*here, "id")) and is_untouched(ask, _typed(given, ask, here), begun_as):
            found.append(begun_as)
    return found


def _typed(given: Given, ask: Ask, here: Path) -> dict[str, Any]:
    if ask.kind is Kind.PAIRS:
        return {end: given.last((*here, end)) for end in ENDS}
    return _part(given, ask, here, None)
