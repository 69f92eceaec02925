"""Writing the trail. These are no actions of their own: each is part of the action that makes a change."""

from dataclasses import replace
from datetime import UTC, datetime

from precedent.audit.models import EventRow, HeadRow
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.kernel.acting import Actor


def hold() -> HeadRow:
    """Lock the head of the chain until the transaction ends: from here on nobody else decides or records.

    An action in which more than one row decides calls it before it reads them.
    """
    head, _ = HeadRow.objects.select_for_update().get_or_create(pk=1)
    return head


def record(verb: Verb, subject: str, *, by: Actor, reason: str = "", **detail: object) -> Event:
    """Write down a change, inside the transaction that makes it. Four database queries."""
    head = hold()
    event = Event(
        sequence=head.sequence + 1,
        at=datetime.now(UTC),
        by=by.id,
        by_name=by.name,
        verb=verb.code,
        subject=subject,
        reason=reason,
        detail=detail,
        previous=head.hash,
        hash="",
    )
    event = replace(event, hash=event.expected_hash())
    EventRow.objects.create(
        sequence=event.sequence,
        at=event.at,
        by=event.by,
        by_name=event.by_name,
        verb=event.verb,
        subject=event.subject,
        reason=event.reason,
        detail=event.detail,
        previous=event.previous,
        hash=event.hash,
    )
    head.sequence, head.hash = event.sequence, event.hash
    if verb.public:
        head.public, head.public_hash = event.sequence, event.hash
    head.save()
    return event
