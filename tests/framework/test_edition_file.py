"""An edition as a file: it goes out and comes in the same, and what is wrong with one is named with its line."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precedent.framework import edition_file as file
from precedent.framework import revising
from precedent.framework.files import SHIPPED, first_edition
from precedent.framework.records import Edition, EditionStatus
from precedent.framework.refusals import FrameworkFileInvalid
from tests.framework.editions import ANY, ANY_TEXTS, PLAIN, after, chain, edition, moves

FIRST = edition()
TEXT = file.export(FIRST)


def read(text: str) -> Edition:
    return file.read("e.yaml", text.encode())


def test_what_ships_is_what_an_export_of_it_writes() -> None:
    assert file.export(first_edition()).encode() == (SHIPPED / "edition-1.yaml").read_bytes()


def test_the_file_is_to_be_read_by_people() -> None:
    assert "\n  - code: A01\n    text: A01?\n    emphasised: true\n" in TEXT
    arabic = {"en": "Rights", "ar": "حقوق المهاجرين "}
    assert "A01: حقوق المهاجرين\n" in file.export(revising.reworded(FIRST, "A01", arabic))


def test_a_byte_order_mark_and_other_line_ends_are_no_fault() -> None:
    assert file.read("e.yaml", b"\xef\xbb\xbf" + TEXT.encode()) == FIRST
    assert file.read("e.yaml", TEXT.replace("\n", "\r\n").encode()) == FIRST


def test_texts_written_over_several_lines_become_one() -> None:
    told = TEXT.replace("text: A01?", "text: |\n      What\n      works?\n")
    assert read(told).items["A01"].text["en"] == "What works?"


# ---------- out and in again ----------


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Drafts and editions, with any texts."""
    before = chain(draw(st.lists(moves(PLAIN), max_size=6))).last
    made = after(
        draw(st.lists(moves(ANY_TEXTS), max_size=8)), revising.begun(before), before, frozenset(before.items)
    )
    made = revising.frame_reworded(made, draw(ANY), draw(ANY_TEXTS), draw(ANY_TEXTS), draw(ANY_TEXTS))
    made = revising.area_reworded(made, "B", draw(ANY_TEXTS), draw(ANY_TEXTS), draw(ANY_TEXTS))
    return made.model_copy(update={"status": draw(st.sampled_from(EditionStatus))})


@settings(max_examples=400)
@given(editions())
def test_written_and_read_again_it_is_the_same_to_the_byte(made: Edition) -> None:
    text = file.export(made)
    again = read(text)
    assert again == made
    assert file.export(again) == text


# ---------- what is wrong ----------

