"""Help where a search found little: each way out leads to something, and its number is true."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from precedent.search import engine, helping, spelling
from precedent.search.facets import facets
from precedent.search.helping import did_you_mean, helped
from precedent.search.request import SearchRequest, parse
from tests import given
from tests.given import NASTY

pytestmark = pytest.mark.django_db

WORDS = ["recruitmnet", "fees", "Phillipines", "domestik", "zzzz", "refugies", '"helth care"', "-nepall", "العملا"]


def asked(**parameters: str | list[str]) -> SearchRequest:
    return parse({name: [told] if isinstance(told, str) else told for name, told in parameters.items()})


def again(request: SearchRequest) -> engine.Answer:
    """What the link to a request shows: through its address, as a browser goes."""
    return engine.ask(parse(parse_qs(request.query_string.removeprefix("?"))))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recruitmnet fees", "recruitment fees"),
        ("Phillipines domestik workers", "Philippines domestic workers"),
        ("migrant (helth)", "migrant (health)"),
        ("enployers -nepall", "employers -nepall"),
        ('helth "legal aid"', 'health "legal aid"'),
        ("трудящяеся", "Трудящиеся"),
        ("travaileurs", "travailleurs"),
    ],
)
def test_the_nearest_spelling_is_offered_and_the_rest_is_kept(typed: str, meant: str) -> None:
    better = did_you_mean(asked(q=typed))
    assert better and better.q == meant


@pytest.mark.parametrize(
    "typed",
    [
        "recruitment",
        '"recruitmnet fees"',
        "-recruitmnet",
        "A13x",
        "recruitm3nt",
        "zzzzqqq",
        "xq",
        "移民",
        "recruitmnet zzzzqq",
    ],
)
def test_nothing_is_offered_for_what_is_meant_as_it_is_or_has_no_near_word(typed: str) -> None:
    assert did_you_mean(asked(q=typed)) is None


def test_a_correction_keeps_the_filters_and_is_not_offered_where_they_leave_nothing() -> None:
    better = did_you_mean(asked(q="recruitmnet", country="PH", sort="title", page="3"))
    assert better and better.filters == {"country": ("PH",)} and engine.ask(better).count
    assert did_you_mean(asked(q="recruitmnet", country="NR")) is None


def test_a_word_that_an_entry_has_is_no_misspelling(index_of_its_own: Any) -> None:
    index_of_its_own()
    assert did_you_mean(asked(q="recruitmint"))
    given.entry(title="The Recruitmint, a help line for domestic workers in a port city")
    index_of_its_own()
    assert did_you_mean(asked(q="recruitmint")) is None
    better = did_you_mean(asked(q="recruitmimt"))
    assert better and better.q == "Recruitmint" and engine.ask(better).count


def test_accents_come_back_with_the_word() -> None:
    assert spelling.spelled("securite").lower() == "sécurité"
    assert spelling.spelled("nepal") == "Nepal"


typings = st.lists(st.one_of(st.sampled_from([*WORDS, *NASTY]), st.text(max_size=12)), max_size=5).map(" ".join)


@drawn(st.data())
@settings(max_examples=60)
def test_whatever_is_asked_every_way_out_leads_to_as_many_entries_as_it_says(data: st.DataObject) -> None:
    chosen: dict[str, list[str]] = {"q": [data.draw(typings)]}
    for parameter in data.draw(st.lists(st.sampled_from(sorted(facets())), max_size=4)):
        codes = [choice.code for choice in engine.ask(SearchRequest(size=1)).facets[parameter]]
        chosen[parameter] = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2))
    request = parse(chosen)
    answer = engine.ask(request)
    better = did_you_mean(request, answer.relaxed)
    assert better is None or again(better).count
    if answer.count:
        return
    found = helped(request, better)
    assert all(again(wider.request).count == wider.count > 0 for wider in found.wider)
    assert [wider.count for wider in found.wider] == sorted((wider.count for wider in found.wider), reverse=True)
    assert found.alone is None or again(found.alone.request).count == found.alone.count > 0
    assert all(again(one.request).count == one.count > 0 for one in (*found.similar, *found.questions))


def test_each_filter_says_what_the_search_finds_without_it() -> None:
    request = asked(q="recruitment", country="NR", group="women")
    found = helped(request)
    assert [wider.parameter for wider in found.wider] == ["country"]
    assert found.alone and found.alone.request == asked(q="recruitment")
    assert "recruitment" in [one.code for one in found.similar]
    assert found.questions


def test_a_misspelled_word_among_filters_that_leave_nothing_is_found_without_them() -> None:
    found = helped(asked(q="recruitmnet", country="NR"))
    assert found.alone and found.alone.request.q == "recruitment"


def test_what_is_chosen_is_not_suggested_again() -> None:
    found = helped(asked(q="recruitment", topic="recruitment", country="NR"))
    assert ("topic", "recruitment") not in [(one.parameter, one.code) for one in found.similar]


def test_the_cost_is_bounded_whatever_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[SearchRequest] = []
    real = engine.asking

    def counting(request: SearchRequest) -> Any:
        put.append(request)
        return real(request)

    monkeypatch.setattr(engine, "asking", counting)
    chosen = {name: [c.code for c in engine.ask(SearchRequest(size=1)).facets[name]][:90] for name in facets()}
    request = parse({**chosen, "q": [" ".join(WORDS * 9)], "country": ["NR"], "year_from": ["2099"]})
    better = did_you_mean(request)
    helped(request, better)
    assert len(put) < helping.MOST_ASKED


@pytest.mark.parametrize("typed", NASTY, ids=ascii)
def test_no_text_makes_an_error(typed: str) -> None:
    request = asked(q=typed, country="NR")
    helped(request, did_you_mean(request))
