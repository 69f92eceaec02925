from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.kernel.languages import current
from precedent.kernel.refusals import Refusal
from precedent.people import actions, queries
from precedent.people.actors import VISITOR
from precedent.people.permissions import NEED_SECOND_FACTOR, ROLE_NAMES
from precedent.people.records import Person
from precedent.people.refusals import Finding, InvitationExpired, InvitationUsed, NoSuchInvitation, PersonInvalid
from precedent.people.signatures import names
from precedent.people.signed_in import actor_of
from precedent.web.access import Way, too_often
from precedent.web.page import show
from precedent.web.people import wording
from precedent.web.people.typed import Typed, Wrong, wrong

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an account. The answer is the same whether the address is known or not."""
    if request.method != "POST":
        return _ask_form(request, Typed(language=current().code))
    if not ratelimit.consume(request, action="signup"):
        return too_often(request)
    typed = Typed.of(request.POST)
    try:
        actions.ask_for_account(
            typed.name,
            typed.email,
            typed.organisation,
            typed.country,
            typed.language,
            typed.why,
            by=actor_of(request),
        )
    except Refusal as refusal:
        return _ask_form(request, typed, wrong(refusal))
    return show(request, "join/asked.html", {"email": typed.email})


def _ask_form(request: HttpRequest, typed: Typed, refused: Wrong | None = None) -> HttpResponse:
    refused = refused or Wrong()
    told = {
        "typed": typed,
        "wrong": refused,
        "countries": wording.countries(),
        "languages_spoken": wording.languages(),
    }
    return show(request, "join/ask.html", told, refused.status)


@require_http_methods(FORM)
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Open the account to which a link invites, and come in."""
    try:
        invited = queries.invited(token)
        if request.method != "POST":
            return _join_form(request, invited)
        _must_be_typed_twice(request)
        person = actions.join(token, request.POST.get("password", ""), by=VISITOR)
    except (NoSuchInvitation, InvitationExpired, InvitationUsed) as refusal:
        return _no_way_in(request, refusal)
    except Refusal as refusal:
        return _join_form(request, invited, wrong(refusal))
    return _come_in(request, person)


def _must_be_typed_twice(request: HttpRequest) -> None:
    if request.POST.get("password", "") != request.POST.get("password2", ""):
        raise PersonInvalid([Finding("password2", _("Type the same password in both fields."))])


def _come_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Whoever opened the account has just proved to be its owner. Who needs a second factor sets it up first."""
    after = reverse("mfa_activate_totp") if person.role in NEED_SECOND_FACTOR else None
    account = User.objects.get(pk=person.account or 0)
    response: HttpResponse = perform_login(request, account, redirect_url=after)
    # The password was typed a moment ago; what asks for it again would ask for nothing new.
    record_authentication(request, account, method="password", reauthenticated=True)
    return response


def _join_form(request: HttpRequest, invited: Person, refused: Wrong | None = None) -> HttpResponse:
    refused = refused or Wrong()
    told = {
        "person": invited,
        "wrong": refused,
        "role": ROLE_NAMES[invited.role],
        "role_hint": wording.ROLE_HINTS[invited.role],
        "areas": invited.areas,
        "countries": invited.countries,
        "invited_by": names([invited.invited_by]).get(invited.invited_by, ""),
    }
    return show(request, "join/join.html", told, refused.status)


def _no_way_in(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A link that opens nothing, with the way that leads on."""
    if isinstance(refusal, InvitationUsed):
        way = Way(reverse("account_login"), _("Sign in"))
    else:
        way = Way(reverse("ask"), _("Ask for an account"))
    told = {"message": str(refusal), "hint": refusal.advice, "way": way}
    return show(request, "closed.html", told, refusal.status)
