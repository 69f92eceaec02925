"""Sending what is due: claim, send, note it. Nothing is sent inside a transaction.

What is due stands in a table, so it is there after a kill. Between the sending and the noting a kill costs a
second copy of the same mail, never a mail that is lost; and nothing is due that did not happen, since a notice
commits with what it tells of. Any number of processes may do this at once.
"""

import logging
import threading

from django.db import connection, connections

from precedent.kernel.acting import Actor
from precedent.notices import actions, letters, queries
from precedent.notices.records import Letter

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two looks at what is due."""
AT_A_TIME = 100
"""Notices looked at before the clock is asked again."""
MAILS = 2
"""Mails to one recipient at a look: one that was begun before, and one with what is new."""


def deliver_due(*, by: Actor) -> int:
    """Send what is due: to each recipient one mail, and one that was begun before. How many were sent."""
    sent = 0
    for recipient in queries.due(AT_A_TIME):
        for _mail in range(MAILS):
            letter = actions.claim(recipient, by=by)
            sent += letter is not None and _deliver(letter, by)
    return sent


def _deliver(letter: Letter, by: Actor) -> bool:
    try:
        letters.message(letter).send()
    except Exception as error:
        # Whatever is wrong with this mail or with the server: the others are sent, and this one is tried again.
        log.warning(
            "The mail %s to %s could not be sent (attempt %d): %s",
            letter.key,
            letter.recipient,
            letter.attempts + 1,
            error,
        )
        actions.failed(letter, by=by)
        return False
    actions.sent(letter, by=by)
    return True


class Mailman(threading.Thread):
    """A thread of each web process: it looks each second for what is due. Leases keep several of them apart."""

    def __init__(self, by: Actor) -> None:
        super().__init__(name="mailman", daemon=True)
        self._by = by
        self._ended = threading.Event()
        self._failures = 0

    def stop(self) -> None:
        self._ended.set()

    def run(self) -> None:
        while not self._ended.wait(EVERY * min(2**self._failures, 60)):
            try:
                deliver_due(by=self._by)
                self._failures = 0
            except Exception as error:
                # The disk may be full or the database away: what is due stays due.
                self._failures += 1
                log.warning("Mail could not be looked after: %s", error)
                connection.close()
        connections.close_all()
