"""Marks for related roundtables, and what they hand over."""

import random

import pytest

from precedent.audit import queries as audit
from precedent.audit.remembering import one_revision
from precedent.catalogue import actions as catalogue
from precedent.catalogue import placing
from precedent.catalogue import queries as entries
from precedent.catalogue.records import Entry
from precedent.catalogue.refusals import NoSuchEntry
from precedent.framework import actions as editions
from precedent.framework import queries as framework
from precedent.framework import revising
from precedent.kernel.refusals import NotAllowed, Refusal
from precedent.roundtables import actions, queries
from precedent.roundtables.records import LONGEST_REASON, Kind
from precedent.roundtables.refusals import (
    AlreadyMarked,
    EntryNotPublished,
    NoSuchRoundtable,
    NotMarked,
    QuestionNotAsked,
    ReasonInvalid,
)
from tests import given
from tests.framework import exercises

pytestmark = pytest.mark.django_db

WHY = "It is about matching people and jobs."


def mark(what: str, roundtable: str = "2.1", reason: str = WHY) -> None:
    if what.startswith("PPD-"):
        actions.mark_entry(roundtable, what, reason, by=given.EDITOR)
    else:
        actions.mark_question(roundtable, what, reason, by=given.EDITOR)


def unmark(what: str, roundtable: str = "2.1", reason: str = "It was too far away.") -> None:
    kind = Kind.ENTRY if what.startswith("PPD-") else Kind.QUESTION
    actions.unmark(roundtable, kind, what, reason, by=given.EDITOR)


def ids(roundtable: str = "2.1") -> list[str]:
    return [handed.entry.id for handed in queries.handed_over(roundtable).values()]


def published() -> list[Entry]:
    return [entry for entry in entries.changed_since(0) if entry.published]


# ---------- what is handed over ----------


def test_nothing_is_marked_in_a_new_catalogue() -> None:
    assert [*queries.roundtables()] == ["2.1", "3.2"]
    assert queries.marks() == () and queries.by_question() == {}
    assert ids("2.1") == ids("3.2") == []


def test_a_marked_question_hands_over_every_entry_that_answers_it() -> None:
    mark("B12")
    expected = {entry.id for entry in published() if "B12" in entry.document.answers}
    assert expected and set(ids()) == expected
    assert {handed.questions for handed in queries.handed_over("2.1").values()} == {("B12",)}
    assert ids("3.2") == []
    new = given.entry(answers=["A13", "B12"])
    assert set(ids()) == expected | {new.id}


def test_an_entry_that_is_there_for_several_reasons_is_there_once() -> None:
    made = given.entry(answers=["A13", "B12"])
    for what in ("B12", "A13", made.id):
        mark(what)
    assert ids().count(made.id) == 1
    handed = queries.handed_over("2.1")[made.number]
    assert handed.questions == ("A13", "B12")
    assert [(m.what, m.reason) for m in handed.marks] == [(made.id, WHY)]


def test_entries_stand_in_the_order_of_the_questions() -> None:
    mark("B12")
    mark("A13")
    alone = given.entry(answers=["C01"])
    given.entry(title="A help line that came later than others", answers=["A13"])
    mark(alone.id)
    firsts = [handed.questions[0] for handed in queries.handed_over("2.1").values() if handed.questions]
    assert firsts == sorted(firsts) and set(firsts) == {"A13", "B12"}
    assert ids()[-1] == alone.id


def test_an_entry_is_told_where_it_belongs_and_why() -> None:
    made = given.entry(answers=["A13", "B12"])
    mark("B12", "3.2")
    mark(made.id, "2.1")
    found = queries.belongings(made)
    told = [(each.roundtable.code, each.questions, [m.what for m in each.marks]) for each in found]
    assert told == [("2.1", (), [made.id]), ("3.2", ("B12",), [])]
    assert queries.belongings(given.entry(title="Another one of another kind", answers=["C01"])) == []


def test_a_withdrawn_entry_is_not_handed_over_and_comes_back_with_its_mark() -> None:
    made = given.entry()
    mark(made.id)
    mark("B12")
    withdrawn = catalogue.unpublish(made, "For a test.", by=given.EDITOR)
    assert made.id not in ids()
    catalogue.publish_again(withdrawn, "For a test.", by=given.EDITOR)
    assert made.id in ids()


