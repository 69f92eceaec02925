"""The last step: the whole example as it will read, what it still needs, and the button that sends it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from precedent.catalogue.records import Finding
from precedent.forms import draft as drafts
from precedent.forms.draft import Draft
from precedent.forms.steps import PAGES
from precedent.kernel.acting import Actor
from precedent.people.signed_in import actor_of
from precedent.submissions import moves, queries
from precedent.submissions.records import Submission
from precedent.web.calls.answered import call_of
from precedent.web.contribute import address, findings, progress, reading
from precedent.web.contribute.sheet import clock
from precedent.web.page import show

Line = tuple[str, str]
"""Where it leads, and what it says."""


@require_safe
def check(request: HttpRequest, id: str) -> HttpResponse:
    """Read it, and send it."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    if not (moves.owner(by, seen) and moves.may_edit(by, seen)):
        return redirect("contribution", seen.id)
    return page(request, seen, by)


def page(request: HttpRequest, seen: Submission, by: Actor, refused: str = "", status: int = 200) -> HttpResponse:
    judged = findings.judged(seen.draft)
    told = {
        "submission": seen,
        "answered": call_of(seen),
        "refused": refused,
        "wrong": _lines(seen, findings.wrong(judged)),
        "sending": _lines(seen, drafts.to_send(seen.draft)),
        "later": _lines(seen, _later(seen, judged)),
        "moves": [move for move in moves.open_to(by, seen) if move.sendable],
        "stages": progress.stages(seen, judged, None),
        "count": progress.COUNT,
        "whole": reading.whole(seen),
        "back": address.of_step(seen, PAGES[-1].step),
        "saved": clock(seen.version.at),
    }
    return show(request, "contribute/check.html", told, status)


def _later(seen: Submission, judged: list[Finding]) -> list[Finding]:
    """What can come after sending, but has to be there before publication."""
    sending = drafts.to_send(seen.draft)
    return [finding for finding in findings.to_come(judged, seen.draft) if finding not in sending]


def _lines(seen: Submission, found: list[Finding]) -> list[Line]:
    return [(address.of_place(seen, finding.field), _said(finding, seen.draft)) for finding in found]


def _said(finding: Finding, told: Draft) -> str:
    """In a list of what is missing, the name of the place says it."""
    if finding.code in findings.NOTHING_THERE:
        return drafts.place_label(finding.field, told)
    return findings.named(finding, told)
