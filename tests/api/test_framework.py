"""Editions of the framework as programs read them."""

import pytest
from django.test import Client

from precedent.framework import actions, queries, revising
from precedent.kernel.languages import LANGUAGES
from tests import given

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/framework/editions/"
SIX = {language.code for language in LANGUAGES}


def second() -> None:
    """A second edition in force: A02 merged into A01, A03 in other words, A04 retired."""
    actions.begin_edition(by=given.EDITOR)
    moves: list[actions.Move] = [
        lambda now, before, _u: revising.merged(now, "A02", "A01", before),
        lambda now, _b, _u: revising.reworded(now, "A03", {"en": "In other words?"}),
        lambda now, before, _u: revising.retired(now, "A04", before),
        lambda now, _b, _u: revising.frame_reworded(now, "Second", now.title, now.aim, now.expected_outcome),
    ]
    for move in moves:
        draft = queries.draft()
        assert draft is not None
        seen = revising.seen_of(draft.edition, revising.WHOLE)
        actions.revise_edition(revising.WHOLE, seen, move, "", by=given.EDITOR)
    actions.publish_edition(5, "For a test.", by=given.EDITOR)


def test_an_edition_is_told_whole_in_six_languages(client: Client) -> None:
    told = client.get(f"{ADDRESS}1").json()
    assert (told["number"], told["status"], told["successors"], told["changes"]) == (1, "current", {}, [])
    assert told["in_force_since"].startswith(queries.in_force_since()[1].date().isoformat())
    questions = [question for area in told["issue_areas"] for question in area["questions"]]
    headings = [heading for area in told["issue_areas"] for heading in area["headings"]]
    assert (len(questions), len(headings)) == (73, 18)
    texts = [told["title"], *(side["title"] for side in told["perspectives"])]
    texts += [part["text"] for part in (*questions, *headings)]
    texts += [roundtable["covers"] for roundtable in told["related_roundtables"]]
    assert all(set(text) == SIX for text in texts)
    assert {heading["perspective"] for heading in headings} == {"destination", "origin"}
    assert sum(question["emphasised"] for question in questions) > 0


def test_an_edition_says_what_it_changed_and_the_one_before_stays(client: Client) -> None:
    second()
    told = client.get(f"{ADDRESS}2").json()
    assert told["successors"] == {"A02": ["A01"], "A04": []}
    changed = {change["code"]: (change["fate"], change["now"]) for change in told["changes"]}
    assert len(told["changes"]) == len(changed) == 91
    assert [changed[code] for code in ("A01", "A02", "A03", "A04")] == [
        ("kept", ["A01"]),
        ("merged", ["A01"]),
        ("reworded", ["A03"]),
        ("retired", []),
    ]
    assert client.get(f"{ADDRESS}1").json()["status"] == "superseded"


def test_a_draft_and_what_there_is_not_are_not_found(client: Client) -> None:
    actions.begin_edition(by=given.EDITOR)
    for number in ("2", "0", "99999999999999999999"):
        answer = client.get(ADDRESS + number)
        assert (answer.status_code, answer.json()["code"]) == (404, "edition-unknown")
        assert answer["Content-Type"] == "application/problem+json"
    for number in ("one", "-1", "1.5"):
        answer = client.get(ADDRESS + number)
        assert (answer.status_code, answer.json()["code"]) == (404, "address-unknown")
