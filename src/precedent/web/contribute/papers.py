"""Files that are sent along: what a page says about them, and how one is taken in."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from precedent.catalogue.about import Step
from precedent.catalogue.attachments import kinds, store
from precedent.catalogue.attachments.cleaning import take
from precedent.catalogue.attachments.refusals import FileTooLarge
from precedent.kernel.acting import Actor
from precedent.submissions import actions, moves, queries
from precedent.submissions.records import SentFile, Submission
from precedent.submissions.refusals import MoveNotYours

if TYPE_CHECKING:
    from precedent.web.contribute.word import File

STEP = Step.SOURCES
"""Where the form asks for files."""
DETACH = "detach-"
"""What the button that takes a file away says, before the file's fingerprint."""


def attach(seen: Submission, file: "File", by: Actor) -> None:
    """Take a file in and send it along. Raises what `take` and `actions.add_file` do."""
    if not moves.may_edit(by, seen):
        # It is asked again when the row is written; but nothing is opened or kept for who may not.
        raise MoveNotYours(move=str(moves.SAVING))
    name = file.name or ""
    if (file.size or 0) > kinds.LARGEST:
        raise FileTooLarge(name=name[:120], limit=kinds.LARGEST // 1024 // 1024)
    cleaned = take(name, file.read())
    store.put(cleaned)
    kept = SentFile(cleaned.sha256, cleaned.name, cleaned.kind, cleaned.size, datetime.now(UTC))
    actions.add_file(seen.id, kept, by=by)


def about(seen: Submission, by: Actor) -> dict[str, object]:
    """What a page says about the files of an example."""
    return {
        "files": queries.files(seen),
        "may_attach": moves.may_edit(by, seen),
        "accept": kinds.ACCEPT,
        "most": actions.MOST_FILES,
        "megabytes": kinds.LARGEST // 1024 // 1024,
    }
