import json
from pathlib import Path
from typing import Any

import pytest

from precedent.catalogue import bulk, queries
from precedent.catalogue.importing import take_in
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
        ({"countries": [{"code": "XX", "role": "origin"}]}, "countries.code", "code-unknown"),
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
