"""What a page weighs on the wire: the budgets of a slow phone."""

import gzip
import re
import urllib.error
import urllib.request
from email.message import Message

import pytest

from tests.journeys.pages import PAGES

FIRST_VISIT = 25_000
STYLE, SCRIPT = 9_000, 4_000


def fetched(address: str, **headers: str) -> tuple[bytes, Message]:
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", **headers})  # noqa: S310
    try:
        with urllib.request.urlopen(asked) as response:  # noqa: S310
            return response.read(), response.headers
    except urllib.error.HTTPError as error:
        return error.read(), error.headers


def on_the_wire(body: bytes, head: Message) -> int:
    return len(body) + len(str(head)) + len("HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_is_light(service: str, name: str, language: str) -> None:
    body, head = fetched(service + PAGES[name].format(lang=language))
    text = gzip.decompress(body).decode()
    total = on_the_wire(body, head)
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    assert len(loaded) == 3
    total += sum(on_the_wire(*fetched(service + address)) for address in loaded)
    assert total <= FIRST_VISIT, f"{total} bytes"


def test_static_files_are_compressed_named_by_their_content_and_kept_for_ever(service: str) -> None:
    text = gzip.decompress(fetched(f"{service}/en/")[0]).decode()
    for suffix, limit in (("css", STYLE), ("js", SCRIPT)):
        (address,) = re.findall(rf'"(/static/[^"]+\.{suffix})"', text)
        assert re.search(r"\.[0-9a-f]{12}\.", address)
        body, head = fetched(service + address)
        assert head["Content-Encoding"] == "gzip" and len(body) <= limit
        assert "immutable" in head["Cache-Control"] and "max-age=315360000" in head["Cache-Control"]


def test_a_second_visit_of_an_unchanged_page_costs_a_comparison(service: str) -> None:
    _, head = fetched(f"{service}/en/search")
    body, again = fetched(f"{service}/en/search", **{"If-None-Match": head["ETag"]})
    assert body == b"" and on_the_wire(body, again) < 1_000
