"""Is everything whole? One table of checks; the command, and whoever else asks, reads the same."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import sleep

from django.conf import settings
from django.db import connection

from precedent.audit import queries as audit
from precedent.audit.remembering import one_revision
from precedent.audit.verbs import Verb
from precedent.catalogue import queries as catalogue
from precedent.catalogue import rules
from precedent.catalogue.attachments import store
from precedent.catalogue.records import Entry, identifier
from precedent.keeping import database, folder
from precedent.keeping.explaining import explained
from precedent.kernel.refusals import Refusal
from precedent.notices import queries as notices
from precedent.search import keeper
from precedent.submissions import queries as submissions

ROOM = 50
"""Megabytes that should be free, so that an evening's work still fits."""
LOOKS = 5
"""How often a faulty index is looked at again where a service runs, which may be writing it just then."""
AT_ONCE = 200
"""Entries read at a time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and what to do about it."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Check:
    """`whole` is said where nothing is wrong; `needs_database` where it makes no sense without a sound one."""

    name: str
    whole: str
    find: Callable[[], Iterator[Problem]]
    needs_database: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    check: Check
    problems: tuple[Problem, ...]
    skipped: bool = False


def run() -> Iterator[Outcome]:
    """The outcome of each check, as soon as it is known. Changes nothing."""
    sound = True
    for check in CHECKS:
        if check.needs_database and not sound:
            yield Outcome(check, (), skipped=True)
            continue
        problems = tuple(_found(check))
        sound = sound and not (check.name in FOUNDATIONS and problems)
        yield Outcome(check, problems)


def _found(check: Check) -> Iterator[Problem]:
    try:
        yield from check.find()
    except Exception as error:
        refusal = explained(error)
        if refusal is None:
            raise
        yield Problem(str(refusal), refusal.advice)


def _settings() -> Iterator[Problem]:
    if not settings.ENVIRONMENT.allowed_hosts:
        yield Problem(
            "PRECEDENT_HOSTS is empty: every request would be refused.", "Name the site's own address in it."
        )
    if len(settings.SECRET_KEY) < 32:
        yield Problem(
            "The secret key is shorter than 32 characters.",
            f"Remove PRECEDENT_SECRET_KEY, or {folder.secret_file()}, and run: precedent up.",
        )


def _folder() -> Iterator[Problem]:
    path = folder.folder()
    if not path.is_dir():
        yield Problem(f"There is no data folder {path}.", "Make it with: precedent up.")
        return
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        yield Problem(f"This account may not write to {path}.", "Run as the account the folder belongs to.")
    for file in sorted(path.iterdir()):
        if file.is_file() and not os.access(file, os.R_OK | os.W_OK):
            yield Problem(
                f"This account may not read and write {file}.", "Give it back to the account that serves."
            )
    if (free := folder.free_megabytes(path)) < ROOM:
        yield Problem(f"Only {free} MB are free for {path}.", "Make room on that disk, or move the folder.")


def _secret() -> Iterator[Problem]:
    path = folder.secret_file()
    if settings.ENVIRONMENT.secret_key.get_secret_value():
        return
    if not path.is_file() or not path.read_text().strip():
        yield Problem(f"There is no secret key in {path}.", "Make it with: precedent up.")
    elif not folder.is_private(path):
        yield Problem(f"Others may read the secret key in {path}.", f"Close it with: chmod 600 {path}.")


def _database() -> Iterator[Problem]:
    if not database.exists():
        yield Problem(f"There is no database in {folder.folder()}.", "Make it with: precedent up.")
        return
    for fault in database.faults():
        yield Problem(fault, "Restore your latest backup: precedent restore FILE.")


def _migrations() -> Iterator[Problem]:
    try:
        database.must_be_ready()
    except Refusal as refusal:
        yield Problem(str(refusal), refusal.advice)


def _chain() -> Iterator[Problem]:
    for break_ in audit.breaks():
        yield Problem(break_, "Restore a backup from before the change, and find out who can write to the file.")


def _catalogue() -> Iterator[Problem]:
    for fault in catalogue.faults():
        yield Problem(fault, "Restore your latest backup: precedent restore FILE.")


UNREADABLE = (ValueError, KeyError, TypeError)
"""What reading a stored document raises where it is none."""


def _entries() -> Iterator[Entry | Problem]:
    """Every entry, withdrawn ones too; a problem in place of one that cannot be read. Numbers have no gaps."""
    start = 1
    while True:
        numbers = range(start, start + AT_ONCE)
        try:
            found: list[Entry | Problem] = list(catalogue.entries(numbers).values())
        except UNREADABLE:
            found = [part for number in numbers for part in _one(number)]
        if not found:
            return
        yield from found
        start += AT_ONCE


def _one(number: int) -> list[Entry | Problem]:
    try:
        return list(catalogue.entries([number]).values())
    except UNREADABLE as error:
        return [_unreadable(identifier(number), error)]


def _unreadable(of: str, error: Exception) -> Problem:
    first = str(error).splitlines()[0]
    return Problem(
        f"{of}: a stored text cannot be read ({first}).", "Restore your latest backup: precedent restore FILE."
    )


def _links() -> Iterator[Problem]:
    """Codes are known, parts fit one another, and each revision is the one the audit chain tells of."""
    with one_revision():
        for entry in _entries():
            if isinstance(entry, Problem):
                yield entry
                continue
            for finding in rules.findings(entry.document):
                yield Problem(f"{entry.id}, {finding.field}: {finding.message}.", finding.hint)
            try:
                yield from _untold(entry)
            except UNREADABLE as error:
                yield _unreadable(entry.id, error)


def _untold(entry: Entry) -> Iterator[Problem]:
    told = {
        event.detail["revision"]: event.detail.get("sha256")
        for event in audit.trail(entry.id)
        if event.verb in (Verb.ENTRY_PUBLISHED.code, Verb.ENTRY_REVISED.code) and "revision" in event.detail
    }
    for revision in catalogue.revisions(entry):
        if told.get(revision.number) != revision.sha256:
            yield Problem(
                f"{entry.id}, revision {revision.number}: the audit chain does not tell of this text.",
                "Restore a backup from before the change, and find out who can write to the file.",
            )


def _submissions() -> Iterator[Problem]:
    for fault in submissions.faults():
        yield Problem(fault, "Restore your latest backup: precedent restore FILE.")


def _mail() -> Iterator[Problem]:
    for fault in notices.faults():
        yield Problem(fault, "Look at PRECEDENT_MAIL_URL, and at the mail server's own log.")


def _files() -> Iterator[Problem]:
    """Each attached file is there, and its bytes are those it is named after."""
    for fault in store.faults(sha256 for sha256, _ in submissions.known_files()):
        yield Problem(fault, "Restore your latest backup, or ask those who attached it to do so again.")


def _index() -> Iterator[Problem]:
    found = keeper.faults()
    looks = LOOKS if found and folder.is_served() else 0
    while found and looks:
        sleep(0.5)
        found, looks = keeper.faults(), looks - 1
    for fault in found:
        yield Problem(
            fault, "Bring it up to date with: precedent index. The catalogue itself is not touched by this."
        )


CHECKS = (
    Check("settings", "sane", _settings, needs_database=False),
    Check("data folder", "there, writable, with room", _folder, needs_database=False),
    Check("secret key", "there, for its owner alone", _secret, needs_database=False),
    Check("database", "whole", _database, needs_database=False),
    Check("migrations", "in step with this version", _migrations),
    Check("audit chain", "unbroken", _chain),
    Check("catalogue", "every revision matches its fingerprint", _catalogue),
    Check("links", "every code is known, every part fits, every revision is told of", _links),
    Check("submissions", "every version matches its fingerprint", _submissions),
    Check("mail", "goes out", _mail),
    Check("attached files", "each is there, as it was taken in", _files),
    Check("search index", "whole and up to date", _index),
)
FOUNDATIONS = ("database", "migrations")
"""Where one of these is wrong, the checks after it would only repeat that."""


def facts() -> dict[str, object]:
    """What identifies the state of the catalogue."""
    head = audit.head()
    return {
        "entries": catalogue.count(),
        "content_hash": catalogue.content_hash(),
        "audit": {"sequence": head.sequence, "hash": head.hash},
        "database": connection.vendor,
    }
