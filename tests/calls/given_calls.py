"""Calls for the tests, made as editors make them. Each builder takes only what the test is about."""

from datetime import timedelta
from typing import Any

from precedent.calls import actions
from precedent.calls.records import Call, Terms, today
from tests.given import EDITOR


def terms(**changes: Any) -> Terms:
    """What an editor says of a call that ends in thirty days."""
    told: dict[str, Any] = {
        "question": "A05",
        "perspective": "origin",
        "title": "Pensions that follow workers home",
        "sought": "Agreements by which pension rights move with the people who earned them.",
        "why": "No entry shows what came of such an agreement in a country of origin.",
        "opens": today(),
        "until": today() + timedelta(days=30),
        "contact": "The catalogue's editors, editors@example.org",
        "wanted": 3,
    }
    return Terms(**told | changes)


def call(**changes: Any) -> Call:
    return actions.open_call(terms(**changes), by=EDITOR)
