"""What the room hands out: marks, and what they hand over."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from precedent.catalogue.records import Entry
from precedent.framework.records import Roundtable

LONGEST_REASON = 300
"""Characters."""


class Kind(StrEnum):
    QUESTION = "question"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Mark:
    """An editor's word that something also belongs to a roundtable, and why.

    `what` is a question's code as it was when it was marked, or an entry's identifier. `questions` are those that
    the code stands for in the edition in force: several after a split, none once it was retired or where an entry
    is marked. `by` is an actor's id.
    """

    roundtable: str
    kind: Kind
    what: str
    reason: str
    by: str
    at: datetime
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """An entry that is handed over: the marked questions it answers, in the framework's order, and its own marks.

    An entry has a mark of its own, too, where one that was merged into it has.
    """

    entry: Entry
    questions: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Belonging:
    """That an entry also belongs to a roundtable, for the same reasons as `Handed`."""

    roundtable: Roundtable
    questions: tuple[str, ...]
    marks: tuple[Mark, ...]
