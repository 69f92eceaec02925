from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Conflict, Gone, Invalid, NotFound, Unavailable


class NoSuchPerson(NotFound):
    code = "person-unknown"
    message = _("There is no person {id} here.")
    hint = _("Check the number, or look for the name in the list of people.")


class PersonChanged(Conflict):
    code = "person-changed"
    message = _("Somebody else changed this meanwhile; what you sent was not saved.")
    hint = _("Read how it stands now, then send it again.")


class NotOpen(Conflict):
    """The move is not one that starts from the person's standing."""

    code = "person-not-open"
    message = _("This cannot be done as the person stands now.")
    hint = _("Read how the person stands now; what can be done is below.")


class LastAdministrator(Conflict):
    code = "last-administrator"
    message = _("This is the only administrator.")
    hint = _("Make somebody else an administrator first; otherwise nobody could give roles any more.")


class AddressTaken(Conflict):
    code = "address-taken"
    message = _("Somebody with this e-mail address is here already.")
    hint = _("Look for the address in the list of people.")


class NoSuchInvitation(NotFound):
    code = "invitation-unknown"
    message = _("This invitation link is not valid.")
    hint = _("Open the link in the newest mail, whole. If that fails, ask an editor to invite you again.")


class InvitationExpired(Gone):
    code = "invitation-expired"
    message = _("This invitation has expired: a link is good for {days} days.")
    hint = _("Ask an editor to invite you again, or ask for an account.")


class InvitationUsed(Gone):
    code = "invitation-used"
    message = _("This invitation was used: there is an account already.")
    hint = _("Sign in. If you have forgotten the password, ask for a new one there.")


class StopLinkExpired(Gone):
    code = "stop-link-expired"
    message = _("This link has expired: it works for {days} days after the mail.")
    hint = _("Use the link in a newer mail, or sign in and choose in your profile when you get mail.")


class StopLinkForged(NotFound):
    code = "stop-link-unknown"
    message = _("This link is not valid.")
    hint = _("Open the link in the mail, whole, or sign in and choose in your profile when you get mail.")


class TooManyWaiting(Unavailable):
    code = "too-many-requests-waiting"
    message = _("More requests for accounts are waiting than can be read.")
    hint = _("Try again in a few days.")


class MailIsAway(Unavailable):
    code = "mail-away"
    message = _("The mail could not be sent.")
    hint = _(
        "Nothing else was done. Try again in a few minutes; if it fails again, tell whoever runs this service."
    )


class NoSuchToken(NotFound):
    code = "token-unknown"
    message = _("There is no such token.")
    hint = _("Your tokens are listed in your profile.")


class TooManyTokens(Conflict):
    code = "too-many-tokens"
    message = _("You have {most} tokens, and there can be no more.")
    hint = _("Revoke one that you do not use any more.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one field, and the remedy, in a sentence."""

    field: str
    message: str


class PersonInvalid(Invalid):
    """`findings`: every field that needs attention."""

    code = "person-invalid"
    message = "{first}"
    hint = _("Correct it and send it again.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(first=findings[0].message)
        self.findings = tuple(findings)
