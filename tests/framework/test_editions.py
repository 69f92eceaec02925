"""Editions as editors make them: begun, revised, published, taken back; each step whole or not at all."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from precedent.audit import queries as audit
from precedent.editions import actions as taking
from precedent.framework import actions, edition_file, files, queries, revising
from precedent.framework.lineage import Fate, changes
from precedent.framework.models import CodeRow, EditionRow
from precedent.framework.queries import Draft
from precedent.framework.records import Edition, EditionStatus
from precedent.framework.refusals import (
    DraftChanged,
    DraftPending,
    DraftWasInForce,
    EditionIncomplete,
    FrameworkFileInvalid,
    NoDraft,
    NoSuchEdition,
    NoSuchItem,
    NothingToTakeBack,
)
from precedent.framework.revising import Place, seen_of
from precedent.kernel.refusals import NotAllowed
from precedent.people.actors import STARTER
from tests import given
from tests.framework.test_edition_file import damaged

pytestmark = pytest.mark.django_db
EDITOR, OTHER = given.EDITOR, given.REVIEWING_EDITOR
PARTS = [{"en": "One part?"}, {"en": "Another part?"}]


def draft() -> Draft:
    found = queries.draft()
    assert found is not None
    return found


def rows() -> list[Any]:
    """Every row of the framework's editions, and where the trail stands."""
    told = EditionRow.objects.order_by("number").values_list(
        "number", "status", "document", "version", "taken_back"
    )
    codes = sorted(CodeRow.objects.values_list("code", flat=True))
    return [*told, codes, audit.head().sequence]


def reword(code: str, text: str, seen: str | None = None, by: Any = EDITOR) -> Draft:
    seen = seen or seen_of(draft().edition, code)
    return actions.revise_edition(
        code, seen, lambda now, _b, _u: revising.reworded(now, code, {"en": text}), "", by=by
    )


def adding(text: str) -> actions.Move:
    return lambda now, _b, used: revising.added(now, Place("A"), {"en": text}, used)


def revise(move: actions.Move, place: str = revising.WHOLE) -> Draft:
    return actions.revise_edition(place, seen_of(draft().edition, place), move, "moved", by=EDITOR)


def name(label: str = "Second iteration") -> Draft:
    return revise(
        lambda now, _b, _u: revising.frame_reworded(now, label, now.title, now.aim, now.expected_outcome)
    )


def publish() -> Edition:
    return actions.publish_edition(draft().version, "Discussed in the roundtable.", by=EDITOR)


def second() -> Edition:
    """A second edition in force: A02 merged into A01, A03 split, A04 retired, one added."""
    actions.begin_edition(by=EDITOR)
    revise(lambda now, before, _u: revising.merged(now, "A02", "A01", before))
    revise(lambda now, before, used: revising.split(now, "A03", PARTS, before, used))
    revise(lambda now, before, _u: revising.retired(now, "A04", before))
    revise(adding("A new one?"))
    name()
    return publish()


# ---------- drafts ----------


def test_a_draft_begins_with_the_text_in_force_and_readers_see_nothing_of_it() -> None:
    made = actions.begin_edition(by=EDITOR)
    first = queries.current_edition()
    assert made == draft() and made.version == 1 and not made.was_in_force
    assert (made.edition.number, made.edition.status, made.edition.label) == (2, EditionStatus.DRAFT, "")
    assert made.edition.issue_areas == first.issue_areas
    assert queries.editions() == (first,) == queries.lineage()
    with pytest.raises(NoSuchEdition):
        queries.edition(2)
    with pytest.raises(DraftPending, match="2"):
        actions.begin_edition(by=OTHER)


def test_two_editors_of_one_place_never_overwrite_one_another() -> None:
    seen = seen_of(actions.begin_edition(by=EDITOR).edition, "A01")
    reword("A01", "As the one words it?", seen)
    before = rows()
    with pytest.raises(DraftChanged, match="A01"):
        reword("A01", "As the other words it?", seen, by=OTHER)
    assert rows() == before
    assert draft().edition.items["A01"].text == {"en": "As the one words it?"}


def test_two_editors_of_different_places_both_have_their_way() -> None:
    start = actions.begin_edition(by=EDITOR).edition
    reword("A01", "One?", seen_of(start, "A01"))
    reword("A05", "Other?", seen_of(start, "A05"), by=OTHER)
    for text in ("Third?", "Fourth?"):
        seen = seen_of(start, "A")
        actions.revise_edition("A", seen, adding(text), "added", by=OTHER)
    now = draft()
    assert now.version == 5
    assert [now.edition.items[code].text["en"] for code in ("A01", "A05", "A32", "A33")] == [
        "One?",
        "Other?",
        "Third?",
        "Fourth?",
    ]
    told = [event.detail["place"] for event in audit.trail("edition:2") if event.verb == "edition.revised"]
    assert told == ["A01", "A05", "A", "A"]


