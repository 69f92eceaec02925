"""A copy of the catalogue in one file, made while the service runs, that proves itself.

    manifest.json         what it is, of when, made by which version, with the SHA-256 of each other member
    precedent.sqlite3     the database as it stood at one moment
    files/ab/abcdef….pdf  the attached files, as they lie in the data folder

Not in it: the search index and the static files, which are made again from the rest; and the secret key, because
a backup travels to places where the key has no business, and all that is lost without it is that people have to
sign in again.
"""

import hashlib
import logging
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from precedent import __version__
from precedent.audit import queries as audit
from precedent.catalogue import queries as catalogue
from precedent.catalogue.attachments import store
from precedent.catalogue.importing import Progress, unwatched
from precedent.keeping import database
from precedent.keeping.refusals import BackupExists, BackupNewer, BackupPlaceUnfit, BackupUnfit

log = logging.getLogger(__name__)

FORMAT = 2
"""Grows when a version before could not restore what this one writes."""
MANIFEST = "manifest.json"
DATABASE = "precedent.sqlite3"
FILES = "files"
LARGEST_MANIFEST = 50_000_000
"""Some 200,000 attached files."""
PIECE = 1 << 20


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Member(Frozen):
    size: int
    sha256: str


class Head(Frozen):
    """Where the audit chain stood."""

    sequence: int
    hash: str


class Manifest(Frozen):
    """What a backup says of itself."""

    product: Literal["precedent"] = "precedent"
    format: int = FORMAT
    version: str
    created: datetime
    migrations: tuple[tuple[str, str], ...]
    entries: int
    content_hash: str
    audit: Head
    members: dict[str, Member]


