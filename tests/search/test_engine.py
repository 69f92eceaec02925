import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.catalogue import queries
from precedent.kernel.text import folded
from precedent.search import engine
from precedent.search.coverage import coverage
from precedent.search.facets import facets
from precedent.search.request import SearchRequest, parse
from tests.given import NASTY

pytestmark = pytest.mark.django_db


def ask(**given: str | list[str]) -> engine.Answer:
    parameters = {name.rstrip("_"): [v] if isinstance(v, str) else v for name, v in given.items()}
    asked = parse(parameters)
    assert asked.ignored == ()
    return engine.ask(asked)


def listed(asked: SearchRequest) -> list[str]:
    """Every identifier of a list, through all of its pages."""
    found: list[str] = []
    page = 1
    while hits := engine.ask(asked.on_page(page)).hits:
        found += [hit.card.id for hit in hits]
        page += 1
    return found


@pytest.mark.parametrize("typed", NASTY, ids=ascii)
def test_no_text_makes_an_error(typed: str) -> None:
    answer = engine.ask(parse({"q": [typed]}))
    assert answer.count >= len(answer.hits)


@drawn(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(NASTY), max_size=4).map(" ".join)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
def test_no_text_at_all_makes_an_error(typed: str) -> None:
    engine.ask(parse({"q": [typed]}))


REQUESTS = [
    {},
    {"q": "recruitment"},
    {"q": "recruitment fees", "barrier": ["cost", "debt"]},
    {"country": ["PH", "NP"], "outcome": "mixed"},
    {"country": "PH", "role": "origin"},
    {"country": ["MA", "SN"], "role": ["origin", "transit"]},
    {"from_": ["PH", "NP"], "to": ["SA", "JO"]},
    {"area": "A", "perspective": "origin"},
    {"year_from": "2010", "year_to": "2012", "group": "migrant-workers"},
    {"q": "عمال"},
    {"q": "移民", "region": "142"},
]


@pytest.mark.parametrize("given", REQUESTS, ids=str)
def test_a_count_is_the_length_of_the_list_it_leads_to(given: dict[str, str | list[str]]) -> None:
    answer = ask(**given, size="100")
    whole = listed(answer.request)
    assert answer.count == len(whole) == len(set(whole))
    for parameter, choices in answer.facets.items():
        for choice in choices[:12]:
            alone = engine.ask(answer.request.only(parameter, choice.code))
            assert alone.count == choice.count, (parameter, choice)
    for (area, side), count in answer.cells.items():
        narrowed = answer.request.only("area", area).only("perspective", side)
        if not {"area", "perspective"} & set(answer.request.filters):
            assert engine.ask(narrowed).count == count


