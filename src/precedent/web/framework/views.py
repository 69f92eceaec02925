from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from precedent.calls import queries as calls
from precedent.framework import queries
from precedent.framework.records import Edition
from precedent.framework.refusals import NoSuchItem
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of
from precedent.roundtables import queries as roundtables
from precedent.search.cards import SIDES
from precedent.search.coverage import coverage
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest
from precedent.web.editions import filing, wording
from precedent.web.framework import past
from precedent.web.page import show


@require_safe
def framework(request: HttpRequest) -> HttpResponse:
    """The edition in force, each question with its entries."""
    return _shown(request, queries.current_edition())


@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """An edition by its number, past ones included."""
    return _shown(request, queries.edition(number))


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """An edition as a file, as it could be sent in again."""
    return filing.answer(queries.edition(number))


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """The address of a code for ever: its place in the edition in force, or what stands for it now."""
    code = code.upper()
    if code in queries.current_edition().items:
        return HttpResponseRedirect(f"{reverse('framework')}#{code.lower()}")
    found = past.gone().get(code)
    if found is None:
        raise NoSuchItem(code=code)
    return show(request, "framework/code.html", {"code": code, "past": found})


def _shown(request: HttpRequest, edition: Edition) -> HttpResponse:
    current = queries.current_edition()
    in_force = edition.number == current.number
    asked = SearchRequest(edition=None if in_force else edition.number)
    try:
        covered = coverage(asked, "question", "perspective").counts
    except IndexAway:
        covered = None
    stand = [(code, side) for code in edition.questions for side in SIDES]
    told = {
        "edition": edition,
        "calls": calls.open_by_question() if in_force else {},
        "may_call": in_force and actor_of(request).may(Permission.CALL_FOR_EXAMPLES),
        "marked": roundtables.by_question() if in_force else {},
        "may_mark": in_force and actor_of(request).may(Permission.HAND_OVER),
        "has_page": roundtables.roundtables(),
        "source_date": _day(edition.source.date),
        "asked": asked,
        "covered": covered,
        "largest": max((covered[place] for place in stand if place in covered), default=1) if covered else 1,
        "places": len(stand),
        "filled": sum(place in covered for place in stand) if covered is not None else 0,
    }
    return show(request, "framework/framework.html", told | _standing(request, edition, current))


def _standing(request: HttpRequest, edition: Edition, current: Edition) -> dict[str, object]:
    """Since when the edition is in force or until when it was, the others, and what became of its codes."""
    since, editions = queries.in_force_since(), queries.editions()
    keeps = actor_of(request).may(Permission.KEEP_FRAMEWORK)
    in_force = edition.number == current.number
    return {
        "in_force": in_force,
        "since": since.get(edition.number),
        "until": since.get(edition.number + 1),
        "others": [other for other in reversed(editions) if other.number != edition.number],
        "became": past.became(edition),
        "gone": past.gone() if in_force else {},
        "fates": wording.FATES,
        "keeps": keeps,
        "draft": queries.draft() if keeps else None,
        "may_take_back": keeps and in_force and len(editions) > 1,
    }


def _day(told: str) -> date | None:
    """The day in a source's date; a file that came in may say anything."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
