"""What contributing takes, where it begins, and what one has contributed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from precedent.calls import beginning
from precedent.calls import queries as calls
from precedent.calls.records import Call
from precedent.catalogue import queries as catalogue
from precedent.forms.steps import PAGES
from precedent.kernel.languages import LANGUAGES, Language
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of
from precedent.search.request import SearchRequest, parse
from precedent.submissions import actions, moves, queries
from precedent.submissions.records import State, Submission
from precedent.submissions.refusals import ChangePending
from precedent.web.calls.answered import call_of
from precedent.web.contribute import address
from precedent.web.contribute.sheet import clock
from precedent.web.contribute.standing import next_step
from precedent.web.page import show
from precedent.web.search.shown import chips


@require_safe
def contribute(request: HttpRequest) -> HttpResponse:
    """What it takes, and the ways to do it; for a call or a gap of the catalogue, where the address names one."""
    wished = request.GET.get("call", "")
    found = _call(wished)
    about = _about(request.GET)
    told = {
        "answered": found,
        "unknown": wished[:40] if wished and not found else "",
        "about": about,
        "chips": chips(about),
        "next": reverse("contribute") + (f"?call={found.number}" if found else about.query_string),
        "may": actor_of(request).may(Permission.CONTRIBUTE),
        "pages": PAGES,
        "forms": [(language, _in_language("word-form", language)) for language in LANGUAGES],
    }
    return show(request, "contribute/contribute.html", told)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin an example, and go to its first step. One that was begun and left as it began is gone on with."""
    by, call = actor_of(request), _call(request.POST.get("call", ""))
    number = call.number if call else None
    told = beginning.draft(call) if call else beginning.classified(_about(request.POST).filters)
    drafts = (found for found in queries.mine(by).items if found.state is State.DRAFT and found.call == number)
    begun = next((found for found in drafts if found.draft == told), None)
    begun = begun or actions.start(told, call=number, by=by)
    return redirect("draft-step", begun.id, PAGES[0].step)


def _call(typed: str) -> Call | None:
    """The call that an address or a form names, open or not; None where there is none of that number."""
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
    return next((call for call in calls.calls() if call.number == number), None)


def _about(given: QueryDict) -> SearchRequest:
    """What an example shall be about, told as a search; what is no filter is left aside."""
    return SearchRequest(chosen=parse(dict(given.lists())).chosen)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own examples, last touched first."""
    typed = request.GET.get("page", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1
    page = queries.mine(actor_of(request), number)
    return show(request, "contribute/mine.html", {"page": page, "rows": [_row(found) for found in page.items]})


def _row(found: Submission) -> dict[str, object]:
    """A line of the list: an example that is with its contributor leads on to be told."""
    begun = found.state is not State.DRAFT or found.sent
    return {
        "submission": found,
        "answered": call_of(found),
        "address": reverse("contribution", args=[found.id]) if begun else address.resumed(found),
        "state": moves.state_name(found),
        "next": next_step(found),
        "saved": clock(found.version.at),
    }


def _in_language(name: str, language: Language) -> str:
    with translation.override(language.code):
        return reverse(name)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, id: str) -> HttpResponse:
    """Begin a change to an entry; one that is under way is gone on with."""
    entry = catalogue.entry(id)
    if request.method != "POST":
        return show(request, "contribute/propose.html", {"entry": entry})
    try:
        begun = actions.propose(entry, by=actor_of(request))
    except ChangePending as refusal:
        messages.info(request, f"{refusal} {refusal.advice}")
        return redirect("draft-check", refusal.facts["id"])
    return redirect("draft-step", begun.id, PAGES[0].step)
