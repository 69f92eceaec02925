"""Who may open which page: one table, kept by a middleware. What is not in it is closed to everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware import csrf
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from precedent.kernel.refusals import NotAllowed
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of, has_second_factor, lacks_second_factor, person_of
from precedent.web import kept
from precedent.web.page import show


class Door(Enum):
    """Open to everybody, or to whoever is signed in. Any other door needs a permission."""

    OPEN = "open"
    SIGNED_IN = "signed-in"


Need = Door | Permission

READING = (
    "language",
    "home",
    "search",
    "search-file",
    "entry",
    "entry-history",
    "entry-compare",
    "entry-json",
    "entry-jsonld",
    "entry-bibtex",
    "entry-ris",
    "framework",
    "edition",
    "edition-yaml",
    "framework-code",
    "coverage",
    "coverage-gap",
    "coverage-least",
    "coverage-least-csv",
    "coverage-csv",
    "coverage-svg",
    "coverage-png",
    "vocabularies",
    "vocabularies-file",
    "vocabulary",
    "term",
    "calls",
    "call",
    "call-letter-word",
    "call-letter-pdf",
    "calls-feed",
    "roundtables",
    "roundtable",
    "roundtable-csv",
    "about",
    "accessibility",
    "privacy",
    "healthz",
    "readyz",
)

API = (
    "api:api-root",
    "api:openapi-json",
    "api:entries",
    "api:entry",
    "api:facets",
    "api:calls",
    "api:coverage",
    "api:framework-edition",
    "api:suggest",
    "api:vocabulary",
    "api:submissions",
    "api:submissions-start",
    "api:submission",
    "api:submission-save",
    "api:submission-move",
)
"""Reading is open. What writes asks for a token by itself, and answers in problem documents."""

COMING_IN = (
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_confirm_email",
    "mfa_authenticate",
    "ask",
    "join",
)

BY_LINK = ("stop-mail", "confirm")
"""Opened by a signed link out of a mail."""

WITH_A_GATE = ("mail",)
"""Checks by itself who asks, and from where."""

OWN_ACCOUNT = (
    "account",
    "account_reauthenticate",
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "usersessions_list",
    "profile",
    "inbox",
    "inbox-read",
)

CONTRIBUTING = (
    "contribute-start",
    "my-examples",
    "contribution",
    "upload",
    "bulk",
    "draft-step",
    "draft-check",
    "draft-history",
    "draft-comment",
    "draft-move",
    "draft-word",
    "draft-upload",
    "draft-file",
    "propose",
)

REVIEWING = (
    "review",
    "review-take",
    "review-one",
    "review-claim",
    "review-comment",
    "review-close",
    "review-check",
    "review-edit",
    "review-rebase",
    "review-compare",
    "review-file",
    "review-word",
    "review-move",
)

KEEPING_VOCABULARIES = (
    "vocabularies-keep",
    "vocabulary-keep",
    "term-add",
    "term-keep",
    "term-merge",
    "term-retire",
    "term-back",
)

KEEPING_EDITIONS = (
    "edition-draft",
    "edition-draft-frame",
    "edition-draft-area",
    "edition-draft-add",
    "edition-draft-item",
    "edition-draft-file",
    "edition-draft-yaml",
    "edition-effects",
    "edition-decisions",
    "edition-publish",
    "edition-take-back",
)

ACCESS: dict[str, Need] = {
    **dict.fromkeys((*READING, *API, *COMING_IN, *BY_LINK, *WITH_A_GATE), Door.OPEN),
    **dict.fromkeys(("contribute", "word-form", "short-form", "workbook"), Door.OPEN),
    **dict.fromkeys(OWN_ACCOUNT, Door.SIGNED_IN),
    **dict.fromkeys(CONTRIBUTING, Permission.CONTRIBUTE),
    **dict.fromkeys(REVIEWING, Permission.REVIEW),
    **dict.fromkeys(KEEPING_EDITIONS, Permission.KEEP_FRAMEWORK),
    **dict.fromkeys(KEEPING_VOCABULARIES, Permission.KEEP_FRAMEWORK),
    **dict.fromkeys(("call-new", "call-change", "call-close", "call-reopen"), Permission.CALL_FOR_EXAMPLES),
    **dict.fromkeys(("roundtable-mark", "roundtable-unmark"), Permission.HAND_OVER),
    **dict.fromkeys(("people", "person", "invite"), Permission.KEEP_PEOPLE),
    **dict.fromkeys(("trail", "trail-export"), Permission.READ_TRAIL),
    "entry-keep": Permission.UNPUBLISH_ENTRIES,
}
"""Each page by the name of its address."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where to go on from a closed door."""

    address: str
    label: str