@drawn(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_the_law_of_counts_holds_for_any_choices(data: st.DataObject) -> None:
    """Choose among what is offered, again and again: each count is the length of the list it leads to."""
    asked = parse({"q": [data.draw(st.sampled_from(["", "", "workers", "عمال", '"legal aid"', "-nepal"]))]})
    for _ in range(data.draw(st.integers(1, 3))):
        offered = engine.ask(asked).facets
        parameter = data.draw(st.sampled_from([name for name, choices in offered.items() if choices]))
        choice = data.draw(st.sampled_from(offered[parameter]))
        narrowed = asked.only(parameter, choice.code)
        assert engine.ask(narrowed).count == choice.count == len(set(listed(narrowed))), (asked, choice)
        asked = asked.also(parameter, choice.code)


def test_a_facets_own_choices_do_not_shrink_its_own_counts() -> None:
    free, chosen = ask(q="recruitment"), ask(q="recruitment", barrier="cost")
    assert {c.code: c.count for c in chosen.facets["barrier"]} == {c.code: c.count for c in free.facets["barrier"]}
    assert chosen.facets["barrier"][0].chosen


def test_or_within_a_filter_and_between_them() -> None:
    one, other, both = ask(topic="health"), ask(topic="education"), ask(topic=["health", "education"])
    assert set(listed(both.request)) == set(listed(one.request)) | set(listed(other.request))
    crossed = ask(topic="health", group="women")
    assert set(listed(crossed.request)) == set(listed(one.request)) & set(listed(ask(group="women").request))


def test_a_broader_term_finds_its_narrower_ones() -> None:
    assert set(listed(ask(group="domestic-workers").request)) < set(listed(ask(group="migrant-workers").request))
    assert set(listed(ask(region="035").request)) < set(listed(ask(region="142").request))


def test_a_country_in_a_role_is_that_very_country() -> None:
    for id in listed(ask(country="MA", role="destination").request):
        roles = {(c.code, c.role) for c in queries.entry(id).document.countries}
        assert ("MA", "destination") in roles


def test_quoted_words_stand_in_a_row_and_minus_leaves_out() -> None:
    loose, row = ask(q="legal aid"), ask(q='"legal aid"')
    assert 0 < row.count < loose.count
    assert set(listed(row.request)) <= set(listed(loose.request))
    without = ask(q='"legal aid" -nepal')
    assert 0 < without.count < row.count
    assert not set(listed(without.request)) & set(listed(ask(q="nepal").request))


def test_words_in_other_languages_find_what_the_codes_are_called() -> None:
    domestic = set(listed(ask(group="domestic-workers").request))
    for words in ('"travailleurs domestiques"', '"العمال المنزليون"', '"家政工人"'):
        found = set(listed(ask(q=words).request))
        assert len(found & domestic) > len(domestic) / 2, words


@pytest.mark.parametrize(
    ("words", "parameter", "code"),
    [("Africa", "region", "002"), ("Азия", "region", "142"), ('"en situation irrégulière"', "status", "irregular"),
     ('"City or municipality"', "level", "municipal"), ("Filipinas", "country", "PH")],
)  # fmt: skip
def test_every_entry_is_found_by_what_its_codes_are_called(words: str, parameter: str, code: str) -> None:
    carrying = set(listed(ask(**{parameter: code}).request))
    assert carrying and carrying <= set(listed(ask(q=words).request))


def test_where_not_all_is_found_some_of_it_is_enough_and_it_says_so() -> None:
    answer = ask(q="the children left behind zzzz yyyy of a xxxx")
    assert answer.relaxed and answer.count
    # Words that only hold others together find nothing by themselves.
    assert not ask(q="zzzz of the yyyy").count
    # A run of characters without blanks is found by its pairs.
    assert ask(q="移民工人的医疗保险").relaxed and not ask(q="移民工人").relaxed
    assert not ask(q="zzzz").relaxed


@pytest.mark.parametrize("sort", ["relevance", "newest", "confirmed", "title"])
def test_pages_of_a_list_neither_overlap_nor_leave_out(sort: str) -> None:
    asked = parse({"q": ["workers"], "sort": [sort], "size": ["7"]})
    whole = listed(asked)
    assert len(whole) == len(set(whole)) == engine.ask(asked).count


def test_titles_are_sorted_as_people_sort_them() -> None:
    titles = [hit.card.title for hit in ask(sort="title", size="100").hits]
    assert titles == sorted(titles, key=folded)
    assert any(not title.isascii() for title in titles)


def test_the_excerpt_shows_what_matched() -> None:
    for hit in ask(q="interpreters").hits:
        marked = [piece.text.casefold() for piece in hit.excerpt.pieces if piece.marked]
        assert all(word.startswith("interpret") for word in marked)
        text = "".join(piece.text for piece in hit.excerpt.pieces)
        assert any(text in passage.text for passage in hit.card.passages)
    chinese = ask(q="移民").hits
    assert chinese


def test_a_page_far_behind_the_end_is_empty_and_costs_nothing() -> None:
    answer = engine.ask(parse({"page": ["1000000000"]}))
    assert answer.hits == () and answer.count == 334


def test_coverage_and_list_come_from_one_count() -> None:
    covered = coverage(SearchRequest(), "question", "perspective").counts
    assert covered
    for (question, side), count in list(covered.items())[:40]:
        assert ask(question=question, perspective=side).count == count


def test_similar_entries_share_what_they_say_they_share() -> None:
    entry = queries.entry("PPD-000001")
    similar = engine.similar(entry)
    assert len(similar) == 3
    for other in similar:
        assert other.card.id != entry.id
        theirs = queries.entry(other.card.id)
        for parameter, codes in other.shared.items():
            facet = facets()[parameter]
            assert set(codes) <= set(facet.codes_of(theirs)) & set(facet.codes_of(entry))
