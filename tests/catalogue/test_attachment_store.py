"""Attached files on disk: each under the fingerprint of its bytes, whole or not at all."""

import hashlib
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from precedent.catalogue.attachments import store
from precedent.catalogue.attachments.records import Cleaned
from precedent.catalogue.attachments.refusals import FileMissing


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path / "files"


def cleaned(data: bytes = b"%PDF- one", kind: str = "pdf") -> Cleaned:
    return Cleaned(hashlib.sha256(data).hexdigest(), "Report.pdf", kind, len(data), data)


def lying(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_a_file_lies_under_the_fingerprint_of_its_bytes_for_its_owner_alone(folder: Path) -> None:
    one = cleaned()
    path = store.put(one)
    assert path == folder / one.sha256[:2] / f"{one.sha256}.pdf"
    assert store.path(one.sha256) == path and store.read(one.sha256) == one.data
    assert not path.stat().st_mode & 0o077 and not folder.stat().st_mode & 0o077


def test_the_same_file_twice_is_one(folder: Path) -> None:
    assert store.put(cleaned()) == store.put(cleaned())
    assert len(lying(folder)) == 1


def test_many_at_once_put_the_same_file_whole(folder: Path) -> None:
    threads = [threading.Thread(target=store.put, args=(cleaned(b"x" * 500_000),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [file.stat().st_size for file in lying(folder)] == [500_000]


def test_a_write_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(cleaned())
    assert lying(folder) == []


def test_putting_a_damaged_file_again_mends_it() -> None:
    one = cleaned()
    store.put(one).write_bytes(b"")
    store.put(one)
    assert store.read(one.sha256) == one.data


@pytest.mark.parametrize(
    "name", ["../x.pdf", "a" * 64 + ".exe", "a" * 64 + ".pdf", "A" * 64 + ".pdf", "a" * 64, ""]
)
def test_only_bytes_under_their_own_name_are_kept(name: str, folder: Path) -> None:
    with pytest.raises(ValueError, match="is not the name"):
        store.lay(name, b"one")
    assert lying(folder) == []


@pytest.mark.parametrize("sha256", ["", "../../secret-key", "a" * 64, "*", "a" * 64 + "\n", "../" + "a" * 61])
def test_what_is_not_there_is_missing_and_removing_it_does_nothing(sha256: str) -> None:
    store.put(cleaned())
    with pytest.raises(FileMissing):
        store.path(sha256)
    store.remove(sha256)


def test_a_removed_file_is_gone(folder: Path) -> None:
    one, other = cleaned(), cleaned(b"RIFF", "webp")
    store.put(one)
    store.put(other)
    store.remove(one.sha256)
    assert lying(folder) == [store.path(other.sha256)]


def test_sweeping_takes_what_nobody_holds_but_not_what_was_just_put(folder: Path) -> None:
    held, loose, fresh, again = (cleaned(name) for name in (b"held", b"loose", b"fresh", b"again"))
    for one in (held, loose, fresh, again):
        store.put(one)
    left = folder / "ab"
    left.mkdir(exist_ok=True)
    (left / "cut.part").write_bytes(b"half")
    old = time.time() - store.GRACE - 60
    for file in lying(folder):
        if fresh.sha256 not in file.name:
            os.utime(file, (old, old))
    # Somebody sends the same file again: it counts as put just now.
    store.put(again)
    assert store.sweep([held.sha256]) == 2
    assert {file.stem for file in lying(folder)} == {held.sha256, fresh.sha256, again.sha256}


def test_missing_and_altered_files_are_found() -> None:
    good, altered, lost = cleaned(b"good"), cleaned(b"altered"), cleaned(b"lost")
    store.put(good)
    store.put(altered).write_bytes(b"Altered")
    found = list(store.faults(one.sha256 for one in (good, altered, lost)))
    assert len(found) == 2
    assert lost.sha256[:12] in found[0] and "missing" in found[0]
    assert altered.sha256 in found[1] and "not what it was" in found[1]


def test_what_is_held_stays_as_it_was_whatever_happens_to_the_store(tmp_path: Path, folder: Path) -> None:
    one, other = cleaned(b"one"), cleaned(b"other")
    path = store.put(one)
    store.hold(tmp_path / "held")
    store.remove(one.sha256)
    store.put(other)
    store.hold(tmp_path / "held")
    assert (tmp_path / "held" / path.relative_to(folder)).read_bytes() == b"one"
    assert len(lying(tmp_path / "held")) == 2


def test_an_empty_store_has_no_faults(folder: Path) -> None:
    assert list(store.faults([])) == [] and store.sweep([]) == 0
    store.hold(folder / "held")
