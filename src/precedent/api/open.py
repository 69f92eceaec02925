"""Reading is open: pages of other sites may ask the API, too."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OpenToReaders:
    """Middleware: what the API answers to a reader may be read from any origin. Nothing is sent with cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith("/api/") and request.method in ("GET", "HEAD"):
            response["Access-Control-Allow-Origin"] = "*"
        return response
