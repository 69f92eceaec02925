"""Nothing typed is lost: what arrives without a session, or from an old form, is kept on a page and sent again."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from precedent.web.page import show

LONG = 60
"""Characters from which a text is shown, and not only carried along."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A field as it was sent."""

    name: str
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or "\n" in self.value


def typed(request: HttpRequest) -> Iterator[Typed]:
    """What was typed and chosen, in the order in which it was sent. No password is kept."""
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken" and "password" not in name:
            yield from (Typed(name, str(value)) for value in values)


def page(
    request: HttpRequest, message: str, hint: str, *, again: bool = True, sign_in: bool = False, status: int = 403
) -> HttpResponse:
    """The page that holds what was typed. `again`: it can be sent again from here; `sign_in`: after signing in."""
    files = [file.name for _, files in request.FILES.lists() for file in files]
    told = {"message": message, "hint": hint, "again": again, "sign_in": sign_in}
    told |= {"typed": list(typed(request)), "files": files, "address": request.get_full_path()}
    return show(request, "kept.html", told, status)


def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """More than can be taken in at once; it was not read, so it cannot be shown."""
    limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1_000_000
    message = _("This is more than {limit} MB of text, and was not saved.").format(limit=limit)
    hint = _("Go back in your browser: what you typed is still there. Shorten it, or send it in parts.")
    return show(request, "refusal.html", {"message": message, "hint": hint, "words": ""}, 413)


def after_a_fault(request: HttpRequest) -> HttpResponse:
    """A fault of ours met a form."""
    message = _("Something went wrong on our side, and this is not saved yet.")
    hint = _("Nothing you typed is lost: it is on this page. Send it again in a minute.")
    return page(request, message, hint, status=500)
