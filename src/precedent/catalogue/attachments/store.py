"""Where cleaned files lie: in the data folder, each under the fingerprint of its bytes.

    files/ab/abcdef….pdf

So the same file twice is one, a damaged one is known by its own name, and writing it again mends it. Which drafts
hold a file is known to others: they put it before they say so, and `sweep` takes away what nobody holds any more.
"""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from precedent.catalogue.attachments.kinds import BY_CODE, EXTENSIONS, KINDS
from precedent.catalogue.attachments.records import Cleaned
from precedent.catalogue.attachments.refusals import FileMissing

NAME = re.compile(rf"([0-9a-f]{{64}})({'|'.join(map(re.escape, sorted(EXTENSIONS)))})")
UNFINISHED = ".part"
GRACE = 24 * 3600
"""Seconds that a file is left alone after it was put: whoever put it may not have said yet who holds it."""


def folder() -> Path:
    return Path(settings.DATA) / "files"


def is_name(name: str) -> bool:
    """May a file of this name lie here?"""
    return NAME.fullmatch(name) is not None


def put(cleaned: Cleaned) -> Path:
    """Keep a file; where it lies. Doing it twice does no harm, and mends what was damaged."""
    return lay(f"{cleaned.sha256}{BY_CODE[cleaned.kind].extension}", cleaned.data)


def lay(name: str, data: bytes) -> Path:
    """Write bytes under their name, whole or not at all. Raises ValueError where it is not theirs."""
    if not is_name(name) or hashlib.sha256(data).hexdigest() != name[:64]:
        raise ValueError(f"{name} is not the name of these bytes")
    target = _place(name)
    if _is_whole(target):
        # It counts as put just now, so that nobody sweeps it away before it is held again.
        os.utime(target)
        return target
    _make(target.parent)
    handle, beside = tempfile.mkstemp(suffix=UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    _settle(target.parent)
    return target


def path(sha256: str) -> Path:
    """Where a file lies. Raises FileMissing."""
    for kind in KINDS:
        if re.fullmatch(r"[0-9a-f]{64}", sha256) and (found := _place(f"{sha256}{kind.extension}")).is_file():
            return found
    raise FileMissing


def read(sha256: str) -> bytes:
    """Raises FileMissing."""
    return path(sha256).read_bytes()


def remove(sha256: str) -> None:
    """Take a file away at once; nothing where it is gone already. For what must not be kept: else, see `sweep`."""
    try:
        found = path(sha256)
    except FileMissing:
        return
    found.unlink(missing_ok=True)
    _settle(found.parent)


def sweep(held: Iterable[str], grace: float = GRACE) -> int:
    """Take away what nobody holds, and was not put lately; how many that were. `held`: fingerprints."""
    known, before, swept = set(held), time.time() - grace, 0
    for file in _all():
        if file.stem not in known and file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
            swept += 1
    return swept


def faults(known: Iterable[str]) -> Iterator[str]:
    """What is missing of the files that should be here, and what is not what it was; as sentences."""
    here = {file.stem for file in _all() if file.suffix != UNFINISHED}
    for sha256 in sorted(set(known) - here):
        yield f"The attached file {sha256[:12]}… is missing from {folder()}."
    for file in _all():
        if is_name(file.name) and not _is_whole(file):
            yield f"The attached file {file} is not what it was when it was taken in."


def hold(to: Path) -> None:
    """Every file as it is now, in another folder as it lies here; whatever is removed here meanwhile."""
    for file in _all():
        held = to / file.relative_to(folder())
        if is_name(file.name) and not held.exists():
            held.parent.mkdir(parents=True, exist_ok=True)
            _link(file, held)


def _link(file: Path, to: Path) -> None:
    """A second name for the same bytes, where the disk can; else a copy. Nothing, where it was just removed."""
    try:
        os.link(file, to)
    except FileNotFoundError:
        return
    except OSError:
        shutil.copyfile(file, to)


def _all() -> Iterator[Path]:
    """What lies here, leftovers of killed writers too."""
    if folder().is_dir():
        yield from sorted(file for file in folder().glob("??/*") if file.is_file())


def _place(name: str) -> Path:
    return folder() / name[:2] / name


def _is_whole(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == file.stem
    except FileNotFoundError:
        return False


def _make(path: Path) -> None:
    """Nobody else reads what is not published yet."""
    for one in (folder(), path):
        one.mkdir(mode=0o700, exist_ok=True)


def _settle(path: Path) -> None:
    """Let the disk remember the names in a folder, and the folder's own."""
    for one in (path, folder()):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
