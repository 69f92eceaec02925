"""Reading who people are, and what each may do."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import Q

from precedent.kernel.acting import Actor
from precedent.kernel.text import folded, one_line, sha256
from precedent.people.models import OrganisationRow, PersonRow, TokenRow
from precedent.people.permissions import MAY, NEED_SECOND_FACTOR, Permission, Role
from precedent.people.records import Found, Organisation, Person, Standing, Token, number_of
from precedent.people.refusals import InvitationExpired, InvitationUsed, NoSuchInvitation, NoSuchPerson
from precedent.people.rules import INVITATION_DAYS

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = 50
"""Persons on a page of a list."""


def _rows() -> "QuerySet[PersonRow]":
    return PersonRow.objects.select_related("organisation", "account")


def _one(row: PersonRow | None) -> Person | None:
    return row.record() if row else None


def person(id: str) -> Person:
    """A person, erased or not. One database query. Raises NoSuchPerson."""
    number = number_of(id)
    row = _rows().filter(pk=number).first() if number is not None else None
    if row is None:
        raise NoSuchPerson(id=id[:40])
    return row.record()


def persons_by_id(ids: Iterable[str]) -> dict[str, Person]:
    """Several persons by their identifiers; whoever is none is left out. One database query."""
    numbers = {number for id in ids if (number := number_of(id)) is not None}
    return {found.id: found for found in (row.record() for row in _rows().filter(pk__in=numbers))}


def person_of_account(account: int) -> Person | None:
    """Whose account it is. One database query."""
    return _one(_rows().filter(account=account).first())


def person_of_address(email: str) -> Person | None:
    """Whose address it is, however it is written: that of their account, or the one they were invited at."""
    email = email.lower()
    return _one(_rows().filter(Q(email=email) | Q(account__email=email)).first())


def person_of_token(secret: str) -> Person | None:
    """For whom a program acts that shows this token; None unless it is in force. One database query."""
    in_force = Q(tokens__fingerprint=sha256(secret), tokens__revoked_at=None, standing=Standing.ACTIVE)
    return _one(_rows().filter(in_force).first())


def invited(token: str) -> Person:
    """Whom a link invites. Raises NoSuchInvitation, InvitationExpired, InvitationUsed."""
    found = _one(_rows().filter(invitation=sha256(token)).first())
    if found is None or found.invited_until is None:
        raise NoSuchInvitation
    if found.standing is not Standing.INVITED:
        raise InvitationUsed
    if found.invited_until < datetime.now(UTC):
        raise InvitationExpired(days=INVITATION_DAYS)
    return found


def persons(role: Role | None = None, standing: Standing | None = None, words: str = "", page: int = 1) -> Found:
    """Persons by role, standing and the words in their names, addresses and organisations; newest first.

    A page that does not exist is the nearest one that does. Two database queries.
    """
    rows = _rows().order_by("-pk")
    if role:
        rows = rows.filter(role=role)
    if standing:
        rows = rows.filter(standing=standing)
    for word in folded(one_line(words)).split()[:10]:
        rows = rows.filter(Q(words__contains=word) | Q(account__email__contains=word))
    found = Paginator(rows, PAGE).get_page(max(page, 1))
    shown = tuple(row.record() for row in found.object_list)
    return Found(shown, found.paginator.count, found.number, found.paginator.num_pages)


def with_permission(permission: Permission, area: str = "") -> list[Person]:
    """Everybody with an account whose role may, in an issue area where one is named. One database query."""
    roles = [role for role in Role if permission in MAY[role]]
    able = [row.record() for row in _rows().filter(standing=Standing.ACTIVE, role__in=roles).order_by("pk")]
    return [person for person in able if not area or not person.areas or area in person.areas]


def organisations() -> list[Organisation]:
    """Every organisation, by name. One database query."""
    return [row.record() for row in OrganisationRow.objects.order_by("folded", "country")]


def tokens(person: Person) -> list[Token]:
    """A person's tokens, newest first, revoked ones included. One database query."""
    return [row.record() for row in TokenRow.objects.filter(person=person.number).order_by("-pk")]


def counts() -> dict[Standing, int]:
    """How many persons stand how. One database query."""
    counted = Counter(PersonRow.objects.values_list("standing", flat=True))
    return {standing: counted[standing] for standing in Standing}


def actor(person: Person, strong: bool = False) -> Actor:
    """The person as somebody who acts. `strong`: signed in with a second factor."""
    acting_as = person.role if person.standing is Standing.ACTIVE else Role.READER
    if acting_as in NEED_SECOND_FACTOR and not strong:
        acting_as = Role.CONTRIBUTOR
    # The name stands in the trail for ever, so it is none.
    name = f"Person {person.number}"
    return Actor(person.id, name, MAY[acting_as], frozenset(person.areas), frozenset(person.countries))
