"""What the room hands out, and what it needs to know of people: no more than where and how to reach them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from precedent.notices.kinds import Kind


class Mail(StrEnum):
    """When notices are sent by mail: each at once, one digest a day, or never. The inbox has them all."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a notice is for. `id` is the person's (`person:17`), or an e-mail address that has no person yet."""

    id: str
    email: str
    language: str
    mail: Mail

    @property
    def is_person(self) -> bool:
        return is_person(self.id)


def is_person(recipient: str) -> bool:
    """Is it a person who can choose, or no more than an address?"""
    return recipient.startswith("person:")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a recipient is told. `facts` fill the words of its kind; a moment among them is ISO 8601."""

    number: int
    recipient: str
    kind: Kind
    subject: str
    facts: Mapping[str, str]
    by: str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """Notices that go to one recipient in one mail. `key` is the same each time it is sent.

    Whoever sends it holds it until `claimed_until`; `attempts` went wrong before.
    """

    key: str
    recipient: str
    email: str
    language: str
    notices: tuple[Notice, ...]
    attempts: int
    claimed_until: datetime


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of somebody's notices, newest first."""

    notices: tuple[Notice, ...]
    page: int
    pages: int
    unread: int