FAULTS = [
    ("code: small", "code: small\ncolour: red", 10, "colour: this key is not known here"),
    ("code: small\n", "", 9, "code: this key is missing"),
    ("title: A small framework", "title: yes", 10, "title: this has to be a text"),
    ("title: A small framework", "title:", 10, "title: this has to be a text"),
    ("title: A small framework", "title: [a]", 10, "title: this has to be a text"),
    ("  date: '2013-11-13'", "  date: 2013", 15, "source.date: this has to be a text"),
    ("number: 1", "number: one", 17, "edition.number: this has to be a whole number"),
    ("number: 1", "number: true", 17, "edition.number: this has to be a whole number"),
    ("number: 1", "number: '1'", 17, "edition.number: this has to be a whole number"),
    ("number: 1", "number: 1.5", 17, "edition.number: this has to be a whole number"),
    ("status: current", "status: finished", 19, "edition.status: it has to be draft, current or superseded"),
    ("- code: origin\n", "- code: transit\n", 23, "perspectives.1.code: a perspective is destination or origin"),
    ("- code: origin\n  title: origin\n", "", 21, "perspectives: destination and origin are needed"),
    ("- code: origin\n", "- code: destination\n", 21, "perspectives: destination and origin are needed"),
    ("- code: '2.1'", "- code: 2.1", 26, "related_roundtables.0.code: this has to be a text"),
    (
        "related_roundtables:\n- code: '2.1'\n  title: Work\n  covers: work\n",
        "related_roundtables: 3\n",
        25,
        "related_roundtables: this has to be a list",
    ),
    ("  - code: A02\n    text: A02?\n", "  - A02\n", 38, "guiding_questions.1: this has to be a mapping"),
    ("  - code: A02\n", "  - code: A02\n    bold: true\n", 39, "guiding_questions.1.bold: this key is not known"),
    ("    text: A02?\n", "", 38, "guiding_questions.1.text: this key is missing"),
    ("text: A01?\n    emphasised: true", "text: A01?\n    emphasised: maybe", 37, "has to be true or false"),
    ("    - code: A-O1\n", "    - code: 7\n", 51, "annex.origin.0.code: this has to be a text"),
    (
        "scope: All.\n  guiding_questions:\n  - code: C01",
        "scope: 1:30\n  guiding_questions:\n  - code: C01",
        75,
        "scope",
    ),
    ("translations:\n", "successors:\n  A09: A01\ntranslations:\n", 86, "successors.A09: this has to be a list"),
    ("  fr:\n", "  de:\n", 97, "translations.de: it is none of the other five languages"),
    ("  fr:\n", "  en:\n", 97, "translations.en: it is none of the other five languages"),
    ("      A02: ¿A02?", "      A92: ¿A02?", 89, "translations.es.questions.A92: the file has no such code"),
    ("      A02: ¿A02?", "      A02: 7", 89, "translations.es.questions.A02: this has to be a text"),
    ("      A02: ¿A02?", "      A01: ¿A02?", 89, "the key “A01” is there twice"),
    ("      A02: ¿A02?", "\t A02: ¿A02?", 89, "it is no YAML"),
    ("text: A02?", "text: *all", 39, "anchors (&) and aliases (*) are not read"),
    ("text: A02?", "text: &all A02?", 39, "anchors (&) and aliases (*) are not read"),
    ("text: A02?", "text: !!str A02?", 39, "tags (!) are not read"),
    ("text: A02?", "text: 'A02?", 39, "it is no YAML"),
]
"""What is written for what; on which line and for what reason it is refused."""


@pytest.mark.parametrize(
    ("was", "now", "line", "reason"), FAULTS, ids=[f"{f[1].strip()[:24]}-{f[3][:24]}" for f in FAULTS]
)
def test_a_fault_is_named_with_line_place_and_reason(was: str, now: str, line: int, reason: str) -> None:
    assert TEXT.count(was) == 1, TEXT
    with pytest.raises(FrameworkFileInvalid) as refused:
        read(TEXT.replace(was, now))
    said = str(refused.value)
    assert reason in said and re.search(rf"\bline {line}\b", said) and "e.yaml" in said, said


BREACHES = [
    ("number: 2", "number: 3", 17, "edition.number: edition 1 is in force, so this has to be edition 2"),
    ("code: small", "code: other", 9, "code: the framework's code is small in every edition"),
    ("- code: C\n", "- code: D\n", 9, "C: the issue area is missing"),
    ("- code: C\n", "- code: B\n", 9, "C: the issue area is missing"),
    ("  - code: A02\n", "  - code: A01\n", 38, "A01: the code is used twice"),
    ("  - code: A02\n", "  - code: a2\n", 38, "a2: a code here has to be written like A01"),
    ("  - code: A02\n", "  - code: A٠٢\n", 38, "A٠٢: a code here has to be written like A01"),
    ("  - code: A02\n", "  - code: B09\n", 38, "B09: a code here has to be written like A01"),
    ("    - code: A-O1\n", "    - code: A-D9\n", 51, "A-D9: a code here has to be written like A-O1"),
    (
        "  - code: A02\n",
        "  - code: A77\n",
        38,
        "A77: an earlier edition used this code; a code is never used again",
    ),
    ("  - code: A02\n", "  - code: A08\n", 9, "A02: it is neither kept nor said to be merged, split or retired"),
    ("{}", "{A99: []}", 85, "successors.A99: the edition before has no such code"),
    ("{}", "{A01: []}", 85, "successors.A01: it is said to be gone, and it is still there"),
    ("{}", "{A01: [A-D1]}", 85, "successors.A01: it is said to be gone"),
]


