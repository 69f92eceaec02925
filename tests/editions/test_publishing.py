"""Decisions, publication and take-back through the actions, with the starter catalogue."""

from typing import Any

import pytest

from precedent.audit import queries as audit
from precedent.catalogue import actions as catalogue
from precedent.catalogue import placing
from precedent.catalogue import queries as entries
from precedent.catalogue.records import Entry
from precedent.editions import actions, queries
from precedent.editions.records import Asked, Decision, Outcome
from precedent.framework import actions as framework
from precedent.framework import edition_file
from precedent.framework import queries as editions
from precedent.framework.files import first_edition
from precedent.framework.refusals import (
    DecisionChanged,
    DecisionsOpen,
    DecisionUnknown,
    DraftChanged,
    DraftWasInForce,
    FrameworkFileInvalid,
    NoDraft,
)
from precedent.kernel.refusals import NotAllowed
from tests import given
from tests.editions import revised

pytestmark = pytest.mark.django_db


def decide(asked: Asked, *into: str) -> int:
    return actions.decide([Decision(asked.entry, asked.edition, asked.code, into, asked.chosen)], by=given.EDITOR)


def decide_all() -> int:
    """Every open decision: the first part, or the first question."""
    edition = revised.draft().edition
    made = []
    for asked in queries.effects().open:
        offered = [*edition.questions] if asked.wants_question else [*edition.successors[asked.code]]
        made.append(Decision(asked.entry, asked.edition, asked.code, (offered[0],)))
    return actions.decide(made, by=given.EDITOR)


