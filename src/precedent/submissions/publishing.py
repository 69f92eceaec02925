"""From a submission to a revision of an entry. Part of the move `publish`, in its transaction."""

from django.utils.translation import gettext as _

from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries as entries
from precedent.catalogue.actions import Origin
from precedent.catalogue.records import Entry, identifier
from precedent.kernel.acting import Actor
from precedent.submissions import needs
from precedent.submissions.moves import Move
from precedent.submissions.records import Submission
from precedent.submissions.refusals import EntryMovedOn


def publish(submission: Submission, reason: str, verified: bool, by: Actor) -> Entry:
    """Publish it as a new entry, or as the next revision of the one it changes. Raises EntryMovedOn."""
    document = needs.must_be_publishable(submission)
    if submission.entry is None:
        origin = Origin(owner=submission.owner, verified=verified)
        return catalogue.publish(document, reason or _("Contributed and reviewed."), origin, by=by)
    entry = entries.entry(submission.entry)
    if submission.base is not None and entry.revision.number != submission.base:
        raise EntryMovedOn(id=entry.id, base=submission.base, now=entry.revision.number)
    return catalogue.revise(entry, document, reason or _("Changed and reviewed."), by=by)


def published(move: Move, effects: dict[str, object]) -> dict[str, object]:
    """What the trail keeps of a publication, besides the move."""
    number = effects.get("entry")
    return {"entry": identifier(number)} if move.publishable and isinstance(number, int) else {}
