import pytest

from precedent.kernel.languages import LANGUAGES
from precedent.people.actors import STARTER
from precedent.places import actions, queries
from precedent.places.files import shipped_places
from precedent.places.records import Direction

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
