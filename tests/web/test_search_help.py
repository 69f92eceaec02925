"""The search page where little was found: it says what can be done, and each way out leads somewhere."""

import re
from html import unescape

import pytest
from django.test import Client

from precedent.kernel.languages import LANGUAGES
from precedent.search import engine
from precedent.search.refusals import IndexAway
from tests.calls import given_calls

pytestmark = pytest.mark.django_db

WITHOUT = re.compile(r'<a href="(/en/search[^"]*)">Without “[^<]*: ([\d,]+) entr')


def text(client: Client, **asked: str | list[str]) -> str:
    answer = client.get("/en/search", asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def count_at(client: Client, address: str) -> int:
    told = client.get(unescape(address).replace("/en/search", "/api/v1/entries")).json()
    return int(told["count"])


def test_a_misspelled_word_is_offered_as_it_is_spelled_with_all_filters_kept(client: Client) -> None:
    page = text(client, q="recruitmnet fees", country="PH")
    link = re.search(r'<a href="([^"]+)">Did you mean “recruitment fees”\?</a>', page)
    assert link and "country=PH" in link[1]
    assert count_at(client, link[1]) > 0


def test_a_search_that_finds_enough_is_not_put_right(client: Client) -> None:
    assert "Did you mean" not in text(client, q="recruitment fees")


def test_every_filter_says_what_the_search_would_find_without_it(client: Client) -> None:
    page = text(client, q="recruitment", country="NR", barrier="cost")
    ways = WITHOUT.findall(page)
    assert "Without “Country: Nauru”:" in page and ways
    assert [int(number.replace(",", "")) for _, number in ways] == [count_at(client, way) for way, _ in ways]
    assert "entries for “recruitment” without filters" in page


def test_several_choices_under_one_heading_are_left_out_together(client: Client) -> None:
    page = text(client, q="recruitment", country=["NR", "OM"])
    assert "Without “Country: Nauru or Oman”:" in page


def test_similar_terms_and_questions_lead_to_their_entries(client: Client) -> None:
    page = text(client, q="recruitment", country="NR")
    links = re.findall(
        r'<li><a href="(/en/search\?[^"]+)">[^<]+</a> <span class="soft">\((?:[^<(]*: )?([\d,]+)\)', page
    )
    assert len(links) >= 3
    assert all(count_at(client, address) == int(number) for address, number in links)


def test_an_example_can_be_contributed_with_the_filters_filled_in(client: Client) -> None:
    page = text(client, q="zzzz", country="NR", question="A13")
    assert '"/en/contribute?country=NR&question=A13"' in page


def test_a_fitting_open_call_is_named(client: Client) -> None:
    given_calls.call(question="A17")
    page = text(client, question="A17", country="NR", q="zzzz")
    assert "Examples are sought for it:" in page and "/en/calls/" in page


def test_words_that_nothing_is_like_still_get_a_page_that_helps(client: Client) -> None:
    page = text(client, q="zzzzqqq")
    assert "Check the spelling" in page and "/en/vocabularies" in page and "/en/contribute" in page


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_the_page_is_whole_in_every_language(client: Client, language: str) -> None:
    for asked in (
        "q=recruitmnet&country=NR&year_from=2099",
        "q=recruitmnet+fees",
        "country=NR&country=TV&group=women",
    ):
        page = client.get(f"/{language}/search?{asked}").content.decode()
        assert not re.search(r"\{\{|\}\}|\{%|%\(\w+\)s|None</|\{count\}", page)


def test_the_page_asks_the_database_no_more_where_nothing_is_found(
    client: Client, django_assert_max_num_queries: object
) -> None:
    asked = {"q": "recruitmnet zzzz", "country": "NR", "group": "women"}
    client.get("/en/search", asked)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        client.get("/en/search", asked)


def test_while_search_is_away_the_page_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise IndexAway

    monkeypatch.setattr(engine, "asking", away)
    answer = client.get("/en/search", {"q": "zzzz", "country": "NR"})
    assert answer.status_code == 503 and "Search is coming back." in answer.content.decode()
