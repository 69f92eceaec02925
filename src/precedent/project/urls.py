"""Every address of the service."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from precedent.api.problems import nothing_here
from precedent.api.resources import api
from precedent.web.health import healthz, readyz

urlpatterns = [
    path("api/v1/", api.urls),
    re_path("^api/", nothing_here),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    *i18n_patterns(path("", include("precedent.web.urls"))),
]

handler400 = "precedent.web.refusals.bad_request"
handler404 = "precedent.web.refusals.not_found"
handler500 = "precedent.web.refusals.our_fault"
