"""Browsers of people who are signed in, for the tests of pages."""

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as OF_ACCOUNT,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.test import Client

from precedent.people.records import Person
from tests.people.persons import account_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def give_second_factor(person: Person) -> str:
    """Set one up for a person. Gives the secret that their app would hold."""
    secret: str = generate_totp_secret()
    TOTP.activate(account_of(person), secret)
    return secret


def code_now(secret: str) -> str:
    """What the person's app shows now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return code


def signed_in(person: Person, *, second_factor: bool = False, **browser: Any) -> Client:
    """A browser in which somebody is signed in, with a second factor where that is said."""
    client = Client(**browser)
    client.force_login(account_of(person), BACKEND)
    if second_factor and not Authenticator.objects.filter(user=person.account).exists():
        give_second_factor(person)
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
        session[OF_ACCOUNT] = str(person.account)
        session.save()
    return client
