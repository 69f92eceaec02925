from dataclasses import replace

import pytest

from precedent.audit import queries as audit
from precedent.kernel.languages import LANGUAGES
from precedent.people.actors import STARTER
from precedent.places import actions, queries
from precedent.places.files import shipped_places
from precedent.places.records import INCOME_GROUPS, Direction, Places

pytestmark = pytest.mark.django_db


def test_every_country_and_region_is_named_in_six_languages() -> None:
    places = queries.places()
    assert len(places.countries) == 249 and places == shipped_places()
    names = [country.name for country in places.countries.values()]
    names += [region.name for region in places.regions.values()]
    assert all(name[language.code] for name in names for language in LANGUAGES)


def test_every_country_lies_in_regions_up_to_the_continent() -> None:
    places = queries.places()
    for country in places.countries.values():
        regions = list(places.regions_of(country.code))
        assert country.code == "AQ" or regions[-1].parent is None
    assert [region.code for region in places.regions_of("KE")] == ["014", "202", "002"]


@pytest.mark.parametrize(
    ("start", "end", "direction"),
    [
        ("PH", "SA", Direction.SOUTH_SOUTH),
        ("PH", "DE", Direction.SOUTH_NORTH),
        ("PL", "DE", Direction.NORTH_NORTH),
        ("DE", "PH", Direction.NORTH_SOUTH),
        ("AQ", "DE", None),
        ("PH", "XX", None),
    ],
)
def test_a_corridors_direction_follows_from_its_ends(start: str, end: str, direction: Direction | None) -> None:
    assert queries.places().direction(start, end) is direction


def test_loading_again_adds_nothing() -> None:
    assert actions.load_places(shipped_places(), by=STARTER) == 0


def test_a_country_has_the_world_banks_group_of_the_newest_year() -> None:
    places = queries.places()
    assert places.income_year == 2024
    countries = places.countries
    told = {code: countries[code].income for code in ("MZ", "PH", "TH", "DE")}
    assert told == {"MZ": "low", "PH": "lower-middle", "TH": "upper-middle", "DE": "high"}
    for country in countries.values():
        assert country.income == country.income_by_year.get(2024)
        assert set(country.income_by_year.values()) <= set(INCOME_GROUPS)
    assert (countries["PL"].income_by_year[1990], countries["PL"].income_by_year[2009]) == ("lower-middle", "high")


def test_a_country_that_is_not_classified_has_no_group() -> None:
    """Venezuela was in earlier years, the Holy See never; of Ethiopia the Bank's own lists disagree."""
    countries = queries.places().countries
    assert [countries[code].income for code in ("VE", "VA", "ET")] == [None, None, None]
    assert countries["VE"].income_by_year[2019] == "upper-middle" and countries["VA"].income_by_year == {}
    assert len([country for country in countries.values() if country.income]) == 214


def test_a_newer_classification_takes_the_place_of_the_one_that_is_there() -> None:
    shipped = shipped_places()
    older = {code: replace(c, income=None, income_by_year={}) for code, c in shipped.countries.items()}
    classified = sum(1 for country in shipped.countries.values() if country.income_by_year)
    assert actions.load_places(Places(older, shipped.regions), by=STARTER) == classified
    assert queries.places() == Places(older, shipped.regions)
    assert actions.load_places(shipped, by=STARTER) == classified
    assert queries.places() == shipped
    assert len(audit.trail("countries")[-1].detail["regrouped"]) == classified
