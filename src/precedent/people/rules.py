"""What must hold of what people type about themselves and others. Every breach is told, each with its remedy."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.kernel.languages import BY_CODE
from precedent.kernel.text import folded, one_line
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.people.refusals import Finding, PersonInvalid

GIVEN_ROLES = tuple(role for role in Role if role is not Role.READER)
"""Roles that are given to persons. Everybody reads."""

INVITATION_DAYS = 14
"""How long a link that invites is good for."""
MOST_WAITING = 500
"""Requests for accounts that wait at the same time. Anybody can ask; nobody reads more than that."""
MOST_TOKENS = 20
"""Tokens that a person has in force."""

AREA = re.compile(r"[A-Z]")
COUNTRY = re.compile(r"[A-Z]{2}")


def tidy(**typed: str) -> dict[str, str]:
    """What was typed, each in one line; addresses in small letters, as they are kept and compared."""
    return {field: one_line(text).lower() if field == "email" else one_line(text) for field, text in typed.items()}


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def _all(pattern: re.Pattern[str]) -> Callable[[Sequence[str]], bool]:
    return lambda codes: all(pattern.fullmatch(code) for code in codes)


RULES: dict[str, tuple[Callable[[Any], bool], Promise]] = {
    "name": (lambda text: 0 < len(text) <= 200, _("Write the name, in at most 200 characters.")),
    "email": (_is_address, _("Write an e-mail address, such as name@example.org.")),
    "organisation": (lambda text: len(text) <= 200, _("Write the organisation in at most 200 characters.")),
    "country": (lambda code: not code or bool(COUNTRY.fullmatch(code)), _("Choose a country from the list.")),
    "language": (lambda code: code in BY_CODE, _("Choose a language from the list.")),
    "why": (lambda text: 0 < len(text) <= 2_000, _("Say in a sentence or two what you would contribute.")),
    "reason": (lambda text: len(text) <= 500, _("Say why in at most 500 characters.")),
    "kind": (lambda code: len(code) <= 60, _("Choose a kind from the list.")),
    "password": (lambda text: len(text) <= 1_000, _("Choose a password of at most 1,000 characters.")),
    "role": (lambda role: role in GIVEN_ROLES, _("Choose a role from the list.")),
    "areas": (_all(AREA), _("Choose issue areas from the list.")),
    "countries": (_all(COUNTRY), _("Choose countries from the list.")),
    "token": (lambda text: 0 < len(text) <= 100, _("Name the token, in at most 100 characters.")),
}
"""What a field must be, and what to say where it is not."""

NO_REASON = _("Say why.")
NO_COUNTRY = _("Choose the country that the focal point speaks for.")
NO_ORGANISATION = _("Write the organisation's name.")
NAMES_SOMEBODY = _("Leave the name and the address out of the reason: it is kept for ever.")


def breaches(**given: Any) -> list[Finding]:
    """Every given field that breaks its rule."""
    found = []
    for field, value in given.items():
        rule, message = RULES[field]
        if not rule(value):
            found.append(Finding(field, str(message)))
    return found


def remit_breaches(role: Role, areas: Sequence[str], countries: Sequence[str]) -> list[Finding]:
    """What is wrong with a role and with what it extends to."""
    found = breaches(role=role, areas=areas, countries=countries)
    if role is Role.FOCAL_POINT and not countries:
        found.append(Finding("countries", str(NO_COUNTRY)))
    return found


def reason_breaches(seen: Person, reason: str, *, needed: bool = False) -> list[Finding]:
    """A reason stands in the trail, which forgets nothing: it may not name whom it is about."""
    found = breaches(reason=reason)
    said = folded(reason)
    if needed and not reason:
        found.append(Finding("reason", str(NO_REASON)))
    if any(folded(text) in said for text in (seen.name, seen.email) if text):
        found.append(Finding("reason", str(NAMES_SOMEBODY)))
    return found


def must_hold(found: list[Finding]) -> None:
    """Raises PersonInvalid where anything was found."""
    if found:
        raise PersonInvalid(found)
