"""The one place where a refusal becomes a page, and a fault becomes an apology."""

import logging
import re
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from precedent.catalogue.refusals import EntryMerged, EntryWithdrawn
from precedent.kernel.languages import BY_CODE
from precedent.kernel.refusals import Refusal
from precedent.web.page import first_step, show
from precedent.web.wording import date

log = logging.getLogger(__name__)

LIKE_A_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")


class RefusalPages:
    """Middleware: what an action or a query refused is told in the reader's language, with its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, EntryMerged):
            return HttpResponsePermanentRedirect(reverse("entry", args=[error.facts["into"]]))
        if isinstance(error, EntryWithdrawn):
            error.facts["date"] = date(error.at)
        told = {"message": str(error), "hint": error.advice, "words": words_in(request.path)}
        response = show(request, "refusal.html", told, error.status)
        if error.status == 503:
            response["Retry-After"] = "5"
        return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page at this address, or none in this language."""
    wished = first_step(request.path)
    if LIKE_A_LANGUAGE.fullmatch(wished) and wished not in BY_CODE:
        message = _("There are no pages in the language “{code}”.").format(code=wished)
        hint = _("Choose one of the languages above, or search the catalogue.")
    else:
        message, hint = _("There is no page here."), _("Check the address, or search the catalogue.")
    told = {"message": message, "hint": hint, "words": words_in(request.path)}
    return show(request, "refusal.html", told, 404)


def words_in(path: str) -> str:
    """The words of an address's last step, to search for: an old title often stands there."""
    last = path.rstrip("/").rpartition("/")[2] if path.count("/") > 1 else ""
    return " ".join(word for word in re.findall(r"[^\W\d_]{2,}", last) if word.lower() != "ppd")[:100]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be read at all, or asks for the site under a name that it does not know."""
    if isinstance(exception, DisallowedHost):
        host = request.META.get("HTTP_HOST", "")[:100]
        message = _("This site does not answer under the name “{host}”.").format(host=host)
        hint = _("If you run it, add that name to the setting PRECEDENT_HOSTS.")
    else:
        message = _("This request cannot be understood.")
        hint = _("Start again from the home page, or search the catalogue.")
    return show(request, "refusal.html", {"message": message, "hint": hint, "words": ""}, 400)


def our_fault(request: HttpRequest) -> HttpResponse:
    """A fault of the product. The page is made without the database, which may be what failed."""
    told = {
        "message": _("Something went wrong on our side."),
        "hint": _("Nothing you typed is lost. Try again in a minute."),
        "words": "",
    }
    return show(request, "refusal.html", told, 500)
