"""A person's own page: name, organisation, wishes, tokens, and the right to have or erase one's data."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.aftercare.actions import withdraw_person
from precedent.kernel.refusals import Refusal
from precedent.notices.records import Mail
from precedent.people import actions, queries
from precedent.people.records import Attribution, Person
from precedent.people.signatures import signature
from precedent.people.signed_in import actor_of, person_of
from precedent.web.page import show
from precedent.web.people import wording
from precedent.web.people.own_data import own_data
from precedent.web.people.typed import Typed, Wrong, number, seen, wrong


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own profile."""
    me = person_of(request)
    assert me  # noqa: S101 - the door is open to who is signed in
    do = request.POST.get("do", "")
    if request.method != "POST" or do not in DO:
        return _page(request, me, Typed.about(me))
    try:
        return DO[do](request, me)
    except Refusal as refusal:
        typed = Typed.of(request.POST) if do == "save" else Typed.about(me)
        return _page(request, queries.person(me.id), typed, wrong(refusal))


def _page(
    request: HttpRequest, me: Person, typed: Typed, refused: Wrong | None = None, secret: str = ""
) -> HttpResponse:
    refused = refused or Wrong()
    told = {
        "person": me,
        "typed": typed,
        "wrong": refused,
        "mail": request.POST.get("mail", me.mail),
        "mail_choices": wording.MAIL_CHOICES,
        "attribution": request.POST.get("attribution", me.attribution),
        "attribution_choices": _attributions(me),
        "countries": wording.countries(),
        "languages_spoken": wording.languages(),
        "tokens": [token for token in queries.tokens(me) if token.revoked_at is None],
        "token": request.POST.get("token", "") if refused.errors else "",
        "secret": secret,
    }
    return show(request, "people/profile.html", told, refused.status)


def _attributions(me: Person) -> list[tuple[str, object, str]]:
    """Each way of being named, with the signature that comes of it."""
    return [
        (wish.value, name, _("Shown as: {signature}").format(signature=signature(replace(me, attribution=wish))))
        for wish, name in wording.ATTRIBUTION_NAMES.items()
    ]


# ---------- what its buttons do ----------


def _save(request: HttpRequest, me: Person) -> HttpResponse:
    sent, typed = request.POST, Typed.of(request.POST)
    mail, attribution = sent.get("mail", ""), sent.get("attribution", "")
    actions.keep_profile(
        seen(me, sent),
        typed.name,
        typed.organisation,
        typed.language,
        Mail(mail) if mail in set(Mail) else me.mail,
        Attribution(attribution) if attribution in set(Attribution) else me.attribution,
        country=typed.country,
        by=actor_of(request),
    )
    return _done(request, _("Your profile is saved."))


def _make_token(request: HttpRequest, me: Person) -> HttpResponse:
    secret = actions.make_token(me, request.POST.get("token", ""), by=actor_of(request))
    return _page(request, me, Typed.about(me), secret=secret)


def _revoke(request: HttpRequest, me: Person) -> HttpResponse:
    actions.revoke_token(me, number(request.POST.get("number", "")), by=actor_of(request))
    return _done(request, _("The token is revoked."))


def _export(request: HttpRequest, me: Person) -> HttpResponse:
    response = JsonResponse(own_data(me), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


def _ask_again(request: HttpRequest, me: Person) -> HttpResponse:
    """Erasing is for good, so it is asked for twice."""
    return show(request, "people/erase_me.html", {"seen": me.changed})


def _erase(request: HttpRequest, me: Person) -> HttpResponse:
    withdraw_person(seen(me, request.POST), "", by=actor_of(request))
    logout(request)
    messages.success(request, _("Your data is erased, and you are signed out."))
    return HttpResponseRedirect(reverse("home"))


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("profile"))


DO: dict[str, Callable[[HttpRequest, Person], HttpResponse]] = {
    "save": _save,
    "make-token": _make_token,
    "revoke": _revoke,
    "export": _export,
    "erase": _ask_again,
    "erase-for-good": _erase,
}
