"""A disk that is full, and folders that this account may not use: said in words, and nothing is lost."""

import ctypes
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.console.command import Command, rows

PR_CAPBSET_DROP = 24
RIGHTS_OF_FILES = (1, 2, 3)
"""Linux's numbers of the capabilities by which root is not bound by the rights of files."""


def without_privileges() -> None:
    """Bind what is started from here, also under root, by the rights of files."""
    if os.getuid() == 0:
        for capability in RIGHTS_OF_FILES:
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """A folder in which everything can be read, and nothing written."""
    for file in [*folder.rglob("*"), folder]:
        file.chmod(0o555 if file.is_dir() else 0o444)
    try:
        yield
    finally:
        for file in [folder, *folder.rglob("*")]:
            file.chmod(0o755 if file.is_dir() else 0o644)


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A disk of that size. What you get changes how it is mounted."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not permitted here; the limit on a file's size stands for it")

    def again(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", at], check=True)

    try:
        yield again
    finally:
        subprocess.run(["umount", "-l", at], check=True)


def no_larger_than(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_folder_this_account_may_not_write_to_is_told(ready: Command, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(rows({}))
    load, backup = f"load {tmp_path / 'rows.jsonl'}", f"backup {tmp_path / 'b.zip'}"
    with closed(ready.data):
        for verb in ("up", "check", load, backup, "index", "serve"):
            said = ready.run(*verb.split(), before=without_privileges)
            assert (said.refused and "cannot be used" in said.err) or "may not" in said.out, (verb, said)
            assert str(ready.data) in said.out + said.err


def test_a_folder_this_account_may_not_read_is_told(ready: Command) -> None:
    ready.data.chmod(0)
    try:
        for verb in ("up", "check", "serve"):
            said = ready.run(verb, before=without_privileges)
            assert said.code in (1, 2) and "Traceback" not in said.err and str(ready.data) in said.out + said.err
    finally:
        ready.data.chmod(0o755)


def test_a_folder_that_cannot_be_made_is_told(fresh: Command) -> None:
    with closed(fresh.data.parent):
        said = fresh.run("up", before=without_privileges)
        assert said.refused and "this account may not write to it" in said.err


def test_a_file_in_place_of_the_folder_is_told(fresh: Command) -> None:
    fresh.data.write_text("")
    for command in (fresh, Command(fresh.data / "below", fresh.port)):
        said = command.run("up")
        assert said.refused and "there is a file in its place" in said.err


def test_a_disk_that_can_only_be_read_is_told(fresh: Command, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as again:
        again("ro")
        said = Command(tmp_path / "disk" / "data", fresh.port).run("up")
        assert said.refused and "a disk that can only be read" in said.err


@pytest.mark.parametrize("size", ["1m", "3m"])
def test_a_full_disk_is_told_and_the_next_start_goes_on(fresh: Command, size: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size) as again:
        command = Command(tmp_path / "disk" / "data", fresh.port)
        said = command.run("up", "--no-serve")
        assert said.refused and "disk is full" in said.err, said.err
        again("size=60m")
        assert command.run("up", "--no-serve").code == 0
        assert command.count() == (334, 334)


@pytest.mark.slow
@pytest.mark.parametrize("size", range(50, 4000, 150))
def test_wherever_the_disk_is_full_the_next_start_goes_on(fresh: Command, size: int, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", f"{size}k") as again:
        command = Command(tmp_path / "disk" / "data", fresh.port)
        said = command.run("up", "--no-serve")
        assert said.refused and "disk is full" in said.err, said.err
        again("size=60m")
        assert command.run("up", "--no-serve").code == 0
        assert command.facts()["entries"] == 334


def test_a_full_disk_while_serving_stops_no_reader(ready: Command, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "60m") as again:
        command = Command(tmp_path / "disk" / "data", ready.port)
        ready.data.rename(tmp_path / "kept")
        subprocess.run(["cp", "-r", tmp_path / "kept", command.data], check=True)
        (tmp_path / "rows.jsonl").write_text(rows({}))
        with command.up() as serving:
            assert serving.get("/api/v1/entries?size=1")[0] == 200
            filler = tmp_path / "disk" / "filler"
            subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=64k"], capture_output=True, check=False)
            said = command.run("load", tmp_path / "rows.jsonl")
            assert said.refused and "disk is full" in said.err
            assert serving.get("/api/v1/entries?size=1")[0] == 200
            filler.unlink()
            assert command.run("load", tmp_path / "rows.jsonl").code == 0
            assert serving.get("/readyz")[0] == 200
        again("size=70m")
        assert command.facts()["entries"] == 335


def test_a_limit_on_what_may_be_written_is_told_and_the_next_start_goes_on(fresh: Command) -> None:
    said = fresh.run("up", "--no-serve", before=no_larger_than(1_000_000))
    assert said.refused and "disk" in said.err, said.err
    assert fresh.run("up", "--no-serve").code == 0
    assert fresh.count() == (334, 334)


def test_a_backup_that_finds_no_room_leaves_no_file(ready: Command, tmp_path: Path) -> None:
    said = ready.run("backup", tmp_path / "b.zip", before=no_larger_than(100_000))
    assert said.refused and "disk" in said.err
    assert not list(tmp_path.glob("b.zip*")) and not list(ready.data.glob("work/*"))
