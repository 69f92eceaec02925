"""What became of a code: how answers given under one edition count in another.

A code is for ever, so an entry keeps the codes it was given. Where a later edition merged, split or retired one,
the edition says so (`Edition.successors`), and what an entry answers in any edition is worked out from that. Only
a split leaves open which part an entry speaks to: an editor decides that, entry by entry.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from precedent.framework.records import Edition, EditionStatus, Item
from precedent.kernel.languages import FALLBACK

Decisions = Mapping[tuple[int, str], tuple[str, ...]]
"""An editor's decisions on one entry: (edition, code) → the codes it answers there. No code (`""`): an entry that
the edition leaves without any question."""
NONE_LEFT = ""
UNDECIDED: Decisions = {}


class Fate(StrEnum):
    """What an edition did to a code of the one before, or how a code came in."""

    KEPT = "kept"
    REWORDED = "reworded"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One item between two editions: as it `was`, and what stands for it `now`; empty: nothing did or does."""

    fate: Fate
    was: Item | None
    now: tuple[Item, ...]

    @property
    def code(self) -> str:
        return self.was.code if self.was else self.now[0].code


def fate(code: str, now: Edition) -> Fate:
    """What an edition did to a code of the one before, its wording aside."""
    if code not in now.successors:
        return Fate.KEPT
    return {0: Fate.RETIRED, 1: Fate.MERGED}.get(len(now.successors[code]), Fate.SPLIT)


def changes(before: Edition, now: Edition) -> list[Change]:
    """Every question and heading of both editions, once: first what was there, in its order, then what is new."""
    found = [_change(item, now) for item in before.items.values()]
    came_of = {code for codes in now.successors.values() for code in codes} | set(before.items)
    new = [Change(Fate.NEW, None, (item,)) for code, item in now.items.items() if code not in came_of]
    return found + new


def _change(was: Item, now: Edition) -> Change:
    following = fate(was.code, now)
    if following is not Fate.KEPT:
        codes = now.successors[was.code]
        return Change(following, was, tuple(now.items[code] for code in codes if code in now.items))
    if was.code not in now.items:
        return Change(Fate.RETIRED, was, ())
    is_now = now.items[was.code]
    same = was.text[FALLBACK] == is_now.text[FALLBACK]
    return Change(Fate.KEPT if same else Fate.REWORDED, was, (is_now,))


def other_changes(before: Edition, now: Edition) -> list[str]:
    """Where two editions differ besides: parts around the questions, issue areas, and items that are kept.

    Of an item that is kept, a translation may be another, or whether it is emphasised.
    """
    parts = ("title", "aim", "expected_outcome", "source", "perspectives", "related_roundtables")
    found = [part for part in parts if getattr(before, part) != getattr(now, part)]
    texts = ("title", "short_title", "scope")
    areas = [(was, now.areas[code]) for code, was in before.areas.items() if code in now.areas]
    found += [
        f"{was.code}.{text}" for was, area in areas for text in texts if getattr(was, text) != getattr(area, text)
    ]
    kept = [change for change in changes(before, now) if change.fate is Fate.KEPT]
    return found + [change.code for change in kept if change.now != (change.was,)]


@dataclass(frozen=True, slots=True)
class Placed:
    """What an entry answers in an edition, best first, and what an editor has still to decide.

    `undecided`: (edition, code) of each split whose part is not chosen, and of each edition that left the entry
    without a question.
    """

    codes: tuple[str, ...]
    undecided: tuple[tuple[int, str], ...] = ()


def placed(
    codes: Iterable[str],
    editions: Sequence[Edition],
    number: int,
    decided: Decisions = UNDECIDED,
    *,
    needs_one: bool = False,
) -> Placed:
    """What codes given at any time stand for in edition `number`. `editions`: all of them, oldest first.

    A draft among them is a text that was in force and was taken back: it only tells what its codes came of.
    `needs_one`: an entry that an edition leaves without any code needs a decision; so it is with questions, while
    headings may be none.
    """
    by_number = {edition.number: edition for edition in editions if edition.status is not EditionStatus.DRAFT}
    taken_back = [edition for edition in editions if edition.status is EditionStatus.DRAFT]
    now, undecided = _without_taken_back(list(dict.fromkeys(codes)), taken_back, by_number, decided, needs_one)
    for edition in by_number.values():
        if edition.number <= number and edition.successors:
            now, left_open = _forward(now, edition, decided, needs_one)
            undecided += left_open
    for later in reversed(by_number.values()):
        if later.number > number and later.number - 1 in by_number:
            now = _backward(now, later, by_number[later.number - 1].items)
    stands = by_number[number].items if number in by_number else {}
    return Placed(tuple(code for code in now if code in stands), tuple(undecided))


def every_part(editions: Iterable[Edition]) -> Decisions:
    """Decisions by which a code that was split stands for all of its parts: for asking, not for entries."""
    return {(edition.number, code): parts for edition in editions for code, parts in edition.successors.items()}


def _without_taken_back(
    codes: list[str],
    taken_back: Sequence[Edition],
    by_number: Mapping[int, Edition],
    decided: Decisions,
    needs_one: bool,
) -> tuple[list[str], list[tuple[int, str]]]:
    """Codes that only a text taken back had, as the edition before it says them; and what that leaves open."""
    now = codes
    in_force = {code for edition in by_number.values() for code in edition.items} if taken_back else set()
    for text in reversed(taken_back):
        now = _backward(now, text, in_force)
        if codes and not now and needs_one:
            return _chosen_anew(by_number[text.number - 1], decided)
    return now, []


def _chosen_anew(edition: Edition, decided: Decisions) -> tuple[list[str], list[tuple[int, str]]]:
    """What an editor chose for an entry that an edition leaves without any code, as far as it has that."""
    chosen = decided.get((edition.number, NONE_LEFT))
    there = [code for code in chosen or () if code in edition.items]
    open_still = chosen is None or (chosen and not there)
    return there, [(edition.number, NONE_LEFT)] if open_still else []


def _forward(
    codes: list[str], edition: Edition, decided: Decisions, needs_one: bool
) -> tuple[list[str], list[tuple[int, str]]]:
    """Codes as the edition says them, and what it leaves to an editor."""
    found: list[str] = []
    undecided = []
    for code in codes:
        parts = edition.successors.get(code, (code,))
        if len(parts) > 1:
            chosen = decided.get((edition.number, code))
            parts = tuple(part for part in parts if part in (chosen or ()))
            # Where an edition was taken back, a decision may name parts that are no more.
            if chosen is None or (chosen and not parts):
                undecided.append((edition.number, code))
        found += parts
    if codes and not found and not undecided and needs_one:
        found, undecided = _chosen_anew(edition, decided)
    return list(dict.fromkeys(found)), undecided


def _backward(codes: list[str], later: Edition, known: Collection[str]) -> list[str]:
    """Codes as the edition before said them: for a part stands what was split, for a new one nothing.

    `known`: codes that stay as they are.
    """
    came_of: dict[str, list[str]] = {}
    for before, parts in later.successors.items():
        for part in parts:
            came_of.setdefault(part, []).append(before)
    found: list[str] = []
    for code in codes:
        came_later = code in later.items and code not in known
        found += came_of.get(code, []) if came_later else [code]
    return list(dict.fromkeys(found))
