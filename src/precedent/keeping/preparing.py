"""From any folder to one that can be served. Each step does what is missing, so it may be cut and run again."""

from dataclasses import dataclass

from precedent.audit import queries as audit
from precedent.catalogue import queries as catalogue
from precedent.catalogue import starter
from precedent.catalogue.bulk import Row
from precedent.keeping import assets, database, folder
from precedent.keeping.telling import WAITING, Telling
from precedent.search import keeper


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was found and done: the starter rows that break a rule, and how many entries there are."""

    refused: list[Row]
    entries: int


def prepare(telling: Telling) -> Prepared:
    """Make the data folder ready to be served. Raises FolderUnfit, DatabaseNewer, and what the disk refuses."""
    folder.make()
    with folder.alone(lambda: telling.note(WAITING)):
        folder.make_secret()
        _bring_up_to_date(telling)
        refused = _load_starter(telling)
        if assets.collect():
            telling.note("Style and pictures are in place.")
        with telling.progress("Indexing entries") as progress:
            keeper.catch_up(progress, wait=True)
        return Prepared(refused, catalogue.count())


def _bring_up_to_date(telling: Telling) -> None:
    """Give the database this version's shape; a copy of an older one is kept."""
    if database.exists():
        database.must_not_be_newer()
    if not database.pending():
        return
    if database.applied():
        if database.is_sqlite():
            kept = folder.backups() / f"before-upgrade-{folder.moment()}.sqlite3"
            database.copy(kept)
            telling.note(f"The database is brought up to date; as it was before, it is kept in {kept}")
    else:
        telling.note(f"Making a new catalogue in {folder.folder()}")
    database.migrate()


def _load_starter(telling: Telling) -> list[Row]:
    if starter.loaded():
        return []
    had = audit.head().sequence
    with telling.progress("Loading the starter catalogue") as progress:
        refused = starter.load(progress)
    if audit.head().sequence != had:
        telling.note(f"The starter catalogue is loaded: {catalogue.count()} entries.")
    return refused
