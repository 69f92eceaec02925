from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.framework import queries, vocabulary_file
from precedent.framework.records import Term, Vocabulary
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of
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
    told = {"vocabularies": list(queries.vocabularies().values()), "keeps": _keeps(request)}
    return show(request, "vocabularies/vocabularies.html", told)


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """All of them as one file, as an editor could send it in again."""
    text = vocabulary_file.write(queries.vocabularies().values())
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="vocabularies.yaml"'
    return response


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
        "keeps": _keeps(request),
    }
    return show(request, "vocabularies/vocabulary.html", told)


@require_safe
def term(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """A term in six languages, and the newest entries that carry it; of a merged one, what stands for it now."""
    found, vocabulary = queries.term(code, term), queries.vocabulary(code)
    asked = _asked(vocabulary, found)
    told = {
        "vocabulary": vocabulary,
        "term": found,
        "now": vocabulary.by_code[vocabulary.current_code(term)],
        "narrower": vocabulary.narrower(term),
        "asked": asked and SearchRequest(chosen=asked.chosen),
        "answer": _answer(asked) if asked else None,
        "keeps": _keeps(request),
    }
    return show(request, "vocabularies/term.html", told)


def _keeps(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.KEEP_FRAMEWORK)


def _asked(vocabulary: Vocabulary, term: Term) -> SearchRequest | None:
    """The search for what carries a term; none where no filter has it, or another term stands for it."""
    parameter = _parameter(vocabulary.code)
    if parameter is None or term.successor:
        return None
    return SearchRequest(chosen=((parameter, (term.code,)),), size=SHOWN)


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
