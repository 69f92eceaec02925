"""From a session or a token to somebody who acts."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory

from precedent.people import actions, queries, signed_in
from precedent.people.actors import VISITOR
from precedent.people.permissions import MAY, Permission, Role
from precedent.people.records import Person
from tests.people.persons import OPERATOR, account_of, acting, joined
from tests.web import readers

pytestmark = pytest.mark.django_db


def request_of(browser: Client | None = None, **headers: str) -> HttpRequest:
    """A request as a view gets it."""
    request = RequestFactory(headers=headers).get("/en/")
    request.session = browser.session if browser else SessionStore()
    request.user = AnonymousUser()
    if browser:
        request.COOKIES["sessionid"] = str(browser.session.session_key)
        request.user = get_user(request)
    return request


def seen(person: Person, *, second_factor: bool = False) -> HttpRequest:
    return request_of(readers.signed_in(person, second_factor=second_factor))


def test_without_a_session_nothing_is_asked_of_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        request = request_of()
        assert signed_in.person_of(request) is None
        assert signed_in.actor_of(request) is VISITOR
    # A request that failed before it had a session has no reader either.
    assert signed_in.person_of(RequestFactory().get("/en/")) is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.READER])
def test_a_session_acts_as_its_person_with_what_their_role_may(role: Role) -> None:
    person = joined(role)
    actor = signed_in.actor_of(seen(person, second_factor=True))
    assert (actor.id, actor.permissions) == (person.id, MAY[role])


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_without_a_second_factor_editors_may_what_contributors_may(role: Role) -> None:
    person = joined(role)
    request = seen(person)
    assert signed_in.actor_of(request).permissions == MAY[Role.CONTRIBUTOR]
    assert signed_in.lacks_second_factor(request, Permission.DECIDE)
    assert not signed_in.lacks_second_factor(request, Permission.CONTRIBUTE)
    # Having one set up is not enough: this session has not shown it.
    readers.give_second_factor(person)
    assert signed_in.actor_of(seen(person)).permissions == MAY[Role.CONTRIBUTOR]


def test_a_second_factor_that_was_removed_counts_no_more() -> None:
    person = joined(Role.EDITOR)
    browser = readers.signed_in(person, second_factor=True)
    assert signed_in.actor_of(request_of(browser)).may(Permission.DECIDE)
    Authenticator.objects.filter(user=person.account).delete()
    assert not signed_in.actor_of(request_of(browser)).may(Permission.DECIDE)


def test_the_second_factor_of_somebody_else_in_the_same_browser_counts_for_nothing() -> None:
    first, second = joined(Role.EDITOR), joined(Role.EDITOR)
    browser = readers.signed_in(first, second_factor=True)
    readers.give_second_factor(second)
    session = browser.session
    session["_auth_user_id"] = str(second.account)
    session["_auth_user_hash"] = account_of(second).get_session_auth_hash()
    session.save()
    actor = signed_in.actor_of(request_of(browser))
    assert (actor.id, actor.may(Permission.DECIDE)) == (second.id, False)


def test_whoever_sets_it_up_has_shown_it() -> None:
    person = joined(Role.EDITOR)
    request = seen(person)
    assert not signed_in.actor_of(request).may(Permission.DECIDE)
    readers.give_second_factor(person)
    signed_in.prove_second_factor(request)
    assert signed_in.actor_of(request).may(Permission.DECIDE)


def test_whoever_is_shut_out_is_signed_out_at_once() -> None:
    person = joined()
    browser = readers.signed_in(person)
    stays = str(browser.session.session_key)
    actions.close(queries.person(person.id), "Has left the ministry.", by=OPERATOR)
    request = request_of()
    # As if the session had outlived the closing.
    request.session, request.user = SessionStore(), account_of(person)
    request.session["_auth_user_id"] = str(person.account)
    request.session.save()
    request.COOKIES["sessionid"] = stays
    assert signed_in.person_of(request) is None
    assert signed_in.actor_of(request) is VISITOR
    assert request.user.is_anonymous and request.session.is_empty()


def test_an_account_without_a_person_is_nobody() -> None:
    request = request_of()
    request.user, request.session["x"] = User.objects.create_user("stray"), 1
    assert signed_in.person_of(request) is None


def test_a_signed_in_request_asks_who_it_is_only_once(django_assert_num_queries: Any) -> None:
    request = seen(joined(Role.EDITOR), second_factor=True)
    signed_in.person_of(request)
    with django_assert_num_queries(0):
        signed_in.person_of(request)
        signed_in.actor_of(request)
        signed_in.lacks_second_factor(request, Permission.DECIDE)


def test_a_token_acts_for_its_person_without_their_second_factor() -> None:
    person = joined(Role.EDITOR)
    secret = actions.make_token(queries.person(person.id), "The ministry's own register", by=acting(person))
    actor = signed_in.actor_of_token(request_of(Authorization=f"Bearer {secret}"))
    assert (actor.id, actor.permissions) == (person.id, MAY[Role.CONTRIBUTOR])


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer ", "Bearer nothing", "Basic bm9ib2R5", "nothing"])
def test_without_a_token_in_force_a_program_is_a_visitor(shown: str) -> None:
    assert signed_in.actor_of_token(request_of(Authorization=shown)) is VISITOR
