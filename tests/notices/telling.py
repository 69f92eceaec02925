"""What these tests have in common: somebody to tell, a change that tells them, and mail servers that misbehave."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from precedent.kernel.acting import acting
from precedent.notices import actions
from precedent.notices.kinds import MOMENTS, Kind
from precedent.notices.records import Mail, Notice, Recipient
from precedent.people.actors import PRODUCT

WHEN = datetime(2026, 11, 3, 14, 5, tzinfo=UTC)


def someone(number: int = 17, mail: Mail = Mail.AT_ONCE, language: str = "en") -> Recipient:
    return Recipient(f"person:{number}", f"person-{number}@example.org", language, mail)


@contextmanager
def a_change() -> Iterator[None]:
    """As an action makes it: in one transaction."""
    before = acting.set(True)
    try:
        with transaction.atomic():
            yield
    finally:
        acting.reset(before)


def facts(kind: Kind, **known: object) -> dict[str, object]:
    """Something for each fact that a kind needs."""
    made = {name: WHEN if name in MOMENTS else f"the {name}" for name in kind.facts}
    named = {
        "entry": "PPD-000001",
        "into": "PPD-000002",
        "token": "t0k3n",
        "call": "7",
        "title": "Help line",
        **known,
    }
    return made | {name: value for name, value in named.items() if name in kind.facts}


def tell(to: Recipient, kind: Kind = Kind.ASKED, subject: str = "SUB-000012", **known: object) -> Notice:
    with a_change():
        return actions.tell(to, kind, subject, by=PRODUCT, **facts(kind, **known))


class Killed(BaseException):
    """The process ends here: nothing catches it."""


class KilledAfterSending(EmailBackend):
    """The mail is out; the process does not live to note it."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        super().send_messages(messages)
        raise Killed


class Away(EmailBackend):
    """A server that cannot be reached, for some recipients."""

    unreachable: ClassVar[set[str]] = set()

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        if any(self.unreachable & set(message.to) for message in messages):
            raise ConnectionRefusedError("Connection refused")
        return super().send_messages(messages)


def backend(kind: type[EmailBackend]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
