"""The calls: those that are open, those that have ended with what they brought, and each on its own page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from precedent.calls import queries
from precedent.calls.records import Standing
from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import number_of
from precedent.kernel.languages import LANGUAGES, Language
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of
from precedent.search.request import SearchRequest
from precedent.submissions.queries import Brought
from precedent.web.calls.shown import entries_there, from_whom, languages, narrowed, shown
from precedent.web.page import show

GROUPS = (Standing.OPEN, Standing.PLANNED, Standing.CLOSED)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every call: open ones first, the soonest end before the others."""
    found = shown(call for standing in GROUPS for call in queries.standing(standing))
    told = {
        "groups": [(standing, [one for one in found if one.standing is standing]) for standing in GROUPS],
        "from_whom": from_whom,
        "may_call": actor_of(request).may(Permission.CALL_FOR_EXAMPLES),
    }
    return show(request, "calls/calls.html", told)


@require_safe
def call(request: HttpRequest, number: int) -> HttpResponse:
    """One call, with how far it has come."""
    found = queries.call(number)
    (one,) = shown([found])
    there = entries_there(found)
    told = {
        "one": one,
        "narrowed": narrowed(found),
        "from_whom": from_whom(found),
        "languages_wanted": languages(found),
        "there": there if there != SearchRequest() else None,
        "letters": [(language, *_letters(number, language)) for language in LANGUAGES],
        "entries": _entries(one.brought),
        "may_call": actor_of(request).may(Permission.CALL_FOR_EXAMPLES),
    }
    return show(request, "calls/call.html", told)


def _letters(number: int, language: Language) -> tuple[str, str]:
    """The addresses of a call's letter in a language: as a Word file, as a PDF file."""
    with translation.override(language.code):
        return reverse("call-letter-word", args=[number]), reverse("call-letter-pdf", args=[number])


def _entries(brought: Brought) -> list[object]:
    """The entries that a call brought, in the order in which they came."""
    numbers = [number for id in brought.entries if (number := number_of(id))]
    found = catalogue.entries(numbers) if numbers else {}
    return [found[number] for number in numbers]
