"""What is done with entries after publication, with word to who answers for them."""

from datetime import UTC, date, datetime

from precedent.aftercare import links, rules
from precedent.aftercare.refusals import NotTheOwner
from precedent.catalogue import actions as catalogue
from precedent.catalogue.records import Entry
from precedent.kernel.acting import Actor, action
from precedent.notices import actions as notices
from precedent.notices.kinds import Kind
from precedent.people import actions as persons
from precedent.people import queries as people
from precedent.people.permissions import Permission
from precedent.people.records import Person, Standing
from precedent.submissions import actions as submissions


@action(Permission.RUN_SERVICE)
def ask_owner(entry: Entry, today: date, *, by: Actor) -> bool:
    """Ask the owner of an entry whether it is still true; False where that was done already today."""
    if not catalogue.reminded(entry, today, by=by):
        return False
    _tell(entry, Kind.CONFIRM, by, token=links.token(entry))
    return True


@action(Permission.CONTRIBUTE)
def confirm(seen: Entry, *, by: Actor) -> Entry:
    """Confirm an entry, signed in. Raises NotTheOwner, EntryChanged."""
    if not rules.may_confirm(by, seen):
        raise NotTheOwner(id=seen.id)
    return _confirmed(seen, by.id, by.name, "Confirmed by who answers for it.")


@action(Permission.ASK_FOR_ACCOUNT)
def confirm_by_link(token: str, *, by: Actor) -> Entry:
    """Confirm an entry by the link in a mail, without signing in. Raises what `links.opened` does."""
    entry = links.opened(token)
    person = people.person(entry.owner)
    return _confirmed(
        entry, person.id, f"Person {person.number}", "Confirmed by its owner, by the link in a mail."
    )


def _confirmed(entry: Entry, id: str, name: str, reason: str) -> Entry:
    """Once a day is enough: a link that is opened twice changes nothing."""
    if entry.confirmed_on == datetime.now(UTC).date():
        return entry
    return catalogue.confirm(entry, reason, by=Actor(id, name, frozenset({Permission.CONFIRM_ENTRIES})))


@action(Permission.UNPUBLISH_ENTRIES)
def withdraw(seen: Entry, reason: str, *, by: Actor) -> Entry:
    """Withdraw an entry with a public reason. Raises EntryChanged."""
    withdrawn = catalogue.unpublish(seen, reason, by=by)
    _tell(withdrawn, Kind.ENTRY_WITHDRAWN, by, reason=reason)
    return withdrawn


@action(Permission.UNPUBLISH_ENTRIES)
def merge(seen: Entry, into: Entry, reason: str, *, by: Actor) -> Entry:
    """Merge an entry into another one that tells the same. Raises MergeInCircle, EntryChanged."""
    merged = catalogue.merge(seen, into, reason, by=by)
    _tell(merged, Kind.ENTRY_MERGED, by, into=into.id)
    return merged


@action(Permission.KEEP_OWN_ACCOUNT)
def withdraw_person(seen: Person, reason: str, *, by: Actor) -> Person:
    """Withdraw somebody's data without losing the record: see `people.actions.erase`; unsent drafts go with it."""
    submissions.forget_unsent(seen.id, by=by)
    return persons.erase(seen, reason, by=by)


def _tell(entry: Entry, kind: Kind, by: Actor, **facts: object) -> None:
    owner = people.persons_by_id([entry.owner]).get(entry.owner)
    if owner and owner.standing is Standing.ACTIVE and owner.id != by.id:
        notices.tell(owner.recipient, kind, entry.id, by=by, title=entry.document.title[:120], **facts)
