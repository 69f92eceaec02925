"""The rows in which the libraries keep how one signs in. They change inside this room's actions."""

import uuid
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError


def weaknesses(password: str, email: str, name: str) -> Iterator[str]:
    """What speaks against a password, in sentences. Nor may it be what others know of the person."""
    try:
        validate_password(password, User(email=email, first_name=name))
    except ValidationError as error:
        yield from error.messages


def taken(email: str) -> bool:
    """Does an account have this address already, proven or not?"""
    known: bool = EmailAddress.objects.filter(email=email).exists()
    return known or User.objects.filter(email=email).exists()


def make(email: str, password: str) -> User:
    """An account whose address is proven. Its name says nothing: people sign in by their address."""
    account = User.objects.create_user(uuid.uuid4().hex, email, password)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def open_or_close(account: int, *, is_open: bool) -> None:
    """Let sign in, or no longer; where an account is closed, it is signed out everywhere."""
    User.objects.filter(pk=account).update(is_active=is_open)
    if not is_open:
        _sign_out(account)


def delete(account: int) -> None:
    """The account with all that the libraries know of it: addresses, second factor, sessions."""
    _sign_out(account)
    User.objects.filter(pk=account).delete()


def _sign_out(account: int) -> None:
    UserSession.objects.filter(user=account).delete()
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(account):
            session.delete()
