"""The table of doors, tried: every role at every address with every method."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import translation

from precedent.catalogue.about import Step
from precedent.kernel.acting import Actor
from precedent.people import queries
from precedent.people.actors import VISITOR
from precedent.people.permissions import MAY, Permission, Role
from precedent.web.access import ACCESS, Access, Door
from tests import given
from tests.people.persons import joined
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ASKING = ("GET", "HEAD", "POST")
NEVER = ("PUT", "PATCH", "DELETE")
"""Methods that no page answers."""
WORDS = "A help line in four languages, at any hour of the day, every day of the year, and nobody needs to pay."

SAMPLES: dict[str, tuple[str, ...]] = {
    "code": ("topic", "nothing"),
    "term": ("health", "nothing"),
    "kind": ("csv", "jsonl", "nothing"),
    "uidb36": ("1",),
    "key": ("set-password", "abc-def"),
    "sha256": ("a" * 64,),
}
"""What a part of an address may look like, by its name. Any other is made from what its pattern takes."""

ABSENT = ("PPD-999999", "SUB-999999", "999999999", "nothing")
"""Identifiers of nothing."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at the door: their role, None for a passer-by, and whether they showed a second factor."""

    role: Role | None
    strong: bool = True

    def __str__(self) -> str:
        return f"{self.role or 'passer-by'}{'' if self.strong else '-without-second-factor'}"


READERS = [
    Reader(None),
    *(Reader(role) for role in Role if role is not Role.READER),
    Reader(Role.EDITOR, strong=False),
    Reader(Role.ADMINISTRATOR, strong=False),
]


def patterns(resolver: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Each address of the service: the whole name, and the pattern."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found, (*names, found.namespace) if found.namespace else names)
        else:
            yield ":".join((*names, str(found.name))), found


def samples(part: str, pattern: URLPattern, present: tuple[str, ...]) -> list[str]:
    """What may stand at a place of an address: what is there, and what is not."""
    converter = pattern.pattern.converters.get(part)
    if part in SAMPLES or converter is None:
        return list(SAMPLES.get(part, ()))
    matching = [text for text in (*present, *ABSENT) if re.fullmatch(converter.regex, text)]
    # A text can be anything: one is enough.
    return matching if len(matching) < len(present) + len(ABSENT) else matching[-1:]


@translation.override("en")
def addresses(present: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each address as one types it, with what is there and with what is not."""
    found = []
    for name, pattern in patterns(get_resolver()):
        parts = {part: samples(part, pattern, present) for part in pattern.pattern.regex.groupindex}
        assert all(parts.values()), f"Say in SAMPLES what the parts of {name} look like: {parts}"
        for number in range(max(map(len, parts.values()), default=1)):
            kwargs = {part: known[min(number, len(known) - 1)] for part, known in parts.items()}
            found.append((name, reverse(name, kwargs=kwargs)))
    return found


def what_is_there() -> tuple[str, ...]:
    """Identifiers of what exists: an entry, examples of somebody else (sent and not), a person, a step."""
    sent = given.submission("send")
    drafted = given.submission()
    return ("PPD-000001", sent.id, drafted.id, str(joined().number), Step.ABOUT)


def test_every_address_is_in_the_table() -> None:
    assert {name for name, _pattern in patterns(get_resolver())} - set(ACCESS) == set()


def test_an_address_that_is_not_in_the_table_is_closed_to_everybody(settings: Any, rf: RequestFactory) -> None:
    request = rf.get("/en/new")
    request.resolver_match = get_resolver().resolve("/en/")
    request.resolver_match.view_name = "new"
    answer = Access(lambda request: HttpResponse("inside")).process_view(request, path, (), {})
    assert answer is not None and answer.status_code == 403


def opens(need: Door | Permission, actor: Actor) -> bool:
    return need is Door.OPEN or (actor is not VISITOR and (need is Door.SIGNED_IN or actor.may(need.value)))


def faults(need: Door | Permission, reader: Reader, actor: Actor, method: str, answer: Any) -> Iterator[str]:
    """What is wrong with an answer, given who asked. Nothing, where it is as the table says."""
    status = answer.status_code
    # The API has methods of its own, and its library's description of it does not look at them.
    of_the_api = bool(answer.resolver_match) and answer.resolver_match.namespace == "api"
    to_sign_in = status == 302 and answer["Location"].startswith("/en/account/sign-in?next=")
    if status >= 500 and status != 503:
        yield "a fault"
    if opens(need, actor):
        if method in NEVER and status != 405 and not of_the_api:
            yield "a method that nobody answers"
        if status == 403 and (need is Door.OPEN or not answer.resolver_match.kwargs):
            yield "closed, and ought to be open"
        if to_sign_in and reader.role:
            yield "sent to sign in, though signed in"
    elif reader.role is None and method in ("GET", "HEAD"):
        if not to_sign_in:
            yield "not sent to sign in"
    elif status != 403:
        yield "open, and ought to be closed"
    elif method == "POST" and WORDS not in answer.content.decode():
        yield "what was typed is lost"


def tried(reader: Reader) -> Iterator[str]:
    """Every address with every method; nothing that happens there stays."""
    person = joined(reader.role) if reader.role else None
    browser = signed_in(person, second_factor=reader.strong) if person else Client()
    browser.raise_request_exception = False
    actor = queries.actor(person, reader.strong) if person else VISITOR
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    met: set[str] = set()
    for name, address in addresses(what_is_there()):
        # What no page answers is asked of one address of each kind.
        methods = ASKING if name in met else METHODS
        met.add(name)
        for method in methods:
            browser.cookies.clear()
            browser.cookies.load(cookies)
            with transaction.atomic():
                data = {"text": WORDS} if method == "POST" else None
                send = getattr(browser, method.lower())
                answer = send(address, data) if method != "OPTIONS" else send(address)
                transaction.set_rollback(True)
            for fault in faults(ACCESS[name], reader, actor, method, answer):
                yield f"{method} {address} ({name}): {answer.status_code}, {fault}"


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_each_door_opens_to_whom_the_table_says(reader: Reader, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    assert "\n".join(tried(reader)) == ""


def test_the_second_factor_is_named_where_it_is_what_is_missing() -> None:
    editor = joined(Role.EDITOR)
    browser = signed_in(editor)
    text = browser.get("/en/account/people").content.decode()
    assert "This needs the second factor." in text and 'href="/en/account/second-factor/set-up"' in text
    assert "second factor" not in signed_in(joined()).get("/en/account/people").content.decode()


def test_whoever_has_a_second_factor_is_asked_to_show_it() -> None:
    editor = joined(Role.EDITOR)
    strong = signed_in(editor, second_factor=True)
    assert strong.get("/en/account/people").status_code == 200
    weak = signed_in(editor).get("/en/account/people")
    assert weak.status_code == 403
    assert 'href="/en/account/second-factor/show?next=%2Fen%2Faccount%2Fpeople"' in weak.content.decode()


def test_a_signed_out_reader_comes_back_to_where_they_wanted_to_go(client: Client) -> None:
    answer = client.get("/fr/account/sessions?page=2")
    assert answer["Location"] == "/fr/account/sign-in?next=/fr/account/sessions%3Fpage%3D2"


def test_every_permission_that_a_door_needs_is_one_that_some_role_has() -> None:
    needed = {need for need in ACCESS.values() if isinstance(need, Permission)}
    assert needed and all(any(need in may for may in MAY.values()) for need in needed)
