"""The law of coverage: a cell's number, the length of the list it leads to and the API's number are one."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations

import pytest
from django.test import Client

from precedent.catalogue import actions, placing, queries
from precedent.catalogue.records import Entry
from precedent.framework import queries as framework
from precedent.search import engine
from precedent.search.coverage import coverage
from precedent.search.depth import CONDITIONS, depths, keeping, listed
from precedent.search.dimensions import DIMENSIONS, YEAR, codes, periods
from precedent.search.request import SearchRequest, parse
from tests import given
from tests.framework.exercises import next_edition

pytestmark = pytest.mark.django_db

Catch = Callable[[], None]
FILTERS: list[dict[str, list[str]]] = [
    {},
    {"region": ["142"]},
    {"group": ["migrant-workers", "women"]},
    {"country": ["PH"], "role": ["origin"]},
    {"q": ["recruitment fees"]},
    {"q": ["health"], "year_from": ["2010"]},
    {"outcome": ["mixed", "negative"]},
    {"perspective": ["origin"], "status": ["irregular"]},
]


def published() -> list[Entry]:
    return [entry for entry in queries.changed_since(0) if entry.published]


def assert_law(asked: SearchRequest, rows: str, columns: str, chance: random.Random, client: Client) -> None:
    """Some cells of a matrix, empty ones among them, against the list each leads to and against the API."""
    found = coverage(asked, rows, columns, countries=True)
    down = codes(rows, asked, {row for row, _ in found.cells})
    across = codes(columns, asked, {column for _, column in found.cells})
    pairs = [(row, column) for row in down for column in across]
    parameters = [*asked.parameters(), ("rows", rows), ("columns", columns)]
    address = "/api/v1/coverage?" + "&".join(f"{name}={value}" for name, value in parameters)
    told = {(cell["row"], cell["column"]): cell for cell in client.get(address).json()["cells"]}
    assert set(told) == set(pairs)
    for pair in chance.sample(pairs, min(6, len(pairs))):
        where = found.asked(*pair)
        answer = engine.ask(parse({name: where_values(where, name) for name, _ in where.parameters()}))
        cell = found.cell(*pair)
        # Where no entry of a cell has all words, its own search finds what has some of them.
        assert cell.count == (0 if answer.relaxed else answer.count), (rows, columns, pair, where)
        assert (told[pair]["count"], told[pair]["countries"]) == (cell.count, cell.countries or 0)
        if cell.count and "country" not in where.filters:
            assert cell.countries == len(answer.facets["country"]), (rows, columns, pair)


def where_values(asked: SearchRequest, name: str) -> list[str]:
    return [value for parameter, value in asked.parameters() if parameter == name]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_any_two_dimensions_agree_with_the_search_they_lead_to(
    filters: dict[str, list[str]], client: Client
) -> None:
    chance = random.Random(str(filters))
    asked = parse(filters)
    assert not asked.ignored
    for rows, columns in chance.sample(list(permutations(DIMENSIONS, 2)), 12):
        assert_law(asked, rows, columns, chance, client)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_law_holds_in_every_edition_that_chance_makes(
    seed: int, client: Client, index_of_its_own: Catch
) -> None:
    chance = random.Random(seed)
    for _ in range(2):
        edition = next_edition(chance)
        answers = chance.sample(list(edition.questions), 3)
        given.entry(title=f"An example of edition {edition.number}", answers=answers, annex_headings=[])
    index_of_its_own()
    entries = published()
    assert [edition.number for edition in framework.editions()] == [1, 2, 3]
    for edition in framework.editions():
        number = None if edition.number == 3 else edition.number
        covered = coverage(SearchRequest(edition=number), "question", "perspective").counts
        expected: dict[tuple[str, str], int] = {}
        for entry in entries:
            for question in placing.answers(entry, edition.number):
                for side in entry.document.perspectives:
                    expected[question, side] = expected.get((question, side), 0) + 1
        assert covered == expected and {code for code, _ in covered} <= set(edition.questions)
        for filters in chance.sample(FILTERS, 2):
            asked = parse(filters | ({"edition": [str(number)]} if number else {}))
            for other in chance.sample(["perspective", "region", "group", "area", YEAR], 2):
                assert_law(asked, "question", other, chance, client)


def test_an_edition_that_the_index_does_not_count_in_yet_is_not_answered_wrongly(
    client: Client, index_of_its_own: Catch
) -> None:
    index_of_its_own()
    next_edition(random.Random(5))
    assert engine.ask(SearchRequest()).count == 334
    assert client.get("/en/coverage").status_code == 200
    asked = client.get("/en/search?question=B01")
    assert asked.status_code == 503
    index_of_its_own()
    assert client.get("/en/search?question=B01").status_code == 200


@pytest.mark.parametrize("filters", FILTERS[:4], ids=str)
def test_each_figure_of_depth_is_the_length_of_its_list(filters: dict[str, list[str]]) -> None:
    asked = parse(filters)
    chance = random.Random(7)
    found = depths(asked)
    assert [depth.strength for depth in found] == sorted(depth.strength for depth in found)
    assert len(found) == len(framework.current_edition().questions)
    for depth in chance.sample(found, 6):
        for figure in ("entries", *CONDITIONS):
            assert engine.ask(listed(asked, depth.code, figure)).count == getattr(depth, figure), (depth, figure)
        answer = engine.ask(listed(asked, depth.code))
        if "country" not in filters:
            assert depth.countries == len(answer.facets["country"])


def test_depth_says_when_the_newest_began_and_how_long_ago_the_middle_one_was_confirmed(
    index_of_its_own: Catch,
) -> None:
    mine = [given.entry(answers=["A17"], year_start=year, title=f"From {year}") for year in (2011, 2024, 2019)]
    others = [entry for entry in published() if "A17" in placing.answers(entry) and entry not in mine]
    for entry in (*mine, *others):
        actions.confirm(queries.entry(entry.id), "Still true.", by=given.EDITOR)
    index_of_its_own()
    in_a_year = datetime.now(UTC).date() + timedelta(days=366)
    depth = next(depth for depth in depths(SearchRequest(), in_a_year) if depth.code == "A17")
    assert (depth.months, depth.never) == (12, 0)
    years = [entry.document.year_start for entry in (*mine, *others) if entry.document.year_start]
    assert depth.newest == max(years)
    never = next(depth for depth in depths(SearchRequest(), in_a_year) if depth.code == "B17")
    assert never.months is None and never.never == never.entries > 0


def test_a_condition_narrows_what_is_chosen_already() -> None:
    asked = parse({"outcome": ["mixed", "not-known"]})
    assert keeping(asked, CONDITIONS["results"]).filters["outcome"] == ("mixed",)
    assert keeping(parse({}), CONDITIONS["results"]).filters["outcome"] == ("mixed", "negative", "positive")


def test_periods_leave_no_year_out_and_none_twice() -> None:
    spans = list(periods().values())
    assert spans[0][0] is None
    for (_, last), (first, _end) in pairwise(spans):
        assert last is not None and first == last + 1
    assert spans[-1][1] is not None and spans[-1][1] >= datetime.now(UTC).year