def write(file: Path, work: Path, progress: Progress = unwatched, *, replace: bool = False) -> Manifest:
    """Write a backup and prove it. `work` is an empty folder for the moment.

    Raises BackupExists, BackupPlaceUnfit. A run that is cut leaves nothing under the file's name.
    """
    _must_fit(file, replace)
    copy = work / DATABASE
    beside = file.with_name(f"{file.name}.part")
    try:
        # Before and after: the database may speak of files that were just put, and of some that are just removed.
        store.hold(work / FILES)
        database.copy(copy)
        store.hold(work / FILES)
        manifest = _described(copy, work)
        _pack(beside, work, manifest, progress)
        prove(beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
        shutil.rmtree(work / FILES, ignore_errors=True)
    return manifest


def _members(work: Path) -> Iterator[tuple[str, Member]]:
    """What is packed, by its name. A damaged file is left out: it must not keep all the rest from being safe."""
    yield DATABASE, _member(work / DATABASE)
    for file in sorted((work / FILES).glob("*/*")):
        member = _member(file)
        if member.sha256 == file.stem:
            yield file.relative_to(work).as_posix(), member
        else:
            log.warning("The attached file %s is damaged and not in the backup.", file.name)


def _member(file: Path) -> Member:
    with file.open("rb") as content:
        return Member(size=file.stat().st_size, sha256=hashlib.file_digest(content, "sha256").hexdigest())


def _must_fit(file: Path, replace: bool) -> None:
    if file.is_dir():
        raise BackupPlaceUnfit(file=file, reason="it is a folder")
    if not file.parent.is_dir():
        raise BackupPlaceUnfit(file=file, reason=f"there is no folder {file.parent}")
    if not os.access(file.parent, os.W_OK | os.X_OK):
        raise BackupPlaceUnfit(file=file, reason=f"this account may not write to {file.parent}")
    if file.exists() and not replace:
        raise BackupExists(file=file)


def _described(copy: Path, work: Path) -> Manifest:
    """What the manifest says, read from the copy: the catalogue itself goes on changing."""
    with database.looking_at(copy):
        head = audit.head()
        told = {
            "migrations": tuple(database.applied()),
            "entries": catalogue.count(),
            "content_hash": catalogue.content_hash(),
            "audit": Head(sequence=head.sequence, hash=head.hash),
        }
    members = dict(_members(work))
    return Manifest.model_validate(
        {"version": __version__, "created": datetime.now(UTC), "members": members, **told}
    )


def _pack(file: Path, work: Path, manifest: Manifest, progress: Progress) -> None:
    with file.open("wb") as raw:
        # Nobody else reads what is not published yet.
        os.fchmod(raw.fileno(), 0o600)
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(MANIFEST, manifest.model_dump_json(indent=2))
            done, of = 0, sum(member.size for member in manifest.members.values())
            for name in manifest.members:
                with (
                    (work / name).open("rb") as content,
                    packed.open(_info(name), "w", force_zip64=True) as member,
                ):
                    while piece := content.read(PIECE):
                        member.write(piece)
                        done += len(piece)
                        progress(done, of)
        raw.flush()
        os.fsync(raw.fileno())


def _info(name: str) -> zipfile.ZipInfo:
    """Attached files are compressed already."""
    info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED if name == DATABASE else zipfile.ZIP_STORED
    return info


def prove(file: Path, to: Path | None = None) -> Manifest:
    """Read a backup to its last byte against its checksums; unpack the database `to` a file, where one is named.

    Raises BackupUnfit where it is cut, damaged or something else; BackupNewer.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = _manifest(file, packed)
            for name, member in manifest.members.items():
                with packed.open(name) as content:
                    _prove_member(file, content, member, to if name == DATABASE else None)
            return manifest
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupUnfit(file=file, reason="it is cut, damaged, or no backup at all") from error
    except zlib.error as error:
        raise BackupUnfit(file=file, reason="its contents are damaged") from error
    except OSError as error:
        if error.filename is None or Path(error.filename) != file:
            raise
        raise BackupUnfit(file=file, reason=(error.strerror or "it cannot be read").lower()) from error


def _manifest(file: Path, packed: zipfile.ZipFile) -> Manifest:
    sizes = {info.filename: info.file_size for info in packed.infolist()}
    if sizes.get(MANIFEST, LARGEST_MANIFEST + 1) > LARGEST_MANIFEST:
        raise BackupUnfit(file=file, reason="it is no backup of Precedent: it has no manifest.json")
    text = packed.read(MANIFEST)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise BackupUnfit(
            file=file, reason="it is no backup of Precedent: its manifest.json is of another kind"
        ) from error
    if manifest.format > FORMAT or database.unknown(list(manifest.migrations)):
        raise BackupNewer(file=file, made_by=manifest.version, version=__version__)
    files = {name: member for name, member in manifest.members.items() if name != DATABASE}
    fit = all(map(_is_file, files.items())) and DATABASE in manifest.members
    if not fit or set(sizes) != {MANIFEST, *manifest.members}:
        raise BackupUnfit(file=file, reason="what is in it is not what its manifest.json says")
    return manifest


def _is_file(member: tuple[str, Member]) -> bool:
    """Is it an attached file, where it should be, of the content it is named after?"""
    folder, _, name = member[0].rpartition("/")
    return store.is_name(name) and folder == f"{FILES}/{name[:2]}" and name[:64] == member[1].sha256


def _prove_member(file: Path, content: IO[bytes], told: Member, to: Path | None) -> None:
    digest, size = hashlib.sha256(), 0
    with open(to or os.devnull, "wb") as target:
        while piece := content.read(PIECE):
            digest.update(piece)
            size += len(piece)
            if size > told.size:
                break
            target.write(piece)
    if (size, digest.hexdigest()) != (told.size, told.sha256):
        raise BackupUnfit(file=file, reason="what is in it does not match the checksums in its manifest.json")


def prove_database(file: Path, copy: Path, manifest: Manifest) -> None:
    """The unpacked database is whole, and holds what the manifest names. Raises BackupUnfit, BackupNewer."""
    try:
        with closing(sqlite3.connect(copy)) as opened:
            whole = opened.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise BackupUnfit(file=file, reason="the database in it is damaged")
    with database.looking_at(copy):
        if database.unknown(database.applied()):
            raise BackupNewer(file=file, made_by=manifest.version, version=__version__)
        if catalogue.content_hash() != manifest.content_hash:
            raise BackupUnfit(file=file, reason="its entries are not those its manifest.json names")


def put_files(file: Path, manifest: Manifest) -> None:
    """Put a proven backup's attached files beside those that are there. Doing it twice does no harm."""
    with zipfile.ZipFile(file) as packed:
        for name in manifest.members:
            if name != DATABASE:
                store.lay(name.rpartition("/")[2], packed.read(name))
