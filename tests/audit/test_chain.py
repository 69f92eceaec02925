import re

import pytest
from django.db import connection

from precedent.audit import queries
from precedent.audit.remembering import one_revision, remembered, revision
from precedent.catalogue import actions
from precedent.kernel.acting import acting
from tests import given

pytestmark = pytest.mark.django_db


def tamper(sql: str) -> None:
    """Change rows as somebody would who goes around the product."""
    token = acting.set(True)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    finally:
        acting.reset(token)


def test_the_chain_of_the_loaded_catalogue_holds() -> None:
    assert list(queries.breaks()) == []
    assert queries.head().sequence > 334


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE audit_eventrow SET reason = 'another' WHERE sequence = 30", "Event 30 .* was altered"),
        ("UPDATE audit_eventrow SET by_name = 'another' WHERE sequence = 31", "Event 31 .* was altered"),
        ("UPDATE audit_eventrow SET detail = '{}' WHERE sequence = 32", "Event 32 .* was altered"),
        ("DELETE FROM audit_eventrow WHERE sequence = 33", "Event 33 is missing"),
        ("DELETE FROM audit_eventrow WHERE sequence > 100", "head of the audit chain does not match"),
        ("UPDATE audit_headrow SET hash = 'x'", "head of the audit chain does not match"),
    ],
)
def test_an_edited_trail_is_told_with_its_place(sql: str, told: str) -> None:
    tamper(sql)
    assert re.search(told, " ".join(queries.breaks()))


def test_a_change_and_its_event_are_made_together_or_not_at_all() -> None:
    before = queries.head()
    seen = given.entry()
    actions.unpublish(seen, "A test.", by=given.EDITOR)
    with pytest.raises(Exception, match="changed meanwhile"):
        actions.unpublish(seen, "Again.", by=given.EDITOR)
    events = queries.trail(seen.id)
    assert [event.verb for event in events] == ["entry.published", "entry.unpublished"]
    assert events[-1].by_name == given.EDITOR.name
    assert queries.head().sequence == before.sequence + 2
    assert list(queries.breaks()) == []


def test_what_is_remembered_is_read_again_after_a_public_change() -> None:
    calls = []

    @remembered
    def read() -> int:
        calls.append(1)
        return len(calls)

    assert (read(), read()) == (1, 1)
    given.entry()
    assert (read(), read()) == (2, 2)


def test_a_page_is_made_of_one_revision() -> None:
    with one_revision() as stands:
        given.entry()
        assert revision() == stands
    assert revision() != stands
