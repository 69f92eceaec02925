"""Whatever happens to a data folder: it comes back by itself, or a sentence says what to do."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.console.command import Command, Serving, until

Harm = Callable[[Command], None]


def generation(command: Command) -> Path:
    index = command.data / "index"
    return index / (index / "current").read_text()


def flip(command: Command) -> None:
    for file in generation(command).glob("*.*"):
        if file.suffix in (".term", ".store", ".idx"):
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 0xFF
            file.write_bytes(content)


def cut(command: Command) -> None:
    for file in generation(command).glob("*.store"):
        os.truncate(file, file.stat().st_size // 2)


def lose_list(command: Command) -> None:
    (generation(command) / "meta.json").unlink()


def spoil_list(command: Command) -> None:
    (generation(command) / "meta.json").write_text('{"segments": 5}')


def lose_folder(command: Command) -> None:
    shutil.rmtree(command.data / "index")


def lose_pointer(command: Command) -> None:
    (command.data / "index" / "current").write_bytes(b"\xff\xfe")


HARM: list[Harm] = [flip, cut, lose_list, spoil_list, lose_folder, lose_pointer]


def found(serving: Serving) -> int:
    status, page = serving.get("/api/v1/entries?size=1")
    return int(json.loads(page)["count"]) if status == 200 else -status


def inode(command: Command) -> int:
    """What tells one generation from the next, also where its name comes back."""
    try:
        return generation(command).stat().st_ino
    except (OSError, ValueError):
        return 0


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_index_is_told_by_check_and_built_anew_by_index(ready: Command, harm: Harm) -> None:
    harm(ready)
    said = ready.run("check")
    assert said.refused and "wrong search index:" in said.out and "precedent index" in said.out
    mended = ready.run("index", "--json")
    assert (mended.code, len(mended.json["found"]) > 0) == (0, True)


def test_a_damaged_index_is_built_anew_by_the_next_start(ready: Command) -> None:
    for harm in (flip, lose_list):
        harm(ready)
        with ready.up() as serving:
            assert found(serving) == 334
    assert ready.run("check").code == 0


SLOW = [pytest.param(harm, marks=pytest.mark.slow) for harm in (cut, spoil_list, lose_pointer)]


@pytest.mark.parametrize("harm", [flip, lose_list, lose_folder, *SLOW])
def test_a_running_service_mends_its_index_by_itself(ready: Command, harm: Harm) -> None:
    with ready.up() as serving:
        assert found(serving) == 334
        before = inode(ready)
        harm(ready)
        assert until(lambda: inode(ready) not in (0, before))
        assert until(lambda: found(serving) == 334)
    assert ready.run("check").code == 0


def test_rebuilding_asks_for_no_reason(ready: Command) -> None:
    said = ready.run("index", "--rebuild", "--json")
    assert (said.code, said.json["entries"], said.json["found"]) == (0, 334, [])


def test_a_database_of_a_newer_version_is_left_alone(ready: Command, tmp_path: Path) -> None:
    ready.change("INSERT INTO django_migrations (app, name, applied) VALUES ('catalogue', '0099_later', '2030')")
    before = ready.database.read_bytes()
    for verb in (["up"], ["serve"], ["index"], ["backup", tmp_path / "b.zip"], ["check"]):
        said = ready.run(*verb)
        assert said.refused and "newer version" in said.out + said.err
        assert "catalogue.0099_later" in said.out + said.err
    assert ready.database.read_bytes() == before


def test_an_older_database_is_kept_as_it_was_before_it_is_brought_up_to_date(fresh: Command) -> None:
    fresh.data.mkdir()
    environment = {**fresh.environment(), "DJANGO_SETTINGS_MODULE": "precedent.project.settings"}
    older = [sys.executable, "-m", "django", "migrate", "audit"]
    subprocess.run(older, env=environment, check=True, capture_output=True)
    said = fresh.run("serve")
    assert said.refused and "earlier version" in said.err and "precedent up" in said.err
    said = fresh.run("up", "--no-serve")
    assert said.code == 0 and "as it was before, it is kept in" in said.err
    assert len(list((fresh.data / "backups").glob("before-upgrade-*.sqlite3"))) == 1
    assert fresh.count() == (334, 334)


@pytest.mark.parametrize("harm", [b"this is no database", b"SQLite format 3\x00" + b"\xff" * 5000, None])
def test_a_damaged_database_is_told_and_never_overwritten(ready: Command, harm: bytes | None) -> None:
    content = harm if harm is not None else ready.database.read_bytes()[: ready.database.stat().st_size // 2]
    ready.database.write_bytes(content)
    for verb in ("up", "check"):
        said = ready.run(verb)
        assert said.refused and "damaged" in said.out + said.err and "precedent restore" in said.out + said.err
    assert ready.database.read_bytes() == content


def test_check_names_what_was_changed_behind_its_back(ready: Command) -> None:
    changes = {
        "UPDATE audit_eventrow SET reason = 'x' WHERE sequence = 30": "Event 30 (",
        "DELETE FROM audit_eventrow WHERE sequence = 40": "Event 40 is missing",
        "UPDATE catalogue_revisionrow SET document = '{}' WHERE id = 3": "PPD-000003, revision 1: the text",
        "UPDATE catalogue_entryrow SET current = 9 WHERE number = 5": "PPD-000005: the revision in force",
        "UPDATE catalogue_revisionrow SET document = 'x' WHERE id = 4": "PPD-000004: a stored text cannot be read",
        "DELETE FROM framework_termrow WHERE code = 'bilateral-agreement'": "“bilateral-agreement” is not in the",
        "UPDATE catalogue_revisionrow SET sha256 = 'x' WHERE id = 6": "PPD-000006, revision 1: the audit chain",
    }
    for sql in changes:
        ready.change(sql)
    said = ready.run("check")
    assert said.refused
    for told in changes.values():
        assert told in said.out
    ready.change("UPDATE catalogue_noterow SET entry_id = 9999 WHERE id = 1")
    said = ready.run("check", "--json")
    assert said.code == 1 and not said.json["ok"]
    database = next(check for check in said.json["checks"] if check["name"] == "database")
    assert "points at a row of catalogue_entryrow" in database["problems"][0]["message"]


def test_check_names_what_is_wrong_with_the_folder(ready: Command) -> None:
    (ready.data / "secret-key").chmod(0o644)
    said = ready.run("check")
    assert said.refused and "chmod 600" in said.out
    (ready.data / "secret-key").write_text("")
    assert "There is no secret key" in ready.run("check").out
    assert ready.run("up", "--no-serve").code == 0
    assert ready.run("check").code == 0


def test_check_on_nothing_makes_nothing(fresh: Command) -> None:
    said = fresh.run("check")
    assert said.refused and "precedent up" in said.out
    assert not fresh.data.exists()
