"""The only place where entries change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from precedent.audit.actions import hold, record
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.catalogue import queries, rules
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.models import EntryRow, NoteRow, PlacementRow, RevisionRow
from precedent.catalogue.records import Entry, Provenance, State, identifier
from precedent.catalogue.refusals import DocumentInvalid, EntryChanged, EntryExists, MergeInCircle
from precedent.kernel.acting import Actor, action
from precedent.kernel.text import address_slug, sha256
from precedent.people.permissions import Permission

STARTER = "starter"
"""The subject under which the trail tells of the starter catalogue."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a new entry comes from: its key in a bulk file, the editors' note with it, and who answers for it.

    `owner` is an actor's id: the person who contributed it and is asked whether it is still true. `verified`: was
    it read by somebody besides who gave it?
    """

    key: str | None = None
    provenance: Provenance = Provenance.CONTRIBUTED
    note: str = ""
    owner: str = ""
    verified: bool = False


@action(Permission.PUBLISH_ENTRIES)
def publish(document: EntryDocument, reason: str, origin: Origin | None = None, *, by: Actor) -> Entry:
    """Publish a new entry: a permanent identifier and revision 1. Raises DocumentInvalid, EntryExists."""
    origin = origin or Origin()
    _must_hold(document)
    # The chain's lock comes first, so that two publications never draw the same number or key.
    hold()
    if origin.key and (taken := EntryRow.objects.filter(key=origin.key).first()):
        raise EntryExists(key=origin.key, id=identifier(taken.number))
    number = (EntryRow.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    event = _recorded(Verb.ENTRY_PUBLISHED, number, 1, document, reason, by)
    row = EntryRow.objects.create(
        number=number,
        key=origin.key,
        slug=address_slug(document.title),
        provenance=origin.provenance.value,
        owner=origin.owner,
        verified=origin.verified,
        first_published=event.at,
        current=1,
        changed=event.sequence,
    )
    _keep(row, 1, document, event)
    if origin.note:
        NoteRow.objects.create(entry=row, text=origin.note, at=event.at, by=by.id)
        record(Verb.NOTE_WRITTEN, identifier(number), by=by, note=sha256(origin.note))
    return queries.any_entry(identifier(number))


@action(Permission.PUBLISH_ENTRIES)
def revise(seen: Entry, document: EntryDocument, reason: str, *, by: Actor) -> Entry:
    """Publish the next revision of an entry as it was `seen`. Raises DocumentInvalid, EntryChanged."""
    _must_hold(document)
    hold()
    following = seen.revision.number + 1
    event = _recorded(Verb.ENTRY_REVISED, seen.number, following, document, reason, by)
    _set(seen, event, current=following, slug=address_slug(document.title))
    _keep(EntryRow.objects.get(number=seen.number), following, document, event)
    return queries.any_entry(seen.id)


@action(Permission.PUBLISH_ENTRIES)
def place(number: int, edition: int, code: str, into: tuple[str, ...], *, in_force: bool, by: Actor) -> None:
    """Decide what an entry answers in an edition that split `code`, or left the entry without any (no code).

    What may be chosen is judged by the room above. Decisions on an edition `in_force` are seen by readers at once.
    """
    hold()
    row = EntryRow.objects.get(number=number)
    PlacementRow.objects.update_or_create(entry=row, edition=edition, code=code, defaults={"into": list(into)})
    verb = Verb.ENTRY_PLACED if in_force else Verb.EDITION_DECIDED
    event = record(verb, identifier(number), by=by, edition=edition, code=code, into=list(into))
    if in_force:
        EntryRow.objects.filter(pk=row.pk).update(changed=event.sequence)


@action(Permission.PUBLISH_ENTRIES)
def unplace(edition: int, codes: Collection[str], gone: Collection[str], *, by: Actor) -> int:
    """Drop decisions on the draft of an edition: those on these codes, and those that name one which is gone.

    How many they were. What is decided of an edition in force is changed by `place`, never dropped.
    """
    hold()
    rows = [
        row
        for row in PlacementRow.objects.filter(edition=edition).select_related("entry")
        if row.code in codes or any(code in gone for code in row.into)
    ]
    if rows:
        told = [[identifier(row.entry.number), row.code, row.into] for row in rows]
        PlacementRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
        record(Verb.EDITION_UNDECIDED, f"edition:{edition}", by=by, decisions=told)
    return len(rows)


@action(Permission.UNPUBLISH_ENTRIES)
def unpublish(seen: Entry, reason: str, *, by: Actor) -> Entry:
    """Withdraw an entry with a reason that its address will tell. Nothing is deleted. Raises EntryChanged."""
    hold()
    event = record(Verb.ENTRY_UNPUBLISHED, seen.id, by=by, reason=reason)
    withdrawn = {"state": State.UNPUBLISHED.value, "withdrawn_at": event.at, "withdrawn_reason": reason}
    _set(seen, event, **withdrawn)
    return queries.any_entry(seen.id)


@action(Permission.UNPUBLISH_ENTRIES)
def merge(seen: Entry, into: Entry, reason: str, *, by: Actor) -> Entry:
    """Withdraw an entry that tells what another one tells; its address leads there from now on.

    Entries that were merged into it before follow. Raises MergeInCircle, EntryChanged, and what `entry` raises of
    an entry that is not published.
    """
    # Both rows decide, so the chain's lock comes first: nobody merges `into` away meanwhile.
    hold()
    target = queries.entry(into.id)
    if target.number == seen.number:
        raise MergeInCircle(id=seen.id)
    event = record(Verb.ENTRY_MERGED, seen.id, by=by, reason=reason, into=target.id)
    _set(
        seen,
        event,
        state=State.UNPUBLISHED.value,
        withdrawn_at=event.at,
        withdrawn_reason=reason,
        merged_into=target.number,
    )
    EntryRow.objects.filter(merged_into=seen.number).update(merged_into=target.number)
    return queries.any_entry(seen.id)


@action(Permission.CONFIRM_ENTRIES)
def confirm(seen: Entry, reason: str, *, by: Actor) -> Entry:
    """Note that an entry is still true, as whoever answers for it says today. Raises EntryChanged."""
    hold()
    event = record(Verb.ENTRY_CONFIRMED, seen.id, by=by, reason=reason, revision=seen.revision.number)
    _set(seen, event, confirmed_on=event.at.date(), verified=True)
    return queries.any_entry(seen.id)


@action(Permission.PUBLISH_ENTRIES)
def verify(seen: Entry, verified: bool, reason: str, *, by: Actor) -> Entry:
    """Say whether an entry was checked by somebody besides who gave it. Raises EntryChanged."""
    hold()
    event = record(Verb.ENTRY_VERIFIED, seen.id, by=by, reason=reason, verified=verified)
    _set(seen, event, verified=verified)
    return queries.any_entry(seen.id)


@action(Permission.PUBLISH_ENTRIES)
def give_owner(seen: Entry, owner: str, reason: str, *, by: Actor) -> Entry:
    """Say who answers for an entry: an actor's id, or nobody. Raises EntryChanged."""
    hold()
    event = record(Verb.ENTRY_ATTRIBUTED, seen.id, by=by, reason=reason, owner=owner, before=seen.owner)
    _set(seen, event, owner=owner)
    return queries.any_entry(seen.id)


