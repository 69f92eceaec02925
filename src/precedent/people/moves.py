"""What can be done about a person, from which standing, by whom: one table. Actions and pages read the same."""

from enum import StrEnum

from precedent.kernel.acting import Actor
from precedent.kernel.refusals import NotAllowed
from precedent.people.permissions import NEED_SECOND_FACTOR, Permission, Role
from precedent.people.records import Person, Standing
from precedent.people.refusals import NotOpen


class Move(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    INVITE_AGAIN = "invite-again"
    GIVE_ROLE = "give-role"
    CLOSE = "close"
    REOPEN = "reopen"
    ERASE = "erase"


FROM: dict[Move, frozenset[Standing]] = {
    Move.APPROVE: frozenset({Standing.ASKED}),
    Move.REFUSE: frozenset({Standing.ASKED}),
    Move.INVITE_AGAIN: frozenset({Standing.INVITED}),
    Move.GIVE_ROLE: frozenset({Standing.INVITED, Standing.ACTIVE}),
    Move.CLOSE: frozenset({Standing.INVITED, Standing.ACTIVE}),
    Move.REOPEN: frozenset({Standing.CLOSED}),
    Move.ERASE: frozenset(Standing) - {Standing.ERASED},
}


def may_give(by: Actor, *roles: Role) -> bool:
    """May somebody make or unmake holders of these roles? Those that need a second factor: administrators only."""
    return by.may(Permission.GIVE_ROLES if NEED_SECOND_FACTOR & set(roles) else Permission.KEEP_PEOPLE)


def allowed(move: Move, person: Person, by: Actor) -> bool:
    """Everybody may erase themselves; all else is done by those who keep people."""
    own = move is Move.ERASE and by.id == person.id and by.may(Permission.KEEP_OWN_ACCOUNT)
    # Whoever invites an administrator again holds the link by which an administrator comes in.
    return own or may_give(by, person.role)


def open_to(by: Actor, person: Person) -> frozenset[Move]:
    """The moves that somebody can make about a person now."""
    return frozenset(
        move for move, standings in FROM.items() if person.standing in standings and allowed(move, person, by)
    )


def must_be_open(move: Move, person: Person, by: Actor) -> None:
    """Raises NotAllowed, NotOpen."""
    if not allowed(move, person, by):
        raise NotAllowed
    if person.standing not in FROM[move]:
        raise NotOpen
