"""Who acts besides persons who are signed in: the product itself, whoever runs its command, and passers-by."""

import getpass

from precedent.kernel.acting import Actor
from precedent.people.permissions import MAY, Role

STARTER = Actor("starter-catalogue", "Starter catalogue", MAY[Role.ADMINISTRATOR])
"""The product itself, when it loads what it ships."""

PRODUCT = Actor("precedent", "Precedent", MAY[Role.ADMINISTRATOR])
"""The product itself, when it does what somebody arranged: publish at a time, remind, send mail."""

VISITOR = Actor("visitor", "A visitor", MAY[Role.READER])
"""Whoever is not signed in."""


def operator(name: str | None = None) -> Actor:
    """Whoever runs the command on this machine, by the given name or that of their account there."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):
        account = "unknown account"
    shown = (name or account).strip()
    return Actor(f"operator:{account}"[:100], shown[:200], MAY[Role.ADMINISTRATOR])
