"""Attached files in `precedent backup`, `restore` and `check`."""

import hashlib
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from precedent.catalogue.attachments import store
from precedent.keeping import check as checks
from precedent.people import queries as people
from precedent.submissions import actions as submissions
from precedent.submissions.records import SentFile
from tests.console.command import Command, free_port
from tests.people.persons import joined

DATA = b"%PDF-1.5 a report of what was tried"
NAME = f"{hashlib.sha256(DATA).hexdigest()}.pdf"
MEMBER = f"files/{NAME[:2]}/{NAME}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "monday.zip"


@pytest.fixture
def attached(ready: Command, settings: Any) -> Path:
    """A file that was attached."""
    settings.DATA = ready.data
    return store.lay(NAME, DATA)


def altered(file: Path, members: dict[str, bytes], **manifest: Any) -> Path:
    """A backup with other members; its manifest tells of them where it is not given."""
    other = file.with_name("altered.zip")
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(other, "w") as target:
        have = {name: packed.read(name) for name in packed.namelist()} | members
        told = json.loads(have.pop("manifest.json"))
        for name, data in members.items():
            told["members"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        target.writestr("manifest.json", json.dumps(told | manifest))
        for name, data in have.items():
            target.writestr(name, data)
    return other


def test_attached_files_are_in_a_backup_and_come_back(
    ready: Command, attached: Path, file: Path, tmp_path: Path
) -> None:
    said = ready.run("backup", file, "--json")
    assert said.code == 0 and said.json["members"][MEMBER]["size"] == len(DATA)
    with zipfile.ZipFile(file) as packed:
        assert packed.read(MEMBER) == DATA
    other = Command(tmp_path / "other", free_port())
    assert other.run("restore", file).code == 0
    assert (other.data / MEMBER).read_bytes() == DATA
    assert not (other.data / MEMBER).stat().st_mode & 0o077
    other.facts()


def test_a_restore_mends_what_was_damaged_and_leaves_what_came_since(
    ready: Command, attached: Path, file: Path
) -> None:
    assert ready.run("backup", file).code == 0
    attached.write_bytes(b"damaged")
    later = store.lay(f"{hashlib.sha256(b'later').hexdigest()}.pdf", b"later")
    said = ready.run("restore", file)
    # What was there is kept without the damaged file, which is named.
    assert said.code == 0 and f"{NAME} is damaged" in said.err
    assert attached.read_bytes() == DATA and later.exists()
    ready.facts()
    assert not list(ready.data.glob("work/*"))


def test_a_damaged_file_is_found_by_check_and_does_not_stop_a_backup(
    ready: Command, attached: Path, file: Path
) -> None:
    attached.write_bytes(b"damaged")
    said = ready.run("check")
    assert said.code == 1 and f"wrong attached files: The attached file {attached} is not what it was" in said.out
    said = ready.run("backup", file)
    assert said.code == 0 and f"{NAME} is damaged and not in the backup" in said.err
    with zipfile.ZipFile(file) as packed:
        assert MEMBER not in packed.namelist()


@pytest.mark.django_db
def test_a_file_that_a_draft_holds_and_that_is_not_there_is_found_by_check(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    me = people.actor(joined())
    draft = submissions.start({}, by=me)
    submissions.add_file(draft.id, SentFile("ab" * 32, "Report.pdf", "pdf", 1, datetime.now(UTC)), by=me)
    [found] = next(check for check in checks.CHECKS if check.name == "attached files").find()
    assert "abababababab… is missing" in found.message and "Restore" in found.hint


STRANGE = {
    "a way out": {"../../outside.pdf": DATA},
    "a name that is none": {"files/ab/notes.txt": DATA},
    "another folder": {f"files/zz/{NAME}": DATA},
    "other bytes": {MEMBER: b"other"},
}


@pytest.mark.parametrize("what", STRANGE)
def test_a_backup_with_strange_files_is_refused_before_anything_is_touched(
    what: str, ready: Command, attached: Path, file: Path
) -> None:
    assert ready.run("backup", file).code == 0
    attached.unlink()
    said = ready.run("restore", altered(file, STRANGE[what]))
    assert said.refused and "Nothing was changed" in said.err
    assert not attached.exists() and not list(file.parent.rglob("outside.pdf"))


def test_a_backup_from_before_there_were_files_is_restored(ready: Command, file: Path) -> None:
    assert ready.run("backup", file).code == 0
    assert ready.run("restore", altered(file, {}, format=1)).code == 0
    ready.facts()
