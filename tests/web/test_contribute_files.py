"""Forms, tables and attachments that people send in: taken in, or refused in a sentence."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from precedent.catalogue import actions as entries
from precedent.forms import draft as drafts
from precedent.forms.draft import Draft
from precedent.forms.sheets import write_csv, write_xlsx
from precedent.forms.word import reading, writing
from precedent.forms.word.sheet import Origin
from precedent.people import queries as people
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions, queries
from precedent.submissions.records import Submission, Way
from tests import given
from tests.catalogue import attached
from tests.forms.test_word_refused import bomb, declared, with_macros_by_type
from tests.people.persons import joined
from tests.web.forms import Answer, filled, form_of, send
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

ENTITY = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def whole(me: Person, **changes: Any) -> Submission:
    return actions.start(drafts.of(given.document(**changes)), by=people.actor(me))


def examples(me: Person) -> list[Submission]:
    return queries.mine(people.actor(me)).items


def now(seen: Submission) -> Submission:
    return queries.any_submission(seen.number)


def text_of(response: Answer) -> str:
    return str(response.content.decode())


def sent_in(client: Client, address: str, data: bytes, name: str = "form.docx", **more: Any) -> Answer:
    answer: Answer = client.post(address, {"file": SimpleUploadedFile(name, data), **more})
    return answer


UPLOAD = "/en/contribute/upload"


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh", "ru", "es"])
def test_the_forms_are_there_in_each_language_for_everybody(client: Client, language: str) -> None:
    for name, short in (("form.docx", False), ("short-form.docx", True)):
        answer = client.get(f"/{language}/contribute/{name}")
        read = reading.read(answer.content)
        assert (read.language, read.short) == (language, short)
        assert re.search(rf'filename="precedent-[a-z-]+-{language}\.docx"', answer.headers["Content-Disposition"])
    assert client.get(f"/{language}/contribute/workbook.xlsx").content.startswith(b"PK")


def test_a_filled_form_becomes_a_draft_and_sent_twice_it_is_one(mine: Client, me: Person) -> None:
    told = drafts.of(given.document())
    for _ in range(2):
        answer = sent_in(mine, UPLOAD, writing.write(told, "en"))
        assert answer.status_code == 200 and "Everything in the form was understood." in text_of(answer)
    (seen,) = examples(me)
    assert seen.draft == told and seen.version.way is Way.WORD
    assert f'href="/en/contribute/{seen.id}/check"' in text_of(answer)


def test_each_finding_of_a_form_leads_to_its_field(mine: Client, me: Person) -> None:
    form = writing.write({"title": "A desk", "countries": [{"code": "Philipines", "role": "origin"}]}, "en")
    text = text_of(sent_in(mine, UPLOAD, form))
    (seen,) = examples(me)
    assert re.search(r"“Philipines” is not a country: Philippines\?", text)
    assert f"/en/contribute/{seen.id}/where-and-for-whom?checked=1#countries.0.code" in text


def test_a_draft_goes_out_as_a_form_and_comes_back_into_itself(mine: Client, me: Person) -> None:
    seen = whole(me)
    form = reading.read(mine.get(f"/en/contribute/{seen.id}/form.docx").content)
    assert (form.draft, form.origin.submission) == (seen.draft, seen.id)
    edited = {**seen.draft, "title": "A help line in six languages"}
    origin = Origin(submission=seen.id, revision=1)
    for address in (UPLOAD, f"/en/contribute/{seen.id}/upload"):
        assert sent_in(mine, address, writing.write(edited, "fr", origin)).status_code == 200
        assert (now(seen).draft, now(seen).version.number) == (edited, 2)
    assert len(examples(me)) == 1


def test_where_form_and_browser_changed_one_field_both_are_shown_and_the_rest_is_kept(
    mine: Client, me: Person
) -> None:
    seen = whole(me)
    form = writing.write(
        {**seen.draft, "title": "As the form says", "year_start": 2011},
        "en",
        Origin(submission=seen.id, revision=1),
    )
    send(mine, mine.get(f"/en/contribute/{seen.id}/about"), title="As the browser says")
    answer = sent_in(mine, f"/en/contribute/{seen.id}/upload", form)
    assert "Changed in both places" in text_of(answer) and "As the form says" in text_of(answer)
    assert (now(seen).draft["title"], now(seen).draft["year_start"]) == ("As the browser says", 2011)


def test_a_short_form_leaves_alone_what_it_does_not_ask_for(mine: Client, me: Person) -> None:
    seen = whole(me)
    form = writing.write({**seen.draft, "title": "A shorter title"}, "en", Origin(submission=seen.id), short=True)
    sent_in(mine, f"/en/contribute/{seen.id}/upload", form)
    assert now(seen).draft == {**seen.draft, "title": "A shorter title"}


def test_an_empty_form_that_was_filled_in_adds_to_a_draft_and_overwrites_nothing(mine: Client, me: Person) -> None:
    seen = actions.start({"title": "As the browser says", "year_start": 2011}, by=people.actor(me))
    form = writing.write({"title": "As the form says", "summary": "A desk at the bus park."}, "en")
    answer = sent_in(mine, f"/en/contribute/{seen.id}/upload", form)
    assert "Changed in both places" in text_of(answer) and "As the form says" in text_of(answer)
    assert now(seen).draft == {**seen.draft, "summary": "A desk at the bus park."}


def test_a_form_made_from_an_entry_becomes_a_change_on_top_of_that_revision(mine: Client, me: Person) -> None:
    entry = given.entry()
    told = {**drafts.of(entry.document), "title": "A help line in six languages"}
    entries.revise(entry, given.document(year_start=2018), "For a test.", by=given.EDITOR)
    form = writing.write(told, "en", Origin(entry=entry.id, revision=1))
    answer = sent_in(mine, UPLOAD, form)
    assert answer.status_code == 200 and f"It is a change to {entry.id} now." in text_of(answer)
    (change,) = examples(me)
    assert (change.entry, change.base, change.draft) == (entry.id, 1, told)
    again = sent_in(mine, UPLOAD, form)
    assert again.status_code == 409 and f'href="/en/contribute/{change.id}"' in text_of(again)


@pytest.mark.parametrize("id", ["PPD-999999", "nonsense"])
def test_a_form_of_an_entry_that_is_not_here_begins_a_new_example(mine: Client, me: Person, id: str) -> None:
    told = drafts.of(given.document())
    sent_in(mine, UPLOAD, writing.write(told, "en", Origin(entry=id, revision=1)))
    (seen,) = examples(me)
    assert (seen.draft, seen.entry) == (told, None)


def test_a_form_that_claims_somebody_elses_draft_changes_only_ones_own(mine: Client, me: Person) -> None:
    theirs = whole(joined())
    told = {**theirs.draft, "title": "Taken over"}
    form = writing.write(told, "en", Origin(submission=theirs.id, revision=1))
    assert sent_in(mine, f"/en/contribute/{theirs.id}/upload", form).status_code == 404
    assert sent_in(mine, UPLOAD, form).status_code == 200
    (own,) = examples(me)
    assert own.draft["title"] == "Taken over" and now(theirs) == theirs


def test_a_form_for_an_example_that_was_sent_is_not_taken_and_told_where_it_stands(
    mine: Client, me: Person
) -> None:
    seen = whole(me)
    form = writing.write({**seen.draft, "title": "Too late"}, "en", Origin(submission=seen.id, revision=1))
    actions.move(seen, "send", by=people.actor(me))
    for address in (UPLOAD, f"/en/contribute/{seen.id}/upload"):
        answer = sent_in(mine, address, form)
        assert answer.status_code == 403 and "is not yours to do here" in text_of(answer)
    assert now(seen).draft == seen.draft and len(examples(me)) == 1


REFUSED: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a text": lambda: b"not a form at all",
    "a picture": attached.png,
    "another document": attached.word,
    "a bomb": bomb,
    "macros": with_macros_by_type,
    "an entity": lambda: declared(ENTITY),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_form_of_ours_is_refused_with_what_to_do(mine: Client, me: Person, kind: str) -> None:
    answer = sent_in(mine, UPLOAD, REFUSED[kind]())
    assert answer.status_code == 422 and "<title>Error:" in text_of(answer)
    assert examples(me) == [] and "root:" not in text_of(answer)


def test_no_file_at_all_and_one_that_is_too_large_are_told_apart(mine: Client, me: Person) -> None:
    seen = whole(me)
    for address in (UPLOAD, "/en/contribute/bulk", f"/en/contribute/{seen.id}/upload"):
        answer = mine.post(address, {})
        assert answer.status_code == 422 and "Choose a file first." in text_of(answer)
        large = sent_in(mine, address, b"PK\x03\x04" + bytes(20_100_000))
        assert large.status_code == 422 and "has more than" in text_of(large)


BULK = "/en/contribute/bulk"


def lines(*told: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(one) for one in told).encode()


def ticked(response: Answer) -> dict[str, list[str]]:
    return filled(form_of(response)) | {"do": ["make"]}


def test_a_file_of_several_is_tried_first_and_keeps_nothing(mine: Client, me: Person) -> None:
    data = lines(given.record(), given.record(title="x", year_start="soon"), {"title": "Little more"})
    answer = sent_in(mine, BULK, data, "many.jsonl")
    text = text_of(answer)
    assert answer.status_code == 200 and "Report of 3 rows" in text
    assert examples(me) == []
    assert "First year: is not a whole number" in text and "Complete" in text
    assert len(ticked(answer)["row"]) == 1


def test_the_ticked_rows_become_drafts_once_however_often_it_is_pressed(mine: Client, me: Person) -> None:
    data = lines(given.record(title="The first of them"), given.record(title="The second of them"))
    chosen = ticked(sent_in(mine, BULK, data, "many.jsonl"))
    for _ in range(2):
        assert mine.post(BULK, chosen).headers["Location"] == "/en/contribute/mine"
    assert sorted(seen.title for seen in examples(me)) == ["The first of them", "The second of them"]
    assert {seen.version.way for seen in examples(me)} == {Way.FILE}
    assert "These drafts were made already." in text_of(mine.get("/en/contribute/mine"))


def test_a_table_and_a_workbook_are_read_like_lines(mine: Client, me: Person) -> None:
    told: list[Draft] = [drafts.of(given.document(title=f"Help line number {number}")) for number in (1, 2)]
    for name, data in (("many.csv", write_csv(told)), ("many.xlsx", write_xlsx(told, "ar"))):
        answer = sent_in(mine, BULK, data, name)
        assert [json.loads(row) for row in ticked(answer)["row"]] == told, name


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("many.exe", b"x"),
        ("many.csv", b"\xff\xfe\x00"),
        ("many.xlsx", b"x"),
        ("many.pdf", b"%PDF-1.7"),
        ("", b"x"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    mine: Client, me: Person, name: str, data: bytes
) -> None:
    answer = sent_in(mine, BULK, data, name or "x")
    assert answer.status_code == 422 and "cannot be read" in text_of(answer)


def test_rows_that_were_tampered_with_break_nothing(mine: Client, me: Person) -> None:
    told = json.dumps({"title": "<script>alert(1)</script>", "countries": "everywhere", "barriers": [1, None, {}]})
    rows = [told, "not json", "[1]", "[" * 100_000, "", json.dumps({"summary": "x" * 300_000})]
    mine.post(BULK, {"do": "make", "once": "a", "row": rows})
    text = text_of(mine.get("/en/contribute/mine"))
    assert "<script>alert" not in text and "more text than an example can hold" in text
    for seen in examples(me):
        assert mine.get(f"/en/contribute/{seen.id}/check").status_code == 200
        assert mine.get(f"/en/contribute/{seen.id}/where-and-for-whom").status_code == 200


def test_only_so_many_rows_are_told_of_at_a_time(mine: Client, me: Person) -> None:
    answer = sent_in(mine, BULK, lines(*({"title": f"Number {n}"} for n in range(205))), "many.jsonl")
    assert "Report of 200 rows" in text_of(answer) and "more than 200 rows" in text_of(answer)


def files(seen: Submission) -> str:
    return f"/en/contribute/{seen.id}/files"


def test_a_file_is_sent_along_cleaned_and_handed_out_to_who_may_see_the_example(mine: Client, me: Person) -> None:
    seen = whole(me)
    assert sent_in(mine, files(seen), attached.pdf(), "Report.pdf").status_code == 302
    (kept,) = queries.files(seen)
    assert kept.name == "Report.pdf" and kept.name in text_of(mine.get(f"/en/contribute/{seen.id}"))
    address = f"{files(seen)}/{kept.sha256}"
    status, data = had(mine, address)
    assert status == 200 and data.startswith(b"%PDF") and not attached.tells(data)
    reviewer, stranger = signed_in(joined(Role.REVIEWER)), signed_in(joined())
    assert had(reviewer, address)[0] == 404
    actions.move(seen, "send", by=people.actor(me))
    assert had(reviewer, address)[0] == 200
    assert had(stranger, address)[0] == 404


def had(client: Client, address: str) -> tuple[int, bytes]:
    """What is answered, and the whole of what came with it."""
    answer = client.get(address)
    data = answer.getvalue()
    # The answer itself is not closed here: that would close the test's database, too.
    if file := getattr(answer, "file_to_stream", None):
        file.close()
    return answer.status_code, data


def test_a_file_is_added_and_removed_on_its_step_and_the_text_is_saved_with_it(mine: Client, me: Person) -> None:
    seen = whole(me)
    page = mine.get(f"/en/contribute/{seen.id}/sources")
    assert 'enctype="multipart/form-data"' in text_of(page)
    told = filled(form_of(page)) | {"references.0.title": ["The line, as reported"], "do": ["save"]}
    answer = mine.post(
        f"/en/contribute/{seen.id}/sources", {**told, "file": SimpleUploadedFile("picture.jpg", attached.jpeg())}
    )
    assert answer.status_code == 302
    (kept,) = queries.files(seen)
    assert now(seen).draft["references"][0]["title"] == "The line, as reported"
    send(mine, mine.get(f"/en/contribute/{seen.id}/sources"), do=f"detach-{kept.sha256}")
    assert queries.files(seen) == []


@pytest.mark.parametrize("data", [b"", b"MZ not a pdf", b"<html><script>alert(1)</script>", attached.pdf()[:200]])
def test_a_file_that_is_not_what_it_is_called_is_refused_and_the_text_is_kept(
    mine: Client, me: Person, data: bytes
) -> None:
    seen = whole(me)
    direct = sent_in(mine, files(seen), data, "Report.pdf")
    assert direct.status_code == 422
    told = filled(form_of(mine.get(f"/en/contribute/{seen.id}/sources")))
    told |= {"references.0.title": ["The line, as reported"], "do": ["continue"]}
    answer = mine.post(
        f"/en/contribute/{seen.id}/sources", {**told, "file": SimpleUploadedFile("Report.pdf", data)}
    )
    if data:
        assert answer.status_code == 422 and 'href="#file"' in text_of(answer) and 'id="file"' in text_of(answer)
    assert queries.files(seen) == []
    assert now(seen).draft["references"][0]["title"] == "The line, as reported"


def test_a_sixth_file_and_one_after_sending_are_refused(mine: Client, me: Person) -> None:
    seen = whole(me)
    for number in range(6):
        last = sent_in(mine, files(seen), attached.jpeg(), f"{number}.jpg")
        assert last.status_code == 302, "the same file again is no other"
    for number in range(5):
        last = sent_in(mine, files(seen), attached.written(attached.drawn(20 + number), "PNG"), f"{number}.png")
    assert last.status_code == 422 and "at most 5 files" in text_of(last)
    (first, *_rest) = queries.files(seen)
    actions.move(now(seen), "send", by=people.actor(me))
    assert sent_in(mine, files(seen), attached.pdf(), "late.pdf").status_code == 403
    assert mine.post(f"{files(seen)}/{first.sha256}").status_code == 403
    assert len(queries.files(seen)) == 5


def test_the_page_of_files_names_no_script(mine: Client, me: Person) -> None:
    seen = whole(me)
    sent_in(mine, files(seen), attached.pdf(), "<script>alert(1)</script>.pdf")
    page = mine.get(f"/en/contribute/{seen.id}")
    assert "<script>alert" not in text_of(page) and 'id="files"' in text_of(page)
