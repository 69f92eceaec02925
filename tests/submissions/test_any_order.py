"""Any move by anybody in any order: what may happen is stated here a second time, and nothing else happens."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from precedent.audit import queries as audit
from precedent.catalogue import queries as entries
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.submissions import actions, queries
from precedent.submissions.checklist import CODES
from precedent.submissions.moves import MOVES, open_to
from precedent.submissions.records import Submission
from tests import given

PEOPLE: dict[str, Actor] = {
    "owner": given.CONTRIBUTOR,
    "stranger": given.OTHER_CONTRIBUTOR,
    "focal point": given.FOCAL_POINT,
    "reviewer": given.REVIEWER,
    "reviewer of C": given.REVIEWER_OF_C,
    "editor": given.REVIEWING_EDITOR,
    "administrator": given.ADMINISTRATOR,
    "reader": given.READER,
}
REVIEWERS = {"reviewer", "editor", "administrator"}
EDITORS = {"editor", "administrator"}


class Expected(NamedTuple):
    """From which states to which (the same, where empty), by whom; `holding`: only who has taken it."""

    sources: set[str]
    target: str
    who: set[str]
    holding: bool = False


EXPECTED = {
    "send": Expected({"draft"}, "submitted", {"owner"}),
    "send-again": Expected({"changes-asked"}, "submitted", {"owner"}),
    "take-back": Expected({"submitted"}, "draft", {"owner"}),
    "withdraw": Expected(
        {"draft", "submitted", "in-review", "changes-asked", "scheduled"}, "withdrawn", {"owner"}
    ),
    "reopen": Expected({"withdrawn", "declined"}, "draft", {"owner"}),
    "claim": Expected({"submitted"}, "in-review", REVIEWERS),
    "release": Expected({"in-review"}, "submitted", REVIEWERS),
    "ask-second": Expected({"in-review"}, "", REVIEWERS, holding=True),
    "approve": Expected({"in-review"}, "", REVIEWERS),
    "ask-changes": Expected({"in-review"}, "changes-asked", REVIEWERS, holding=True),
    "decline": Expected({"in-review"}, "declined", EDITORS, holding=True),
    "publish": Expected({"in-review"}, "published", EDITORS, holding=True),
    "schedule": Expected({"in-review"}, "scheduled", EDITORS, holding=True),
    "unschedule": Expected({"scheduled"}, "in-review", EDITORS),
    "publish-due": Expected({"scheduled"}, "published", set()),
}


def expected(name: str, who: str, seen: Submission) -> bool:
    """May it happen, by what the issue and the model say?"""
    line = EXPECTED[name]
    holds = PEOPLE[who].id == seen.claimed_by
    if seen.state.value not in line.sources or who not in line.who or (line.holding and not holds):
        return False
    if name == "release":
        return holds or who in EDITORS
    if name == "approve":
        return seen.second and not holds
    if name in ("publish", "schedule"):
        ready = not seen.second or bool(seen.approved_by)
        return ready and set(queries.checked(seen)) == CODES
    return True


def test_the_table_says_what_is_stated_here() -> None:
    assert {move.name for move in MOVES} == set(EXPECTED)
    for move in MOVES:
        assert {state.value for state in move.sources} == EXPECTED[move.name].sources
        assert (move.target.value if move.target else "") == EXPECTED[move.name].target


STEPS = st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from([*EXPECTED, "check", "save"]))
LIKELY = st.sampled_from(
    [("owner", "send"), ("editor", "claim"), ("editor", "check"), ("editor", "publish"), ("editor", "schedule")]
)


@pytest.mark.django_db
@settings(max_examples=60)
@examples(steps=st.lists(st.one_of(STEPS, LIKELY), max_size=25))
def test_nothing_happens_but_what_may(steps: list[tuple[str, str]]) -> None:
    stands = given.submission()
    for turn, (who, what) in enumerate(steps):
        by = PEOPLE[who]
        if what == "check":
            _try(partial(actions.check, stands, CODES, by=by))
        elif what == "save":
            told = {"region_note": f"As told in step {turn}."}
            _try(partial(actions.save, stands.id, stands.version.number, told, by=by))
        else:
            stands = _moved(stands, what, who)
        stands = queries.any_submission(stands.number)
    assert [*audit.breaks(), *queries.faults(), *entries.faults()] == []


def _try(do: Callable[[], object]) -> None:
    with suppress(Refusal):
        do()


def _moved(stands: Submission, name: str, who: str) -> Submission:
    by, may = PEOPLE[who], expected(name, who, stands)
    offered = name in {move.name for move in open_to(by, stands)}
    # A publication is offered before its checklist is complete; what is refused then says what is missing.
    assert offered or not may
    try:
        moved = actions.move(stands, name, "For a reason.", given.tomorrow(), by=by)
    except Refusal:
        assert not may
        now = queries.any_submission(stands.number)
        assert (now.state, now.changed) == (stands.state, stands.changed)
        return now
    assert may
    assert moved.state.value == (EXPECTED[name].target or stands.state.value)
    return moved
