"""The ways in which the data folder says no. They are read at the console only, so they are in English."""

from precedent.kernel.refusals import Conflict, Invalid, NotFound, Unavailable


class FolderUnfit(Unavailable):
    code = "folder-unfit"
    message = "The data folder {folder} cannot be used: {reason}."
    hint = (
        "Give your account the right to read and write it, or name another folder: make run DATA=some/folder, "
        "or PRECEDENT_DATA=some/folder precedent up."
    )


class DiskFull(Unavailable):
    code = "disk-full"
    message = "The disk is full: nothing more can be written to {folder} ({free} MB free)."
    hint = "Make room on that disk, or move the data folder to another one, and try again. What is there is safe."


class DiskFaulty(Unavailable):
    code = "disk-faulty"
    message = "Writing to or reading from {folder} failed: {reason}."
    hint = "Look whether that disk is full, limited by a quota, or failing; then do the same again."


class DatabaseMissing(NotFound):
    code = "database-missing"
    message = "There is no catalogue in {folder} yet."
    hint = (
        "Start it once with: precedent up. If it is somewhere else, name the folder: PRECEDENT_DATA=some/folder."
    )


class DatabaseOlder(Conflict):
    code = "database-older"
    message = "The database was made by an earlier version and lacks {count} of this version's changes."
    hint = "Bring it up to date with: precedent up. A copy of it as it was is kept."


class DatabaseNewer(Conflict):
    code = "database-newer"
    message = "The database was made by a newer version of Precedent; this one ({version}) does not know {first}."
    hint = "Install that newer version, or restore a backup made by this one. Nothing was changed."


class DatabaseDamaged(Unavailable):
    code = "database-damaged"
    message = "The database is damaged: {reason}."
    hint = "Restore your latest backup: precedent restore FILE. It keeps what is there now beside it."


class DatabaseBusy(Unavailable):
    code = "database-busy"
    message = "The database is being written to by another program and did not become free."
    hint = "Try again in a minute."


class DatabaseAway(Unavailable):
    code = "database-away"
    message = "The database cannot be reached: {reason}."
    hint = "Check PRECEDENT_DATABASE_URL, and that the database server runs and lets this account in."


class StaticFilesMissing(Conflict):
    code = "static-files-missing"
    message = "The pages' style and pictures are not those of this version yet."
    hint = "Put them in place with: precedent up."


class NotSqlite(Conflict):
    code = "not-sqlite"
    message = "The catalogue is in PostgreSQL, which this command does not {verb}."
    hint = "{remedy}"


class BackupExists(Conflict):
    code = "backup-exists"
    message = "{file} exists already."
    hint = "Name another file, or let it be replaced with --force."


class BackupPlaceUnfit(Invalid):
    code = "backup-place-unfit"
    message = "The backup cannot be written to {file}: {reason}."
    hint = "Name a file in a folder that exists and that you may write to."


class BackupUnfit(Invalid):
    code = "backup-unfit"
    message = "{file} cannot be restored: {reason}."
    hint = "Nothing was changed. Use another backup, or make a new one with: precedent backup FILE."


class BackupNewer(Invalid):
    code = "backup-newer"
    message = "{file} was made by a newer version of Precedent ({made_by}; this is {version})."
    hint = "Nothing was changed. Install that version and restore the backup with it."


class RestoreUnproven(Conflict):
    code = "restore-unproven"
    message = "After restoring, the catalogue does not match the backup's fingerprint."
    hint = "What was there before is kept in {safety}. Run precedent check, and report this."
