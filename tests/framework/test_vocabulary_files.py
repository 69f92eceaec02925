"""All vocabularies as one file."""

import random
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from precedent.framework import actions, queries
from precedent.framework import vocabulary_file as file
from precedent.framework.files import first_vocabularies
from precedent.framework.records import TermStatus, Vocabulary
from precedent.framework.refusals import FrameworkFileInvalid, VocabulariesChanged
from precedent.framework.vocabulary_changes import What
from precedent.kernel.languages import LANGUAGES
from tests import given as made_for
from tests.framework.vocabularies import MOVES, Move, after, journeys

SHIPPED = (files("precedent.framework") / "data" / "vocabularies.yaml").read_text("utf-8")


def taken(text: str) -> list[Vocabulary]:
    return list(file.read("v.yaml", text.encode()).vocabularies)


def test_what_ships_is_what_an_export_of_it_writes_and_has_all_six_languages() -> None:
    assert file.write(first_vocabularies()) == SHIPPED
    six = {language.code for language in LANGUAGES}
    assert all(set(term.label) == six for v in first_vocabularies() for term in v.terms)


@settings(max_examples=200)
@given(st.lists(MOVES, max_size=10))
def test_written_and_read_again_it_is_the_same_to_the_byte(moves: list[Move]) -> None:
    made = after(moves, journeys())
    text = file.write([made])
    [again] = file.read("v.yaml", text.encode()).beside({"topic": made})
    assert again == made
    assert file.write([again]) == text
    assert file.read("v.yaml", text.encode()).changes({"topic": made}) == []


@settings(max_examples=100)
@given(st.lists(MOVES, max_size=8), st.lists(MOVES, max_size=8))
def test_a_file_takes_any_earlier_state_to_any_later_one(first: list[Move], more: list[Move]) -> None:
    before = after(first, journeys())
    wished = after(more, before)
    text = file.write([wished])
    [made] = file.read("v.yaml", text.encode()).beside({"topic": before})
    assert file.write([made]) == text
    changed = file.read("v.yaml", text.encode()).changes({"topic": before})
    assert bool(changed) == (file.write([before]) != text)


MERGED = "    status: merged\n    successor:"
FAULTS = [
    ("title: Topics", "titel: Topics", 10, "topic.title", "this key is missing"),
    ("multi: true", "multi: true\n  surprise: 1", 12, "topic.surprise", "this key is not known here"),
    ("multi: true", "multi: 'yes'", 11, "topic.multi", "true or false"),
    ("  title: Topics", "  title: 7", 10, "topic.title", "this has to be a text"),
    ("code: harvest", "code: no", 19, "topic.terms.2.code", "this has to be a text"),
    ("code: harvest", "code: Har vest", 19, "topic.terms.2.code", "a code has small letters"),
    ("code: harvest", "code: work", 19, "topic.terms.2.code", "never used twice"),
    ("title: HARVEST", "title: ''", 20, "topic.terms.2.title", "the English text is missing"),
    ("title: HARVEST", "title: " + "x" * 301, 20, "topic.terms.2.title", "more than 300 characters"),
    ("broader: farm-work", "broader: nothing", 21, "topic.terms.2.broader", "there is no term “nothing”"),
    ("broader: farm-work", "broader: harvest", 21, "topic.terms.2.broader", "its own broader term"),
    ("title: WORK", "title: WORK\n    broader: harvest", 16, "topic.terms.0.broader", "stands below this term"),
    ("broader: farm-work", "broader: rest\n    status: over", 22, "topic.terms.2.status", "retired or merged"),
    ("title: REST", "title: REST\n    status: merged", 27, "topic.terms.5.successor", "names its successor"),
    ("title: REST", "title: REST\n    successor: work", 29, "topic.terms.5.successor", "only a merged term"),
    ("title: REST", f"title: REST\n{MERGED} rest", 30, "topic.terms.5.successor", "into itself"),
    ("title: REST", f"title: REST\n{MERGED} gone", 30, "topic.terms.5.successor", "there is no term “gone”"),
    (
        "LEISURE\n  - code: rest",
        f"L\n{MERGED} rest\n  - code: rest\n{MERGED} leisure",
        28,
        "terms.4",
        "in a circle",
    ),
    ("  fr:", "  tlh:", 31, "translations.tlh", "none of the other five languages"),
    ("      rest: Repos", "      nothing: Repos", 34, "topic.terms.nothing", "no English text"),
    ("      rest: Repos", "      rest: " + "é" * 301, 34, "topic.terms.rest", "more than 300 characters"),
    ("topic:\n      title: Sujets", "subject:\n      title: Sujets", 32, "fr.subject", "no such code"),
    ("\ntopic:\n  title", "\nTo pic:\n  title", 10, "To pic", "a vocabulary's code"),
]
"""What is written for what in the file of `told`; on which line, at which place and why it is refused."""


def told() -> str:
    """A small file, with a translation."""
    start = journeys()
    rest = start.by_code["rest"].model_copy(update={"label": {"en": "REST", "fr": "Repos"}})
    update = {"title": {"en": "Topics", "fr": "Sujets"}, "terms": (*start.terms[:-1], rest)}
    return file.write([start.model_copy(update=update)])


