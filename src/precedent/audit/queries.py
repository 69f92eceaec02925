"""Reading the trail, and proving it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from precedent.audit.models import EventRow, HeadRow
from precedent.audit.records import Event, Head
from precedent.audit.verbs import Verb

PAGE = 50
"""Events on a page of the trail."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked of the trail: a subject, who did it (an actor's id), a verb's code, and days in UTC.

    Both days are included; what is empty is not asked for.
    """

    subject: str = ""
    by: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the events that are sought, newest first: `count` in all; `more`: older ones follow."""

    events: tuple[Event, ...]
    count: int
    more: bool


def head() -> Head:
    """Where the chain stands now. One database query."""
    row = HeadRow.objects.filter(pk=1).first()
    return row.record() if row else Head(0, "", 0, "")


def trail(subject: str) -> list[Event]:
    """What happened to `subject`, oldest first. One database query."""
    return [row.record() for row in EventRow.objects.filter(subject=subject).order_by("sequence")]


def stretch(sought: Sought, before: int | None = None, size: int = PAGE) -> Stretch:
    """The newest events that are sought, of those before an event where one is named. Two database queries."""
    rows = _sought(sought)
    count = rows.count()
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    found = [row.record() for row in rows.order_by("-sequence")[: size + 1]]
    return Stretch(tuple(found[:size]), count, more=len(found) > size)


def events(sought: Sought) -> Iterator[Event]:
    """Every event that is sought, oldest first, however many: none is kept in memory."""
    for row in _sought(sought).order_by("sequence").iterator():
        yield row.record()


def _sought(sought: Sought) -> "QuerySet[EventRow]":
    rows = EventRow.objects.all()
    for column in ("subject", "by", "verb"):
        if wanted := getattr(sought, column):
            rows = rows.filter(**{column: wanted})
    if sought.since:
        rows = rows.filter(at__date__gte=sought.since)
    if sought.until:
        rows = rows.filter(at__date__lte=sought.until)
    return rows


def broken(shown: Sequence[Event]) -> list[int]:
    """Those of the shown events that were altered, or do not continue the event before. One database query."""
    wanted = {event.sequence - 1 for event in shown}
    hashes = dict(EventRow.objects.filter(sequence__in=wanted).values_list("sequence", "hash"))
    return [
        event.sequence
        for event in shown
        if event.hash != event.expected_hash() or event.previous != hashes.get(event.sequence - 1, "")
    ]


def hash_at(sequence: int) -> str | None:
    """The chain's hash at an event, or None where there is no such event (another or a restored chain)."""
    return EventRow.objects.filter(sequence=sequence).values_list("hash", flat=True).first()


def breaks() -> Iterator[str]:
    """Each place where the chain does not hold, as a sentence. Nothing, where it is whole."""
    previous, sequence = "", 0
    for row in EventRow.objects.order_by("sequence").iterator():
        event, sequence = row.record(), sequence + 1
        if event.sequence != sequence:
            yield f"Event {sequence} is missing from the audit chain."
            sequence = event.sequence
        if event.previous != previous:
            yield f"Event {event.sequence} does not continue the event before it."
        if event.hash != event.expected_hash():
            yield f"Event {event.sequence} ({event.verb} {event.subject}) was altered after it was written."
        previous = event.hash
    stands = head()
    if (stands.sequence, stands.hash) != (sequence, previous):
        yield "The head of the audit chain does not match its last event."


def happened_since(sequence: int, verbs: Iterable[Verb]) -> bool:
    """Did one of these things happen after an event? One database query."""
    return EventRow.objects.filter(sequence__gt=sequence, verb__in=[verb.code for verb in verbs]).exists()
