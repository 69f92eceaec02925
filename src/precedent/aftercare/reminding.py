"""Once a year the owner of an entry is asked whether it is still true."""

from datetime import date

from precedent.aftercare import actions, rules
from precedent.catalogue import queries as catalogue
from precedent.people.actors import PRODUCT


def ask_owners(today: date) -> int:
    """Ask the owners of entries that nobody confirmed for a year. How many were asked."""
    old = catalogue.to_confirm(today - rules.AFTER, today - rules.AGAIN)
    return sum(actions.ask_owner(entry, today, by=PRODUCT) for entry in old)
