"""The audit trail as pages show it, and as files take it away."""

import csv
import html
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from precedent.audit import queries
from precedent.audit.actions import record
from precedent.audit.queries import Sought
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.catalogue import actions as catalogue
from precedent.kernel.acting import acting as under_way
from precedent.kernel.languages import LANGUAGES
from precedent.kernel.text import canonical, sha256
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions
from precedent.web.trail.asked import parse
from precedent.web.trail.words import PHRASES, said
from tests import given
from tests.audit.test_chain import tamper
from tests.people.persons import acting, joined
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def editor() -> Person:
    return joined(Role.EDITOR, "The first editor")


@pytest.fixture
def client(editor: Person) -> Client:
    """The browser of an editor, who may read the trail."""
    return signed_in(editor, second_factor=True)


@pytest.fixture
def contributor() -> Person:
    return joined(Role.CONTRIBUTOR, "Whoever contributed")


def page(client: Client, **asked: str) -> str:
    response = client.get("/en/review/trail", asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def shown(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="event-(\d+)"', text)]


def sequences(**sought: Any) -> list[int]:
    return [event.sequence for event in queries.events(Sought(**sought))]


def wrote(verb: Verb, subject: str, **more: Any) -> Event:
    """An event that stands in the trail, as an action would have written it."""
    token = under_way.set(True)
    try:
        return record(verb, subject, by=given.EDITOR, **more)
    finally:
        under_way.reset(token)


def file(client: Client, kind: str, **asked: str) -> bytes:
    response: Any = client.get(f"/en/review/trail/events.{kind}", asked)
    assert response.status_code == 200 and response.streaming
    assert f'filename="precedent-trail.{kind}"' in response.headers["Content-Disposition"]
    return b"".join(response.streaming_content)


# ---------- words ----------


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_every_verb_is_said_in_words(language: str) -> None:
    assert set(PHRASES) == set(Verb)
    with override(language):
        for verb in Verb:
            event = Event(1, datetime.now(UTC), "x", "x", verb.code, "x", "", {}, "", "")
            assert said(event) and said(event) != verb.code and "{" not in said(event)


@pytest.mark.parametrize(
    ("verb", "detail", "told"),
    [
        (Verb.SUBMISSION_MOVED, {"move": "claim"}, "It was taken into review"),
        (Verb.SUBMISSION_MOVED, {"move": "gone"}, "An example took a step from draft to decision"),
        (Verb.SUBMISSION_SAVED, {"way": "edit", "version": 4}, "A reviewer changed the text: version 4"),
        (Verb.SUBMISSION_SAVED, {"way": "form", "version": 2}, "The text was changed: version 2"),
        (Verb.SUBMISSION_COMMENTED, {"field": "results.r1.evidence"}, "A comment was made: Strength of evidence"),
        (Verb.SUBMISSION_COMMENTED, {"field": ""}, "A comment was made on the whole"),
        (Verb.SUBMISSION_COMMENTED, {"closed": True}, "A comment was settled"),
        (Verb.SUBMISSION_COMMENTED, {"closed": False}, "A comment was opened again"),
        (Verb.ENTRY_REVISED, {"revision": 3}, "Revision 3 was published"),
        (Verb.ENTRY_MERGED, {"into": "PPD-000002"}, "It was merged into PPD-000002"),
        (Verb.PERSON_ROLE_GIVEN, {"after": {"role": "editor"}}, "The role is now: Editor"),
    ],
)
def test_an_event_says_what_is_worth_saying(verb: Verb, detail: dict[str, Any], told: str) -> None:
    assert said(Event(1, datetime.now(UTC), "x", "x", verb.code, "x", "", detail, "", "")) == told


def test_a_verb_that_nobody_knows_any_more_is_shown_as_it_is(client: Client) -> None:
    assert said(Event(1, datetime.now(UTC), "x", "x", "old.verb", "x", "", {}, "", "")) == "old.verb"


# ---------- the page ----------


def test_the_newest_event_comes_first_and_names_are_said(client: Client, contributor: Person) -> None:
    made = given.submission("send", by=acting(contributor))
    text = page(client)
    assert shown(text) == sorted(shown(text), reverse=True) and len(shown(text)) == queries.PAGE
    assert "It was sent" in text and "Whoever contributed (Contributor)" in text
    assert f'href="/en/review/{made.id}"' in text and queries.trail(made.id)[-1].hash in text


def test_the_trail_is_paged_to_its_beginning_without_gap_or_repetition(client: Client) -> None:
    seen, address = list[int](), "/en/review/trail"
    while address:
        text = client.get(address).content.decode()
        seen += shown(text)
        following = re.search(r'<a href="(\?[^"]+)" rel="next"', text)
        address = f"/en/review/trail{html.unescape(following[1])}" if following else ""
    assert seen == sorted(sequences(), reverse=True)


@pytest.mark.parametrize("name", ["subject", "by", "verb", "since", "until"])
def test_each_filter_shows_what_it_says_and_counts_it(client: Client, contributor: Person, name: str) -> None:
    made = given.submission("send", by=acting(contributor))
    today = datetime.now(UTC).date().isoformat()
    asked = {"subject": made.id, "by": contributor.id, "verb": "submission.moved", "since": today, "until": today}
    wanted: Any = date.fromisoformat(today) if name in ("since", "until") else asked[name]
    text = page(client, **{name: asked[name]})
    expected = sequences(**{name: wanted})
    assert expected and shown(text) == expected[::-1][: queries.PAGE]
    assert re.search(rf"<h2>{len(expected)} events?</h2>", text)
    with_others = page(client, **asked)
    assert (
        shown(with_others)
        == sequences(**{**asked, "since": date.fromisoformat(today), "until": date.fromisoformat(today)})[::-1]
    )


def test_yesterday_nothing_happened(client: Client) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
    assert "Nothing of that kind happened." in page(client, until=yesterday)


def test_a_person_is_found_by_name_and_several_are_offered(client: Client, contributor: Person) -> None:
    given.submission(by=acting(contributor))
    assert shown(page(client, by="whoever")) == sequences(by=contributor.id)[::-1]
    other = joined(Role.CONTRIBUTOR, "Whoever else")
    text = page(client, by="whoever")
    assert "Several people are called that." in text
    assert all(f"?by=person%3A{person.number}" in text for person in (contributor, other))


def test_an_identifier_may_be_typed_in_small_letters(client: Client) -> None:
    assert shown(page(client, subject="ppd-000001")) == sequences(subject="PPD-000001")[::-1]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("since", "yesterday", "“yesterday” is no day"),
        ("until", "2026-13-01", "“2026-13-01” is no day"),
        ("verb", "entry.eaten", "We do not know the event “entry.eaten”"),
        ("verb", SCRIPT, "We do not know the event"),
    ],
)
def test_what_is_not_understood_is_named(client: Client, name: str, value: str, told: str) -> None:
    response = client.get("/en/review/trail", {name: value})
    assert told in html.unescape(response.content.decode()) and SCRIPT not in response.content.decode()


