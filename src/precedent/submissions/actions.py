"""The only place where submissions change."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

from django.db.models import Max

from precedent.audit.actions import hold, record
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.calls import queries as calls
from precedent.calls.records import subject
from precedent.catalogue import queries as catalogue
from precedent.catalogue.placing import document_today
from precedent.catalogue.records import Entry
from precedent.forms import draft as drafts
from precedent.forms.asks import asks
from precedent.forms.draft import Draft
from precedent.kernel.acting import Actor, action
from precedent.kernel.text import canonical, sha256
from precedent.people.permissions import Permission
from precedent.submissions import moves, needs, publishing, queries, telling
from precedent.submissions.checklist import CODES
from precedent.submissions.effects import Making, of_move
from precedent.submissions.merging import Clash, merge
from precedent.submissions.models import CheckRow, CommentRow, FileRow, SubmissionRow, VersionRow
from precedent.submissions.moves import Move
from precedent.submissions.records import SentFile, State, Submission, Way, identifier
from precedent.submissions.refusals import (
    ChangePending,
    CommentEmpty,
    DraftTooLarge,
    FieldsChanged,
    MoveNotOpen,
    MoveNotYours,
    ReasonMissing,
    SubmissionChanged,
    TooManyFiles,
)

LARGEST = 200_000
"""Characters of a draft, all in all: ten times what a full entry has."""
MOST_FILES = 5
LONGEST_COMMENT = 5_000


@action(Permission.CONTRIBUTE)
def start(told: Draft, way: Way = Way.FORM, call: int | None = None, *, by: Actor) -> Submission:
    """Begin an example; it may be empty. `call`: the one that it answers, open or not. Raises NoSuchCall."""
    answered = calls.call(call) if call is not None else None
    return _start(told, way, None, by, answered.number if answered else None)


@action(Permission.CONTRIBUTE)
def propose(seen: Entry, told: Draft | None = None, way: Way = Way.ENTRY, *, by: Actor) -> Submission:
    """Begin a change to an entry as it was `seen`. Raises ChangePending where one of one's own is under way."""
    hold()
    open_states = [state.value for state in State if state not in moves.OVER]
    pending = SubmissionRow.objects.filter(
        owner=by.id, entry=seen.number, state__in=open_states, base__isnull=False
    )
    if found := pending.first():
        raise ChangePending(entry=seen.id, id=identifier(found.number))
    return _start(told or drafts.of(document_today(seen)), way, seen, by)


