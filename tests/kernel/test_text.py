import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precedent.kernel.text import address_slug, canonical, folded, one_line
from tests.given import NASTY

ANY_TEXT = st.one_of(st.text(), st.sampled_from([text for text in NASTY if len(text) < 100]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner),
    max_leaves=10,
)


@given(JSON)
def test_canonical_json_says_the_same_and_has_one_spelling(value: object) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


@given(ANY_TEXT)
def test_one_line_is_stable_and_holds_no_control_character(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert not set(line) & {"\x00", "\n", "\t", "\x1b", "\ufeff"}


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_folding_every_single_character_twice_changes_nothing_more() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x20000)):
        once = folded.__wrapped__(chr(code))
        assert folded.__wrapped__(once) == once, hex(code)


@pytest.mark.parametrize(("one", "other"), [("Été", "ete"), ("STRASSE", "straße"), ("São Tomé", "sao tome")])
def test_case_and_accents_do_not_matter(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(ANY_TEXT)
def test_every_title_has_a_slug_that_can_stand_in_an_address(title: str) -> None:
    slug = address_slug(title)
    assert 0 < len(slug) <= 60
    assert slug.isascii() and set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
