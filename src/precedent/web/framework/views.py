from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.framework import queries
from precedent.framework.records import Edition
from precedent.search import engine
from precedent.search.cards import SIDES
from precedent.search.refusals import IndexAway
from precedent.web.page import show


@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """The edition in force, each question with its entries."""
    return _shown(request, queries.current_edition())


@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """An edition by its number, past ones included."""
    return _shown(request, queries.edition(number))


def _shown(request: HttpRequest, edition: Edition) -> HttpResponse:
    try:
        covered = engine.coverage("question", "perspective")
    except IndexAway:
        covered = None
    asked = [(code, side) for code in edition.questions for side in SIDES]
    told = {
        "edition": edition,
        "source_date": date.fromisoformat(edition.source.date),
        "covered": covered,
        "largest": max((covered or {}).values(), default=1),
        "places": len(asked),
        "filled": sum(place in covered for place in asked) if covered is not None else 0,
    }
    return show(request, "framework/framework.html", told)
