"""When mail goes: at once, or in one digest a day. Pure rules; the clock is told to them. All moments are UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from precedent.notices.kinds import Urgency
from precedent.notices.records import Mail

MORNING = time(6)
"""When digests go: before the working day in Europe and Africa, during it in Asia."""
GRACE = timedelta(hours=1)
"""A digest goes a moment later each day, since the last one took a moment. So much later it may become."""
DAY = timedelta(days=1)
LEASE = timedelta(minutes=2)
"""How long a mail belongs to whoever claimed it. Sending takes seconds; after a kill another one sends it."""
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Plan:
    """When a notice is mailed (None: never), and whether it waits for the digest."""

    due: datetime | None
    digest: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is to be mailed, as far as its mail has come."""

    number: int
    due: datetime
    digest: bool
    letter: str
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The notices that go into the next mail (`letter`: one that was begun); those on `hold` wait `until` then."""

    go: tuple[int, ...] = ()
    letter: str = ""
    hold: tuple[int, ...] = ()
    until: datetime | None = None


def plan(urgency: Urgency, mail: Mail, now: datetime, last_digest: datetime | None) -> Plan:
    """What a recipient's wish means for a notice. What concerns the account goes at once, whatever the wish."""
    if urgency is Urgency.AT_ONCE or mail is Mail.AT_ONCE:
        return Plan(now, digest=False)
    if mail is Mail.NEVER:
        return Plan(None, digest=False)
    return Plan(digest_time(now, last_digest), digest=True)


def digest_time(now: datetime, last: datetime | None) -> datetime:
    """The next morning after `now` that is a day after the `last` digest."""
    following = _next_morning(now)
    if last is None or last + DAY <= following:
        return following
    free = last + DAY
    return free if free - _morning_before(free) < GRACE else _next_morning(free)


def _morning_before(now: datetime) -> datetime:
    morning = datetime.combine(now.date(), MORNING, now.tzinfo)
    return morning if morning <= now else morning - DAY


def _next_morning(now: datetime) -> datetime:
    return _morning_before(now) + DAY


def wait_after(attempts: int) -> timedelta:
    """How long a mail waits after so many attempts went wrong: one minute, two, four … six hours."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)


def choose(waiting: Sequence[Waiting], last_digest: datetime | None, now: datetime) -> Choice:
    """What goes to one recipient now. A mail once begun keeps its notices: sent twice, it is the same mail."""
    begun = [notice for notice in waiting if notice.letter]
    for notice in begun:
        if notice.due <= now and _free(notice, now):
            return Choice(tuple(n.number for n in begun if n.letter == notice.letter), notice.letter)
    return _fresh([notice for notice in waiting if not notice.letter], begun, last_digest, now)


def _free(notice: Waiting, now: datetime) -> bool:
    return notice.claimed_until is None or notice.claimed_until <= now


def _fresh(
    fresh: Sequence[Waiting], begun: Sequence[Waiting], last_digest: datetime | None, now: datetime
) -> Choice:
    """A digest takes along all that waits for the next one; where it may not go yet, the rest does not wait."""
    go = [notice.number for notice in fresh if not notice.digest and notice.due <= now]
    daily = [notice for notice in fresh if notice.digest]
    if not any(notice.due <= now for notice in daily):
        return Choice(tuple(go))
    held = _held_until(begun, last_digest, now)
    if held is None:
        return Choice((*go, *(notice.number for notice in daily)))
    return Choice(tuple(go), hold=tuple(notice.number for notice in daily if notice.due < held), until=held)


def _held_until(begun: Sequence[Waiting], last_digest: datetime | None, now: datetime) -> datetime | None:
    """A digest waits for one that is on its way, and until a day after the last one."""
    on_its_way = [max(notice.due, notice.claimed_until or notice.due) for notice in begun if notice.digest]
    if on_its_way:
        return max(*on_its_way, now + FIRST_WAIT)
    if last_digest is not None and now < last_digest + DAY:
        return digest_time(now, last_digest)
    return None
