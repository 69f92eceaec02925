from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.framework import queries
from precedent.search import engine
from precedent.search.facets import facets
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest
from precedent.web.page import show

SHOWN = 5
"""Entries shown on a term's page; the search shows the rest."""


@require_safe
def vocabularies(request: HttpRequest) -> HttpResponse:
    """Every vocabulary."""
    return show(request, "vocabularies/vocabularies.html", {"vocabularies": list(queries.vocabularies().values())})


@require_safe
def vocabulary(request: HttpRequest, code: str) -> HttpResponse:
    """The terms of a vocabulary, each with how many entries carry it."""
    found = queries.vocabulary(code)
    parameter = _parameter(code)
    told = {
        "vocabulary": found,
        "parameter": parameter,
        "counted": parameter is not None,
        "counts": _counts(parameter) if parameter else {},
    }
    return show(request, "vocabularies/vocabulary.html", told)


@require_safe
def term(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """A term in six languages, and the newest entries that carry it."""
    found = queries.term(code, term)
    vocabulary = queries.vocabulary(code)
    parameter = _parameter(code)
    asked = SearchRequest(chosen=((parameter, (term,)),), size=SHOWN) if parameter else None
    told = {
        "vocabulary": vocabulary,
        "term": found,
        "narrower": vocabulary.narrower(term),
        "asked": asked and SearchRequest(chosen=asked.chosen),
        "answer": _answer(asked) if asked else None,
    }
    return show(request, "vocabularies/term.html", told)


def _parameter(vocabulary: str) -> str | None:
    """The search parameter that filters by the terms of a vocabulary, if there is one."""
    return next((facet.parameter for facet in facets().values() if facet.vocabulary == vocabulary), None)


def _answer(asked: SearchRequest) -> engine.Answer | None:
    try:
        return engine.ask(asked)
    except IndexAway:
        return None


def _counts(parameter: str) -> dict[str, int]:
    answer = _answer(SearchRequest(size=1))
    return {choice.code: choice.count for choice in answer.facets[parameter]} if answer else {}
