"""The one place where a refusal becomes a page, and a fault becomes an apology."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from precedent.catalogue.refusals import EntryWithdrawn
from precedent.kernel.refusals import Refusal
from precedent.web.page import show
from precedent.web.wording import date

log = logging.getLogger(__name__)


class RefusalPages:
    """Middleware: what an action or a query refused is told in the reader's language, with its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        if isinstance(error, EntryWithdrawn):
            error.facts["date"] = date(error.at)
        response = show(request, "refusal.html", {"message": str(error), "hint": error.advice}, error.status)
        if error.status == 503:
            response["Retry-After"] = "5"
        return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No page at this address."""
    told = {"message": _("There is no page here."), "hint": _("Check the address, or search the catalogue.")}
    return show(request, "refusal.html", told, 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be read at all."""
    told = {
        "message": _("This request cannot be understood."),
        "hint": _("Start again from the home page, or search the catalogue."),
    }
    return show(request, "refusal.html", told, 400)


def our_fault(request: HttpRequest) -> HttpResponse:
    """A fault of the product. The page is made without the database, which may be what failed."""
    told = {
        "message": _("Something went wrong on our side."),
        "hint": _("Nothing you typed is lost. Try again in a minute."),
    }
    return show(request, "refusal.html", told, 500)
