"""The overview of an account, and the few places where the library's pages do not do all that ours do."""

from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import get_adapter
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from precedent.people.permissions import NEED_SECOND_FACTOR, ROLE_NAMES, Permission
from precedent.people.signed_in import actor_of, has_second_factor, person_of, prove_second_factor
from precedent.web.page import show


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What people see to in their account."""
    person = person_of(request)
    assert person and person.account  # noqa: S101 - the door is open to who is signed in
    told = {
        "role": ROLE_NAMES[person.role],
        "has_second_factor": has_second_factor(person.account),
        "needs_second_factor": person.role in NEED_SECOND_FACTOR,
        "keeps_people": actor_of(request).may(Permission.KEEP_PEOPLE),
    }
    return show(request, "account/overview.html", told)


@require_safe
def signing_up(request: HttpRequest) -> HttpResponse:
    """The library knows a page where anybody signs up; here people ask for an account."""
    return redirect("ask")


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    """Setting up the second factor: whoever does has shown it, and acts with it from now on."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        prove_second_factor(self.request)
        return response

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**told)
        return context | {"drawing": drawing(context["totp_url"]), "secret": _in_fours(context["form"].secret)}


class Sessions(ListUserSessionsView):  # type: ignore[misc]
    """Where somebody is signed in. The library ends all other sessions at once; here also a single one."""

    def form_valid(self, form: Any) -> HttpResponse:
        one = self.request.POST.get("session", "")
        if not one.isdecimal():
            response: HttpResponse = super().form_valid(form)
            return response
        ended = list(UserSession.objects.filter(user=self.request.user, pk=int(one[:18])))
        end_sessions(self.request, ended)
        if ended:
            get_adapter().add_message(self.request, messages.INFO, "usersessions/messages/sessions_logged_out.txt")
        return redirect("usersessions_list")


set_up = SetUp.as_view()
sessions = Sessions.as_view()


def drawing(text: str) -> tuple[int, str]:
    """A QR code: how many modules wide, and the dark ones as a path of the drawing."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    return len(rows), "".join(dark)


def _in_fours(secret: str) -> str:
    """As people type it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