def _start(told: Draft, way: Way, of: Entry | None, by: Actor, call: int | None = None) -> Submission:
    hold()
    number = (SubmissionRow.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    now = datetime.now(UTC)
    row = SubmissionRow.objects.create(
        number=number,
        owner=by.id,
        entry=of.number if of else None,
        base=of.revision.number if of else None,
        call=call,
        started=now,
        moved=now,
    )
    version = _keep(row, 1, told, way, now, by)
    record(
        Verb.SUBMISSION_STARTED,
        identifier(number),
        by=by,
        version=1,
        sha256=version.sha256,
        way=way.value,
        entry=of.id if of else None,
        call=call,
    )
    return row.record(version)


@action(Permission.CONTRIBUTE)
def save(
    id: str, base: int, told: Draft, fields: Iterable[str] | None = None, way: Way = Way.FORM, *, by: Actor
) -> Submission:
    """Save what was typed into `fields` (all, where none are named) on top of version `base`.

    What others saved meanwhile in other fields is kept. Raises FieldsChanged where both changed the same one, and
    MoveNotYours where the text is not (or no longer) theirs to change.
    """
    hold()
    now = queries.submission(id, by=by)
    if not moves.may_edit(by, now):
        raise MoveNotYours(move=str(moves.SAVING))
    names = tuple(ask.name for ask in asks()) if fields is None else tuple(fields)
    was = now.version if base == now.version.number else queries.version(now, base)
    merged = merge(was.draft, drafts.tidy(told), now.draft, names)
    if merged.clashes:
        raise _clash(now, merged.clashes)
    if merged.draft == now.draft:
        return now
    return _save(now, merged.draft, way, by)


def _clash(now: Submission, clashes: tuple[Clash, ...]) -> FieldsChanged:
    named = ", ".join(drafts.place_label(clash.field, now.draft) for clash in clashes)
    return FieldsChanged(named=named, fields=clashes, now=now)


def _save(now: Submission, draft: Draft, way: Way, by: Actor) -> Submission:
    """Keep another version; whoever holds the submission is bound to see it."""
    row = SubmissionRow.objects.get(number=now.number)
    following = now.version.number + 1
    edited = now.state is State.IN_REVIEW
    version = _keep(row, following, draft, Way.EDIT if edited else way, datetime.now(UTC), by)
    event = record(
        Verb.SUBMISSION_SAVED,
        now.id,
        by=by,
        version=following,
        sha256=version.sha256,
        before=now.version.sha256,
        way=version.way,
    )
    # What was approved was another text.
    _set(now, event, current=following, approved_by="")
    saved = queries.any_submission(now.number)
    if edited:
        telling.tell_of_edit(saved, by)
    return saved


def _keep(row: SubmissionRow, number: int, told: Draft, way: Way, at: datetime, by: Actor) -> VersionRow:
    draft = drafts.tidy(told)
    text = canonical(draft)
    if len(text) > LARGEST:
        raise DraftTooLarge(size=len(text), most=LARGEST)
    SubmissionRow.objects.filter(pk=row.pk).update(**_places(draft))
    row.refresh_from_db()
    return VersionRow.objects.create(
        submission=row, number=number, draft=text, sha256=sha256(text), at=at, by=by.id, way=way.value
    )


def _places(draft: Draft) -> dict[str, str]:
    """What the desk filters by, taken from the text."""
    answers = draft.get("answers", [])
    areas = sorted({code[:1] for code in answers if isinstance(code, str)}) if isinstance(answers, list) else []
    countries = draft.get("countries", [])
    codes = (
        [part.get("code", "") for part in countries if isinstance(part, dict)]
        if isinstance(countries, list)
        else []
    )
    return {"areas": _words(areas)[:20], "countries": _words(str(code) for code in codes)}


def _words(codes: Iterable[str]) -> str:
    joined = " ".join(codes)
    return f" {joined} " if joined else ""


@action(Permission.CONTRIBUTE)
def move(
    seen: Submission,
    name: str,
    reason: str = "",
    at: datetime | None = None,
    *,
    verified: bool = True,
    by: Actor,
) -> Submission:
    """Make a move of the table with a submission as it was `seen`.

    `at` is a time for publication (UTC); `verified` False publishes a new entry as not yet verified.

    Raises SubmissionChanged, MoveNotOpen, MoveNotYours, and what the move needs.
    """
    hold()
    now = queries.any_submission(seen.number)
    wanted = moves.BY_NAME[name]
    if not moves.may_see(by, now) and not wanted.who(by, now):
        queries.submission(now.id, by=by)
    if now.changed != seen.changed:
        raise SubmissionChanged(what=telling.since(seen), now=now)
    _must_be_open(wanted, now, reason, by)
    effects = of_move(wanted, Making(now, by, datetime.now(UTC), reason.strip(), at, verified))
    event = record(
        Verb.SUBMISSION_MOVED,
        now.id,
        by=by,
        reason=reason,
        move=name,
        before=now.state.value,
        after=(wanted.target or now.state).value,
        version=now.version.number,
        sha256=now.version.sha256,
        **publishing.published(wanted, effects),
    )
    _set(now, event, **effects)
    moved = queries.any_submission(now.number)
    if moved.call and moved.sent and now.sent is None:
        record(Verb.CALL_ANSWERED, subject(moved.call), by=by, submission=moved.id)
    telling.tell_of_move(wanted, now, moved, by)
    return moved


def _must_be_open(wanted: Move, now: Submission, reason: str, by: Actor) -> None:
    if now.state not in wanted.sources:
        raise MoveNotOpen(move=str(wanted.label), state=str(moves.state_name(now)))
    if not wanted.who(by, now):
        raise MoveNotYours(move=str(wanted.label))
    if wanted.reason and not reason.strip():
        raise ReasonMissing(move=str(wanted.label))
    if wanted.sendable:
        needs.must_be_sendable(now)
    if wanted.publishable:
        needs.must_be_publishable(now)


def _set(seen: Submission, event: Event, **changes: object) -> None:
    """Compare and set: two people never overwrite one another."""
    row = SubmissionRow.objects.filter(number=seen.number, changed=seen.changed)
    if not row.update(changed=seen.changed + 1, **changes):
        raise SubmissionChanged(what=telling.since(seen), now=queries.any_submission(seen.number))


@action(Permission.CONTRIBUTE)
def comment(id: str, field: str, text: str, thread: int | None = None, *, by: Actor) -> Submission:
    """Remark on a field (empty: on the whole), or answer in a thread. Both sides may, once it was sent."""
    text = text.strip()
    if not text:
        raise CommentEmpty
    hold()
    now = queries.submission(id, by=by)
    _must_take_part(now, by)
    root = CommentRow.objects.filter(pk=thread, submission__number=now.number).first() if thread else None
    kept = CommentRow.objects.create(
        submission=SubmissionRow.objects.get(number=now.number),
        field=root.field if root else field[:200],
        thread=(root.thread or root) if root else None,
        text=text[:LONGEST_COMMENT],
        by=by.id,
        at=datetime.now(UTC),
    )
    record(Verb.SUBMISSION_COMMENTED, now.id, by=by, comment=kept.pk, field=kept.field, sha256=sha256(kept.text))
    telling.tell_of_comment(now, kept.field, by)
    return now


@action(Permission.CONTRIBUTE)
def close_comment(id: str, thread: int, closed: bool = True, *, by: Actor) -> None:
    """Say that a thread is settled, or is not after all."""
    hold()
    now = queries.submission(id, by=by)
    _must_take_part(now, by)
    CommentRow.objects.filter(pk=thread, submission__number=now.number, thread=None).update(closed=closed)
    record(Verb.SUBMISSION_COMMENTED, now.id, by=by, comment=thread, closed=closed)


def _must_take_part(now: Submission, by: Actor) -> None:
    if not (moves.owner(by, now) or moves.reviewer(by, now)) or now.sent is None:
        raise MoveNotYours(move=str(moves.COMMENTING))


@action(Permission.REVIEW)
def check(seen: Submission, codes: Iterable[str], *, by: Actor) -> None:
    """Set which checks the reviewer has made on the text as it was `seen`. Raises SubmissionChanged."""
    hold()
    now = queries.any_submission(seen.number)
    if not moves.claimer(by, now):
        raise MoveNotYours(move=str(moves.CHECKING))
    if now.version.number != seen.version.number:
        raise SubmissionChanged(what=telling.since(seen), now=now)
    made = CODES & set(codes)
    row = SubmissionRow.objects.get(number=now.number)
    CheckRow.objects.filter(submission=row).exclude(code__in=made, version=now.version.number).delete()
    have = set(CheckRow.objects.filter(submission=row).values_list("code", flat=True))
    tick = partial(CheckRow, submission=row, version=now.version.number, by=by.id, at=datetime.now(UTC))
    CheckRow.objects.bulk_create(tick(code=code) for code in sorted(made - have))
    record(Verb.SUBMISSION_CHECKED, now.id, by=by, version=now.version.number, checks=sorted(made))


@action(Permission.CONTRIBUTE)
def take_in_revision(seen: Submission, *, by: Actor) -> tuple[Submission, tuple[Clash, ...]]:
    """Bring a change up to the entry's revision in force. Fields that both changed stay as the change has them."""
    hold()
    now = queries.submission(seen.id, by=by)
    if now.changed != seen.changed:
        raise SubmissionChanged(what=telling.since(seen), now=now)
    if not moves.may_edit(by, now) or now.entry is None or now.base is None:
        raise MoveNotYours(move=str(moves.SAVING))
    entry = catalogue.entry(now.entry)
    was = next(revision for revision in catalogue.revisions(entry) if revision.number == now.base)
    names = [ask.name for ask in asks()]
    merged = merge(drafts.of(was.document), now.draft, drafts.of(entry.document), names)
    saved = _save(now, merged.draft, Way.ENTRY, by) if merged.draft != now.draft else now
    SubmissionRow.objects.filter(number=now.number).update(base=entry.revision.number)
    return queries.any_submission(saved.number), merged.clashes


@action(Permission.CONTRIBUTE)
def add_file(id: str, file: SentFile, *, by: Actor) -> None:
    """Send a file along; its bytes were cleaned and stored before. Raises TooManyFiles."""
    hold()
    now = queries.submission(id, by=by)
    if not moves.may_edit(by, now):
        raise MoveNotYours(move=str(moves.SAVING))
    have = queries.files(now)
    if any(kept.sha256 == file.sha256 for kept in have):
        return
    if len(have) >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    row = SubmissionRow.objects.get(number=now.number)
    FileRow.objects.create(
        submission=row,
        sha256=file.sha256,
        name=file.name,
        kind=file.kind,
        size=file.size,
        by=by.id,
        at=datetime.now(UTC),
    )
    record(Verb.FILE_ADDED, now.id, by=by, sha256=file.sha256, size=file.size, kind=file.kind)


@action(Permission.CONTRIBUTE)
def forget_unsent(owner: str, *, by: Actor) -> int:
    """Delete what somebody wrote and never sent, as part of withdrawing their data. How many examples that were.

    Nobody else ever saw it. The trail keeps the fingerprints, which tell nothing.
    """
    if by.id != owner and not by.may(Permission.KEEP_PEOPLE):
        raise MoveNotYours(move=str(moves.SAVING))
    hold()
    unsent = SubmissionRow.objects.filter(owner=owner, sent=None)
    numbers = list(unsent.values_list("number", flat=True))
    for part in (CommentRow, CheckRow, FileRow, VersionRow):
        part.objects.filter(submission__in=unsent).delete()
    unsent.delete()
    for number in numbers:
        record(Verb.SUBMISSION_FORGOTTEN, identifier(number), by=by)
    return len(numbers)


@action(Permission.CONTRIBUTE)
def remove_file(id: str, fingerprint: str, *, by: Actor) -> None:
    """Take a file away again."""
    hold()
    now = queries.submission(id, by=by)
    if not moves.may_edit(by, now):
        raise MoveNotYours(move=str(moves.SAVING))
    if FileRow.objects.filter(submission__number=now.number, sha256=fingerprint).delete()[0]:
        record(Verb.FILE_REMOVED, now.id, by=by, sha256=fingerprint)
