"""What reviewers do with one submission. Its page is one form: whichever button is pressed, all of it is sent."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from precedent.forms.draft import place_label
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.submissions import actions, moves, queries
from precedent.submissions.records import Submission
from precedent.submissions.refusals import NoSuchSubmission
from precedent.web import kept
from precedent.web.review import decisions, typed
from precedent.web.review.page import page
from precedent.web.review.refusals import CommentTooLong, NothingChosen
from precedent.web.review.typed import Typed
from precedent.web.wording import listed

Deed = Callable[[HttpRequest, Submission, Typed, Actor], HttpResponse]


@require_safe
def one(request: HttpRequest, id: str) -> HttpResponse:
    """A submission under review."""
    by = actor_of(request)
    return page(request, queries.submission(id, by=by), by)


def _posted(do: Deed) -> Callable[[HttpRequest, str], HttpResponse]:
    """A button of the page: where it is refused, the page is shown as it stands now, with all that was typed."""

    @require_POST
    @wraps(do)
    def view(request: HttpRequest, id: str) -> HttpResponse:
        by, told = actor_of(request), typed.read(request.POST)
        try:
            now = queries.submission(id, by=by)
            return do(request, now, told, by)
        except NoSuchSubmission as refused:
            # It may have been taken back while somebody wrote about it.
            return kept.page(request, str(refused), refused.advice, again=False, status=refused.status)
        except Refusal as refused:
            return page(request, queries.submission(id, by=by), by, told, refused)

    return view


@_posted
def claim(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """Take it into review."""
    moved = actions.move(told.seen(now), decisions.CLAIM, by=by)
    messages.success(request, _("You have taken it into review."))
    return _stay(request, moved, told, by)


@_posted
def comment(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """Send what was typed as comments and answers."""
    _keep(now, told, by)
    return _stay(request, now, told, by)


@_posted
def close(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """Say that a thread is settled, or is not after all."""
    _keep(now, told, by)
    for name, closed in (("settle", True), ("open", False)):
        if thread := typed.number(request.POST.get(name, "")):
            actions.close_comment(now.id, thread, closed, by=by)
    return _stay(request, now, told, by)


@_posted
def check(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """Keep the ticks and the comments, and decide later."""
    _keep(now, told, by)
    messages.success(request, _("Saved. Nothing is decided yet."))
    return _stay(request, now, told, by)


@_posted
def move(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """Decide. What was typed besides is kept first, unless somebody else decided meanwhile."""
    if told.move not in decisions.HINTS:
        raise NothingChosen
    if told.changed == now.changed:
        _keep(now, told, by)
    at = told.moment() if told.move == decisions.SCHEDULE else None
    moved = actions.move(told.seen(now), told.move, told.reason, at, by=by)
    messages.success(request, _("{done}.").format(done=moves.BY_NAME[told.move].done))
    return redirect("review-one", moved.id)


@_posted
def rebase(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """Bring a change up to the entry's revision in force."""
    _keep(now, told, by)
    saved, clashes = actions.take_in_revision(told.seen(now), by=by)
    messages.success(request, _("The entry’s newer revision was taken in."))
    if clashes:
        named = listed(place_label(clash.field, saved.draft) for clash in clashes)
        both = _("Both changed: {fields}. The change’s own text stands there. Look at it again.")
        messages.warning(request, both.format(fields=named))
    return _stay(request, saved, told, by)


def _keep(now: Submission, told: Typed, by: Actor) -> None:
    """Keep the comments that are not kept already, and the ticks."""
    said = queries.comments(now)
    for remark in told.without(said, by.id).remarks:
        if len(remark.text) > actions.LONGEST_COMMENT:
            raise CommentTooLong(most=actions.LONGEST_COMMENT, size=len(remark.text))
        actions.comment(now.id, remark.place, remark.text, remark.thread, by=by)
    if told.ticks is not None and set(told.ticks) != set(queries.checked(now)):
        actions.check(told.seen(now), told.ticks, by=by)


def _stay(request: HttpRequest, now: Submission, told: Typed, by: Actor) -> HttpResponse:
    """The page again: a new one, or the same where something is typed that only the form holds."""
    left = told.without(queries.comments(now), by.id)
    return page(request, now, by, left) if left.undecided else redirect("review-one", now.id)
