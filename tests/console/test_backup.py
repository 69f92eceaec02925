"""`precedent backup` and `restore`: one file that proves itself, made and put back while the service runs."""

import json
import shutil
import signal
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.console.command import Command, Said, Serving, free_port, rows, until


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "monday.zip"


def manifest(of: Path) -> dict[str, object]:
    with zipfile.ZipFile(of) as packed:
        told: dict[str, object] = json.loads(packed.read("manifest.json"))
    return told


def changed(of: Path, **changes: object) -> Path:
    """The same backup with another manifest, whole as a ZIP file."""
    other = of.with_name("changed.zip")
    with zipfile.ZipFile(of) as packed, zipfile.ZipFile(other, "w") as target:
        target.writestr("manifest.json", json.dumps({**manifest(of), **changes}))
        target.writestr("precedent.sqlite3", packed.read("precedent.sqlite3"))
    return other


@contextmanager
def writing(command: Command, folder: Path) -> Iterator[list[Said]]:
    """Entries are published one after the other, until the end of the block."""
    stopped, said = threading.Event(), list[Said]()

    def write() -> None:
        number = 0
        while not stopped.is_set():
            number += 1
            one = folder / f"one-{number}.jsonl"
            one.write_text(rows(*({"id": f"w-{number}-{n}", "title": f"Zeppelin {n}"} for n in range(20))))
            said.append(command.run("load", one))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield said
    finally:
        stopped.set()
        thread.join()


def found(serving: Serving) -> int:
    return int(json.loads(serving.get("/api/v1/entries?size=1")[1])["count"])


def test_a_backup_restores_elsewhere_to_the_same_content(ready: Command, file: Path, tmp_path: Path) -> None:
    before = ready.facts()
    said = ready.run("backup", file, "--json")
    assert said.code == 0 and said.json["content_hash"] == before["content_hash"]
    assert manifest(file)["audit"] == before["audit"]
    assert not file.stat().st_mode & 0o077
    other = Command(tmp_path / "other", free_port())
    assert other.run("restore", file).code == 0
    assert other.facts() == before
    with other.up() as serving:
        assert found(serving) == 334
    assert other.facts() == before


def test_neither_key_nor_index_are_in_a_backup(ready: Command, file: Path) -> None:
    assert ready.run("backup", file).code == 0
    with zipfile.ZipFile(file) as packed:
        assert sorted(packed.namelist()) == ["manifest.json", "precedent.sqlite3"]
    assert (ready.data / "secret-key").read_bytes() not in file.read_bytes()


def test_a_backup_under_load_is_one_moment_and_restores_to_its_fingerprint(
    ready: Command, file: Path, tmp_path: Path
) -> None:
    with ready.up() as serving, writing(ready, tmp_path) as said:
        until(lambda: len(said) > 0)
        for number in range(2):
            taken = ready.run("backup", file.with_name(f"{number}.zip"))
            assert taken.code == 0, taken.err
        assert serving.get("/healthz")[0] == 200
    assert all(one.code == 0 for one in said)
    for number in range(2):
        one = file.with_name(f"{number}.zip")
        other = Command(tmp_path / f"other-{number}", free_port())
        assert other.run("restore", one).code == 0
        assert other.facts()["content_hash"] == manifest(one)["content_hash"]
        assert other.facts()["audit"] == manifest(one)["audit"]


def test_a_restore_under_a_running_service_is_seen_at_once_and_keeps_what_was_there(
    ready: Command, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "rows.jsonl").write_text(rows({}, {"title": "Another zeppelin"}))
    assert ready.run("backup", file).code == 0
    with ready.up() as serving:
        assert ready.run("load", tmp_path / "rows.jsonl").code == 0
        later = ready.facts()
        assert found(serving) == 336
        said = ready.run("restore", file, "--json")
        assert said.code == 0, said.err
        assert found(serving) == 334
        assert serving.get("/en/entries/PPD-000335")[0] == 404
        assert ready.facts()["content_hash"] == manifest(file)["content_hash"]
        safety = Path(said.json["before"])
        assert safety.parent == ready.data / "backups" and str(safety) in said.err
        assert ready.run("restore", safety).code == 0
        assert found(serving) == 336
        assert ready.facts() == later


def test_readers_and_writers_are_never_disturbed_by_a_restore(ready: Command, file: Path, tmp_path: Path) -> None:
    assert ready.run("backup", file).code == 0
    with ready.up() as serving, writing(ready, tmp_path) as said:
        stopped, statuses = threading.Event(), list[int]()

        def read() -> None:
            other = Serving(serving.process, serving.port)
            while not stopped.is_set():
                statuses.append(other.get("/en/entries/PPD-000001-x")[0])
                statuses.append(other.get("/api/v1/entries?size=5")[0])

        thread = threading.Thread(target=read)
        thread.start()
        for _ in range(2):
            restored = ready.run("restore", file)
            assert restored.code == 0, restored.err
        stopped.set()
        thread.join()
    assert len(statuses) > 20 and not [status for status in statuses if status >= 500]
    assert not [one for one in said if one.code not in (0, 1) or "Traceback" in one.err]
    assert ready.run("index").code == 0
    ready.facts()


