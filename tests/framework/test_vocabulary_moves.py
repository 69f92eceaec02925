"""The moves that editors make on a vocabulary."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precedent.framework import terms
from precedent.framework.files import first_vocabularies
from precedent.framework.records import TermStatus, Vocabulary
from precedent.framework.refusals import NoSuchTerm, TermInvalid
from precedent.framework.vocabulary_changes import What, between
from tests.framework.vocabularies import MOVES, Move, after, journeys, term, vocabulary


def codes(found: Vocabulary) -> list[str]:
    return [each.code for each in found.terms]


def broader(found: Vocabulary) -> dict[str, str | None]:
    return {each.code: each.broader for each in found.terms}


@settings(max_examples=300)
@given(st.lists(MOVES, max_size=12))
def test_whatever_is_moved_the_vocabulary_holds_and_no_code_is_lost(moves: list[Move]) -> None:
    made = journeys()
    for move in moves:
        before, made = made, after([move], made)
        assert list(terms.faults(made)) == []
        assert set(before.by_code) <= set(made.by_code) and len(made.terms) - len(before.terms) in (0, 1)
        for code in made.by_code:
            now = made.by_code[made.current_code(code)]
            assert now.status is not TermStatus.MERGED
            assert code in made.with_broader(code) and (made.by_code[code].is_current or not made.narrower(code))


@settings(max_examples=200)
@given(st.lists(MOVES, max_size=6), st.sampled_from(["work", "farm-work", "harvest", "leisure"]))
def test_bringing_back_undoes_a_merge_and_a_retirement(moves: list[Move], code: str) -> None:
    before = after(moves, journeys())
    if not before.by_code[code].is_current:
        return
    others = [each.code for each in before.current_terms if each.code != code]
    assert terms.brought_back(terms.retired(before, code), code) == fresh(before, code)
    for into in others[:3]:
        assert terms.brought_back(terms.merged(before, code, into), code) == fresh(before, code)


def fresh(found: Vocabulary, code: str) -> Vocabulary:
    """A term that is in use has handed over nothing."""
    kept = (t.model_copy(update={"handed_over": {}}) if t.code == code else t for t in found.terms)
    return found.model_copy(update={"terms": tuple(kept)})


def test_a_merge_takes_the_narrower_terms_along_and_names_the_successor() -> None:
    made = terms.merged(journeys(), "work", "leisure")
    assert (made.by_code["work"].status, made.by_code["work"].successor) == (TermStatus.MERGED, "leisure")
    assert broader(made) | {"work": None} == {
        "work": None,
        "farm-work": "leisure",
        "harvest": "farm-work",
        "care-work": "leisure",
        "leisure": None,
        "rest": None,
    }
    assert made.current_code("work") == "leisure" and list(made.with_broader("harvest"))[-1] == "leisure"


def test_a_term_merged_into_one_below_it_leaves_no_circle() -> None:
    made = terms.merged(journeys(), "work", "harvest")
    assert broader(made) == {
        "work": None,
        "farm-work": None,
        "harvest": "farm-work",
        "care-work": "harvest",
        "leisure": None,
        "rest": None,
    }


def test_what_stood_below_a_retired_term_moves_up() -> None:
    made = terms.retired(journeys(), "farm-work")
    assert broader(made)["harvest"] == "work"
    assert made.current_code("farm-work") == "farm-work"
    assert "farm-work" not in [each.code for each in made.current_terms]


def test_an_old_code_is_followed_through_every_merge() -> None:
    made = terms.merged(terms.merged(journeys(), "rest", "leisure"), "leisure", "harvest")
    assert list(made.successors("rest")) == ["rest", "leisure", "harvest"]
    assert terms.brought_back(made, "leisure").current_code("rest") == "leisure"


@pytest.mark.parametrize(
    ("code", "into", "reason"),
    [
        ("work", "work", "cannot be merged into itself"),
        ("leisure", "old", "would be a circle"),
        ("leisure", "older", "would be a circle"),
        ("work", "old", "“old” was itself merged into “leisure”"),
        ("work", "gone", "“gone” is retired"),
        ("old", "work", "merged into “leisure” already"),
    ],
)
def test_a_merge_into_itself_in_a_circle_or_into_the_past_is_refused(code: str, into: str, reason: str) -> None:
    made = vocabulary(*journeys().terms, term("old"), term("older"), term("gone"))
    made = terms.merged(terms.merged(made, "older", "old"), "old", "leisure")
    made = terms.retired(made, "gone")
    with pytest.raises(TermInvalid, match=reason) as refused:
        terms.merged(made, code, into)
    assert (refused.value.facts["term"], refused.value.facts["field"]) == (code, "into")


@pytest.mark.parametrize(
    ("broader", "reason"),
    [
        ("work", "its own broader term"),
        ("farm-work", "stands below this term"),
        ("harvest", "stands below this term"),
        ("nothing", "there is no term “nothing”"),
        ("gone", "“gone” is not in use"),
    ],
)
def test_a_broader_term_that_cannot_be_is_refused_with_the_reason(broader: str, reason: str) -> None:
    made = terms.retired(vocabulary(*journeys().terms, term("gone")), "gone")
    with pytest.raises(TermInvalid, match=reason) as refused:
        terms.retold(made, "work", {"en": "Work"}, {}, broader)
    assert refused.value.facts["field"] == "broader"


@pytest.mark.parametrize("code", ["", "Work", "a--b", "-a", "a-", "a_b", "a b", "é", "a" * 61, "²"])
def test_a_code_of_another_form_is_refused(code: str) -> None:
    with pytest.raises(TermInvalid, match="a code has small letters") as refused:
        terms.added(journeys(), code, {"en": "New"}, {})
    assert refused.value.facts["field"] == "code"


def test_a_code_is_never_used_twice_also_not_one_that_was_retired() -> None:
    made = terms.retired(journeys(), "rest")
    for code in ("work", "rest"):
        with pytest.raises(TermInvalid, match="never used twice"):
            terms.added(made, code, {"en": "New"}, {})


@pytest.mark.parametrize(
    ("label", "note", "field", "reason"),
    [
        ({}, {}, "label", "the English text is missing"),
        ({"en": " \u200b ", "fr": "Travail"}, {}, "label", "the English text is missing"),
        ({"en": "Work", "fr": "x" * 301}, {}, "label", "more than 300 characters"),
        ({"en": "Work", "tlh": "vum"}, {}, "label", "none of the six languages"),
        ({"en": "Work"}, {"ar": "عمل"}, "note", "the English text is missing"),
        ({"en": "Work"}, {"en": "x" * 301}, "note", "more than 300 characters"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_with_its_place(
    label: dict[str, str], note: dict[str, str], field: str, reason: str
) -> None:
    moves: list[Callable[[], Vocabulary]] = [
        lambda: terms.added(journeys(), "new", label, note),
        lambda: terms.retold(journeys(), "work", label, note, None),
    ]
    for refuse in moves:
        with pytest.raises(TermInvalid, match=reason) as refused:
            refuse()
        assert refused.value.facts["field"] == field


def test_a_space_that_does_not_break_is_kept_and_others_are_made_tidy() -> None:
    made = terms.added(journeys(), "new", {"en": "  A \n b ", "fr": "Droit\u00a0: oui", "es": " "}, {})
    assert made.by_code["new"].label == {"en": "A b", "fr": "Droit\u00a0: oui"}


def test_terms_move_among_those_in_use() -> None:
    made = terms.retired(journeys(), "farm-work")
    assert codes(terms.placed(made, "rest", 1))[0] == "rest"
    assert [t.code for t in terms.placed(made, "work", 2).current_terms][:2] == ["harvest", "work"]
    assert codes(terms.placed(made, "work", 5))[-1] == "work"
    assert codes(terms.added(made, "new", {"en": "New"}, {}, None, 1))[0] == "new"
    for code, place in (("rest", 0), ("rest", 6), ("farm-work", 1)):
        with pytest.raises(TermInvalid):
            terms.placed(made, code, place)


def test_what_is_not_there_cannot_be_moved() -> None:
    moves: list[Move] = [
        lambda v: terms.retired(v, "nothing"),
        lambda v: terms.merged(v, "work", "nothing"),
        lambda v: terms.brought_back(v, "nothing"),
        lambda v: terms.placed(v, "nothing", 1),
    ]
    for move in moves:
        with pytest.raises(NoSuchTerm, match="nothing"):
            move(journeys())
    with pytest.raises(TermInvalid, match="it is in use"):
        terms.brought_back(journeys(), "work")
    with pytest.raises(TermInvalid, match="not in use any more"):
        terms.retired(terms.retired(journeys(), "work"), "work")


def test_a_change_says_what_was_and_what_is() -> None:
    before = journeys()
    now = terms.retold(before, "rest", {"en": "REST", "fr": "Repos"}, {"en": "A pause"}, "leisure")
    now = terms.merged(terms.added(now, "new", {"en": "New"}, {}, None, 1), "care-work", "work")
    told = [(each.code, each.what, each.was, each.now) for each in between(before, now)]
    assert told == [
        ("new", What.ADDED, None, {"en": "New"}),
        ("care-work", What.MERGED, None, "work"),
        ("rest", What.LABEL, {}, {"fr": "Repos"}),
        ("rest", What.NOTE, {}, {"en": "A pause"}),
        ("rest", What.BROADER, None, "leisure"),
    ]
    moved = between(before, terms.placed(before, "rest", 1))
    assert [(each.code, each.what, each.was, each.now) for each in moved] == [("rest", What.PLACE, 6, 1)]


def test_the_day_is_kept_on_which_a_term_went_out_of_use() -> None:
    before, day = journeys(), date(2026, 11, 3)
    made = terms.dated(before, terms.merged(before, "rest", "leisure"), day)
    assert made.by_code["rest"].since == day and made.by_code["leisure"].since is None
    later = terms.dated(made, terms.retired(made, "work"), date(2027, 1, 1))
    assert later.by_code["rest"].since == day


def test_narrower_terms_come_back_through_a_chain_of_merges() -> None:
    made = terms.merged(terms.merged(journeys(), "farm-work", "leisure"), "leisure", "rest")
    assert made.by_code["harvest"].broader == "rest"
    assert terms.brought_back(made, "farm-work").by_code["harvest"].broader == "farm-work"
    assert terms.brought_back(terms.brought_back(made, "leisure"), "farm-work") == terms.brought_back(
        terms.merged(journeys(), "farm-work", "leisure"), "farm-work"
    )


def test_a_narrower_term_that_somebody_moved_on_stays_where_it_is() -> None:
    made = terms.retired(journeys(), "work")
    made = terms.retold(made, "care-work", {"en": "Care"}, {}, "rest")
    # What came to stand above the term cannot stand below it again.
    made = terms.retold(made, "work", {"en": "Work"}, {}, "farm-work")
    back = terms.brought_back(made, "work")
    assert back.by_code["care-work"].broader == "rest"
    assert (back.by_code["work"].broader, back.by_code["farm-work"].broader) == ("farm-work", None)


@pytest.mark.parametrize(
    ("code", "needed"), [(code, each) for code, all_ in terms.NEEDED.items() for each in all_]
)
def test_a_term_that_pages_and_counts_know_by_its_code_stays_in_use(code: str, needed: str) -> None:
    shipped = next(v for v in first_vocabularies() if v.code == code)
    other = next(term.code for term in shipped.terms if term.code != needed)
    with pytest.raises(TermInvalid, match="stays in use"):
        terms.retired(shipped, needed)
    with pytest.raises(TermInvalid, match="stays in use"):
        terms.merged(shipped, needed, other)
