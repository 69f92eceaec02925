"""What the room hands out: submissions with their versions, comments and checks."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from precedent.forms.draft import Draft

IDENTIFIER = re.compile(r"SUB-(\d{6,})")


def identifier(number: int) -> str:
    """The identifier of the submission with this number: `SUB-000012`."""
    return f"SUB-{number:06d}"


def number_of(text: str) -> int | None:
    """The number in an identifier, or None where the text is none."""
    found = IDENTIFIER.fullmatch(text.upper())
    return int(found[1]) if found else None


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    CHANGES_ASKED = "changes-asked"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("Sent, waiting for a reviewer"),
    State.IN_REVIEW: _("In review"),
    State.CHANGES_ASKED: _("Changes asked for"),
    State.SCHEDULED: _("To be published at a time"),
    State.PUBLISHED: _("Published"),
    State.DECLINED: _("Declined"),
    State.WITHDRAWN: _("Withdrawn"),
}

WRITING = frozenset({State.DRAFT, State.CHANGES_ASKED})
"""The states in which the text is the contributor's to change."""

WAITING = frozenset({State.SUBMITTED, State.IN_REVIEW, State.CHANGES_ASKED, State.SCHEDULED})
"""The states that a reviewer's desk shows as work."""


class Way(StrEnum):
    """How a version came: through the form, as a Word file, by the API, from a bulk file, or a reviewer's edit."""

    FORM = "form"
    WORD = "word"
    API = "api"
    FILE = "file"
    EDIT = "edit"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Version:
    """A saved state of the text, whole. `by` is an actor's id. Versions are never changed."""

    number: int
    draft: Draft
    sha256: str
    at: datetime
    by: str
    way: Way


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a field (empty: on the whole), or an answer in the thread that `thread` began."""

    number: int
    field: str
    text: str
    by: str
    at: datetime
    thread: int | None
    closed: bool


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent along, cleaned. `size` in bytes; `sha256` names its bytes in the data folder."""

    sha256: str
    name: str
    kind: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """An example, or a change to an entry, on its way. `changed` counts what happened to it, for compare-and-set.

    `owner`, `claimed_by` and `approved_by` are actors' ids. `entry` is the entry it would change, or has become.
    `call` is the number of the call for examples that it answers.
    `second`: an editor wants a second reviewer to approve it.
    """

    number: int
    owner: str
    state: State
    version: Version
    changed: int
    entry: str | None
    base: int | None
    claimed_by: str
    claimed_at: datetime | None
    second: bool
    approved_by: str
    publish_at: datetime | None
    started: datetime
    sent: datetime | None
    moved: datetime
    reason: str
    areas: tuple[str, ...]
    call: int | None = None

    @property
    def id(self) -> str:
        return identifier(self.number)

    @property
    def draft(self) -> Draft:
        return self.version.draft

    @property
    def title(self) -> str:
        """What it is called so far; empty while nobody has said."""
        return str(self.draft.get("title", ""))

    @property
    def is_change(self) -> bool:
        """Is it a change to an entry that exists?"""
        return self.base is not None
