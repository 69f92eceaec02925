"""Reading submissions. Whoever asks is named (`by`), and gets what they may see."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import identifier as entry_identifier
from precedent.kernel.acting import Actor
from precedent.people.permissions import Permission
from precedent.submissions.models import CheckRow, CommentRow, FileRow, SubmissionRow, VersionRow
from precedent.submissions.moves import may_see
from precedent.submissions.records import (
    WAITING,
    Comment,
    SentFile,
    State,
    Submission,
    Version,
    identifier,
    number_of,
)
from precedent.submissions.refusals import NoSuchSubmission

PAGE = 50
"""Submissions a page of a list."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its submissions, how many there are in all, and whether another page follows."""

    items: list[Submission]
    count: int
    page: int

    @property
    def more(self) -> bool:
        return self.page * PAGE < self.count


def _current() -> "QuerySet[VersionRow]":
    return VersionRow.objects.filter(number=F("submission__current")).select_related("submission")


def any_submission(number: int) -> Submission:
    """A submission, for rooms that have judged who may see it. One database query. Raises NoSuchSubmission."""
    row = _current().filter(submission__number=number).first()
    if row is None:
        raise NoSuchSubmission(id=identifier(number))
    return row.submission.record(row)


def submission(id: str, *, by: Actor) -> Submission:
    """A submission that `by` may see. One database query. Raises NoSuchSubmission, also where it is another's."""
    number = number_of(id)
    if number is None:
        raise NoSuchSubmission(id=id[:40])
    found = any_submission(number)
    if not may_see(by, found):
        raise NoSuchSubmission(id=found.id)
    return found


def mine(by: Actor, page: int = 1) -> Page:
    """What somebody has begun or sent, last touched first. Two database queries."""
    return _page(SubmissionRow.objects.filter(owner=by.id).order_by("-moved", "-pk"), page)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reviewer asks of the queue: mine alone, an issue area, a country, a state. Empty: all that waits."""

    mine: bool = False
    area: str = ""
    country: str = ""
    state: State | None = None


def queue(desk: Desk, *, by: Actor, page: int = 1) -> Page:
    """What waits for reviewers, the oldest first; nobody's drafts. Two database queries."""
    if not by.may(Permission.REVIEW):
        return Page([], 0, 1)
    rows = SubmissionRow.objects.exclude(state=State.DRAFT).exclude(sent=None)
    rows = rows.filter(state=desk.state) if desk.state else rows.filter(state__in=WAITING)
    if desk.mine:
        rows = rows.filter(Q(claimed_by=by.id) | Q(approved_by=by.id))
    if desk.area:
        rows = rows.filter(areas__contains=f" {desk.area} ")
    if desk.country:
        rows = rows.filter(countries__contains=f" {desk.country} ")
    return _page(rows.order_by("moved", "pk"), page)


def waiting(*, by: Actor) -> int:
    """How many examples nobody has taken yet. One database query."""
    if not by.may(Permission.REVIEW):
        return 0
    return SubmissionRow.objects.filter(state=State.SUBMITTED).count()


def _page(rows: "QuerySet[SubmissionRow]", page: int) -> Page:
    page = max(page, 1)
    found = list(rows[(page - 1) * PAGE : page * PAGE])
    versions = {row.submission_id: row for row in _current().filter(submission__in=found)}
    return Page([row.record(versions[row.pk]) for row in found], rows.count(), page)


def about(entry: str, *, by: Actor) -> list[Submission]:
    """The submissions that led to an entry or would change it, which `by` may see; newest first."""
    rows = _current().filter(submission__entry=_entry_number(entry)).order_by("-submission__moved")
    return [found for row in rows if may_see(by, found := row.submission.record(row))]


def _entry_number(entry: str) -> int:
    return int(entry.removeprefix("PPD-"))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a call has brought: how many examples were sent for it, and the entries that some of them became."""

    received: int = 0
    entries: tuple[str, ...] = ()

    @property
    def published(self) -> int:
        return len(self.entries)


def brought(calls: Iterable[int]) -> dict[int, Brought]:
    """What each of these calls has brought. An entry that was merged is the one it was merged into.

    At most three database queries.
    """
    numbers = list(calls)
    sent = SubmissionRow.objects.filter(call__in=numbers).exclude(sent=None).order_by("entry", "pk")
    rows = list(sent.values_list("call", "state", "entry"))
    became = catalogue.standing_for(entry for _call, state, entry in rows if state == State.PUBLISHED and entry)
    found = {}
    for number in numbers:
        mine = [(state, entry) for call, state, entry in rows if call == number]
        entries = [became[entry] for state, entry in mine if state == State.PUBLISHED and entry in became]
        found[number] = Brought(len(mine), tuple(entry_identifier(entry) for entry in dict.fromkeys(entries)))
    return found


def versions(submission: Submission) -> list[Version]:
    """Every saved state, newest first. One database query."""
    rows = VersionRow.objects.filter(submission__number=submission.number).order_by("-number")
    return [row.record() for row in rows]


def version(submission: Submission, number: int) -> Version:
    """A saved state. One database query. Raises NoSuchSubmission."""
    row = VersionRow.objects.filter(submission__number=submission.number, number=number).first()
    if row is None:
        raise NoSuchSubmission(id=f"{submission.id}, {number}")
    return row.record()


def comments(submission: Submission) -> list[Comment]:
    """Every comment, oldest first. One database query."""
    rows = CommentRow.objects.filter(submission__number=submission.number).order_by("pk")
    return [row.record() for row in rows]


def checked(submission: Submission) -> dict[str, str]:
    """The checks that were made on the text as it stands, each with who made it. One database query."""
    rows = CheckRow.objects.filter(submission__number=submission.number, version=submission.version.number)
    return dict(rows.values_list("code", "by"))


def files(submission: Submission) -> list[SentFile]:
    """The files that were sent along, oldest first. One database query."""
    rows = FileRow.objects.filter(submission__number=submission.number).order_by("pk")
    return [row.record() for row in rows]


def known_files() -> Iterator[tuple[str, str]]:
    """Fingerprint and kind of every file that should lie in the data folder."""
    yield from FileRow.objects.values_list("sha256", "kind").distinct().iterator()


def due(now: datetime) -> Sequence[Submission]:
    """The submissions whose time for publication has come. One database query."""
    rows = _current().filter(submission__state=State.SCHEDULED, submission__publish_at__lte=now)
    return [row.submission.record(row) for row in rows.order_by("submission__publish_at")]


def faults() -> Iterator[str]:
    """Each place where the submissions are not whole, as a sentence. Nothing, where they are."""
    for row in VersionRow.objects.select_related("submission").iterator():
        if hashlib.sha256(row.draft.encode()).hexdigest() != row.sha256:
            where = f"{identifier(row.submission.number)}, version {row.number}"
            yield f"{where}: the text does not match its fingerprint."
    pointed = set(_current().values_list("submission__number", flat=True))
    for number in SubmissionRow.objects.exclude(number__in=pointed).values_list("number", flat=True):
        yield f"{identifier(number)}: its current version is missing."