class Access:
    """Middleware: a page is opened to whom the table names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        need = needed(request)
        return None if need is Door.OPEN else refused(request, need)


def needed(request: HttpRequest) -> Need | None:
    """What somebody must be to open this page; None: nobody may."""
    match = request.resolver_match
    return ACCESS.get(match.view_name) if match else None


def refused(request: HttpRequest, need: Need | None) -> HttpResponseBase | None:
    """What is answered to whom the page is closed; None where it is open."""
    if need and person_of(request) is None:
        return _sign_in_first(request)
    if need is Door.SIGNED_IN:
        return None
    if isinstance(need, Permission) and actor_of(request).may(need):
        return None
    if isinstance(need, Permission) and lacks_second_factor(request, need):
        return _second_factor_first(request)
    return _closed(request, str(NotAllowed.message), str(NotAllowed.hint))


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if request.method != "POST":
        return _closed(request, _("Sign in first."), _("This page is for people with an account."))
    message = _("You are signed out, and this is not saved yet.")
    hint = _("Nothing you typed is lost: it is on this page. Sign in, come back here and send it again.")
    return kept.page(request, message, hint, sign_in=True)


def _second_factor_first(request: HttpRequest) -> HttpResponse:
    """The role would allow it. Whoever has a second factor shows it; whoever has none sets it up."""
    message = _("This needs the second factor.")
    person = person_of(request)
    if person and person.account and has_second_factor(person.account):
        after = request.get_full_path() if request.method == "GET" else reverse("account")
        way = Way(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': after})}", _("Show the second factor"))
        return _closed(request, message, _("Your role acts only when you are signed in with it."), way)
    hint = _("Your role acts only when you sign in with a code from an app on your telephone, too.")
    return _closed(request, message, hint, Way(reverse("mfa_activate_totp"), _("Set up the second factor")))


def _closed(request: HttpRequest, message: str, hint: str, way: Way | None = None) -> HttpResponse:
    """A door that stays closed; what was typed in front of it is shown."""
    if request.method == "POST" and any(kept.typed(request)):
        return kept.page(request, message, hint, again=False)
    return show(request, "closed.html", {"message": message, "hint": hint, "way": way}, 403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose proof that it came from here does not hold; most have only been open for long."""
    if reason.startswith(_of_elsewhere()):
        message = _("This form was not sent from a page of this site.")
        hint = _("Open the form here. If you run the site, add its address to the setting PRECEDENT_SITE.")
        return kept.page(request, message, hint, again=False)
    if reason == csrf.REASON_NO_CSRF_COOKIE:
        hint = _("Allow cookies for this site, then send it again. Nothing you typed is lost: it is on this page.")
        return kept.page(request, _("Your browser sent no cookie, and this is not saved yet."), hint)
    message = _("This form was open for long, and is not saved yet.")
    hint = _("Nothing you typed is lost: it is on this page. Send it again.")
    signed_out = needed(request) is not Door.OPEN and person_of(request) is None
    return kept.page(request, message, hint, sign_in=signed_out)


def _of_elsewhere() -> tuple[str, ...]:
    """How Django begins to say that another site's page sent the form."""
    reasons = (csrf.REASON_BAD_ORIGIN, csrf.REASON_BAD_REFERER, csrf.REASON_NO_REFERER)
    told = (*reasons, csrf.REASON_MALFORMED_REFERER, csrf.REASON_INSECURE_REFERER)
    return tuple(reason.partition("%")[0] for reason in told)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Refused within a page of the library for accounts."""
    return _closed(request, str(NotAllowed.message), _("Start again from your account."))


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Somebody, or a program, tries again and again."""
    message, hint = _("Too many attempts."), _("Wait a few minutes, then try again.")
    response = show(request, "closed.html", {"message": message, "hint": hint, "way": None}, 429)
    response["Retry-After"] = "60"
    return response
