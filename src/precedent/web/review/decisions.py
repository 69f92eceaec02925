"""The decisions a reviewer can come to, in the order in which they are offered, each with what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from precedent.kernel.acting import Actor
from precedent.submissions.moves import Move, open_to
from precedent.submissions.records import Submission

CLAIM, SCHEDULE = "claim", "schedule"


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that is open to the reviewer. `hint`: what follows from it."""

    name: str
    label: str | Promise
    hint: str


def _publish(submission: Submission, still_open: int) -> str:
    what = (
        _("The change goes live now as a new revision; the old one stays, and can be compared with it.")
        if submission.is_change
        else _("It goes live now as a new entry with an address of its own.")
    )
    return f"{what} {_unanswered(still_open)}".strip()


def _unanswered(still_open: int) -> str:
    if not still_open:
        return ""
    told = ngettext("{count} comment is still open.", "{count} comments are still open.", still_open)
    return told.format(count=still_open)


def _schedule(submission: Submission, still_open: int) -> str:
    told = _("It goes live by itself at the time below. Until then it can be called off.")
    return f"{told} {_unanswered(still_open)}".strip()


def _ask(submission: Submission, still_open: int) -> str:
    return _("The contributor gets your comments and can send it again. Nothing changes in public.")


def _decline(submission: Submission, still_open: int) -> str:
    if submission.is_change:
        return _("The contributor gets the reason. The entry stays as it is.")
    return _("The contributor gets the reason, and can take it up again.")


HINTS: dict[str, Callable[[Submission, int], str]] = {
    "publish": _publish,
    SCHEDULE: _schedule,
    "unschedule": lambda submission, still_open: _("It goes back into review, and nothing is published."),
    "approve": lambda submission, still_open: _("An editor can publish it then. An edit takes the approval away."),
    "ask-changes": _ask,
    "decline": _decline,
    "ask-second": lambda submission, still_open: _("Somebody else has to approve it before it is published."),
    "release": lambda submission, still_open: _("Another reviewer can take it. Your comments stay."),
}


def choices(by: Actor, submission: Submission, still_open: int) -> list[Choice]:
    """What somebody can decide now."""
    moves: dict[str, Move] = {move.name: move for move in open_to(by, submission)}
    return [
        Choice(name, moves[name].label, hint(submission, still_open))
        for name, hint in HINTS.items()
        if name in moves
    ]


def may_claim(by: Actor, submission: Submission) -> bool:
    """Can somebody take it into review?"""
    return any(move.name == CLAIM for move in open_to(by, submission))
