import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from precedent.catalogue import queries
from precedent.search.facets import facets

pytestmark = pytest.mark.django_db


def test_the_description_is_valid_and_names_every_parameter(client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    validate(told)
    for address in ("/api/v1/entries", "/api/v1/facets"):
        named = {parameter["name"] for parameter in told["paths"][address]["get"]["parameters"]}
        assert named >= {*facets(), "q", "year_from", "year_to", "edition", "sort", "page", "size"}


def test_a_list_has_the_promised_shape_and_walks_to_its_end(client: Client) -> None:
    first = client.get("/api/v1/entries", {"q": "workers", "size": "100"}).json()
    assert set(first) == {"count", "items", "next"}
    assert {"id", "title", "url"} <= set(first["items"][0])
    second = client.get(first["next"]).json()
    assert second["count"] == first["count"]
    assert not {i["id"] for i in first["items"]} & {i["id"] for i in second["items"]}


def test_an_entry_has_the_keys_of_the_bulk_file_and_can_be_read_back(client: Client) -> None:
    told = client.get("/api/v1/entries/PPD-000001").json()
    entry = queries.entry("PPD-000001")
    assert {**told, **json.loads(json.dumps(entry.document.as_record()))} == told
    assert told["provenance"] == "compiled" and told["confirmed_on"] is None


def test_counts_of_page_and_api_are_one(client: Client) -> None:
    asked = {"q": "health", "country": "TH"}
    told = client.get("/api/v1/facets", asked).json()
    assert told["count"] == client.get("/api/v1/entries", asked).json()["count"]
    page = client.get("/en/search", asked).content.decode()
    for choice in told["facets"]["topic"][:5]:
        assert choice["label"] in page and f'value="{choice["code"]}"' in page


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/entries?country=XX", 422, "request-not-understood"),
        ("/api/v1/entries?surprise=1", 422, "request-not-understood"),
        ("/api/v1/entries?page=0", 422, "request-not-understood"),
        ("/api/v1/entries?cursor=!", 422, "request-not-understood"),
        ("/api/v1/entries?cursor=%FF%00", 422, "request-not-understood"),
        ("/api/v1/facets?topic=nothing", 422, "request-not-understood"),
        ("/api/v1/entries?q=" + "a" * 10_000, 422, "request-not-understood"),
        ("/api/v1/entries/PPD-999999", 404, "entry-unknown"),
        ("/api/v1/entries/%00", 404, "entry-unknown"),
        ("/api/v1/nothing", 404, "address-unknown"),
        ("/api/nothing", 404, "address-unknown"),
    ],
)
def test_a_refusal_is_a_problem_document(client: Client, address: str, status: int, code: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    told = response.json()
    assert told["code"] == code and told["message"] and told["hint"]
    assert told["status"] == status


def test_each_parameter_that_is_not_understood_is_named(client: Client) -> None:
    told = client.get("/api/v1/entries?country=XX&surprise=1").json()
    assert [(i["parameter"], i["value"], i["code"]) for i in told["ignored"]] == [
        ("country", "XX", "value-unknown"),
        ("surprise", "", "parameter-unknown"),
    ]


def test_every_starter_entry_is_marked_as_unconfirmed(client: Client) -> None:
    told = client.get("/api/v1/entries", {"size": "100"}).json()
    assert len(told["items"]) == 100 and all(item["unconfirmed"] for item in told["items"])


def test_a_problem_is_told_in_the_readers_language(client: Client) -> None:
    told = client.get("/api/v1/entries/PPD-999999", headers={"Accept-Language": "fr"}).json()
    assert told["message"] != client.get("/api/v1/entries/PPD-999999").json()["message"]


def test_other_sites_may_read(client: Client) -> None:
    assert client.get("/api/v1/entries").headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1/nothing").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/en/").headers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    before = queries.content_hash()
    response: Any = getattr(client, method)("/api/v1/entries", "{}", content_type="application/json")
    assert response.status_code == 405
    assert queries.content_hash() == before


PUBLISHED = Path(__file__).parent / "openapi.json"


def test_the_description_changes_only_when_it_is_meant_to(client: Client) -> None:
    """What programs rely on. After a change that is meant, write the new description over the old one."""
    text = client.get("/api/v1/openapi.json").content.decode()
    # Python renamed status 422 in 3.13.
    told = json.loads(text.replace("Unprocessable Content", "Unprocessable Entity"))
    assert told == json.loads(PUBLISHED.read_text()), "the API changed: is it announced in CHANGELOG.md?"
