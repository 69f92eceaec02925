import importlib
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django import conf
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from precedent.notices.kinds import Kind
from precedent.notices.mailman import Mailman, deliver_due
from precedent.people.actors import PRODUCT
from tests.notices.telling import backend, someone, tell

# What is written here is committed, so that other threads see it, and cleared away afterwards; the rest of the
# database stays as it is.
pytestmark = pytest.mark.django_db(transaction=True, available_apps=["precedent.notices"])

# While no other app is available, the pages could not be imported; mails lead to them.
importlib.import_module(conf.settings.ROOT_URLCONF)


class Meeting(EmailBackend):
    """Whoever sends their first mail waits until the other one sends theirs: both are at work at the same time."""

    both: ClassVar[threading.Barrier]
    met: ClassVar[set[int]]

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if threading.get_ident() not in self.met:
            self.met.add(threading.get_ident())
            self.both.wait(20)
        return super().send_messages(messages)


PEOPLE = 30


def test_two_who_send_at_once_send_each_mail_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = backend(Meeting)
    Meeting.both, Meeting.met = threading.Barrier(2), set()
    for number in range(PEOPLE):
        tell(someone(number))
        tell(someone(number), Kind.SENT)
    counts: list[int] = []

    def run() -> None:
        counts.append(deliver_due(by=PRODUCT))
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == PEOPLE and len(Meeting.met) == 2 and min(counts) > 0
    assert Counter(message.to[0] for message in mail.outbox) == {
        f"person-{number}@example.org": 1 for number in range(PEOPLE)
    }


def test_the_mailman_sends_what_comes_and_ends_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("precedent.notices.mailman.EVERY", 0.01)
    mailman = Mailman(PRODUCT)
    mailman.start()
    tell(someone())
    until = datetime.now(UTC) + timedelta(seconds=10)
    while not mail.outbox and datetime.now(UTC) < until:
        time.sleep(0.01)
    mailman.stop()
    mailman.join(10)
    assert not mailman.is_alive()
    assert len(mail.outbox) == 1
