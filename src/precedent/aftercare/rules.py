"""Whose word counts for an entry, and when it is asked for."""

from datetime import timedelta

from precedent.catalogue.records import Entry
from precedent.kernel.acting import Actor
from precedent.people.permissions import Permission

AFTER = timedelta(days=365)
"""How long a confirmation is good before the owner is asked again."""
AGAIN = timedelta(days=60)
"""How long a reminder waits for an answer before the next one."""


def may_confirm(by: Actor, entry: Entry) -> bool:
    """Its owner; a focal point of one of its countries; an editor."""
    if by.id == entry.owner or by.may(Permission.DECIDE):
        return True
    countries = {country.code for country in entry.document.countries}
    return by.may(Permission.CONFIRM_ENTRIES) and bool(by.countries & countries)
