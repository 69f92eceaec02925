"""What every page has around its own matter: language, the same page in other languages, where one is."""

from functools import partial
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from precedent.kernel.languages import BY_CODE, LANGUAGES, Language, current

LONGEST = 1_000
"""Characters of a search that is carried over into another language."""


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


def show(request: HttpRequest, template: str, told: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page: the template with what it tells and what every page has."""
    frame = {
        "page_language": current(),
        "languages": [(language, in_language(request, language)) for language in LANGUAGES],
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "absolute": partial(absolute, request),
    }
    return render(request, template, frame | told, status=status)
