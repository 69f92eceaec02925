"""`precedent framework`: editions as files."""

import re
from pathlib import Path

import pytest

from tests.console.command import Command

STATE = "SELECT (SELECT sequence FROM audit_headrow), (SELECT group_concat(document) FROM framework_editionrow)"


@pytest.fixture
def file(ready: Command, tmp_path: Path) -> Path:
    """The first edition, exported."""
    written = tmp_path / "edition.yaml"
    said = ready.run("framework", "export", "1", written)
    assert (said.code, said.out) == (0, f"{written} is written: edition 1.\n")
    return written


def second(file: Path) -> str:
    """The second edition as somebody writes it: A04 in other words, A06 merged into A05, one question more."""
    text = file.read_text("utf-8").replace("number: 1\n", "number: 2\n")
    text = re.sub(r"  - code: A06\n(    .*\n)+", "", text)
    text = re.sub(r"      A06: .*\n(        .*\n)*", "", text)
    text = text.replace("  - code: B01\n", "  - code: B90\n    text: What else?\n  - code: B01\n", 1)
    text = text.replace("text: Where does practice fall short of the law?", "text: In other words?")
    return text.replace("translations:\n", "successors:\n  A06:\n  - A05\ntranslations:\n", 1)


SAID = """\
kept 89
reworded A04
merged A06 → A05
new B90
"""


def test_an_export_is_not_overwritten_unawares(ready: Command, file: Path) -> None:
    again = ready.run("framework", "export", "1", file)
    assert again.refused and "--force" in again.err
    assert ready.run("framework", "export", "1", file, "--force").code == 0
    missing = ready.run("framework", "export", "7", file, "--force")
    assert missing.refused and "edition 7" in missing.err
    assert ready.run("framework", "export", "one", file).code == 2
    nowhere = ready.run("framework", "export", "1", file.parent / "no" / "folder.yaml")
    assert nowhere.refused and "folder.yaml" in nowhere.err


def test_a_dry_run_says_what_would_change_and_changes_nothing(ready: Command, file: Path) -> None:
    file.write_text(second(file), "utf-8")
    before = ready.ask(STATE)
    said = ready.run("framework", "import", file, "--dry-run")
    assert (said.code, said.out) == (0, f"{SAID}Nothing was changed: this was a dry run.\n")
    told = ready.run("framework", "import", file, "--dry-run", "--json").json
    assert (told["dry_run"], told["edition"], told["in_draft"]) == (True, 2, False)
    assert {"code": "A06", "fate": "merged", "now": ["A05"]} in told["changes"]
    assert len(told["changes"]) == 92 and told["breaches"] == []
    assert ready.ask(STATE) == before


def test_an_import_becomes_the_draft_and_comes_out_as_it_went_in(ready: Command, file: Path) -> None:
    file.write_text(second(file).replace("label: First iteration", "label: ''"), "utf-8")
    said = ready.run("framework", "import", file, "--by", "Editors' desk")
    assert said.code == 0, said.err
    line = file.read_text("utf-8").splitlines().index("  label: ''") + 1
    wait = f"before it is published: line {line}, edition.label: an edition needs a name"
    assert said.out.startswith(f"{SAID}{wait}") and "published in the browser" in said.out
    newest = "SELECT by_name, verb, subject FROM audit_eventrow ORDER BY sequence DESC LIMIT 1"
    assert ready.ask(newest) == ("Editors' desk", "edition.revised", "edition:2")
    other = file.with_name("other.yaml")
    assert ready.run("framework", "export", "2", other).code == 0
    wanted = file.read_text("utf-8").replace("status: current", "status: draft")
    assert other.read_text("utf-8") == wanted
    before = ready.ask(STATE)
    again = ready.run("framework", "import", file)
    assert again.code == 0 and again.out.endswith("The draft of edition 2 says so already.\n")
    assert ready.ask(STATE) == before


def test_a_draft_with_another_text_is_replaced_only_where_that_is_said(ready: Command, file: Path) -> None:
    file.write_text(second(file), "utf-8")
    assert ready.run("framework", "import", file).code == 0
    file.write_text(file.read_text("utf-8").replace("What else?", "And what else?"), "utf-8")
    before = ready.ask(STATE)
    for options in ([], ["--dry-run"], ["--json"]):
        refused = ready.run("framework", "import", file, *options)
        assert refused.refused and "--replace" in refused.err
    assert ready.ask(STATE) == before
    done = ready.run("framework", "import", file, "--replace", "--json").json
    assert done["in_draft"] is True
    assert ready.ask("SELECT count(*) FROM framework_editionrow WHERE document LIKE '%And what else?%'") == (1,)


def test_a_file_with_a_fault_is_refused_with_its_place_and_changes_nothing(ready: Command, file: Path) -> None:
    before, text = ready.ask(STATE), second(file)
    file.write_text(text.replace("code: B90\n", "code: B01\n", 1), "utf-8")
    twice = ready.run("framework", "import", file)
    assert twice.code == 1 and "B01: the code is used twice" in twice.out
    assert twice.out.endswith("The file cannot become a draft as it is. Nothing was changed.\n")
    told = ready.run("framework", "import", file, "--json")
    assert told.code == 1 and told.json["breaches"][0]["place"] == "B01" and not told.json["in_draft"]
    file.write_text(text.replace("aim:", "goal:", 1), "utf-8")
    unknown = ready.run("framework", "import", file)
    assert unknown.refused and "edition.yaml" in unknown.err and "line " in unknown.err
    file.write_bytes(text.encode("utf-16"))
    assert "not written in UTF-8" in ready.run("framework", "import", file).err
    assert ready.run("framework", "import", file.parent / "nothing.yaml").code == 2
    assert ready.ask(STATE) == before