@action(Permission.RUN_SERVICE)
def reminded(seen: Entry, on: date, *, by: Actor) -> bool:
    """Note that the owner of an entry was asked whether it is still true; False where another process did."""
    hold()
    asked = EntryRow.objects.filter(number=seen.number).exclude(reminded_on=on).update(reminded_on=on)
    if asked:
        record(Verb.ENTRY_REMINDED, seen.id, by=by, owner=seen.owner)
    return bool(asked)


@action(Permission.PUBLISH_ENTRIES)
def publish_again(seen: Entry, reason: str, *, by: Actor) -> Entry:
    """Take a withdrawal back: the revision in force is public again. Raises EntryChanged."""
    hold()
    event = record(Verb.ENTRY_PUBLISHED, seen.id, by=by, reason=reason)
    _set(seen, event, state=State.PUBLISHED.value, withdrawn_at=None, withdrawn_reason="", merged_into=None)
    return queries.any_entry(seen.id)


@action(Permission.IMPORT_ENTRIES)
def starter_loaded(fingerprint: str, entries: int, *, by: Actor) -> None:
    """Write down that the starter catalogue with this fingerprint was taken in whole."""
    record(Verb.STARTER_LOADED, STARTER, by=by, fingerprint=fingerprint, entries=entries)


def _must_hold(document: EntryDocument) -> None:
    findings = rules.findings(document)
    if findings:
        first = f"{findings[0].field}: {findings[0].message}"
        raise DocumentInvalid(count=len(findings), first=first, findings=findings)


def _recorded(verb: Verb, number: int, revision: int, document: EntryDocument, reason: str, by: Actor) -> Event:
    fingerprint = sha256(document.canonical())
    return record(verb, identifier(number), by=by, reason=reason, revision=revision, sha256=fingerprint)


def _set(seen: Entry, event: Event, **changes: object) -> None:
    """Compare and set: two people never overwrite one another."""
    row = EntryRow.objects.filter(number=seen.number, changed=seen.changed)
    if not row.update(changed=event.sequence, **changes):
        now = queries.any_entry(seen.id).revision.number
        raise EntryChanged(id=seen.id, seen=seen.revision.number, now=now)


def _keep(row: EntryRow, number: int, document: EntryDocument, event: Event) -> None:
    text = document.canonical()
    RevisionRow.objects.create(
        entry=row,
        number=number,
        document=text,
        sha256=sha256(text),
        at=event.at,
        by=event.by,
        by_name=event.by_name,
        reason=event.reason,
    )
