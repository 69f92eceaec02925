"""A vocabulary, with every term that it has or ever had."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from precedent.api.schemas import Problem
from precedent.framework import queries
from precedent.framework.records import Term
from precedent.search import engine
from precedent.search.facets import facets
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest


class OneTerm(BaseModel):
    code: str = Field(description="Stable for ever, also where the term was retired or merged")
    label: dict[str, str] = Field(description="By language; English is always there")
    note: dict[str, str] | None
    broader: str | None
    status: str = Field(description="current, retired or merged")
    successor: str | None = Field(description="What it was merged into; that may have been merged itself")
    now: str = Field(description="What the code stands for now: its own, or that of the last successor")
    entries: int | None = Field(
        description="Published entries found by it; null where no filter has it, or search is coming back"
    )


class Vocabulary(BaseModel):
    """Terms in their order, those included that are not in use any more."""

    code: str
    title: dict[str, str]
    multi: bool = Field(description="May an entry carry several?")
    source: str
    note: dict[str, str] | None
    terms: list[OneTerm]


router = Router(tags=["vocabularies"])


@router.get("/{code}", response={200: Vocabulary, 404: Problem}, url_name="vocabulary")
def vocabulary(request: HttpRequest, code: str) -> Any:
    """A vocabulary: labels in six languages, notes, broader terms, what became of each code, and entries."""
    found = queries.vocabulary(code)
    counts = _counts(code)
    return {
        "code": found.code,
        "title": found.title,
        "multi": found.multi,
        "source": found.source,
        "note": found.note,
        "terms": [_term(term, found.current_code(term.code), counts) for term in found.terms],
    }


def _term(term: Term, now: str, counts: dict[str, int] | None) -> dict[str, Any]:
    return {
        "code": term.code,
        "label": term.label,
        "note": term.note,
        "broader": term.broader,
        "status": term.status.value,
        "successor": term.successor,
        "now": now,
        "entries": None if counts is None else counts.get(now, 0),
    }


def _counts(vocabulary: str) -> dict[str, int] | None:
    parameter = next((facet.parameter for facet in facets().values() if facet.vocabulary == vocabulary), None)
    if parameter is None:
        return None
    try:
        answer = engine.ask(SearchRequest(size=1))
    except IndexAway:
        return None
    return {choice.code: choice.count for choice in answer.facets[parameter]}
