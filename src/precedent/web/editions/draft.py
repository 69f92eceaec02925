"""The draft of an edition beside the one in force: what differs, what is still to do, where it is changed."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.editions import actions as editions
from precedent.framework import actions, checking, queries, revising
from precedent.framework.checking import Breach
from precedent.framework.queries import Draft
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.editions import rows, wording
from precedent.web.editions.typed import wrong
from precedent.web.page import show
from precedent.web.people.typed import Wrong, number

FORM = ["GET", "HEAD", "POST"]
STEPS = {"up": -1, "down": 1}
"""What the two buttons beside an item do to its place."""


@require_http_methods(FORM)
def draft(request: HttpRequest) -> HttpResponse:
    """The whole draft. A draft is begun and thrown away here, and an item goes up or down by one place."""
    if request.method != "POST":
        return _page(request)
    by, do = actor_of(request), request.POST.get("do", "")
    try:
        return _done(request, do, by)
    except Refusal as refusal:
        return _page(request, wrong(refusal))


def _done(request: HttpRequest, do: str, by: Actor) -> HttpResponse:
    here = reverse("edition-draft")
    if do == "begin":
        actions.begin_edition(by=by)
        messages.success(
            request, _("The draft is begun. It says what the edition in force says, until you change it.")
        )
    elif do == "discard":
        editions.discard(number(request.POST.get("version", "")), by=by)
        messages.success(request, _("The draft is thrown away. The edition in force stands as it did."))
        return HttpResponseRedirect(reverse("framework"))
    else:
        step, _colon, rest = do.partition(":")
        code, _colon, seen = rest.partition(":")
        if step in STEPS:
            move = revising.moved
            editions.revise(code, seen, lambda now, _b, _u: move(now, code, STEPS[step]), step, by=by)
            here = f"{here}#{code}"
    return HttpResponseRedirect(here)


def breaches(draft: Draft) -> list[tuple[str, str | Promise, Breach]]:
    """What keeps a draft from being published: where it is mended, what that place is called, what is wrong."""
    before = queries.current_edition()
    found = checking.breaches(draft.edition, before, queries.closed_codes())
    return [
        (wording.address(draft.edition, breach.place), wording.PLACES.get(breach.place, breach.place), breach)
        for breach in found
    ]


def _page(request: HttpRequest, refused: Wrong | None = None) -> HttpResponse:
    refused, before, draft = refused or Wrong(), queries.current_edition(), queries.draft()
    told: dict[str, object] = {"before": before, "draft": draft, "wrong": refused}
    if draft:
        areas = rows.beside(before, draft.edition)
        every = [row for area in areas for group in area.groups for row in group.rows]
        told |= {
            "areas": areas,
            "only_changes": request.GET.get("show") == "changes",
            "counts": Counter(row.fate for row in every),
            "moved": sum(row.moved for row in every),
            "breaches": breaches(draft),
            "fates": wording.FATES,
            "seen": {row.code: revising.seen_of(draft.edition, row.code) for row in every},
            "frame_changes": any(
                getattr(before, part) != getattr(draft.edition, part)
                for part in ("title", "aim", "expected_outcome")
            ),
        }
    return show(request, "editions/draft.html", told, refused.status)
