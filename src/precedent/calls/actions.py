"""The only place where calls change."""

from datetime import UTC, date, datetime

from django.db.models import Max

from precedent.audit.actions import hold, record
from precedent.audit.verbs import Verb
from precedent.calls import rules, telling
from precedent.calls.models import CallRow
from precedent.calls.records import Call, Standing, Terms, subject, today
from precedent.calls.refusals import CallChanged, CallInvalid, CallIsClosed, CallNotClosed, NoSuchCall
from precedent.kernel.acting import Actor, action
from precedent.people.permissions import Permission


@action(Permission.CALL_FOR_EXAMPLES)
def open_call(terms: Terms, *, by: Actor) -> Call:
    """Open a call, and tell the focal points whom it addresses. Raises CallInvalid."""
    told = rules.must_hold(terms, today())
    hold()
    number = (CallRow.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    now = datetime.now(UTC)
    row = CallRow(number=number, opened_by=by.id, opened_at=now, changed=now)
    row.tell(told)
    row.save()
    record(Verb.CALL_OPENED, subject(number), by=by, terms=told.as_data())
    made = row.record()
    telling.tell_of(made, None, by)
    return made


@action(Permission.CALL_FOR_EXAMPLES)
def change_call(seen: Call, terms: Terms, *, by: Actor) -> Call:
    """Say something else of a call as it was `seen`. Raises CallInvalid, CallChanged, NoSuchCall."""
    row = _held(seen)
    before = row.record()
    told = rules.must_hold(terms, today(), before.terms)
    if told == before.terms:
        return before
    row.tell(told)
    was, now = before.terms.as_data(), told.as_data()
    changes = {name: [was[name], now[name]] for name in now if now[name] != was[name]}
    made = _kept(row)
    record(Verb.CALL_CHANGED, made.id, by=by, changes=changes)
    telling.tell_of(made, before, by)
    return made


@action(Permission.CALL_FOR_EXAMPLES)
def close_call(seen: Call, outcome: str, *, by: Actor) -> Call:
    """Close a call by hand, or say of one that has ended what came of it. What is on its way goes on.

    Raises CallInvalid, CallIsClosed, CallChanged, NoSuchCall.
    """
    row = _held(seen)
    if row.closed_on is not None:
        raise CallIsClosed
    row.outcome = rules.outcome_must_hold(outcome)
    row.closed_on = today()
    made = _kept(row)
    record(Verb.CALL_CLOSED, made.id, by=by, reason=made.outcome)
    return made


@action(Permission.CALL_FOR_EXAMPLES)
def reopen_call(seen: Call, until: date, *, by: Actor) -> Call:
    """Open a closed call again, until a day. Raises CallInvalid, CallNotClosed, CallChanged, NoSuchCall."""
    row = _held(seen)
    before = row.record()
    if before.standing() is not Standing.CLOSED:
        raise CallNotClosed
    if found := list(rules.days(max(before.opens, today()), until, today())):
        raise CallInvalid(found)
    row.until, row.closed_on, row.outcome = until, None, ""
    made = _kept(row)
    was = {"until": before.until.isoformat(), "outcome": before.outcome}
    record(Verb.CALL_REOPENED, made.id, by=by, was=was, until=until.isoformat())
    return made


def _held(seen: Call) -> CallRow:
    """The row, if it is still as it was seen; nobody else changes it until the transaction ends."""
    hold()
    row = CallRow.objects.filter(number=seen.number).first()
    if row is None:
        raise NoSuchCall(number=seen.number)
    if row.version != seen.version:
        raise CallChanged
    return row


def _kept(row: CallRow) -> Call:
    row.version, row.changed = row.version + 1, datetime.now(UTC)
    row.save()
    return row.record()
