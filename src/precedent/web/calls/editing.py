"""What editors do with calls. Where something is refused, the form is shown again with all that was typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.calls import actions, queries
from precedent.calls.records import Call, Standing, today
from precedent.calls.refusals import CallChanged
from precedent.calls.rules import LONGEST
from precedent.framework import queries as framework
from precedent.kernel.languages import LANGUAGES
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.search.request import parse, why_ignored
from precedent.web.calls import asking, typed
from precedent.web.calls.typed import Typed, Wrong, seen, wrong
from precedent.web.page import show

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """Open a call, from a question or a place of the matrix."""
    if request.method != "POST":
        asked = parse(dict(request.GET.lists()))
        return _form(request, Typed.about(asked), left_out=[why_ignored(ignored) for ignored in asked.ignored])
    told = Typed.of(request.POST)
    try:
        made = actions.open_call(told.terms(), by=actor_of(request))
    except Refusal as refusal:
        return _form(request, told, wrong(refusal))
    messages.success(
        request, _("The call is open.") if made.is_open else _("The call is kept, and opens on its day.")
    )
    return redirect("call", made.number)


@require_http_methods(FORM)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Say something else of a call."""
    now = queries.call(number)
    if request.method != "POST":
        return _form(request, Typed.again(now), call=now)
    told = Typed.of(request.POST)
    try:
        actions.change_call(seen(now, request.POST), told.terms(now.terms), by=actor_of(request))
    except Refusal as refusal:
        return _form(request, told, wrong(refusal), queries.call(number), changed=isinstance(refusal, CallChanged))
    messages.success(request, _("The call was changed."))
    return redirect("call", number)


def _form(
    request: HttpRequest,
    told: Typed,
    refused: Wrong | None = None,
    call: Call | None = None,
    changed: bool = False,
    left_out: list[str] | None = None,
) -> HttpResponse:
    """The form. `changed`: somebody else was first, and how it stands now is shown beside what was typed."""
    refused = refused or Wrong()
    edition = framework.current_edition()
    page = {
        "call": call,
        "typed": told,
        "wrong": refused,
        "now": asking.differing(call, told) if call and changed else [],
        "left_out": left_out or [],
        "questions": [(code, f"{code} {question}") for code, question in edition.questions.items()],
        "languages_spoken": [(language.code, language.name) for language in LANGUAGES],
        "longest": LONGEST,
        "narrowing": asking.narrowing(told),
        "several": {name: asking.several(name, told, refused.at(name)) for name in typed.SEVERAL},
    }
    return show(request, "calls/form.html", page, refused.status)


@require_http_methods(FORM)
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a call by hand, or say of one that has ended what came of it."""
    now, outcome = queries.call(number), request.POST.get("outcome", "")
    refused = Wrong()
    if request.method == "POST":
        try:
            actions.close_call(seen(now, request.POST), outcome, by=actor_of(request))
        except Refusal as refusal:
            refused = wrong(refusal)
        else:
            messages.success(request, _("The call is closed."))
            return redirect("call", number)
    told = {
        "call": now,
        "ended": now.standing() is Standing.CLOSED,
        "outcome": outcome,
        "wrong": refused,
        "longest": LONGEST["outcome"],
    }
    return show(request, "calls/close.html", told, refused.status)


@require_http_methods(FORM)
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed call again."""
    now, until = queries.call(number), request.POST.get("until", "")
    refused = Wrong()
    if request.method == "POST":
        try:
            actions.reopen_call(seen(now, request.POST), typed.day("until", until), by=actor_of(request))
        except Refusal as refusal:
            refused = wrong(refusal)
        else:
            messages.success(request, _("The call is open again."))
            return redirect("call", number)
    told = {"call": now, "until": until, "wrong": refused, "today": today().isoformat()}
    return show(request, "calls/reopen.html", told, refused.status)
