import html
import json
import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django.utils import timezone

from precedent.kernel.languages import LANGUAGES
from precedent.notices.letters import STOP, stop_address
from precedent.notices.records import Mail
from precedent.people import actions, queries
from precedent.people.permissions import Role
from precedent.people.records import Person, Standing
from tests import given
from tests.people.persons import OPERATOR, PASSWORD, asking, invited, joined, let_time_pass, somewhere
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

PEOPLE = "/en/account/people"
PROFILE = "/en/account/profile"


@pytest.fixture
def editor() -> Person:
    return joined(Role.EDITOR, "The first editor")


@pytest.fixture
def administrator() -> Person:
    return joined(Role.ADMINISTRATOR, "The only administrator")


@pytest.fixture
def me() -> Person:
    """A contributor, who keeps their own profile."""
    return joined(name="A contributor", organisation="Union", country="NP")


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Client:
    """The browser of whoever the test is about, signed in; a passer-by's where it is about nobody."""
    for who in ("editor", "administrator", "me"):
        if who in request.fixturenames:
            return signed_in(request.getfixturevalue(who), second_factor=who != "me")
    return Client()


def text_of(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.content.decode()[-2000:]
    return html.unescape(response.content.decode())


def at(person: Person) -> str:
    return f"{PEOPLE}/{person.number}"


def now(person: Person) -> Person:
    return queries.person(person.id)


# ---------- pages in every language ----------


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_page_about_people_is_there_in_every_language(
    client: Client, administrator: Person, language: str
) -> None:
    persons = [
        asking(),
        invited(Role.FOCAL_POINT).person,
        joined(Role.REVIEWER),
        actions.erase(joined(), "", by=OPERATOR),
    ]
    actions.make_token(administrator, "Reports", by=queries.actor(administrator))
    link = f"/join/{invited().token}"
    mail = (stop_address(administrator.id) or "").rpartition("/account")[2]
    pages = [
        "/account/people",
        "/account/people/invite",
        "/account/profile",
        "/account/ask",
        f"/account{mail}",
        link,
    ]
    for address in [*pages, *(f"/account/people/{person.number}" for person in persons)]:
        text = text_of(client.get(f"/{language}{address}"))
        assert f'<html lang="{language}"' in text and text.count("<h1") == 1
        assert not re.search(r"\{\{|\}\}|\{%|%\(\w+\)s|\{\w+\}|None</", text.replace("{n}", ""))
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), address


# ---------- inviting ----------

INVITE = {"name": "Somebody new", "language": "fr", "role": "reviewer", "areas": ["A", "C"]}


def test_an_editor_invites_and_sees_the_link_once(client: Client, editor: Person) -> None:
    text = text_of(client.post(f"{PEOPLE}/invite", {**INVITE, "email": "New@Example.org"}))
    person = queries.person_of_address("new@example.org")
    assert person and (person.role, person.areas, person.language) == (Role.REVIEWER, ("A", "C"), "fr")
    link = re.findall(r"http://testserver(/en/join/[\w-]+)", text)[0]
    assert "new@example.org" in text
    client.logout()
    page = text_of(client.get(link))
    assert "The first editor (Editor) invites you" in page and "Reviewer (A" not in page and "Reviewer (" in page


def test_a_refused_invitation_shows_again_what_was_typed(client: Client, editor: Person) -> None:
    text = text_of(client.post(f"{PEOPLE}/invite", {**INVITE, "email": "nowhere", "name": "<script>"}), 422)
    assert "<title>Error: Invite somebody" in text
    assert '<a href="#email">' in text and 'id="email-e"' in text
    assert 'value="nowhere"' in text
    assert re.search(r'value="reviewer" checked', text) and re.search(r'value="C" checked', text)
    raw = client.post(f"{PEOPLE}/invite", {**INVITE, "email": "nowhere", "name": "<script>"}).content.decode()
    assert "<script>" not in raw.partition("<main")[2]
    text = text_of(client.post(f"{PEOPLE}/invite", {**INVITE, "email": editor.email}), 409)
    assert "is here already" in text