def test_what_somebody_else_took_away_is_refused_and_nothing_is_changed() -> None:
    seen = seen_of(actions.begin_edition(by=EDITOR).edition, "A07")
    revise(lambda now, before, _u: revising.retired(now, "A07", before))
    before = rows()
    with pytest.raises(DraftChanged):
        reword("A07", "Still here?", seen)
    with pytest.raises(NoSuchItem):
        reword("A07", "Still here?")
    assert rows() == before


def test_a_move_that_changes_nothing_leaves_no_trace() -> None:
    actions.begin_edition(by=EDITOR)
    before = rows()
    revise(lambda now, _b, _u: now)
    assert rows() == before


def test_a_draft_is_discarded_as_it_was_seen_and_its_codes_were_never_used() -> None:
    actions.begin_edition(by=EDITOR)
    revise(adding("New?"))
    with pytest.raises(DraftChanged):
        actions.discard_edition(1, by=EDITOR)
    actions.discard_edition(2, by=EDITOR)
    assert queries.draft() is None and "A32" not in queries.used_codes()
    thrown_away = audit.trail("edition:2")[-1].detail["document"]
    assert Edition.model_validate(thrown_away).items["A32"].text == {"en": "New?"}
    for refused in (
        lambda: actions.discard_edition(2, by=EDITOR),
        lambda: reword("A01", "?", "seen"),
        publish_as_seen,
    ):
        with pytest.raises(NoDraft):
            refused()
    assert actions.begin_edition(by=EDITOR).edition.number == 2


def publish_as_seen() -> Edition:
    return actions.publish_edition(1, "Why.", by=EDITOR)


# ---------- publishing ----------


def test_an_edition_in_force_supersedes_the_one_before_which_stays_readable() -> None:
    first = queries.current_edition()
    made = second()
    assert queries.current_edition() == made == queries.edition(2)
    assert queries.edition(1) == first.model_copy(update={"status": EditionStatus.SUPERSEDED})
    assert queries.lineage() == queries.editions() == (queries.edition(1), made)
    assert set(queries.in_force_since()) == {1, 2}
    assert made.successors == {"A02": ("A01",), "A03": ("A32", "A33"), "A04": ()}
    fates = [change.fate for change in changes(queries.edition(1), made)]
    assert [fates.count(fate) for fate in Fate] == [88, 0, 1, 1, 1, 1]
    assert {"A32", "A33", "A34", "A02", "A03", "A04"} <= queries.used_codes()


def test_an_edition_with_a_gap_is_refused_with_its_place_and_nothing_is_changed() -> None:
    actions.begin_edition(by=EDITOR)
    before = rows()
    with pytest.raises(EditionIncomplete, match=r"edition\.label"):
        publish()
    assert rows() == before
    name()
    reword("B03", " ")
    before = rows()
    with pytest.raises(EditionIncomplete, match="B03: the English text is missing"):
        publish()
    with pytest.raises(DraftChanged, match="2"):
        actions.publish_edition(1, "As I saw it.", by=EDITOR)
    assert rows() == before
    assert queries.current_edition().number == 1


def test_a_retired_code_is_never_given_again() -> None:
    second()
    actions.begin_edition(by=EDITOR)
    revise(lambda now, before, _u: revising.retired(now, "A34", before))
    again = revise(adding("Newer?"))
    assert "A35" in again.edition.items
    name("Third iteration")
    wanted = edition_file.export(draft().edition).replace("code: A35\n", "code: A04\n")
    before = rows()
    with pytest.raises(FrameworkFileInvalid, match="A04: an earlier edition used this code"):
        take(wanted)
    assert rows() == before
    assert publish().number == 3


# ---------- taking back ----------


def test_an_edition_taken_back_is_a_draft_again_and_its_codes_stay_its_own() -> None:
    first, made = queries.current_edition(), second()
    back = actions.take_back_edition(2, "Too early.", by=EDITOR)
    assert back == draft() and back.was_in_force
    assert back.edition == made.model_copy(update={"status": EditionStatus.DRAFT})
    assert queries.current_edition() == first and queries.editions() == (first,)
    assert queries.lineage() == (first, back.edition)
    assert set(queries.in_force_since()) == {1}
    assert (
        "A34" in queries.used_codes() and "A34" not in queries.closed_codes() and "A04" in queries.closed_codes()
    )
    with pytest.raises(DraftWasInForce, match="2"):
        actions.discard_edition(back.version, by=EDITOR)
    assert publish() == made
    assert [event.verb for event in audit.trail("edition:2")][-3:] == [
        "edition.published",
        "edition.taken-back",
        "edition.published",
    ]


def test_an_edition_taken_back_may_be_published_otherwise_and_burns_its_codes() -> None:
    second()
    actions.take_back_edition(2, "Too early.", by=EDITOR)
    revise(lambda now, before, _u: revising.restored(now, "A03", before))
    revise(lambda now, before, _u: revising.retired(now, "A34", before))
    revise(lambda now, before, used: revising.split(now, "A05", PARTS, before, used))
    made = publish()
    assert made.successors == {"A02": ("A01",), "A04": (), "A05": ("A35", "A36")}
    texts = queries.lineage()
    assert [(text.number, text.status) for text in texts] == [
        (1, EditionStatus.SUPERSEDED),
        (2, EditionStatus.DRAFT),
        (2, EditionStatus.CURRENT),
    ]
    assert {"A32", "A33", "A34"} <= queries.closed_codes()
    actions.begin_edition(by=EDITOR)
    added = revise(adding("Newer?"))
    assert "A37" in added.edition.items


