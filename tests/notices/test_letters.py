import re
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from precedent.kernel.languages import LANGUAGES
from precedent.notices import letters, wording
from precedent.notices.kinds import TOKEN, Kind
from precedent.notices.records import Letter, Notice, Recipient
from tests import given
from tests.notices.telling import WHEN, facts

CODES = [language.code for language in LANGUAGES]
ABOUT_ENTRIES = {Kind.CONFIRM, Kind.ENTRY_WITHDRAWN, Kind.ENTRY_MERGED}


def notice(kind: Kind, **known: object) -> Notice:
    told = {
        name: value.isoformat() if isinstance(value, datetime) else str(value)
        for name, value in facts(kind, **known).items()
    }
    subject = "PPD-000001" if kind in ABOUT_ENTRIES else "SUB-000012"
    return Notice(1, "person:17", kind, subject, told, "person:3", WHEN, False)


def letter(*notices: Notice, language: str = "en", recipient: str = "person:17") -> Letter:
    to = Recipient(recipient, "somebody@example.org", language, mail=None)  # type: ignore[arg-type]
    return Letter("a1b2c3", to.id, to.email, language, notices, 0, WHEN)


def written(made: Letter) -> EmailMessage:
    """The mail as it travels, read back."""
    parsed = message_from_bytes(letters.message(made).message().as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.code)
def test_every_kind_is_written_in_every_language(kind: Kind, code: str) -> None:
    mail = written(letter(notice(kind), language=code))
    body = mail.get_content()
    assert mail["Subject"] and body
    assert not re.search(r"[{}]|None|…", mail["Subject"] + body)
    assert mail["To"] == "somebody@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    links = re.findall(r"https?://\S+", body)
    site = settings.ENVIRONMENT.address
    assert all(link.startswith(f"{site}/{code}/") for link in links)
    assert len(links) == 2 + (kind.value.page is not None)
    with translation.override(code):
        assert str(kind.value.why) in body


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.code)
def test_every_kind_needs_what_its_words_and_pages_name(kind: Kind) -> None:
    page = kind.value.page
    assert kind.facts >= set(page.args if page else ()) - {"subject"}
    if TOKEN in kind.facts:
        assert page and page.args == (TOKEN,)


@pytest.mark.parametrize("code", CODES)
def test_a_moment_is_said_in_universal_time_wherever_it_was_meant(code: str) -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    when = datetime(2026, 11, 4, 0, 30, tzinfo=nepal)
    body = written(letter(notice(Kind.SCHEDULED, when=when), language=code)).get_content()
    assert re.search(r"18[:.]45 ?（?UTC", body)
    assert "2026" in body and "00:30" not in body


def test_a_moment_is_written_in_full() -> None:
    with translation.override("en"):
        assert wording.moment(datetime(2026, 11, 3, 23, 5, tzinfo=UTC)) == "3 November 2026, 23:05 UTC"


NASTY = [*given.NASTY, "x\r\nBcc: victim@example.org", "x\nSubject: y", "x\u2028y", "x\x85y", "x\x0by", "{title}"]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nobodys_words_become_a_header_or_another_line(text: str) -> None:
    plain = written(letter(notice(Kind.SENT, title="Help line")))
    told = notice(Kind.SENT, title=text)
    mail = written(letter(told))
    assert mail.keys() == plain.keys()
    assert mail["To"] == "somebody@example.org"
    assert len(mail["Subject"].strip()) <= wording.LONGEST_HEADING
    with translation.override("ar"):
        assert wording.sentence(told).count("\u2068") == wording.sentence(told).count("\u2069")


def test_words_of_others_do_not_turn_the_direction_of_ours() -> None:
    told = notice(Kind.SENT, title="a\u202eb\u2069c")
    for code in CODES:
        with translation.override(code):
            assert not re.search("[\u202a-\u202e]|a\u2069", wording.sentence(told) + wording.heading(told))
        assert not wording.STEERING.search(written(letter(told, language=code))["Subject"])


def test_a_mail_can_be_stopped_by_a_link_that_only_we_can_make() -> None:
    mail = written(letter(notice(Kind.SENT)))
    stop = mail["List-Unsubscribe"].strip(" <>")
    assert stop in mail.get_content()
    token = stop.rpartition("/")[2]
    assert signing.loads(token, salt="stop-mail") == {"person": "person:17"}
    with translation.override("en"):
        assert stop == f"{settings.ENVIRONMENT.address}{reverse('stop-mail', args=[token])}"


def test_an_address_without_a_person_is_told_why_there_is_nothing_to_stop() -> None:
    mail = written(letter(notice(Kind.REFUSED), recipient="somebody@example.org"))
    assert "List-Unsubscribe" not in mail
    assert "Mail comes to this address only about an account" in mail.get_content()


def test_the_same_notices_make_the_same_mail() -> None:
    one, two = (written(letter(notice(Kind.SENT))) for _ in range(2))
    assert one["Message-ID"] == two["Message-ID"] == "<a1b2c3@localhost>"
    assert one.get_content() == two.get_content()


def test_a_mail_names_a_hundred_notices_and_says_how_many_more_there_are() -> None:
    body = written(letter(*[notice(Kind.SENT)] * 103)).get_content()
    assert body.count("Why you are told") == 100
    assert "3 more are in your inbox." in body


def test_a_link_that_was_used_up_leads_no_longer_anywhere_or_to_the_entry() -> None:
    joined, confirmed = notice(Kind.INVITED, token=""), notice(Kind.CONFIRM, token="")
    for told in (joined, confirmed):
        told.facts.pop(TOKEN)  # type: ignore[attr-defined]
    with translation.override("en"):
        assert wording.address(joined) is None
        assert "/entries/" in str(wording.address(confirmed))


def test_what_was_forgotten_leaves_a_sentence() -> None:
    told = Notice(1, "person:17", Kind.DECLINED, "SUB-000012", {}, "person:3", WHEN, False)
    assert "SUB-000012" in wording.sentence(told)
    assert "…" in wording.sentence(told)
