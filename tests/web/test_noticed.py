"""What the product notices in a text, on the pages where it helps: entries that are alike, terms it speaks for."""

import html

import pytest
from django.test import Client

from precedent.catalogue import queries as catalogue
from precedent.forms import draft as drafts
from precedent.forms import suggesting
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions, queries
from tests.people.persons import acting, joined
from tests.web.forms import send
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

ORIGINAL = "PPD-000003"


def page(client: Client, address: str) -> str:
    response = client.get(f"/en{address}")
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_an_entry_that_is_alike_is_shown_early_with_a_way_to_change_it(mine: Client, me: Person) -> None:
    original = catalogue.entry(ORIGINAL).document
    copy = {name: drafts.of(original)[name] for name in ("title", "countries")}
    seen = actions.start(copy, by=acting(me))
    for step in ("about", "where-and-for-whom"):
        text = page(mine, f"/contribute/{seen.id}/{step}")
        assert "Is it one of these?" in text and f"/en/entries/{ORIGINAL}/propose" in text
    assert "Is it one of these?" not in page(mine, f"/contribute/{seen.id}/lessons")


def test_a_change_is_not_alike_the_entry_it_changes(mine: Client, me: Person) -> None:
    change = actions.propose(catalogue.entry(ORIGINAL), by=acting(me))
    assert f"/en/entries/{ORIGINAL}/propose" not in page(mine, f"/contribute/{change.id}/about")


def test_what_the_text_speaks_for_can_be_ticked_and_is_saved(mine: Client, me: Person) -> None:
    told = {
        name: value for name, value in drafts.of(catalogue.entry(ORIGINAL).document).items() if name != "topics"
    }
    seen = actions.start(told, by=acting(me))
    (best, *_others) = suggesting.suggest(told)["topics"]
    shown = mine.get(f"/en/contribute/{seen.id}/where-it-belongs")
    text = html.unescape(shown.content.decode())
    assert "Your text speaks for these." in text and best.because in text
    send(mine, shown, topics=[best.code])
    assert queries.any_submission(seen.number).draft["topics"] == [best.code]


def test_a_suggested_barrier_becomes_a_part_to_be_told(mine: Client, me: Person) -> None:
    told = drafts.of(catalogue.entry(ORIGINAL).document)
    seen = actions.start({name: told[name] for name in ("title", "summary")}, by=acting(me))
    (best, *_others) = suggesting.suggest(seen.draft)["barriers"]
    shown = mine.get(f"/en/contribute/{seen.id}/barriers-and-measures")
    send(mine, shown, "save", take__barriers__code=[best.code])
    assert queries.any_submission(seen.number).draft["barriers"][0]["code"] == best.code


def test_a_reviewer_sees_which_entry_is_alike_and_how_much() -> None:
    told = drafts.of(catalogue.entry(ORIGINAL).document)
    by = acting(joined())
    seen = actions.move(actions.start(told, by=by), "send", by=by)
    reviewer = signed_in(joined(Role.REVIEWER))
    text = page(reviewer, f"/review/{seen.id}")
    assert "Looks like an entry we have:" in text and ORIGINAL in text and "100 per cent alike" in text
