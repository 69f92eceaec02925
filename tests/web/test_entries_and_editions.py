"""An entry's page says what it answers today; its old revisions still say what they said."""

from collections.abc import Callable

import pytest
from django.test import Client

from precedent.catalogue import actions as catalogue
from precedent.catalogue import placing
from precedent.framework import actions, queries, revising
from tests import given
from tests.framework.exercises import frame, its_version, revise, the_draft

pytestmark = pytest.mark.django_db


def publish_a_merge(code: str, into: str) -> None:
    actions.begin_edition(by=given.EDITOR)
    revise(code, lambda now, before, _used: revising.merged(now, code, into, before))
    frame(the_draft(), "Another iteration")
    actions.publish_edition(its_version(), "For a test.", by=given.EDITOR)


def test_the_page_of_an_entry_follows_the_editions(client: Client, index_of_its_own: Callable[[], None]) -> None:
    index_of_its_own()
    entry = given.entry(answers=["A13", "B12"], annex_headings=[])
    was, becomes = (str(queries.current_edition().questions[code]) for code in ("A13", "A12"))
    publish_a_merge("A13", "A12")
    index_of_its_own()
    page = client.get(f"/en/entries/{entry.address}").content.decode()
    assert becomes in page and was not in page
    assert placing.answers(entry) == ("A12", "B12") and placing.answers(entry, 1) == ("A13", "B12")
    catalogue.revise(entry, placing.document_today(entry), "The codes of today.", by=given.EDITOR)
    compared = client.get(f"/en/entries/{entry.id}/compare").content.decode()
    assert becomes in compared and was in compared


def test_drafts_and_searches_by_an_old_code_lead_to_what_stands_for_it(
    client: Client, index_of_its_own: Callable[[], None]
) -> None:
    index_of_its_own()
    publish_a_merge("A13", "A12")
    index_of_its_own()
    page = client.get("/en/search?question=A13").content.decode()
    assert "is now" in page
    assert (
        client.get("/api/v1/entries?question=A13").json()["count"]
        == (client.get("/api/v1/entries?question=A12").json()["count"])
    )
    then = client.get("/api/v1/entries?question=A13&edition=1").json()["count"]
    assert 0 < then < client.get("/api/v1/entries?question=A13").json()["count"]
