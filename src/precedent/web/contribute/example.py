"""The page of one's example: how it stands, what was said about it, and what one can do."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from precedent.audit import queries as audit
from precedent.forms import difference
from precedent.forms import draft as drafts
from precedent.forms.asks import asks
from precedent.forms.saying import written_in
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people import signatures
from precedent.people.signed_in import actor_of
from precedent.submissions import actions, moves, queries
from precedent.submissions.records import WRITING, Comment, Submission, Version
from precedent.submissions.refusals import NotReadyToSend
from precedent.web.calls.answered import call_of
from precedent.web.contribute import address, check, papers, reading, standing
from precedent.web.contribute.sheet import clock
from precedent.web.page import show


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and its answers, on a field or the whole. `address` leads to the field while it can be changed."""

    label: str
    address: str
    root: Comment
    answers: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A comment that was not kept, to be shown again: on what, in which thread, and why not."""

    field: str = ""
    thread: int | None = None
    text: str = ""
    wrong: str = ""


@require_safe
def contribution(request: HttpRequest, id: str) -> HttpResponse:
    """One's example. Reviewers have a page of their own for it."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    return page(request, seen, by) if moves.owner(by, seen) else redirect("review-one", seen.id)


def page(
    request: HttpRequest,
    seen: Submission,
    by: Actor,
    refused: str = "",
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = queries.versions(seen)
    events = audit.trail(seen.id)
    said = queries.comments(seen)
    people = {*(remark.by for remark in said), *(event.by for event in events)}
    told = {
        "submission": seen,
        "answered": call_of(seen),
        "refused": refused,
        "typed": typed or Typed(),
        "state": moves.state_name(seen),
        "next": standing.next_step(seen),
        "writing": seen.state in WRITING,
        "moves": [move for move in moves.open_to(by, seen) if not move.sendable],
        "threads": _threads(seen, said),
        "commentable": seen.sent is not None,
        "resumed": address.resumed(seen),
        "clock": clock,
        "fields": [(ask.name, ask.label) for ask in asks()],
        "longest": actions.LONGEST_COMMENT,
        "changes": _edited(seen, versions),
        "kept": papers.about(seen, by),
        "whole": reading.whole(seen),
        "happened": standing.happened(events),
        "names": {**signatures.names(people), seen.owner: _("You")},
    }
    return show(request, "contribute/contribution.html", told, status)


def _edited(seen: Submission, versions: list[Version]) -> list[tuple[difference.Change, str]]:
    """What reviewers changed since the contributor's own last text, each with the language it is in."""
    own = next((version for version in versions if version.by == seen.owner), None)
    if own is None or own.number == seen.version.number:
        return []
    return [(change, written_in(change.place, seen.draft)) for change in difference.compare(own.draft, seen.draft)]


def _threads(seen: Submission, said: list[Comment]) -> list[Thread]:
    """The comments as threads, in the form's order; those on the whole first."""
    order = {ask.name: place for place, ask in enumerate(asks())}
    roots = sorted(
        (comment for comment in said if comment.thread is None),
        key=lambda comment: (order.get(comment.field.partition(".")[0], -1), comment.number),
    )
    return [
        Thread(
            drafts.place_label(root.field, seen.draft) if root.field else _("On the whole"),
            address.of_place(seen, root.field) if root.field and seen.state in WRITING else "",
            root,
            tuple(comment for comment in said if comment.thread == root.number),
        )
        for root in roots
    ]


@require_POST
def comment(request: HttpRequest, id: str) -> HttpResponse:
    """Remark on a field, or answer."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    number = request.POST.get("thread", "")
    thread = int(number) if number.isascii() and number.isdecimal() and len(number) < 16 else None
    field, text = request.POST.get("field", ""), request.POST.get("text", "")
    if len(text) > actions.LONGEST_COMMENT:
        wrong = _("has more than {most} characters. Shorten it.").format(most=actions.LONGEST_COMMENT)
        return page(request, seen, by, typed=Typed(field, thread, text, wrong), status=422)
    try:
        actions.comment(seen.id, field, text, thread, by=by)
    except Refusal as refusal:
        wrong = f"{refusal} {refusal.advice}"
        return page(request, seen, by, typed=Typed(field, thread, text, wrong), status=refusal.status)
    messages.success(request, _("Your comment was sent."))
    return redirect(f"{reverse('contribution', args=[seen.id])}#comments")


@require_POST
def move(request: HttpRequest, id: str) -> HttpResponse:
    """Make a move with it as it was seen."""
    by = actor_of(request)
    now = queries.submission(id, by=by)
    wanted = moves.BY_NAME.get(request.POST.get("move", ""))
    if wanted is None:
        raise Http404
    try:
        moved = actions.move(_seen(request, now), wanted.name, request.POST.get("reason", ""), by=by)
    except NotReadyToSend as refusal:
        return check.page(request, now, by, f"{refusal} {refusal.advice}", refusal.status)
    except Refusal as refusal:
        now = queries.submission(id, by=by)
        return page(request, now, by, f"{refusal} {refusal.advice}", status=refusal.status)
    messages.success(request, _("{done}.").format(done=wanted.done))
    return redirect("contribution", moved.id)


def _seen(request: HttpRequest, now: Submission) -> Submission:
    """The submission as it stood when the button was shown."""
    typed = request.POST.get("changed", "")
    return replace(now, changed=int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0)