def test_the_mark_of_a_merged_entry_hands_over_the_one_that_stays() -> None:
    gone = given.entry(answers=["C01"])
    stays = given.entry(title="The same help line, told by somebody else", answers=["C02"])
    mark(gone.id)
    catalogue.merge(gone, stays, "They tell the same.", by=given.EDITOR)
    assert ids() == [stays.id]
    (belonging,) = queries.belongings(entries.entry(stays.id))
    assert [m.what for m in belonging.marks] == [gone.id]


# ---------- through editions ----------


def revised(*moves: tuple[str, str]) -> None:
    """Another edition in force: each code retired (``), split (`two`) or merged into another."""
    editions.begin_edition(by=given.EDITOR)
    for code, into in moves:
        _move(code, into)
    exercises.frame(exercises.the_draft(), "Another iteration")
    exercises._decide(random.Random(1))
    editions.publish_edition(exercises.its_version(), "For a test.", by=given.EDITOR)


def _move(code: str, into: str) -> None:
    parts = [{"en": "One part?"}, {"en": "Another part?"}]
    if into == "two":
        exercises.revise(code, lambda now, before, used: revising.split(now, code, parts, before, used))
    elif into:
        exercises.revise(code, lambda now, before, _used: revising.merged(now, code, into, before))
    else:
        exercises.revise(code, lambda now, before, _used: revising.retired(now, code, before))


def test_the_mark_of_a_question_follows_its_code() -> None:
    for what in ("A02", "B12", "C03"):
        mark(what)
    revised(("A02", "A01"), ("B12", "two"), ("C03", ""))
    parts = framework.current_edition().successors["B12"]
    assert len(parts) == 2
    assert queries.marked_questions("2.1") == ("A01", *parts)
    now = {m.what: m.questions for m in queries.marks()}
    assert now == {"A02": ("A01",), "B12": parts, "C03": ()}
    with pytest.raises(AlreadyMarked):
        mark("A01")
    with pytest.raises(QuestionNotAsked):
        mark("C03")
    unmark("C03")
    unmark("B12")
    assert queries.marked_questions("2.1") == ("A01",)


def test_an_entry_goes_where_editors_decided_when_its_question_was_split() -> None:
    revised(("B12", "two"))
    handed = []
    for part in framework.current_edition().successors["B12"]:
        mark(part)
        assert set(queries.handed_over("2.1")) == naive("2.1", published())
        handed.append(set(ids()))
        unmark(part)
    assert handed[0] and handed[1] and handed[0] != handed[1]


def naive(roundtable: str, there: list[Entry]) -> set[int]:
    """What is to be handed over of the published entries, worked out one by one."""
    asked, named = set(), set()
    for each in queries.marks():
        if each.roundtable == roundtable and each.kind is Kind.QUESTION:
            codes = {each.what}
            for text in framework.editions():
                codes = {part for code in codes for part in text.successors.get(code, (code,))}
            asked |= codes
        elif each.roundtable == roundtable:
            entry = entries.any_entry(each.what)
            named.add(entry.merged_into or entry.id)
    return {entry.number for entry in there if entry.id in named or asked.intersection(placing.answers(entry))}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_handed_over_is_the_union_of_what_is_marked(seed: int) -> None:
    """Whatever editors mark and unmark, withdraw and merge, and however the framework changes under it."""
    chance = random.Random(seed)
    for step in range(16):
        try:
            _deed(chance, step)
        except Refusal:
            continue
        with one_revision():
            there = published()
            for code in queries.roundtables():
                found = queries.handed_over(code)
                assert set(found) == naive(code, there), (seed, step, code)
                assert all(handed.questions or handed.marks for handed in found.values())
                for entry in there:
                    own = [each for each in queries.belongings(entry) if each.roundtable.code == code]
                    handed = [found[entry.number]] if entry.number in found else []
                    assert [(b.questions, b.marks) for b in own] == [(h.questions, h.marks) for h in handed]


def _deed(chance: random.Random, step: int) -> None:
    code = chance.choice(["2.1", "3.2"])
    if step == 8:
        exercises.next_edition(chance)
        return
    match chance.choice(["question", "entry", "entry", "unmark", "withdraw", "merge"]):
        case "question":
            mark(chance.choice(list(framework.current_edition().questions)), code)
        case "entry":
            mark(_any_entry(chance).id, code)
        case "unmark" if queries.marks():
            one = chance.choice(queries.marks())
            unmark(one.what, one.roundtable)
        case "withdraw":
            catalogue.unpublish(_marked_entry(chance), "For a test.", by=given.EDITOR)
        case "merge":
            catalogue.merge(_marked_entry(chance), _any_entry(chance), "For a test.", by=given.EDITOR)


