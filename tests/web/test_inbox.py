import re
from typing import Any

import pytest
from django.test import Client

from precedent.kernel.languages import LANGUAGES
from precedent.notices import actions, queries
from precedent.notices.kinds import Kind
from precedent.people.records import Person
from tests import given
from tests.notices.telling import a_change, tell
from tests.people.persons import OPERATOR, account_of, joined

pytestmark = pytest.mark.django_db

INBOX = "/en/account/inbox"


def page(client: Client, address: str = INBOX) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def newest(text: str) -> str:
    found = re.search(r'name="newest" value="(\d+)"', text)
    assert found
    return found[1]


def test_the_inbox_shows_what_somebody_was_told_newest_first_with_its_link_and_why(
    mine: Client, me: Person
) -> None:
    tell(me.recipient, Kind.SENT, "SUB-000001", title="The older one")
    tell(me.recipient, Kind.PUBLISHED, "SUB-000002", title="The newer one")
    text = page(mine)
    assert text.index("The newer one") < text.index("The older one")
    assert 'href="/en/entries/PPD-000001"' in text
    assert "2 new notices" in text and text.count(">New<") == 2
    assert "Why you are told: You contributed this example, or reviewed it." in text
    assert " UTC</bdi>" in text


def test_an_invitation_is_nothing_new_to_whoever_took_it(mine: Client, me: Person) -> None:
    text = page(mine)
    assert "You are invited to Precedent" in text
    assert "You have read everything." in text and ">New<" not in text


def test_an_inbox_without_notices_says_what_will_stand_there(mine: Client, me: Person) -> None:
    with a_change():
        actions.forget(me.id, by=OPERATOR)
    assert "Nothing yet." in page(mine)


def test_nobody_sees_the_notices_of_others(mine: Client, me: Person) -> None:
    tell(joined().recipient, Kind.SENT, title="For another one")
    text = page(mine)
    assert "For another one" not in text


def test_whoever_is_not_signed_in_signs_in_first(client: Client) -> None:
    response = client.get(INBOX)
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/en/account/inbox")


def test_opening_it_marks_nothing_as_read_and_the_button_what_was_seen(mine: Client, me: Person) -> None:
    tell(me.recipient, Kind.SENT, title="Seen")
    page(mine)
    seen = newest(page(mine))
    tell(me.recipient, Kind.SENT, title="Came since")
    response = mine.post("/en/account/inbox/read", {"newest": seen}, follow=True)
    text = response.content.decode()
    assert "1 notice is marked as read." in text
    assert text.count(">New<") == 1
    assert text.index("Came since") < text.index("Seen")
    assert queries.unread(me.id) == 1
    mine.post("/en/account/inbox/read", {"newest": newest(text)})
    text = page(mine)
    assert "You have read everything." in text
    assert "Mark all as read" not in text


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "٣", "9" * 400, "9" * 18, "\x00", "x"], ids=ascii)
def test_what_is_no_number_marks_nothing_and_is_page_one(mine: Client, me: Person, text: str) -> None:
    tell(me.recipient, Kind.SENT)
    assert mine.post("/en/account/inbox/read", {"newest": text}).status_code == 302
    assert queries.unread(me.id) == 1
    assert mine.get(INBOX, {"page": text}).status_code == 200


def test_reading_is_asked_for_by_a_form_of_this_site(me: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of(me), "allauth.account.auth_backends.AuthenticationBackend")
    tell(me.recipient, Kind.SENT)
    assert client.get("/en/account/inbox/read").status_code == 405
    assert client.post("/en/account/inbox/read", {"newest": "9"}).status_code == 403
    assert queries.unread(me.id) == 1


def test_many_notices_fill_pages(mine: Client, me: Person) -> None:
    there = len(queries.inbox(me.id).notices)
    for number in range(there, queries.PER_PAGE + 2):
        tell(me.recipient, Kind.SENT, title=f"Example no {number:03d}.")
    first, last = page(mine), page(mine, f"{INBOX}?page=2")
    assert first.count('<li class="sec">') == 50 and "no 051." in first and "no 001." not in first
    assert last.count('<li class="sec">') == 2 and "no 001." in last
    assert "Page 2 of 2" in last and "Mark all as read" not in last


@pytest.mark.parametrize("text", given.NASTY, ids=range(len(given.NASTY)))
def test_words_of_others_stay_words(mine: Client, me: Person, text: str) -> None:
    plain = page(mine)
    tell(me.recipient, Kind.DECLINED, title=text, reason=text)
    shown = page(mine)
    assert "<script>alert" not in shown
    assert shown.count("<h2") == plain.count("<h2") + 1


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_kind_is_shown_in_every_language(mine: Client, me: Person, language: str) -> None:
    for kind in Kind:
        tell(me.recipient, kind)
    text = page(mine, f"/{language}/account/inbox")
    assert text.count("<h1") == 1
    assert not re.search(r"\{\{|\}\}|\{%|%\(\w+\)s|None</|[{}]", re.sub("<[^>]*>", "", text))


def test_a_page_of_notices_costs_as_much_as_one_notice(
    mine: Client, me: Person, django_assert_max_num_queries: Any
) -> None:
    for _number in range(queries.PER_PAGE):
        tell(me.recipient, Kind.SENT)
    with django_assert_max_num_queries(10):
        page(mine)