@pytest.mark.parametrize("typed", [t for t in given.NASTY if len(t) < 200] + ["9" * 40, "-1", "0"], ids=ascii)
def test_no_text_breaks_the_trail(client: Client, typed: str) -> None:
    for name in ("subject", "by", "verb", "since", "until", "before"):
        response = client.get("/en/review/trail", {name: typed})
        assert response.status_code == 200 and SCRIPT not in response.content.decode()


def test_what_is_asked_is_an_address_again() -> None:
    asked = parse(
        {"subject": "sub-000001", "by": "person:1", "verb": "entry.revised", "since": "2026-01-02", "before": "7"}
    )
    assert asked.query_string == "?subject=SUB-000001&by=person%3A1&verb=entry.revised&since=2026-01-02"
    assert asked.older_than(5).endswith("&before=5") and asked.before == 7


def test_script_in_a_reason_is_text(client: Client) -> None:
    catalogue.unpublish(given.entry(), SCRIPT, by=given.EDITOR)
    text = client.get("/en/review/trail").content.decode()
    assert SCRIPT not in text and "&lt;script&gt;" in text


# ---------- the proof ----------


def test_a_whole_chain_is_said_to_be_whole_also_where_events_are_picked_out(client: Client) -> None:
    entry = catalogue.revise(given.entry(), given.document(status="pilot"), "A test.", by=given.EDITOR)
    for asked in ({}, {"subject": entry.id}, {"before": "40"}, {"before": "2"}):
        assert "The chain is whole on this page" in page(client, **asked)


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit_eventrow SET reason = 'another' WHERE sequence = 30", [30]),
        ("UPDATE audit_eventrow SET previous = 'x' WHERE sequence = 31", [31]),
        ("UPDATE audit_eventrow SET hash = 'x' WHERE sequence = 32", [32, 33]),
        ("DELETE FROM audit_eventrow WHERE sequence = 33", [34]),
    ],
)
def test_an_altered_event_is_named(client: Client, sql: str, broken: list[int]) -> None:
    tamper(sql)
    text = page(client, before="50")
    assert "The chain does not hold on this page." in text and "whole on this page" not in text
    marked = re.findall(r'id="event-(\d+)"(?:(?!</tr>).)*Altered, or out of order', text, re.DOTALL)
    assert sorted(map(int, marked)) == broken
    assert "The chain is whole on this page" in page(client, before="20")


