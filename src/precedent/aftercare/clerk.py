"""What is done when its time has come: publications that were arranged, and asking owners once a year.

Nothing waits in a list of its own; the rows say what is due, so a process that was killed loses nothing.
"""

import logging
import threading
from datetime import UTC, datetime

from django.db import connections
from django.utils import translation

from precedent.aftercare import reminding
from precedent.kernel.languages import FALLBACK
from precedent.kernel.refusals import Refusal
from precedent.people.actors import PRODUCT
from precedent.submissions import actions, queries
from precedent.submissions.records import Submission

log = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two looks at what is due."""


def publish_due(now: datetime) -> int:
    """Publish what was arranged for a time that has come. How many were published."""
    return sum(_published(submission) for submission in queries.due(now))


def _published(due: Submission) -> bool:
    """Publish, or give it back to its reviewer with the reason; whoever was first has done it."""
    with translation.override(FALLBACK):
        try:
            actions.move(due, "publish-due", by=PRODUCT)
        except Refusal as refused:
            return _given_back(due, refused)
    return True


def _given_back(due: Submission, why: Refusal) -> bool:
    try:
        actions.move(due, "unschedule", f"{why} {why.advice}", by=PRODUCT)
    except Refusal:
        log.info("%s was moved by somebody else meanwhile.", due.id)
    return False


class Clerk(threading.Thread):
    """A thread of each web process that does what is due; compare-and-set keeps several apart."""

    def __init__(self) -> None:
        super().__init__(name="clerk", daemon=True)
        self._stop = threading.Event()

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                now = datetime.now(UTC)
                publish_due(now)
                reminding.ask_owners(now.date())
            except Exception:
                log.exception("What is due could not be done; it is tried again.")
                connections.close_all()
        connections.close_all()
