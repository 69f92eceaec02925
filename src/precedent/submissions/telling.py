"""Who is told what of a submission. Each is written in the transaction of what happened."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from precedent.audit import queries as audit
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.catalogue import queries as catalogue
from precedent.forms.draft import place_label
from precedent.kernel.acting import Actor
from precedent.notices import actions as notices
from precedent.notices.kinds import Kind
from precedent.people import queries as people
from precedent.people.permissions import Permission
from precedent.people.records import Person, Standing
from precedent.submissions.moves import BY_NAME, Audience, Move
from precedent.submissions.records import Submission

TITLE = 120
"""Characters of a title in a notice."""


def tell_of_move(move: Move, before: Submission, after: Submission, by: Actor) -> None:
    for audience, kind in move.tells:
        _tell(_people(audience, before, after), kind, after, by)
    if move.name == "send" and after.is_change and after.entry:
        owner = catalogue.any_entry(after.entry).owner
        _tell(_active([owner]), Kind.CHANGE_PROPOSED, after, by)


def tell_of_comment(submission: Submission, field: str, by: Actor) -> None:
    """The other side learns of it: the contributor of a reviewer's comment, the reviewer of the contributor's."""
    named = place_label(field, submission.draft) if field else str(_("the whole"))
    if by.id == submission.owner:
        _tell(_people(Audience.CLAIMER, submission, submission), Kind.ANSWERED, submission, by, field=named)
    else:
        _tell(_active([submission.owner]), Kind.COMMENTED, submission, by, field=named)


def tell_of_edit(submission: Submission, by: Actor) -> None:
    _tell(_active([submission.owner]), Kind.EDITED, submission, by)


def _people(audience: Audience, before: Submission, after: Submission) -> list[Person]:
    match audience:
        case Audience.OWNER:
            return _active([after.owner])
        case Audience.CLAIMER:
            # Whoever held it before the move; where nobody did, everybody who may take it; nobody, if never sent.
            if before.sent is None:
                return []
            return _active([before.claimed_by]) if before.claimed_by else _reviewers(after)
        case Audience.REVIEWERS:
            return [person for person in _reviewers(after) if person.id != after.claimed_by]


def _active(ids: list[str]) -> list[Person]:
    """Those of these who have an account."""
    return [person for person in people.persons_by_id(ids).values() if person.standing is Standing.ACTIVE]


def _reviewers(submission: Submission) -> list[Person]:
    """Those who review one of its areas; nobody their own example."""
    areas = set(submission.areas)
    return [
        person
        for person in people.with_permission(Permission.REVIEW)
        if person.id != submission.owner and (not areas or not person.areas or areas & set(person.areas))
    ]


def _tell(to: Iterable[Person], kind: Kind, submission: Submission, by: Actor, **facts: object) -> None:
    told = {
        "title": submission.title[:TITLE] or submission.id,
        "entry": submission.entry or "",
        "reason": submission.reason,
        "when": submission.publish_at,
        **facts,
    }
    for person in to:
        if person.id != by.id:
            notices.tell(person.recipient, kind, submission.id, by=by, **told)


def since(seen: Submission) -> str:
    """What happened to a submission after it was seen, in words: the last of it."""
    events = [event for event in audit.trail(seen.id) if event.verb in HAPPENINGS]
    return _said(events[-1]) if events else ""


HAPPENINGS = frozenset({Verb.SUBMISSION_MOVED.code, Verb.SUBMISSION_SAVED.code})


def _said(event: Event) -> str:
    done = (
        BY_NAME[event.detail["move"]].done
        if event.verb == Verb.SUBMISSION_MOVED.code
        else _("The text was changed")
    )
    return _("{what} at {time} UTC").format(what=done, time=f"{event.at:%H:%M}")
