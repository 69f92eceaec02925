"""What accounts say: what is wrong, what was done, and the mails about it. Data for `accounts.py`.

The library's own texts are replaced, each by its code, so that they speak as the rest does, in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODE = _("This code is not right. Codes change twice a minute: type the one that is shown now.")
OFTEN = _("Too many attempts. Wait a few minutes, then try again.")

ERRORS: dict[str, Promise] = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This is your address already. Type the new one."),
    "email_password_mismatch": _(
        "Address and password do not fit together. Check both, or choose a new password."
    ),
    "email_taken": _("Choose another address: this one cannot be used."),
    "enter_current_password": _("This is not your password. Type the one that you sign in with now."),
    "incorrect_code": CODE,
    "incorrect_password": _("This is not your password. Check it, or choose a new one."),
    "invalid_password_reset": _("This link works no more. Ask for a new one."),
    "too_many_login_attempts": OFTEN,
    "rate_limited": OFTEN,
    "add_email_blocked": _("Remove the second factor first; then change the address."),
    "cannot_delete_authenticator": _("The second factor cannot be removed now."),
    "cannot_generate_recovery_codes": _("Set up the second factor first; its recovery codes come with it."),
    "unverified_email": _("Confirm your new address first: the link is in the mail that we sent there."),
}
"""By the library's code."""

DONE: dict[str, Promise] = {
    "account/messages/email_confirmation_sent.txt": _("We sent a mail to {email}. Open the link in it."),
    "account/messages/email_confirmed.txt": _("{email} is your address from now on."),
    "account/messages/email_confirmation_failed.txt": _("{email} cannot be used: choose another address."),
    "account/messages/email_deleted.txt": _("{email} is forgotten."),
    "account/messages/password_changed.txt": _("Your new password is saved. Use it when you sign in next."),
    "account/messages/password_set.txt": _("Your password is saved. Use it when you sign in next."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/totp_activated.txt": _("The second factor is set up."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes. Keep them where you find them."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out there."),
}
"""What is said after it was done, by the library's name; what is not listed goes without saying."""

YOURSELF = _("It was done on {when} from the address {ip}. If that was you, there is nothing to do.")
NOT_YOU = _("If it was not you, choose a new password at once, and tell an editor:")
SAFETY = _("You are told whenever something changes in how you sign in; this mail cannot be stopped.")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail about an account. `page` is where its link leads; `args` fill the address: parameter → fact."""

    subject: Promise
    said: tuple[Promise, ...]
    page: str
    why: Promise
    args: Mapping[str, str] = field(default_factory=dict)


def _change(subject: Promise, told: Promise) -> Letter:
    """Something changed in how somebody signs in."""
    return Letter(subject, (told, YOURSELF, NOT_YOU), "account_reset_password", SAFETY)


AWAITED: dict[str, Letter] = {
    "account/email/password_reset_key": Letter(
        _("Choose a new password"),
        (
            _("Here you choose a new password for Precedent. The link works once, for one day:"),
        ),
        "account_reset_password_from_key",
        _("Somebody asked for it with this address. If it was not you, do nothing: your password stays as it is."),
        {"uidb36": "uid", "key": "key"},
    ),
    "account/email/unknown_account": Letter(
        _("There is no account with this address"),
        (
            _("A new password was asked for, but nobody has an account with this address at Precedent."),
            _("If you have one with another address, use that. If you have none, you can ask for one:"),
        ),
        "ask",
        _("Somebody asked for a new password with this address. If it was not you, do nothing."),
    ),
    "account/email/email_confirmation": Letter(
        _("Confirm your address"),
        (
            _("With this link you confirm that {email} is your address at Precedent. It works for three days:"),
        ),
        "account_confirm_email",
        _("Somebody entered this address for their account. If it was not you, do nothing."),
        {"key": "key"},
    ),
}  # fmt: skip
"""Mails for which somebody waits."""

CHANGES: dict[str, Letter] = {
    "account/email/email_changed": _change(
        _("Your address has changed"),
        _("Your address at Precedent is now {to_email}; {from_email} is no more used."),
    ),
    "account/email/email_deleted": _change(
        _("An address was removed"), _("The address {deleted_email} was removed from your account at Precedent.")
    ),
    "account/email/password_changed": _change(
        _("Your password has changed"), _("The password of your account at Precedent has changed.")
    ),
    "account/email/password_reset": _change(
        _("Your password has changed"), _("A new password was chosen for your account at Precedent.")
    ),
    "account/email/password_set": _change(
        _("Your password is set"), _("A password was chosen for your account at Precedent.")
    ),
    "mfa/email/totp_activated": _change(
        _("The second factor is set up"), _("Signing in to Precedent now also asks for a code from your app.")
    ),
    "mfa/email/totp_deactivated": _change(
        _("The second factor is removed"), _("Signing in to Precedent no longer asks for a code from your app.")
    ),
    "mfa/email/recovery_codes_generated": _change(
        _("New recovery codes"),
        _("New recovery codes were made for your account at Precedent; the old ones are void."),
    ),
}
"""Mails about what was done, for the case that somebody else did it."""

LETTERS = AWAITED | CHANGES
FOOT = _("Why this mail came: {reason}")
