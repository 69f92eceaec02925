"""What the machine answered, as a refusal that says what to do."""

import errno
import sqlite3
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from precedent.keeping import folder
from precedent.keeping.refusals import (
    DatabaseAway,
    DatabaseBusy,
    DatabaseDamaged,
    DiskFaulty,
    DiskFull,
    FolderUnfit,
)
from precedent.kernel.refusals import Refusal

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def explained(error: BaseException) -> Refusal | None:
    """The refusal that a fault of disk or database amounts to; None for what is a fault of the product."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, DatabaseError | sqlite3.Error):
        return _of_database(str(error))
    if isinstance(error, OSError):
        return _of_disk(error)
    if isinstance(error, ImproperlyConfigured) and "psycopg" in str(error):
        return DatabaseAway(
            reason="the package psycopg is missing; install it with: pip install 'precedent[postgresql]'"
        )
    # Tantivy tells of the disk in words only.
    if isinstance(error, ValueError) and ("No space left" in str(error) or "StorageFull" in str(error)):
        return _full()
    return None


def _full() -> DiskFull:
    return DiskFull(folder=folder.folder(), free=folder.free_megabytes(folder.folder()))


def _of_disk(error: OSError) -> Refusal | None:
    if error.errno in FULL:
        return _full()
    where = Path(str(error.filename)) if error.filename else folder.folder()
    if error.errno in FORBIDDEN:
        return FolderUnfit(folder=where, reason=(error.strerror or "not allowed").lower())
    if error.errno == errno.EIO:
        return DiskFaulty(folder=where, reason=(error.strerror or "input/output error").lower())
    return None


def _of_database(told: str) -> Refusal | None:
    """SQLite's and PostgreSQL's own words; neither tells more than words through Django."""
    where = folder.folder()
    if "disk is full" in told:
        return _full()
    if "readonly database" in told or "unable to open database" in told:
        return FolderUnfit(folder=where, reason="the database in it cannot be opened for writing")
    if "not a database" in told or "malformed" in told:
        return DatabaseDamaged(reason=told)
    if "is locked" in told:
        return DatabaseBusy()
    if "disk I/O error" in told:
        return _full() if folder.free_megabytes(where) == 0 else DiskFaulty(folder=where, reason=told)
    if connection.vendor == "postgresql" and "connect" in told:
        return DatabaseAway(reason=" ".join(told.split()))
    return None
