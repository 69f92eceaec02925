"""The request in an address, strictly: what the page would leave out and say, a program is refused."""

import base64
import binascii
from collections.abc import Sequence

from django.http import HttpRequest

from precedent.search.refusals import RequestNotUnderstood
from precedent.search.request import Ignored, SearchRequest, parse, why_ignored


def asked_of(request: HttpRequest, own: Sequence[str] = ()) -> SearchRequest:
    """The request in the address, without the resource's `own` parameters. Raises RequestNotUnderstood."""
    given = {name: values for name, values in request.GET.lists() if name not in own}
    cursors = given.pop("cursor", [])
    asked = parse(given)
    ignored = list(asked.ignored)
    if cursors:
        page = _page_at(cursors[-1])
        if page is None:
            ignored.append(Ignored("cursor", cursors[-1][:60], "value-unknown"))
        else:
            asked = asked.on_page(page)
    if ignored:
        raise refused(ignored)
    return asked


def refused(ignored: Sequence[Ignored]) -> RequestNotUnderstood:
    """The refusal that names everything that was not understood."""
    told = [
        {"parameter": i.parameter, "value": i.value, "code": i.code, "message": why_ignored(i)} for i in ignored
    ]
    return RequestNotUnderstood(count=len(told), first=told[0]["message"], ignored=told)


def cursor(page: int) -> str:
    """What stands for a page of a list in `next`."""
    return base64.urlsafe_b64encode(f"page:{page}".encode()).decode().rstrip("=")


def _page_at(cursor: str) -> int | None:
    """The page that a cursor stands for, or None where it is none of ours."""
    try:
        name, _, number = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return int(number) if name == "page" and number.isdecimal() and 0 < len(number) < 10 else None