def test_only_the_edition_in_force_is_taken_back_and_only_beside_no_draft() -> None:
    for number in (1, 2, 9):
        with pytest.raises(NothingToTakeBack):
            actions.take_back_edition(number, "Why not.", by=EDITOR)
    second()
    actions.begin_edition(by=EDITOR)
    before = rows()
    for number in (1, 2, 3):
        with pytest.raises(NothingToTakeBack):
            actions.take_back_edition(number, "Why not.", by=EDITOR)
    assert rows() == before


# ---------- files ----------


def take(text: str, seen: str | None = None) -> Draft:
    """A file's text in the place of the draft as it stands."""
    if seen is None:
        now = queries.draft()
        seen = seen_of(now.edition, revising.WHOLE) if now else ""
    return taking.take_in(edition_file.opened("e.yaml", text.encode()), seen, by=EDITOR)


def test_a_file_begins_a_draft_and_comes_out_as_it_went_in() -> None:
    begun = revising.begun(queries.current_edition())
    wanted = edition_file.export(revising.reworded(begun, "A01", {"en": "Another?", "fr": "Une autre ?"}))
    made = take(wanted)
    assert made == draft() and edition_file.export(made.edition) == wanted
    assert [event.verb for event in audit.trail("edition:2")] == ["edition.begun", "edition.revised"]
    before = rows()
    assert take(wanted) == made
    assert rows() == before


def test_a_file_does_not_overwrite_what_its_owner_has_not_seen() -> None:
    start = actions.begin_edition(by=EDITOR).edition
    text = edition_file.export(revising.reworded(start, "A01", {"en": "As the file says?"}))
    seen = seen_of(start, revising.WHOLE)
    reword("B01", "Meanwhile?", by=OTHER)
    before = rows()
    for stale in (seen, ""):
        with pytest.raises(DraftChanged):
            take(text, stale)
    assert rows() == before
    assert take(text).edition.items["B01"].text != {"en": "Meanwhile?"}


def test_a_file_that_no_draft_can_be_leaves_not_even_a_draft_behind() -> None:
    before = rows()
    with pytest.raises(FrameworkFileInvalid, match=r"line 20, edition\.number: edition 1 is in force"):
        take(edition_file.export(queries.current_edition()))
    assert rows() == before and queries.draft() is None


def test_a_draft_that_was_in_force_comes_back_from_its_file() -> None:
    made = second()
    actions.take_back_edition(2, "Too early.", by=EDITOR)
    text = edition_file.export(draft().edition)
    revise(lambda now, before, _u: revising.retired(now, "A34", before))
    assert take(text).edition.items == made.items


@pytest.mark.parametrize("seed", range(60))
def test_a_file_that_was_damaged_changes_no_row_or_means_what_it_says(seed: int) -> None:
    begun = revising.begun(queries.current_edition())
    content = damaged(edition_file.export(begun).encode(), random.Random(seed))
    before = rows()
    try:
        made = taking.take_in(edition_file.opened("e.yaml", content), "", by=EDITOR)
    except FrameworkFileInvalid as refused:
        assert "line " in str(refused)
        assert rows() == before
    else:
        assert (
            edition_file.read("e.yaml", content).model_copy(update={"status": EditionStatus.DRAFT}) == made.edition
        )
        assert draft() == made


# ---------- who may ----------


def test_readers_and_reviewers_change_nothing() -> None:
    second()
    actions.begin_edition(by=EDITOR)
    wished = edition_file.opened("e.yaml", edition_file.export(draft().edition).encode())
    before = rows()
    tries: list[Callable[[Any], Any]] = [
        lambda by: actions.begin_edition(by=by),
        lambda by: reword("A01", "Mine?", by=by),
        lambda by: taking.take_in(wished, "", by=by),
        lambda by: actions.discard_edition(1, by=by),
        lambda by: actions.publish_edition(1, "Mine.", by=by),
        lambda by: actions.take_back_edition(2, "Mine.", by=by),
    ]
    for by in (given.READER, given.CONTRIBUTOR, given.REVIEWER, given.FOCAL_POINT):
        for attempt in tries:
            with pytest.raises(NotAllowed):
                attempt(by)
    assert rows() == before


def test_loading_what_ships_changes_nothing_of_what_editors_did() -> None:
    second()
    actions.take_back_edition(2, "Too early.", by=EDITOR)
    before = rows()
    assert actions.load_edition(files.first_edition(), by=STARTER) is False
    assert rows() == before
    publish()
    before = rows()
    assert actions.load_edition(files.first_edition(), by=STARTER) is False
    assert rows() == before
