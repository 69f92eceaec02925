"""How the standing, the role and the wishes of people are said, and what there is to choose from."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.kernel.acting import Actor
from precedent.kernel.languages import LANGUAGES, current
from precedent.kernel.text import folded
from precedent.notices.records import Mail
from precedent.people.moves import Move, may_give
from precedent.people.permissions import ROLE_NAMES, Role
from precedent.people.records import Attribution, Standing
from precedent.people.rules import GIVEN_ROLES
from precedent.people.signatures import names
from precedent.search import facets
from precedent.web.wording import label

STANDING_NAMES = {
    Standing.ASKED: _("Asks for an account"),
    Standing.INVITED: _("Invited"),
    Standing.ACTIVE: _("Has an account"),
    Standing.CLOSED: _("Closed"),
    Standing.ERASED: _("Data withdrawn"),
}

ROLE_HINTS = {
    Role.CONTRIBUTOR: _("Gives examples."),
    Role.FOCAL_POINT: _("Gives examples, and confirms the entries of a country."),
    Role.REVIEWER: _("Reviews examples, of all issue areas or of some."),
    Role.EDITOR: _("Decides on examples, and invites people. Needs a second factor."),
    Role.ADMINISTRATOR: _("May do everything; makes editors and administrators. Needs a second factor."),
}

MAIL_CHOICES = (
    (Mail.AT_ONCE.value, _("At once"), _("A mail for each notice.")),
    (Mail.DAILY.value, _("Once a day"), _("At most one mail a day, with all that is new.")),
    (
        Mail.NEVER.value,
        _("Never"),
        _("The inbox has everything. What concerns your account itself is still mailed."),
    ),
)

ATTRIBUTION_NAMES = {
    Attribution.NAME_AND_ORGANISATION: _("By name and organisation"),
    Attribution.ORGANISATION: _("By organisation alone"),
    Attribution.NOBODY: _("Not at all"),
}

DONE: dict[Move, str | Promise] = {
    Move.REFUSE: _("The request is refused. A mail says so, with the reason."),
    Move.GIVE_ROLE: _("The role is given."),
    Move.CLOSE: _("The account is closed."),
    Move.REOPEN: _("The account is open again."),
    Move.ERASE: _("The data is erased."),
}
"""What is said after a move."""

HAPPENED = {
    Verb.PERSON_INVITED.code: _("Invited"),
    Verb.PERSON_ASKED.code: _("Asked for an account"),
    Verb.PERSON_APPROVED.code: _("Request granted"),
    Verb.PERSON_REFUSED.code: _("Request refused"),
    Verb.PERSON_JOINED.code: _("Opened the account"),
    Verb.PERSON_CHANGED.code: _("Changed"),
    Verb.PERSON_ROLE_GIVEN.code: _("Role given"),
    Verb.PERSON_CLOSED.code: _("Closed"),
    Verb.PERSON_ERASED.code: _("Data erased"),
    Verb.TOKEN_MADE.code: _("Token made"),
    Verb.TOKEN_REVOKED.code: _("Token revoked"),
}

Choices = list[tuple[str, str]]


def roles(by: Actor) -> list[tuple[str, object, object]]:
    """The roles that somebody may give, with what each does."""
    return [(role.value, ROLE_NAMES[role], ROLE_HINTS[role]) for role in GIVEN_ROLES if may_give(by, role)]


def countries() -> Choices:
    """Every country, in the order of the names in the page's language."""
    return sorted(facets.labels("country", current().code).items(), key=lambda choice: folded(choice[1]))


def areas() -> Choices:
    """The issue areas, each with its letter."""
    return [(code, f"{code}  {text}") for code, text in facets.labels("area", current().code).items()]


def languages() -> Choices:
    return [(language.code, language.name) for language in LANGUAGES]


def country(code: str) -> str:
    return label("country", code) if code else ""


def happened(events: Iterable[Event]) -> list[tuple[Event, object, str]]:
    """What happened to a person, newest first: the event, what it is called, and who did it."""
    told = sorted(events, key=lambda event: -event.sequence)
    known = names(event.by for event in told)
    called: Callable[[Event], object] = lambda event: HAPPENED.get(event.verb, event.verb)  # noqa: E731
    return [(event, called(event), known.get(event.by, event.by_name)) for event in told]