def test_an_editor_is_offered_no_role_that_only_administrators_give(client: Client, editor: Person) -> None:
    assert 'value="editor"' not in text_of(client.get(f"{PEOPLE}/invite"))
    text_of(client.post(f"{PEOPLE}/invite", {**INVITE, "email": somewhere(), "role": "editor"}), 403)
    text_of(client.post(f"{PEOPLE}/invite", {**INVITE, "email": somewhere(), "role": "nonsense"}), 422)


# ---------- joining ----------


def test_a_link_leads_to_a_password_and_into_the_account(client: Client) -> None:
    link = invited(Role.CONTRIBUTOR).path
    assert "operator" not in text_of(client.get(link))
    answer = client.post(link, {"password": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_whoever_needs_a_second_factor_is_led_to_it(client: Client) -> None:
    answer = client.post(invited(Role.EDITOR).path, {"password": PASSWORD, "password2": PASSWORD})
    assert answer.headers["Location"].endswith("/account/second-factor/set-up")


def test_a_weak_or_mistyped_password_is_told_and_nothing_is_opened(client: Client) -> None:
    invitation = invited()
    text = text_of(client.post(invitation.path, {"password": "short", "password2": "short"}), 422)
    assert (
        '<a href="#password">' in text and "short" not in text.partition("<main")[2].partition("short version")[0]
    )
    text = text_of(client.post(invitation.path, {"password": PASSWORD, "password2": PASSWORD + "x"}), 422)
    assert '<a href="#password2">' in text and PASSWORD not in text
    assert now(invitation.person).standing is Standing.INVITED


def test_a_link_that_opens_nothing_says_why_and_what_to_do(client: Client) -> None:
    text = text_of(client.get("/en/join/forged"), 404)
    assert "not valid" in text and "/en/account/ask" in text
    used = invited()
    client.post(used.path, {"password": PASSWORD, "password2": PASSWORD})
    client.logout()
    text = text_of(client.post(used.path, {"password": PASSWORD, "password2": PASSWORD}), 410)
    assert "was used" in text and "/en/account/sign-in" in text
    late = invited()
    let_time_pass(late.person, timedelta(days=15))
    assert "expired" in text_of(client.get(late.path), 410)


# ---------- asking ----------

ASK = {"name": "Somebody", "language": "en", "why": "A help line in four languages.", "organisation": "Union"}


def test_the_answer_to_a_request_is_the_same_for_every_address(client: Client) -> None:
    shut = actions.close(joined(), "Left.", by=OPERATOR)
    emails = [somewhere(), joined().email, invited().person.email, asking().email, shut.email]
    answers = {text_of(client.post("/en/account/ask", {**ASK, "email": e})).replace(e, "…") for e in emails}
    assert len({re.sub(r"\s+", " ", answer) for answer in answers}) == 1
    found = queries.person_of_address(emails[0])
    assert found and found.standing is Standing.ASKED


def test_a_request_that_lacks_something_loses_nothing(client: Client) -> None:
    text = text_of(client.post("/en/account/ask", {**ASK, "email": "", "name": "Żółć & Co"}), 422)
    assert 'value="Żółć & Co"' in text and "A help line in four languages." in text and 'value="Union"' in text
    assert "One answer needs attention" in text


@pytest.mark.parametrize("nasty", given.NASTY)
def test_nothing_that_is_typed_breaks_a_form(client: Client, nasty: str) -> None:
    response = client.post("/en/account/ask", dict.fromkeys([*ASK, "email", "country"], nasty))
    assert response.status_code in (422, 429)
    if len(nasty) > 3 and "<" in nasty:
        assert nasty not in response.content.decode()


def test_a_form_without_its_token_is_not_taken() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/en/account/ask", {**ASK, "email": "x@example.org"}).status_code == 403
    assert queries.person_of_address("x@example.org") is None


def test_too_many_requests_from_one_place_are_slowed_down(client: Client) -> None:
    answers = [client.post("/en/account/ask", {}, REMOTE_ADDR="192.0.2.77").status_code for _number in range(25)]
    assert answers[0] == 422 and answers[-1] == 429


# ---------- one person ----------


def test_an_editor_grants_a_request(client: Client, editor: Person) -> None:
    person = asking(why="A help line.")
    assert "A help line." in text_of(client.get(at(person)))
    sent = {"do": "approve", "seen": person.changed, "role": "focal-point", "countries": ["NP", ""]}
    assert "/en/join/" in text_of(client.post(at(person), sent))
    assert (now(person).standing, now(person).countries) == (Standing.INVITED, ("NP",))


def test_an_editor_refuses_a_request_with_a_reason(client: Client, editor: Person) -> None:
    person = asking()
    text = text_of(client.post(at(person), {"do": "refuse", "seen": person.changed}), 422)
    assert '<a href="#refuse-reason">' in text and 'id="refuse-reason"' in text
    answer = client.post(
        at(person), {"do": "refuse", "seen": person.changed, "reason": "Nothing was said."}, follow=True
    )
    assert "A mail says so" in text_of(answer) and "Nothing was said." in text_of(client.get(at(person)))


def test_the_loser_of_two_editors_is_told_and_keeps_what_was_typed(client: Client, editor: Person) -> None:
    person = joined()
    actions.give_role(person, Role.REVIEWER, ("A",), (), "Reviews now.", by=OPERATOR)
    sent = {
        "do": "give-role",
        "seen": person.changed,
        "role": "focal-point",
        "countries": "NP",
        "reason": "For Nepal.",
    }
    text = text_of(client.post(at(person), sent), 409)
    assert "Somebody else changed this meanwhile" in text and "For Nepal." in text
    assert now(person).role is Role.REVIEWER
    seen = re.findall(r'name="seen" value="(\d+)"', text)[0]
    client.post(at(person), {**sent, "seen": seen})
    assert now(person).role is Role.FOCAL_POINT


def test_closing_and_opening_again(client: Client, editor: Person) -> None:
    person = joined()
    client.post(at(person), {"do": "close", "seen": person.changed, "reason": "Left the ministry."})
    assert now(person).standing is Standing.CLOSED
    client.post(at(person), {"do": "reopen", "seen": now(person).changed})
    assert now(person).standing is Standing.ACTIVE


def test_inviting_again_shows_a_new_link(client: Client, editor: Person) -> None:
    invitation = invited()
    text = text_of(client.post(at(invitation.person), {"do": "invite-again", "seen": invitation.person.changed}))
    assert invitation.token not in text and "/en/join/" in text


def test_erasing_is_asked_for_twice(client: Client, editor: Person) -> None:
    person = joined(name="Somebody to be erased")
    sent = {"do": "erase", "seen": str(person.changed), "reason": "At their wish."}
    text = text_of(client.post(at(person), sent))
    assert "cannot be taken back" in text and now(person).standing is Standing.ACTIVE
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text.partition("<main")[2]))
    assert fields.items() >= {**sent, "sure": "yes"}.items()
    client.post(at(person), fields)
    text = text_of(client.get(at(person)))
    assert (
        "Data withdrawn" in text
        and "Somebody to be erased" not in text
        and "<form" not in text.partition("<main")[2]
    )


