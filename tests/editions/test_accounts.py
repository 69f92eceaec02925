"""Every answer of every entry is accounted for, whatever editors do to an edition."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from precedent.catalogue.queries import Answering
from precedent.editions.effects import Following, Step, effects
from precedent.editions.records import Outcome
from precedent.framework import revising
from precedent.framework.files import first_edition
from precedent.framework.lineage import Fate, changes, placed
from precedent.framework.records import Edition, EditionStatus, Perspective
from precedent.kernel.refusals import Refusal

FIRST = first_edition()
PLACES = [revising.Place(area, side) for area in FIRST.areas for side in (None, *Perspective)]
MOVES = ("reword", "merge", "split", "split", "retire", "restore", "add", "move")


@st.composite
def drafts(draw: st.DrawFn, before: Edition = FIRST) -> Edition:
    """A draft after some moves; those that the room refuses leave it as it was."""
    now = revising.begun(before)
    for _ in range(draw(st.integers(0, 14))):
        kind, code = draw(st.sampled_from(MOVES)), draw(st.sampled_from([*before.items, *now.items]))
        try:
            now = moved(now, before, kind, code, draw)
        except Refusal:
            continue
    return now


def moved(now: Edition, before: Edition, kind: str, code: str, draw: st.DrawFn) -> Edition:
    used = {*FIRST.items, *before.items}
    match kind:
        case "reword":
            return revising.reworded(now, code, {"en": f"Another {code}?"})
        case "merge":
            return revising.merged(now, code, draw(st.sampled_from([*now.items])), before)
        case "split":
            parts = [{"en": f"Part {n} of {code}?"} for n in range(draw(st.integers(2, 3)))]
            return revising.split(now, code, parts, before, used)
        case "retire":
            return revising.retired(now, code, before)
        case "restore":
            return revising.restored(now, code, before)
        case "add":
            return revising.added(now, draw(st.sampled_from(PLACES)), {"en": "A new one?"}, used)
        case _:
            return revising.moved(now, code, draw(st.integers(-3, 3)))


def several(codes: list[str], least: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), min_size=least, max_size=5, unique=True).map(tuple)


ENTRIES = st.lists(
    st.builds(
        Answering,
        number=st.just(0),
        title=st.just("An entry"),
        published=st.booleans(),
        answers=several([*FIRST.questions], 1),
        headings=several([*FIRST.headings], 0),
    ),
    max_size=8,
).map(lambda made: [Answering(n, e.title, e.published, e.answers, e.headings) for n, e in enumerate(made)])


@st.composite
def decided(draw: st.DrawFn, draft: Edition, entries: list[Answering]) -> dict[int, Any]:
    """Decisions on some of what is open; some of them choose none of the parts."""
    made: dict[int, Any] = {}
    step = Step.to(draft, [FIRST])
    for entry in entries:
        own: dict[tuple[int, str], tuple[str, ...]] = {}
        while draw(st.booleans()):
            found = effects(step, [entry], {entry.number: own}, []).open
            if not found:
                break
            asked = found[0]
            choice = [*draft.questions] if asked.wants_question else [*draft.successors[asked.code]]
            own[asked.edition, asked.code] = draw(several(choice, 1 if asked.wants_question else 0))
        made[entry.number] = own
    return made


@settings(max_examples=150)
@given(st.data(), drafts(), ENTRIES)
def test_every_answer_has_one_outcome_and_goes_where_the_catalogue_will_have_it(
    data: st.DataObject, draft: Edition, entries: list[Answering]
) -> None:
    made = data.draw(decided(draft, entries))
    step = Step.to(draft, [FIRST])
    found = effects(step, entries, made, [])
    assert [(a.entry, a.code) for a in found.answers] == [(e.number, code) for e in entries for code in e.answers]
    assert [(a.entry, a.code) for a in found.headings] == [(e.number, c) for e in entries for c in e.headings]
    assert sum(found.answers_by_outcome.values()) == sum(len(e.answers) for e in entries)
    assert found.coming_back == ()
    lineage = [FIRST, draft.model_copy(update={"status": EditionStatus.CURRENT})]
    for entry in entries:
        for codes, kind, needs_one in (
            (entry.answers, found.answers, True),
            (entry.headings, found.headings, False),
        ):
            stands = placed(codes, lineage, draft.number, made.get(entry.number, {}), needs_one=needs_one)
            came = [code for answer in kind if answer.entry == entry.number for code in answer.into]
            assert set(came) == set(stands.codes) and len(set(stands.codes)) == len(stands.codes)
            is_open = any(a.outcome is Outcome.OPEN for a in kind if a.entry == entry.number)
            assert is_open == bool(stands.undecided)
    keys = [(asked.entry, asked.edition, asked.code) for asked in found.asked]
    assert len(keys) == len(set(keys))
    for code, count in found.then.items():
        stand = [
            e for e in entries if e.published and code in _stands(e, lineage, draft.number, made.get(e.number, {}))
        ]
        assert count == len(stand)


def _stands(entry: Answering, lineage: list[Edition], number: int, own: Any) -> set[str]:
    answers = placed(entry.answers, lineage, number, own, needs_one=True).codes
    return {*answers, *placed(entry.headings, lineage, number, own).codes}


@given(drafts(), ENTRIES)
def test_an_outcome_follows_from_what_the_edition_did_to_the_code(
    draft: Edition, entries: list[Answering]
) -> None:
    fates = {change.was.code: change.fate for change in changes(FIRST, draft) if change.was}
    may = {
        Fate.KEPT: {Outcome.KEPT},
        Fate.REWORDED: {Outcome.REWORDED},
        Fate.MERGED: {Outcome.MERGED},
        Fate.SPLIT: {Outcome.OPEN},
        Fate.RETIRED: {Outcome.DROPPED, Outcome.OPEN},
    }
    found = effects(Step.to(draft, [FIRST]), entries, {}, [])
    for answer in (*found.answers, *found.headings):
        assert answer.outcome in may[fates[answer.code]]
    for entry in entries:
        own = [answer for answer in found.answers if answer.entry == entry.number]
        outcomes = {answer.outcome for answer in own}
        # Nobody is left without a question and without a decision.
        assert any(answer.into for answer in own) or Outcome.OPEN in outcomes


@given(drafts(), ENTRIES)
def test_what_is_remembered_of_other_entries_changes_nothing(draft: Edition, entries: list[Answering]) -> None:
    step = Step.to(draft, [FIRST])
    following = Following(step)
    for entry in entries:
        fresh = Following(step).of(entry, entry.answers, {}, needs_one=True)
        assert following.of(entry, entry.answers, {}, needs_one=True) == fresh
