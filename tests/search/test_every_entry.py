"""Every starter entry is the first hit for its own title, and is found by each of its filters."""

import pytest
from django.test import Client

from precedent.catalogue import queries
from precedent.catalogue.records import Entry
from precedent.search import engine
from precedent.search.facets import carried, facets
from precedent.search.request import parse

pytestmark = pytest.mark.django_db


def all_entries() -> list[Entry]:
    return list(queries.changed_since(0))


def test_every_entry_is_the_first_hit_for_its_own_title(client: Client) -> None:
    for entry in all_entries():
        title = entry.document.title
        told = client.get("/api/v1/entries", {"q": title, "size": "1"}).json()
        assert told["items"][0]["id"] == entry.id, title
        page = client.get("/en/search", {"q": title}).content.decode()
        assert page.index(entry.address) == page.index("/en/entries/PPD-") + len("/en/entries/"), title


def test_every_entry_is_found_by_each_of_its_filters(client: Client) -> None:
    """Each filter's whole list is read once, through page and API alike, and compared with what entries carry."""
    expected: dict[tuple[str, str], set[str]] = {}
    for entry in all_entries():
        for parameter, facet in facets().items():
            for code in carried(facet, entry.document):
                expected.setdefault((parameter, code), set()).add(entry.id)
    assert len({parameter for parameter, _ in expected}) == len(facets())
    for (parameter, code), ids in expected.items():
        answer = engine.ask(parse({parameter: [code], "size": ["100"]}))
        assert answer.count == len(ids), (parameter, code)
        assert _ids_of_the_api(client, {parameter: code}) == ids, (parameter, code)
        page = client.get("/en/search", {parameter: code, "size": "100"}).content.decode()
        assert {id for id in ids if f"/en/entries/{id}-" in page} == set(sorted(ids, reverse=True)[:100])


def _ids_of_the_api(client: Client, parameters: dict[str, str]) -> set[str]:
    found: list[str] = []
    address: str | None = "/api/v1/entries"
    given = {**parameters, "size": "100"}
    while address:
        told = client.get(address, given or None).json()
        found += [item["id"] for item in told["items"]]
        address, given = told["next"], {}
    assert len(found) == len(set(found)) == told["count"]
    return set(found)
