import re
from typing import Any

import pytest
from django.test import Client

from precedent.catalogue import actions
from precedent.catalogue.records import Entry
from tests import given

pytestmark = pytest.mark.django_db

NO_MARKS = re.compile(r"<[^>]+>")


def revised(entry: Entry, **changes: Any) -> Entry:
    return actions.revise(entry, given.document(**changes), "It was found out.", by=given.EDITOR)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_two_revisions_are_compared_word_by_word(client: Client) -> None:
    entry = revised(given.entry(), title="Help desk for domestic workers in a port city")
    text = page(client, f"/en/entries/{entry.id}/compare?from=1&to=2")
    assert "One field changed." in text and "From revision 1 to 2" in text
    assert 'Help <del><span class="vh" lang="en">taken out: </span>line</del>' in text
    assert '<ins class="next"><span class="vh" lang="en">put in: </span>desk</ins> for domestic workers' in text
    assert "It was found out." in text


def test_without_a_choice_the_newest_is_compared_with_the_one_before(client: Client) -> None:
    entry = revised(revised(given.entry(), status="pilot"), status="completed")
    assert "From revision 2 to 3" in page(client, f"/en/entries/{entry.id}/compare")
    assert "From revision 1 to 3" in page(client, f"/en/entries/{entry.id}/compare?from=1")


def test_they_are_compared_in_either_direction(client: Client) -> None:
    entry = revised(given.entry(), status="pilot")
    text = page(client, f"/en/entries/{entry.id}/compare?from=2&to=1")
    assert NO_MARKS.sub("", text).index("taken out: Pilot") < NO_MARKS.sub("", text).index("put in: ")


@pytest.mark.parametrize("unknown", ["9", "x", "-1", "0", "²", "1e3", "9" * 30, "<script>"])
def test_a_revision_that_there_is_not_is_named(client: Client, unknown: str) -> None:
    entry = revised(given.entry(), status="pilot")
    text = client.get(f"/en/entries/{entry.id}/compare", {"from": unknown}).content.decode()
    assert "There is no revision " in text and "<script>" not in text.replace("<script src", "")
    assert "From revision 1 to 2" in text


def test_an_entry_with_one_state_says_that_there_is_nothing_to_compare(client: Client) -> None:
    text = page(client, f"/en/entries/{given.entry().id}/compare")
    assert "There is nothing to compare it with." in text


def test_a_state_compared_with_itself_has_no_changes(client: Client) -> None:
    entry = revised(given.entry(), status="pilot")
    assert "0 fields changed." in page(client, f"/en/entries/{entry.id}/compare?from=2&to=2")


def test_a_text_in_another_language_than_the_page_is_marked(client: Client) -> None:
    entry = revised(given.entry(), title="Help desk for domestic workers in a port city")
    text = page(client, f"/ar/entries/{entry.id}/compare")
    assert '<p class="read told" lang="en" dir="ltr">Help <del><span class="vh" lang="ar">' in text


def test_the_texts_of_a_withdrawn_entry_are_compared_no_more(client: Client) -> None:
    entry = revised(given.entry(), status="pilot")
    assert f"/en/entries/{entry.id}/compare" in page(client, f"/en/entries/{entry.address}/history")
    actions.unpublish(entry, "Told twice.", by=given.EDITOR)
    assert "Told twice." in page(client, f"/en/entries/{entry.id}/compare", 410)
    assert "/compare" not in page(client, f"/en/entries/{entry.address}/history")


def test_script_in_a_text_is_text(client: Client) -> None:
    entry = revised(given.entry(), title="Help <script>alert(1)</script> <b>line</b>")
    text = page(client, f"/en/entries/{entry.id}/compare")
    assert "<script>" not in text and "<b>" not in text and "&lt;script&gt;" in text


def test_comparing_asks_the_database_three_times(client: Client, django_assert_num_queries: Any) -> None:
    entry = given.entry()
    for status in ("pilot", "completed", "ongoing", "pilot"):
        entry = revised(entry, status=status)
    address = f"/en/entries/{entry.id}/compare"
    page(client, address)
    with django_assert_num_queries(3):
        page(client, address)
