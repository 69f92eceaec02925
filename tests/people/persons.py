"""Persons for the tests of this room, made as people make them. Each builder takes only what the test is about."""

from datetime import timedelta
from itertools import count

from django.contrib.auth.models import User
from django.db.models import F

from precedent.kernel.acting import Actor
from precedent.kernel.acting import acting as under_way
from precedent.people import actions, queries
from precedent.people.actors import VISITOR, operator
from precedent.people.models import PersonRow
from precedent.people.permissions import Role
from precedent.people.records import Invitation, Person

OPERATOR = operator("Whoever runs the tests")
PASSWORD = "nine lanterns on a quiet pier"

_numbers = count(1)


def somewhere() -> str:
    """An address that nobody has yet."""
    return f"somebody-{next(_numbers)}@example.org"


def invited(role: Role = Role.CONTRIBUTOR, name: str = "Somebody", email: str = "", **more: str) -> Invitation:
    countries = ("NP",) if role is Role.FOCAL_POINT else ()
    return actions.invite(name, email or somewhere(), role, countries=countries, **more, by=OPERATOR)


def joined(role: Role = Role.CONTRIBUTOR, name: str = "Somebody", email: str = "", **more: str) -> Person:
    return actions.join(invited(role, name, email, **more).token, PASSWORD, by=VISITOR)


def asking(name: str = "Somebody", email: str = "", organisation: str = "", why: str = "A help line.") -> Person:
    email = email or somewhere()
    actions.ask_for_account(name, email, organisation, "", "en", why, by=VISITOR)
    found = queries.person_of_address(email)
    assert found
    return found


def let_time_pass(person: Person, time: timedelta) -> None:
    """Put an invitation's end to where it will be after some time."""
    token = under_way.set(True)
    try:
        PersonRow.objects.filter(pk=person.number).update(invited_until=F("invited_until") - time)
    finally:
        under_way.reset(token)


def acting(person: Person) -> Actor:
    """The person, signed in with a second factor."""
    return queries.actor(queries.person(person.id), strong=True)


def account_of(person: Person) -> User:
    assert person.account
    return User.objects.get(pk=person.account)
