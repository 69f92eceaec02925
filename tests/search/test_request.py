from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.search.facets import facets
from precedent.search.request import LONGEST_QUERY, Sort, parse, why_ignored
from tests.given import NASTY

pytestmark = pytest.mark.django_db

PARAMETERS = [*facets(), "q", "year_from", "year_to", "edition", "sort", "page", "size", "nothing", "‮"]
VALUES = ["health", "A", "A05", "PH", "origin", "142", "en", "newest", "1", "2020", "999999999999", "-1", "1.5"]
ANY = st.dictionaries(
    st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=10)),
    st.lists(st.one_of(st.sampled_from(VALUES), st.sampled_from(NASTY), st.text(max_size=20)), max_size=4),
    max_size=6,
)


@drawn(ANY)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_parsing_never_fails_and_its_address_asks_the_same(given: dict[str, list[str]]) -> None:
    asked = parse(given)
    again = parse(parse_qs(asked.query_string.lstrip("?")))
    assert again.ignored == ()
    assert again == replace(asked, ignored=())
    for ignored in asked.ignored:
        assert "{" not in why_ignored(ignored).replace(ignored.value, "").replace(ignored.parameter, "")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"country": ["XX"]}, "value-unknown"),
        ({"country": ["ph"]}, "value-unknown"),
        ({"surprise": ["1"]}, "parameter-unknown"),
        ({"page": ["0"]}, "value-unknown"),
        ({"page": ["²"]}, "value-unknown"),
        ({"size": ["101"]}, "value-unknown"),
        ({"sort": ["best"]}, "value-unknown"),
        ({"edition": ["2"]}, "value-unknown"),
        ({"year_from": ["20201"]}, "value-unknown"),
        ({"language": ["tlh!"]}, "value-unknown"),
        ({"q": ["one", "two"]}, "given-twice"),
        ({"q": ["a" * 10_000]}, "too-long"),
        ({"q": ["!?"]}, "no-words"),
        ({"country": ["PH"] * 500}, "too-many"),
    ],
)
def test_what_is_not_understood_is_named(given: dict[str, list[str]], code: str) -> None:
    asked = parse(given)
    assert [ignored.code for ignored in asked.ignored][:1] == [code]
    assert len(asked.q) <= LONGEST_QUERY and len(asked.ignored) <= 20
    assert why_ignored(asked.ignored[0]).endswith((".", "shown."))


def test_one_spelling_for_one_request() -> None:
    one = parse({"topic": ["health", "education"], "area": ["B"]})
    other = parse({"area": ["B"], "topic": ["education", "health", "health"]})
    assert one == other and hash(one) == hash(other)


def test_sorting_by_relevance_needs_words() -> None:
    assert parse({"sort": ["relevance"]}).order is Sort.NEWEST
    assert parse({"q": ["fees"]}).order is Sort.RELEVANCE
    assert parse({"q": ["fees"], "sort": ["title"]}).order is Sort.TITLE


def test_a_filter_is_taken_off_alone() -> None:
    asked = parse({"topic": ["health", "education"], "country": ["PH"], "page": ["3"]})
    assert asked.without("topic", "health").filters == {"topic": ("education",), "country": ("PH",)}
    assert asked.without("country", "PH").page == 1
    assert asked.without("topic").filters == {"country": ("PH",)}
    assert asked.only("topic", "data").filters["topic"] == ("data",)
    assert asked.also("topic", "data").filters["topic"] == ("data", "education", "health")
