"""Coverage for programs: two dimensions crossed."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from precedent.api import schemas
from precedent.api.asked import asked_of, refused
from precedent.search.coverage import coverage
from precedent.search.dimensions import DIMENSIONS, code_named, codes, edition_of
from precedent.search.request import Ignored

ROWS, COLUMNS = "question", "perspective"

router = Router()


@router.get(
    "",
    response={200: schemas.Coverage, 422: schemas.Problem, 503: schemas.Problem},
    openapi_extra={"parameters": schemas.coverage_parameters()},
    url_name="coverage",
)
def crossed(request: HttpRequest) -> Any:
    """How many entries, from how many countries, stand where two dimensions cross; empty cells, too."""
    rows, columns = (request.GET.get(name, usual) for name, usual in (("rows", ROWS), ("columns", COLUMNS)))
    wrong = [
        Ignored(name, value[:60], "value-unknown")
        for name, value in (("rows", rows), ("columns", columns))
        if value not in DIMENSIONS
    ]
    if rows == columns and not wrong:
        wrong = [Ignored("columns", columns, "value-unknown")]
    if wrong:
        raise refused(wrong)
    asked = asked_of(request, ("rows", "columns")).bare
    found = coverage(asked, rows, columns, countries=True)
    down = codes(rows, asked, {row for row, _ in found.cells})
    across = codes(columns, asked, {column for _, column in found.cells})
    search = request.build_absolute_uri(reverse("search"))
    return {
        "edition": edition_of(asked).number,
        "count": found.found,
        "rows": [{"code": code, "label": code_named(rows, code, asked.edition)} for code in down],
        "columns": [{"code": code, "label": code_named(columns, code, asked.edition)} for code in across],
        "cells": [
            {
                "row": row,
                "column": column,
                "count": (cell := found.cell(row, column)).count,
                "countries": cell.countries or 0,
                "url": search + found.asked(row, column).query_string,
            }
            for row in down
            for column in across
        ],
    }
