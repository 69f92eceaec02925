"""What every page has around its own matter: the languages it is in, where one is, who reads."""

from functools import partial
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext_lazy as _

from precedent.kernel.acting import Actor
from precedent.kernel.languages import BY_CODE, LANGUAGES, Language, current
from precedent.notices import queries as notices
from precedent.people.actors import VISITOR
from precedent.people.permissions import Permission
from precedent.people.records import Person
from precedent.people.signed_in import actor_of, person_of
from precedent.web.mail.gate import is_here

LONGEST = 1_000
"""Characters of a search that is carried over into another language."""

NAVIGATION = (
    ("search", _("Search"), None),
    ("coverage", _("Coverage"), None),
    ("framework", _("Framework"), None),
    ("vocabularies", _("Vocabularies"), None),
    ("about", _("About"), None),
    ("calls", _("Calls"), None),
    ("contribute", _("Contribute"), None),
    ("review", _("Review"), Permission.REVIEW),
)
"""The main pages: address by name, what it is called, what somebody must be allowed to see it."""


def first_step(path: str) -> str:
    """The first step of an address: its language, where it has one."""
    return path.lstrip("/").partition("/")[0]


def in_language(request: HttpRequest, language: Language) -> str:
    """The address of this page in another language, search and all."""
    # A page has this address twelve times; nobody needs an overlong one.
    address = request.get_full_path() if len(request.META.get("QUERY_STRING", "")) <= LONGEST else request.path
    rest = address.lstrip("/").partition("/")[2]
    return f"/{language.code}/{rest}" if first_step(request.path) in BY_CODE else f"/{language.code}/"


def absolute(request: HttpRequest, address: str) -> str:
    """An address with the site's name; without, where the site was asked under a name it does not know."""
    try:
        return request.build_absolute_uri(address)
    except DisallowedHost:
        return address


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the base template needs. No database query for whoever has no session."""
    me, acts, unread = _reader(request)
    return {
        "page_language": current(),
        "languages": [(language, in_language(request, language)) for language in LANGUAGES],
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "absolute": partial(absolute, request),
        "navigation": [(name, label) for name, label, needs in NAVIGATION if not needs or acts.may(needs)],
        "me": me,
        "unread": unread,
        "done": _done(request),
        "mail_is_here": is_here(request),
    }


def _reader(request: HttpRequest) -> tuple[Person | None, Actor, int]:
    """Who reads, as whom they act, and how many of their notices they have not read."""
    try:
        me = person_of(request)
        return me, actor_of(request), notices.unread(me.id) if me else 0
    except DatabaseError:
        # The page that says so has to be made all the same.
        return None, VISITOR, 0


def _done(request: HttpRequest) -> list[str]:
    """What the request before did, in a sentence each; it is said once."""
    waiting = get_messages(request)
    # Reading them sets a cookie, and nobody gets one for nothing.
    return [str(message) for message in waiting] if len(waiting) else []


def show(request: HttpRequest, template: str, told: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page: the template with what it tells and what every page has."""
    return render(request, template, frame(request) | told, status=status)


class Framed:
    """Middleware: pages of the library for accounts get what every page has, too."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        response.context_data = frame(request) | (response.context_data or {})
        return response
