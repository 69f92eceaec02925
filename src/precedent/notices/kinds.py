"""What people are told of: one table. Each line says when it is mailed, in which words, why, and where it leads.

The braces are filled with the notice's facts, and `{subject}` with what it is about. A line's facts are its
parameters: `actions.tell` asks for those that it names, and keeps no others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from string import Formatter

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.kernel.languages import FALLBACK

TOKEN = "token"  # noqa: S105 - the name of a fact
"""The fact that opens something to whoever holds it. It is wiped from the notice once the mail is on its way."""
SUBJECT = "subject"
MOMENTS = frozenset({"when"})
"""The facts that are moments; they are kept as ISO 8601 in UTC."""


class Urgency(Enum):
    """When it is mailed. What concerns the account itself goes at once, also to who wants no mail."""

    AT_ONCE = "at-once"
    BY_WISH = "by-wish"


@dataclass(frozen=True, slots=True)
class Page:
    """A page by the name of its address; `args` are the facts that its address takes."""

    name: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A line of the table. `page` is where it leads; `later` where it leads once its token is wiped.

    `outside`: it is for whoever has no account yet; when they have one, it is nothing new.
    """

    code: str
    urgency: Urgency
    heading: str | Promise
    sentence: str | Promise
    why: str | Promise
    page: Page | None = None
    later: Page | None = None
    outside: bool = False

    def facts(self) -> Iterator[str]:
        """The facts that its words and its pages need."""
        with translation.override(FALLBACK):
            for text in (self.heading, self.sentence, self.why):
                yield from (name for _text, name, _spec, _conversion in Formatter().parse(str(text)) if name)
        for page in (self.page, self.later):
            yield from page.args if page else ()


CONTRIBUTION = Page("contribution", (SUBJECT,))
REVIEW = Page("review-one", (SUBJECT,))
ENTRY = Page("entry", ("entry",))
ABOUT_ENTRY = Page("entry", (SUBJECT,))

CONTRIBUTED = _("You contributed this example.")
REVIEWS = _("You review examples of this issue area.")
REVIEWING = _("You review this example, or the examples of its issue area.")
OWNS = _("You are responsible for this entry.")
ASKED_YOURSELF = _("Somebody asked for an account with this address.")
HAS_ACCOUNT = _("It is about your account.")


