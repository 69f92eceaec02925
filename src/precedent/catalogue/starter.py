"""The starter catalogue that ships with the package: real practices, compiled from public sources."""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable

from precedent.audit import queries as audit
from precedent.audit.remembering import one_revision
from precedent.catalogue import actions, bulk
from precedent.catalogue.importing import Progress, take_in, unwatched
from precedent.catalogue.records import Provenance
from precedent.framework import actions as framework
from precedent.framework.files import first_edition, first_vocabularies
from precedent.kernel.acting import Actor
from precedent.people.actors import STARTER
from precedent.places import actions as places
from precedent.places.files import shipped_files as files_of_places
from precedent.places.files import shipped_places

FILES = ("area-a.jsonl", "area-b.jsonl", "area-c.jsonl")
REASON = "Compiled from public sources for the starter catalogue, November 2026."


def shipped_files() -> list[Traversable]:
    """The files of the starter catalogue, in their order."""
    return [files("precedent.catalogue") / "data" / name for name in FILES]


def fingerprint() -> str:
    """What identifies the starter catalogue of this version of the package, with the facts on countries."""
    told = [*shipped_files(), *files_of_places()]
    return hashlib.sha256(b"".join(file.read_bytes() for file in told)).hexdigest()


def loaded() -> bool:
    """Was the starter catalogue of this version taken in whole? One database query."""
    return any(event.detail.get("fingerprint") == fingerprint() for event in audit.trail(actions.STARTER))


def load(progress: Progress = unwatched, by: Actor = STARTER) -> list[bulk.Row]:
    """Take in the framework, the vocabularies, the countries and the starter entries that are not there yet.

    Each entry is a transaction of its own, so a load that was cut off goes on where it stopped. Returns the rows
    that break a rule; they are not taken in.
    """
    if loaded():
        return []
    framework.load_edition(first_edition(), by=by)
    framework.load_vocabularies(first_vocabularies(), by=by)
    places.load_places(shipped_places(), by=by)
    # The codes are read once for all entries; publishing one does not change them.
    with one_revision():
        rows = [row for file in shipped_files() for row in bulk.read(file)]
        take_in(rows, REASON, Provenance.COMPILED, progress, by=by)
    refused = [row for row in rows if row.findings]
    if not refused:
        actions.starter_loaded(fingerprint(), len(rows), by=by)
    return refused
