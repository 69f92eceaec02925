"""Nothing typed is lost: not to an expired session, an old form, a door that closed, or a fault of ours."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client

from precedent.people import queries
from precedent.people.permissions import Role
from tests import given
from tests.people.persons import PASSWORD, joined
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

PROFILE = "/en/account/profile"
SIGN_IN = "/en/account/sign-in"
LONG = (
    "Nobody at the office spoke their language.\r\n\r\nSo the city opened a line, in four languages, at any hour."
)


def browser(**more: Any) -> Client:
    """A browser whose forms are checked as in production."""
    return Client(enforce_csrf_checks=True, **more)


def token_in(text: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert found
    return found[1]


def fields_in(text: str) -> dict[str, list[str]]:
    """The fields of the form on a page that is sent again, as a browser would send them."""
    form = re.search(r'<form class="keep" method="post" action="[^"]*">(.*?)</form>', text, re.DOTALL)
    assert form
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[1])
    shown = re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form[1], re.DOTALL)
    found: dict[str, list[str]] = {}
    for name, value in [*hidden, *shown]:
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def sign_in(client: Client, email: str) -> None:
    token = token_in(client.get(SIGN_IN).content.decode())
    answer = client.post(SIGN_IN, {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_what_was_typed_after_the_session_had_ended_arrives_after_signing_in_again() -> None:
    person = joined()
    client = browser()
    sign_in(client, person.email)
    page = client.get(PROFILE).content.decode()
    typed = {
        "name": "Somebody with a longer name",
        "language": "fr",
        "seen": re.findall(r'name="seen" value="(\d+)"', page)[0],
        "do": "save",
        "csrfmiddlewaretoken": token_in(page),
    }
    client.session.flush()
    kept = client.post(PROFILE, typed)
    text = kept.content.decode()
    assert kept.status_code == 403 and queries.person(person.id).name == "Somebody"
    assert "You are signed out, and this is not saved yet." in text
    assert f'<a class="btn" href="{SIGN_IN}" target="_blank" rel="noopener">' in text
    # Signing in happens in another tab of the same browser; this one stays as it is.
    sign_in(client, person.email)
    assert client.post(PROFILE, fields_in(text)).status_code in (200, 302)
    assert queries.person(person.id).name == "Somebody with a longer name"


def test_a_form_that_was_open_for_long_is_sent_again_with_one_button() -> None:
    client = browser()
    client.get(SIGN_IN)
    old = client.post(
        SIGN_IN, {"login": "somebody@example.org", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}
    )
    text = old.content.decode()
    assert old.status_code == 403 and "This form was open for long, and is not saved yet." in text
    assert fields_in(text)["login"] == ["somebody@example.org"]
    # The page is open to everybody: there is no need to sign in first.
    assert 'target="_blank"' not in text
    assert client.post(SIGN_IN, fields_in(text)).status_code == 200


def test_no_password_and_no_file_is_kept_and_the_file_is_named() -> None:
    sent = {
        "password1": PASSWORD,
        "oldpassword": PASSWORD,
        "note": "kept",
        "file": SimpleUploadedFile("<report>.pdf", b"%PDF"),
    }
    text = browser().post(PROFILE, sent).content.decode()
    assert PASSWORD not in text and "The file “&lt;report&gt;.pdf” is not kept." in text
    assert 'name="note" value="kept"' in text


@pytest.mark.parametrize(
    "typed", [*given.NASTY, LONG, "\r\n begins with an empty line", "</textarea><script>"], ids=ascii
)
def test_a_text_comes_back_to_the_letter(typed: str) -> None:
    # Browsers send each end of a line as carriage return and line feed, and NUL as a replacement.
    typed = re.sub(r"\r\n|\r|\n", "\r\n", typed.replace("\x00", "\ufffd"))
    text = browser().post(PROFILE, {"text": [typed, "and a second"]}).content.decode()
    assert set(fields_in(text)["text"]) == {typed, "and a second"}
    assert "<script>alert" not in text and "</textarea><script>" not in text


def test_a_long_text_can_be_read_and_a_short_one_is_only_carried_along() -> None:
    text = browser().post(PROFILE, {"story": LONG, "country": "NP"}).content.decode()
    assert re.search(r'<textarea id="kept-1" name="story" readonly dir="auto">', text)
    assert '<input type="hidden" name="country" value="NP">' in text


def test_a_browser_without_cookies_is_told_so() -> None:
    text = browser().post(SIGN_IN, {"login": "somebody@example.org"}).content.decode()
    assert "Your browser sent no cookie, and this is not saved yet." in text


def test_a_form_of_another_site_is_not_offered_to_be_sent_again() -> None:
    client = browser(headers={"Origin": "https://example.org"})
    client.get(SIGN_IN)
    answer = client.post(SIGN_IN, {"login": LONG})
    text = answer.content.decode()
    assert answer.status_code == 403 and "was not sent from a page of this site" in text
    assert "Send again" not in text and "four languages" in text


def test_whoever_may_not_any_more_can_still_copy_what_they_typed() -> None:
    text = signed_in(joined(Role.CONTRIBUTOR)).post("/en/account/people/invite", {"name": LONG}).content.decode()
    assert "Your role does not allow this." in text and "four languages" in text and "Send again" not in text


def test_more_text_than_can_be_taken_in_is_refused_in_words(client: Client, settings: Any) -> None:
    answer = client.post(
        SIGN_IN, "login=" + "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "This is more than 12 MB of text, and was not saved." in answer.content.decode()


def test_a_paste_of_ten_megabytes_is_kept() -> None:
    pasted = "word " * 2_000_000
    answer = Client().post(PROFILE, "text=" + pasted.replace(" ", "+"), "application/x-www-form-urlencoded")
    assert answer.status_code == 403 and pasted in answer.content.decode()


def test_a_fault_of_ours_keeps_what_was_typed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from precedent.web.refusals import RefusalPages

    def fail(self: object, request: HttpRequest) -> HttpResponse:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(RefusalPages, "__call__", fail)
    client.raise_request_exception = False
    answer = client.post(SIGN_IN, {"login": LONG})
    text = answer.content.decode()
    assert answer.status_code == 500 and "secret detail" not in text
    assert fields_in(text)["login"] == [LONG]