class Kind(Enum):
    INVITED = Told(
        "invited",
        Urgency.AT_ONCE,
        _("You are invited to Precedent"),
        _("An editor of the policy and practice database invites you to take part. The link opens your account."),
        _("An editor entered this address. Without you no account is opened, and you need do nothing."),
        Page("join", (TOKEN,)),
        outside=True,
    )
    ASKED = Told(
        "asked",
        Urgency.BY_WISH,
        _("Somebody asks for an account"),
        _("Somebody asks for an account. An editor decides."),
        _("You are an editor."),
        Page("people"),
    )
    REFUSED = Told(
        "refused",
        Urgency.AT_ONCE,
        _("Your request for an account"),
        _("Your request for an account was not granted: {reason}"),
        ASKED_YOURSELF,
        outside=True,
    )
    ROLE_GIVEN = Told(
        "role-given",
        Urgency.AT_ONCE,
        _("Your role has changed"),
        _("Your role is now: {role}."),
        HAS_ACCOUNT,
        Page("account"),
    )
    CLOSED = Told(
        "closed",
        Urgency.AT_ONCE,
        _("Your account is closed"),
        _("Your account is closed. What you contributed stays."),
        HAS_ACCOUNT,
    )
    SENT = Told(
        "sent",
        Urgency.BY_WISH,
        _("An example was sent: {title}"),
        _("“{title}” ({subject}) was sent and waits for a reviewer."),
        REVIEWS,
        REVIEW,
    )
    CLAIMED = Told(
        "claimed",
        Urgency.BY_WISH,
        _("Your example is in review: {title}"),
        _("A reviewer has taken “{title}” ({subject}) into review."),
        CONTRIBUTED,
        CONTRIBUTION,
    )
    COMMENTED = Told(
        "commented",
        Urgency.BY_WISH,
        _("A comment on your example: {title}"),
        _("A reviewer commented on “{title}” ({subject}): {field}."),
        CONTRIBUTED,
        CONTRIBUTION,
    )
    ANSWERED = Told(
        "answered",
        Urgency.BY_WISH,
        _("An answer from the contributor: {title}"),
        _("The contributor of “{title}” ({subject}) wrote a comment: {field}."),
        REVIEWING,
        REVIEW,
    )
    EDITED = Told(
        "edited",
        Urgency.BY_WISH,
        _("A reviewer edited your example: {title}"),
        _("A reviewer edited “{title}” ({subject}). The page shows what changed."),
        CONTRIBUTED,
        CONTRIBUTION,
    )
    CHANGES_ASKED = Told(
        "changes-asked",
        Urgency.BY_WISH,
        _("Changes are asked for: {title}"),
        _("The reviewer of “{title}” ({subject}) asks for changes: {reason}"),
        CONTRIBUTED,
        CONTRIBUTION,
    )
    DECLINED = Told(
        "declined",
        Urgency.BY_WISH,
        _("Your example was declined: {title}"),
        _("“{title}” ({subject}) was declined: {reason}"),
        CONTRIBUTED,
        CONTRIBUTION,
    )
    SCHEDULED = Told(
        "scheduled",
        Urgency.BY_WISH,
        _("Your example will be published: {title}"),
        _("“{title}” ({subject}) will be published on {when}."),
        CONTRIBUTED,
        CONTRIBUTION,
    )
    PUBLISHED = Told(
        "published",
        Urgency.BY_WISH,
        _("Published: {title}"),
        _("“{title}” is published as {entry}."),
        _("You contributed this example, or reviewed it."),
        ENTRY,
    )
    SECOND_ASKED = Told(
        "second-asked",
        Urgency.BY_WISH,
        _("A second reviewer is wanted: {title}"),
        _("A second reviewer is wanted for “{title}” ({subject})."),
        REVIEWS,
        REVIEW,
    )
    SENT_AGAIN = Told(
        "sent-again",
        Urgency.BY_WISH,
        _("An example was sent again: {title}"),
        _("The contributor changed “{title}” ({subject}) and sent it again."),
        REVIEWING,
        REVIEW,
    )
    TAKEN_BACK = Told(
        "taken-back",
        Urgency.BY_WISH,
        _("An example was taken back: {title}"),
        _("The contributor took “{title}” ({subject}) back to change it."),
        REVIEWING,
    )
    WITHDRAWN = Told(
        "withdrawn",
        Urgency.BY_WISH,
        _("An example was withdrawn: {title}"),
        _("The contributor withdrew “{title}” ({subject})."),
        REVIEWING,
        REVIEW,
    )
    CONFIRM = Told(
        "confirm",
        Urgency.BY_WISH,
        _("Is this entry still true: {title}"),
        _("Is “{title}” ({subject}) still true? Confirm it, or say what has changed. You need not sign in."),
        OWNS,
        Page("confirm", (TOKEN,)),
        ABOUT_ENTRY,
    )
    CHANGE_PROPOSED = Told(
        "change-proposed",
        Urgency.BY_WISH,
        _("A change to your entry is proposed: {title}"),
        _("Somebody proposes a change to “{title}” ({entry}). Reviewers will decide on it."),
        OWNS,
        ENTRY,
    )
    ENTRY_WITHDRAWN = Told(
        "entry-withdrawn",
        Urgency.BY_WISH,
        _("An entry was withdrawn: {title}"),
        _("“{title}” ({subject}) was withdrawn from the catalogue: {reason}"),
        OWNS,
        ABOUT_ENTRY,
    )
    ENTRY_MERGED = Told(
        "entry-merged",
        Urgency.BY_WISH,
        _("Two entries became one: {title}"),
        _("“{title}” ({subject}) was merged into {into}. Its address leads there."),
        OWNS,
        Page("entry", ("into",)),
    )

    CALL_OPENED = Told(
        "call-opened",
        Urgency.BY_WISH,
        _("Examples are sought: {title}"),
        _("The catalogue seeks examples: “{title}”. They can be sent until {when}."),
        _("You are a national focal point, and the call addresses your country."),
        Page("call", ("call",)),
    )

    @property
    def code(self) -> str:
        return self.value.code

    @property
    def urgency(self) -> Urgency:
        return self.value.urgency

    @property
    def facts(self) -> frozenset[str]:
        """The facts that `tell` asks for."""
        return frozenset(self.value.facts()) - {SUBJECT}


BY_CODE = {kind.code: kind for kind in Kind}
