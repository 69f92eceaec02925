"""YAML as people hand it over: what was written is read, and nothing else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precedent.framework import yaml
from precedent.framework.refusals import FrameworkFileInvalid
from tests.framework.editions import ANY

KEYS = ANY.filter(lambda key: len(key) < 100)
VALUES = st.recursive(
    ANY | st.booleans() | st.integers(-(10**6), 10**6) | st.none(),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(KEYS, deeper, max_size=3),
    max_leaves=12,
)


def read(text: str) -> Any:
    return yaml.Page("a.yaml", text.encode()).told


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_what_is_written_is_read_again_in_one_spelling(told: dict[str, Any]) -> None:
    text = yaml.write(told, "A heading.\n\nIts end.")
    assert text.startswith("# A heading.\n#\n# Its end.\n\n")
    again = read(text)
    assert again == told and list(again) == list(told)
    assert yaml.write(again, "A heading.\n\nIts end.") == text


def test_what_is_said_twice_is_written_twice() -> None:
    same = ["a text"]
    assert "&" not in yaml.write({"one": same, "two": same}, "")


def test_days_stay_texts_and_numbers_are_numbers() -> None:
    assert read("day: 2013-11-13\ntime: 2013-11-13 10:00:00\nnumber: 3\nno: no\nkey: ~") == {
        "day": "2013-11-13",
        "time": "2013-11-13 10:00:00",
        "number": 3,
        "no": False,
        "key": None,
    }


def test_a_place_is_found_by_its_line_or_by_what_is_around_it() -> None:
    page = yaml.Page("a.yaml", b"# one\ncode: a\nparts:\n- name: b\n- name: c\n")
    assert page.line([]) == 2
    assert page.line(["code"]) == 2
    assert page.line(["parts", 1, "name"]) == 5
    assert page.line(["parts", 1, "colour"]) == 5
    assert page.line(["parts", 9]) == page.line(["parts"]) == 4
    assert page.line(["parts", "name"]) == 4
    assert page.line(["nothing", "here"]) == 2
    assert str(page.wrong([], "why")).endswith("a.yaml cannot be used: line 2: why")
    assert str(page.wrong(["parts", 0], "why")).endswith("line 4, parts.0: why")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 'one\nb: two\nc: three", "line 1: it is no YAML"),
        ("a: [one\nb: two", "line 2: it is no YAML"),
        ("a: 1\n\tb: 2", "line 2: it is no YAML"),
        ("a: 1\nb: 2\na: 3", "line 3: the key “a” is there twice"),
        ("a:\n  b: 1\n  b: 1", "line 3: the key “b” is there twice"),
        ("a: 1\n? [b]\n: c", "line 2: a key has to be a word"),
        ("a: 1\nb: *c", "line 2: anchors"),
        ("a: 1\n&b c: d", "line 2: anchors"),
        ("a: 1\nb: &c\n  d: e", "line 2: anchors"),
        ("a: 1\nb: !c d", "line 2: tags"),
        ("a: 1\nb: ! d", "line 2: tags"),
        ("%YAML 3.0\n---\na: b", "line 1: it is no YAML"),
        ("a: b\n...\nc: d", "line 3: it is no YAML"),
        ("# é é é\na: \x1b", "line 2: it is no YAML: control characters are not allowed"),
        ("a: " + "[" * 13 + "]" * 13, "line 1: it is nested too deeply"),
        ("a: " + "{b: " * 13 + "c" + "}" * 13, "line 1: it is nested too deeply"),
        ("\n\na: 9" + "9" * 5_000, "line 3: this is not what is expected here"),
        ("just words", "line 1: it does not begin with a key"),
    ],
    ids=lambda told: ascii(told)[:24],
)
def test_what_is_not_read_is_named_by_its_line(text: str, said: str) -> None:
    with pytest.raises(FrameworkFileInvalid, match=f"a.yaml cannot be used: {said}"):
        read(text)
