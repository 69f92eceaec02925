from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from precedent.web.page import show


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the catalogue is, where its entries come from, and how programs read it."""
    addresses = [
        (reverse("api:entries"), _("Entries, by words and filters")),
        (reverse("api:entry", args=["PPD-000001"]), _("One entry, whole")),
        (reverse("api:facets"), _("How many entries carry each term, for the same filters")),
        (reverse("api:openapi-json"), _("The description of all addresses and parameters (OpenAPI)")),
    ]
    return show(request, "about/about.html", {"addresses": addresses})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "about/accessibility.html", {})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return show(request, "about/privacy.html", {})
