"""Suggestions as programs and the search box get them."""

import pytest
from django.test import Client

from precedent.kernel.languages import LANGUAGES
from tests.given import NASTY

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/suggest"


def items(client: Client, **asked: str) -> list[dict[str, str]]:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    return list(answer.json()["items"])


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_a_suggestion_leads_to_a_page_in_the_language_asked_for(client: Client, language: str) -> None:
    found = items(client, q="recru", lang=language)
    assert found
    for item in found:
        path = item["url"].removeprefix("http://testserver")
        assert path.startswith(f"/{language}/") and client.get(path).status_code == 200
        assert (item["facet"] is None) == (item["kind"] == "entry")


def test_a_suggestion_says_what_it_is_and_how_many_entries_it_has(client: Client) -> None:
    (nepal, *_) = items(client, q="nepa", lang="en")
    assert (nepal["kind"], nepal["facet"], nepal["code"], nepal["label"]) == ("country", "country", "NP", "Nepal")
    assert nepal["note"] == f"Country · {nepal['count']} entries"
    told = client.get("/api/v1/entries", {"country": "NP"}).json()
    assert nepal["count"] == told["count"]


def test_without_a_language_the_readers_wish_decides(client: Client) -> None:
    told = client.get(ADDRESS, {"q": "trabajadores dom"}, headers={"Accept-Language": "es"}).json()
    assert told["items"][0]["label"] == "Trabajadores domésticos"


@pytest.mark.parametrize("typed", [text for text in NASTY if len(text) <= 300], ids=ascii)
def test_no_text_makes_an_error(client: Client, typed: str) -> None:
    items(client, q=typed)


@pytest.mark.parametrize("asked", [{"lang": "tlh"}, {"q": "a" * 301}, {"q": "recru", "country": "PH"}], ids=str)
def test_what_is_not_understood_is_refused(client: Client, asked: dict[str, str]) -> None:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 422
    assert answer.json()["code"] == "request-not-understood"
