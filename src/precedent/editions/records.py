"""What the room hands out: what an edition does to answers, questions and calls, and what is left to editors."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from precedent.calls.records import Call
from precedent.catalogue.records import identifier
from precedent.framework.lineage import NONE_LEFT


class Outcome(StrEnum):
    """What becomes of one answer of one entry. Every answer has exactly one."""

    KEPT = "kept"
    REWORDED = "reworded"
    MERGED = "merged"
    CHOSEN = "chosen"
    LEFT_OUT = "left-out"
    DROPPED = "dropped"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question or heading under which an entry stands in the edition in force, and where that goes.

    `chosen`: an editor said which part, or which question where none was left; `left-out`: none of the parts;
    `dropped`: it is retired, while the entry has others; `open`: an editor has still to say.
    """

    entry: int
    published: bool
    code: str
    outcome: Outcome
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision on an entry: which parts of `code` it speaks to, or (no code) which questions at all.

    `codes`: what it answered until then. `chosen`: what an editor decided; None: it is open.
    """

    entry: int
    title: str
    published: bool
    edition: int
    code: str
    codes: tuple[str, ...]
    chosen: tuple[str, ...] | None

    @property
    def id(self) -> str:
        return identifier(self.entry)

    @property
    def is_open(self) -> bool:
        return self.chosen is None

    @property
    def wants_question(self) -> bool:
        """Is the entry left without any question?"""
        return self.code == NONE_LEFT


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor says of an entry: it answers `into` where an edition split `code`, or left it without any.

    `seen`: what was decided when they looked; None: it was open.
    """

    entry: int
    edition: int
    code: str
    into: tuple[str, ...]
    seen: tuple[str, ...] | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.edition, self.code


class CallOutcome(StrEnum):
    KEPT = "kept"
    MOVED = "moved"
    SPLIT = "split"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CallEffect:
    """A call, the question it asks for in the edition in force, and what it would ask for (`into`)."""

    call: Call
    was: tuple[str, ...]
    into: tuple[str, ...]
    outcome: CallOutcome


@dataclass(frozen=True)
class Effects:
    """What an edition does when it comes into force.

    `coming_back`: (entry, code) of answers that were given under this edition before it was taken back, and that
    count again. `now` and `then`: published entries by question and heading, before and after.
    `losing`: those of which no example goes on; `beginning`: new ones that have none.
    """

    number: int
    answers: tuple[Answer, ...] = ()
    headings: tuple[Answer, ...] = ()
    asked: tuple[Asked, ...] = ()
    coming_back: tuple[tuple[int, str], ...] = ()
    now: Mapping[str, int] = field(default_factory=dict)
    then: Mapping[str, int] = field(default_factory=dict)
    losing: tuple[str, ...] = ()
    beginning: tuple[str, ...] = ()
    calls: tuple[CallEffect, ...] = ()

    @cached_property
    def open(self) -> tuple[Asked, ...]:
        """The decisions that are still to be made."""
        return tuple(asked for asked in self.asked if asked.is_open)

    @cached_property
    def answers_by_outcome(self) -> Counter[Outcome]:
        return Counter(answer.outcome for answer in self.answers)

    @cached_property
    def headings_by_outcome(self) -> Counter[Outcome]:
        return Counter(answer.outcome for answer in self.headings)

    @cached_property
    def calls_by_outcome(self) -> Counter[CallOutcome]:
        return Counter(effect.outcome for effect in self.calls)


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What taking an edition back does to published entries.

    `entries`: how many stand under codes of that edition alone; `back`: how many of them stand again under what
    those came of; `without`: those that would be left without any question, by number.
    """

    number: int
    entries: int
    back: int
    without: tuple[int, ...]
