import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from precedent.audit import queries as audit
from precedent.catalogue import actions, queries
from precedent.kernel.languages import LANGUAGES
from precedent.search import engine
from tests import given

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "search",
    "search?q=recruitment&barrier=cost&barrier=debt",
    "search?q=zzzz&country=PH",
    "entries/PPD-000001",
    "entries/PPD-000001/history",
    "framework",
    "framework/editions/1",
    "vocabularies",
    "vocabularies/group",
    "vocabularies/group/migrant-workers",
    "vocabularies/status/pilot",
    "about",
    "accessibility",
    "privacy",
]


def page(client: Client, address: str, **headers: Any) -> str:
    response = client.get(address, follow=True, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_there_in_every_language(client: Client, address: str, language: str) -> None:
    text = page(client, f"/{language}/{address}")
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert text.count("<h1") == 1
    assert not re.search(r"\{\{|\}\}|\{%|%\(\w+\)s|None</", text)


@pytest.mark.parametrize(
    ("wish", "language"),
    [("fr-CA,fr;q=0.9", "fr"), ("ar", "ar"), ("zh-TW,zh;q=0.8", "zh"), ("de,es;q=0.3", "es"), ("tlh", "en")],
)
def test_without_a_language_the_browsers_wish_decides(client: Client, wish: str, language: str) -> None:
    for address in ("/", "/search?q=x", "/entries/PPD-000001"):
        response = client.get(address, headers={"Accept-Language": wish})
        assert (response.status_code, response.headers["Location"]) == (302, f"/{language}{address}")
        assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    "address",
    ["/en/nothing", "/tlh/search", "/en/entries/PPD-999999", "/en/entries/x", "/en/vocabularies/x",
     "/en/vocabularies/topic/x", "/en/framework/editions/9", "/en/search/", "/%00", "/en/entries/PPD-000001%00"],
)  # fmt: skip
def test_a_broken_address_gets_a_page_that_helps(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    text = response.content.decode()
    assert 'role="search"' in text and 'lang="en"' in text


def test_an_unknown_language_is_named(client: Client) -> None:
    text = client.get("/tlh/search", headers={"Accept-Language": "fr"}).content.decode()
    assert "« tlh »" in text.replace("\xa0", " ") and '<html lang="fr"' in text


def test_the_words_of_a_broken_address_are_offered_for_searching(client: Client) -> None:
    text = client.get("/en/entries/PPD-999999-fair-recruitment").content.decode()
    assert 'value="fair recruitment"' in text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_for_reading(client: Client, method: str) -> None:
    for address in PAGES:
        assert getattr(client, method)(f"/en/{address}").status_code == 405, address


def test_an_overlong_address_makes_no_overlong_page(client: Client) -> None:
    text = client.get("/en/search", {"q": "a" * 10_000}).content.decode()
    assert len(text) < 60_000 and 'href="/fr/search"' in text


def test_a_language_alone_leads_to_its_home_page(client: Client) -> None:
    assert client.get("/fr").headers["Location"] == "/fr/"


def test_an_old_slug_leads_to_the_entry(client: Client) -> None:
    entry = queries.entry("PPD-000001")
    for address in ("ppd-000001", "PPD-000001-an-old-title", "PPD-000001-"):
        response = client.get(f"/en/entries/{address}")
        assert (response.status_code, response.headers["Location"]) == (301, f"/en/entries/{entry.address}")


def test_a_withdrawn_entry_says_when_and_why(client: Client) -> None:
    entry = actions.unpublish(given.entry(), "Told twice, see PPD-000001.", by=given.EDITOR)
    response = client.get(f"/fr/entries/{entry.address}")
    assert response.status_code == 410
    assert "Told twice, see PPD-000001." in response.content.decode()
    assert client.get(f"/api/v1/entries/{entry.id}").json()["code"] == "entry-withdrawn"


def test_a_fault_of_ours_is_told_without_a_traceback(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(request: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(engine, "ask", fail)
    client.raise_request_exception = False
    for address in ("/en/search", "/api/v1/entries"):
        response = client.get(address)
        assert response.status_code == 500
        assert "Something went wrong on our side" in response.content.decode()
        assert "secret detail" not in response.content.decode()
    assert "secret detail" in caplog.text


def test_a_database_that_is_away_is_told_without_a_traceback(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(audit, "head", away)
    client.raise_request_exception = False
    page, data = client.get("/en/search"), client.get("/api/v1/entries")
    assert page.status_code == data.status_code == 500
    assert "Nothing you typed is lost" in page.content.decode()
    assert data.json()["code"] == "our-fault"
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json()["database"] == "away"


def test_a_name_that_the_site_does_not_know_is_told_with_the_setting(client: Client) -> None:
    for address in ("/en/", "/api/v1/entries", "/"):
        response = client.get(address, headers={"Host": "data.example.org"})
        text = response.content.decode()
        assert response.status_code == 400 and "data.example.org" in text and "PRECEDENT_HOSTS" in text


def test_an_unchanged_page_costs_a_comparison(client: Client, django_assert_num_queries: Any) -> None:
    for address in ("/en/search", "/fr/framework", "/api/v1/entries"):
        etag = client.get(address).headers["ETag"]
        with django_assert_num_queries(1):
            again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        given.entry()
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_another_form_or_language_of_an_answer_is_another_answer(client: Client) -> None:
    address = f"/en/entries/{queries.entry('PPD-000002').address}"
    etag = client.get(address).headers["ETag"]
    data = client.get(address, headers={"Accept": "application/ld+json", "If-None-Match": etag})
    assert data.status_code == 200 and data.headers["ETag"] != etag
    etag = client.get("/api/v1/facets", headers={"Accept-Language": "en"}).headers["ETag"]
    french = client.get("/api/v1/facets", headers={"Accept-Language": "fr", "If-None-Match": etag})
    assert french.status_code == 200 and "Soins de santé" in french.content.decode()


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for address in ("/en/", "/en/nothing", "/api/v1/entries"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in headers


def test_no_page_has_inline_style_or_script(client: Client) -> None:
    for address in PAGES:
        text = page(client, f"/en/{address}")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", text), address


def test_nothing_comes_from_elsewhere(client: Client) -> None:
    for address in PAGES:
        text = page(client, f"/en/{address}")
        loaded = re.findall(r'<(?:script|img|iframe|source)[^>]*src="([^"]+)"', text)
        loaded += re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', text)
        assert loaded and all(found.startswith("/static/") for found in loaded)


def test_a_doubt_is_never_public(client: Client) -> None:
    keys = {id: key for key, id in queries.keys().items()}
    doubted = [entry for entry in queries.changed_since(0) if queries.notes(entry)]
    assert len(doubted) > 200
    for entry in doubted[::12]:
        (doubt,) = queries.notes(entry)
        start = doubt[:40]
        for address in (
            f"/en/entries/{entry.id}",
            f"/en/entries/{entry.id}/history",
            f"/en/entries/{entry.id}.json",
            f"/en/entries/{entry.id}.jsonld",
            f"/api/v1/entries/{entry.id}",
        ):
            text = client.get(address, follow=True).content.decode()
            assert start not in text and '"doubt"' not in text, keys[entry.id]
        assert entry.id not in [hit.card.id for hit in engine.ask(_words(f'"{start}"')).hits]


def _words(q: str) -> Any:
    from precedent.search.request import parse

    return parse({"q": [q]})


def test_each_entry_says_it_is_not_confirmed_and_is_marked_with_its_language(client: Client) -> None:
    text = page(client, "/ar/entries/PPD-000001")
    assert '<h1 lang="en" dir="ltr">' in text
    assert "Compiled from public sources. Not yet confirmed by its owner." in page(
        client, "/en/entries/PPD-000001"
    )
    contributed = page(client, f"/en/entries/{given.entry().id}")
    assert "Compiled" not in contributed and "Not yet confirmed by its owner." in contributed


def test_an_entry_answers_in_the_formats_that_programs_read(client: Client) -> None:
    told = client.get("/en/entries/PPD-000002.jsonld").json()
    assert told["@type"] == "CreativeWork" and told["identifier"] == "PPD-000002"
    wished = client.get("/en/entries/PPD-000002", headers={"Accept": "application/ld+json"})
    assert wished.json() == told and wished.headers["Content-Type"] == "application/ld+json"
    whole = client.get("/en/entries/PPD-000002.json").json()
    assert whole["title"] == queries.entry("PPD-000002").document.title
    ris = client.get("/en/entries/PPD-000002.ris").content.decode()
    assert ris.startswith("TY  - ELEC\r\n") and ris.endswith("ER  - \r\n")
    bib = client.get("/en/entries/PPD-000002.bib").content.decode()
    assert bib.startswith("@misc{PPD-000002,") and bib.count("{") == bib.count("}")


def test_the_cell_that_the_list_is_narrowed_to_is_marked(client: Client) -> None:
    text = page(client, "/en/search?area=B&perspective=origin")
    assert re.findall(r'href="([^"]+)" aria-current="true"><svg', text) == [
        "/en/search?perspective=origin&amp;area=B"
    ]
    assert 'aria-current="true"><svg' not in page(client, "/en/search?area=B")


def test_what_was_left_out_of_a_search_is_said(client: Client) -> None:
    text = page(client, "/en/search?country=XX&surprise=1&q=" + "a" * 400)
    assert "We do not know the value “XX” for Country and left it out." in text
    assert "We do not know the filter “surprise” and left it out." in text
    assert "Only the first 300 characters of your words were used." in text


@pytest.mark.parametrize("typed", [t for t in given.NASTY if len(t) < 200], ids=ascii)
def test_no_text_breaks_the_search_page_or_the_api(client: Client, typed: str) -> None:
    text = client.get("/en/search", {"q": typed})
    assert text.status_code == 200
    assert "<script>alert" not in text.content.decode()
    assert client.get("/api/v1/entries", {"q": typed}).status_code in (200, 422)


def test_a_page_behind_the_last_leads_back(client: Client) -> None:
    text = page(client, "/en/search?page=1000000000")
    assert "There is no page 1,000,000,000: the entries fill 34 pages." in text
    assert 'href="/en/search?page=34"' in text
    assert "Page 1,000,000,000 of" not in text
    assert "Page 34 of 34" in page(client, "/en/search?page=34")


def test_the_filter_by_income_says_whose_groups_they_are_and_of_when(client: Client) -> None:
    told = page(client, "/en/search").partition('id="f-income"')[2].partition("</details>")[0]
    assert "Income group (World Bank)" in told and "The World Bank’s classification of July 2025." in told
    named = re.findall(r'value="([a-z-]+)"><span>([^<]+)</span>', told)
    assert dict(named) == {
        "low": "Low income",
        "lower-middle": "Lower middle income",
        "upper-middle": "Upper middle income",
        "high": "High income",
    }


QUERIES = {
    "/en/": 1,
    "/en/search?q=workers&topic=health": 1,
    "/en/framework": 1,
    "/en/vocabularies": 1,
    "/en/vocabularies/group": 1,
    "/en/vocabularies/group/migrant-workers": 1,
    "/en/about": 1,
    "/api/v1/entries?size=100": 1,
    "/api/v1/facets": 1,
    # The revision, the entry, its revisions, and those like it.
    "/en/entries/{full}": 4,
    "/en/entries/{full}/history": 4,
    "/api/v1/entries/{full}": 2,
}
"""Each page's database queries, once what is remembered has been read."""


@pytest.mark.parametrize("address", QUERIES)
def test_a_page_asks_the_database_a_known_number_of_times(
    client: Client, django_assert_num_queries: Any, address: str
) -> None:
    parts = ("barriers", "measures", "results", "lessons", "references", "partners", "corridors")
    full = max(queries.changed_since(0), key=lambda e: sum(len(getattr(e.document, part)) for part in parts))
    named = address.format(full=full.id if address.startswith("/api") else full.address)
    client.get(named)
    engine._answer.cache_clear()
    with django_assert_num_queries(QUERIES[address]):
        assert client.get(named).status_code == 200
