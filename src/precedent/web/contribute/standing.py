"""How an example stands, in words: what happens next, how a version came, what somebody did."""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.forms import draft as drafts
from precedent.submissions.moves import BY_NAME
from precedent.submissions.records import State, Submission, Way
from precedent.web.contribute.sheet import clock
from precedent.web.wording import isolated, listed, lower_first


def next_step(submission: Submission) -> str:
    """What happens next, and who does it."""
    return NEXT[submission.state](submission)


def _writing(submission: Submission) -> str:
    told = submission.draft
    missing = [lower_first(drafts.place_label(finding.field, told)) for finding in drafts.to_send(told)]
    if missing:
        return _("To send it, add: {named}.").format(named=listed(missing))
    return _("It can be sent. What else you know makes it stronger.")


def _asked(submission: Submission) -> str:
    return _("A reviewer asks for changes: {reason}").format(reason=isolated(submission.reason))


def _scheduled(submission: Submission) -> str:
    when = clock(submission.publish_at) if submission.publish_at else ""
    return _("It will be published at {time}.").format(time=when)


def _declined(submission: Submission) -> str:
    return _("It was declined: {reason}").format(reason=isolated(submission.reason))


def _published(submission: Submission) -> str:
    return _("It is in the catalogue as {id}.").format(id=isolated(submission.entry or ""))


NEXT: dict[State, Callable[[Submission], str]] = {
    State.DRAFT: _writing,
    State.SUBMITTED: lambda _s: _("A reviewer will take it, and you are told. Until then you can take it back."),
    State.IN_REVIEW: lambda _s: _("A reviewer is reading it. Comments and edits appear here, and you are told."),
    State.CHANGES_ASKED: _asked,
    State.SCHEDULED: _scheduled,
    State.PUBLISHED: _published,
    State.DECLINED: _declined,
    State.WITHDRAWN: lambda _s: _("Nobody works on it. You can take it up again."),
}

WAYS: dict[Way, str | Promise] = {
    Way.FORM: gettext_lazy("In the form"),
    Way.WORD: gettext_lazy("From a Word form"),
    Way.API: gettext_lazy("By a program"),
    Way.FILE: gettext_lazy("From a file of several"),
    Way.EDIT: gettext_lazy("Edited in review"),
    Way.ENTRY: gettext_lazy("From the entry"),
}
"""How a version came."""

HAPPENED: dict[str, Callable[[Event], str]] = {
    Verb.SUBMISSION_STARTED.code: lambda _e: _("It was begun"),
    Verb.SUBMISSION_MOVED.code: lambda event: str(BY_NAME[event.detail["move"]].done),
}
"""What is told of an example's history; its saved versions are listed beside it."""


def happened(events: Sequence[Event]) -> list[tuple[Event, str]]:
    """What happened to an example, newest first."""
    return [(event, HAPPENED[event.verb](event)) for event in reversed(events) if event.verb in HAPPENED]