@pytest.mark.parametrize(("was", "now", "line", "reason"), BREACHES, ids=[f[3][:40] for f in BREACHES])
def test_what_no_draft_can_be_is_named_with_its_line(was: str, now: str, line: int, reason: str) -> None:
    second = file.export(revising.begun(FIRST)).replace(
        "translations:\n  es", "successors: {}\ntranslations:\n  es"
    )
    without = "".join(part for part in second.splitlines(keepends=True) if "¿" not in part or "A02" not in part)
    assert without.count(was) == 1
    wished = file.opened("e.yaml", without.replace(was, now).encode())
    with pytest.raises(FrameworkFileInvalid) as refused:
        wished.draft(FIRST, {*FIRST.items, "A77"})
    said = str(refused.value)
    assert f"line {line}, {reason}" in said, said


def test_a_draft_may_still_lack_its_name_and_its_texts() -> None:
    lacking = revising.reworded(revising.begun(FIRST), "A02", {"ar": "ما"})
    assert lacking.label == "" and lacking.items["A02"].text == {"en": "", "ar": "ما"}
    assert file.opened("e.yaml", file.export(lacking).encode()).draft(FIRST, set(FIRST.items)) == lacking


def _bomb() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1: it does not begin with a key"),
        (b"- a", "line 1: it does not begin with a key"),
        (_bomb(), "line 1: anchors"),
        (b"code: a\n---\ncode: b\n", "line 2: it is no YAML"),
        (TEXT.encode("utf-16"), "line 1: it is not written in UTF-8"),
        (TEXT.encode("latin-1"), r"line \d+: it is not written in UTF-8"),
        ("#\n# é\nа: \x05".encode(), "line 3: it is no YAML: control characters are not allowed"),
        (b"\x00" + TEXT.encode(), "line 1: it is no YAML"),
        (b"{" * 5_000 + b"}" * 5_000, "it is no YAML|nested too deeply"),
        (b"a: " + b"[" * 900 + b"]" * 900, "it is no YAML|nested too deeply"),
        (b"a: 1" + b"0" * 5_000, "line 1: this is not what is expected here"),
        (TEXT.encode() + b"#" * 2_000_000, "more than 2000000 bytes"),
    ],
    ids=lambda given: ascii(given)[:24],
)
def test_what_is_no_file_of_this_form_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(FrameworkFileInvalid, match=reason):
        file.read("e.yaml", content)


WRITTEN = file.export(
    after(
        [lambda now, b, u: revising.split(now, "A02", [{"en": "a"}, {"en": "b"}], b, u)],
        revising.begun(FIRST),
        FIRST,
        frozenset(FIRST.items),
    )
).encode()


@settings(max_examples=800)
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_read_as_it_stands_or_refused_by_line(seed: int) -> None:
    content = damaged(WRITTEN, random.Random(seed))
    try:
        found = file.read("e.yaml", content)
    except FrameworkFileInvalid as refused:
        assert re.search(r"\bline \d+\b", str(refused)), str(refused)
        return
    assert read(file.export(found)) == found


@settings(max_examples=300)
@given(st.binary(max_size=200) | ANY.map(str.encode))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(FrameworkFileInvalid):
        file.read("e.yaml", content)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A file after one to three accidents."""
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.3:
            content = content[: chance.randrange(len(content) + 1)] + chance.choice((b"", chance.randbytes(1)))
        lines = content.splitlines(keepends=True) or [b"\n"]
        at = chance.randrange(len(lines))
        lines[at : at + 1] = _after_an_accident(lines[at], chance)
        content = b"".join(lines)
    return content


def _after_an_accident(line: bytes, chance: random.Random) -> list[bytes]:
    mark = chance.choice((b"&a ", b"*a ", b"!!str ", b"!", b"[", b"{", b"'", b'"', b"# ", b"- ", b"7 #"))
    place = chance.randrange(len(line))
    flipped = line[:place] + chance.randbytes(1) + line[place + 1 :]
    accidents: tuple[list[bytes], ...] = (
        [],
        [line, line],
        [flipped],
        [b"\t" + line],
        [b" " + line],
        [b"surprise: 1\n", line],
        [line.replace(b": ", b": " + mark)],
        [re.sub(rb": .*", b": [1, {a: ~}]", line)],
    )
    return chance.choice(accidents)
