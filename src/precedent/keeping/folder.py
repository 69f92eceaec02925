"""The data folder itself: made, proven writable, held by one preparer at a time; and the secret key in it.

lock                 held by whoever prepares, backs up or restores
serving.lock         held, together, by those who serve
secret-key           made once, for its owner alone
precedent.sqlite3    the catalogue, where no PostgreSQL was asked for
index/  static/      derived; made again when they are lost
backups/             what was there before a restore or an upgrade
work/                for the moment; emptied by whoever holds the lock
precedent.log        faults of the product, in full
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.utils import get_random_secret_key

from precedent.keeping.refusals import FolderUnfit


def folder() -> Path:
    """The data folder, absolute."""
    return Path(settings.DATA)


def secret_file() -> Path:
    return Path(settings.SECRET_FILE)


def backups() -> Path:
    """Where what was there before is kept, named by the moment."""
    path = folder() / "backups"
    path.mkdir(exist_ok=True)
    return path


def moment() -> str:
    """Now, as it stands in a file's name: sorted by name is sorted by time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")


def free_megabytes(of: Path) -> int:
    """How much room is left on the disk of a folder, or of the nearest one above it that exists."""
    while not of.exists() and of != of.parent:
        of = of.parent
    return shutil.disk_usage(of).free // 1_000_000


def make() -> None:
    """Make the folder where there is none, and prove that it can be written to. Raises FolderUnfit."""
    path = folder()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderUnfit(folder=path, reason="there is a file in its place") from error
    except PermissionError as error:
        raise FolderUnfit(folder=path, reason="this account may not write to it") from error
    except OSError as error:
        if "read-only" in (error.strerror or "").lower():
            raise FolderUnfit(folder=path, reason="it is on a disk that can only be read") from error
        raise


def make_secret() -> None:
    """Make the secret key once, whole or not at all, and let this process use it."""
    if settings.ENVIRONMENT.secret_key.get_secret_value():
        return
    path = secret_file()
    if not path.is_file() or not path.read_text().strip():
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(get_random_secret_key())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    # Read at start, when there may have been none; the web processes are forked from this one.
    settings.SECRET_KEY = path.read_text().strip()


def is_private(path: Path) -> bool:
    """Is the file closed to everybody but its owner?"""
    return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _nothing() -> None:
    pass


@contextmanager
def alone(waiting: Callable[[], None] = _nothing) -> Iterator[Path]:
    """Be the only one who prepares, backs up or restores; others wait. Gives an empty folder to work in.

    `waiting` is called where somebody else is at it.
    """
    with (folder() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        # Whatever lies there was left by one who was killed.
        work = folder() / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(exist_ok=True)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _serving_lock() -> Path:
    return folder() / "serving.lock"


@contextmanager
def served() -> Iterator[None]:
    """Let it be known that the catalogue is being served, until the end."""
    with _serving_lock().open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def is_served() -> bool:
    """Does a service run on this folder?"""
    try:
        with _serving_lock().open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
