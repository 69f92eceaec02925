from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import gettext_lazy

from precedent.kernel.acting import Actor
from precedent.kernel.refusals import NotAllowed
from precedent.notices import actions, queries
from precedent.notices.kinds import TOKEN, Kind
from precedent.notices.mailman import deliver_due
from precedent.notices.models import NoticeRow
from precedent.notices.records import Mail, Recipient
from precedent.notices.schedule import LEASE
from precedent.people.actors import PRODUCT, VISITOR
from precedent.people.permissions import Permission
from tests.notices.telling import Away, Killed, KilledAfterSending, a_change, backend, someone, tell

pytestmark = pytest.mark.django_db


def deliver() -> int:
    return deliver_due(by=PRODUCT)


def row(recipient: str = "person:17") -> NoticeRow:
    return NoticeRow.objects.get(recipient=recipient)


def later(by: timedelta) -> None:
    """Time passes: every moment that the schedule looks at lies so much earlier."""
    with a_change():
        for kept in NoticeRow.objects.all():
            for name in ("due_at", "claimed_until", "mailed_at"):
                if (moment := getattr(kept, name)) is not None:
                    setattr(kept, name, moment - by)
            kept.save()


def text(message: EmailMessage) -> str:
    """What a mail tells, without its foot: the link that stops mail is signed with the time."""
    return str(message.body).partition("-- \n")[0]


def test_what_did_not_happen_is_not_told() -> None:
    with pytest.raises(ZeroDivisionError), a_change():
        actions.tell(someone(), Kind.ASKED, "person:3", by=PRODUCT)
        raise ZeroDivisionError
    assert deliver() == 0
    assert not mail.outbox
    assert queries.unread("person:17") == 0


def test_what_happened_is_mailed_once() -> None:
    tell(someone())
    assert [deliver(), deliver()] == [1, 0]
    assert [message.to for message in mail.outbox] == [["person-17@example.org"]]
    assert queries.unread("person:17") == 1


def test_all_that_is_due_to_somebody_goes_in_one_mail() -> None:
    for kind in (Kind.SENT, Kind.SENT_AGAIN, Kind.ROLE_GIVEN):
        tell(someone(), kind)
    tell(someone(18))
    assert deliver() == 2
    first, second = sorted(mail.outbox, key=lambda message: message.to)
    assert first.subject == "3 notices from Precedent"
    assert str(first.body).count("Why you are told") == 3
    assert str(second.body).count("Why you are told") == 1


def test_whoever_wishes_no_mail_finds_everything_in_the_inbox() -> None:
    tell(someone(mail=Mail.NEVER), Kind.SENT)
    tell(someone(mail=Mail.NEVER), Kind.CLOSED)
    assert deliver() == 1
    assert mail.outbox[0].subject == "Your account is closed"
    assert [notice.kind for notice in queries.inbox("person:17").notices] == [Kind.CLOSED, Kind.SENT]


def test_a_digest_waits_for_the_morning_and_takes_along_what_came_since() -> None:
    tell(someone(mail=Mail.DAILY), Kind.SENT)
    assert deliver() == 0
    later(timedelta(days=1))
    tell(someone(mail=Mail.DAILY), Kind.SENT_AGAIN)
    assert deliver() == 1
    assert mail.outbox[0].subject == "2 notices from Precedent"
    # What comes after it, waits for the next one.
    tell(someone(mail=Mail.DAILY), Kind.SENT)
    later(timedelta(hours=23))
    assert deliver() == 0
    later(timedelta(hours=25))
    assert deliver() == 1


def test_after_a_kill_between_sending_and_noting_the_same_mail_is_sent_again(settings: Any) -> None:
    tell(someone())
    settings.EMAIL_BACKEND = backend(KilledAfterSending)
    with pytest.raises(Killed):
        deliver()
    settings.EMAIL_BACKEND = backend(EmailBackend)
    assert deliver() == 0, "whoever claimed it may still be sending it"
    tell(someone(), Kind.SENT)
    later(LEASE + timedelta(seconds=1))
    deliver()
    # It is one mail to whoever receives it twice: the same identity, the same text, whatever happened meanwhile.
    copies = [message for message in mail.outbox if "asks for an account" in message.subject]
    assert len(copies) == 2
    assert len({(copy.extra_headers["Message-ID"], text(copy)) for copy in copies}) == 1
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2
    assert deliver() == 0


