from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from precedent.notices import actions, queries, wording
from precedent.notices.records import Notice
from precedent.people.signed_in import actor_of
from precedent.web.page import show
from precedent.web.wording import number


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in the words of the page."""

    heading: str
    sentence: str
    why: str
    address: str | None
    at: datetime
    moment: str
    read: bool


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What somebody was told, newest first. Opening it marks nothing as read."""
    found = queries.inbox(actor_of(request).id, _number(request.GET.get("page", ""), 1))
    newest = max((notice.number for notice in found.notices), default=0)
    told = {"inbox": found, "lines": [_line(notice) for notice in found.notices], "newest": newest}
    return show(request, "inbox/inbox.html", told)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark as read what was there when the page was made; what came since stays new."""
    by = actor_of(request)
    newest = _number(request.POST.get("newest", ""), 0)
    if count := actions.mark_read(by.id, newest, by=by):
        done = ngettext("{count} notice is marked as read.", "{count} notices are marked as read.", count)
        messages.success(request, done.format(count=number(count)))
    return HttpResponseRedirect(reverse("inbox"))


def _line(notice: Notice) -> Line:
    return Line(
        heading=wording.heading(notice),
        sentence=wording.sentence(notice),
        why=wording.why(notice),
        address=wording.address(notice),
        at=notice.at,
        moment=wording.moment(notice.at),
        read=notice.read,
    )


LONGEST_NUMBER = 15
"""Digits. No number of ours is longer, and databases know no end of numbers that are."""


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else otherwise
