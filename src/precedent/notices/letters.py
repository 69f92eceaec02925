"""Mail: notices as a plain text in the recipient's language, with why it came and how to stop it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from precedent.kernel.languages import BY_CODE, FALLBACK
from precedent.kernel.text import one_line
from precedent.notices import wording
from precedent.notices.records import Letter, Notice, is_person

MOST = 100
"""Notices in one mail. The inbox has the rest."""
STOP = "stop-mail"
"""The salt of the token by which a mail is stopped, and the name of the page that does it."""


def message(letter: Letter) -> EmailMessage:
    """The mail, ready to be sent. Made again, it is the same mail by its Message-ID."""
    with translation.override(BY_CODE.get(letter.language, BY_CODE[FALLBACK]).code):
        return EmailMessage(
            subject=_subject(letter.notices),
            body=_body(letter),
            to=[letter.email],
            headers=_headers(letter),
        )


def stop_address(recipient: str) -> str | None:
    """Where a person stops mail, signed in or not; None for an address that is no person's."""
    if not is_person(recipient):
        return None
    token = signing.dumps({"person": recipient}, salt=STOP)
    return _absolute(reverse(STOP, args=[token]))


def _absolute(address: str) -> str:
    return f"{settings.ENVIRONMENT.address}{address}"


def _headers(letter: Letter) -> dict[str, str]:
    host = urlsplit(settings.ENVIRONMENT.address).hostname
    headers = {"Message-ID": f"<{letter.key}@{host}>", "Auto-Submitted": "auto-generated"}
    if stop := stop_address(letter.recipient):
        headers["List-Unsubscribe"] = f"<{stop}>"
    return headers


def _subject(notices: tuple[Notice, ...]) -> str:
    if len(notices) == 1:
        # Marks of direction are for who shows text; many a program shows them in a subject line.
        return wording.STEERING.sub("", wording.heading(notices[0]))
    count = len(notices)
    return one_line(
        ngettext("{count} notice from Precedent", "{count} notices from Precedent", count).format(count=count)
    )


def _body(letter: Letter) -> str:
    told = [_told(notice) for notice in letter.notices[:MOST]]
    more = len(letter.notices) - len(told)
    if more:
        kept = ngettext("{count} more is in your inbox.", "{count} more are in your inbox.", more)
        told.append(kept.format(count=more))
    return "\n\n".join([*told, "-- \n" + "\n".join(_foot(letter))]) + "\n"


def _told(notice: Notice) -> str:
    lines = [wording.sentence(notice)]
    if address := wording.address(notice):
        lines.append(_absolute(address))
    lines.append(_("Why you are told: {reason}").format(reason=wording.why(notice)))
    lines.append(wording.moment(notice.at))
    return "\n".join(lines)


def _foot(letter: Letter) -> list[str]:
    """Where the notices are kept, and how mail is stopped."""
    stop = stop_address(letter.recipient)
    if stop is None:
        return [_("Mail comes to this address only about an account that was asked for or offered with it.")]
    return [
        _("All your notices: {address}").format(address=_absolute(reverse("inbox"))),
        _("To stop these mails, or to have one a day at most: {address}").format(address=stop),
        _("What concerns your account itself is mailed in any case."),
    ]