def test_a_mail_that_cannot_be_sent_is_tried_again_and_holds_up_nobody(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = backend(Away)
    Away.unreachable = {"person-17@example.org"}
    tell(someone(17))
    tell(someone(18))
    assert deliver() == 1
    assert "could not be sent (attempt 1): Connection refused" in caplog.text
    assert "example.org" not in caplog.text, "logs hold no addresses"
    assert deliver() == 0, "not before a minute has passed"
    for _attempt in range(6):
        later(timedelta(hours=7))
        deliver()
    assert queries.faults() == ["A mail to person:17 could not be sent in 7 attempts."]
    Away.unreachable = set()
    later(timedelta(hours=7))
    assert deliver() == 1
    assert queries.faults() == []


def test_whoever_lost_the_lease_notes_nothing() -> None:
    tell(someone())
    slow = actions.claim("person:17", by=PRODUCT)
    later(LEASE + timedelta(seconds=1))
    quick = actions.claim("person:17", by=PRODUCT)
    assert slow and quick and slow.key == quick.key
    actions.failed(slow, by=PRODUCT)
    assert row().attempts == 0
    actions.sent(quick, by=PRODUCT)
    assert row().mailed_at is not None


def test_the_token_of_a_link_is_wiped_once_the_mail_is_on_its_way() -> None:
    tell(someone(), Kind.INVITED, token="a-secret")
    tell(someone(18), Kind.CONFIRM, "PPD-000001", token="a-secret")
    assert row().facts[TOKEN] == "a-secret"
    assert deliver() == 2
    assert all("a-secret" in str(message.body) for message in mail.outbox)
    assert "a-secret" not in str([kept.facts for kept in NoticeRow.objects.all()])
    assert row("person:18").facts == {"title": "Help line"}


def test_a_kind_asks_for_its_facts_and_keeps_no_others() -> None:
    with pytest.raises(TypeError, match=r"declined needs the facts \['reason'\]"), a_change():
        actions.tell(someone(), Kind.DECLINED, "SUB-000001", by=PRODUCT, title="x")
    with a_change():
        actions.tell(someone(), Kind.CLAIMED, "SUB-000001", by=PRODUCT, title="x", reason="kept to ourselves")
    assert row().facts == {"title": "x"}


def test_facts_are_kept_as_lines_moments_in_utc_and_lazy_texts_in_the_recipients_language() -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    told = tell(
        someone(language="fr"),
        Kind.DECLINED,
        title="Two\r\nlines \x00",
        reason=gettext_lazy("Search"),
    )
    assert told.facts == {"title": "Two lines", "reason": "Recherche"}
    assert tell(someone(), Kind.SCHEDULED, when=datetime(2026, 11, 4, 0, 30, tzinfo=nepal)).facts["when"] == (
        "2026-11-03T18:45:00+00:00"
    )
    assert len(tell(someone(), Kind.SENT, title="a" * 10_000_000).facts["title"]) == actions.LONGEST


def test_somebody_erased_is_mailed_nothing_more_and_what_they_were_told_is_gone() -> None:
    tell(someone(), Kind.DECLINED, title="A private matter", reason="Private too")
    deliver()
    tell(someone(), Kind.CLAIMED, title="Another")
    tell(someone(18), Kind.CLAIMED)
    with a_change():
        actions.forget("person:17", by=PRODUCT)
    assert deliver() == 1
    assert (row().facts, row().email) == ({}, "")
    assert row("person:18").facts


@pytest.mark.parametrize(
    ("wish", "due"), [(Mail.NEVER, False), (Mail.AT_ONCE, True), (Mail.DAILY, False)], ids=str
)
def test_what_waits_follows_a_changed_wish(wish: Mail, due: bool) -> None:
    tell(someone(mail=Mail.DAILY), Kind.SENT)
    with a_change():
        actions.redirect(Recipient("person:17", "new@example.org", "fr", wish), by=PRODUCT)
    assert deliver() == int(due)
    later(timedelta(days=2))
    deliver()
    assert [message.to for message in mail.outbox] == ([] if wish is Mail.NEVER else [["new@example.org"]])


def test_somebody_reads_their_own_notices_up_to_the_newest_that_they_saw() -> None:
    first, _second, _third = tell(someone()), tell(someone()), tell(someone(18))
    own = Actor("person:17", "Person 17", frozenset({Permission.KEEP_OWN_ACCOUNT}))
    with pytest.raises(NotAllowed):
        actions.mark_read("person:18", first.number, by=own)
    with pytest.raises(NotAllowed):
        actions.mark_read("person:17", first.number, by=VISITOR)
    assert actions.mark_read("person:17", first.number, by=own) == 1
    assert actions.mark_read("person:17", first.number, by=own) == 0
    assert (queries.unread("person:17"), queries.unread("person:18")) == (1, 1)


def test_the_inbox_is_read_page_by_page_newest_first(django_assert_num_queries: Any) -> None:
    with a_change():
        for _number in range(queries.PER_PAGE + 1):
            actions.tell(someone(), Kind.ASKED, "person:3", by=PRODUCT)
    with django_assert_num_queries(2):
        first = queries.inbox("person:17")
    assert (len(first.notices), first.page, first.pages, first.unread) == (50, 1, 2, 51)
    numbers = [notice.number for notice in first.notices]
    assert numbers == sorted(numbers, reverse=True)
    last = queries.inbox("person:17", 99)
    assert (len(last.notices), last.page) == (1, 2)
    assert queries.inbox("person:99") == queries.inbox("person:99", -1)


def test_looking_for_mail_reads_no_more_than_what_is_due(django_assert_num_queries: Any) -> None:
    tell(someone(mail=Mail.NEVER), Kind.SENT)
    with django_assert_num_queries(1):
        assert deliver() == 0
    tell(someone())
    actions.claim("person:17", by=PRODUCT)
    with django_assert_num_queries(1):
        assert deliver() == 0