def test_an_editor_sees_an_administrator_and_changes_nothing(client: Client, editor: Person) -> None:
    other = joined(Role.ADMINISTRATOR)
    text = text_of(client.get(at(other)))
    assert "Only an administrator can change this." in text and "<form" not in text.partition("<main")[2]
    sent = {"do": "close", "seen": other.changed, "reason": "Left."}
    text_of(client.post(at(other), sent), 403)


def test_the_last_administrator_is_told_what_to_do_first(client: Client, administrator: Person) -> None:
    sent = {"do": "give-role", "seen": administrator.changed, "role": "editor", "reason": "Enough."}
    text = text_of(client.post(at(administrator), sent), 409)
    assert "only administrator" in text and "Make somebody else an administrator first" in text
    text = text_of(client.post(PROFILE, {"do": "erase-for-good", "seen": administrator.changed}), 409)
    assert "only administrator" in text


def test_somebody_who_does_not_exist_is_not_found(client: Client, editor: Person) -> None:
    for number in ("999999", "9" * 40, "0"):
        text_of(client.get(f"{PEOPLE}/{number}"), 404)
        text_of(client.post(f"{PEOPLE}/{number}", {"do": "close"}), 404)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "²"])
def test_a_tampered_form_changes_nothing(client: Client, editor: Person, seen: str) -> None:
    person = joined()
    text_of(client.post(at(person), {"do": "close", "seen": seen, "reason": "Left."}), 409)
    text_of(client.post(at(person), {"do": "nonsense", "seen": person.changed}))
    assert now(person) == person


