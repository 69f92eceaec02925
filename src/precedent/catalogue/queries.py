"""Reading entries."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet

from precedent.audit.remembering import remembered
from precedent.catalogue.models import EntryRow, NoteRow, PlacementRow, RevisionRow
from precedent.catalogue.records import Entry, Revision, State, identifier, number_of
from precedent.catalogue.refusals import EntryMerged, EntryWithdrawn, NoSuchEntry
from precedent.kernel.text import canonical

REMINDERS = 100
"""Entries whose owners are asked at one look; the next look asks the next ones."""


def _current() -> "QuerySet[RevisionRow]":
    return RevisionRow.objects.filter(number=F("entry__current")).select_related("entry")


def any_entry(id: str) -> Entry:
    """An entry, withdrawn or not. One database query. Raises NoSuchEntry."""
    number = number_of(id)
    row = _current().filter(entry__number=number).first() if number else None
    if row is None:
        raise NoSuchEntry(id=id[:40])
    return row.entry.record(row)


def entry(id: str) -> Entry:
    """A published entry. One database query. Raises NoSuchEntry, EntryWithdrawn, EntryMerged."""
    found = any_entry(id)
    if found.merged_into:
        raise EntryMerged(id=found.id, into=found.merged_into)
    if found.withdrawal:
        raise EntryWithdrawn(id=found.id, at=found.withdrawal.at, reason=found.withdrawal.reason)
    return found


def entries(numbers: Sequence[int]) -> dict[int, Entry]:
    """Entries by their numbers, withdrawn ones included. One database query."""
    rows = _current().filter(entry__number__in=numbers)
    return {row.entry.number: row.entry.record(row) for row in rows}


def revisions(entry: Entry) -> list[Revision]:
    """Every published state of an entry, newest first. One database query."""
    rows = RevisionRow.objects.filter(entry__number=entry.number).order_by("-number")
    return [row.record() for row in rows]


def notes(entry: Entry) -> list[str]:
    """The editors' notes on an entry, oldest first. Never to be shown in public."""
    return list(NoteRow.objects.filter(entry__number=entry.number).order_by("pk").values_list("text", flat=True))


def changed_since(sequence: int, size: int = 500) -> Iterator[Entry]:
    """Every entry that changed after an audit event, withdrawn ones included, oldest change first.

    One database query for each `size` entries.
    """
    while rows := list(_current().filter(entry__changed__gt=sequence).order_by("entry__changed")[:size]):
        for row in rows:
            yield row.entry.record(row)
        sequence = rows[-1].entry.changed


def owned(owner: str) -> list[Entry]:
    """The published entries that a person answers for, by number. One database query."""
    rows = _current().filter(entry__owner=owner, entry__state=State.PUBLISHED).order_by("entry__number")
    return [row.entry.record(row) for row in rows]


def to_confirm(before: date, asked_before: date) -> list[Entry]:
    """The published entries whose owner last confirmed them (or first gave them) before a day.

    Those whose owner was asked on or after `asked_before` are left in peace. One database query.
    """
    old = Q(entry__confirmed_on__lt=before) | Q(entry__confirmed_on=None, entry__first_published__date__lt=before)
    asked = Q(entry__reminded_on=None) | Q(entry__reminded_on__lt=asked_before)
    rows = _current().filter(old, asked, entry__state=State.PUBLISHED).exclude(entry__owner="")
    return [row.entry.record(row) for row in rows.order_by("entry__number")[:REMINDERS]]


def mentioning(codes: Collection[str]) -> list[Entry]:
    """The published entries whose text has one of these codes anywhere, by number. One database query."""
    quoted = (Q(document__contains=canonical(code)) for code in codes)
    rows = _current().filter(reduce(or_, quoted, Q(pk=None)), entry__state=State.PUBLISHED)
    return [row.entry.record(row) for row in rows.order_by("entry__number")]


@dataclass(frozen=True, slots=True)
class Answering:
    """What an entry was told to answer, as its revision in force says it: codes of any edition."""

    number: int
    title: str
    published: bool
    answers: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def id(self) -> str:
        return identifier(self.number)


def answering(numbers: Iterable[int] | None = None) -> list[Answering]:
    """The answers of every entry that is published or may be again, by number; or of these. One database query."""
    rows = _current().filter(entry__merged_into=None).order_by("entry__number")
    if numbers is not None:
        rows = rows.filter(entry__number__in=set(numbers))
    told = rows.values_list("entry__number", "entry__state", "document")
    return [_answering(number, state, json.loads(document)) for number, state, document in told.iterator()]


def _answering(number: int, state: str, told: dict[str, Any]) -> Answering:
    answers, headings = tuple(told["answers"]), tuple(told["annex_headings"])
    return Answering(number, told["title"], state == State.PUBLISHED, answers, headings)


@remembered
def placements() -> dict[int, dict[tuple[int, str], tuple[str, ...]]]:
    """Editors' decisions on what entries answer, by entry, as far as readers see them. One database query."""
    return decided()


def decided() -> dict[int, dict[tuple[int, str], tuple[str, ...]]]:
    """Editors' decisions as they stand now, those on the draft of an edition included. One database query."""
    found: dict[int, dict[tuple[int, str], tuple[str, ...]]] = {}
    rows = PlacementRow.objects.values_list("entry__number", "edition", "code", "into")
    for number, edition, code, into in rows:
        found.setdefault(number, {})[edition, code] = tuple(into)
    return found


def standing_for(numbers: Iterable[int]) -> dict[int, int]:
    """For each of these entries the published one that stands for it: itself, or what it was merged into.

    Two database queries, the second where entries were merged. Nothing is merged twice over: merging leads on.
    """
    rows = EntryRow.objects.filter(number__in=set(numbers)).values_list("number", "state", "merged_into")
    stands = {number: into or number for number, state, into in rows if into or state == State.PUBLISHED}
    targets = {into for number, into in stands.items() if into != number}
    if targets:
        published = EntryRow.objects.filter(number__in=targets, state=State.PUBLISHED)
        targets -= set(published.values_list("number", flat=True))
    return {number: into for number, into in stands.items() if into not in targets}


def count() -> int:
    """How many entries are published."""
    return EntryRow.objects.filter(state=State.PUBLISHED).count()


def keys() -> dict[str, str]:
    """The identifier of each entry that a bulk file knows by a key."""
    rows = EntryRow.objects.exclude(key=None).values_list("key", "number")
    return {key: identifier(number) for key, number in rows if key}


def content_hash() -> str:
    """The fingerprint of all that was ever published: every revision, and which one is in force."""
    digest = hashlib.sha256()
    rows = RevisionRow.objects.order_by("entry__number", "number")
    for row in rows.values_list("entry__number", "entry__state", "entry__current", "number", "sha256").iterator():
        digest.update(repr(row).encode())
    return digest.hexdigest()


def faults() -> Iterator[str]:
    """Each place where the catalogue is not whole, as a sentence. Nothing, where it is."""
    for row in RevisionRow.objects.select_related("entry").order_by("entry__number", "number").iterator():
        if hashlib.sha256(row.document.encode()).hexdigest() != row.sha256:
            where = f"{identifier(row.entry.number)}, revision {row.number}"
            yield f"{where}: the text does not match its fingerprint."
    pointed = set(_current().values_list("entry__number", flat=True))
    for number in EntryRow.objects.exclude(number__in=pointed).values_list("number", flat=True):
        yield f"{identifier(number)}: the revision in force is missing."
