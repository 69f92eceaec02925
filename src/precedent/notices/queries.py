"""Reading notices: somebody's inbox, and what waits to be mailed."""

from datetime import UTC, datetime

from django.db.models import Count, Max, Q

from precedent.notices.models import NoticeRow
from precedent.notices.records import Inbox

PER_PAGE = 50
TOO_OFTEN = 5
"""Failures of one mail after which somebody should look."""


def unread(recipient_id: str) -> int:
    """How many notices somebody has not read. One database query, of an index that holds no others."""
    return NoticeRow.objects.filter(recipient=recipient_id, read_at=None).count()


def inbox(recipient_id: str, page: int = 1) -> Inbox:
    """A page of somebody's notices, newest first; the last page, where there are not so many. Two queries."""
    theirs = NoticeRow.objects.filter(recipient=recipient_id)
    counts = theirs.aggregate(all=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
    pages = max(1, -(-counts["all"] // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = theirs.order_by("-pk")[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Inbox(tuple(row.record() for row in rows), page, pages, counts["unread"])


def last_digest(recipient_id: str) -> datetime | None:
    """When the last digest went to somebody."""
    sent = NoticeRow.objects.filter(recipient=recipient_id, digest=True)
    last: datetime | None = sent.aggregate(last=Max("mailed_at"))["last"]
    return last


def due(limit: int) -> list[str]:
    """Some of the recipients for whom there may be mail to send, whoever has waited longest first."""
    now = datetime.now(UTC)
    waits = NoticeRow.objects.filter(mailed_at=None, due_at__lte=now)
    free = waits.filter(Q(claimed_until=None) | Q(claimed_until__lte=now)).order_by("due_at")
    return list(dict.fromkeys(free.values_list("recipient", flat=True)[:limit]))


def faults() -> list[str]:
    """The mails that went wrong again and again, in sentences."""
    stuck = NoticeRow.objects.filter(mailed_at=None, due_at__isnull=False, attempts__gt=TOO_OFTEN)
    mails = stuck.values("letter", "recipient").annotate(tried=Max("attempts")).order_by("recipient")
    return [f"A mail to {mail['recipient']} could not be sent in {mail['tried']} attempts." for mail in mails[:20]]
