"""What the room hands out: persons, organisations, invitations, tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from precedent.notices.records import Mail, Recipient
from precedent.people.permissions import Role


class Standing(StrEnum):
    """How a person stands: asked for an account, invited to one, has one, shut out, or erased at their wish."""

    ASKED = "asked"
    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"
    ERASED = "erased"


class Attribution(StrEnum):
    """How a person wishes to be named in public beside what they contributed."""

    NAME_AND_ORGANISATION = "name-and-organisation"
    ORGANISATION = "organisation"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Organisation:
    """`country` is an ISO 3166-1 code, or empty; `kind` a term of the vocabulary `actor_type`."""

    number: int
    name: str
    country: str
    kind: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Remit:
    """A role, and how far it extends: a reviewer's issue areas, the countries a focal point speaks for."""

    role: Role
    areas: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @classmethod
    def of(cls, role: Role, areas: Iterable[str], countries: Iterable[str]) -> "Remit":
        """A role with what it can extend to; the rest is left out."""
        return cls(
            role,
            tuple(sorted(set(areas))) if role is Role.REVIEWER else (),
            tuple(sorted(set(countries))) if role is Role.FOCAL_POINT else (),
        )

    def as_data(self) -> dict[str, Any]:
        """As it stands in the trail and in the table."""
        return {"role": self.role.value, "areas": [*self.areas], "countries": [*self.countries]}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, or on the way to one. `account` is the number under which they sign in.

    `areas` are a reviewer's issue areas (empty: all), `countries` those a focal point speaks for. `asked` is why
    they asked for an account. `changed` is the number of the audit event that last changed them.
    """

    number: int
    name: str
    email: str
    role: Role
    standing: Standing
    areas: tuple[str, ...]
    countries: tuple[str, ...]
    organisation: Organisation | None
    language: str
    mail: Mail
    attribution: Attribution
    account: int | None
    since: datetime
    asked: str = ""
    invited_by: str = ""
    invited_until: datetime | None = None
    changed: int = 0

    @property
    def id(self) -> str:
        return f"person:{self.number}"

    @property
    def remit(self) -> Remit:
        return Remit(self.role, self.areas, self.countries)

    @property
    def recipient(self) -> Recipient:
        """The person as notices know them."""
        return Recipient(self.id, self.email, self.language, self.mail)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in for one person. `token` is told once and kept nowhere; `path` is the address that takes it."""

    person: Person
    token: str

    @property
    def path(self) -> str:
        return f"/{self.person.language}/join/{self.token}"


@dataclass(frozen=True, slots=True)
class Token:
    """A key by which a program acts for a person. Of the key itself no more is kept than its last characters."""

    number: int
    name: str
    ends_with: str
    made_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list of persons: `count` in all, on `pages` pages."""

    persons: tuple[Person, ...]
    count: int
    page: int
    pages: int


def number_of(id: str) -> int | None:
    """The number in a person's identifier, or None where the text is none: 17 in `person:17`."""
    kind, _, digits = id.partition(":")
    # More digits than that no database takes for a number.
    known = kind == "person" and digits.isascii() and digits.isdigit() and len(digits) < 16
    return int(digits) if known else None
