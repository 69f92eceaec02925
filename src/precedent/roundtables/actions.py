"""The only place where marks change."""

from datetime import UTC, datetime

from precedent.audit.actions import hold, record
from precedent.audit.verbs import Verb
from precedent.catalogue import queries as catalogue
from precedent.framework import queries as framework
from precedent.kernel.acting import Actor, action
from precedent.kernel.text import one_line
from precedent.people.permissions import Permission
from precedent.roundtables import queries
from precedent.roundtables.models import MarkRow
from precedent.roundtables.records import LONGEST_REASON, Kind, Mark
from precedent.roundtables.refusals import (
    AlreadyMarked,
    EntryNotPublished,
    NotMarked,
    QuestionNotAsked,
    ReasonInvalid,
)


@action(Permission.HAND_OVER)
def mark_question(roundtable: str, question: str, reason: str, *, by: Actor) -> None:
    """Mark a question of the edition in force for a related roundtable.

    Raises NoSuchRoundtable, QuestionNotAsked, ReasonInvalid, AlreadyMarked.
    """
    queries.roundtable(roundtable)
    if question not in framework.current_edition().questions:
        raise QuestionNotAsked(code=question[:20])
    _mark(roundtable, Kind.QUESTION, question, reason, by)


@action(Permission.HAND_OVER)
def mark_entry(roundtable: str, id: str, reason: str, *, by: Actor) -> None:
    """Mark a published entry for a related roundtable.

    Raises NoSuchRoundtable, NoSuchEntry, EntryNotPublished, ReasonInvalid, AlreadyMarked.
    """
    queries.roundtable(roundtable)
    entry = catalogue.any_entry(id)
    if not entry.published:
        raise EntryNotPublished(id=entry.id)
    _mark(roundtable, Kind.ENTRY, entry.id, reason, by)


@action(Permission.HAND_OVER)
def unmark(roundtable: str, kind: str, what: str, reason: str, *, by: Actor) -> None:
    """Take a mark away, whether or not what it marked is still asked or published.

    Raises ReasonInvalid, NotMarked.
    """
    reason = _reason(reason)
    hold()
    found = [mark for mark in _marks_for(roundtable) if (mark.kind, mark.what) == (kind, what)]
    if not found:
        raise NotMarked(what=what[:20], roundtable=roundtable[:20])
    MarkRow.objects.filter(roundtable=roundtable, kind=kind, what=what).delete()
    record(Verb.ROUNDTABLE_UNMARKED, _subject(Kind(kind), what), by=by, reason=reason, roundtable=roundtable)


def _mark(roundtable: str, kind: Kind, what: str, reason: str, by: Actor) -> None:
    reason = _reason(reason)
    # Two editors may mark at once.
    hold()
    # A question may be marked by a code that it had before.
    if any((mark.kind is kind and mark.what == what) or what in mark.questions for mark in _marks_for(roundtable)):
        raise AlreadyMarked(what=what, roundtable=roundtable)
    MarkRow.objects.create(
        roundtable=roundtable, kind=kind.value, what=what, reason=reason, by=by.id, at=datetime.now(UTC)
    )
    record(Verb.ROUNDTABLE_MARKED, _subject(kind, what), by=by, reason=reason, roundtable=roundtable)


def _marks_for(roundtable: str) -> list[Mark]:
    """The marks as they stand now, whatever this page was made of."""
    return [mark for mark in queries.standing_marks() if mark.roundtable == roundtable]


def _reason(text: str) -> str:
    reason = one_line(text)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonInvalid(longest=LONGEST_REASON)
    return reason


def _subject(kind: Kind, what: str) -> str:
    """What is marked, as the trail calls it: an entry by its identifier, a question as `question:A05`."""
    return what if kind is Kind.ENTRY else f"{kind.value}:{what}"
