"""Putting a backup in the place of the catalogue, also while the service runs.

Everything is proven, and brought to this version's shape, in a copy; only then the live database takes that copy
over page by page, in one transaction of its own. So readers see either all of what was, or all of what is; writers
wait for the moment it takes; a run that is cut changes nothing. The search index notices by itself. Attached files
are put in place before the database that speaks of them; those nothing speaks of any more do no harm.
"""

import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError, connection

from precedent.audit import queries as audit
from precedent.catalogue import queries as catalogue
from precedent.keeping import backup, database, folder
from precedent.keeping.backup import Manifest
from precedent.keeping.refusals import DatabaseBusy, DatabaseDamaged, RestoreUnproven
from precedent.keeping.telling import WAITING, Telling

PATIENCE = 60.0
"""Seconds that a restore waits for others to finish writing."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and where what was there before is kept."""

    manifest: Manifest
    safety: Path | None


def restore(file: Path, telling: Telling) -> Restored:
    """Put a backup in place of the catalogue. What was there is kept.

    Raises BackupUnfit and BackupNewer before anything was touched; DatabaseBusy, RestoreUnproven.
    """
    backup.prove(file)
    folder.make()
    folder.make_secret()
    with folder.alone(lambda: telling.note(WAITING)) as work:
        copy = work / "restored.sqlite3"
        manifest = backup.prove(file, to=copy)
        backup.prove_database(file, copy, manifest)
        with database.looking_at(copy):
            if database.pending():
                telling.note(f"Bringing the backup of version {manifest.version} up to date …")
                database.migrate()
            content = catalogue.content_hash()
        safety = _keep_what_is_there(work, telling)
        backup.put_files(file, manifest)
        connection.close()
        _take_over(copy)
        _prove(content, manifest, safety)
    return Restored(manifest, safety)


def _keep_what_is_there(work: Path, telling: Telling) -> Path | None:
    """A backup of what is about to be replaced; of a database that cannot be read, the file itself."""
    if not database.exists():
        return None
    kept = folder.backups() / f"before-restore-{folder.moment()}.zip"
    try:
        backup.write(kept, work)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        return _move_away(kept.with_suffix(".sqlite3"), str(error), telling)
    telling.note(f"What was there before is kept in {kept}")
    return kept


def _move_away(to: Path, reason: str, telling: Telling) -> Path:
    """Put a database that cannot be read out of the way. Not under a running service, which has the file open."""
    if folder.is_served():
        raise DatabaseDamaged(reason=f"{reason}. The service runs: stop it first, then restore again")
    connection.close()
    for suffix in ("-wal", "-shm", ""):
        part = database.file().with_name(database.file().name + suffix)
        if part.exists():
            shutil.move(part, to.with_name(to.name + suffix))
    telling.note(f"What was there before cannot be read; it was moved to {to}")
    return to


def _take_over(copy: Path) -> None:
    """Make the live database page by page that of the copy, in one transaction."""
    with closing(sqlite3.connect(database.file(), timeout=20, isolation_level=None)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        with closing(sqlite3.connect(copy)) as source:
            until = time.monotonic() + PATIENCE

            def patient(status: int, remaining: int, total: int) -> None:
                # Before the first page is written, both numbers are 0: somebody else is writing.
                if not (total and remaining == 0) and time.monotonic() > until:
                    raise DatabaseBusy

            source.backup(live, pages=-1, progress=patient)
        # The log now holds the whole database once; whoever still reads from it is not disturbed.
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prove(content: str, manifest: Manifest, safety: Path | None) -> None:
    """The catalogue is the backup's; or somebody has continued from it in the meantime."""
    if catalogue.content_hash() == content:
        return
    if (audit.hash_at(manifest.audit.sequence) or "") != manifest.audit.hash:
        raise RestoreUnproven(safety=safety)
