"""Signing in, and what people see to in their accounts."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from precedent.kernel.languages import LANGUAGES
from precedent.people import actions, queries
from precedent.people.account_words import CHANGES, LETTERS
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.project import settings as settings_of_the_service
from tests.people.persons import OPERATOR, PASSWORD, account_of, joined
from tests.web.readers import code_now, give_second_factor, signed_in

pytestmark = pytest.mark.django_db

SIGN_IN = "/en/account/sign-in"
FORGOTTEN = "/en/account/password/forgotten"
PEOPLE = "/en/account/people"
OTHER = "seven quiet harbours in the rain"
WRONG = "Address and password do not fit together. Check both, or choose a new password."


QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def a_fresh_start(settings: Any) -> None:
    """Nobody has tried before; and passwords are proven quickly, for they are proven a hundred times here."""
    cache.clear()
    settings.PASSWORD_HASHERS = QUICK


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return str(answer.content.decode())


def sign_in(browser: Client, person: Person, password: str = PASSWORD, **more: str) -> Any:
    return browser.post(SIGN_IN, {"login": person.email, "password": password, **more})


def link_in(text: object) -> str:
    """The address, without the site, to which the only link of a mail leads."""
    (found,) = re.findall(r"http://localhost:8000(/\S+)", str(text))
    return str(found)


def is_signed_in(browser: Client) -> bool:
    return browser.get("/en/account").status_code == 200


def prove(browser: Client, after: str) -> Any:
    """Type the password once more, where a page asks for it."""
    return browser.post(f"/en/account/confirm?next={after}", {"password": PASSWORD})


# ---------- signing in and out ----------


def test_people_sign_in_with_their_address_and_arrive_at_what_is_theirs(client: Client) -> None:
    person = joined()
    answer = sign_in(client, person)
    assert (answer.status_code, answer["Location"]) == (302, client.get("/en/account/sign-in")["Location"])
    assert is_signed_in(client)
    # Capitals and blanks around an address are no other address.
    assert Client().post(SIGN_IN, {"login": f" {person.email.upper()} ", "password": PASSWORD}).status_code == 302


def test_people_come_back_to_where_they_wanted_to_go_and_never_to_another_site(client: Client) -> None:
    person = joined()
    form = text_of(client.get(f"{SIGN_IN}?next=/fr/search"))
    assert '<input type="hidden" name="next" value="/fr/search">' in form
    assert sign_in(client, person, next="/fr/search")["Location"] == "/fr/search"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)", "http:///example.org"):
        assert "example.org" not in sign_in(Client(), person, next=elsewhere)["Location"]


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client) -> None:
    person = joined()
    wrong = sign_in(client, person, "not the password")
    unknown = client.post(SIGN_IN, {"login": "x@example.org", "password": PASSWORD})
    answers = [wrong, unknown]
    texts = [re.sub(r'value="[^"]*"', "", text_of(answer)) for answer in answers]
    assert texts[0] == texts[1] and WRONG in texts[0]
    assert "<title>Error: Sign in | Precedent</title>" in texts[0]
    assert PASSWORD not in text_of(answers[1])


def test_a_form_names_what_is_missing_and_where(client: Client) -> None:
    text = text_of(client.post(SIGN_IN, {"login": "nobody", "password": ""}))
    assert '<a href="#login">Write an e-mail address, such as name@example.org.</a>' in text
    assert '<a href="#password">Type your password.</a>' in text
    assert 'id="login-e">Error: write an e-mail address' in text and 'value="nobody"' in text


def test_guessing_is_slowed_down(client: Client) -> None:
    person = joined()
    for _ in range(5):
        assert WRONG in text_of(sign_in(client, person, "a guess"))
    text = text_of(sign_in(client, person))
    assert "Too many attempts. Wait a few minutes, then try again." in text and not is_signed_in(client)
    for _ in range(30):
        answer = client.post(SIGN_IN, {"login": "somebody@example.org", "password": "x"})
    assert answer.status_code == 429 and "Too many attempts." in answer.content.decode()


def test_whoever_is_shut_out_is_told_so_and_does_not_come_in(client: Client) -> None:
    person = joined()
    inside = signed_in(person)
    actions.close(queries.person(person.id), "Has left the ministry.", by=OPERATOR)
    answer = sign_in(client, person)
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/closed")
    assert "This account is closed" in text_of(client.get(answer["Location"]))
    assert not is_signed_in(client) and not is_signed_in(inside)
    assert "Sign in" in text_of(inside.get("/en/"))


def test_signing_out_ends_the_session_here_and_says_so(client: Client) -> None:
    person = joined()
    client, elsewhere = signed_in(person), signed_in(person)
    assert client.get("/en/account/sign-out").status_code == 200 and is_signed_in(client)
    text = text_of(client.post("/en/account/sign-out", follow=True))
    assert "You are signed out." in text and not is_signed_in(client) and is_signed_in(elsewhere)
    assert "You are signed out." not in text_of(client.get("/en/"))


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    assert client.get("/en/account/sign-up")["Location"] == "/en/account/ask"
    assert client.post("/en/account/sign-up", {"email": "x@example.org", "password1": OTHER}).status_code == 405


# ---------- passwords ----------


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client) -> None:
    person = joined()
    answer = client.post(FORGOTTEN, {"email": person.email}, follow=True)
    assert "Look at your mail" in text_of(answer)
    (letter,) = mail.outbox
    assert letter.to == [person.email] and "Why this mail came:" in letter.body
    link = link_in(letter.body)
    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    weak = text_of(client.post(address, {"password1": "password", "password2": "password"}))
    assert "Use at least 12 characters." in weak
    unlike = text_of(client.post(address, {"password1": OTHER, "password2": PASSWORD}))
    assert '<a href="#password2">Type the same password twice.</a>' in unlike and OTHER not in unlike
    done = text_of(client.post(address, {"password1": OTHER, "password2": OTHER}, follow=True))
    assert "Your new password is saved" in done
    assert sign_in(Client(), person).status_code == 200 and sign_in(Client(), person, OTHER).status_code == 302
    again = text_of(Client().get(link, follow=True))
    assert "This link works no more" in again and "Ask for a new link" in again
    assert "A new password was chosen" in mail.outbox[-1].body


def test_asking_for_a_new_password_does_not_tell_whether_there_is_an_account(client: Client) -> None:
    known = client.post(FORGOTTEN, {"email": joined().email})
    unknown = client.post(FORGOTTEN, {"email": "stranger@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox][1:] == [["stranger@example.org"]]
    assert "nobody has an account with this address" in mail.outbox[1].body


def test_a_new_password_signs_out_everywhere_else(client: Client) -> None:
    person = joined()
    here, there = signed_in(person), signed_in(person)
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    text = text_of(here.post("/en/account/password", typed, follow=True))
    assert "Your new password is saved." in text
    assert is_signed_in(here) and not is_signed_in(there)
    assert mail.outbox[-1].subject == "Your password has changed"


def test_a_password_like_the_address_is_refused_in_words(client: Client) -> None:
    person = joined(email="jasmine.harbour@example.org")
    typed = {"oldpassword": PASSWORD, "password1": "jasmine.harbour", "password2": "jasmine.harbour"}
    text = text_of(signed_in(person).post("/en/account/password", typed))
    assert "less like your name or address" in text


def test_a_mail_server_that_is_away_is_told_to_who_waits_for_a_mail(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    person = joined()
    (tmp_path / "full").write_text("")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    text = text_of(client.post(FORGOTTEN, {"email": person.email}), 503)
    assert "The mail could not be sent." in text
    # What was done stays done, and nobody waits for the mail about it.
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    assert signed_in(person).post("/en/account/password", typed).status_code == 302
    assert sign_in(Client(), person, OTHER).status_code == 302


# ---------- the address ----------


def test_a_new_address_is_in_use_once_its_link_was_opened() -> None:
    person = joined()
    browser = signed_in(person)
    asked = browser.post("/en/account/email", {"email": "new@example.org", "action_add": ""})
    assert asked["Location"] == "/en/account/confirm?next=%2Fen%2Faccount%2Femail"
    text = text_of(prove(browser, "/en/account/email"), 302) or text_of(browser.get("/en/account/email"))
    assert "A link was sent to new@example.org" in text
    letter = mail.outbox[-1]
    assert letter.to == ["new@example.org"] and queries.person(person.id).email == person.email
    link = link_in(letter.body)
    assert "Is new@example.org your address?" in text_of(browser.get(link))
    assert queries.person(person.id).email == person.email
    assert "new@example.org is your address from now on." in text_of(browser.post(link, follow=True))
    assert queries.person(person.id).email == "new@example.org"
    assert mail.outbox[-1].to == [person.email] and "is now new@example.org" in mail.outbox[-1].body
    assert "This link works no more" in text_of(Client().get(link))
    assert sign_in(Client(), person).status_code == 200
    assert sign_in(Client(), queries.person(person.id)).status_code == 302


def test_the_address_of_somebody_else_is_neither_taken_nor_told() -> None:
    other, browser = joined(), signed_in(joined())
    prove(browser, "/en/account/email")
    text = text_of(browser.post("/en/account/email", {"email": other.email, "action_add": ""}, follow=True))
    assert f"We sent a mail to {other.email}" in text
    link = link_in(mail.outbox[-1].body)
    assert "choose another address" in text_of(browser.get(link))
    browser.post(link)
    assert queries.person(other.id).email == other.email and sign_in(Client(), other).status_code == 302


# ---------- the second factor ----------


def set_up(browser: Client, commits: Any) -> str:
    """Set the second factor up as people do. Gives the key that was shown."""
    address = "/en/account/second-factor/set-up"
    assert browser.get(address)["Location"].startswith("/en/account/confirm?next=")
    prove(browser, address)
    text = text_of(browser.get(address))
    found = re.search(r"<strong><bdi>([A-Z2-7 ]+)</bdi></strong>", text)
    assert found and 'href="otpauth://totp/' in text and "<path fill=" in text
    secret = found[1].replace(" ", "")
    assert "This code is not right." in text_of(browser.post(address, {"code": "000000"}))
    with commits(execute=True):
        answer = browser.post(address, {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/second-factor/recovery")
    return secret


def test_an_editor_sets_up_a_second_factor_acts_with_it_and_signs_in_with_it(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = joined(Role.EDITOR)
    browser = signed_in(person)
    assert "Your role acts only when you sign in with a second factor." in text_of(browser.get("/en/account"))
    assert browser.get(PEOPLE).status_code == 403
    secret = set_up(browser, django_capture_on_commit_callbacks)
    assert browser.get(PEOPLE).status_code == 200
    assert mail.outbox[-1].subject == "The second factor is set up"
    # Codes are for one use.
    cache.clear()
    answer = sign_in(client, person)
    assert answer["Location"] == "/en/account/second-factor/code" and not is_signed_in(client)
    assert "This code is not right." in text_of(client.post(answer["Location"], {"code": "123456"}))
    client.post(answer["Location"], {"code": code_now(secret)})
    assert is_signed_in(client) and client.get(PEOPLE).status_code == 200


def test_a_recovery_code_stands_in_for_the_telephone_once(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = joined(Role.EDITOR)
    browser = signed_in(person)
    set_up(browser, django_capture_on_commit_callbacks)
    codes = re.findall(r"<li><bdi>(\d{8})</bdi>", text_of(browser.get("/en/account/second-factor/recovery")))
    assert len(codes) == 10
    file = browser.get("/en/account/second-factor/recovery/file")
    assert text_of(file).split() == codes and "attachment" in file["Content-Disposition"]
    sign_in(client, person)
    client.post("/en/account/second-factor/code", {"code": codes[0]})
    assert client.get(PEOPLE).status_code == 200
    second = Client()
    sign_in(second, person)
    assert "This code is not right." in text_of(second.post("/en/account/second-factor/code", {"code": codes[0]}))
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/en/account/second-factor/recovery/new")
    assert answer.status_code == 302, text_of(answer)
    made = text_of(browser.get("/en/account/second-factor/recovery"))
    assert not any(code in made for code in codes) and len(re.findall(r"<li><bdi>\d{8}<", made)) == 10
    assert mail.outbox[-1].subject == "New recovery codes"


def test_whoever_removes_the_second_factor_acts_without_it_at_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    browser = signed_in(joined(Role.EDITOR))
    set_up(browser, django_capture_on_commit_callbacks)
    text = text_of(browser.post("/en/account/second-factor/remove", follow=True))
    assert "The second factor is removed." in text and browser.get(PEOPLE).status_code == 403


def test_the_password_alone_does_not_open_an_account_with_a_second_factor(client: Client) -> None:
    person = joined()
    give_second_factor(person)
    sign_in(client, person)
    for address in ("/en/account", "/en/account/second-factor", "/en/account/second-factor/recovery"):
        assert client.get(address)["Location"].startswith("/en/account/sign-in")


# ---------- sessions ----------


def test_sessions_are_listed_and_ended_one_by_one_or_all_others(client: Client) -> None:
    person = joined()
    browsers = [Client(headers={"User-Agent": f"Browser {name}"}) for name in ("one", "two", "three")]
    for browser in browsers:
        sign_in(browser, person)
    here, second, third = browsers
    text = text_of(here.get("/en/account/sessions"))
    assert all(f"Browser {name}" in text for name in ("one", "two", "three")) and text.count("This device") == 1
    (number,) = re.findall(r'Browser two.*?name="session" value="(\d+)"', text, re.DOTALL)[:1]
    assert "You are signed out there." in text_of(
        here.post("/en/account/sessions", {"session": number}, follow=True)
    )
    assert [is_signed_in(browser) for browser in browsers] == [True, False, True]
    here.post("/en/account/sessions")
    assert [is_signed_in(browser) for browser in browsers] == [True, False, False]
    assert second.get("/en/account").status_code == third.get("/en/account").status_code == 302


def test_nobody_ends_the_session_of_somebody_else() -> None:
    mine, theirs = Client(), Client()
    sign_in(mine, joined())
    sign_in(theirs, joined())
    (number,) = re.findall(r'name="session" value="(\d+)"', text_of(theirs.get("/en/account/sessions"))) or ["0"]
    for guess in range(int(number), int(number) + 50):
        mine.post("/en/account/sessions", {"session": str(guess)})
    assert is_signed_in(theirs)


# ---------- words ----------


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_each_page_of_an_account_is_there_in_each_language(language: str, client: Client) -> None:
    browser = signed_in(joined(Role.EDITOR), second_factor=True)
    own = (
        "",
        "/email",
        "/password",
        "/sessions",
        "/second-factor",
        "/sign-out",
        "/confirm",
        "/second-factor/show",
    )
    open_to_all = (
        "/sign-in",
        "/closed",
        "/email/sent",
        "/email/confirm/x",
        "/password/forgotten",
        "/password/saved",
    )
    told = ("/password/forgotten/sent", "/password/new/1-x")
    for reader, addresses in ((browser, own), (client, (*open_to_all, *told))):
        for address in addresses:
            text = text_of(reader.get(f"/{language}/account{address}"))
            assert text.count("<h1") == 1 and f'<html lang="{language}"' in text, address
            assert not re.search(
                r"\{\{|\}\}|\{%|%\(\w+\)s|None<|<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", text
            )


def test_a_mail_speaks_the_language_of_its_reader_and_leads_to_pages_in_it(client: Client) -> None:
    person = joined(language="fr")
    client.post(FORGOTTEN, {"email": person.email})
    assert link_in(mail.outbox[-1].body).startswith("/fr/account/password/new/")


def test_a_mail_says_when_it_was_done_from_where_and_why_it_came() -> None:
    person = joined()
    typed = {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}
    signed_in(person).post("/en/account/password", typed)
    body = str(mail.outbox[-1].body)
    assert re.search(r"It was done on \d{4}-\d\d-\d\d \d\d:\d\d UTC from the address 127\.0\.0\.1", body)
    assert link_in(body) == FORGOTTEN and "this mail cannot be stopped" in body


LEFT = re.compile("_code$|_signup$|already_exists|webauthn|_confirm$|/base")
"""The library's mails about what is not used here: codes by mail, signing up, passkeys."""


def test_every_mail_of_the_library_has_words_of_ours() -> None:
    templates = Path(allauth.__file__).parent / "templates"
    found = {
        str(file.relative_to(templates)).removesuffix("_message.txt")
        for room in ("account", "mfa")
        for file in (templates / room / "email").glob("*_message.txt")
    }
    assert {name for name in found if not LEFT.search(name)} == set(LETTERS)
    told = {"timestamp": "", "ip": "", "when": "", "from_email": "", "to_email": "", "deleted_email": ""}
    for letter in CHANGES.values():
        assert all(str(text).format(**told) for text in letter.said)


def test_signing_in_forgets_sessions_that_have_expired(client: Client) -> None:
    person = joined()
    old = signed_in(person).session.session_key
    Session.objects.filter(pk=old).update(expire_date=timezone.now())
    sign_in(client, person)
    assert not Session.objects.filter(pk=old).exists()


def test_no_password_is_kept_in_the_clear_or_with_a_weak_hash(settings: Any) -> None:
    settings.PASSWORD_HASHERS = settings_of_the_service.PASSWORD_HASHERS
    assert account_of(joined()).password.startswith("argon2$argon2id$")
