"""The addresses of the API: parse, ask, answer."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from precedent import __version__
from precedent.api import schemas
from precedent.api.asked import asked_of, cursor
from precedent.api.calls import router as calls
from precedent.api.coverage import router as coverage
from precedent.api.framework import router as framework
from precedent.api.problems import explain
from precedent.api.submissions import router as submissions
from precedent.api.suggest import router as suggest
from precedent.api.vocabularies import router as vocabularies
from precedent.catalogue import citation
from precedent.catalogue import queries as catalogue
from precedent.search import engine
from precedent.search.cards import Card
from precedent.search.facets import facets as declared
from precedent.search.facets import label


class AsItIs(JSONRenderer):
    """JSON in which a letter is a letter: shorter in every language but English."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Precedent",
    version=__version__,
    description="The policy and practice database: what was tried, for whom, and what came of it.",
    urls_namespace="api",
    docs_url=None,
    renderer=AsItIs(),
)
explain(api)
api.add_router("/submissions", submissions)
api.add_router("/calls", calls)
api.add_router("/coverage", coverage)
api.add_router("/framework", framework)
api.add_router("/suggest", suggest)
api.add_router("/vocabularies", vocabularies)

ASKED = {"parameters": schemas.parameters()}
REFUSED = {422: schemas.Problem, 503: schemas.Problem}


@api.get("/entries", response={200: schemas.Entries, **REFUSED}, openapi_extra=ASKED, url_name="entries")
def entries(request: HttpRequest) -> Any:
    """Entries, by words and filters. *Or* within one parameter, *and* between them."""
    asked = asked_of(request)
    answer = engine.ask(asked)
    following = None
    if asked.page < answer.pages:
        told = asked.on_page(1).query_string
        mark = f"{'&' if told else '?'}cursor={cursor(asked.page + 1)}"
        following = request.build_absolute_uri(request.path + told + mark)
    items = [_item(request, hit.card) for hit in answer.hits]
    return {"count": answer.count, "items": items, "next": following}


def _item(request: HttpRequest, card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "url": _address(request, card.address),
        "title": card.title,
        "language": card.language,
        "entry_kind": card.kind,
        "summary": card.passages[0].text,
        "countries": list(card.countries),
        "year_start": card.year_start,
        "year_end": card.year_end,
        "areas": list(card.areas),
        "perspectives": list(card.perspectives),
        "unconfirmed": card.compiled,
        "verified": card.verified,
    }


def _address(request: HttpRequest, entry: str) -> str:
    return request.build_absolute_uri(reverse("entry", args=[entry]))


@api.get(
    "/entries/{id}",
    response={200: schemas.WholeEntry, 404: schemas.Problem, 410: schemas.Problem},
    url_name="entry",
)
def entry(request: HttpRequest, id: str) -> Any:
    """One entry, whole, with the keys of the bulk file."""
    found = catalogue.entry(id)
    return citation.as_data(found, _address(request, found.address))


@api.get("/facets", response={200: schemas.Facets, **REFUSED}, openapi_extra=ASKED, url_name="facets")
def facets(request: HttpRequest) -> Any:
    """How many entries of a list carry each code of each filter."""
    asked = asked_of(request)
    answer = engine.ask(asked)
    counted = {
        parameter: [
            {"code": c.code, "label": label(facet, c.code, asked.edition), "count": c.count}
            for c in answer.facets[parameter]
        ]
        for parameter, facet in declared().items()
    }
    return {"count": answer.count, "facets": counted}
