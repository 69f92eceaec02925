from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precedent.notices.kinds import Urgency
from precedent.notices.mailman import MAILS
from precedent.notices.records import Mail
from precedent.notices.schedule import (
    DAY,
    LEASE,
    LONGEST_WAIT,
    Choice,
    Waiting,
    choose,
    digest_time,
    plan,
    wait_after,
)

BEGIN = datetime(2026, 11, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("told", "last", "due"),
    [
        ("03 05:59", None, "03 06:00"),
        ("03 06:00", None, "04 06:00"),
        ("03 23:59", None, "04 06:00"),
        ("03 09:00", "03 06:00", "04 06:00"),
        # Each digest goes a little later than the last, and finds back to the morning when it became too late.
        ("03 09:00", "03 06:02", "04 06:02"),
        ("03 09:00", "03 07:00", "05 06:00"),
        ("03 19:00", "03 18:00", "05 06:00"),
        ("03 09:00", "01 06:30", "04 06:00"),
    ],
)
def test_a_digest_goes_in_the_morning_and_a_day_after_the_last_one(told: str, last: str | None, due: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)

    assert digest_time(moment(told), moment(last) if last else None) == moment(due)


@given(urgency=st.sampled_from(Urgency), mail=st.sampled_from(Mail), hour=st.integers(0, 100))
def test_what_concerns_the_account_goes_at_once_whatever_the_wish(urgency: Urgency, mail: Mail, hour: int) -> None:
    now = BEGIN + timedelta(hours=hour)
    made = plan(urgency, mail, now, BEGIN)
    if urgency is Urgency.AT_ONCE or mail is Mail.AT_ONCE:
        assert (made.due, made.digest) == (now, False)
    elif mail is Mail.NEVER:
        assert made.due is None
    else:
        assert made.digest and made.due is not None and made.due > now


def test_a_mail_that_goes_wrong_is_tried_later_each_time_and_never_given_up() -> None:
    waits = [wait_after(attempts) for attempts in range(1, 100)]
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[-1]) == (timedelta(minutes=1), timedelta(minutes=2), LONGEST_WAIT)


@dataclass
class Outbox:
    """The outbox of one recipient as the actions keep it, without a database and with a clock of its own."""

    now: datetime = BEGIN
    waiting: dict[int, Waiting] = field(default_factory=dict)
    told_at: dict[int, datetime] = field(default_factory=dict)
    sent_at: dict[int, datetime] = field(default_factory=dict)
    digests: list[datetime] = field(default_factory=list)
    attempts: int = 0

    def tell(self, urgency: Urgency, mail: Mail) -> int:
        made = plan(urgency, mail, self.now, self._last_digest)
        number = len(self.told_at)
        self.told_at[number] = self.now
        if made.due is not None:
            self.waiting[number] = Waiting(number, made.due, made.digest, "", None)
        return number

    @property
    def _last_digest(self) -> datetime | None:
        return self.digests[-1] if self.digests else None

    def next_look(self) -> datetime:
        """When there may be something to do."""
        return max(self.now, min(max(n.due, n.claimed_until or n.due) for n in self.waiting.values()))

    def pass_time(self, until: datetime, outcomes: Iterator[str]) -> None:
        """The mailman looks whenever something is due."""
        while self.waiting and self.next_look() < until:
            self.now = self.next_look() + SECOND
            self.look(outcomes)
        self.now = max(self.now, until)

    def look(self, outcomes: Iterator[str]) -> None:
        for _mail in range(MAILS):
            choice = choose(list(self.waiting.values()), self._last_digest, self.now)
            for number in choice.hold:
                assert choice.until is not None and choice.until > self.now
                self.waiting[number] = replace(self.waiting[number], due=choice.until)
            if choice.go and self._send(choice, next(outcomes)) == "killed":
                return

    def _send(self, choice: Choice, outcome: str) -> str:
        key = choice.letter or f"letter-{min(choice.go)}"
        mine = [replace(self.waiting[number], letter=key) for number in choice.go]
        self.now += SECOND
        if outcome == "sent":
            if any(notice.digest for notice in mine):
                self.digests.append(self.now)
            for notice in mine:
                self.sent_at[notice.number] = self.now
                del self.waiting[notice.number]
            return outcome
        self.attempts += 1
        later = self.now + wait_after(min(self.attempts, 12))
        lease = None if outcome == "failed" else self.now + LEASE
        for notice in mine:
            due = later if outcome == "failed" else notice.due
            self.waiting[notice.number] = replace(notice, due=due, claimed_until=lease)
        return outcome


