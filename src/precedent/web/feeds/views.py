"""Feeds to follow (Atom, RFC 4287), each in the language of its address."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from precedent.calls import queries
from precedent.calls.records import Standing, today
from precedent.framework import queries as framework
from precedent.kernel.languages import current
from precedent.web.calls.shown import Shown, shown
from precedent.web.page import absolute
from precedent.web.wording import date

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""When nothing has happened yet."""
MOST = 50
"""Calls in the feed: the newest. A feed says what is new; the page of calls has them all."""


class Feed(Atom1Feed):
    """A feed whose entries say in which language they are written, and whose time is that of what it tells."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": str(item["language"])}

    def latest_post_date(self) -> datetime:
        if self.items:
            latest: datetime = super().latest_post_date()
            return latest
        return max(framework.in_force_since().values(), default=NEVER)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls that have begun, the newest first; one that has ended says what it brought."""
    begun = [call for call in queries.calls() if call.standing(today()) is not Standing.PLANNED]
    feed = Feed(
        title=_("Calls for examples"),
        link=absolute(request, reverse("calls")),
        description="",
        language=current().code,
        subtitle=_("What the catalogue seeks examples of, why, from whom and until when."),
        feed_url=absolute(request, request.path),
        feed_guid=_id("2026", f"calls/{current().code}"),
        author_name=_("Precedent"),
    )
    for one in shown(begun[:MOST]):
        _add(feed, one, absolute(request, reverse("call", args=[one.call.number])))
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(feed: Feed, one: Shown, address: str) -> None:
    call = one.call
    feed.add_item(
        title=call.title,
        link=address,
        description=linebreaks(f"{call.sought}\n\n{_state(one)}", autoescape=True),
        pubdate=call.opened_at,
        updateddate=call.moved(datetime.now(UTC)),
        unique_id=_id(f"{call.opened_at:%Y-%m-%d}", call.id),
        language=call.written_in,
    )


def _state(one: Shown) -> str:
    """How it stands, in a sentence."""
    call = one.call
    if one.standing is Standing.OPEN:
        return _("Open until {date}.").format(date=date(call.until))
    published = one.brought.published
    brought = ngettext("It brought {count} entry.", "It brought {count} entries.", published).format(
        count=published
    )
    return " ".join([_("Closed on {date}.").format(date=date(call.ended)), brought, call.outcome]).strip()


def _id(day: str, what: str) -> str:
    """An identifier for ever (RFC 4151), whatever address leads there."""
    host = urlsplit(settings.ENVIRONMENT.address).hostname
    return f"tag:{host},{day}:{what}"
