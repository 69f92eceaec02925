"""Every address of the service."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView

from precedent.api import problems
from precedent.api.resources import api
from precedent.kernel.languages import LANGUAGES
from precedent.web import refusals
from precedent.web.health import healthz, readyz

urlpatterns = [
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    *(path(language.code, RedirectView.as_view(url=f"/{language.code}/")) for language in LANGUAGES),
    *i18n_patterns(path("", include("precedent.web.urls"))),
]

handler400 = refusals.bad_request


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address: told to programs and to people, each in their way."""
    return problems.nothing_here(request) if _of_the_api(request) else refusals.not_found(request)


def handler500(request: HttpRequest) -> HttpResponse:
    """A fault of ours, likewise. Django has written it to the log."""
    return problems.our_fault_told() if _of_the_api(request) else refusals.our_fault(request)


def _of_the_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
