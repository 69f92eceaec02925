"""Pages on which editors keep a vocabulary: the order of its terms, a new term, what a term is called."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.framework import actions, queries
from precedent.framework.records import Term, Vocabulary
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.page import show
from precedent.web.people.typed import Wrong
from precedent.web.vocabularies.typed import EMPTY, SPOKEN, Typed, seen, wrong

FORM = ["GET", "HEAD", "POST"]
STEPS = {"up": -1, "down": 1}
"""What the two buttons beside a term do to its place."""


@require_http_methods(FORM)
def vocabulary(request: HttpRequest, code: str) -> HttpResponse:
    """The terms with what can be done with each; a term goes up or down by one place."""
    found = queries.vocabulary(code)
    if request.method != "POST":
        return _list(request, found)
    step, _colon, term = request.POST.get("do", "").partition(":")
    if step not in STEPS:
        return _list(request, found)
    was = queries.term(code, term)
    place = found.current_terms.index(was) + 1 if was.is_current else 0
    try:
        actions.place_term(seen(found, request.POST), term, place + STEPS[step], by=actor_of(request))
    except Refusal as refusal:
        # The page has no field to lead to.
        return _list(
            request, queries.vocabulary(code), Wrong((("", f"{refusal} {refusal.advice}"),), refusal.status)
        )
    return HttpResponseRedirect(f"{reverse('vocabulary-keep', args=[code])}#{term}")


def _list(request: HttpRequest, found: Vocabulary, refused: Wrong | None = None) -> HttpResponse:
    refused = refused or Wrong()
    return show(request, "vocabularies/keep.html", {"vocabulary": found, "wrong": refused}, refused.status)


@require_http_methods(FORM)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """A new term."""
    found = queries.vocabulary(code)
    if request.method != "POST":
        return _form(request, found, EMPTY)
    typed = Typed.of(request.POST)
    try:
        actions.add_term(
            seen(found, request.POST),
            typed.code,
            typed.label,
            typed.note,
            typed.broader,
            typed.number,
            by=actor_of(request),
        )
    except Refusal as refusal:
        return _form(request, queries.vocabulary(code), typed, refused=wrong(refusal))
    messages.success(request, _("The term is added."))
    return HttpResponseRedirect(reverse("term-keep", args=[code, typed.code]))


@require_http_methods(FORM)
def term(request: HttpRequest, code: str, term: str) -> HttpResponse:
    """What a term is called in six languages, its note, its broader term, its place."""
    known, found = queries.vocabulary(code), queries.term(code, term)
    if request.method != "POST":
        return _form(request, known, Typed.about(known, found), found)
    typed, by = Typed.of(request.POST), actor_of(request)
    try:
        if request.POST.get("do") == "place":
            actions.place_term(seen(known, request.POST), term, typed.number or 0, by=by)
            done = _("The term stands at its new place.")
        else:
            actions.retell_term(seen(known, request.POST), term, typed.label, typed.note, typed.broader, by=by)
            done = _("The term is saved.")
    except Refusal as refusal:
        known = queries.vocabulary(code)
        found = known.by_code[term]
        return _form(request, known, _with_kept(typed, Typed.about(known, found), request), found, wrong(refusal))
    messages.success(request, done)
    return HttpResponseRedirect(reverse("term-keep", args=[code, term]))


def _with_kept(typed: Typed, now: Typed, request: HttpRequest) -> Typed:
    """The page has two forms, and only one of them is sent: the other shows what is."""
    if request.POST.get("do") == "place":
        return Typed(now.code, now.label, now.note, now.broader, typed.place)
    return Typed(now.code, typed.label, typed.note, typed.broader, now.place)


def _form(
    request: HttpRequest, known: Vocabulary, typed: Typed, term: Term | None = None, refused: Wrong | None = None
) -> HttpResponse:
    """`term`: the one that is changed; none: a new one."""
    refused = refused or Wrong()
    below = {code for code in known.by_code if term and term.code in known.with_broader(code)}
    told = {
        "vocabulary": known,
        "term": term,
        "typed": typed,
        "wrong": refused,
        "spoken": SPOKEN,
        "broader": [(t.code, str(t)) for t in known.current_terms if t.code not in below],
        "places": len(known.current_terms) + (0 if term else 1),
    }
    return show(request, "vocabularies/form.html", told, refused.status)
