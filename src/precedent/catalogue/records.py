"""What the catalogue hands out: frozen, typed, no database behind it."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from precedent.catalogue.document import EntryDocument

IDENTIFIER = re.compile(r"PPD-(\d{6,})")


def identifier(number: int) -> str:
    """The permanent identifier of the entry with this number: `PPD-000123`."""
    return f"PPD-{number:06d}"


def number_of(text: str) -> int | None:
    """The number in an identifier, or None where the text is none."""
    found = IDENTIFIER.fullmatch(text.upper())
    return int(found[1]) if found else None


class State(StrEnum):
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"


class Provenance(StrEnum):
    """How an entry came to be: told from public sources by the catalogue, or given by those who did it."""

    COMPILED = "compiled"
    CONTRIBUTED = "contributed"


@dataclass(frozen=True, slots=True)
class Revision:
    """A published state of an entry, complete, for ever: who made it (an actor's id), when and why.

    `by_name` is what the trail keeps; pages say how a person wishes to be named.
    """

    number: int
    document: EntryDocument
    sha256: str
    at: datetime
    by: str
    by_name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Why an entry is not published any more."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy or practice: an identity and the revision in force.

    `changed` is the number of the audit event that last changed what readers see of it. `owner` is the id of the
    person who answers for it (empty: nobody yet); `verified`: was it read by somebody besides who gave it?
    `merged_into`: the entry that tells the same, to which its address leads.
    """

    number: int
    slug: str
    provenance: Provenance
    first_published: datetime
    confirmed_on: date | None
    revision: Revision
    withdrawal: Withdrawal | None
    owner: str
    verified: bool
    merged_into: str | None
    changed: int

    @property
    def id(self) -> str:
        return identifier(self.number)

    @property
    def address(self) -> str:
        """The last step of the entry's address: `PPD-000123-some-title`."""
        return f"{self.id}-{self.slug}"

    @property
    def document(self) -> EntryDocument:
        return self.revision.document

    @property
    def published(self) -> bool:
        return self.withdrawal is None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a field of a document: a `code` for programs; message and hint for people."""

    field: str
    code: str
    message: str
    hint: str
