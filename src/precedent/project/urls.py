"""Every address of the service."""

from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from precedent.api import problems
from precedent.api.resources import api
from precedent.kernel.languages import LANGUAGES
from precedent.web import access, kept, refusals
from precedent.web.health import healthz, readyz

urlpatterns = [
    path("api/v1/", api.urls),
    path("healthz", require_safe(healthz), name="healthz"),
    path("readyz", require_safe(readyz), name="readyz"),
    *(
        path(language.code, require_safe(RedirectView.as_view(url=f"/{language.code}/")), name="language")
        for language in LANGUAGES
    ),
    *i18n_patterns(path("", include("precedent.web.urls"))),
]

handler403 = access.denied
handler429 = access.too_often


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not to be understood, or more than can be taken in."""
    if isinstance(exception, RequestDataTooBig):
        return kept.too_large(request, exception)
    return refusals.bad_request(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing at this address: told to programs and to people, each in their way."""
    return problems.nothing_here(request) if _of_the_api(request) else refusals.not_found(request)


def handler500(request: HttpRequest) -> HttpResponse:
    """A fault of ours, likewise; what was typed is kept. Django has written it to the log."""
    if _of_the_api(request):
        return problems.our_fault_told()
    return kept.after_a_fault(request) if request.method == "POST" else refusals.our_fault(request)


def _of_the_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
