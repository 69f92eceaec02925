"""`precedent load`: every row is judged first, each bad one named, and nothing is taken in twice."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import precedent as precedent_package
from precedent.catalogue import queries
from precedent.catalogue.importing import unwatched
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.console import loading
from precedent.console.verbs import precedent
from precedent.people.actors import operator
from tests.console.command import Command, rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "practices.jsonl"


def test_a_dry_run_shows_each_document_with_its_findings_and_changes_nothing(ready: Command, file: Path) -> None:
    file.write_text(rows({}, {"level": "nationa"}, {"title": "x"}) + "no json\n")
    before = ready.ask("SELECT sequence, hash FROM audit_headrow")
    said = ready.run("load", "--dry-run", "--json", file)
    assert said.code == 1
    good, unknown, short, broken = said.json["rows"]
    assert good["findings"] == [] and good["document"]["measures"][0]["id"] == "m1"
    assert (unknown["line"], unknown["id"], unknown["document"]["level"]) == (2, "row-2", "nationa")
    assert unknown["findings"][0] == {
        "field": "level",
        "code": "code-unknown",
        "message": "“nationa” is not in the vocabulary “level”",
        "hint": "Did you mean “national”?",
    }
    assert short["findings"][0]["field"] == "title" and short["document"]["title"] == "x"
    assert broken["findings"][0]["code"] == "not-json" and broken["document"] is None
    assert (said.json["read"], said.json["new"], said.json["added"], said.json["refused"]) == (4, 1, 0, 3)
    assert ready.ask("SELECT sequence, hash FROM audit_headrow") == before


def test_good_rows_are_taken_in_and_bad_ones_named_with_place_reason_and_remedy(
    ready: Command, file: Path
) -> None:
    file.write_text(rows({}, {"level": "nationa"}))
    said = ready.run("load", file, "--by", "Editors' desk", "--reason", "Survey of 2026")
    assert said.code == 1
    assert (
        f"{file}:2 (row-2): level: “nationa” is not in the vocabulary “level”. Did you mean “national”?"
        in said.err
    )
    assert "1 taken in" in said.out
    told = "SELECT by_name, reason FROM catalogue_revisionrow ORDER BY id DESC LIMIT 1"
    assert ready.ask(told) == ("Editors' desk", "Survey of 2026")
    assert ready.facts()["entries"] == 335


def test_all_or_nothing_takes_in_nothing_where_one_row_is_bad(ready: Command, file: Path) -> None:
    file.write_text(rows({}, {"level": "nationa"}))
    said = ready.run("load", "--all-or-nothing", file)
    assert said.code == 1 and "Nothing was taken in" in said.out
    assert ready.count() == (334, 334)
    file.write_text(rows({}, {"title": "Another zeppelin"}))
    assert ready.run("load", "--all-or-nothing", file).code == 0
    assert ready.count() == (336, 336)


def test_loading_a_file_twice_adds_nothing_with_or_without_keys(ready: Command, file: Path) -> None:
    file.write_text(rows({}, {"id": None, "title": "A row without a key"}))
    assert ready.run("load", file).code == 0
    before = ready.facts()
    said = ready.run("load", "--json", file)
    assert (said.code, said.json["added"], said.json["held"]) == (0, 0, 2)
    assert [row["entry"] for row in said.json["rows"]] == ["PPD-000335", "PPD-000336"]
    assert ready.facts() == before


def test_the_starter_catalogue_loaded_by_hand_adds_nothing(ready: Command) -> None:
    starter = Path(precedent_package.__file__).parent / "catalogue" / "data" / "area-a.jsonl"
    said = ready.run("load", "--json", starter)
    assert (said.code, said.json["read"], said.json["held"], said.json["added"]) == (0, 109, 109, 0)


def test_a_row_that_stands_twice_is_named_within_and_across_files(ready: Command, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text(rows({"id": None}, {"id": None}))
    two.write_text(rows({"id": None}))
    said = ready.run("load", one, two)
    assert said.code == 1 and "two.jsonl:1" in said.err and "one.jsonl:2" in said.err
    assert "the same entry stands in one.jsonl, line 1 already" in said.err
    assert "the same entry stands in line 1 already" in said.err
    assert ready.count() == (335, 335)


def test_another_text_under_a_key_that_is_taken_is_refused_and_not_dropped(ready: Command, file: Path) -> None:
    file.write_text(rows({}))
    assert ready.run("load", file).code == 0
    file.write_text(rows({"title": "A balloon instead"}))
    said = ready.run("load", file)
    assert said.code == 1 and "the catalogue holds another text under this key: PPD-000335" in said.err


def test_a_key_that_is_none_is_refused(ready: Command, file: Path) -> None:
    file.write_text(rows(*({"id": key} for key in ("a b", "x" * 121, "../../etc", "naïve", "a\x00b"))))
    said = ready.run("load", "--json", file)
    assert said.code == 1
    assert [row["findings"][0]["code"] for row in said.json["rows"]] == ["key-invalid"] * 5


def test_a_file_that_is_none_is_refused_before_anything_is_taken_in(ready: Command, tmp_path: Path) -> None:
    good, table, binary = tmp_path / "a.jsonl", tmp_path / "b.xlsx", tmp_path / "c.jsonl"
    good.write_text(rows({}))
    table.write_text("title;country\n")
    binary.write_bytes(b"\xff\xfe\x00")
    folder = tmp_path / "d.jsonl"
    folder.mkdir()
    for bad in (table, binary, folder):
        said = ready.run("load", good, bad)
        assert said.refused and bad.name in said.err
    assert ready.count() == (334, 334)


def test_every_kind_of_file_is_taken_in_and_taken_in_again_adds_nothing(ready: Command, tmp_path: Path) -> None:
    table, whole = tmp_path / "practices.csv", tmp_path / "one.json"
    table.write_text(TABLE, "utf-8-sig")
    whole.write_text(rows({"title": "A balloon for the same", "id": None}))
    assert ready.run("load", table, whole).code == 0
    assert ready.count() == (337, 337)
    said = ready.run("load", "--json", table, whole)
    assert (said.code, said.json["read"], said.json["held"], said.json["added"]) == (0, 3, 3, 0)


TABLE = """\
title;entry_kind;status;level;gender_focus;answers;perspectives;summary;barriers.1.code;barriers.1.text;\
measures.1.text;measures.1.instrument;references.1.url;references.1.title;references.1.publisher;\
references.1.language
A zeppelin by hand;Programme;ongoing;National;none;A01;Country of destination;\
A ministry lends seasonal workers a zeppelin, so that they reach the farms.;debt;Agents asked too much.;\
The ministry flies workers.;training;https://example.org/z;The zeppelin;Ministry;English
A second zeppelin;Programme;ongoing;National;none;A01;Country of destination;\
A ministry lends seasonal workers a zeppelin, so that they reach the farms.;debt;Agents asked too much.;\
The ministry flies workers.;training;https://example.org/z;The zeppelin;Ministry;English
"""


def test_a_table_is_told_of_by_row_and_column(ready: Command, tmp_path: Path) -> None:
    table = tmp_path / "practices.csv"
    table.write_bytes(
        TABLE.replace("A second zeppelin;Programme", "Le deuxième zeppelin;Programe").encode("cp1252")
    )
    said = ready.run("load", table)
    assert said.code == 1 and "1 taken in" in said.out
    assert f"{table}: row 3, column entry_kind: “Programe” is none of the choices: Programme?." in said.err
    assert "the file is written in Windows-1252, not in UTF-8" in said.err
    told = ready.run("load", "--dry-run", "--json", table).json["rows"]
    assert [row["document"]["title"] for row in told] == ["A zeppelin by hand", "Le deuxième zeppelin"]
    assert [row["remarks"][0]["code"] for row in told if row["remarks"]] == ["encoding"]
    assert told[1]["findings"][0]["field"] == "entry_kind" and told[1]["document"]["entry_kind"] == "Programe"


def test_an_answer_of_the_api_is_the_entry_it_was_taken_from(ready: Command, tmp_path: Path) -> None:
    file = tmp_path / "PPD-000001.json"
    with ready.up() as serving:
        file.write_text(serving.get("/api/v1/entries/PPD-000001")[1])
    said = ready.run("load", "--json", file)
    assert (said.code, said.json["rows"][0]["entry"], said.json["held"]) == (0, "PPD-000001", 1)
    file.write_text(json.dumps({**json.loads(file.read_text()), "title": "Another title"}))
    said = ready.run("load", file)
    assert said.code == 1 and "the catalogue holds another text under this key: PPD-000001" in said.err
    file.write_text(json.dumps({**json.loads(file.read_text()), "id": "PPD-900001"}))
    assert ready.run("load", file).code == 0
    assert ready.run("load", "--json", file).json["held"] == 1
    assert ready.count() == (335, 335)


def test_a_file_that_changes_while_it_is_read_is_not_taken_in(db: None, file: Path) -> None:
    file.write_text(rows({}, {"title": "Another zeppelin"}))
    judged = loading.judge([file])
    for changed in (
        rows({}, {"title": "A third zeppelin"}),
        rows({}),
        rows({}, {"title": "Another zeppelin"}, {}),
    ):
        file.write_text(changed)
        with pytest.raises(BulkFileInvalid, match="changed while"):
            loading.take_in([file], judged, None, unwatched, at_once=True, by=operator(None))
    assert queries.count() == 334


def test_what_was_typed_wrongly_is_a_matter_of_usage(ready: Command, tmp_path: Path) -> None:
    for arguments in (["load"], ["load", tmp_path / "none.jsonl"], ["lod"], ["load", "--dryrun", tmp_path]):
        said = ready.run(*arguments)
        assert said.code == 2 and "Usage:" in said.err and "Traceback" not in said.err


def test_load_needs_a_catalogue(fresh: Command, file: Path) -> None:
    file.write_text(rows({}))
    said = fresh.run("load", file)
    assert said.refused and "precedent up" in said.err
    assert not fresh.data.exists()


def test_nasty_lines_are_findings(ready: Command, file: Path) -> None:
    nasty = ["null", "[]", '"text"', "{}", "{" * 100_000, '{"id": {"a": 1}}', "NaN", '{"id": 5}', "\x00", "1e999"]
    file.write_text("\n".join(nasty))
    said = ready.run("load", "--dry-run", "--json", file)
    assert said.code == 1 and len(said.json["rows"]) == len(nasty), said.err
    assert all(row["findings"] for row in said.json["rows"])


def test_an_entry_loaded_while_the_service_runs_is_found_within_seconds(ready: Command, file: Path) -> None:
    file.write_text(rows({}))
    with ready.up() as serving:
        assert ready.run("load", file).code == 0
        status, page = serving.get("/api/v1/entries?q=zeppelin")
        assert status == 200 and json.loads(page)["count"] == 1


def test_every_verb_explains_itself_with_an_example() -> None:
    for verb in precedent.commands:
        said = CliRunner().invoke(precedent, [verb, "--help"])
        assert said.exit_code == 0 and f"precedent {verb}" in said.output and "Example" in said.output
