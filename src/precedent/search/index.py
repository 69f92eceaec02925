"""The index on disk: generations side by side, a pointer to the one in force, and how far it has followed.

    index/current            the name of the generation in force
    index/lock               held by the one process that writes
    index/g-000001/          tantivy's files
    index/g-000001.json      up to which audit event it follows the catalogue, and its shape

A generation is written beside the one in force and takes its place by one rename. Whatever is lost or damaged is
built anew from the catalogue.
"""

import fcntl
import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import tantivy
from django.conf import settings

FOOTER = struct.Struct("<II")
FOOTER_MAGIC = 1337
"""Each of tantivy's files ends in a footer (JSON with a CRC-32 of what is before), its length and this number."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a generation follows the catalogue: the audit event, that event's hash, the index's shape.

    `edition`: the edition of the framework in whose questions it counts.
    """

    sequence: int
    hash: str
    shape: str
    edition: int = 0


def folder() -> Path:
    return Path(settings.INDEX)


def generation() -> Path | None:
    """The folder of the generation in force, if there is one."""
    try:
        name = (folder() / "current").read_text().strip()
        path = folder() / name
        return path if name and path.parent == folder() and path.is_dir() else None
    except (OSError, ValueError):
        return None


def unwatched(made: tantivy.Index) -> tantivy.Index:
    """The same index without tantivy's thread that reads the files again by itself, at a moment nobody chose."""
    made.config_reader("manual")
    return made


def opened(path: Path) -> tantivy.Index:
    """The index in a folder. Opened, never made: one that is gone would come back empty. Raises ValueError."""
    return unwatched(tantivy.Index.open(str(path)))


def position(of: Path) -> Position | None:
    """How far a generation follows, or None where that cannot be told."""
    try:
        return Position(**json.loads(of.with_suffix(".json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def put(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def follow(of: Path, reached: Position) -> None:
    """Note how far a generation follows."""
    put(of.with_suffix(".json"), json.dumps(asdict(reached)))


def next_generation() -> Path:
    """A new, empty folder for the next generation."""
    numbers = [int(path.name[2:]) for path in folder().glob("g-*") if path.is_dir() and path.name[2:].isdecimal()]
    path = folder() / f"g-{max(numbers, default=0) + 1:06d}"
    path.mkdir(parents=True)
    return path


def put_in_force(path: Path) -> None:
    """Make a generation the one in force, and remove the others. Who reads an old one keeps its open files."""
    put(folder() / "current", path.name)
    for other in folder().glob("g-*"):
        if other.is_dir() and other != path:
            shutil.rmtree(other, ignore_errors=True)
        elif other.suffix == ".json" and other != path.with_suffix(".json"):
            other.unlink(missing_ok=True)


@contextmanager
def writing(wait: bool) -> Iterator[bool]:
    """Hold the writer's lock; False where another process holds it and we do not `wait`."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def _is_whole(file: Path) -> bool:
    """Does the file match the checksum it carries? Tantivy never writes to a finished file, so once is enough."""
    told = file.stat()
    return _matches(file, told.st_size, told.st_mtime_ns, told.st_ino)


@lru_cache(maxsize=4_096)
def _matches(file: Path, size: int, changed: int, inode: int) -> bool:
    """Read in pieces; the footer is at its end. What `stat` tells makes it another question when it changes."""
    with file.open("rb") as content:
        if size < FOOTER.size:
            return False
        content.seek(size - FOOTER.size)
        length, magic = FOOTER.unpack(content.read(FOOTER.size))
        body = size - FOOTER.size - length
        if magic != FOOTER_MAGIC or body < 0:
            return False
        content.seek(body)
        expected = json.loads(content.read(length)).get("crc")
        content.seek(0)
        found, left = 0, body
        while left:
            piece = content.read(min(left, 1 << 20))
            found, left = zlib.crc32(piece, found), left - len(piece)
        return bool(found == expected)


def faults(of: Path) -> Iterator[str]:
    """Each file of a generation that is missing or damaged, as a sentence."""
    try:
        meta = json.loads((of / "meta.json").read_text())
        segments = {segment["segment_id"].replace("-", ""): segment["deletes"] for segment in meta["segments"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield "The index's list of files (meta.json) is missing or damaged."
        return
    for segment, deletes in segments.items():
        removed = (f"{deletes['opstamp']}.del",) if deletes else ()
        for suffix in ("fast", "fieldnorm", "idx", "pos", "store", "term", *removed):
            if not (of / f"{segment}.{suffix}").is_file():
                yield f"The index file {segment}.{suffix} is missing."
    for file in of.iterdir():
        # The rest is bookkeeping, or was left by a writer that was killed.
        if file.name.split(".")[0] not in segments:
            continue
        try:
            whole = _is_whole(file)
        except (OSError, ValueError):
            whole = False
        if not whole:
            yield f"The index file {file.name} is damaged."
