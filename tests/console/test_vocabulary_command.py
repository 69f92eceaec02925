"""`precedent vocabulary`: all vocabularies as a file."""

from pathlib import Path

from tests.console.command import Command

STATE = "SELECT (SELECT sequence FROM audit_headrow), (SELECT group_concat(label) FROM framework_termrow)"


def test_an_export_taken_in_again_changes_nothing_and_comes_out_the_same(ready: Command, tmp_path: Path) -> None:
    first, second = tmp_path / "one.yaml", tmp_path / "two.yaml"
    assert ready.run("vocabulary", "export", first).out == f"{first} is written: 18 vocabularies.\n"
    before = ready.ask(STATE)
    said = ready.run("vocabulary", "import", first)
    assert (said.code, said.out) == (0, "Everything stands already as the file says.\n")
    assert ready.ask(STATE) == before
    assert ready.run("vocabulary", "export", second).code == 0
    assert first.read_bytes() == second.read_bytes()
    again = ready.run("vocabulary", "export", first)
    assert again.refused and "--force" in again.err
    assert ready.run("vocabulary", "export", first, "--force").code == 0


def test_a_dry_run_says_what_would_change_and_an_import_does_it(ready: Command, tmp_path: Path) -> None:
    file = tmp_path / "v.yaml"
    ready.run("vocabulary", "export", file)
    text = file.read_text().replace("    title: Campaign\n", "    title: Campaigns\n")
    aid = "    title: Legal aid and redress\n"
    file.write_text(text.replace(aid, f"{aid}    status: merged\n    successor: education\n"))
    before = ready.ask(STATE)
    tried = ready.run("vocabulary", "import", file, "--dry-run")
    assert tried.out == (
        "entry_kind.campaign, label: en “Campaign” → “Campaigns”\n"
        "topic.legal-aid, merged: education\n"
        "2 changes. Nothing was changed: this was a dry run.\n"
    )
    assert ready.ask(STATE) == before
    told = ready.run("vocabulary", "import", file, "--dry-run", "--json").json
    assert told["dry_run"] and told["changes"][1] == {
        "vocabulary": "topic",
        "code": "legal-aid",
        "what": "merged",
        "was": None,
        "now": "education",
    }
    done = ready.run("vocabulary", "import", file, "--by", "Editors' desk")
    assert done.code == 0 and done.out.endswith("2 changes, all made.\n")
    assert ready.ask("SELECT by_name, verb FROM audit_eventrow ORDER BY sequence DESC LIMIT 1") == (
        "Editors' desk",
        "vocabulary.changed",
    )
    other = tmp_path / "other.yaml"
    ready.run("vocabulary", "export", other)
    assert other.read_bytes() == file.read_bytes()
    assert ready.facts()["entries"] == 334


def test_a_file_with_a_fault_is_refused_with_its_place_and_changes_nothing(ready: Command, tmp_path: Path) -> None:
    file = tmp_path / "v.yaml"
    ready.run("vocabulary", "export", file)
    before, text = ready.ask(STATE), file.read_text()
    file.write_text(text.replace("  - code: study\n    title: Study or evaluation\n", ""))
    said = ready.run("vocabulary", "import", file)
    assert said.refused and "the file has no such code" not in said.err
    assert "v.yaml" in said.err and "line " in said.err and "study" in said.err
    file.write_bytes(b"\xff" + text.encode())
    assert "not written in UTF-8" in ready.run("vocabulary", "import", file).err
    assert ready.ask(STATE) == before
    assert ready.run("vocabulary", "import", tmp_path / "nothing.yaml").code == 2
