"""What each move of the table sets besides the state, by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from precedent.kernel.acting import Actor
from precedent.submissions import publishing
from precedent.submissions.moves import Move
from precedent.submissions.records import Submission
from precedent.submissions.refusals import TimePassed


@dataclass(frozen=True, slots=True)
class Making:
    """A move that is being made: with what, by whom, when, why; `at` is a time for publication.

    `verified` False: a new entry is published as not yet verified."""

    submission: Submission
    by: Actor
    now: datetime
    reason: str
    at: datetime | None
    verified: bool


Effect = Callable[[Making], dict[str, object]]


def of_move(move: Move, making: Making) -> dict[str, object]:
    """The columns that a move sets. Publishing happens here. Raises TimePassed, and what publishing refuses."""
    state = {"state": (move.target or making.submission.state).value, "moved": making.now}
    effect = EFFECTS.get(move.name)
    return state | (effect(making) if effect else {})


def _sent(making: Making) -> dict[str, object]:
    return {"sent": making.now, "approved_by": ""}


def _claimed(making: Making) -> dict[str, object]:
    return {"claimed_by": making.by.id, "claimed_at": making.now}


def _released(making: Making) -> dict[str, object]:
    return {"claimed_by": "", "claimed_at": None, "approved_by": ""}


def _scheduled(making: Making) -> dict[str, object]:
    if making.at is None or making.at <= making.now:
        raise TimePassed
    return {"publish_at": making.at, "reason": making.reason}


def _published(making: Making) -> dict[str, object]:
    entry = publishing.publish(making.submission, making.reason, making.verified, making.by)
    return {"entry": entry.number, "publish_at": None}


EFFECTS: dict[str, Effect] = {
    "send": _sent,
    "send-again": _sent,
    "claim": _claimed,
    "release": _released,
    "ask-second": lambda making: {"second": True},
    "approve": lambda making: {"approved_by": making.by.id},
    "ask-changes": lambda making: {"reason": making.reason},
    "decline": lambda making: {"reason": making.reason},
    "schedule": _scheduled,
    "unschedule": lambda making: {"publish_at": None, "reason": making.reason},
    "publish": _published,
    "publish-due": _published,
}