# ---------- the list ----------


def test_people_are_found_by_words_standing_and_role(client: Client, editor: Person) -> None:
    asking("Somebody waiting"), joined(Role.REVIEWER, "Somebody reading")
    text = text_of(client.get(PEOPLE))
    assert "3 people" in text and "1 request for an account is waiting" in text
    text = text_of(client.get(PEOPLE, {"standing": "asked"}))
    assert "Somebody waiting" in text and "Somebody reading" not in text
    assert "Somebody reading" in text_of(client.get(PEOPLE, {"q": "READING", "role": "reviewer"}))
    assert "Nobody here fits" in text_of(client.get(PEOPLE, {"q": "zeppelin"}))
    assert "3 people" in text_of(client.get(PEOPLE, {"standing": "x", "role": "\x00", "page": "9" * 40}))


def test_a_long_list_has_pages_that_keep_the_filter(client: Client, editor: Person) -> None:
    for _number in range(51):
        invited()
    text = text_of(client.get(PEOPLE, {"standing": "invited", "q": "somebody"}))
    assert "?q=somebody&standing=invited&page=2" in text
    assert text_of(client.get(PEOPLE, {"standing": "invited", "page": "2"})).count('role="rowheader"') == 1


def test_the_list_and_a_person_ask_the_database_a_known_number_of_times(
    client: Client, editor: Person, django_assert_max_num_queries: Any
) -> None:
    persons = [joined(organisation=f"Union {number}") for number in range(3)]
    client.get(PEOPLE)
    with django_assert_max_num_queries(10):
        client.get(PEOPLE)
    with django_assert_max_num_queries(12):
        client.get(at(persons[0]))


# ---------- one's own profile ----------

SAVED = {
    "do": "save",
    "name": "Another name",
    "organisation": "Ministry",
    "country": "SN",
    "language": "fr",
    "mail": "never",
    "attribution": "organisation",
}


def test_a_profile_is_kept(client: Client, me: Person) -> None:
    text = text_of(client.get(PROFILE))
    assert "Shown as: A contributor, Union" in text and "Shown as: a contributor" in text
    assert "Your profile is saved." in text_of(client.post(PROFILE, {**SAVED, "seen": me.changed}, follow=True))
    person = now(me)
    assert (person.name, str(person.organisation), person.language, person.mail, person.attribution) == (
        "Another name",
        "Ministry",
        "fr",
        "never",
        "organisation",
    )


def test_a_profile_from_an_old_tab_is_refused_with_what_was_typed(client: Client, me: Person) -> None:
    client.post(PROFILE, {**SAVED, "seen": me.changed})
    text = text_of(client.post(PROFILE, {**SAVED, "name": "From an old tab", "seen": me.changed}), 409)
    assert "From an old tab" in text and now(me).name == "Another name"
    text = text_of(client.post(PROFILE, {**SAVED, "name": "", "mail": "x", "seen": now(me).changed}), 422)
    assert '<a href="#name">' in text


def test_nobody_keeps_anothers_profile(client: Client, me: Person) -> None:
    other = joined(name="Another")
    client.post(PROFILE, {**SAVED, "seen": other.changed, "number": other.number})
    assert now(other).name == "Another"
    for address in (PEOPLE, f"{PEOPLE}/invite", at(other), at(me)):
        assert client.get(address).status_code == 403
        assert client.post(address, {"do": "close", "seen": other.changed, "reason": "x"}).status_code == 403


