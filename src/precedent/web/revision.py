"""Each page knows the catalogue's revision and the day it was made of, so an unchanged page costs one comparison.

The day is in it since calls for examples open and close by the calendar, without anybody changing a row.

What was made for one reader (signed in, told what they just did, given a form of their own) is kept by nobody.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from precedent import __version__
from precedent.audit.remembering import one_revision
from precedent.calls.records import today
from precedent.search import engine

OUTSIDE = ("/static/", "/healthz", "/readyz")
"""Addresses that do not show the catalogue."""

MESSAGES = "messages"
"""The cookie with what was just done; it is told on the next page."""
FORM = b"csrfmiddlewaretoken"
"""Stands in a page that has a form for this reader alone."""


@cache
def build() -> str:
    """What identifies the code and templates of this process: pages change with them too."""
    digest = sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for file in sorted(package.rglob("*")):
        if file.suffix in {".py", ".html", ".mo", ".css", ".js"}:
            digest.update(f"{file.relative_to(package)} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


class OneRevision:
    """Middleware: a page is made of one revision, says so in its ETag, and is not made again for who has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        with one_revision() as revision:
            etag = f'W/"{build()}-{revision}-{today()}-{engine.position()}-{_variant(request)}"'
            personal = is_personal(request)
            asks = request.method in ("GET", "HEAD")
            if asks and not personal and etag in request.headers.get("If-None-Match", ""):
                return _with_revision(HttpResponse(status=304), etag)
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        if personal or _made_for_one(response):
            return _for_one(response)
        if asks and response.status_code == 200:
            _with_revision(response, etag)
        return response


def is_personal(request: HttpRequest) -> bool:
    """May the answer depend on who asks?"""
    told = any(request.COOKIES.get(name) for name in (settings.SESSION_COOKIE_NAME, MESSAGES))
    return told or "Authorization" in request.headers


def _made_for_one(response: HttpResponseBase) -> bool:
    return bool(response.cookies) or (isinstance(response, HttpResponse) and FORM in response.content)


def _for_one(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _variant(request: HttpRequest) -> str:
    """What else an address answers by: a page also as JSON-LD, the API's texts in the reader's language."""
    wishes = [request.headers.get("Accept-Language", "") if request.path.startswith("/api/") else ""]
    wishes.append("data" if "application/ld+json" in request.headers.get("Accept", "") else "page")
    return sha256(repr(wishes).encode()).hexdigest()[:6]


def _with_revision(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    patch_cache_control(response, no_cache=True, public=True)
    return response
