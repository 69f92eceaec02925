"""The only place where notices change. What tells of a change is part of the action that makes it.

The room stands below `people`, so it names the permissions that it needs by their codes.
"""

from datetime import UTC, datetime
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise

from precedent.kernel.acting import Actor, action
from precedent.kernel.refusals import NotAllowed
from precedent.kernel.text import one_line
from precedent.notices import queries, schedule
from precedent.notices.kinds import BY_CODE, TOKEN, Kind
from precedent.notices.models import NoticeRow
from precedent.notices.records import Letter, Notice, Recipient

RUN_SERVICE = "service.run"
KEEP_OWN_ACCOUNT = "people.own-account"
LONGEST = 2_000
"""Characters of a fact. The page that a notice leads to has the whole."""


def tell(to: Recipient, kind: Kind, subject: str, *, by: Actor, **facts: object) -> Notice:
    """Tell somebody, inside the transaction that makes what is told. Two database queries.

    Facts that the kind does not speak of are left out. A moment is a datetime with its zone; a text that is
    translated lazily is written in the recipient's language.
    """
    if missing := kind.facts - facts.keys():
        raise TypeError(f"A notice of the kind {kind.code} needs the facts {sorted(missing)}")
    now = datetime.now(UTC)
    plan = schedule.plan(kind.urgency, to.mail, now, queries.last_digest(to.id))
    row = NoticeRow.objects.create(
        recipient=to.id,
        email=to.email,
        language=to.language,
        kind=kind.code,
        subject=subject,
        facts={name: _fact(facts[name], to.language) for name in sorted(kind.facts)},
        by=by.id,
        at=now,
        read_at=now if kind.value.outside else None,
        due_at=plan.due,
        digest=plan.digest,
    )
    return row.record()


def _fact(value: object, language: str) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Promise):
        with translation.override(language):
            return one_line(str(value))
    text = one_line(str(value))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def forget(recipient_id: str, *, by: Actor) -> None:
    """Part of erasing somebody: nothing more is mailed to them, and what they were told is no longer known."""
    theirs = NoticeRow.objects.filter(recipient=recipient_id)
    theirs.filter(mailed_at=None).delete()
    theirs.update(facts={}, email="")


def redirect(to: Recipient, *, by: Actor) -> None:
    """Part of changing somebody's wish, address or language: what waits to be mailed follows it from now on."""
    now = datetime.now(UTC)
    last = queries.last_digest(to.id)
    waiting = _waiting(to.id).filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
    for row in waiting:
        plan = schedule.plan(BY_CODE[row.kind].urgency, to.mail, now, last)
        row.due_at, row.digest, row.letter, row.claimed_until = plan.due, plan.digest, "", None
        row.email, row.language = to.email, to.language
        row.save()


@action(KEEP_OWN_ACCOUNT)
def mark_read(recipient_id: str, newest: int, *, by: Actor) -> int:
    """Note that somebody has read their own notices, up to the newest that they saw. How many were unread."""
    if by.id != recipient_id:
        raise NotAllowed
    unread = NoticeRow.objects.filter(recipient=recipient_id, read_at=None, pk__lte=newest)
    return unread.update(read_at=datetime.now(UTC))


def _waiting(recipient: str) -> QuerySet[NoticeRow]:
    """What is to be mailed to somebody, locked in one order: two who send never judge of the same rows."""
    rows = NoticeRow.objects.select_for_update().filter(recipient=recipient)
    return rows.filter(mailed_at=None, due_at__isnull=False).order_by("pk")


@action(RUN_SERVICE)
def claim(recipient: str, *, by: Actor) -> Letter | None:
    """Take hold of the next mail to somebody, for as long as the lease lasts; None where nothing may go now."""
    now = datetime.now(UTC)
    rows = {row.pk: row for row in _waiting(recipient)}
    choice = schedule.choose([row.waiting() for row in rows.values()], queries.last_digest(recipient), now)
    if choice.hold:
        NoticeRow.objects.filter(pk__in=choice.hold).update(due_at=choice.until)
    if not choice.go:
        return None
    key, until = choice.letter or uuid4().hex, now + schedule.LEASE
    NoticeRow.objects.filter(pk__in=choice.go).update(letter=key, claimed_until=until)
    newest = rows[max(choice.go)]
    return Letter(
        key=key,
        recipient=recipient,
        email=newest.email,
        language=newest.language,
        notices=tuple(rows[number].record() for number in sorted(choice.go)),
        attempts=newest.attempts,
        claimed_until=until,
    )


def _held(letter: Letter) -> QuerySet[NoticeRow]:
    """The notices of a mail, if it is still ours: after the lease another one may have claimed it."""
    return NoticeRow.objects.filter(letter=letter.key, claimed_until=letter.claimed_until, mailed_at=None)


@action(RUN_SERVICE)
def sent(letter: Letter, *, by: Actor) -> None:
    """Note that a mail is on its way. What opened something to whoever holds it is no longer kept here."""
    held = _held(letter)
    for row in held:
        if TOKEN in row.facts:
            row.facts = {name: value for name, value in row.facts.items() if name != TOKEN}
            row.save(update_fields=["facts"])
    held.update(mailed_at=datetime.now(UTC), claimed_until=None)


@action(RUN_SERVICE)
def failed(letter: Letter, *, by: Actor) -> None:
    """Note that a mail could not be sent: it is tried again, later each time."""
    attempts = letter.attempts + 1
    later = datetime.now(UTC) + schedule.wait_after(attempts)
    _held(letter).update(attempts=attempts, due_at=later, claimed_until=None)