GAPS = st.sampled_from([timedelta(hours=hours) for hours in (0, 0.01, 1, 5, 10, 20, 23, 24, 30, 50)])
OUTCOMES = st.lists(st.sampled_from(["sent", "failed", "killed"]), max_size=6)
STEPS = st.lists(
    st.tuples(GAPS, st.sampled_from(Urgency), st.sampled_from(Mail), st.booleans(), OUTCOMES), max_size=20
)
Steps = list[tuple[timedelta, Urgency, Mail, bool, list[str]]]


def after(outcomes: list[str]) -> Iterator[str]:
    """These, and then all goes well."""
    yield from outcomes
    while True:
        yield "sent"


@settings(max_examples=300)
@given(STEPS)
def test_at_most_one_digest_a_day_and_nothing_is_left_out(steps: Steps) -> None:
    outbox = Outbox()
    wanted = set()
    for gap, urgency, mail, is_up, outcomes in steps:
        if is_up:
            outbox.pass_time(outbox.now + gap, after(outcomes))
        outbox.now = outbox.now + (gap if not is_up else SECOND)
        number = outbox.tell(urgency, mail)
        if urgency is Urgency.AT_ONCE or mail is not Mail.NEVER:
            wanted.add(number)
    outbox.pass_time(outbox.now + 30 * DAY, after([]))
    assert outbox.sent_at.keys() == wanted
    assert all(later - earlier >= DAY for earlier, later in pairwise(outbox.digests))


@given(STEPS)
def test_what_is_to_go_at_once_waits_for_nothing(steps: Steps) -> None:
    outbox = Outbox()
    for gap, _urgency, mail, _is_up, outcomes in steps:
        outbox.pass_time(outbox.now + gap, after(outcomes))
        outbox.tell(Urgency.BY_WISH, mail)
        outbox.look(after(outcomes))
        number = outbox.tell(Urgency.AT_ONCE, mail)
        outbox.look(after([]))
        assert outbox.sent_at[number] - outbox.told_at[number] < timedelta(seconds=5)


def test_what_goes_at_once_goes_along_with_a_digest_that_is_due() -> None:
    urgent, daily = Waiting(1, BEGIN, False, "", None), Waiting(2, BEGIN, True, "", None)
    assert choose([urgent, daily], None, BEGIN).go == (1, 2)
    assert choose([urgent, daily], BEGIN - DAY + SECOND, BEGIN).go == (1,)


def test_a_mail_once_begun_keeps_its_notices() -> None:
    """Whoever receives it twice, sees by its identity and by its text that it is one."""
    begun = Waiting(1, BEGIN, False, "letter-1", BEGIN + LEASE)
    fresh = Waiting(2, BEGIN, False, "", None)
    assert choose([begun, fresh], None, BEGIN + SECOND).go == (2,)
    again = choose([begun, fresh], None, BEGIN + LEASE)
    assert (again.go, again.letter) == ((1,), "letter-1")


def test_a_digest_waits_for_one_that_is_on_its_way() -> None:
    """Whoever sends the other one has not noted it yet, or its server is away: together they would be two."""
    fresh = Waiting(2, BEGIN, True, "", None)
    under_way = Waiting(1, BEGIN, True, "letter-1", BEGIN + LEASE)
    gone_wrong = Waiting(1, BEGIN + 6 * HOUR, True, "letter-1", None)
    assert choose([under_way, fresh], None, BEGIN + SECOND) == Choice(hold=(2,), until=BEGIN + LEASE)
    assert choose([gone_wrong, fresh], None, BEGIN + SECOND) == Choice(hold=(2,), until=BEGIN + 6 * HOUR)


def test_a_mail_that_went_wrong_is_not_tried_before_its_time() -> None:
    gone_wrong = Waiting(1, BEGIN + HOUR, False, "letter-1", None)
    assert choose([gone_wrong], None, BEGIN) == Choice()
    assert choose([gone_wrong], None, BEGIN + HOUR).go == (1,)
