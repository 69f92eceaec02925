"""The forms of a page, filled in and sent as a browser does it."""

from typing import Any

from django.test import Client
from lxml import html  # type: ignore[import-untyped]

Answer = Any
"""What a test's browser was answered: a page, with what Django's tests add to it."""


def form_of(response: Answer, action: str = "") -> Any:
    """The form of a page's main matter; with several, the one that is sent to an address."""
    page = html.fromstring(response.content.decode())
    for text in page.iter("textarea"):
        # A browser takes no notice of a line that is broken right at the start.
        text.text = (text.text or "").removeprefix("\n")
    found = page.xpath("//main//form[@method='post']")
    return next(form for form in found if action in (form.get("action") or ""))


def filled(form: Any) -> dict[str, list[str]]:
    """What a browser would send, were the form sent as it stands."""
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def send(client: Client, response: Answer, do: str = "continue", **typed: Any) -> Answer:
    """Fill in a step as it was shown, and press a button. Names are typed with __ for their dots."""
    form = form_of(response)
    values = filled(form) | {name.replace("__", "."): value for name, value in typed.items()}
    answer: Answer = client.post(form.get("action"), {**values, "do": do})
    return answer


def errors(response: Answer) -> list[tuple[str, str]]:
    """The summary of what is wrong: where each line leads, and what it says."""
    found = html.fromstring(response.content.decode()).xpath("//*[contains(@class,'sum')]//li")
    return [("".join(line.xpath("a/@href")), line.text_content()) for line in found]
