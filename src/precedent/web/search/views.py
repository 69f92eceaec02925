from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from precedent.search import engine
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest, Sort, why_ignored, why_renamed
from precedent.web.page import show
from precedent.web.search import files
from precedent.web.search.help import shown_help
from precedent.web.search.shown import chips, shown_facets


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The list, its filters and where its entries belong."""
    whole = request.GET.get(files.WHOLE, "")
    asked = files.asked_of(request)
    told: dict[str, Any] = {
        "asked": asked,
        "answer": None,
        "ignored": [why_ignored(ignored) for ignored in asked.ignored],
        "renamed": [why_renamed(renamed) for renamed in asked.renamed],
    }
    try:
        answer = engine.ask(asked)
        lifelines = shown_help(answer)
    except IndexAway:
        response = show(request, "search/search.html", told, 503)
        response["Retry-After"] = "5"
        return response
    in_use = chips(asked)
    told |= {
        "answer": answer,
        "facets": shown_facets(answer, whole),
        "chips": in_use,
        "in_use": len(in_use),
        "help": lifelines,
        "about": SearchRequest(chosen=asked.chosen).query_string,
        "orders": [(sort.value, named) for sort, named in orders().items() if asked.q or sort != Sort.RELEVANCE],
        "whole": f"{reverse('search')}{asked.query_string or '?'}{'&' if asked.query_string else ''}",
        "files": files.ways(asked),
        "data": reverse("api:entries") + asked.on_page(1).query_string,
    }
    return show(request, "search/search.html", told)


def orders() -> dict[Sort, str]:
    """The sort orders and what each is called."""
    return {
        Sort.RELEVANCE: _("Relevance"),
        Sort.NEWEST: _("Newest"),
        Sort.CONFIRMED: _("Last confirmed"),
        Sort.TITLE: _("Title"),
    }