def _any_entry(chance: random.Random) -> Entry:
    return entries.any_entry(f"PPD-{chance.randint(1, entries.count()):06d}")


def _marked_entry(chance: random.Random) -> Entry:
    """One that is marked, if there is one: what happens to others seldom matters."""
    named = [m.what for m in queries.marks() if m.kind is Kind.ENTRY]
    return entries.any_entry(chance.choice(named)) if named else _any_entry(chance)


# ---------- what is refused, and what the trail says ----------


def test_marking_twice_is_refused_and_changes_nothing() -> None:
    made = given.entry()
    for what in ("B12", made.id):
        mark(what)
        before = audit.head()
        with pytest.raises(AlreadyMarked, match=f"{what} is marked for Roundtable 2.1 already"):
            mark(what, reason="Another reason.")
        assert audit.head() == before
        mark(what, "3.2")
    assert len(queries.marks()) == 4


def test_taking_away_what_is_not_marked_is_refused() -> None:
    mark("B12")
    unmark("B12")
    for what in ("B12", "A05", given.entry().id):
        with pytest.raises(NotMarked):
            unmark(what)
    assert queries.marks() == () and ids() == []


@pytest.mark.parametrize("reason", ["", "  \n\u200b", "a" * (LONGEST_REASON + 1)])
def test_a_mark_needs_a_reason_of_some_length(reason: str) -> None:
    with pytest.raises(ReasonInvalid):
        mark("B12", reason=reason)
    mark("B12", reason="a" * LONGEST_REASON)
    with pytest.raises(ReasonInvalid):
        unmark("B12", reason=reason)
    assert len(queries.marks()) == 1


@pytest.mark.parametrize("text", ["", "9.9", "A99", "\x00", "B12 ", "PPD-999999", "2.1; --"])
def test_what_is_not_there_cannot_be_marked(text: str) -> None:
    with pytest.raises(NoSuchRoundtable):
        mark("B12", text)
    with pytest.raises(QuestionNotAsked):
        actions.mark_question("2.1", text, WHY, by=given.EDITOR)
    with pytest.raises(NoSuchEntry):
        actions.mark_entry("2.1", text, WHY, by=given.EDITOR)
    with pytest.raises(NotMarked):
        actions.unmark("2.1", text, text, WHY, by=given.EDITOR)
    assert queries.marks() == ()


def test_an_entry_that_is_not_published_cannot_be_marked() -> None:
    made = given.entry()
    catalogue.unpublish(made, "For a test.", by=given.EDITOR)
    with pytest.raises(EntryNotPublished):
        mark(made.id)


def test_only_editors_and_administrators_mark() -> None:
    for by in (given.READER, given.CONTRIBUTOR, given.FOCAL_POINT, given.REVIEWER):
        with pytest.raises(NotAllowed):
            actions.mark_question("2.1", "B12", WHY, by=by)
        with pytest.raises(NotAllowed):
            actions.unmark("2.1", Kind.QUESTION, "B12", WHY, by=by)
    actions.mark_question("2.1", "B12", WHY, by=given.ADMINISTRATOR)


def test_each_mark_is_in_the_trail_with_its_reason() -> None:
    made = given.entry()
    mark(made.id)
    unmark(made.id)
    mark("B12")
    told = [(event.verb, event.reason, event.detail) for event in audit.trail(made.id)[-2:]]
    assert told == [
        ("roundtable.marked", WHY, {"roundtable": "2.1"}),
        ("roundtable.unmarked", "It was too far away.", {"roundtable": "2.1"}),
    ]
    assert audit.trail("question:B12")[-1].verb == "roundtable.marked"
    assert audit.head().public == audit.head().sequence


def test_marking_sees_what_another_editor_did_after_the_page_was_begun() -> None:
    with one_revision():
        assert queries.marks() == ()
        mark("B12")
        with pytest.raises(AlreadyMarked):
            mark("B12")
        unmark("B12")
        with pytest.raises(NotMarked):
            unmark("B12")
