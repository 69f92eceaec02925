from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from precedent.calls import queries as calls
from precedent.framework import queries as framework
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of
from precedent.search import engine
from precedent.search.dimensions import DIMENSIONS, edition_of, named
from precedent.search.facets import facets
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest, parse
from precedent.web.coverage.asked import COLUMNS, ROWS, SHOWN, Asked, Shown, read
from precedent.web.coverage.table import table
from precedent.web.page import show
from precedent.web.search.help import fitting_calls
from precedent.web.search.shown import chips

NARROWED_BY = ("group", "status", "region")
"""Filters that the page offers; any other may stand in its address."""


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Two dimensions crossed, each cell with its number; the guiding questions by perspective as it opens."""
    asked = read(dict(request.GET.lists()))
    told = _controls(asked)
    told |= {"asked": asked, "edition": edition_of(asked.search), "table": None, "may_call": may_call(request)}
    try:
        covered = asked.answer()
    except IndexAway:
        response = show(request, "coverage/coverage.html", told, 503)
        response["Retry-After"] = "5"
        return response
    shown = table(asked, covered)
    told |= {
        "table": shown,
        "found": covered.found,
        "dots": not shown.many,
        "today": datetime.now(UTC).date(),
        "files": {kind: reverse(f"coverage-{kind}") + asked.query_string for kind in ("csv", "svg", "png")},
        "least": reverse("coverage-least") + asked.search.without("question").query_string,
    }
    return show(request, "coverage/coverage.html", told)


def may_call(request: HttpRequest) -> bool:
    """May who reads open a call for examples?"""
    return actor_of(request).may(Permission.CALL_FOR_EXAMPLES)


def _controls(asked: Asked) -> dict[str, Any]:
    dimensions = [(dimension, named(dimension)) for dimension in DIMENSIONS]
    offered = [facets()[parameter] for parameter in NARROWED_BY]
    kept = [(name, value) for name, value in asked.search.parameters() if name not in (*NARROWED_BY, "edition")]
    in_force = asked.search.edition in (None, framework.current_edition().number)
    return {
        "calls": calls.open_by_question() if asked.rows == ROWS and in_force else {},
        "sides": (asked.rows, asked.columns) == (ROWS, COLUMNS),
        "dimensions": dimensions,
        "rows_named": named(asked.rows),
        "columns_named": named(asked.columns),
        "shown": SHOWN,
        "usual": (asked.rows, asked.columns) == (ROWS, COLUMNS),
        "offered": offered,
        "kept": kept,
        "chips": [chip for chip in chips(asked.search)],
        "editions": framework.editions(),
        "countries": asked.shown is Shown.COUNTRIES,
    }


@require_safe
def gap(request: HttpRequest) -> HttpResponse:
    """A cell in which nothing is recorded: how to contribute to it, and what stands near it."""
    asked = parse(dict(request.GET.lists())).bare
    try:
        answer = engine.ask(asked)
    except IndexAway:
        answer = None
    told = {
        "asked": asked,
        "found": answer.count if answer else 0,
        "chips": chips(asked),
        "near": _near(asked) if answer else [],
        "calls": fitting_calls(asked),
        "may_call": may_call(request),
    }
    return show(request, "coverage/gap.html", told)


def _near(asked: SearchRequest) -> list[tuple[str, SearchRequest, int]]:
    """The same without one condition, where that finds something: what is left out, the search, its count."""
    found = []
    for parameter, _codes in asked.chosen:
        wider = asked.without(parameter)
        if wider.chosen and (count := engine.ask(wider).count):
            found.append((str(facets()[parameter].label), wider, count))
    return found
