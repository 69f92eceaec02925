"""Vocabularies that editors change: what becomes of entries, searches and forms that have an old code."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from precedent.audit import queries as audit
from precedent.catalogue import carrying
from precedent.catalogue import queries as catalogue
from precedent.catalogue.placing import document_today
from precedent.forms import draft, matching
from precedent.framework import actions, queries
from precedent.framework.refusals import NoSuchVocabulary, TermInvalid, VocabularyChanged
from precedent.kernel.refusals import NotAllowed
from precedent.search import engine
from precedent.search.request import Renamed, parse, why_renamed
from precedent.submissions import actions as submissions
from tests import given

pytestmark = pytest.mark.django_db
Follow = Callable[[], None]


def merge(vocabulary: str, code: str, into: str) -> None:
    actions.merge_term(queries.vocabulary(vocabulary), code, into, by=given.EDITOR)


def found(parameter: str, code: str) -> set[str]:
    asked = parse({parameter: [code], "size": ["100"]})
    assert not asked.ignored
    return {hit.card.id for hit in engine.ask(asked).hits}


# ---------- changing ----------


def test_each_move_is_in_the_trail_with_what_was_and_what_is() -> None:
    before = queries.vocabulary("topic")
    told = before.by_code["education"]
    actions.retell_term(before, "education", {**told.label, "en": "Schools"}, {}, None, by=given.EDITOR)
    merge("topic", "legal-aid", "labour-rights")
    renamed, merged = audit.trail("vocabulary:topic")[-2:]
    assert renamed.verb == merged.verb == "vocabulary.changed"
    assert renamed.detail["changes"] == [
        {"code": "education", "what": "label", "was": {"en": "Education"}, "now": {"en": "Schools"}}
    ]
    assert merged.detail["changes"] == [
        {"code": "legal-aid", "what": "merged", "was": None, "now": "labour-rights"}
    ]
    now = queries.vocabulary("topic")
    assert (now.version, str(now.by_code["education"])) == (before.version + 2, "Schools")
    assert now.by_code["legal-aid"].since == datetime.now(UTC).date()


def test_of_two_editors_the_second_reads_again_before_anything_is_changed() -> None:
    seen = queries.vocabulary("topic")
    actions.retire_term(seen, "education", by=given.EDITOR)
    before = queries.vocabulary("topic")
    with pytest.raises(VocabularyChanged, match="Topic") as refused:
        actions.retire_term(seen, "health", by=given.EDITOR)
    assert "kept on this page" in refused.value.advice
    assert queries.vocabulary("topic") == before
    actions.retire_term(queries.vocabulary("group"), "returnees", by=given.EDITOR)


def test_a_move_that_changes_nothing_leaves_no_trace() -> None:
    before, told = audit.head(), queries.term("topic", "education")
    seen = queries.vocabulary("topic")
    assert actions.retell_term(seen, "education", told.label, {}, None, by=given.EDITOR) == seen
    assert audit.head() == before


@pytest.mark.parametrize("by", [given.READER, given.CONTRIBUTOR, given.REVIEWER], ids=str)
def test_only_who_keeps_the_framework_may(by: Any) -> None:
    seen = queries.vocabulary("topic")
    moves: list[Callable[[], object]] = [
        lambda: actions.add_term(seen, "new", {"en": "New"}, {}, by=by),
        lambda: actions.retell_term(seen, "health", {"en": "New"}, {}, None, by=by),
        lambda: actions.place_term(seen, "health", 1, by=by),
        lambda: actions.merge_term(seen, "health", "education", by=by),
        lambda: actions.retire_term(seen, "health", by=by),
        lambda: actions.bring_back_term(seen, "health", by=by),
    ]
    for move in moves:
        with pytest.raises(NotAllowed):
            move()
    assert queries.vocabulary("topic") == seen


def test_a_refused_move_changes_no_row() -> None:
    before = queries.vocabulary("topic")
    with pytest.raises(TermInvalid, match="cannot be merged into itself"):
        merge("topic", "health", "health")
    with pytest.raises(TermInvalid, match="never used twice"):
        actions.add_term(before, "health", {"en": "Health"}, {}, by=given.EDITOR)
    with pytest.raises(NoSuchVocabulary):
        actions.retire_term(before.model_copy(update={"code": "x"}), "health", by=given.EDITOR)
    assert queries.vocabulary("topic") == before


# ---------- finding ----------


def test_an_entry_is_found_by_the_successor_and_by_the_old_code_and_its_text_stays(
    index_of_its_own: Follow, client: Client
) -> None:
    entry = given.entry(topics=["mental-health"])
    merge("topic", "mental-health", "education")
    actions.retell_term(
        queries.vocabulary("topic"), "education", {"en": "Quux learning"}, {}, "integration", by=given.EDITOR
    )
    index_of_its_own()
    assert entry.id in found("topic", "education") & found("topic", "mental-health") & found(
        "topic", "integration"
    )
    assert entry.id not in found("topic", "health")
    assert entry.id in {hit.card.id for hit in engine.ask(parse({"q": ["quux"], "size": ["100"]})).hits}
    codes = {choice.code for choice in engine.ask(parse({})).facets["topic"]}
    assert "mental-health" not in codes and "education" in codes
    now = catalogue.entry(entry.id)
    assert now.document.topics == ("mental-health",)
    assert [(r.number, r.sha256) for r in catalogue.revisions(now)] == [(1, entry.revision.sha256)]
    told = client.get("/api/v1/entries", {"topic": "mental-health", "size": "100"})
    assert told.status_code == 200 and entry.id in {item["id"] for item in told.json()["items"]}


def test_the_index_follows_a_merge_that_is_undone(index_of_its_own: Follow) -> None:
    entry = given.entry(topics=["legal-aid"])
    merge("topic", "legal-aid", "education")
    index_of_its_own()
    assert entry.id in found("topic", "education")
    actions.bring_back_term(queries.vocabulary("topic"), "legal-aid", by=given.EDITOR)
    index_of_its_own()
    assert entry.id in found("topic", "legal-aid") and entry.id not in found("topic", "education")


def test_a_search_by_an_old_code_says_what_is_asked_in_its_place() -> None:
    merge("topic", "mental-health", "health")
    merge("topic", "legal-aid", "education")
    asked = parse({"topic": ["mental-health", "health", "legal-aid"], "q": ["work"]})
    assert asked.chosen == (("topic", ("education", "health")),) and asked.ignored == ()
    assert asked.renamed == (
        Renamed("topic", "mental-health", "health"),
        Renamed("topic", "legal-aid", "education"),
    )
    assert why_renamed(asked.renamed[0]) == "Topics: “Psychosocial wellbeing” is now “Health care”."
    again = parse({"topic": ["education", "health"], "q": ["work"]})
    assert asked.query_string == again.query_string and again.renamed == ()
    assert asked.without("topic", "health").renamed == () == asked.also("topic", "integration").renamed


def test_a_retired_term_still_finds_its_entries(index_of_its_own: Follow) -> None:
    entry = given.entry(topics=["mental-health"])
    actions.retire_term(queries.vocabulary("topic"), "mental-health", by=given.EDITOR)
    index_of_its_own()
    assert entry.id in found("topic", "mental-health") & found("topic", "health")


# ---------- who carries it ----------


def test_who_carries_a_term_is_counted_by_the_text_and_not_by_what_stands_below_it() -> None:
    before = carrying.carried(queries.vocabulary("topic"), "health")
    both = given.entry(topics=["health", "education"])
    alone = given.entry(topics=["health"], title="Another line", summary=given.record()["summary"] + " Alone.")
    given.entry(topics=["mental-health"], title="A third line")
    now = carrying.carried(queries.vocabulary("topic"), "health")
    assert {e.id for e in now.entries} - {e.id for e in before.entries} == {both.id, alone.id}
    assert {e.id for e in now.only} - {e.id for e in before.only} == {alone.id}
    merge("topic", "mental-health", "health")
    assert len(carrying.carried(queries.vocabulary("topic"), "health").entries) > len(now.entries)


def test_a_vocabulary_of_several_fields_is_counted_in_all_of_them() -> None:
    entry = given.entry(
        instruments=["training"], measures=[{**given.record()["measures"][0], "instrument": "shelter"}]
    )
    vocabulary = queries.vocabulary("instrument")
    assert entry.id in {e.id for e in carrying.carried(vocabulary, "shelter").entries}
    assert entry.id in {e.id for e in carrying.carried(vocabulary, "training").entries}


# ---------- forms ----------


def test_old_terms_are_offered_to_nobody_and_stay_valid_where_they_stand() -> None:
    entry = given.entry(topics=["legal-aid"])
    merge("topic", "legal-aid", "education")
    actions.retire_term(queries.vocabulary("topic"), "integration", by=given.EDITOR)
    offered = matching.choices("en", "topic")
    assert not {"legal-aid", "integration"} & set(offered) and "education" in offered
    assert matching.code_for("legal-aid", "topic").code == "education"
    assert matching.code_for("Legal aid and redress", "topic", "en").code == "education"
    assert draft.judge(draft.of(entry.document)).findings == []


def test_a_draft_begun_from_an_entry_has_the_successors_everywhere() -> None:
    barriers = [{"code": "language", "text": "Nobody at the office spoke their language."}]
    entry = given.entry(topics=["legal-aid", "education", "health"], barriers=barriers)
    merge("topic", "legal-aid", "education")
    merge("barrier", "language", "stigma")
    begun = submissions.propose(entry, by=given.CONTRIBUTOR).draft
    assert begun["topics"] == ["education", "health"]
    assert begun["barriers"][0]["code"] == "stigma"
    assert begun["measures"][0]["overcomes"] == ["stigma"]
    assert draft.judge(begun).findings == []
    assert catalogue.entry(entry.id).document == entry.document
    assert document_today(given.entry(title="Untouched", topics=["health"])).topics == ("health",)
