"""Pages of the related roundtables: what readers see, what editors mark, what is handed over."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries as entries
from precedent.people.permissions import Role
from precedent.roundtables import actions, queries
from precedent.roundtables.records import Kind
from precedent.search.request import SearchRequest
from tests import given
from tests.people.persons import joined
from tests.web.forms import errors, send
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db
WHY = "It is about matching people and jobs."
PAGE = "/en/roundtables/2.1"
MARK = "/en/keep/roundtables/mark"
UNMARK = "/en/keep/roundtables/unmark"


@pytest.fixture
def desk() -> Client:
    """An editor's browser."""
    return signed_in(joined(Role.EDITOR), second_factor=True)


def page(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def question(code: str = "B12", roundtable: str = "2.1") -> None:
    actions.mark_question(roundtable, code, WHY, by=given.EDITOR)


def address_of(what: str, kind: Kind, roundtable: str = "2.1") -> str:
    return f"{UNMARK}?roundtable={roundtable}&kind={kind}&what={what}"


# ---------- readers ----------


def test_both_roundtables_are_listed_and_lead_to_their_pages(client: Client) -> None:
    told = page(client, "/en/roundtables")
    for code in ("2.1", "3.2"):
        assert f'href="/en/roundtables/{code}"' in told
    assert "0 guiding questions are marked, 0 entries to hand over" in told
    question()
    assert "1 guiding question is marked, " in page(client, "/en/roundtables")
    for elsewhere in ("/en/", "/en/framework"):
        assert 'href="/en/roundtables' in page(client, elsewhere)
    assert 'href="/en/roundtables/2.1"' in page(client, "/en/framework")


def test_a_roundtable_for_which_nothing_is_marked_says_so_and_how_to_mark(client: Client, desk: Client) -> None:
    told = page(client, PAGE)
    assert "Labour market and skills matching" in told
    assert "recruitment and matching as labour-market policy" in told
    assert "Nothing is marked for this roundtable yet." in told and "Editors mark guiding questions" in told
    assert "/keep/" not in told and ".csv" not in told
    editors = page(desk, PAGE)
    assert "Mark a guiding question: every entry that answers it" in editors
    assert f'href="{MARK}?roundtable=2.1"' in editors


def test_a_page_shows_what_there_is_to_hand_over_each_once_with_why(client: Client) -> None:
    both = given.entry(answers=["A13", "B12"])
    alone = given.entry(title="A fund for the schooling of children at home", answers=["C01"])
    question("B12")
    question("A13")
    actions.mark_entry("2.1", alone.id, "It trains people for jobs.", by=given.EDITOR)
    told = page(client, PAGE)
    handed = queries.handed_over("2.1")
    listed = re.findall(r'href="/en/entries/(PPD-\d+)-', told)
    assert listed == [one.entry.id for one in handed.values()]
    assert f"<strong>{len(handed)} entries to hand over</strong>" in told
    assert "Answers A13 and B12." in told and "Marked: It trains people for jobs." in told
    assert told.index('id="a13"') < told.index(both.address) < told.index('id="b12"') < told.index(alone.address)
    assert told.count(WHY) == 2


def test_the_count_of_a_marked_question_is_that_of_the_search_it_leads_to(client: Client) -> None:
    for code in ("A13", "B12", "C03"):
        question(code)
        count = sum(code in one.questions for one in queries.handed_over("2.1").values())
        search = "/en/search" + SearchRequest().only("question", code).query_string
        link = re.search(rf'href="{re.escape(search)}">(\d+) entr', page(client, PAGE))
        assert link and int(link[1]) == count
        assert client.get(f"/api/v1/entries?question={code}").json()["count"] == count


def test_a_marked_question_that_nobody_answers_says_so(client: Client) -> None:
    for entry in list(entries.mentioning(["C03"])):
        catalogue.unpublish(entry, "For a test.", by=given.EDITOR)
    question("C03")
    assert "No entry answers this question yet." in page(client, PAGE)


def test_entry_and_framework_say_to_which_roundtable_something_belongs(client: Client) -> None:
    made = given.entry(answers=["B12"])
    for address in (f"/en/entries/{made.id}", "/en/framework"):
        assert "Also belongs to Roundtable" not in page(client, address)
    question("B12", "3.2")
    actions.mark_entry("2.1", made.id, WHY, by=given.EDITOR)
    told = page(client, f"/en/entries/{made.id}")
    assert "Also belongs to Roundtable 2.1" in told and WHY in told
    assert "Also belongs to Roundtable 3.2" in told and "Answers B12." in told
    row = page(client, "/en/framework").partition('id="b12"')[2].partition("</tr>")[0]
    assert 'href="/en/roundtables/3.2#b12"' in row and "Roundtable 3.2" in row
    history = page(client, f"/en/entries/{made.address}/history")
    assert "Marked for a related roundtable" in history


def test_what_is_handed_over_comes_as_csv(client: Client) -> None:
    made = given.entry(title="=HYPERLINK(1) is no title of ours", answers=["C01"])
    question()
    actions.mark_entry("2.1", made.id, WHY, by=given.EDITOR)
    response: Any = client.get(f"{PAGE}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="precedent-roundtable-2.1.csv"' in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    handed = queries.handed_over("2.1")
    assert [row[3] for row in rows] == [one.entry.id for one in handed.values()]
    assert all(len(row) == len(header) for row in rows)
    assert rows[0][:2] == ["2.1", "B12"] and rows[0][8] == "Answers B12."
    assert rows[-1][1] == "" and rows[-1][4].startswith("'=") and rows[-1][8] == f"Marked: {WHY}"
    assert rows[-1][9].endswith(f"/en/entries/{made.address}")


@pytest.mark.parametrize("code", ["9.9", "%00", "2", "2.1.1", "mark"])
def test_a_roundtable_that_is_not_there_is_not_found(client: Client, code: str) -> None:
    for address in (f"/en/roundtables/{code}", f"/en/roundtables/{code}.csv"):
        assert client.get(address).status_code == 404


def test_readers_and_reviewers_find_no_way_to_mark(client: Client, mine: Client) -> None:
    made = given.entry(answers=["B12"])
    question()
    actions.mark_entry("2.1", made.id, WHY, by=given.EDITOR)
    reviewer = signed_in(joined(Role.REVIEWER))
    for reader in (client, mine, reviewer):
        for address in (PAGE, "/en/roundtables", "/en/framework", f"/en/entries/{made.id}"):
            assert "/keep/roundtables" not in page(reader, address)
    sent = {"roundtable": "2.1", "question": "A05", "reason": WHY}
    for reader in (mine, reviewer):
        assert reader.get(MARK).status_code == 403
        assert reader.post(MARK, sent).status_code == 403
        assert reader.post(address_of("B12", Kind.QUESTION), {"reason": WHY}).status_code == 403
    assert client.get(MARK).status_code == 302
    assert len(queries.marks()) == 2


# ---------- editors ----------


def test_an_editor_marks_a_question_and_takes_the_mark_away(desk: Client) -> None:
    form = desk.get(f"{MARK}?question=B12")
    assert '<option value="B12" selected>' in form.content.decode()
    answer = send(desk, form, roundtable="2.1", reason=f"  {WHY} \n")
    assert answer.status_code == 302 and answer["Location"] == PAGE
    told = page(desk, PAGE)
    assert "It is marked for Roundtable 2.1." in told and WHY in told
    assert queries.marked_questions("2.1") == ("B12",)
    link = re.search(r'href="(/en/keep/roundtables/unmark[^"]+)"', told)
    assert link
    form = desk.get(link[1].replace("&amp;", "&"))
    assert WHY in form.content.decode()
    answer = desk.post(link[1].replace("&amp;", "&"), {"reason": "Not theirs."})
    assert answer.status_code == 302
    assert "The mark is taken away." in page(desk, PAGE) and queries.marks() == ()


def test_an_editor_marks_an_entry_from_its_page(desk: Client) -> None:
    made = given.entry()
    assert f'href="{MARK}?entry={made.id}"' in page(desk, f"/en/entries/{made.id}")
    answer = send(desk, desk.get(f"{MARK}?entry={made.id.lower()}"), roundtable="3.2", reason=WHY)
    assert answer.status_code == 302
    (mark,) = queries.marks()
    assert (mark.roundtable, mark.kind, mark.what, mark.reason) == ("3.2", Kind.ENTRY, made.id, WHY)
    told = page(desk, f"/en/entries/{made.id}")
    assert address_of(made.id, Kind.ENTRY, "3.2").replace("&", "&amp;") in told


@pytest.mark.parametrize(
    ("typed", "status", "place"),
    [
        ({"roundtable": "", "question": "B12"}, 404, "#roundtable"),
        ({"roundtable": "9.9", "question": "B12"}, 404, "#roundtable"),
        ({"roundtable": "2.1"}, 422, "#question"),
        ({"roundtable": "2.1", "question": "B12", "entry": "PPD-000003"}, 422, "#question"),
        ({"roundtable": "2.1", "question": "Z99"}, 422, "#question"),
        ({"roundtable": "2.1", "entry": "PPD-999999"}, 404, "#entry"),
        ({"roundtable": "2.1", "entry": "the help line"}, 404, "#entry"),
        ({"roundtable": "2.1", "question": "B12", "reason": " "}, 422, "#reason"),
        ({"roundtable": "2.1", "question": "B12", "reason": "a" * 301}, 422, "#reason"),
        ({"roundtable": "2.1", "question": "A05"}, 409, ""),
    ],
)
def test_what_is_refused_is_shown_at_its_field_and_nothing_typed_is_lost(
    desk: Client, typed: dict[str, str], status: int, place: str
) -> None:
    question("A05")
    typed = {"reason": "Typed with care.", **typed}
    response = desk.post(MARK, typed)
    assert response.status_code == status
    told = response.content.decode()
    assert "<title>Error: Mark for a roundtable" in told
    ((where, why),) = errors(response)
    assert where == place and why and "{" not in why
    assert typed["reason"].strip() in told and typed.get("entry", "") in told
    if typed.get("question") in ("B12", "A05"):
        assert f'<option value="{typed["question"]}" selected>' in told
    assert len(queries.marks()) == 1


def test_a_mark_that_somebody_else_took_away_is_told_and_the_reason_kept(desk: Client) -> None:
    question()
    address = address_of("B12", Kind.QUESTION)
    assert desk.post(address, {"reason": ""}).status_code == 422
    actions.unmark("2.1", Kind.QUESTION, "B12", "For a test.", by=given.EDITOR)
    response = desk.post(address, {"reason": "Typed with care."})
    assert response.status_code == 409
    told = response.content.decode()
    assert "B12 is not marked for Roundtable 2.1, or not any more." in told and "Typed with care." in told
    assert desk.get(address).status_code == 409
    assert desk.get(UNMARK).status_code == 409


def test_editors_see_the_marks_of_entries_that_are_withdrawn(client: Client, desk: Client) -> None:
    made = given.entry()
    actions.mark_entry("2.1", made.id, WHY, by=given.EDITOR)
    catalogue.unpublish(made, "For a test.", by=given.EDITOR)
    assert made.id not in page(client, PAGE)
    told = page(desk, PAGE)
    assert "Marked, and not published now" in told and made.id in told
    assert desk.post(address_of(made.id, Kind.ENTRY), {"reason": "It is gone."}).status_code == 302
    assert queries.marks() == ()


def test_the_pages_ask_the_database_a_known_number_of_times(
    client: Client, django_assert_num_queries: Any
) -> None:
    made = given.entry(answers=["B12"])
    for code in ("A13", "B12"):
        question(code)
    actions.mark_entry("2.1", made.id, WHY, by=given.EDITOR)
    for address in ("/en/roundtables", PAGE, f"{PAGE}.csv"):
        page_of: Any = client.get(address)
        assert page_of.status_code == 200
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200
