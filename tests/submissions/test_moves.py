"""From draft to decision: the moves, who may make them, and what they need."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from precedent.aftercare import clerk
from precedent.audit import queries as audit
from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries as entries
from precedent.forms import draft as drafts
from precedent.kernel.acting import Actor
from precedent.submissions import actions, queries
from precedent.submissions.checklist import CODES
from precedent.submissions.merging import Clash
from precedent.submissions.moves import BY_NAME, MOVES, open_to
from precedent.submissions.records import State
from precedent.submissions.refusals import (
    ChangePending,
    CommentEmpty,
    DraftTooLarge,
    EntryMovedOn,
    FieldsChanged,
    MoveNotOpen,
    MoveNotYours,
    NoSuchSubmission,
    NotReadyToPublish,
    NotReadyToSend,
    ReasonMissing,
    SubmissionChanged,
    TimePassed,
)
from tests import given
from tests.given import CONTRIBUTOR, EDITOR, OTHER_CONTRIBUTOR, REVIEWER, REVIEWER_OF_C, REVIEWING_EDITOR

pytestmark = pytest.mark.django_db


def test_an_example_goes_from_draft_to_entry() -> None:
    published = given.submission("send", "claim", "publish")
    assert published.state is State.PUBLISHED and published.entry
    entry = entries.entry(published.entry)
    assert entry.document == given.document()
    assert entry.owner == CONTRIBUTOR.id and entry.provenance == "contributed"


def test_changes_are_asked_for_and_it_comes_again() -> None:
    asked = given.submission("send", "claim", "ask-changes")
    assert asked.reason == "For a test."
    saved = actions.save(asked.id, asked.version.number, given.draft(title="A better title"), by=CONTRIBUTOR)
    again = given.moved(given.moved(given.moved(saved, "send-again"), "claim"), "publish")
    assert entries.entry(str(again.entry)).document.title == "A better title"


def test_a_short_version_may_be_sent_but_not_published() -> None:
    short = {name: given.draft()[name] for name in ("title", "summary", "countries", "references")}
    sent = given.moved(given.moved(actions.start(short, by=CONTRIBUTOR), "send"), "claim")
    with pytest.raises(NotReadyToPublish) as refused:
        given.moved(sent, "publish")
    needs = refused.value.facts["needs"]
    assert isinstance(needs, list) and "What stood in the way: is missing" in needs


@pytest.mark.parametrize("missing", ["title", "summary", "countries", "references"])
def test_what_a_reviewer_cannot_do_without_is_asked_for(missing: str) -> None:
    told = {name: value for name, value in given.draft().items() if name != missing}
    with pytest.raises(NotReadyToSend):
        given.moved(actions.start(told, by=CONTRIBUTOR), "send")


def test_a_practice_of_a_region_needs_no_country() -> None:
    told = {**given.draft(region_note="The Andes"), "countries": []}
    assert given.moved(actions.start(told, by=CONTRIBUTOR), "send").state is State.SUBMITTED


def test_the_checklist_belongs_to_the_text_it_was_made_on() -> None:
    review = given.submission("send", "claim")
    actions.check(review, CODES, by=REVIEWING_EDITOR)
    edited = actions.save(
        review.id, review.version.number, given.draft(title="Another title"), by=REVIEWING_EDITOR
    )
    assert queries.checked(edited) == {}
    with pytest.raises(NotReadyToPublish, match="Not checked yet"):
        actions.move(edited, "publish", by=REVIEWING_EDITOR)


def test_a_second_reviewer_has_to_approve_where_one_is_wanted() -> None:
    wanted = given.submission("send", "claim", "ask-second")
    actions.check(wanted, CODES, by=REVIEWING_EDITOR)
    with pytest.raises(NotReadyToPublish, match="second reviewer"):
        actions.move(wanted, "publish", by=REVIEWING_EDITOR)
    with pytest.raises(MoveNotYours):
        actions.move(wanted, "approve", by=REVIEWING_EDITOR)
    approved = actions.move(wanted, "approve", by=REVIEWER)
    assert actions.move(approved, "publish", by=REVIEWING_EDITOR).state is State.PUBLISHED


def test_an_edit_takes_an_approval_away() -> None:
    wanted = given.submission("send", "claim", "ask-second")
    approved = actions.move(wanted, "approve", by=REVIEWER)
    edited = actions.save(
        approved.id, approved.version.number, given.draft(title="Another title"), by=REVIEWING_EDITOR
    )
    assert edited.approved_by == ""


def test_it_is_published_at_the_time_that_was_set() -> None:
    planned = given.submission("send", "claim", "schedule")
    assert clerk.publish_due(datetime.now(UTC)) == 0
    assert clerk.publish_due(datetime.now(UTC) + timedelta(days=2)) == 1
    published = queries.any_submission(planned.number)
    assert published.state is State.PUBLISHED
    assert entries.entry(str(published.entry)).document == given.document()
    assert clerk.publish_due(datetime.now(UTC) + timedelta(days=2)) == 0


def test_what_cannot_be_published_at_its_time_goes_back_to_the_reviewer() -> None:
    entry = given.entry()
    change = actions.propose(entry, given.draft(title="A changed title"), by=CONTRIBUTOR)
    for name in ("send", "claim", "schedule"):
        change = given.moved(change, name)
    catalogue.revise(entry, given.document(title="Changed in between"), "Meanwhile.", by=EDITOR)
    assert clerk.publish_due(datetime.now(UTC) + timedelta(days=2)) == 0
    back = queries.any_submission(change.number)
    assert back.state is State.IN_REVIEW and "revised" in back.reason


@pytest.mark.parametrize("at", [None, datetime(2020, 1, 1, tzinfo=UTC)])
def test_a_time_that_has_passed_is_refused(at: datetime | None) -> None:
    review = given.submission("send", "claim")
    actions.check(review, CODES, by=REVIEWING_EDITOR)
    with pytest.raises(TimePassed):
        actions.move(review, "schedule", at=at, by=REVIEWING_EDITOR)


@pytest.mark.parametrize("name", ["ask-changes", "decline"])
def test_a_decision_against_it_needs_a_reason(name: str) -> None:
    review = given.submission("send", "claim")
    with pytest.raises(ReasonMissing):
        actions.move(review, name, "  ", by=REVIEWING_EDITOR)


def test_of_two_reviewers_the_second_is_told_what_the_first_did() -> None:
    sent = given.submission("send")
    actions.move(sent, "claim", by=REVIEWER)
    with pytest.raises(SubmissionChanged, match="It was taken into review at"):
        actions.move(sent, "claim", by=REVIEWING_EDITOR)


def test_nobody_reviews_their_own_example() -> None:
    sent = given.submission("send", by=REVIEWING_EDITOR)
    assert [move.name for move in open_to(REVIEWING_EDITOR, sent)] == ["take-back", "withdraw"]
    with pytest.raises(MoveNotYours):
        actions.move(sent, "claim", by=REVIEWING_EDITOR)


def test_a_reviewer_takes_only_what_is_of_their_area() -> None:
    sent = given.submission("send")
    assert sent.areas == ("A", "B")
    with pytest.raises(MoveNotYours):
        actions.move(sent, "claim", by=REVIEWER_OF_C)


@pytest.mark.parametrize("by", [OTHER_CONTRIBUTOR, given.READER, REVIEWER])
def test_a_draft_is_seen_by_its_contributor_alone(by: Actor) -> None:
    draft = given.submission()
    with pytest.raises(NoSuchSubmission):
        queries.submission(draft.id, by=by)


def test_another_contributor_learns_nothing_of_what_was_sent() -> None:
    sent = given.submission("send")
    attempts: list[Callable[[], object]] = [
        lambda: queries.submission(sent.id, by=OTHER_CONTRIBUTOR),
        lambda: actions.save(sent.id, 1, {}, by=OTHER_CONTRIBUTOR),
        lambda: actions.move(sent, "withdraw", by=OTHER_CONTRIBUTOR),
        lambda: actions.comment(sent.id, "", "Hello", by=OTHER_CONTRIBUTOR),
    ]
    for attempt in attempts:
        with pytest.raises(NoSuchSubmission):
            attempt()


@pytest.mark.parametrize("move", [move.name for move in MOVES])
def test_a_move_is_open_only_from_its_sources(move: str) -> None:
    published = given.submission("send", "claim", "publish")
    who = CONTRIBUTOR if move in ("send", "withdraw", "reopen", "take-back", "send-again") else REVIEWING_EDITOR
    assert State.PUBLISHED not in BY_NAME[move].sources
    with pytest.raises(MoveNotOpen):
        actions.move(published, move, "Why not.", by=who)


def test_what_was_sent_is_no_longer_the_contributors_to_change() -> None:
    sent = given.submission("send")
    with pytest.raises(MoveNotYours):
        actions.save(sent.id, 1, given.draft(title="Too late"), by=CONTRIBUTOR)


def test_two_tabs_that_change_different_fields_are_both_kept() -> None:
    draft = given.submission()
    actions.save(draft.id, 1, {"title": "From one tab"}, ["title"], by=CONTRIBUTOR)
    saved = actions.save(draft.id, 1, {"status": "completed"}, ["status"], by=CONTRIBUTOR)
    assert (saved.draft["title"], saved.draft["status"]) == ("From one tab", "completed")


def test_two_tabs_that_change_one_field_see_both_texts() -> None:
    draft = given.submission()
    actions.save(draft.id, 1, {"title": "From one tab"}, ["title"], by=CONTRIBUTOR)
    with pytest.raises(FieldsChanged) as refused:
        actions.save(draft.id, 1, {"title": "From another"}, ["title"], by=CONTRIBUTOR)
    assert refused.value.facts["fields"] == (Clash("title", "From another", "From one tab"),)


def test_the_same_form_sent_twice_is_saved_once() -> None:
    draft = given.submission()
    for _time in range(2):
        saved = actions.save(draft.id, 1, {"title": "Typed once"}, ["title"], by=CONTRIBUTOR)
    assert saved.version.number == 2


def test_a_text_beyond_every_measure_is_refused_whole() -> None:
    with pytest.raises(DraftTooLarge):
        actions.start({"summary": "x" * 300_000}, by=CONTRIBUTOR)


def test_comments_go_both_ways_and_threads_are_settled() -> None:
    review = given.submission("send", "claim")
    actions.comment(review.id, "summary", "Since when?", by=REVIEWING_EDITOR)
    (asked,) = queries.comments(review)
    actions.comment(review.id, "ignored", "Since 2019.", asked.number, by=CONTRIBUTOR)
    first, answer = queries.comments(review)
    assert (answer.field, answer.thread, answer.by) == ("summary", first.number, CONTRIBUTOR.id)
    actions.close_comment(review.id, asked.number, by=REVIEWING_EDITOR)
    assert queries.comments(review)[0].closed
    with pytest.raises(CommentEmpty):
        actions.comment(review.id, "", " ", by=CONTRIBUTOR)


def test_a_change_is_published_as_the_next_revision() -> None:
    entry = given.entry()
    change = actions.propose(entry, given.draft(title="A changed title"), by=CONTRIBUTOR)
    with pytest.raises(ChangePending):
        actions.propose(entry, by=CONTRIBUTOR)
    for name in ("send", "claim", "publish"):
        change = given.moved(change, name)
    assert change.entry == entry.id
    now = entries.entry(entry.id)
    assert (now.revision.number, now.document.title, now.owner) == (2, "A changed title", "")


def test_a_change_to_an_entry_that_moved_on_takes_the_newer_revision_in() -> None:
    entry = given.entry()
    change = actions.propose(entry, given.draft(title="A changed title"), by=CONTRIBUTOR)
    for name in ("send", "claim"):
        change = given.moved(change, name)
    catalogue.revise(entry, given.document(status="completed"), "Meanwhile.", by=EDITOR)
    actions.check(change, CODES, by=REVIEWING_EDITOR)
    with pytest.raises(EntryMovedOn):
        actions.move(change, "publish", by=REVIEWING_EDITOR)
    taken, clashes = actions.take_in_revision(change, by=REVIEWING_EDITOR)
    assert clashes == () and taken.base == 2
    done = given.moved(taken, "publish")
    document = entries.entry(str(done.entry)).document
    assert (document.title, document.status) == ("A changed title", "completed")


def test_the_trail_tells_who_moved_what_from_where_to_where() -> None:
    published = given.submission("send", "claim", "publish")
    told: list[tuple[Any, ...]] = [
        (event.by, event.detail["move"], event.detail["before"], event.detail["after"])
        for event in audit.trail(published.id)
        if event.verb == "submission.moved"
    ]
    assert told == [
        (CONTRIBUTOR.id, "send", "draft", "submitted"),
        (REVIEWING_EDITOR.id, "claim", "submitted", "in-review"),
        (REVIEWING_EDITOR.id, "publish", "in-review", "published"),
    ]


def test_a_draft_comes_back_from_the_document_it_made() -> None:
    assert drafts.judge(given.draft()).document == given.document()
