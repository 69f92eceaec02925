"""Pages on which editors merge or retire a term, or bring one back: first the effect, then the button."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from precedent.catalogue.carrying import carried
from precedent.framework import actions, queries, terms
from precedent.framework.records import Term, Vocabulary
from precedent.framework.vocabulary_changes import Change, What, between
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.page import show
from precedent.web.people.typed import Wrong
from precedent.web.vocabularies.typed import seen, wrong

FORM = ["GET", "HEAD", "POST"]
SHOWN = 20
"""Entries that are named; the search shows the rest."""

Move = Callable[[Vocabulary], Vocabulary]
Do = Callable[[Vocabulary, Actor], Vocabulary]


@require_http_methods(FORM)
def merge(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """Merge a term into another, which is chosen first."""
    into = request.POST.get("into", "") or request.GET.get("into", "")
    return _asked(
        request,
        code,
        term,
        "merge",
        (lambda now: terms.merged(now, term, into)) if into else None,
        lambda seen, by: actions.merge_term(seen, term, into, by=by),
        into,
    )


@require_http_methods(FORM)
def retire(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """Take a term out of use."""
    return _asked(
        request,
        code,
        term,
        "retire",
        lambda now: terms.retired(now, term),
        lambda seen, by: actions.retire_term(seen, term, by=by),
    )


@require_http_methods(FORM)
def bring_back(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """Undo a merge or a retirement."""
    return _asked(
        request,
        code,
        term,
        "back",
        lambda now: terms.brought_back(now, term),
        lambda seen, by: actions.bring_back_term(seen, term, by=by),
    )


DONE: dict[str, str | Promise] = {
    "merge": _("The term is merged."),
    "retire": _("The term is retired."),
    "back": _("The term is in use again."),
}
"""What is said after each."""


def _asked(
    request: HttpRequest, code: str, term: str, name: str, move: Move | None, do: Do, into: str = ""
) -> HttpResponse:
    known, found = queries.vocabulary(code), queries.term(code, term)
    refused = Wrong()
    if request.method == "POST" and move:
        try:
            do(seen(known, request.POST), actor_of(request))
        except Refusal as refusal:
            refused, known = wrong(refusal), queries.vocabulary(code)
        else:
            messages.success(request, str(DONE[name]))
            return HttpResponseRedirect(reverse("term-keep", args=[code, term]))
    return _effect(request, known, found, name, move, into, refused)


def _effect(
    request: HttpRequest, known: Vocabulary, term: Term, name: str, move: Move | None, into: str, refused: Wrong
) -> HttpResponse:
    """What it would do, and the button that does it. A move that cannot be is refused before it is asked for."""
    changes: list[Change] = []
    if move:
        try:
            changes = between(known, move(known))
        except Refusal as refusal:
            refused = refused if refused.errors else wrong(refusal)
    found = carried(known, term.code) if changes and name != "back" else None
    told = {
        "vocabulary": known,
        "term": term,
        "name": name,
        "into": into,
        "others": [(t.code, str(t)) for t in known.current_terms if t.code != term.code],
        "ready": bool(changes),
        "moved": [change for change in changes if change.what is What.BROADER],
        "carried": found,
        "named": found.entries[:SHOWN] if found else (),
        "wrong": refused,
    }
    return show(request, "vocabularies/end.html", told, refused.status)
