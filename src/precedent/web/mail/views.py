"""The mails in the data folder, newest first."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.web.mail.gate import is_here
from precedent.web.page import show

SHOWN = 100
"""Mails on the page. The folder has them all."""
BETWEEN = b"\n" + b"-" * 79 + b"\n"
"""What Django writes after each mail of a file."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, its text in paragraphs of lines."""

    subject: str
    to: str
    date: str
    text: list[list[str]]


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Read at the machine itself; for everybody else there is no such page."""
    if not is_here(request):
        raise Http404
    return show(request, "mail/mail.html", {"mails": list(islice(_newest(Path(settings.MAIL_FOLDER)), SHOWN))})


def _newest(folder: Path) -> Iterator[Mail]:
    # Names tell only the second; two mails are often sent in one.
    for file in sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        for told in reversed(file.read_bytes().split(BETWEEN)):
            if told.strip():
                yield _read(email.message_from_bytes(told, _class=EmailMessage, policy=default))


def _read(message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    paragraphs = [part.splitlines() for part in text.split("\n\n")]
    subject, to, date = (str(message.get(name, "")) for name in ("subject", "to", "date"))
    return Mail(subject, to, date, paragraphs)
