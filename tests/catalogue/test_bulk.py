import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from precedent.catalogue import actions, bulk, queries
from precedent.catalogue.importing import may_be, says_the_same, take_in
from precedent.catalogue.records import Provenance
from precedent.catalogue.refusals import BulkFileInvalid
from tests import given

pytestmark = pytest.mark.django_db


def written(folder: Path, *lines: object) -> Path:
    file = folder / "entries.jsonl"
    file.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return file


def found(folder: Path, **changes: Any) -> list[tuple[str, str]]:
    rows = list(bulk.read(written(folder, {"id": "x", **given.record(**changes)})))
    return [(finding.field, finding.code) for finding in rows[0].findings]


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": "No"}, "title", "string_too_short"),
        ({"title": 5}, "title", "string_type"),
        ({"summary": "x" * 5000}, "summary", "string_too_long"),
        ({"surprise": 1}, "surprise", "extra_forbidden"),
        ({"year_start": "soon"}, "year_start", "int_parsing"),
        ({"year_start": 1066}, "year_start", "greater_than_equal"),
        ({"year_start": 2020, "year_end": 2010}, "year_end", "years-reversed"),
        ({"answers": []}, "answers", "too_short"),
        ({"answers": ["A99"]}, "answers", "code-unknown"),
        ({"topics": ["heath"]}, "topics", "code-unknown"),
        ({"countries": [{"code": "XX", "role": "origin"}]}, "countries.0.code", "code-unknown"),
        ({"countries": [{"code": "PH", "role": "boss"}]}, "countries.0.role", "literal_error"),
        ({"corridors": [["PH", "XX"]]}, "corridors", "code-unknown"),
        ({"corridors": [["PH"]]}, "corridors.0.1", "missing"),
        ({"language": "qq"}, "language", "language-unknown"),
        ({"references": [{"url": "javascript:x", "title": "No", "publisher": "No", "language": "en"}]},
         "references.0.url", "string_pattern_mismatch"),
        ({"barriers": [{"code": "language", "text": "Short but enough."}], "measures": [
            {"text": "Against nothing that is told.", "instrument": "law", "overcomes": ["debt"]}]},
         "measures.m1.overcomes", "barrier-not-told"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named_by_its_field(
    tmp_path: Path, changes: dict[str, Any], field: str, code: str
) -> None:
    assert (field, code) in found(tmp_path, **changes)


def test_a_near_code_is_offered(tmp_path: Path) -> None:
    row = next(bulk.read(written(tmp_path, {"id": "x", **given.record(topics=["heath"])})))
    assert row.findings[0].hint == "Did you mean “health”?"


@pytest.mark.parametrize("line", ["{", "[]", "5", "null", '"text"', "[" * 100_000, "{}", *given.NASTY[:12]])
def test_no_line_makes_an_error(tmp_path: Path, line: str) -> None:
    for row in bulk.read(written(tmp_path, line.replace("\n", " "))):
        assert row.document is None and row.findings


def test_every_line_is_accounted_for_and_a_repeated_key_is_named(tmp_path: Path) -> None:
    good = {"id": "one", **given.record()}
    rows = list(bulk.read(written(tmp_path, good, "", good, "{")))
    assert [(row.line, bool(row.document), [f.code for f in row.findings]) for row in rows] == [
        (1, True, []),
        (3, False, ["key-repeated"]),
        (4, False, ["not-json"]),
    ]


@pytest.mark.parametrize("name", ["entries.csv", "entries.docx", "missing.jsonl"])
def test_another_file_is_refused_with_the_reason(tmp_path: Path, name: str) -> None:
    if "missing" not in name:
        (tmp_path / name).write_text("{}")
    with pytest.raises(BulkFileInvalid, match=name):
        list(bulk.read(tmp_path / name))


def test_what_is_not_understood_is_kept_as_it_was_told_beside_its_findings(tmp_path: Path) -> None:
    told = given.record(title=5, topics=["heath"])
    shapeless, unknown = bulk.read(
        written(tmp_path, {"id": "x", **told}, {"id": "y", **given.record(topics=["heath"])})
    )
    assert bulk.understood(shapeless) == told
    assert unknown.document is None
    whole = given.document(topics=["heath"]).as_record()
    assert bulk.understood(unknown) == whole and whole["measures"][0]["id"] == "m1"
    assert bulk.understood(next(bulk.read(written(tmp_path, "[]")))) is None


def test_a_row_without_a_key_is_known_by_its_text(tmp_path: Path) -> None:
    one, other, same = map(
        bulk.keyed,
        bulk.read(written(tmp_path, *(given.record(title=t) for t in ("First one", "Other", "First one")))),
    )
    assert one.key == same.key != other.key and one.key.startswith("text-")
    assert [bool(row.findings) for row in bulk.each_key_once([one, other, same])] == [False, False, True]
    broken = bulk.keyed(next(bulk.read(written(tmp_path, given.record(title="")))))
    assert broken.key == "" and broken.document is None


@pytest.mark.parametrize("key", ["a b", "x" * 121, "../../etc", "naïve", "a\x00b"])
def test_a_key_that_is_none_is_named(tmp_path: Path, key: str) -> None:
    row = bulk.keyed(next(bulk.read(written(tmp_path, {"id": key, **given.record()}))))
    assert row.document is None and [finding.code for finding in row.findings] == ["key-invalid"]


def test_a_row_may_be_the_entry_under_its_key_or_the_one_whose_identifier_it_carries(tmp_path: Path) -> None:
    (row,) = bulk.read(written(tmp_path, {"id": "one", **given.record()}))
    take_in([row], "Once.", Provenance.CONTRIBUTED, by=given.EDITOR)
    keys = queries.keys()
    entry = queries.entry(keys["one"])
    for key in ("one", entry.id):
        (found,) = may_be(replace(row, key=key), keys)
        assert found == entry and says_the_same(row, found)
    assert may_be(replace(row, key="two"), keys) == [] == may_be(replace(row, key="PPD-999999"), keys)
    (other,) = bulk.read(written(tmp_path, {"id": "one", **given.record(title="Another title")}))
    assert not says_the_same(other, entry)
    changed = actions.revise(entry, given.document(title="Another title"), "A change.", by=given.EDITOR)
    assert says_the_same(other, changed) and says_the_same(row, changed)


def test_lessons_that_were_numbered_otherwise_are_the_same_text(tmp_path: Path) -> None:
    document = given.document(lessons=[{"id": "l7", "text": "Pay the interpreters, or they leave."}])
    entry = actions.publish(document, "For a test.", by=given.EDITOR)
    (row,) = bulk.read(written(tmp_path, {"id": entry.id, **document.as_record()}))
    assert row.document != document and says_the_same(row, entry)
    assert take_in([row], "Again.", Provenance.CONTRIBUTED, by=given.EDITOR) == 0


def test_rows_may_come_one_by_one(tmp_path: Path) -> None:
    file = written(tmp_path, {"id": "one", **given.record()}, {"id": "two", **given.record()})
    told: list[tuple[int, int]] = []
    taken = take_in(
        bulk.read(file), "Once.", Provenance.CONTRIBUTED, lambda *done: told.append(done), of=2, by=given.EDITOR
    )
    assert taken == 2 and told == [(1, 2), (2, 2)]


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "entries.jsonl"
    file.write_bytes('{"title": "Été"}'.encode("latin-1"))
    with pytest.raises(BulkFileInvalid, match="UTF-8"):
        list(bulk.read(file))


def test_taking_in_twice_adds_nothing(tmp_path: Path) -> None:
    rows = list(bulk.read(written(tmp_path, {"id": "one", "doubt": "Is it so?", **given.record()})))
    assert take_in(rows, "Once.", Provenance.CONTRIBUTED, by=given.EDITOR) == 1
    before = queries.content_hash()
    assert take_in(rows, "Twice.", Provenance.CONTRIBUTED, by=given.EDITOR) == 0
    assert queries.content_hash() == before
    assert queries.notes(queries.entry(queries.keys()["one"])) == ["Is it so?"]
