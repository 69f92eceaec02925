"""The one place where a refusal becomes a problem document (RFC 9457)."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from precedent.catalogue.refusals import EntryMerged, EntryWithdrawn
from precedent.kernel.refusals import Refusal

log = logging.getLogger(__name__)


def problem(status: int, code: str, message: str, hint: str, **more: object) -> HttpResponse:
    """A problem document: a code for programs, a message and a hint for people."""
    told = {
        "type": f"urn:precedent:problem:{code}",
        "title": message,
        "status": status,
        "code": code,
        "message": message,
        "hint": hint,
        **more,
    }
    return JsonResponse(told, status=status, content_type="application/problem+json")


def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """A refusal, with its own status."""
    if isinstance(error, EntryWithdrawn):
        error.facts["date"] = error.at.date().isoformat()
    if isinstance(error, EntryMerged):
        return HttpResponsePermanentRedirect(reverse("api:entry", args=[error.facts["into"]]))
    more = {name: error.facts[name] for name in ("ignored",) if name in error.facts}
    response = problem(error.status, error.code, str(error), error.advice, **more)
    if error.status == 503:
        response["Retry-After"] = "5"
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def nothing_here(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """No resource at this address."""
    hint = _("openapi.json lists every address.")
    return problem(404, "address-unknown", _("There is no resource at this address."), hint)


def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or a parameter that has not the form it should have."""
    first = error.errors[0]
    place = ".".join(str(step) for step in first["loc"])
    message = _("{place} cannot be understood: {why}").format(place=place, why=first["msg"])
    return problem(422, "request-not-understood", message, _("openapi.json tells the form of each request."))


def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON at all."""
    hint = _("Send JSON in UTF-8, with the content type application/json.")
    return problem(error.status_code, "body-unreadable", _("The body of the request cannot be read."), hint)


def our_fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of the product: written to the log, not to the world."""
    log.exception("The API failed at %s", request.path, exc_info=error)
    return our_fault_told()


def our_fault_told() -> HttpResponse:
    """What a program is told of a fault of ours."""
    return problem(500, "our-fault", _("Something went wrong on our side."), _("Try again in a minute."))


def explain(api: NinjaAPI) -> None:
    """Answer every refusal and fault of an API with a problem document."""
    api.exception_handler(Refusal)(refused)
    api.exception_handler(Http404)(nothing_here)
    api.exception_handler(ValidationError)(not_understood)
    api.exception_handler(HttpError)(not_readable)
    api.exception_handler(Exception)(our_fault)
