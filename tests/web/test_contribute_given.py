"""From posted names to a draft and back: nothing breaks it, and nothing is changed by being shown."""

from typing import Any

import pytest
from hypothesis import given as suppose
from hypothesis import settings
from hypothesis import strategies as st

from precedent.audit.remembering import one_revision
from precedent.catalogue import queries as catalogue
from precedent.catalogue.about import Step
from precedent.forms import draft as drafts
from precedent.forms.asks import Ask, Kind, asked_in, asks
from precedent.forms.draft import Draft
from precedent.web.contribute import given, shown
from precedent.web.contribute.choices import Choice, Offered
from precedent.web.contribute.shown import Asked, Shown
from tests.given import NASTY

pytestmark = pytest.mark.django_db

Posted = list[tuple[str, list[str]]]


def sent(questions: list[Shown]) -> Posted:
    """What a browser sends of the questions as they stand on a page."""
    return [pair for question in questions for pair in _sent(question)]


def _sent(asked: Shown) -> Posted:
    match asked.ask.kind:
        case Kind.PARTS:
            own = [(f"{part.name}.id", [part.own]) for part in asked.parts if part.own]
            begun = [(f"{part.name}.begun", [part.begun.code]) for part in asked.parts if part.begun]
            return [*own, *begun, *sent([inner for part in asked.parts for inner in part.fields])]
        case Kind.PART:
            return sent(list(asked.fields))
        case Kind.PAIRS if asked.parts:
            return [(end.name, _one(end.offered)) for part in asked.parts for end in part.fields]
        case Kind.SEVERAL:
            chosen = [choice.value for choice in _choices(asked.offered) if choice.chosen]
            return [(asked.name, chosen)] if chosen else []
        case Kind.ONE | Kind.LANGUAGE:
            return [(asked.name, _one(asked.offered))]
        case Kind.PAIRS:
            return []
        case _:
            return [(asked.name, [asked.value.replace("\n", "\r\n")])]


def _choices(offered: Offered | None) -> list[Choice]:
    assert offered
    return [*offered.first, *(choice for group in offered.folded for choice in group.choices)]


def _one(offered: Offered | None) -> list[str]:
    chosen = [choice.value for choice in _choices(offered) if choice.chosen]
    assert len(chosen) < 2
    return chosen or [""]


def shown_and_sent(told: Draft) -> Draft:
    """A draft, step by step through the form with nothing changed."""
    found: Draft = {}
    for step in Step:
        asked = asked_in(step)
        page = Asked(told, blanks=shown.blanks(asked, told, {}))
        found |= given.read(sent(shown.questions(asked, page)), asked, told)
    return drafts.tidy(found)


def test_every_entry_comes_back_from_the_form_as_it_was_shown() -> None:
    with one_revision():
        for entry in catalogue.changed_since(0):
            told = drafts.of(entry.document)
            assert shown_and_sent(told) == told, entry.id


def test_an_empty_form_is_an_empty_draft() -> None:
    assert shown_and_sent({}) == {}


def _names(ask: Ask, above: str = "") -> list[str]:
    name = f"{above}{ask.name}"
    places = [f"{name}.{number}" for number in ("0", "1", "2", "10")]
    match ask.kind:
        case Kind.PARTS:
            inner = [n for place in places for part in ask.parts for n in _names(part, f"{place}.")]
            return [*inner, *(f"{place}.{more}" for place in places for more in ("id", "begun")), name]
        case Kind.PART:
            return [n for part in ask.parts for n in _names(part, f"{name}.")]
        case Kind.PAIRS:
            return [f"{place}.{end}" for place in places for end in "012"]
        case _:
            return [name]


KNOWN = sorted({name for ask in asks() for name in _names(ask)})
TAKEN = ["take.barriers.code", "take.barriers.text", "take.title", "take.nothing.at.all"]
JUNK = [
    "",
    ".",
    "..",
    "barriers",
    "barriers.",
    "barriers.x.text",
    "barriers.-1.text",
    "barriers.².text",
    "a.b.c.d.e.f",
]
CODES = [
    "language",
    "cost",
    "PH",
    "JO",
    "negative",
    "fr",
    "A13",
    "@0",
    "@1",
    "@99999",
    "@",
    "b1",
    "b2",
    "r9999999999",
]
NAMES = st.sampled_from(KNOWN) | st.sampled_from(TAKEN + JUNK) | st.text(max_size=12)
VALUES = st.sampled_from(CODES) | st.sampled_from([t for t in NASTY if len(t) < 200]) | st.text(max_size=30)
POSTED = st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=25)


@suppose(POSTED, st.sampled_from([*Step]), POSTED)
@settings(max_examples=300)
def test_whatever_is_posted_becomes_a_draft_of_what_was_asked(
    posted: dict[str, list[str]], step: Step, before: dict[str, list[str]]
) -> None:
    asked = asked_in(step)
    was = drafts.tidy(given.read(before.items(), asks(), {}))
    told = given.read(posted.items(), asked, was)
    assert told.keys() == {ask.name for ask in asked}
    judged = drafts.judge(drafts.tidy({**was, **told}))
    assert judged.document is not None or judged.findings


@suppose(POSTED)
@settings(max_examples=200)
def test_whatever_was_posted_once_is_not_changed_by_being_shown(posted: dict[str, list[str]]) -> None:
    told = drafts.tidy(given.read(posted.items(), asks(), {}))
    assert shown_and_sent(told) == told


def read(step: Step, was: Draft | None = None, removed: tuple[str, ...] = (), **posted: Any) -> Draft:
    names = [
        (name.replace("__", "."), [value] if isinstance(value, str) else value) for name, value in posted.items()
    ]
    return drafts.tidy(given.read(names, asked_in(step), was or {}, removed))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2019", 2019),
        (" 2019 ", 2019),
        ("٢٠١٩", 2019),
        ("soon", "soon"),
        ("²", "²"),
        ("-5", "-5"),
        ("9" * 9, "9" * 9),
    ],
)
def test_a_year_is_a_number_in_any_script_and_else_what_was_typed(typed: str, kept: Any) -> None:
    assert read(Step.ABOUT, year_start=typed) == {"year_start": kept}


def test_what_was_chosen_keeps_its_order_and_what_is_new_comes_last() -> None:
    was = {"answers": ["C04", "A03", "B08"]}
    assert read(Step.BELONGS, was, answers=["A01", "A03", "C04"]) == {"answers": ["C04", "A03", "A01"]}


def test_a_suggestion_that_is_ticked_becomes_a_part_to_go_on_with() -> None:
    told = read(Step.CHAIN, barriers__0__code="cost", take__barriers__code=["language", "cost"])
    assert [part["code"] for part in told["barriers"]] == ["cost", "language", "cost"]


def test_a_choice_that_points_at_a_part_follows_it() -> None:
    posted: dict[str, Any] = {
        "barriers__0__code": "cost",
        "barriers__3__code": "debt",
        "measures__0__overcomes": ["@3", "@0", "@7"],
    }
    told = read(Step.CHAIN, **posted)
    assert told["measures"][0]["overcomes"] == ["debt", "cost"]
    told = read(Step.CHAIN, removed=("barriers", "3"), **posted)
    assert told["measures"][0]["overcomes"] == ["cost"]
