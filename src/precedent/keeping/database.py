"""The database: is it there, of which version, whole; brought up to date, copied, looked at elsewhere."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from precedent import __version__
from precedent.keeping import folder
from precedent.keeping.refusals import DatabaseMissing, DatabaseNewer, DatabaseOlder, NotSqlite

Migration = tuple[str, str]


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def must_be_sqlite(verb: str, remedy: str) -> None:
    """Raises NotSqlite, with what to use instead."""
    if not is_sqlite():
        raise NotSqlite(verb=verb, remedy=remedy)


def file() -> Path:
    """The SQLite file of the catalogue."""
    return Path(str(connection.settings_dict["NAME"]))


def exists() -> bool:
    """Is there a database? SQLite would make an empty one by asking it."""
    return not is_sqlite() or (file().is_file() and file().stat().st_size > 0)


def applied() -> list[Migration]:
    """The changes of shape that the database went through, in their order of name."""
    return sorted(MigrationLoader(connection).applied_migrations)


def unknown(of: list[Migration]) -> list[Migration]:
    """Those among the changes of a database that this version does not know: it is a newer one."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations) | {
        old for migration in loader.disk_migrations.values() for old in migration.replaces
    }
    return [migration for migration in of if migration not in known]


def pending() -> list[Migration]:
    """The changes of this version that the database has not gone through."""
    loader = MigrationLoader(connection)
    return sorted(set(loader.graph.nodes) - set(loader.applied_migrations))


def must_not_be_newer() -> None:
    """Raises DatabaseNewer."""
    if strange := unknown(applied()):
        raise DatabaseNewer(version=__version__, first=".".join(strange[0]))


def must_be_ready() -> None:
    """The database is there and of this version. Raises DatabaseMissing, DatabaseNewer, DatabaseOlder."""
    if not exists():
        raise DatabaseMissing(folder=folder.folder())
    must_not_be_newer()
    if missing := pending():
        raise DatabaseOlder(count=len(missing))


def migrate() -> None:
    """Bring the database that is being looked at to this version's shape."""
    call_command("migrate", verbosity=0, interactive=False)


def copy(to: Path) -> None:
    """A consistent copy of the catalogue as it stands at one moment, while others read and write."""
    with (
        closing(sqlite3.connect(f"{file().as_uri()}?mode=rw", uri=True, timeout=20)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        # In one step, so that it is one reading transaction; a cut copy is never used, so it need not be safe.
        target.execute("PRAGMA synchronous=OFF")
        source.backup(target, pages=-1)


@contextmanager
def looking_at(other: Path) -> Iterator[None]:
    """Let all queries of this thread read and write another SQLite file, until the end."""
    live: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    wrapper = type(live)({**live.settings_dict, "NAME": str(other)}, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        connections[DEFAULT_DB_ALIAS] = live


def faults() -> Iterator[str]:
    """What the database itself finds wrong with its file, as sentences. Nothing, where it is whole."""
    if not is_sqlite():
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(10)")
        found = [str(row[0]) for row in cursor.fetchall()]
        if found != ["ok"]:
            yield from (f"The database file is damaged: {fault}." for fault in found)
            return
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _ in cursor.fetchmany(10):
            yield f"Row {row} of the table {table} points at a row of {parent} that is not there."
