"""What came with a form about people, as it was typed, and what was wrong with it. Reading it never fails."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.http import QueryDict

from precedent.kernel.refusals import Refusal
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.people.refusals import PersonInvalid

LONGEST_NUMBER = 15
"""Digits. No number of ours is longer, and databases know no end of numbers that are."""


def number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else otherwise


def role(code: str) -> Role:
    """The role with this code; what is none becomes the one that is given to nobody, so that it is refused."""
    return Role(code) if code in set(Role) else Role.READER


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the forms about people, each empty where the form has none of that name."""

    name: str = ""
    email: str = ""
    organisation: str = ""
    country: str = ""
    language: str = ""
    why: str = ""
    reason: str = ""
    role: str = ""
    areas: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        lines = ("name", "email", "organisation", "country", "language", "why", "reason", "role")
        return cls(
            **{field: sent.get(field, "") for field in lines},
            areas=tuple(filter(None, sent.getlist("areas"))),
            countries=tuple(filter(None, sent.getlist("countries"))),
        )

    @classmethod
    def about(cls, person: Person) -> Self:
        """What the forms show before anybody has typed."""
        organisation = person.organisation
        return cls(
            name=person.name,
            organisation=organisation.name if organisation else "",
            country=organisation.country if organisation else "",
            language=person.language,
            role=person.role,
            areas=person.areas,
            countries=person.countries,
        )


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a form was refused: sentences with the id of the field that each is about, or with none."""

    errors: tuple[tuple[str, str], ...] = ()
    status: int = 200

    def at(self, id: str) -> str:
        """What is wrong with the field of this id."""
        return " ".join(text for anchor, text in self.errors if anchor == id)


def wrong(refusal: Refusal, form: str = "") -> Wrong:
    """A refusal as its form shows it. `form`: what the ids of its fields begin with, where a page has several."""
    if isinstance(refusal, PersonInvalid):
        found: Iterable[tuple[str, str]] = ((f"{form}{each.field}", each.message) for each in refusal.findings)
    else:
        found = [("", f"{refusal} {refusal.advice}")]
    return Wrong(tuple(found), refusal.status)


def seen(person: Person, sent: QueryDict) -> Person:
    """The person as whoever sends a form saw them: another one may have changed them meanwhile."""
    return replace(person, changed=number(sent.get("seen", "")))