def test_a_token_is_shown_once_and_revoked(client: Client, me: Person) -> None:
    text = text_of(client.post(PROFILE, {"do": "make-token", "token": "Reports", "seen": me.changed}))
    secret = re.findall(r"precedent_[\w-]+", text)[0]
    assert queries.person_of_token(secret) == me
    text = text_of(client.get(PROFILE))
    assert secret not in text and "Reports" in text
    token = re.findall(r'name="number" value="(\d+)"', text)[0]
    client.post(PROFILE, {"do": "revoke", "number": token})
    assert queries.person_of_token(secret) is None and "Reports" not in text_of(client.get(PROFILE))
    text_of(client.post(PROFILE, {"do": "revoke", "number": token}), 404)
    text = text_of(client.post(PROFILE, {"do": "make-token", "token": " "}), 422)
    assert '<a href="#token">' in text


def test_nobody_revokes_anothers_token(client: Client, me: Person) -> None:
    other = joined()
    secret = actions.make_token(other, "Reports", by=queries.actor(other))
    number = queries.tokens(other)[0].number
    text_of(client.post(PROFILE, {"do": "revoke", "number": number}), 404)
    assert queries.person_of_token(secret) == other


def test_ones_data_can_be_taken_along(client: Client, me: Person) -> None:
    given.submission(by=queries.actor(me))
    actions.make_token(me, "Reports", by=queries.actor(me))
    response = client.post(PROFILE, {"do": "export"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    data = json.loads(response.content)
    assert (data["person"]["name"], data["person"]["email"]) == (me.name, me.email)
    assert [token["name"] for token in data["tokens"]] == ["Reports"]
    assert data["examples"][0]["text"]["title"] == given.document().title
    assert {event["what"] for event in data["happened"]} >= {"person.invited", "person.joined"}
    assert [notice["kind"] for notice in data["notices"]] == ["invited"] and "token" not in data["notices"][0][
        "facts"
    ]


def test_one_erases_ones_own_data_after_being_asked_twice(client: Client, me: Person) -> None:
    text = text_of(client.post(PROFILE, {"do": "erase", "seen": me.changed}))
    assert "cannot be taken back" in text and now(me) == me
    answer = client.post(PROFILE, {"do": "erase-for-good", "seen": me.changed})
    assert answer.cookies["sessionid"].value == ""
    assert "Your data is erased" in text_of(client.get(answer.headers["Location"]))
    assert now(me).standing is Standing.ERASED and not User.objects.filter(pk=me.account or 0).exists()
    assert client.get(PROFILE).status_code == 302


# ---------- stopping mail ----------


def test_mail_is_stopped_from_a_mail_without_signing_in(client: Client) -> None:
    person = joined()
    address = re.sub(r"https?://[^/]+", "", stop_address(person.id) or "")
    assert 'value="daily" checked' in text_of(client.get(address))
    assert now(person).mail is Mail.DAILY
    assert "Saved." in text_of(client.post(address, {"mail": "never"}, follow=True))
    assert now(person).mail is Mail.NEVER
    text_of(client.post(address, {"mail": "nonsense"}))
    assert now(person).mail is Mail.NEVER


def test_a_forged_or_expired_link_stops_nothing(client: Client) -> None:
    person = joined()
    signed = signing.dumps({"person": person.id}, salt=STOP)
    other = signing.dumps({"person": person.id}, salt="another")
    for forged in (signed[:-1] + ("A" if signed[-1] != "A" else "B"), other, "x", "a:b:c"):
        assert "not valid" in text_of(client.post(f"/en/account/mail/{forged}", {"mail": "never"}), 404)
    with patch("django.core.signing.time.time", return_value=timezone.now().timestamp() + 91 * 24 * 3600):
        assert "works for 90 days" in text_of(client.post(f"/en/account/mail/{signed}", {"mail": "never"}), 410)
    assert now(person).mail is Mail.DAILY
    actions.erase(person, "", by=OPERATOR)
    text_of(client.get(f"/en/account/mail/{signed}"), 404)
