"""Every starter entry is the first hit for its own title, and is found by each of its filters."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from precedent.catalogue import queries, starter
from precedent.catalogue.records import Entry
from precedent.framework.files import first_vocabularies
from precedent.places import queries as queries_of_places
from precedent.search import engine
from precedent.search.facets import facets
from precedent.search.request import SearchRequest

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


Record = dict[str, Any]


def codes_of(record: Record) -> dict[str, set[str]]:
    """What a record of the bulk file should be found by, told apart from how the product does it."""
    parts = {part: record[part] for part in ("barriers", "measures", "results", "implementers", "partners")}
    known = queries_of_places.places()
    regions = {r.code for c in record["countries"] for r in known.regions_of(c["code"])}
    ends = [(known.countries[a].south, known.countries[b].south) for a, b in record["corridors"]]
    side = {True: "south", False: "north"}
    return {
        "area": {code[0] for code in record["answers"]},
        "question": set(record["answers"]),
        "perspective": set(record["perspectives"]),
        # Nobody has confirmed the starter catalogue, nor has anybody reviewed it.
        "verification": {"not-verified"},
        "country": {country["code"] for country in record["countries"]},
        "role": {country["role"] for country in record["countries"]},
        "region": regions,
        "income": {known.countries[c["code"]].income for c in record["countries"]} - {None},
        "direction": {f"{side[a]}-{side[b]}" for a, b in ends if a is not None and b is not None},
        "from": {corridor[0] for corridor in record["corridors"]},
        "to": {corridor[1] for corridor in record["corridors"]},
        "group": with_broader("group", record["groups"]),
        "status": set(record["legal_statuses"]),
        "gender": {record["gender_focus"]},
        "skill": set(record["skill_levels"]),
        "stage": set(record["stages"]),
        "topic": with_broader("topic", record["topics"]),
        "instrument": {*record["instruments"], *(measure["instrument"] for measure in parts["measures"])},
        "barrier": {barrier["code"] for barrier in parts["barriers"]},
        "addressee": {code for measure in parts["measures"] for code in measure["addressees"]},
        "kind": {record["entry_kind"]},
        "level": {record["level"]},
        "actor": {party["actor_type"] for party in parts["implementers"] + parts["partners"]},
        "outcome": {result["outcome"] for result in parts["results"]} or {"not-known"},
        "evidence": {result["evidence"] for result in parts["results"]} or {"none-stated"},
        "language": {"en"},
    }


def with_broader(vocabulary: str, codes: list[str]) -> set[str]:
    broader = {t.code: t.broader for v in first_vocabularies() if v.code == vocabulary for t in v.terms}
    return {*codes, *(above for code in codes if (above := broader[code]))}


def test_every_entry_is_found_by_each_of_its_filters(client: Client) -> None:
    """Each filter's whole list is read once, through page and API alike, and compared with the records."""
    keys = queries.keys()
    lines = [line for file in starter.shipped_files() for line in file.read_text("utf-8").splitlines()]
    expected: dict[tuple[str, str], set[str]] = {}
    for record in map(json.loads, lines):
        for parameter, codes in codes_of(record).items():
            for code in codes:
                expected.setdefault((parameter, code), set()).add(keys[record["id"]])
    assert {parameter for parameter, _ in expected} == set(facets())
    for (parameter, code), ids in expected.items():
        assert _ids_of_the_api(client, {parameter: code}) == ids, (parameter, code)
        page = client.get("/en/search", {parameter: code, "size": "100"}).content.decode()
        shown = re.findall(r'href="/en/entries/(PPD-\d+)-', page)
        assert shown == sorted(ids, reverse=True)[:100], (parameter, code)
    counted = engine.ask(SearchRequest()).facets
    assert {(p, c.code): c.count for p, choices in counted.items() for c in choices} == {
        place: len(ids) for place, ids in expected.items()
    }


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
