"""The one place where a session or a token becomes somebody who acts.

Without a session cookie nothing is asked of the database. Whoever is shut out is signed out at the next request.
"""

from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from precedent.kernel.acting import Actor
from precedent.people import queries
from precedent.people.actors import VISITOR
from precedent.people.permissions import MAY, NEED_SECOND_FACTOR
from precedent.people.records import Person, Standing

SECOND_FACTOR = "mfa"
"""What the library calls it in a session's list of how somebody proved to be who they are."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a session, and as whom they act."""

    person: Person
    actor: Actor


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in. At most four database queries, and once in a request; none without a session cookie."""
    found = _signed_in(request)
    return found.person if found else None


def actor_of(request: HttpRequest) -> Actor:
    """As whom somebody acts who is signed in; a visitor otherwise."""
    found = _signed_in(request)
    return found.actor if found else VISITOR


def actor_of_token(request: HttpRequest) -> Actor:
    """As whom a program acts that shows a token; a visitor otherwise.

    A token is no second factor: with it, editors may what contributors may.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    person = queries.person_of_token(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None
    return queries.actor(person) if person else VISITOR


def lacks_second_factor(request: HttpRequest, permission: str) -> bool:
    """Would the role allow it, had its holder signed in with a second factor?"""
    found = _signed_in(request)
    return found is not None and permission in MAY[found.person.role] and not found.actor.may(permission)


def has_second_factor(account: int) -> bool:
    """Is one set up? One database query."""
    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())


def prove_second_factor(request: HttpRequest) -> None:
    """Note that the second factor was shown in this session. Whoever sets it up has just shown it."""
    record_authentication(request, request.user, method=SECOND_FACTOR)
    _remember(request, None)


def _signed_in(request: HttpRequest) -> SignedIn | None:
    if not _has_account(request):
        return None
    found: SignedIn | None = getattr(request, "_signed_in", None)
    if found is None or found.person.account != request.user.pk:
        found = _found(request)
        _remember(request, found)
    return found


def _has_account(request: HttpRequest) -> bool:
    """Is there a session, and is it an account's? A request that failed early has none of both."""
    if not hasattr(request, "session") or not hasattr(request, "user"):
        return False
    # In the request that signs somebody in there is no cookie yet, but a session that was written to.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
    return has_session and request.user.is_authenticated


def _found(request: HttpRequest) -> SignedIn | None:
    person = queries.person_of_account(request.user.pk or 0)
    if person is None or person.standing is not Standing.ACTIVE:
        logout(request)
        return None
    strong = person.role in NEED_SECOND_FACTOR and _is_strong(request)
    return SignedIn(person, queries.actor(person, strong))


def _is_strong(request: HttpRequest) -> bool:
    """Was the second factor shown in this session, and is it still set up?"""
    records = get_authentication_records(request, request.user)
    shown = any(record.get("method") == SECOND_FACTOR for record in records)
    return shown and has_second_factor(request.user.pk or 0)


def _remember(request: HttpRequest, found: SignedIn | None) -> None:
    setattr(request, "_signed_in", found)  # noqa: B010 - the request's class knows no such name