@pytest.mark.parametrize(("was", "now", "line", "place", "reason"), FAULTS, ids=[f[1][:30] for f in FAULTS])
def test_a_fault_is_named_with_line_place_and_reason(
    was: str, now: str, line: int, place: str, reason: str
) -> None:
    text = told()
    assert text.count(was) == 1
    with pytest.raises(FrameworkFileInvalid) as refused:
        taken(text.replace(was, now))
    said = str(refused.value)
    assert reason in said and f"line {line}, " in said and place in said, said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it does not begin with a key"),
        (b"- topic", "it does not begin with a key"),
        (b"topic: [", "it is no YAML"),
        (b"topic: =", "not what is expected here"),
        (b"topic: {}\ntopic: {}", "line 2: the key “topic” is there twice"),
        (b"a: &a [x]\nb: [*a, *a]", "line 1: anchors"),
        (b"a: !!python/object:os.system []", "tags"),
        (b"? [a]\n: b", "a key has to be a word"),
        (b"a: " + b"[" * 40 + b"]" * 40, "nested too deeply"),
        (b"[" * 100_000, "it is no YAML"),
        ("a: é".encode("latin-1"), "line 1: it is not written in UTF-8"),
        ("a: é".encode("utf-16"), "it is not written in UTF-8"),
        (b"#" * 2_000_001, "more than 2000000 bytes"),
        (b"a: \x00", "it is no YAML"),
    ],
    ids=lambda given: ascii(given)[:20],
)
def test_what_is_no_file_of_this_form_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(FrameworkFileInvalid, match=reason):
        file.read("v.yaml", content)


def test_a_code_left_out_is_refused_and_told_to_be_retired() -> None:
    present = {"topic": journeys()}
    shorter = journeys().model_copy(update={"terms": journeys().terms[:-1]})
    with pytest.raises(FrameworkFileInvalid, match=r"line 14, topic\.terms: the term “rest” is missing.*retired"):
        file.read("v.yaml", file.write([shorter]).encode()).beside(present)
    other = journeys().model_copy(update={"code": "other"})
    with pytest.raises(FrameworkFileInvalid, match="the vocabulary “topic” is missing"):
        file.read("v.yaml", file.write([other]).encode()).beside(present)
    single = journeys().model_copy(update={"multi": False})
    with pytest.raises(FrameworkFileInvalid, match=r"topic\.multi: how many terms"):
        file.read("v.yaml", file.write([single]).encode()).beside(present)


# ---------- with rows ----------


def rows() -> str:
    return file.write(queries.vocabularies().values())


@pytest.mark.django_db
def test_the_rows_are_written_as_they_shipped() -> None:
    assert rows() == SHIPPED


@pytest.mark.django_db
def test_an_import_says_what_it_changes_does_it_and_comes_out_as_it_went_in() -> None:
    wanted = SHIPPED.replace("    title: Campaign\n", "    title: Campaigns\n")
    wanted = wanted.replace("  - code: study\n", "  - code: pledge\n    title: Pledge\n  - code: study\n")
    aid = "    title: Legal aid and redress\n"
    wanted = wanted.replace(aid, f"{aid}{MERGED} education\n")
    wished = file.read("v.yaml", wanted.encode())
    present = queries.vocabularies()
    foreseen = wished.changes(present)
    assert [(c.vocabulary, c.code, c.what) for c in foreseen] == [
        ("entry_kind", "campaign", What.LABEL),
        ("entry_kind", "pledge", What.ADDED),
        ("topic", "legal-aid", What.MERGED),
    ]
    assert rows() == SHIPPED
    seen = file.fingerprint(present.values())
    assert actions.import_vocabularies(wished, seen, by=made_for.EDITOR) == foreseen
    assert rows() == wanted
    assert queries.vocabulary("topic").by_code["legal-aid"].since is not None
    assert {v.version for v in queries.vocabularies().values()} == {1, 2}
    with pytest.raises(VocabulariesChanged):
        actions.import_vocabularies(wished, seen, by=made_for.EDITOR)
    again = file.fingerprint(queries.vocabularies().values())
    assert actions.import_vocabularies(wished, again, by=made_for.EDITOR) == []


@pytest.mark.django_db
def test_a_term_that_a_file_merged_comes_back_with_its_narrower_ones() -> None:
    actions.add_term(queries.vocabulary("topic"), "clinics", {"en": "Clinics"}, {}, "health", by=made_for.EDITOR)
    before = rows()
    text = before.replace("    title: Health care\n", "    title: Health care\n    status: retired\n").replace(
        "    broader: health\n", ""
    )
    seen = file.fingerprint(queries.vocabularies().values())
    actions.import_vocabularies(file.read("v.yaml", text.encode()), seen, by=made_for.EDITOR)
    assert queries.term("topic", "health").status is TermStatus.RETIRED
    actions.bring_back_term(queries.vocabulary("topic"), "health", by=made_for.EDITOR)
    assert rows() == before


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(150))
def test_a_file_that_was_damaged_changes_no_row_or_means_what_it_says(seed: int) -> None:
    """Bytes and lines are lost, doubled and overwritten. What can still be read is taken as it is written."""
    chance = random.Random(seed)
    content = damaged(SHIPPED.encode(), chance)
    present = queries.vocabularies()
    try:
        wished = file.read("v.yaml", content)
        wanted = wished.beside(present)
    except FrameworkFileInvalid as refused:
        assert "v.yaml" in str(refused)
        assert rows() == SHIPPED
        return
    actions.import_vocabularies(wished, file.fingerprint(present.values()), by=made_for.EDITOR)
    assert rows() == file.write(wanted)


def damaged(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(chance.randrange(len(lines)), lines[at])
            case 2:
                lines[at] = b" " * chance.randint(1, 4) + lines[at]
            case 3:
                place = chance.randrange(len(lines[at]))
                lines[at] = lines[at][:place] + bytes([chance.randrange(256)]) + lines[at][place + 1 :]
            case _:
                lines = [*lines[:at], lines[at][: chance.randrange(len(lines[at]))] + b"\n"]
    return b"".join(lines)
