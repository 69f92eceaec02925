from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.framework import queries
from precedent.framework.records import Edition
from precedent.search.cards import SIDES
from precedent.search.coverage import coverage
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest
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
    in_force = edition.number == queries.current_edition().number
    asked = SearchRequest(edition=None if in_force else edition.number)
    try:
        covered = coverage(asked, "question", "perspective").counts
    except IndexAway:
        covered = None
    stand = [(code, side) for code in edition.questions for side in SIDES]
    told = {
        "edition": edition,
        "source_date": date.fromisoformat(edition.source.date),
        "asked": asked,
        "covered": covered,
        "largest": max((covered[place] for place in stand if place in covered), default=1) if covered else 1,
        "places": len(stand),
        "filled": sum(place in covered for place in stand) if covered is not None else 0,
    }
    return show(request, "framework/framework.html", told)
