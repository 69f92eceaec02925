"""The index is derived: it follows the catalogue, and comes back by itself whatever happens to it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from precedent.catalogue import actions
from precedent.search import engine, index, keeper
from precedent.search.refusals import IndexAway
from precedent.search.request import parse
from tests import given

pytestmark = pytest.mark.django_db

Catch = Callable[[], None]


def count(q: str = "") -> int:
    return engine.ask(parse({"q": [q]} if q else {})).count


def the_generation() -> Path:
    path = index.generation()
    assert path is not None
    return path


def test_a_published_change_is_found_and_a_withdrawn_entry_is_not(index_of_its_own: Catch) -> None:
    index_of_its_own()
    assert count("zeppelin") == 0
    entry = given.entry(title="A zeppelin for seasonal workers")
    index_of_its_own()
    assert (count("zeppelin"), count()) == (1, 335)
    entry = actions.revise(entry, given.document(title="A balloon for them"), "Renamed.", by=given.EDITOR)
    index_of_its_own()
    assert (count("zeppelin"), count("balloon")) == (0, 1)
    actions.unpublish(entry, "Gone.", by=given.EDITOR)
    index_of_its_own()
    assert (count("balloon"), count()) == (0, 334)


def test_a_title_typed_in_its_own_order_comes_first(index_of_its_own: Catch) -> None:
    titles = ["Nepal warns Jordan of brokers", "Jordan warns Nepal of brokers", "Brokers of Jordan: Nepal warns"]
    for title in titles:
        given.entry(title=title)
    index_of_its_own()
    for title in titles:
        assert engine.ask(parse({"q": [title]})).hits[0].card.title == title


def test_doing_a_change_twice_does_no_harm(index_of_its_own: Catch) -> None:
    index_of_its_own()
    before = index.position(the_generation())
    given.entry()
    index_of_its_own()
    assert before is not None
    # As after a kill between the commit and the note of the position.
    index.follow(the_generation(), before)
    index_of_its_own()
    assert count() == 335


def delete_all(path: Path) -> None:
    shutil.rmtree(settings.INDEX)


def delete_list(path: Path) -> None:
    (path / "meta.json").unlink()


def cut_in_half(path: Path) -> None:
    for file in path.glob("*.term"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip_bits(path: Path) -> None:
    for file in path.glob("*.store"):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)


def lose_position(path: Path) -> None:
    path.with_suffix(".json").write_text("{")


def lose_pointer(path: Path) -> None:
    (path.parent / "current").write_text("../elsewhere")


HARM = [delete_all, delete_list, cut_in_half, flip_bits, lose_position, lose_pointer]


@pytest.mark.parametrize("harm", HARM)
def test_a_lost_or_damaged_index_is_noticed_and_built_anew(
    index_of_its_own: Catch, harm: Callable[[Path], None]
) -> None:
    index_of_its_own()
    assert keeper.faults() == []
    found = count("recruitment")
    harm(the_generation())
    engine.readers.forget()
    engine._answer.cache_clear()
    assert keeper.faults()
    try:
        count("recruitment")
    except IndexAway:
        assert engine.position() == "away" or engine.readers.damaged.is_set()
    keeper.rebuild()
    assert keeper.faults() == []
    assert (count(), count("recruitment")) == (334, found)


def test_an_index_of_another_catalogue_is_not_trusted(index_of_its_own: Catch) -> None:
    index_of_its_own()
    reached = index.position(the_generation())
    assert reached is not None
    index.follow(the_generation(), index.Position(reached.sequence, "another chain", reached.shape))
    assert any("another catalogue" in fault for fault in keeper.faults())
    index_of_its_own()
    assert keeper.faults() == [] and index.position(the_generation()) == reached


def test_an_index_of_another_shape_is_built_anew_beside_the_old_one(index_of_its_own: Catch) -> None:
    index_of_its_own()
    old = the_generation()
    reached = index.position(old)
    assert reached is not None
    index.follow(old, index.Position(reached.sequence, reached.hash, "another shape"))
    with pytest.raises(IndexAway):
        count()
    index_of_its_own()
    assert the_generation() != old and not old.exists()
    assert count() == 334


def test_two_writers_never_write_at_once(index_of_its_own: Catch) -> None:
    with index.writing(wait=True) as ours:
        assert ours and not keeper.catch_up()
    assert keeper.catch_up()


def test_the_pages_say_that_search_is_coming_back(client: Any, settings: Any, tmp_path: Path) -> None:
    settings.INDEX = tmp_path / "none"
    for address, status in [("/en/search", 503), ("/en/", 200), ("/en/framework", 200)]:
        response = client.get(address)
        assert response.status_code == status
        assert "Search is coming back" in response.content.decode()
    assert client.get("/en/search").headers["Retry-After"] == "5"
    assert client.get("/en/entries/PPD-000001", follow=True).status_code == 200
    problem = client.get("/api/v1/entries")
    assert (problem.status_code, problem.json()["code"]) == (503, "index-away")
    assert client.get("/readyz").status_code == 503
