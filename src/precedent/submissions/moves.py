"""The workflow as one table: from which state to which, who may, and what it needs.

The buttons that a person sees are `open_to(by, submission)`: the same rule that `actions.move` applies.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.kernel.acting import Actor
from precedent.notices.kinds import Kind
from precedent.people.permissions import Permission
from precedent.submissions.records import STATE_NAMES, WRITING, State, Submission

Rule = Callable[[Actor, Submission], bool]


def owner(by: Actor, submission: Submission) -> bool:
    """Whose example it is."""
    return by.id == submission.owner


def reviewer(by: Actor, submission: Submission) -> bool:
    """Somebody who reviews this area. Nobody reviews their own example."""
    mine = not by.areas or not submission.areas or bool(by.areas & set(submission.areas))
    return by.may(Permission.REVIEW) and mine and not owner(by, submission)


def claimer(by: Actor, submission: Submission) -> bool:
    """The reviewer who has taken it."""
    return reviewer(by, submission) and by.id == submission.claimed_by


def editor(by: Actor, submission: Submission) -> bool:
    return by.may(Permission.DECIDE) and reviewer(by, submission)


def claiming_editor(by: Actor, submission: Submission) -> bool:
    return editor(by, submission) and claimer(by, submission)


def second_reviewer(by: Actor, submission: Submission) -> bool:
    """A reviewer other than the one who has taken it, where a second one is wanted."""
    return submission.second and reviewer(by, submission) and not claimer(by, submission)


def product(by: Actor, submission: Submission) -> bool:
    """The product itself, at the time that was set."""
    return by.may(Permission.RUN_SERVICE) and by.id == "precedent"


def either(*rules: Rule) -> Rule:
    return lambda by, submission: any(rule(by, submission) for rule in rules)


class Audience(StrEnum):
    """Whom a move is told to."""

    OWNER = "owner"
    CLAIMER = "claimer"
    REVIEWERS = "reviewers"


@dataclass(frozen=True, slots=True)
class Move:
    """A line of the table. `target` None: it stays where it is. `done`: what has happened then, in words.

    `reason`: it needs one. `sendable` and `publishable`: what the text must fulfil. `tells`: who learns of it.
    """

    name: str
    label: str | Promise
    done: str | Promise
    sources: frozenset[State]
    target: State | None
    who: Rule
    reason: bool = False
    sendable: bool = False
    publishable: bool = False
    tells: tuple[tuple[Audience, Kind], ...] = ()


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


MOVES = (
    Move(
        "send",
        _("Send to the reviewers"),
        _("It was sent"),
        _from(State.DRAFT),
        State.SUBMITTED,
        owner,
        sendable=True,
        tells=((Audience.REVIEWERS, Kind.SENT),),
    ),
    Move(
        "send-again",
        _("Send again"),
        _("It was sent again"),
        _from(State.CHANGES_ASKED),
        State.SUBMITTED,
        owner,
        sendable=True,
        tells=((Audience.CLAIMER, Kind.SENT_AGAIN),),
    ),
    Move(
        "take-back",
        _("Take it back to change it"),
        _("It was taken back by its contributor"),
        _from(State.SUBMITTED),
        State.DRAFT,
        owner,
        tells=((Audience.CLAIMER, Kind.TAKEN_BACK),),
    ),
    Move(
        "withdraw",
        _("Withdraw"),
        _("It was withdrawn by its contributor"),
        _from(State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.CHANGES_ASKED, State.SCHEDULED),
        State.WITHDRAWN,
        owner,
        tells=((Audience.CLAIMER, Kind.WITHDRAWN),),
    ),
    Move(
        "reopen",
        _("Take it up again"),
        _("It was taken up again by its contributor"),
        _from(State.WITHDRAWN, State.DECLINED),
        State.DRAFT,
        owner,
    ),
    Move(
        "claim",
        _("Take into review"),
        _("It was taken into review"),
        _from(State.SUBMITTED),
        State.IN_REVIEW,
        reviewer,
        tells=((Audience.OWNER, Kind.CLAIMED),),
    ),
    Move(
        "release",
        _("Give back to the queue"),
        _("It was given back to the queue"),
        _from(State.IN_REVIEW),
        State.SUBMITTED,
        either(claimer, editor),
    ),
    Move(
        "ask-second",
        _("Ask for a second reviewer"),
        _("A second reviewer was asked for"),
        _from(State.IN_REVIEW),
        None,
        either(claiming_editor, claimer),
        tells=((Audience.REVIEWERS, Kind.SECOND_ASKED),),
    ),
    Move(
        "approve",
        _("Approve as second reviewer"),
        _("A second reviewer approved it"),
        _from(State.IN_REVIEW),
        None,
        second_reviewer,
    ),
    Move(
        "ask-changes",
        _("Ask for changes"),
        _("Changes were asked for"),
        _from(State.IN_REVIEW),
        State.CHANGES_ASKED,
        claimer,
        reason=True,
        tells=((Audience.OWNER, Kind.CHANGES_ASKED),),
    ),
    Move(
        "decline",
        _("Decline"),
        _("It was declined"),
        _from(State.IN_REVIEW),
        State.DECLINED,
        claiming_editor,
        reason=True,
        tells=((Audience.OWNER, Kind.DECLINED),),
    ),
    Move(
        "publish",
        _("Publish"),
        _("It was published"),
        _from(State.IN_REVIEW),
        State.PUBLISHED,
        claiming_editor,
        publishable=True,
        tells=((Audience.OWNER, Kind.PUBLISHED),),
    ),
    Move(
        "schedule",
        _("Publish at a time"),
        _("A time for its publication was set"),
        _from(State.IN_REVIEW),
        State.SCHEDULED,
        claiming_editor,
        publishable=True,
        tells=((Audience.OWNER, Kind.SCHEDULED),),
    ),
    Move(
        "unschedule",
        _("Do not publish at that time"),
        _("Its publication was called off"),
        _from(State.SCHEDULED),
        State.IN_REVIEW,
        either(claiming_editor, editor, product),
    ),
    Move(
        "publish-due",
        _("Publish, the time having come"),
        _("It was published at the time that was set"),
        _from(State.SCHEDULED),
        State.PUBLISHED,
        product,
        publishable=True,
        tells=((Audience.OWNER, Kind.PUBLISHED), (Audience.CLAIMER, Kind.PUBLISHED)),
    ),
)

SAVING = _("Save")
COMMENTING = _("Comment")
CHECKING = _("Tick the checklist")
"""What else people do with a submission, besides moving it."""

OVER = frozenset({State.PUBLISHED, State.DECLINED, State.WITHDRAWN})
"""The states in which nothing more is expected."""

BY_NAME = {move.name: move for move in MOVES}


def open_to(by: Actor, submission: Submission) -> list[Move]:
    """The moves that somebody may make now, in the table's order."""
    return [move for move in MOVES if submission.state in move.sources and move.who(by, submission)]


def as_seen(now: Submission, changed: int) -> Submission:
    """The submission as a form or a program saw it, when it stood at `changed`: what a move is compared with."""
    return replace(now, changed=changed)


def state_name(submission: Submission) -> str | Promise:
    return STATE_NAMES[submission.state]


def may_edit(by: Actor, submission: Submission) -> bool:
    """Whose is the text to change: the contributor's while it is with them, the reviewer's who has taken it."""
    if submission.state in WRITING:
        return owner(by, submission)
    return submission.state is State.IN_REVIEW and claimer(by, submission)


def may_see(by: Actor, submission: Submission) -> bool:
    """Who may see it: its contributor; and reviewers, once it was sent."""
    if owner(by, submission):
        return True
    return by.may(Permission.REVIEW) and submission.sent is not None and submission.state is not State.DRAFT
