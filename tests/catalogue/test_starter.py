import json

import pytest

from precedent.audit import queries as audit
from precedent.catalogue import queries, starter
from precedent.catalogue.records import Provenance

pytestmark = pytest.mark.django_db


def shipped() -> list[dict[str, object]]:
    return [json.loads(line) for file in starter.shipped_files() for line in file.read_text("utf-8").splitlines()]


def test_every_record_is_an_entry_that_says_the_same() -> None:
    told = shipped()
    keys = queries.keys()
    assert len(told) == len(keys) == queries.count() == 334
    for record in told:
        document = queries.entry(keys[str(record["id"])]).document
        said = document.as_record()
        for field, value in record.items():
            if field in ("id", "doubt"):
                continue
            assert _without_ids(said[field]) == value, (record["id"], field)


def _without_ids(value: object) -> object:
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    return value


def test_each_says_where_it_comes_from_and_that_it_is_not_confirmed() -> None:
    for entry in queries.changed_since(0):
        assert entry.provenance is Provenance.COMPILED and entry.confirmed_on is None
        assert (entry.revision.number, entry.revision.by_name) == (1, "Starter catalogue")
        assert "public sources" in entry.revision.reason


def test_loading_again_adds_nothing() -> None:
    before = (queries.content_hash(), audit.head())
    assert starter.load() == []
    assert (queries.content_hash(), audit.head()) == before


def test_a_doubt_is_kept_for_the_editors() -> None:
    doubts = [record for record in shipped() if record["doubt"]]
    keys = queries.keys()
    assert len(doubts) > 200
    for record in doubts[:20]:
        assert queries.notes(queries.entry(keys[str(record["id"])])) == [record["doubt"]]
