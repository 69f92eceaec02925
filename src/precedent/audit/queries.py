"""Reading the trail, and proving it."""

from collections.abc import Iterable, Iterator

from precedent.audit.models import EventRow, HeadRow
from precedent.audit.records import Event, Head
from precedent.audit.verbs import Verb


def head() -> Head:
    """Where the chain stands now. One database query."""
    row = HeadRow.objects.filter(pk=1).first()
    return row.record() if row else Head(0, "", 0, "")


def trail(subject: str) -> list[Event]:
    """What happened to `subject`, oldest first. One database query."""
    return [row.record() for row in EventRow.objects.filter(subject=subject).order_by("sequence")]


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
