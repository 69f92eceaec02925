"""Contributing by program, with a token."""

import json
from typing import Any

import pytest
from django.test import Client

from precedent.people import actions as people
from precedent.people.permissions import Role
from precedent.people.queries import tokens
from precedent.submissions import queries
from tests import given
from tests.people import persons

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/submissions"


class Program:
    """Whoever shows a token."""

    def __init__(self, client: Client, role: Role = Role.CONTRIBUTOR) -> None:
        self.client, self.person = client, persons.joined(role)
        self.secret = people.make_token(self.person, "A program", by=persons.acting(self.person))

    def ask(self, method: str, address: str = "", told: Any = None) -> tuple[int, dict[str, Any]]:
        response = self.client.generic(
            method,
            ADDRESS + address,
            json.dumps(told) if told is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"},
        )
        return response.status_code, response.json()


@pytest.fixture
def program(client: Client) -> Program:
    return Program(client)


def test_an_example_is_begun_saved_and_sent(program: Program) -> None:
    status, begun = program.ask("POST", told={"title": "A help line"})
    assert status == 201 and begun["state"] == "draft" and begun["findings"]
    status, saved = program.ask("PUT", f"/{begun['id']}?version={begun['version']}", given.draft())
    assert status == 200 and saved["findings"] == []
    status, sent = program.ask("POST", f"/{begun['id']}/moves", {"move": "send", "changed": saved["changed"]})
    assert (status, sent["state"], sent["moves"]) == (200, "submitted", ["take-back", "withdraw"])
    assert program.ask("GET")[1]["items"][0]["id"] == begun["id"]
    assert program.ask("GET", f"/{begun['id']}")[1]["draft"] == given.draft()


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer nothing", "Basic abc", "Bearer \x00"])
def test_without_a_token_nothing_is_told(client: Client, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for method, address in [("GET", ""), ("POST", ""), ("GET", "/SUB-000001"), ("PUT", "/SUB-000001?version=1")]:
        response = client.generic(
            method, ADDRESS + address, "{}", content_type="application/json", headers=headers
        )
        assert (response.status_code, response.json()["code"]) == (401, "token-wanted")
        assert response["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_opens_nothing(program: Program) -> None:
    (token,) = tokens(program.person)
    people.revoke_token(program.person, token.number, by=persons.acting(program.person))
    assert program.ask("GET")[0] == 401


def test_another_program_cannot_see_or_change_it(program: Program, client: Client) -> None:
    begun = program.ask("POST", told={"title": "Mine"})[1]
    other = Program(client)
    for method, address, told in [
        ("GET", f"/{begun['id']}", None),
        ("PUT", f"/{begun['id']}?version=1", {"title": "Theirs"}),
        ("POST", f"/{begun['id']}/moves", {"move": "withdraw", "changed": 1}),
    ]:
        assert other.ask(method, address, told)[0] == 404


def test_a_token_is_no_second_factor(client: Client) -> None:
    sent = given.submission("send")
    editor = Program(client, Role.EDITOR)
    assert editor.ask("GET", f"/{sent.id}")[0] == 404


@pytest.mark.parametrize(
    ("method", "address", "told", "status", "code"),
    [
        ("POST", "/{id}/moves", {"move": "fly", "changed": 1}, 422, "move-unknown"),
        ("POST", "/{id}/moves", {"move": "send", "changed": 7}, 409, "submission-changed"),
        ("POST", "/{id}/moves", {"move": "send", "changed": 1}, 422, "not-ready-to-send"),
        ("POST", "/{id}/moves", {"move": "publish", "changed": 1}, 409, "move-not-open"),
        ("POST", "/{id}/moves", {"move": "send"}, 422, "request-not-understood"),
        ("POST", "/{id}/moves", [], 422, "request-not-understood"),
        ("PUT", "/{id}?version=99", {}, 404, "submission-unknown"),
        ("PUT", "/{id}?version=x", {}, 422, "request-not-understood"),
        ("PUT", "/{id}", {}, 422, "request-not-understood"),
        ("PUT", "/{id}?version=1", "text", 422, "request-not-understood"),
        ("PUT", "/{id}?version=1", {"summary": "x" * 250_000}, 422, "draft-too-large"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    program: Program, method: str, address: str, told: Any, status: int, code: str
) -> None:
    begun = program.ask("POST", told={"title": "A help line"})[1]
    answer, problem = program.ask(method, address.format(id=begun["id"]), told)
    assert (answer, problem["code"]) == (status, code) and problem["message"] and problem["hint"]
    assert program.ask("GET", f"/{begun['id']}")[1]["draft"] == {"title": "A help line"}


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "\ud800", "null", "5", "NaN"])
def test_no_body_makes_an_error(program: Program, body: str) -> None:
    response = program.client.generic(
        "POST",
        ADDRESS,
        body.encode("utf-8", "surrogatepass"),
        content_type="application/json",
        headers={"Authorization": f"Bearer {program.secret}"},
    )
    assert response.status_code in (400, 422) and response.json()["hint"]


@pytest.mark.parametrize(
    "told",
    [
        {"barriers": "text"},
        {"barriers": [5, None, ["x"]]},
        {"barriers": {"id": []}},
        {"countries": [{"code": {}}], "answers": 5},
        {"answers": [[], {}], "corridors": [["PH"], 3]},
        {"title": {"a": 1}, "surprise": [1]},
        {"lessons": ["One.", {"id": "l1", "text": ["x"]}]},
        {"title_original": "text", "year_start": "soon"},
    ],
)
def test_any_json_is_kept_and_judged(program: Program, told: dict[str, Any]) -> None:
    status, begun = program.ask("POST", told=told)
    assert status == 201 and begun["findings"]
    assert queries.any_submission(int(begun["id"][4:])).draft == begun["draft"]
