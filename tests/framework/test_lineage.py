"""What became of a code, from edition to edition."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from precedent.framework import revising
from precedent.framework.checking import breaches
from precedent.framework.lineage import (
    NONE_LEFT,
    Decisions,
    Fate,
    Placed,
    changes,
    every_part,
    other_changes,
    placed,
)
from precedent.framework.records import Edition, EditionStatus, Perspective
from precedent.framework.refusals import (
    LastOfArea,
    NoSuchItem,
    NothingToMergeInto,
    NotOfOneKind,
    PartOfSplit,
    TooFewParts,
)
from precedent.framework.revising import Place, begun, seen_of
from precedent.kernel.languages import Texts
from tests.framework.editions import DRAFTS, PLAIN, Chain, Move, add, after, chains, edition, merge, moves, restore
from tests.framework.editions import retire as retire_nth
from tests.framework.editions import split as split_nth

PARTS: list[Texts] = [{"en": "One part?"}, {"en": "Another part?"}]
FIRST = edition()
NOW_USED = frozenset(FIRST.items)


def draft(**gone: tuple[str, ...] | str) -> Edition:
    """The second edition: each code split (`two`), merged into another, or retired (``)."""
    made = begun(FIRST)
    for code, into in gone.items():
        if into == "two":
            made = revising.split(made, code, PARTS, FIRST, NOW_USED)
        elif into:
            made = revising.merged(made, code, str(into), FIRST)
        else:
            made = revising.retired(made, code, FIRST)
    return in_force(made)


def in_force(made: Edition) -> Edition:
    return made.model_copy(update={"status": EditionStatus.CURRENT})


def asked(codes: tuple[str, ...], number: int, second: Edition, decided: Any = None) -> Placed:
    return placed(codes, (FIRST, second), number, decided or {}, needs_one=True)


# ---------- a few cases, as people would tell them ----------


def test_merging_carries_answers_over_and_retiring_drops_them() -> None:
    second = draft(A02="A01", A03="")
    assert asked(("A03", "A02", "A01", "B01"), 2, second) == Placed(("A01", "B01"))
    assert asked(("A03", "A02", "A01", "B01"), 1, second) == Placed(("A03", "A02", "A01", "B01"))


def test_a_split_waits_for_a_decision_and_follows_it() -> None:
    second = draft(A02="two")
    assert second.successors == {"A02": ("A05", "A06")}
    assert asked(("A02", "A03"), 2, second) == Placed(("A03",), ((2, "A02"),))
    assert asked(("A02", "A03"), 2, second, {(2, "A02"): ("A06",)}) == Placed(("A06", "A03"))
    assert asked(("A02",), 2, second, {(2, "A02"): ()}) == Placed((), ((2, NONE_LEFT),))
    assert placed(("A02",), (FIRST, second), 2, every_part([second])).codes == ("A05", "A06")


def test_an_entry_that_is_left_without_a_question_waits_for_one_and_headings_may_be_none() -> None:
    second = draft(A03="", **{"A-D1": ""})
    assert asked(("A03",), 2, second) == Placed((), ((2, NONE_LEFT),))
    assert asked(("A03",), 2, second, {(2, NONE_LEFT): ("B01",)}) == Placed(("B01",))
    assert placed(("A-D1",), (FIRST, second), 2) == Placed(())


def test_later_answers_count_in_an_earlier_edition_as_what_they_came_of() -> None:
    second = in_force(revising.added(draft(A02="two", A03="A01"), Place("A"), {"en": "New?"}, NOW_USED))
    assert asked(("A06",), 1, second) == Placed(("A02",))
    assert asked(("A05", "A06", "A01"), 1, second) == Placed(("A02", "A01"))
    assert asked(("A07",), 1, second) == Placed(())


def test_a_decision_for_a_part_that_the_edition_no_longer_has_is_open_again() -> None:
    """An edition was decided on, taken back, split in another way and published again."""
    second = draft(A02="two")
    assert asked(("A02",), 2, second, {(2, "A02"): ("A09",)}) == Placed((), ((2, "A02"),))
    assert asked(("A02",), 2, second, {(2, "A02"): ("A09", "A05")}) == Placed(("A05",))
    left = draft(A02="")
    assert asked(("A02",), 2, left, {(2, NONE_LEFT): ("A09",)}) == Placed((), ((2, NONE_LEFT),))


def test_codes_of_a_text_that_was_taken_back_stand_for_what_they_came_of() -> None:
    was = draft(A02="two", A03="A01").model_copy(update={"status": EditionStatus.DRAFT})
    assert placed(("A06", "A01"), (FIRST, was), 1).codes == ("A02", "A01")
    # Published again as it was, they stand for themselves; otherwise for what became of what they came of.
    assert placed(("A06",), (FIRST, was, in_force(was)), 2).codes == ("A06",)
    assert placed(("A06",), (FIRST, was, draft(A02="A04")), 2).codes == ("A04",)
    assert placed(("A06",), (FIRST, was, draft(A02="A04")), 1).codes == ("A02",)


def test_an_entry_given_only_a_question_that_was_taken_back_waits_for_another() -> None:
    new = revising.added(begun(FIRST), Place("A"), {"en": "New?"}, NOW_USED)
    assert placed(("A05",), (FIRST, new), 1, needs_one=True) == Placed((), ((1, NONE_LEFT),))
    assert placed(("A05",), (FIRST, new), 1, {(1, NONE_LEFT): ("B01",)}, needs_one=True) == Placed(("B01",))
    assert placed(("A05",), (FIRST, new, in_force(new)), 2, needs_one=True) == Placed(("A05",))


def test_moves_that_would_break_an_edition_are_refused_with_their_reason() -> None:
    start = begun(FIRST)
    alone = revising.merged(start, "B02", "A01", FIRST)
    for refused in (revising.retired, lambda *a: revising.merged(a[0], a[1], "A02", a[2])):
        with pytest.raises(LastOfArea, match="B01"):
            refused(alone, "B01", FIRST)
    assert revising.split(alone, "B01", PARTS, FIRST, NOW_USED).areas["B"].questions
    parted = revising.split(start, "A02", PARTS, FIRST, NOW_USED)
    with pytest.raises(PartOfSplit, match="“A05” is a part of “A02” and cannot be merged into “A01”"):
        revising.merged(parted, "A05", "A01", FIRST)
    assert revising.merged(parted, "A05", "A06", FIRST).successors == {"A02": ("A06",)}
    for code, into, no in (("A01", "A01", NothingToMergeInto), ("A01", "A99", NothingToMergeInto)):
        with pytest.raises(no):
            revising.merged(start, code, into, FIRST)
    with pytest.raises(NotOfOneKind):
        revising.merged(start, "A01", "A-D1", FIRST)
    for move in (revising.retired, revising.restored):
        with pytest.raises(NoSuchItem):
            move(start, "A99", FIRST)
    for parts in ([PARTS[0]], [PARTS[0], {"en": " ", "fr": ""}], PARTS * 4):
        with pytest.raises(TooFewParts):
            revising.split(start, "A01", parts, FIRST, NOW_USED)


def test_typed_texts_become_tidy_and_english_is_always_there() -> None:
    typed = {"fr": " Qui\u200b va\n  la\u00a0? ", "es": "an\u0303o", "ar": "\x00 \t", "zh": "\ufeff移民"}
    assert revising.texts(typed) == {"en": "", "fr": "Qui va la\u00a0?", "es": "año", "zh": "移民"}


def test_a_code_is_never_given_twice() -> None:
    start = begun(FIRST)
    assert revising.next_code(start, Place("A"), NOW_USED) == "A05"
    assert revising.next_code(start, Place("A"), {*NOW_USED, "A41", "A-D7"}) == "A42"
    assert revising.next_code(revising.retired(start, "A04", FIRST), Place("A"), ()) == "A05"
    assert revising.next_code(start, revising.place_of(start, "A-O2"), NOW_USED) == "A-O3"
    assert revising.next_code(start, Place("C", Perspective.ORIGIN), NOW_USED) == "C-O1"


# ---------- any editions, any entry ----------


@st.composite
def entries(draw: st.DrawFn) -> tuple[Chain, tuple[str, ...], Decisions]:
    """Editions, codes of any of them, and decisions on some of what they leave open."""
    made = draw(chains())
    codes = tuple(draw(st.lists(st.sampled_from(sorted(made.used)), min_size=1, max_size=5, unique=True)))
    decided: dict[tuple[int, str], tuple[str, ...]] = {}
    for then in made.editions[1:]:
        places = [(code, parts) for code, parts in then.successors.items() if len(parts) > 1]
        for code, choice in [*places, (NONE_LEFT, tuple(then.questions))]:
            if draw(st.booleans()):
                decided[then.number, code] = tuple(
                    draw(st.lists(st.sampled_from(choice), max_size=2, unique=True))
                )
    return made, codes, decided


def told_plainly(
    codes: tuple[str, ...], editions: tuple[Edition, ...], number: int, decided: Decisions
) -> tuple[set[str], set[tuple[int, str]]]:
    """What `placed` promises, told once more in steps from one edition to the next, each code in its own time."""
    now, left_open = set(codes), set[tuple[int, str]]()
    for before, then in pairwise(editions):
        if then.number > number:
            break
        following, own = set[str](), set[tuple[int, str]]()
        for code in now:
            if code not in before.items or code in then.items:
                following.add(code)
                continue
            became = set(then.successors[code])
            if len(became) > 1:
                if (then.number, code) not in decided:
                    own.add((then.number, code))
                became &= set(decided.get((then.number, code), ()))
            following |= became
        if now and not following and not own:
            if (then.number, NONE_LEFT) not in decided:
                own.add((then.number, NONE_LEFT))
            following = set(decided.get((then.number, NONE_LEFT), ()))
        now, left_open = following, left_open | own
    return {old for code in now for old in _back(code, editions, number)}, left_open


def _back(code: str, editions: tuple[Edition, ...], number: int) -> set[str]:
    """A code as an edition says it that is not later than the code, or older."""
    first = min(edition.number for edition in editions if code in edition.items)
    if first <= number:
        return {code} & set(editions[number - 1].items)
    came_of = {old for old, parts in editions[first - 1].successors.items() if code in parts}
    return {older for old in came_of for older in _back(old, editions, number)}


@settings(max_examples=500)
@given(entries())
def test_what_an_entry_answers_in_any_edition_is_what_its_codes_became(
    told: tuple[Chain, tuple[str, ...], Decisions],
) -> None:
    made, codes, decided = told
    for then in made.editions:
        found = placed(codes, made.editions, then.number, decided, needs_one=True)
        expected = told_plainly(codes, made.editions, then.number, decided)
        assert (set(found.codes), set(found.undecided)) == expected
        assert len(found.codes) == len(set(found.codes)) and len(found.undecided) == len(set(found.undecided))
        assert set(found.codes) <= set(then.items)
        assert {code for code in codes if code in then.items} <= set(found.codes)


@settings(max_examples=200)
@given(chains(), st.data())
def test_as_of_an_edition_an_entry_answers_exactly_what_it_was_given_under_it(made: Chain, data: Any) -> None:
    under = data.draw(st.sampled_from(made.editions))
    codes = tuple(data.draw(st.lists(st.sampled_from(list(under.items)), min_size=1, unique=True)))
    assert placed(codes, made.editions, under.number, needs_one=True) == Placed(codes)


@settings(max_examples=200)
@given(chains(3), st.lists(moves(PLAIN), max_size=8), st.lists(moves(PLAIN), max_size=8), st.data())
def test_an_edition_taken_back_and_published_otherwise_loses_no_answer(
    made: Chain, first: list[Move], more: list[Move], data: Any
) -> None:
    before, was = made.last, made.following(first)
    used = made.used | set(was.items)
    # Its own codes it may keep; new ones are taken by nobody.
    again = in_force(after(more, was.model_copy(update={"status": EditionStatus.DRAFT}), before, used))
    assert breaches(again, before, made.used) == []
    superseded = before.model_copy(update={"status": EditionStatus.SUPERSEDED})
    lineage = (*made.editions[:-1], superseded, was.model_copy(update={"status": EditionStatus.DRAFT}), again)
    codes = tuple(data.draw(st.lists(st.sampled_from(list(was.items)), min_size=1, unique=True)))
    found = placed(codes, lineage, again.number, every_part(lineage))
    expected = set[str]()
    for code in codes:
        if code in again.items:
            expected.add(code)
            continue
        olds = {code} if code in before.items else {old for old, parts in was.successors.items() if code in parts}
        expected |= {new for old in olds for new in again.successors.get(old, (old,))}
    assert set(found.codes) == expected


# ---------- what an edition changed ----------


@settings(max_examples=300)
@given(chains())
def test_every_code_of_two_editions_is_told_of_once(made: Chain) -> None:
    for before, now in pairwise(made.editions):
        told = changes(before, now)
        assert [change.was.code for change in told if change.was] == list(before.items)
        new = [change.code for change in told if change.fate is Fate.NEW]
        stands_for = {item.code for change in told if change.was for item in change.now}
        assert len(new) == len(set(new)) and set(new).isdisjoint(stands_for)
        assert set(new) | stands_for == set(now.items)
        for change in told:
            kept = change.fate in (Fate.KEPT, Fate.REWORDED)
            assert kept == (change.code in before.items and change.code in now.items)
            if kept:
                same = change.was is not None and change.was.text["en"] == change.now[0].text["en"]
                assert (change.fate is Fate.KEPT) == same
        count = Counter(change.fate for change in told)
        assert count[Fate.MERGED] + count[Fate.SPLIT] + count[Fate.RETIRED] == len(now.successors)


def test_what_changed_besides_is_named_by_its_place() -> None:
    start = begun(FIRST)
    assert other_changes(FIRST, start) == []
    made = revising.frame_reworded(start, "Second", start.title, {"en": "Another"}, start.expected_outcome)
    made = revising.area_reworded(made, "B", {"en": "Area B"}, {"en": "B"}, {"en": "Some."})
    made = revising.reworded(made, "A03", {"en": "A03?", "ar": "؟"})
    made = revising.reworded(made, "A04", {"en": "A04, otherwise?"})
    assert other_changes(FIRST, made) == ["aim", "B.scope", "A03"]


def test_a_text_that_no_edition_could_be_is_still_compared() -> None:
    """A file is shown with what it changes before it is refused."""
    start = begun(FIRST)
    areas = (start.areas["A"].model_copy(update={"questions": start.areas["A"].questions[1:]}), start.areas["B"])
    torn = start.model_copy(update={"issue_areas": areas, "successors": {"B02": ("A99", "B01")}})
    found = {change.code: (change.fate, len(change.now)) for change in changes(FIRST, torn)}
    assert found["A01"] == found["C01"] == (Fate.RETIRED, 0) and found["B02"] == (Fate.SPLIT, 1)
    assert other_changes(FIRST, torn) == []


GOING = st.one_of(
    st.integers(0, 60).map(retire_nth),
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(merge),
    st.tuples(st.integers(0, 60), st.just(PARTS)).map(split_nth),
)


@settings(max_examples=300)
@given(chains(2), st.lists(moves(PLAIN, order=False), max_size=6), GOING)
def test_bringing_back_undoes_a_merge_a_split_and_a_retirement(made: Chain, done: list[Move], going: Move) -> None:
    """Exactly, where the item was as the edition before had it, and nothing had gone over into it."""
    before, used = made.last, made.used
    start = after(done, begun(before), before, used)
    gone = after([going], start, before, used)
    codes = [code for code in start.items if code not in gone.items and code in before.items]
    assume(codes)
    [code] = codes
    assume(start.items[code] == before.items[code])
    assume(all(code not in parts for parts in start.successors.values()))
    back = revising.restored(gone, code, before)
    assert back == start


def test_what_comes_back_comes_back_to_its_place() -> None:
    new = revising.added(begun(FIRST), Place("A"), {"en": "New?"}, NOW_USED)
    start = revising.merged(new, "A01", "A05", FIRST)
    assert revising.restored(revising.retired(start, "A02", FIRST), "A02", FIRST) == start
    parted = revising.split(new, "A01", PARTS, FIRST, NOW_USED)
    assert revising.restored(revising.retired(parted, "A02", FIRST), "A02", FIRST) == parted
    parted = revising.split(new, "A04", PARTS, FIRST, NOW_USED)
    assert revising.restored(revising.retired(parted, "A03", FIRST), "A03", FIRST) == parted


@settings(max_examples=300)
@given(DRAFTS, st.lists(moves(PLAIN), max_size=4))
def test_what_was_seen_of_a_place_changes_with_that_place_and_with_nothing_else(
    start: Edition, done: list[Move]
) -> None:
    before = FIRST
    now = after(done, start, before, NOW_USED)
    for place in {*start.items, *now.items, *start.areas, *start.successors, "frame", "nothing"}:
        same = _stands(start, place) == _stands(now, place)
        assert (seen_of(start, place) == seen_of(now, place)) == same, place
    assert (seen_of(start, "edition") == seen_of(now, "edition")) == (start == now)


def _stands(edition: Edition, place: str) -> object:
    if place in edition.items:
        return edition.items[place]
    if area := edition.areas.get(place):
        return (area.title, area.short_title, area.scope)
    if place == "frame":
        return (edition.label, edition.title, edition.aim, edition.expected_outcome)
    return edition.successors.get(place)


def test_what_was_seen_changes_with_each_text_of_the_place() -> None:
    start = begun(FIRST)
    texts = ({"en": "T"}, {"en": "S"}, {"en": "All."})
    area = revising.area_reworded(start, "B", *texts)
    frame = revising.frame_reworded(start, "Second", start.title, {"en": "Another"}, start.expected_outcome)
    bold = revising.reworded(start, "A02", start.items["A02"].text, emphasised=True)
    for place, changed in (("B", area), ("frame", frame), ("A02", bold)):
        places = {"A", "B", "C", "A01", "A02", "B01", "frame"}
        assert {p for p in places if seen_of(start, p) != seen_of(changed, p)} == {place}
    added = after([add((Place("B"), {"en": "New?"})), restore(0)], start, FIRST, NOW_USED)
    assert seen_of(added, "B") == seen_of(start, "B")
    assert seen_of(added, "B03") != seen_of(start, "B03")