# ---------- files ----------


def test_the_lines_are_the_trail_and_prove_themselves(client: Client) -> None:
    given.submission("send", "claim")
    lines = [json.loads(line) for line in file(client, "jsonl").decode().splitlines()]
    events = list(queries.events(Sought()))
    assert [line["sequence"] for line in lines] == [event.sequence for event in events]
    previous = ""
    for line, event in zip(lines, events, strict=True):
        told = {name: value for name, value in line.items() if name != "hash"}
        assert sha256(canonical(told)) == line["hash"] == event.hash
        assert line["previous"] == previous
        previous = line["hash"]
    assert queries.head().hash == previous


def test_the_table_is_the_trail(client: Client) -> None:
    catalogue.unpublish(given.entry(), "Told twice, “see”\nPPD-000001; العمّال", by=given.EDITOR)
    rows = list(csv.DictReader(io.StringIO(file(client, "csv").decode("utf-8-sig"), newline="")))
    events = list(queries.events(Sought()))
    assert len(rows) == len(events)
    for row, event in zip(rows, events, strict=True):
        assert (int(row["sequence"]), row["at"]) == (event.sequence, event.at.isoformat())
        assert json.loads(row["detail"]) == event.detail
        told = [row[name] for name in ("by", "by_name", "verb", "subject", "reason", "previous", "hash")]
        assert told == [
            event.by,
            event.by_name,
            event.verb,
            event.subject,
            event.reason,
            event.previous,
            event.hash,
        ]


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_holds_what_the_page_was_narrowed_to(client: Client, kind: str) -> None:
    entry = catalogue.revise(given.entry(), given.document(status="pilot"), "A test.", by=given.EDITOR)
    assert f'href="/en/review/trail/events.{kind}?subject={entry.id}"' in page(client, subject=entry.id)
    assert file(client, kind, subject=entry.id).decode().count(entry.id) == len(queries.trail(entry.id)) == 2


@pytest.mark.parametrize("reason", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_of_the_table_is_a_formula(client: Client, reason: str) -> None:
    entry = catalogue.unpublish(given.entry(), reason, by=given.EDITOR)
    rows = list(csv.DictReader(io.StringIO(file(client, "csv", subject=entry.id).decode("utf-8-sig"))))
    assert rows[-1]["reason"] == f"'{reason}"
    assert json.loads(file(client, "jsonl", subject=entry.id).splitlines()[-1])["reason"] == reason


def test_a_kind_of_file_that_there_is_not_is_not_found(client: Client) -> None:
    assert client.get("/en/review/trail/events.xlsx").status_code == 404


# ---------- doors and cost ----------


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.FOCAL_POINT, Role.REVIEWER])
def test_only_editors_read_the_trail(role: Role) -> None:
    browser = signed_in(joined(role))
    for address in ("/en/review/trail", "/en/review/trail/events.csv", "/en/review/trail/events.jsonl"):
        assert browser.get(address).status_code == 403


def test_the_trail_asks_the_database_a_constant_number_of_times(client: Client, contributor: Person) -> None:
    def cost(**asked: str) -> int:
        page(client, **asked)
        with CaptureQueriesContext(connection) as counted:
            page(client, **asked)
        return len(counted)

    made = given.submission("send", by=acting(contributor))
    before = cost(subject=made.id)
    for number in range(8):
        actions.comment(made.id, "title", f"Remark {number}", by=acting(joined(Role.REVIEWER)))
    assert cost(subject=made.id) == cost() == before < 12


def test_a_tall_detail_is_shown_whole(client: Client) -> None:
    wrote(Verb.PERSON_ROLE_GIVEN, "person:1", before={"role": "reviewer"}, after={"role": "editor", "areas": []})
    text = page(client, verb="person.role-given")
    assert 'after: {"areas":[],"role":"editor"}' in text and "The role is now: Editor" in text