def test_a_restore_that_is_killed_changes_nothing(ready: Command, file: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(rows({}))
    assert ready.run("backup", file).code == 0
    assert ready.run("load", tmp_path / "rows.jsonl").code == 0
    states = {ready.facts()["content_hash"], manifest(file)["content_hash"]}
    for moment in (0.45, 0.65):
        with ready.start("restore", file) as process:
            threading.Event().wait(moment)
            process.send_signal(signal.SIGKILL)
        assert ready.run("index").code == 0
        assert ready.facts()["content_hash"] in states
    assert ready.run("restore", file).code == 0
    assert not list(ready.data.glob("work/*"))


def cut(file: Path) -> Path:
    half = file.with_name("half.zip")
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    return half


def flipped(file: Path) -> Path:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    other = file.with_name("flipped.zip")
    other.write_bytes(content)
    return other


def empty(file: Path) -> Path:
    other = file.with_name("empty.zip")
    other.write_bytes(b"")
    return other


def text(file: Path) -> Path:
    other = file.with_name("text.zip")
    other.write_text("Monday's backup")
    return other


def foreign(file: Path) -> Path:
    other = file.with_name("foreign.zip")
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    return other


def foreign_manifest(file: Path) -> Path:
    other = file.with_name("foreign.zip")
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("manifest.json", '{"manifest_version": 3, "name": "a browser extension"}')
    return other


def other_content(file: Path) -> Path:
    return changed(file, content_hash="0" * 64)


def other_members(file: Path) -> Path:
    return changed(file, members={})


def a_database(file: Path) -> Path:
    shutil.copy(file.parent / "data" / "precedent.sqlite3", file.with_name("copy.zip"))
    return file.with_name("copy.zip")


def missing(file: Path) -> Path:
    return file.with_name("missing.zip")


def a_folder(file: Path) -> Path:
    return file.parent


BROKEN = [cut, flipped, empty, missing, a_folder]
FOREIGN = [text, foreign, foreign_manifest, other_content, other_members, a_database]


def test_what_is_no_whole_backup_is_refused_before_anything_is_touched(ready: Command, file: Path) -> None:
    assert ready.run("backup", file).code == 0
    before = {part: part.read_bytes() for part in ready.data.rglob("*") if part.is_file()}
    for made in BROKEN + FOREIGN:
        bad = made(file)
        said = ready.run("restore", bad)
        assert said.refused and str(bad) in said.err and "Nothing was changed" in said.err, (made, said)
    assert {part: part.read_bytes() for part in ready.data.rglob("*") if part.is_file()} == before


@pytest.mark.parametrize("changes", [{"format": 99}, {"migrations": [["catalogue", "0099_later"]]}])
def test_a_backup_of_a_newer_version_is_refused(ready: Command, file: Path, changes: dict[str, object]) -> None:
    assert ready.run("backup", file).code == 0
    said = ready.run("restore", changed(file, version="9.9", **changes))
    assert said.refused and "made by a newer version of Precedent (9.9" in said.err


def test_an_unfit_backup_makes_no_data_folder(fresh: Command, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("x")
    assert fresh.run("restore", tmp_path / "text.zip").refused
    assert not fresh.data.exists()


def test_a_damaged_database_is_kept_and_replaced_where_no_service_runs(ready: Command, file: Path) -> None:
    assert ready.run("backup", file).code == 0
    with ready.up():
        ready.database.write_bytes(b"no database" * 1000)
        said = ready.run("restore", file)
        assert said.refused and "stop it first" in said.err
    said = ready.run("restore", file)
    assert said.code == 0 and "cannot be read; it was moved to" in said.err
    assert [kept.read_bytes()[:11] for kept in (ready.data / "backups").glob("*.sqlite3")] == [b"no database"]
    assert ready.facts()["content_hash"] == manifest(file)["content_hash"]


def test_a_backup_never_overwrites_unless_told_to(ready: Command, file: Path) -> None:
    file.write_text("precious")
    said = ready.run("backup", file)
    assert said.refused and "exists already" in said.err and "--force" in said.err
    assert file.read_text() == "precious"
    assert ready.run("backup", file, "--force").code == 0
    assert manifest(file)["entries"] == 334


def test_a_place_for_a_backup_that_is_none_is_told(ready: Command, tmp_path: Path) -> None:
    for place in (tmp_path / "none" / "b.zip", tmp_path):
        said = ready.run("backup", place)
        assert said.refused and str(place) in said.err


def test_a_killed_backup_leaves_no_file_of_its_name(ready: Command, file: Path) -> None:
    for moment in (0.4, 0.5, 0.6):
        with ready.start("backup", file, "--force") as process:
            threading.Event().wait(moment)
            process.send_signal(signal.SIGKILL)
        assert not file.exists() or manifest(file)["entries"] == 334
    assert ready.run("backup", file, "--force").code == 0
    assert list(file.parent.glob("monday.zip*")) == [file]


def test_postgresql_has_its_own_tools(fresh: Command, file: Path) -> None:
    command = fresh.having(PRECEDENT_DATABASE_URL="postgresql://nobody:none@127.0.0.1:1/none")
    for verb, tool in (("backup", "pg_dump"), ("restore", "pg_restore")):
        said = command.run(verb, file)
        assert said.refused and tool in said.err
