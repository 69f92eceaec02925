"""The right to be forgotten, held against every text in the database."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from precedent.audit import queries as audit
from precedent.kernel.text import folded
from precedent.notices import queries as notices
from precedent.people import actions, queries
from precedent.people.actors import VISITOR
from precedent.people.permissions import Role
from precedent.people.records import Person, Standing
from precedent.people.signatures import signatures
from tests.people.persons import OPERATOR, PASSWORD, account_of, acting, asking, invited, joined

pytestmark = pytest.mark.django_db

NAME = "Unmistakäble Somebody"
EMAIL = "unmistakable@example.org"
TRACES = [folded(NAME), EMAIL, "unmistak"]


def texts() -> Iterator[tuple[str, str]]:
    """Everything that stands in any column of any table, and what sessions hold packed."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
            for row in cursor.fetchall():
                yield from ((table, str(value)) for value in row)
    yield from (("session", str(session.get_decoded())) for session in Session.objects.all())


def traces() -> set[str]:
    """The tables in which somebody can still be recognised."""
    return {table for table, text in texts() if any(trace in folded(text) for trace in TRACES)}


def somebody_who_left_traces_everywhere(client: Client) -> Person:
    person = asking(NAME, EMAIL, organisation=f"{NAME} and friends", why=f"I am {NAME}.")
    invitation = actions.approve(person, Role.CONTRIBUTOR, by=OPERATOR)
    person = actions.join(invitation.token, PASSWORD, by=VISITOR)
    client.force_login(account_of(person))
    UserSession.objects.update_or_create(
        session_key=client.session.session_key,
        defaults={"user_id": person.account, "ip": "::1", "user_agent": NAME},
    )
    Authenticator.objects.create(user_id=person.account, type="totp", data={"secret": EMAIL})
    actions.make_token(person, f"Reports of {NAME}", by=acting(person))
    session = client.session
    session["draft"] = EMAIL
    session.save()
    return actions.give_role(person, Role.REVIEWER, (), (), "Reviews now.", by=OPERATOR)


def test_whoever_is_erased_is_found_in_no_table(client: Client) -> None:
    joined(Role.EDITOR)
    person = somebody_who_left_traces_everywhere(client)
    assert len(traces()) >= 8
    actions.erase(person, "At their wish.", by=OPERATOR)
    assert traces() == set()


def test_what_was_refused_and_invited_is_erased_as_well(client: Client) -> None:
    person = actions.refuse(asking(NAME, EMAIL, why=NAME), "Nothing was said.", by=OPERATOR)
    actions.erase(person, "", by=OPERATOR)
    invitation = invited(name=NAME, email=EMAIL)
    actions.erase(invitation.person, "", by=OPERATOR)
    assert traces() == set()


def test_the_number_stays_and_nobody_comes_in_by_it(client: Client) -> None:
    person = somebody_who_left_traces_everywhere(client)
    secret = actions.make_token(person, "Another", by=acting(person))
    erased = actions.erase(person, "", by=acting(person))
    assert (erased.id, erased.standing, erased.name, erased.email) == (person.id, Standing.ERASED, "", "")
    assert erased.account is None and not User.objects.filter(pk=person.account or 0).exists()
    assert queries.person_of_token(secret) is None and queries.person_of_account(person.account or 0) is None
    assert "_auth_user_id" not in client.session
    assert signatures([person.id]) == {person.id: "a person whose data was withdrawn"}
    assert [event.verb for event in audit.trail(person.id)][-2:] == ["person.token-made", "person.erased"]
    assert list(audit.breaks()) == []


def test_what_waited_to_be_mailed_is_not_mailed(client: Client) -> None:
    person = somebody_who_left_traces_everywhere(client)
    assert person.id in notices.due(100)
    actions.erase(person, "", by=OPERATOR)
    assert person.id not in notices.due(100)


def test_whoever_was_erased_may_come_again_as_somebody_new() -> None:
    person = joined(email=EMAIL)
    actions.erase(person, "", by=OPERATOR)
    assert joined(email=EMAIL).number > person.number


def test_others_keep_their_sessions_and_their_organisation() -> None:
    other, person = joined(organisation="Ministry"), joined(organisation="Ministry")
    client = Client()
    client.force_login(account_of(other))
    actions.erase(person, "", by=OPERATOR)
    assert client.session["_auth_user_id"] == str(other.account)
    assert queries.person(other.id) == other
