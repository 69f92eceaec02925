"""Keeping the index: it follows the catalogue's change log, and is built anew when it is lost, damaged or old.

Nothing has to be told to it. It asks what changed since the audit event it has reached, so a writer that was
killed at any moment goes on where the last one stopped; doing a change twice does no harm.
"""

import logging
import threading
from dataclasses import replace
from pathlib import Path

import tantivy
from django.db import connection, connections

from precedent.audit import queries as audit
from precedent.audit.remembering import one_revision
from precedent.audit.verbs import Verb
from precedent.catalogue import queries as catalogue
from precedent.catalogue.importing import Progress, unwatched
from precedent.framework import queries as framework
from precedent.search import index
from precedent.search.engine import readers
from precedent.search.schema import fingerprint, index_document, schema

log = logging.getLogger(__name__)

HEAP = 64_000_000
"""Bytes the writer may hold before it writes a segment."""
EVERY = 0.5
"""Seconds between two looks at the change log."""
RENAMING = (
    Verb.FRAMEWORK_LOADED,
    Verb.EDITION_PUBLISHED,
    Verb.EDITION_TAKEN_BACK,
    Verb.VOCABULARIES_LOADED,
    Verb.VOCABULARY_CHANGED,
    Verb.COUNTRIES_LOADED,
)
"""Events that change what codes are called or stand for, and so what is indexed of every entry."""


def catch_up(progress: Progress = unwatched, *, wait: bool = False) -> bool:
    """Bring the index to the catalogue's revision. False where another process writes it at the moment.

    `wait` until that other process is done.
    """
    with index.writing(wait) as ours:
        if not ours:
            return False
        # Before anything is read: what changes meanwhile is done again at the next look, never left out.
        reaching = _position()
        path = index.generation()
        reached = index.position(path) if path else None
        with one_revision():
            if path is None or reached is None or _is_useless(reached) or _is_damaged(path):
                _build(reaching, progress)
                readers.forget()
            elif reached.sequence != reaching.sequence:
                _follow(path, reached, reaching, progress)
        return True


def rebuild(progress: Progress = unwatched) -> None:
    """Build the index anew beside the one in force, which answers until the new one takes its place."""
    with index.writing(wait=True):
        reaching = _position()
        with one_revision():
            _build(reaching, progress)


def faults() -> list[str]:
    """What is wrong with the index on disk, in sentences."""
    path = index.generation()
    if path is None or (reached := index.position(path)) is None:
        return ["There is no search index."]
    found = list(index.faults(path))
    if _is_useless(reached):
        found.append("The search index was made by another version, or of another catalogue.")
    elif reached.sequence != audit.head().public:
        found.append("The search index does not show the latest changes yet.")
    return found


def _is_useless(reached: index.Position) -> bool:
    """Was the index made in another shape, of another catalogue (a restored one), or with other labels?"""
    if reached.shape != fingerprint():
        return True
    if reached.sequence and audit.hash_at(reached.sequence) != reached.hash:
        return True
    return audit.happened_since(reached.sequence, RENAMING)


def _is_damaged(path: Path) -> bool:
    """Is a file of the index missing, cut or altered? What was looked at once costs no more than its name."""
    fault = next(index.faults(path), None)
    if fault:
        log.warning("The search index is damaged and is built anew: %s", fault)
    return fault is not None


def _position() -> index.Position:
    head = audit.head()
    return index.Position(head.public, head.public_hash, fingerprint())


def _edition() -> int:
    """The edition of the framework that is in force; 0 where none was loaded yet."""
    editions = framework.editions()
    return editions[-1].number if editions else 0


def _build(reaching: index.Position, progress: Progress) -> None:
    path = index.next_generation()
    writer = index.unwatched(tantivy.Index(schema(), str(path))).writer(HEAP, 1)
    edition = _edition()
    of = catalogue.count()
    done = 0
    for entry in catalogue.changed_since(0):
        if entry.published:
            writer.add_document(index_document(entry))
            done += 1
            progress(done, of)
    writer.commit()
    writer.wait_merging_threads()
    index.follow(path, replace(reaching, edition=edition))
    index.put_in_force(path)
    readers.damaged.clear()


def _follow(path: Path, reached: index.Position, reaching: index.Position, progress: Progress) -> None:
    writer = index.opened(path).writer(HEAP, 1)
    for done, entry in enumerate(catalogue.changed_since(reached.sequence), start=1):
        writer.delete_documents_by_term("id", entry.id)
        if entry.published:
            writer.add_document(index_document(entry))
        progress(done, done)
    writer.commit()
    writer.wait_merging_threads()
    index.follow(path, replace(reaching, edition=reached.edition))


class Keeper(threading.Thread):
    """A thread of each web process: whichever holds the lock brings the index up to date, twice a second."""

    def __init__(self) -> None:
        super().__init__(name="index-keeper", daemon=True)
        self._stop = threading.Event()
        self._failures = 0

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        while not self._stop.wait(EVERY * min(2**self._failures, 60)):
            try:
                self._look()
                self._failures = 0
            except Exception as error:
                # The disk may be full or the database away; what answers goes on answering, and we try again.
                self._failures += 1
                log.warning("The search index could not be brought up to date: %s", error)
                connection.close()
        connections.close_all()

    def _look(self) -> None:
        if readers.damaged.is_set():
            log.warning("The search index is damaged; building it anew.")
            rebuild()
            readers.forget()
        else:
            catch_up()
