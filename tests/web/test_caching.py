"""What is kept between browser and service: public pages by everybody, a person's pages by nobody."""

from typing import Any

import pytest
from django.test import Client

from precedent.people.permissions import Role
from tests.people.persons import joined
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

PUBLIC = ("/en/", "/en/search", "/fr/framework", "/en/entries/PPD-000001/history", "/en/about", "/api/v1/facets")


def followed(client: Client, address: str, **headers: str) -> Any:
    return client.get(address, follow=True, headers=headers)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_gives_no_cookie_and_may_be_kept(client: Client, address: str) -> None:
    answer = followed(client, address)
    assert answer.status_code == 200 and not answer.cookies
    assert answer.headers["Cache-Control"] == "no-cache, public" and answer.headers["ETag"]
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_for_somebody_signed_in_is_kept_by_nobody(client: Client, address: str) -> None:
    etag = followed(client, address).headers["ETag"]
    mine = followed(signed_in(joined()), address, **{"If-None-Match": etag})
    assert mine.status_code == 200 and "ETag" not in mine.headers
    assert mine.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in mine.headers["Vary"]


def test_what_somebody_signed_in_sees_is_not_what_others_see(client: Client) -> None:
    theirs = client.get("/en/").content.decode()
    reviewers = signed_in(joined(Role.REVIEWER)).get("/en/").content.decode()
    contributors = signed_in(joined()).get("/en/").content.decode()
    assert ">Sign in</a>" in theirs and ">Account</a>" not in theirs and ">Review</a>" not in theirs
    assert ">Account</a>" in reviewers and ">Review</a>" in reviewers and ">Sign in</a>" not in reviewers
    assert ">Account</a>" in contributors and ">Review</a>" not in contributors


@pytest.mark.parametrize("address", ["/en/account/sign-in", "/en/account/ask"])
def test_a_page_with_a_form_is_kept_by_nobody(client: Client, address: str) -> None:
    for _ in range(2):
        answer = client.get(address)
        assert "no-store" in answer.headers["Cache-Control"] and "ETag" not in answer.headers


def test_what_was_just_done_is_told_once_and_kept_by_nobody(client: Client) -> None:
    etag = client.get("/en/").headers["ETag"]
    browser = signed_in(joined())
    browser.post("/en/account/sign-out")
    told = browser.get("/en/", headers={"If-None-Match": etag})
    assert told.status_code == 200 and "You are signed out." in told.content.decode()
    assert "no-store" in told.headers["Cache-Control"]
    after = browser.get("/en/", headers={"If-None-Match": etag})
    assert after.status_code == 304


def test_an_answer_to_a_token_is_kept_by_nobody(client: Client) -> None:
    answer = client.get("/api/v1/facets", headers={"Authorization": "Bearer nothing"})
    assert answer.headers["Cache-Control"] == "private, no-store" and "ETag" not in answer.headers


def test_a_reader_costs_no_query_more_and_a_person_at_most_five(
    client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(joined(Role.EDITOR), second_factor=True)
    client.get("/en/about")
    with django_assert_num_queries(1):
        client.get("/en/about")
    # The session, the account, the person, their second factor, their unread notices.
    with django_assert_max_num_queries(1 + 5):
        browser.get("/en/about")


def test_a_session_that_is_none_reads_as_everybody_does(client: Client) -> None:
    client.cookies["sessionid"] = "x" * 32
    answer = client.get("/en/")
    assert answer.status_code == 200 and ">Sign in</a>" in answer.content.decode()


def test_cookies_are_closed_to_scripts_and_other_sites_and_to_plain_http_where_the_site_has_https(
    client: Client, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    for name, morsel in client.get("/en/account/sign-in").cookies.items():
        assert morsel["httponly"] and morsel["samesite"] == "Lax" and morsel["secure"], name
