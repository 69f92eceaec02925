"""The addresses of the API: parse, ask, answer."""

import base64
import binascii
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from precedent import __version__
from precedent.api import schemas
from precedent.api.problems import explain
from precedent.api.submissions import router as submissions
from precedent.catalogue import citation
from precedent.catalogue import queries as catalogue
from precedent.search import engine
from precedent.search.cards import Card
from precedent.search.facets import facets as declared
from precedent.search.facets import label
from precedent.search.refusals import RequestNotUnderstood
from precedent.search.request import Ignored, SearchRequest, parse, why_ignored


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

ASKED = {"parameters": schemas.parameters()}
REFUSED = {422: schemas.Problem, 503: schemas.Problem}


def _asked(request: HttpRequest) -> SearchRequest:
    """The request in the address. Raises RequestNotUnderstood where the page would leave something out."""
    given = dict(request.GET.lists())
    cursors = given.pop("cursor", [])
    asked = parse(given)
    ignored = list(asked.ignored)
    if cursors:
        page = _page_at(cursors[-1])
        if page is None:
            ignored.append(Ignored("cursor", cursors[-1][:60], "value-unknown"))
        else:
            asked = asked.on_page(page)
    if ignored:
        told = [
            {"parameter": i.parameter, "value": i.value, "code": i.code, "message": why_ignored(i)}
            for i in ignored
        ]
        raise RequestNotUnderstood(count=len(told), first=told[0]["message"], ignored=told)
    return asked


def _cursor(page: int) -> str:
    return base64.urlsafe_b64encode(f"page:{page}".encode()).decode().rstrip("=")


def _page_at(cursor: str) -> int | None:
    """The page that a cursor stands for, or None where it is none of ours."""
    try:
        name, _, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return int(number) if name == "page" and number.isdecimal() and 0 < len(number) < 10 else None


@api.get("/entries", response={200: schemas.Entries, **REFUSED}, openapi_extra=ASKED, url_name="entries")
def entries(request: HttpRequest) -> Any:
    """Entries, by words and filters. *Or* within one parameter, *and* between them."""
    asked = _asked(request)
    answer = engine.ask(asked)
    following = None
    if asked.page < answer.pages:
        told = asked.on_page(1).query_string
        cursor = f"{'&' if told else '?'}cursor={_cursor(asked.page + 1)}"
        following = request.build_absolute_uri(request.path + told + cursor)
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
    asked = _asked(request)
    answer = engine.ask(asked)
    counted = {
        parameter: [
            {"code": c.code, "label": label(facet, c.code, asked.edition), "count": c.count}
            for c in answer.facets[parameter]
        ]
        for parameter, facet in declared().items()
    }
    return {"count": answer.count, "facets": counted}
