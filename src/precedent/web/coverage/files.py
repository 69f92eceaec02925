"""Coverage to carry away: a table for a table program, a picture for a slide."""

from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from precedent.kernel.languages import current
from precedent.printing import press
from precedent.search.dimensions import edition_of, named
from precedent.web import tables
from precedent.web.coverage.asked import SHOWN, Asked, read
from precedent.web.coverage.drawing import drawn
from precedent.web.coverage.table import Table, table
from precedent.web.page import absolute
from precedent.web.wording import lower_first

Answer = TypeVar("Answer", bound=HttpResponseBase)

COLOURS = {"a": "#1c5299", "b": "#8d5500", "c": "#86296b", "": "#17191d"}
"""The issue areas' hues of the style sheet, on paper."""

DOTS_AN_INCH = 115
"""A picture of 1,917 points: a slide's full width."""


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """A line each for every cell, empty ones included. Raises IndexAway."""
    asked, shown = _asked(request)
    header = [named(asked.rows), _("Code"), named(asked.columns), _("Code"), SHOWN[asked.shown], _("Address")]
    response = StreamingHttpResponse(tables.lines(header, _lines(request, shown)), content_type=tables.TYPE)
    return _attached(response, "csv")


def _asked(request: HttpRequest) -> tuple[Asked, Table]:
    asked = read(dict(request.GET.lists()))
    return asked, table(asked, asked.answer())


def _lines(request: HttpRequest, shown: Table) -> Iterator[list[object]]:
    for band in shown.bands:
        for row in band.rows:
            for cell in row.squares:
                column = shown.columns[cell.column]
                yield [row.label, row.code, column, cell.column, cell.number, absolute(request, cell.address)]


@require_safe
def as_svg(request: HttpRequest) -> HttpResponse:
    """The matrix as a drawing that any size of slide can take; its letters are outlines. Raises IndexAway."""
    response = HttpResponse(press.svg(_source(), _drawing(request)), content_type="image/svg+xml; charset=utf-8")
    return _attached(response, "svg")


@require_safe
def as_png(request: HttpRequest) -> HttpResponse:
    """The same as a picture of dots. Raises IndexAway."""
    response = HttpResponse(press.png(_source(), _drawing(request), DOTS_AN_INCH), content_type="image/png")
    return _attached(response, "png")


@cache
def _source() -> str:
    return (Path(__file__).resolve().parent / "drawing.typ").read_text("utf-8")


def _drawing(request: HttpRequest) -> dict[str, Any]:
    asked, shown = _asked(request)
    language = current()
    made = drawn(shown, rtl=language.direction == "rtl")
    columns = lower_first(named(asked.columns))
    edition = _("edition {number} of the framework").format(number=edition_of(asked.search).number)
    return asdict(made) | {
        "numbered": made.numbered,
        "heading": _("{rows} by {columns}").format(rows=named(asked.rows), columns=columns),
        "what": _(", ").join([str(SHOWN[asked.shown]), edition]),
        "foot": " ".join([_("Hatched: none recorded."), _("Precedent, the policy and practice database")]),
        "colours": COLOURS,
        "rtl": language.direction == "rtl",
        "language": language.code,
    }


def _attached(response: Answer, kind: str) -> Answer:
    response["Content-Disposition"] = f'attachment; filename="precedent-coverage.{kind}"'
    return response
