"""Taking a file in: what it is, whether it may come, and what of it is kept."""

import hashlib
import logging
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

import precedent
from precedent.catalogue.attachments import kinds, naming
from precedent.catalogue.attachments.kinds import Kind
from precedent.catalogue.attachments.records import Cleaned
from precedent.catalogue.attachments.refusals import (
    FileBroken,
    FileHasMacros,
    FileKindUnknown,
    FileLocked,
    FileSuspicious,
    FileTooLarge,
    PictureTooLarge,
)
from precedent.catalogue.attachments.verdicts import MOST_PIXELS, PIXELS, REFUSED, Verdict
from precedent.kernel.refusals import Refusal

log = logging.getLogger(__name__)

SECONDS = 40.0
"""How long somebody waits at most; the process apart has used up its 20 seconds of work long before."""
COMMAND = (sys.executable, "-P", "-B", "-m", "precedent.catalogue.attachments.apart")
"""Without whatever lies in the folder we were started in."""
ENVIRONMENT = {"PYTHONPATH": str(Path(precedent.__file__).parent.parent), "LC_ALL": "C.UTF-8"}
"""Ours holds secrets."""
AT_ONCE = BoundedSemaphore(2)
"""Files opened at a time by each web process, so that a small server has the memory for them."""

REFUSALS: dict[Verdict, type[Refusal]] = {
    Verdict.UNKNOWN: FileKindUnknown,
    Verdict.BROKEN: FileBroken,
    Verdict.LOCKED: FileLocked,
    Verdict.MACROS: FileHasMacros,
    Verdict.SUSPICIOUS: FileSuspicious,
    Verdict.TOO_MANY_PIXELS: PictureTooLarge,
}
OVER_LIMIT = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
"""How a process ends that used up its time, or whose memory the system took back."""


def take(name: str, data: bytes) -> Cleaned:
    """A file as it is kept, of one of the kinds in `kinds`. Raises the refusals above, and no other."""
    shown = naming.shown(name)
    if len(data) > kinds.LARGEST:
        raise FileTooLarge(name=shown, limit=kinds.LARGEST // 1024 // 1024)
    if not data:
        raise FileBroken(name=shown)
    kind = kinds.kind_of(data)
    if kind is None:
        raise FileLocked(name=shown) if kinds.is_locked(data) else FileKindUnknown(name=shown)
    kept = _opened_apart(kind, data, shown)
    digest = hashlib.sha256(kept).hexdigest()
    return Cleaned(digest, naming.shown(name, kind.extension), kind.code, len(kept), kept)


def _opened_apart(kind: Kind, data: bytes, name: str) -> bytes:
    try:
        with AT_ONCE:
            ended = _run(kind, data)
    except subprocess.TimeoutExpired as error:
        raise FileSuspicious(name=name) from error
    if ended.returncode == 0:
        return ended.stdout
    if ended.returncode == REFUSED:
        verdict = Verdict(ended.stdout.decode())
        log.info("A %s file was refused as %s: %.500s", kind.code, verdict, ended.stderr.decode(errors="replace"))
        raise REFUSALS[verdict](name=name, limit=PIXELS.get(kind.code, MOST_PIXELS) // 1_000_000)
    if ended.returncode in OVER_LIMIT:
        raise FileSuspicious(name=name)
    if ended.returncode < 0:
        log.warning("Opening a %s file ended with signal %d.", kind.code, -ended.returncode)
        raise FileBroken(name=name)
    raise RuntimeError(f"Files cannot be opened: {ended.stderr.decode(errors='replace')}")


def _run(kind: Kind, data: bytes) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(  # noqa: S603 - our own interpreter and module; the kind is one of the table's
        [*COMMAND, kind.code], input=data, capture_output=True, env=ENVIRONMENT, timeout=SECONDS, check=False
    )
