"""All entries of a search, one after another: those of its pages, in their order, from one state of the index."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.catalogue import actions, queries
from precedent.catalogue.records import Entry
from precedent.search import engine, keeper, whole
from precedent.search.engine import readers
from precedent.search.facets import facets
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest, Sort, parse
from precedent.search.whole import every
from tests import given
from tests.search.test_engine import listed

pytestmark = pytest.mark.django_db


def identifiers(found: whole.Whole) -> list[str]:
    return [id for page in found.pages for id in page]


def read(found: whole.Whole) -> list[str]:
    return [entry.id for entries in whole.entries(found) for entry in entries]


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "AT_ONCE", 7)
    monkeypatch.setattr(whole, "TOGETHER", 3)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """Words, an order, a page, and filters that an entry of the catalogue has."""
    entry: Entry = queries.any_entry(f"PPD-{draw(st.integers(1, 300)):06d}")
    chosen = {
        parameter: [draw(st.sampled_from(codes))]
        for parameter in draw(st.sets(st.sampled_from(sorted(facets())), max_size=2))
        if (codes := facets()[parameter].codes_of(entry))
    }
    words = draw(st.sampled_from(["", "workers", "recruitment fees", "عمال", "nowhere workers quarrelsome"]))
    order = draw(st.sampled_from(["", *Sort]))
    return parse({**chosen, "q": [words], "sort": [order], "page": ["2"], "size": ["100"]})


@drawn(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_it_is_the_pages_of_the_search_one_after_another(few_at_a_time: None, data: st.DataObject) -> None:
    asked = data.draw(requests())
    found = every(asked)
    on_pages = listed(asked)
    assert found.count == len(on_pages)
    assert identifiers(found) == on_pages
    assert read(every(asked)) == on_pages


@pytest.mark.parametrize("sort", Sort)
def test_however_many_are_asked_for_at_a_time_the_order_is_the_same(
    sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SearchRequest(q="workers", sort=sort)
    at_once = identifiers(every(asked))
    monkeypatch.setattr(whole, "AT_ONCE", 11)
    assert identifiers(every(asked)) == at_once
    assert len(set(at_once)) == len(at_once) > 100


@pytest.mark.usefixtures("few_at_a_time")
def test_what_is_published_after_it_began_is_not_in_it(index_of_its_own: Callable[[], None]) -> None:
    index_of_its_own()
    before = identifiers(every(SearchRequest()))
    found = every(SearchRequest())
    read_already = list(next(found.pages))
    new = given.entry()
    index_of_its_own()
    # Not only does the index move on: it is built anew, and the one that is being read is removed.
    keeper.rebuild()
    assert read_already + identifiers(found) == before
    assert identifiers(every(SearchRequest())) == [new.id, *before]


@pytest.mark.usefixtures("few_at_a_time")
def test_what_is_withdrawn_after_it_began_is_left_out() -> None:
    ids = identifiers(every(SearchRequest()))
    pages = whole.entries(every(SearchRequest()))
    first = [entry.id for entry in next(pages)]
    withdrawn = queries.entry(ids[5])
    actions.unpublish(withdrawn, "For a test.", by=given.EDITOR)
    assert first + [entry.id for entries in pages for entry in entries] == [id for id in ids if id != withdrawn.id]


def test_entries_are_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "TOGETHER", 100)
    found = every(SearchRequest())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(read(found)) == found.count
    assert len(asked) == -(-found.count // 100)


def test_nothing_found_is_nothing_read() -> None:
    found = every(SearchRequest(q="quarrelsome"))
    assert (found.count, read(found)) == (0, [])


def test_an_index_that_is_away_is_said_before_anything_is_read(index_of_its_own: Callable[[], None]) -> None:
    with pytest.raises(IndexAway):
        every(SearchRequest())


@pytest.mark.usefixtures("few_at_a_time")
@pytest.mark.parametrize("begun", [False, True])
def test_damage_ends_it_and_is_noted_before_a_file_has_begun_or_on_the_way(
    begun: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise ValueError

    found = every(SearchRequest())
    next(found.pages)
    monkeypatch.setattr(engine, "card_at", damaged)
    try:
        with pytest.raises(IndexAway):
            next(found.pages) if begun else every(SearchRequest())
        assert readers.damaged.is_set()
    finally:
        readers.damaged.clear()
