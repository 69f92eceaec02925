"""Putting the draft in force, and taking the edition in force back: each first says what it does."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.catalogue import queries as catalogue
from precedent.editions import actions, queries
from precedent.framework import actions as editions
from precedent.framework import queries as framework
from precedent.framework.refusals import NoDraft
from precedent.kernel.refusals import Refusal
from precedent.kernel.text import one_line
from precedent.people.signed_in import actor_of
from precedent.web.editions import rows, wording
from precedent.web.editions.draft import breaches
from precedent.web.editions.typed import wrong
from precedent.web.page import show
from precedent.web.people.typed import Wrong, number

FORM = ["GET", "HEAD", "POST"]
LONGEST_REASON = 300
NAMED = 20
"""Entries that are named where they would be left without a question."""


@require_http_methods(FORM)
def publish(request: HttpRequest) -> HttpResponse:
    """What differs and what it does, in short; a reason; one button."""
    draft = framework.draft()
    if draft is None:
        raise NoDraft
    reason, refused = _reason(request)
    if request.method == "POST" and not refused.errors:
        try:
            made = actions.publish(number(request.POST.get("version", "")), reason, by=actor_of(request))
        except Refusal as refusal:
            refused, draft = wrong(refusal), framework.draft() or draft
        else:
            messages.success(request, _("Edition {number} is in force.").format(number=made.number))
            return HttpResponseRedirect(reverse("edition", args=[made.number]))
    before = framework.current_edition()
    every = [row for area in rows.beside(before, draft.edition) for group in area.groups for row in group.rows]
    told = {
        "draft": draft,
        "before": before,
        "counts": Counter(row.fate for row in every),
        "moved": sum(row.moved for row in every),
        "fates": wording.FATES,
        "effects": queries.effects(),
        "outcomes": wording.OUTCOMES,
        "breaches": breaches(draft),
        "reason": reason,
        "longest": LONGEST_REASON,
        "wrong": refused,
    }
    return show(request, "editions/publish.html", told, refused.status)


@require_http_methods(FORM)
def take_back(request: HttpRequest) -> HttpResponse:
    """What taking the edition in force back does; a reason; one button."""
    found = queries.taking_back()
    reason, refused = _reason(request)
    if request.method == "POST" and not refused.errors:
        try:
            editions.take_back_edition(number(request.POST.get("number", "")), reason, by=actor_of(request))
        except Refusal as refusal:
            refused = wrong(refusal)
        else:
            said = _("Edition {number} is taken back. Its text is a draft again, and every decision is kept.")
            messages.success(request, said.format(number=found.number))
            return HttpResponseRedirect(reverse("edition-draft"))
    told = {
        "effect": found,
        "named": list(catalogue.entries(found.without[:NAMED]).values()),
        "pending": framework.draft(),
        "reason": reason,
        "longest": LONGEST_REASON,
        "wrong": refused,
    }
    return show(request, "editions/take-back.html", told, refused.status)


def _reason(request: HttpRequest) -> tuple[str, Wrong]:
    """The reason that was typed, and what is wrong with it."""
    reason = one_line(request.POST.get("reason", ""))
    if request.method != "POST":
        return reason, Wrong()
    if not reason:
        return reason, Wrong((("reason", _("Say in a sentence why.")),), 422)
    if len(reason) > LONGEST_REASON:
        return reason, Wrong((("reason", _("The reason is too long: shorten it.")),), 422)
    return reason, Wrong()
