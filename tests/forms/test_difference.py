import random
import time
from collections.abc import Iterable
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import example
from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.forms import draft as drafts
from precedent.forms.asks import Kind, asks
from precedent.forms.difference import TOKENS, Change, Happened, Piece, compare, words
from precedent.forms.saying import said_value
from tests import given

pytestmark = pytest.mark.django_db

SAME, TAKEN, PUT = Happened.SAME, Happened.TAKEN, Happened.PUT

TEXTS = st.text() | st.sampled_from(given.NASTY) | st.text(alphabet="ab ,.移民\u0651\n")


def draft(**changes: Any) -> drafts.Draft:
    return drafts.of(given.document(**changes))


def read(pieces: Iterable[Piece], side: Happened) -> list[str]:
    """One side of a difference, piece by piece."""
    return [piece.text for piece in pieces if piece.happened in (SAME, side)]


def told(was: str, now: str) -> str:
    """A difference as one line: [taken out|put in]."""
    marks = {SAME: "{}", TAKEN: "[-{}]", PUT: "[+{}]"}
    return "".join(marks[piece.happened].format(piece.text) for piece in words(was, now))


def by_place(changes: list[Change]) -> dict[str, Change]:
    assert len({change.place for change in changes}) == len(changes)
    return {change.place: change for change in changes}


@drawn(TEXTS, TEXTS)
@example("移" * 5_000, "民" + "移" * 4_999)
def test_both_texts_can_be_read_from_a_difference(was: str, now: str) -> None:
    pieces = words(was, now)
    assert "".join(read(pieces, TAKEN)) == was
    assert "".join(read(pieces, PUT)) == now
    assert all(piece.text for piece in pieces)
    assert (was == now) == all(piece.happened is SAME for piece in pieces)


@drawn(TEXTS)
def test_a_text_is_its_words_blanks_and_signs(text: str) -> None:
    assert "".join(TOKENS.findall(text)) == text


@pytest.mark.parametrize(
    ("was", "now", "shown"),
    [
        ("The rule is new.", "The rule is old.", "The rule is [-new][+old]."),
        ("It was refused.", "It was seldom refused.", "It was [+seldom ]refused."),
        ("Opened in 2015.", "Opened in May 2016.", "Opened in [-2015][+May 2016]."),
        ("", "A text.", "[+A text.]"),
        ("A text.", "", "[-A text.]"),
        # What is left between two changes is too little to hold on to.
        ("They opposed the rule from the start.", "They fought hard against it, and the cap fell within a year.",
         "They [-opposed the rule from the start][+fought hard against it, and the cap fell within a year]."),
        # A word of Arabic stays whole with its vowel signs.
        ("حقوق العُمّال المهاجرين", "حقوق العُمّالِ المهاجرين", "حقوق [-العُمّال][+العُمّالِ] المهاجرين"),
        # In Chinese a word may be one character, also beside a figure.
        ("2015年支持移民工人", "2016年支持移徙工人", "[-2015][+2016]年支持移[-民][+徙]工人"),
        ("แรงงานข้ามชาติ", "แรงงานต่างชาติ", "แรงงาน[-ข้าม][+ต่าง]ชาติ"),
        ("हिन्दी में", "हिन्दू में", "[-हिन्दी][+हिन्दू] में"),
    ],
)  # fmt: skip
def test_a_text_is_compared_word_by_word(was: str, now: str, shown: str) -> None:
    assert told(was, now) == shown


def test_equal_texts_do_not_differ() -> None:
    assert compare(draft(), draft()) == []


def test_codes_are_compared_as_people_call_them_in_the_language_of_the_page() -> None:
    with override("fr"):
        (change,) = compare(draft(status="ongoing"), draft(status="pilot"))
    assert change.listed
    assert [(piece.happened, piece.text) for piece in change.pieces] == [
        (TAKEN, "En cours"),
        (PUT, "Phase pilote"),
    ]


def test_choices_are_compared_one_by_one() -> None:
    (change,) = compare(draft(topics=["legal-aid", "health"]), draft(topics=["health", "housing"]))
    assert [piece.happened for piece in change.pieces] == [TAKEN, SAME, PUT]


def test_countries_are_told_with_their_role() -> None:
    was = [{"code": "PH", "role": "origin"}]
    (change,) = compare(draft(countries=was), draft(countries=[*was, {"code": "QA", "role": "destination"}]))
    assert [piece.text for piece in change.pieces] == [
        "Philippines (Country of origin)",
        "Qatar (Country of destination)",
    ]


LESSONS = [
    {"id": f"l{number}", "text": f"Lesson {word}."} for number, word in enumerate(("one", "two", "three"), 1)
]


def test_a_part_that_was_added_is_put_in_whole() -> None:
    change = by_place(compare(draft(lessons=LESSONS[:2]), draft(lessons=LESSONS)))
    assert list(change) == ["lessons.l3.text"]
    assert change["lessons.l3.text"].pieces == (Piece(PUT, "Lesson three."),)
    assert change["lessons.l3.text"].label.startswith("Lesson 3")