def stand() -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What every entry answers today, withdrawn ones included."""
    found = entries.entries([entry.number for entry in entries.answering()])
    return {n: (placing.answers(e), placing.headings(e)) for n, e in found.items()}


def published(**changes: Any) -> Entry:
    return given.entry(**changes)


def test_the_exercise_leaves_no_answer_behind_and_doubles_none() -> None:
    before = stand()
    revised.exercise()
    while queries.effects().open:
        decide_all()
    found = queries.effects()
    assert sum(found.answers_by_outcome.values()) == sum(len(answers) for answers, _ in before.values())
    assert sum(found.headings_by_outcome.values()) == sum(len(headings) for _, headings in before.values())
    assert {Outcome.KEPT, Outcome.REWORDED, Outcome.MERGED, Outcome.CHOSEN} <= set(found.answers_by_outcome)
    assert Outcome.OPEN not in found.answers_by_outcome
    foretold: dict[int, set[str]] = {number: set() for number in before}
    for answer in (*found.answers, *found.headings):
        foretold[answer.entry] |= set(answer.into)
    revised.publish()
    after = stand()
    assert {number: {*answers, *headings} for number, (answers, headings) in after.items()} == foretold
    assert all(len(set(answers)) == len(answers) > 0 for answers, _ in after.values())
    framework.take_back_edition(2, "Too early.", by=given.EDITOR)
    assert stand() == before


def test_decisions_outlive_a_take_back() -> None:
    revised.exercise()
    while queries.effects().open:
        decide_all()
    made = entries.decided()
    revised.publish()
    first = stand()
    framework.take_back_edition(2, "Too early.", by=given.EDITOR)
    assert entries.decided() == made and queries.effects().open == ()
    revised.publish()
    assert stand() == first


def test_an_entry_left_without_any_question_needs_one() -> None:
    entry = published(answers=["A07", "C02"])
    revised.begin()
    revised.retire("A07")
    revised.retire("C02")
    asked = next(asked for asked in queries.effects().open if asked.entry == entry.number)
    assert asked.wants_question and asked.codes == ("A07", "C02")
    with pytest.raises(DecisionUnknown):
        decide(asked)
    with pytest.raises(DecisionUnknown):
        decide(asked, "A07")
    with pytest.raises(DecisionUnknown):
        decide(asked, "A-D1")
    assert decide(asked, "A01", "B01") == 1
    found = [answer for answer in queries.effects().answers if answer.entry == entry.number]
    assert [(a.code, a.outcome, a.into) for a in found] == [
        ("A07", Outcome.CHOSEN, ("A01", "B01")),
        ("C02", Outcome.CHOSEN, ("A01", "B01")),
    ]


def test_an_entry_that_speaks_to_no_part_and_to_nothing_else_needs_a_question() -> None:
    entry = published(answers=["A05"])
    revised.begin()
    parts = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    asked = next(asked for asked in queries.effects().open if asked.entry == entry.number)
    assert asked.code == "A05"
    decide(asked)
    asked = next(asked for asked in queries.effects().open if asked.entry == entry.number)
    assert asked.wants_question
    decide(asked, parts[0], "B01")
    assert not [asked for asked in queries.effects().open if asked.entry == entry.number]


def test_only_what_the_edition_leaves_open_can_be_decided() -> None:
    entry = published(answers=["A13", "A05"])
    revised.begin()
    first, second = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    wrong: list[tuple[int, int, str, tuple[str, ...]]] = [
        (entry.number, 2, "A05", ("A01",)),
        (entry.number, 2, "A05", (first, first)),
        (entry.number, 2, "A13", ()),
        (entry.number, 2, "", ("A01",)),
        (entry.number, 3, "A05", (first,)),
        (999_999, 2, "A05", (first,)),
        (published(answers=["A13"]).number, 2, "A05", (first,)),
    ]
    for told in wrong:
        with pytest.raises(DecisionUnknown):
            actions.decide([Decision(*told)], by=given.EDITOR)
    good = Decision(entry.number, 2, "A05", (first, second))
    with pytest.raises(DecisionUnknown):
        actions.decide([good, Decision(*wrong[0])], by=given.EDITOR)
    assert entries.decided() == {}
    with pytest.raises(NotAllowed):
        actions.decide([good], by=given.REVIEWER)
    assert actions.decide([good], by=given.EDITOR) == 1
    assert actions.decide([good], by=given.EDITOR) == 0


def test_of_two_editors_who_decide_on_one_entry_the_second_is_told() -> None:
    entry = published(answers=["A13", "A05"])
    revised.begin()
    first, second = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    key = (entry.number, 2, "A05")
    actions.decide([Decision(*key, (first,))], by=given.EDITOR)
    with pytest.raises(DecisionChanged):
        actions.decide([Decision(*key, (second,))], by=given.EDITOR)
    assert actions.decide([Decision(*key, (second,), (first,))], by=given.EDITOR) == 1


def test_an_edition_is_not_published_with_decisions_left_open_even_those_of_an_entry_published_meanwhile() -> None:
    revised.begin()
    revised.split("A05", "One?", "Two?")
    while queries.effects().open:
        decide_all()
    late = published(answers=["A05"])
    events = audit.head().sequence
    with pytest.raises(DecisionsOpen) as refused:
        revised.publish()
    assert late.id in str(refused.value) and "A05" in str(refused.value)
    assert audit.head().sequence == events and editions.current_edition().number == 1


def test_a_withdrawn_entry_is_decided_on_too_for_it_may_come_back() -> None:
    entry = published(answers=["A05"])
    catalogue.unpublish(entry, "For a test.", by=given.EDITOR)
    revised.begin()
    revised.split("A05", "One?", "Two?")
    asked = next(asked for asked in queries.effects().asked if asked.entry == entry.number)
    assert not asked.published and asked.is_open


def test_an_edition_is_published_once() -> None:
    revised.begin()
    version = revised.draft().version
    actions.publish(version, "For a test.", by=given.EDITOR)
    with pytest.raises(NoDraft):
        actions.publish(version, "For a test.", by=given.EDITOR)
    assert [edition.number for edition in editions.editions()] == [1, 2]


def test_a_decision_of_the_edition_in_force_may_be_changed_and_readers_see_it() -> None:
    entry = published(answers=["A05"])
    revised.begin()
    first, second = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    while queries.effects().open:
        decide_all()
    revised.publish()
    asked = next(asked for asked in queries.effects_in_force().asked if asked.entry == entry.number)
    assert asked.chosen == (first,)
    before = audit.head().revision
    decide(asked, second)
    assert audit.head().revision != before
    assert placing.answers(entries.any_entry(entry.id)) == (second,)


def test_decisions_fall_away_with_the_split_that_they_spoke_of() -> None:
    entry = published(answers=["A05"])
    revised.begin()
    revised.split("A05", "One?", "Two?")
    while queries.effects().open:
        decide_all()
    revised.reword("A01", "Another text?")
    assert (2, "A05") in entries.decided()[entry.number]
    revised.restore("A05")
    revised.split("A05", "Something else?", "And yet another?")
    assert entry.number not in entries.decided()
    assert [asked for asked in queries.effects().open if asked.entry == entry.number]


def test_that_an_entry_speaks_to_none_of_the_parts_falls_away_too() -> None:
    entry = published(answers=["A13", "A05"])
    revised.begin()
    revised.split("A05", "One?", "Two?")
    actions.decide([Decision(entry.number, 2, "A05", ())], by=given.EDITOR)
    revised.restore("A05")
    revised.split("A05", "Something else?", "And yet another?")
    assert entries.decided() == {}


def test_a_question_chosen_for_an_entry_falls_away_when_it_is_taken_out_again() -> None:
    entry = published(answers=["A07"])
    revised.begin()
    revised.retire("A07")
    new = [*revised.add("A", "A new one?").edition.questions]
    asked = next(asked for asked in queries.effects().open if asked.entry == entry.number)
    code = next(code for code in new if code not in first_edition().questions)
    decide(asked, code)
    revised.retire(code)
    assert code in revised.add("A", "Something else?").edition.questions
    assert [asked for asked in queries.effects().open if asked.entry == entry.number]


def test_what_is_thrown_away_leaves_no_decision_and_what_was_in_force_is_kept() -> None:
    revised.begin()
    revised.split("A05", "One?", "Two?")
    while queries.effects().open:
        decide_all()
    actions.discard(revised.draft().version, by=given.EDITOR)
    assert entries.decided() == {} and editions.draft() is None
    revised.begin()
    revised.publish()
    framework.take_back_edition(2, "Too early.", by=given.EDITOR)
    with pytest.raises(DraftWasInForce):
        actions.discard(revised.draft().version, by=given.EDITOR)


def test_taking_back_says_how_many_entries_hang_on_that_edition_alone() -> None:
    revised.begin()
    parts = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    new = next(
        c
        for c in revised.add("B", "A new one?").edition.questions
        if c not in first_edition().questions and c.startswith("B")
    )
    while queries.effects().open:
        decide_all()
    revised.publish()
    assert queries.taking_back().entries == 0
    of_part, of_new = published(answers=[parts[1]]), published(answers=[new])
    published(answers=[new, "A01"])
    found = queries.taking_back()
    assert (found.number, found.entries, found.back, found.without) == (2, 3, 2, (of_new.number,))
    framework.take_back_edition(2, "Too early.", by=given.EDITOR)
    assert placing.answers(entries.any_entry(of_part.id)) == ("A05",)
    (asked,) = queries.effects_in_force().open
    assert (asked.entry, asked.edition, asked.code) == (of_new.number, 1, "")
    decide(asked, "B01")
    assert placing.answers(entries.any_entry(of_new.id)) == ("B01",)
    assert queries.effects_in_force().open == () and len(queries.effects_in_force().asked) == 1
    # Published again, the new question counts again, too.
    while queries.effects().open:
        decide_all()
    foretold = queries.effects()
    assert (of_new.number, new) in foretold.coming_back
    (again,) = [answer for answer in foretold.answers if answer.entry == of_part.number]
    assert (again.code, again.outcome, again.into) == ("A05", Outcome.CHOSEN, (parts[1],))
    revised.publish()
    assert placing.answers(entries.any_entry(of_new.id)) == (new,)
    assert placing.answers(entries.any_entry(of_part.id)) == (parts[1],)


def test_codes_of_a_third_edition_that_was_taken_back_are_followed_to_the_second() -> None:
    revised.begin()
    revised.publish()
    revised.begin("Third iteration")
    new = next(c for c in revised.add("B", "A new one?").edition.questions if c not in first_edition().questions)
    part = revised.split("A05", "One?", "Two?").edition.successors["A05"][0]
    while queries.effects().open:
        decide_all()
    revised.publish()
    of_new, of_part = published(answers=[new]), published(answers=[part])
    framework.take_back_edition(3, "Too early.", by=given.EDITOR)
    (asked,) = queries.effects_in_force().open
    assert (asked.entry, asked.edition, asked.code) == (of_new.number, 2, "")
    assert placing.answers(entries.any_entry(of_part.id)) == ("A05",)
    decide(asked, "B01")
    assert placing.answers(entries.any_entry(of_new.id)) == ("B01",)


# ---------- files ----------


def file_of(**replaced: str) -> bytes:
    text = edition_file.export(editions.current_edition()).replace("number: 1", "number: 2", 1)
    for old, new in replaced.items():
        text = text.replace(old, new)
    return text.encode()


def test_a_file_begins_a_draft_and_replaces_its_text() -> None:
    wished = edition_file.opened("mine.yaml", file_of(Which="What"))
    actions.take_in(wished, "", by=given.EDITOR)
    assert "What structures" in str(revised.draft().edition.questions["A01"])
    with pytest.raises(DraftChanged):
        actions.take_in(wished, "", by=given.EDITOR)
    with pytest.raises(DraftChanged):
        actions.take_in(wished, "another", by=given.EDITOR)


def test_a_file_that_is_refused_changes_no_row() -> None:
    events = audit.head().sequence
    wrong = [
        edition_file.export(editions.current_edition()).encode(),
        file_of().replace(b"code: B\n", b"code: D\n"),
        file_of().replace(b"code: A02", b"code: A01", 1),
    ]
    for content in wrong:
        with pytest.raises(FrameworkFileInvalid, match="line"):
            actions.take_in(edition_file.opened("mine.yaml", content), "", by=given.EDITOR)
    assert audit.head().sequence == events and editions.draft() is None


def test_a_retired_code_is_never_used_again() -> None:
    revised.begin()
    revised.retire("A07")
    revised.publish()
    text = edition_file.export(editions.current_edition()).replace("number: 2", "number: 3", 1)
    again = "guiding_questions:\n  - code: A07\n    text: Again?\n"
    content = text.replace("successors:\n  A07: []\n", "").replace("guiding_questions:\n", again, 1).encode()
    with pytest.raises(FrameworkFileInvalid) as refused:
        edition_file.opened("mine.yaml", content).draft(editions.current_edition(), editions.closed_codes())
    assert "A07" in str(refused.value) and "never used again" in str(refused.value)


# ---------- how it is worked out ----------


def test_effects_ask_the_database_a_known_number_of_times(django_assert_num_queries: Any) -> None:
    revised.exercise()
    queries.effects()
    with django_assert_num_queries(3 + 2):
        queries.effects()
