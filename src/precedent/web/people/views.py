from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from precedent.aftercare.actions import withdraw_person
from precedent.audit import queries as audit
from precedent.kernel.acting import Actor
from precedent.kernel.languages import current
from precedent.kernel.refusals import Refusal
from precedent.people import actions, queries
from precedent.people.moves import Move, open_to
from precedent.people.permissions import ROLE_NAMES, Role
from precedent.people.records import Invitation, Person, Standing
from precedent.people.rules import GIVEN_ROLES, INVITATION_DAYS
from precedent.people.signatures import names
from precedent.people.signed_in import actor_of
from precedent.web.page import absolute, show
from precedent.web.people import wording
from precedent.web.people.typed import Typed, Wrong, number, role, seen, wrong

FORM = ["GET", "HEAD", "POST"]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by standing, role and words; who asks for an account stands first."""
    asked = request.GET
    by_role, standing = asked.get("role", ""), asked.get("standing", "")
    found = queries.persons(
        Role(by_role) if by_role in GIVEN_ROLES else None,
        Standing(standing) if standing in set(Standing) else None,
        asked.get("q", "")[:300],
        number(asked.get("page", ""), 1),
    )
    told = {
        "found": found,
        "q": asked.get("q", "")[:300],
        "role": by_role,
        "standing": standing,
        "counts": queries.counts(),
        "roles": [(code.value, ROLE_NAMES[code]) for code in GIVEN_ROLES],
        "role_names": ROLE_NAMES,
        "standing_names": wording.STANDING_NAMES,
        "other_page": _other_page(asked),
    }
    return show(request, "people/people.html", told)


def _other_page(asked: QueryDict) -> Callable[[int], str]:
    """The address of another page of the same list."""
    kept = [(name, asked.get(name, "")) for name in ("q", "role", "standing")]
    chosen = [(name, value) for name, value in kept if value]
    return lambda page: "?" + urlencode([*chosen, ("page", str(page))])


@require_http_methods(FORM)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody: the link goes by mail, and is shown once to whoever invites."""
    by = actor_of(request)
    if request.method != "POST":
        return _invite_form(request, by, Typed(language=current().code, role=Role.CONTRIBUTOR))
    typed = Typed.of(request.POST)
    try:
        invitation = actions.invite(
            typed.name,
            typed.email,
            role(typed.role),
            typed.areas,
            typed.countries,
            organisation=typed.organisation,
            country=typed.country,
            language=typed.language,
            by=by,
        )
    except Refusal as refusal:
        return _invite_form(request, by, typed, wrong(refusal))
    return _link_sent(request, invitation)


def _invite_form(request: HttpRequest, by: Actor, typed: Typed, refused: Wrong | None = None) -> HttpResponse:
    refused = refused or Wrong()
    told = _choices(by) | {"typed": typed, "wrong": refused, "languages_spoken": wording.languages()}
    return show(request, "people/invite.html", told, refused.status)


def _choices(by: Actor) -> dict[str, Any]:
    return {"roles": wording.roles(by), "areas": wording.areas(), "countries": wording.countries()}


def _link_sent(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    link = absolute(request, reverse("join", args=[invitation.token]))
    told = {"person": invitation.person, "link": link, "days": INVITATION_DAYS}
    return show(request, "people/link_sent.html", told)


# ---------- one person ----------


def _approve(typed: Typed, seen: Person, by: Actor) -> Invitation:
    return actions.approve(seen, role(typed.role), typed.areas, typed.countries, by=by)


def _give_role(typed: Typed, seen: Person, by: Actor) -> Person:
    return actions.give_role(seen, role(typed.role), typed.areas, typed.countries, typed.reason, by=by)


DO: dict[str, Callable[[Typed, Person, Actor], Invitation | Person]] = {
    Move.APPROVE: _approve,
    Move.REFUSE: lambda typed, seen, by: actions.refuse(seen, typed.reason, by=by),
    Move.INVITE_AGAIN: lambda typed, seen, by: actions.invite_again(seen, by=by),
    Move.GIVE_ROLE: _give_role,
    Move.CLOSE: lambda typed, seen, by: actions.close(seen, typed.reason, by=by),
    Move.REOPEN: lambda typed, seen, by: actions.reopen(seen, typed.reason, by=by),
    Move.ERASE: lambda typed, seen, by: withdraw_person(seen, typed.reason, by=by),
}
"""What each button of a person's page does."""


@require_http_methods(FORM)
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody: what is known of them, what happened, and what can be done."""
    found = queries.person(f"person:{number}")
    move = request.POST.get("do", "")
    if request.method != "POST" or move not in DO:
        return _person_page(request, found, Typed.about(found))
    typed = Typed.of(request.POST)
    if move == Move.ERASE and "sure" not in request.POST:
        return _confirm(request, found, typed)
    try:
        done = DO[move](typed, seen(found, request.POST), actor_of(request))
    except Refusal as refusal:
        return _person_page(request, queries.person(found.id), typed, move, wrong(refusal, f"{move}-"))
    if isinstance(done, Invitation):
        return _link_sent(request, done)
    messages.success(request, str(wording.DONE[Move(move)]))
    return HttpResponseRedirect(reverse("person", args=[found.number]))


def _person_page(
    request: HttpRequest, found: Person, typed: Typed, move: str = "", refused: Wrong | None = None
) -> HttpResponse:
    """`move`: what was refused, and is shown again with all that was typed for it."""
    by, refused = actor_of(request), refused or Wrong()
    now = Typed.about(found)
    told = _choices(by) | {
        "person": found,
        "typed_for": lambda name: typed if name == move else now,
        "wrong": refused,
        "open": open_to(by, found),
        "Move": Move,
        "role_name": ROLE_NAMES[found.role],
        "standing_name": wording.STANDING_NAMES[found.standing],
        "invited_by": names([found.invited_by]).get(found.invited_by, found.invited_by),
        "happened": wording.happened(audit.trail(found.id)),
        "own": found.id == by.id,
    }
    return show(request, "people/person.html", told, refused.status)


def _confirm(request: HttpRequest, found: Person, typed: Typed) -> HttpResponse:
    """Erasing is for good, so it is asked for twice."""
    told = {"person": found, "reason": typed.reason, "seen": number(request.POST.get("seen", ""))}
    return show(request, "people/erase.html", told)