def test_a_part_that_was_removed_is_taken_out_whole_and_called_as_it_was() -> None:
    change = by_place(compare(draft(lessons=LESSONS), draft(lessons=LESSONS[:1] + LESSONS[2:])))
    assert list(change) == ["lessons.l2.text"]
    assert change["lessons.l2.text"].pieces == (Piece(TAKEN, "Lesson two."),)
    assert change["lessons.l2.text"].label.startswith("Lesson 2")


def test_a_part_that_moved_is_the_same_part_in_another_place() -> None:
    (change,) = compare(draft(lessons=LESSONS), draft(lessons=[LESSONS[2], *LESSONS[:2]]))
    assert (change.place, change.label, change.listed) == ("lessons", "Lessons: their order", True)
    assert read(change.pieces, TAKEN) == ["Lesson one.", "Lesson two.", "Lesson three."]
    assert read(change.pieces, PUT) == ["Lesson three.", "Lesson one.", "Lesson two."]


def test_a_part_that_moved_and_changed_says_both() -> None:
    changed = {**LESSONS[0], "text": "Lesson first."}
    changes = by_place(compare(draft(lessons=LESSONS), draft(lessons=[*LESSONS[1:], changed])))
    assert list(changes) == ["lessons.l1.text", "lessons"]
    assert [piece.text for piece in changes["lessons.l1.text"].pieces] == ["Lesson ", "one", "first", "."]


def test_only_what_differs_inside_a_part_is_shown() -> None:
    result = {"id": "r1", "text": "It took 4,000 calls in 2020.", "outcome": "positive", "evidence": "monitoring"}
    (change,) = compare(draft(results=[result]), draft(results=[{**result, "outcome": "mixed"}]))
    assert (change.place, change.label, change.listed) == ("results.r1.outcome", "Result 1: outcome", True)


def test_the_other_name_is_compared_inside() -> None:
    name = {"language": "es", "text": "Línea de ayuda"}
    (change,) = compare(draft(title_original=name), draft(title_original={**name, "text": "Línea de apoyo"}))
    assert change.place == "title_original.text" and not change.listed
    (_language, text) = compare(draft(), draft(title_original=name))
    assert text.pieces == (Piece(PUT, "Línea de ayuda"),)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(given.NASTY[:40]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "code", "text", "x"]), inner)
    ),
    max_leaves=8,
)
DRAFTS = st.dictionaries(st.sampled_from([ask.name for ask in asks()]), JSON, max_size=6)


@drawn(DRAFTS, DRAFTS)
def test_drafts_that_break_every_rule_can_be_compared(was: drafts.Draft, now: drafts.Draft) -> None:
    was, now = drafts.tidy(was), drafts.tidy(now)
    for change in compare(was, now):
        assert change.label and change.pieces


FULL = {
    "year_start": 2019,
    "year_end": 2020,
    "region_note": "The Andes",
    "empowers": ["migrants"],
    "stages": ["return"],
    "legal_statuses": ["regular"],
    "skill_levels": ["low"],
}


@pytest.mark.parametrize("name", [ask.name for ask in asks() if ask.kind not in (Kind.PART, Kind.PARTS)])
def test_a_field_that_was_filled_in_or_emptied_is_shown(name: str) -> None:
    whole = draft(**FULL)
    without = {key: value for key, value in whole.items() if key != name}
    (ask,) = [ask for ask in asks() if ask.name == name]
    for was, now, side in ((whole, without, TAKEN), (without, whole, PUT)):
        (change,) = compare(was, now)
        assert change.place == name and {piece.happened for piece in change.pieces} == {side}
        assert read(change.pieces, side) == said_value(ask, whole[name])


@pytest.mark.parametrize("letters", ["a ", "移", "ab, ", "word one two. ", "\u0651", "."])
def test_two_hundred_thousand_characters_are_compared_in_no_time(letters: str) -> None:
    long = (letters * 200_000)[:200_000]
    in_the_middle = f"{long[:100_000]} changed {long[100_000:]}"
    began = time.monotonic()
    assert "".join(read(words(long, in_the_middle), PUT)) == in_the_middle
    assert "".join(read(words(long[::-1], f"x{long}y"), TAKEN)) == long[::-1]
    assert time.monotonic() - began < 3


def test_many_long_fields_are_compared_in_no_time() -> None:
    drawing = random.Random(4)
    known = [f"word{number}" for number in range(400)]

    def lessons() -> list[dict[str, str]]:
        return [{"id": f"l{place}", "text": " ".join(drawing.choices(known, k=380))} for place in range(60)]

    was, now = {"lessons": lessons()}, {"lessons": lessons()}
    began = time.monotonic()
    assert len(compare(was, now)) == 60
    assert time.monotonic() - began < 3


def test_a_list_of_fifty_thousand_items_is_compared_in_no_time() -> None:
    began = time.monotonic()
    (change,) = compare({"topics": ["x"] * 50_000}, {"topics": ["y", *["x", "z"] * 20_000]})
    assert change.pieces and time.monotonic() - began < 3
