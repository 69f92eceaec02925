"""The reviewers' desk and the page of one submission, as a browser without scripts uses them."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from precedent.catalogue import actions as catalogue
from precedent.catalogue.attachments import store
from precedent.kernel.languages import LANGUAGES
from precedent.people import actions as people_actions
from precedent.people.actors import VISITOR
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions, queries
from precedent.submissions.checklist import CODES
from precedent.submissions.records import SentFile, State, Submission
from precedent.web.wording import label
from tests import given
from tests.people.persons import OPERATOR, PASSWORD, acting, joined, somewhere
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

TAG = re.compile(r"<[^>]+>")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def contributor() -> Person:
    return joined(Role.CONTRIBUTOR, "Whoever contributed")


@pytest.fixture
def editor() -> Person:
    return joined(Role.EDITOR, "The first editor")


@pytest.fixture
def reviewer() -> Person:
    return joined(Role.REVIEWER, "Another reviewer")


def reviewer_of(*areas: str) -> Person:
    made = people_actions.invite("One of few areas", somewhere(), Role.REVIEWER, areas, by=OPERATOR)
    return people_actions.join(made.token, PASSWORD, by=VISITOR)


def browser(person: Person) -> Client:
    return signed_in(person, second_factor=person.role is Role.EDITOR)


def sent(contributor: Person, *moves: str, editor: Person | None = None, **changes: Any) -> Submission:
    """An example of the contributor's, sent, and then moved on by an editor."""
    made = given.submission("send", by=acting(contributor), **changes)
    for name in moves:
        made = actions.move(made, name, "A reason.", by=acting(editor or contributor))
    return made


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(f"/en{address}")
    assert response.status_code == status, f"{address}: {response.status_code}"
    return response.content.decode()


def words(text: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


class Form(HTMLParser):
    """What a browser sends of a page's form: every field as it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inside, self.area, self.values = False, "", dict[str, list[str]]()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = told.get("method") == "post"
        name = told.get("name", "")
        if not self.inside or not name:
            return
        if tag == "textarea":
            self.area = name
            self.values[name] = [""]
        elif tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self.values.setdefault(name, []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area][0] += data.removeprefix("\n")


def at(submission: Submission, *more: str) -> str:
    return "/".join(("/review", submission.id, *more))


Typed = Mapping[str, Any]


def press(client: Client, text: str, button: str, typed: Typed | None = None) -> Any:
    """Press a button of a page that was opened, with what was typed into it since."""
    (submission,) = set(re.findall(r"SUB-\d{6}(?=/check)", text))
    return client.post(f"/en/review/{submission}/{button}", {**Form(text).values, **(typed or {})})


def typed_in(text: str, name: str) -> str:
    return Form(text).values[name][0]


# ---------- the desk ----------


def test_the_desk_shows_what_waits_the_oldest_first(contributor: Person, editor: Person) -> None:
    first, second = sent(contributor, title="Sent first of all"), sent(contributor, title="Sent after that")
    given.submission(by=acting(contributor), title="Still a draft of somebody")
    text = page(browser(editor), "/review")
    assert text.index(first.title) < text.index(second.title) and "Still a draft" not in text
    said = words(text)
    assert "2 examples" in said and "held by nobody" in said and "New example" in said
    assert "from Whoever contributed (Contributor)" in said.replace("\u2068", "").replace("\u2069", "")


def test_the_desk_says_since_when_in_words(contributor: Person, editor: Person) -> None:
    sent(contributor)
    assert re.search(r"for \d+ seconds?", words(page(browser(editor), "/review")))


def test_an_empty_desk_says_what_comes(editor: Person, contributor: Person) -> None:
    client = browser(editor)
    assert "Nothing waits. New examples appear here" in page(client, "/review")
    sent(contributor)
    assert "Nothing waits in this list." in page(client, "/review?area=C")


def test_every_count_of_the_desk_is_the_length_of_the_list_it_leads_to(
    contributor: Person, editor: Person
) -> None:
    sent(contributor)
    sent(contributor, answers=["C1"], countries=[{"code": "NP", "role": "origin"}])
    sent(contributor, "claim", editor=editor)
    sent(contributor, "claim", "ask-changes", editor=editor)
    client = browser(editor)
    for start in ("", "?area=C", "?mine=1&state=in-review", "?country=NP"):
        choices = re.findall(
            r'<li><a href="/en(/review[^"]*)"[^>]*><span>[^<]*</span><span class="num">(\d+)',
            page(client, f"/review{start}"),
        )
        assert len(choices) == 11
        for address, count in choices:
            shown = page(client, html.unescape(address))
            assert int(count) == shown.count('href="/en/review/SUB-') == int(re.findall(r'id="n">(\d+)', shown)[0])


def test_the_desk_is_narrowed_by_country(contributor: Person, editor: Person) -> None:
    sent(contributor, title="In the harbour", countries=[{"code": "NP", "role": "origin"}])
    sent(contributor, title="In the mountains")
    text = page(browser(editor), "/review?country=NP")
    assert "In the harbour" in text and "In the mountains" not in text and '"NP" selected' in text


def test_what_the_desk_does_not_understand_is_named(editor: Person) -> None:
    text = page(browser(editor), "/review?area=Q&state=draft&country=%3Cscript%3E&page=x")
    for value in ("Q", "draft", "&lt;script&gt;"):
        assert f"We do not know the value “{value}” and left it out." in text


@pytest.mark.parametrize("number", ["2", "999999999999999", "9" * 40, "-1", "0"])
def test_a_page_of_the_desk_that_there_is_not_says_so(contributor: Person, editor: Person, number: str) -> None:
    sent(contributor)
    assert page(browser(editor), f"/review?page={number}")


def test_the_desk_has_pages(contributor: Person, editor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    monkeypatch.setattr("precedent.web.review.desk.PAGE", 2)
    for title in ("The first of them", "The second of them", "The third of them"):
        sent(contributor, title=title)
    client = browser(editor)
    first, second = page(client, "/review"), page(client, "/review?page=2")
    assert "Page 1 of 2" in first and "The third" not in first and 'href="/en/review?page=2"' in first
    assert "Page 2 of 2" in second and "The third" in second and "The first" not in second


def test_several_are_taken_into_review_at_once_and_those_that_are_lost_are_named(
    contributor: Person, editor: Person, reviewer: Person
) -> None:
    mine, lost = sent(contributor), sent(contributor)
    client = browser(editor)
    text = page(client, "/review")
    take = re.findall(r'name="take" value="([^"]+)"', text)
    assert len(take) == 2
    actions.move(lost, "claim", by=acting(reviewer))
    answer = client.post("/en/review/take", {"take": take, "area": "A"}, follow=True)
    said = words(answer.content.decode())
    assert f"Somebody was first: {lost.id}." in said and "You took 1 example into review." in said
    assert answer.redirect_chain[0][0] == "/en/review?area=A"
    assert queries.any_submission(mine.number).claimed_by == editor.id
    assert queries.any_submission(lost.number).claimed_by == reviewer.id


def test_taking_none_says_what_to_do(editor: Person) -> None:
    client = browser(editor)
    assert "Tick those that you want" in client.post("/en/review/take", follow=True).content.decode()


@pytest.mark.parametrize("forged", ["SUB-999999.1", "x", "SUB-000001", SCRIPT, "SUB-000001.²"])
def test_a_forged_choice_takes_nothing(contributor: Person, editor: Person, forged: str) -> None:
    made = sent(contributor)
    answer = browser(editor).post("/en/review/take", {"take": forged}, follow=True)
    assert answer.status_code == 200 and SCRIPT not in answer.content.decode()
    assert queries.any_submission(made.number).state is State.SUBMITTED


# ---------- one submission ----------


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
def test_each_page_of_the_reviewers_is_there_in_every_language(
    contributor: Person, editor: Person, language: str
) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    for address in ("", f"/{made.id}", f"/{made.id}/compare", f"/{made.id}/edit/results", "/trail"):
        text = client.get(f"/{language}/review{address}").content.decode()
        assert text.count("<h1") == 1, address
        assert not re.search(r"\{\{|\}\}|\{%|%\(\w+\)s|>None<", text), address
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=\"", text), address
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), address


def test_a_new_example_is_shown_whole_every_field_as_text(contributor: Person, editor: Person) -> None:
    made = sent(contributor)
    said = words(page(browser(editor), at(made)))
    for told in (
        "Nobody at the office spoke their language.",
        "Opened a help line in four languages.",
        "Philippines (Country of origin)",
        "Philippines to Jordan",
        "A13 Can migrants obtain legal aid",
        "Monitoring data",
        "https://example.org/line",
        "Nothing is said of: Another name, last year and partners.",
    ):
        assert told in said


def test_a_text_in_another_language_is_marked(contributor: Person, editor: Person) -> None:
    made = sent(contributor, title="عيادة متنقلة للعمال", language="ar")
    text = page(browser(editor), at(made))
    assert '<h1 lang="ar" dir="rtl">عيادة متنقلة للعمال</h1>' in text and "Written in Arabic" in text


def test_of_a_change_only_what_changes_is_shown_until_the_whole_is_asked_for(
    contributor: Person, editor: Person
) -> None:
    entry = given.entry()
    change = actions.propose(
        entry, given.draft(title="Help desk for domestic workers in a port city"), by=acting(contributor)
    )
    change = actions.move(change, "send", by=acting(contributor))
    client = browser(editor)
    text = page(client, at(change))
    assert "Proposed change to" in text and "One field changes." in text
    assert '<del><span class="vh" lang="en">taken out: </span>line</del>' in text
    assert "Nobody at the office" not in text
    whole = page(client, f"{at(change)}?show=whole")
    assert "Nobody at the office" in whole and "<del>" not in whole


def test_all_that_changes_in_one_part_is_one_change(contributor: Person, editor: Person) -> None:
    entry = given.entry()
    told = given.draft()
    source = {"url": "https://example.org/2", "title": "Second", "publisher": "Union", "language": "fr"}
    change = actions.propose(entry, {**told, "references": [*told["references"], source]}, by=acting(contributor))
    change = actions.move(change, "send", by=acting(contributor))
    text = page(browser(editor), at(change))
    assert "One field changes." in text and '<h2 id="references.s2">Source 2</h2>' in text


def test_what_was_sent_again_is_compared_with_the_version_that_was_reviewed(
    contributor: Person, editor: Person
) -> None:
    made = sent(contributor, "claim", "ask-changes", editor=editor)
    saved = actions.save(made.id, made.version.number, given.draft(title="A better title"), by=acting(contributor))
    actions.move(saved, "send-again", by=acting(contributor))
    client = browser(editor)
    text = page(client, at(made))
    assert "One field changed since it was reviewed." in text and "A better title" in text
    assert "Nobody at the office" not in text
    assert "Nobody at the office" in page(client, f"{at(made)}?show=whole")


def test_two_versions_are_compared(contributor: Person, editor: Person) -> None:
    made = given.submission(by=acting(contributor))
    for title in ("The second title", "The third title"):
        made = actions.save(made.id, made.version.number, given.draft(title=title), by=acting(contributor))
    actions.move(made, "send", by=acting(contributor))
    client = browser(editor)
    text = page(client, at(made, "compare"))
    assert "From version 2 to 3" in text and "</span>second</del>" in text and "</span>third</ins>" in text
    assert "From version 1 to 3" in page(client, at(made, "compare?from=1&to=3"))
    assert "There is no version 9." in page(client, at(made, "compare?from=9"))


def test_who_holds_it_and_since_when_is_said(contributor: Person, editor: Person, reviewer: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    assert "The first editor (Editor) holds it since" in words(page(browser(reviewer), at(made)))
    assert "You hold it since" in words(page(browser(editor), at(made)))
    assert 'id="decide"' not in page(browser(reviewer), at(made))


def test_what_has_happened_is_told_with_names(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", "ask-changes", editor=editor)
    said = words(page(browser(editor), at(made)))
    log = said[said.index("What has happened") :]
    steps = [
        "Changes were asked for · The first editor (Editor) A reason.",
        "It was taken into review",
        "It was sent",
    ]
    assert [log.index(step) for step in steps] == sorted(log.index(step) for step in steps)


def test_what_can_be_counted_is_counted(contributor: Person, editor: Person) -> None:
    whole = words(page(browser(editor), at(sent(contributor))))
    assert "Every barrier is met by a measure: yes" in whole and "Every comment is settled: yes" in whole
    short = {name: given.draft()[name] for name in ("title", "summary", "countries", "references")}
    short |= {
        "barriers": [{"code": "cost", "text": "It cost too much."}],
        "results": [{"text": "Nobody knows."}],
    }
    made = actions.move(actions.start(short, by=acting(contributor)), "send", by=acting(contributor))
    said = words(page(browser(editor), at(made)))
    assert f"Every barrier is met by a measure: no , {label('barrier', 'cost')}" in said
    assert "Every result says how it is known: no , Result 1" in said
    assert "things stand against publication" in said
    bare = {name: value for name, value in short.items() if name not in ("barriers", "results")}
    made = actions.move(actions.start(bare, by=acting(contributor)), "send", by=acting(contributor))
    said = words(page(browser(editor), at(made)))
    assert "met by a measure: no , no barrier is told" in said and "it is known: no , no result is told" in said


# ---------- comments ----------


def test_a_comment_stands_at_its_field_and_both_sides_can_answer(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    assert (
        press(client, page(client, at(made)), "comment", {"on:barriers.b1": "Whose language?"}).status_code == 302
    )
    (root,) = queries.comments(made)
    assert (root.field, root.text, root.by, root.thread) == ("barriers.b1", "Whose language?", editor.id, None)
    actions.comment(made.id, "", "Tagalog.", root.number, by=acting(contributor))
    text = page(client, at(made))
    section = text[text.index('id="barriers.b1"') : text.index('id="measures.m1"')]
    assert "Whose language?" in section and "Tagalog." in section and "1 open" in words(text)
    press(client, text, "comment", {f"to:{root.number}": "Thank you."})
    assert [said.thread for said in queries.comments(made)] == [None, root.number, root.number]


def test_a_thread_is_settled_and_opened_again(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    press(client, page(client, at(made)), "comment", {"on:title": "Too long."})
    (root,) = queries.comments(made)
    press(client, page(client, at(made)), "close", {"settle": str(root.number)})
    assert queries.comments(made)[0].closed and "Settled." in page(client, at(made))
    press(client, page(client, at(made)), "close", {"open": str(root.number)})
    assert not queries.comments(made)[0].closed


def test_one_can_comment_on_the_whole_and_on_what_is_missing(contributor: Person, editor: Person) -> None:
    made = sent(contributor)
    client = browser(editor)
    press(client, page(client, at(made)), "comment", {"elsewhere": "Well told.", "where": ""})
    press(client, page(client, at(made)), "comment", {"elsewhere": "Since when?", "where": "year_end"})
    assert [said.field for said in queries.comments(made)] == ["", "year_end"]
    said = words(page(client, at(made)))
    assert "Well told." in said and "Last year" in said and "Since when?" in said


def test_a_comment_on_a_part_that_is_gone_is_still_read(contributor: Person, editor: Person) -> None:
    lessons = [{"id": f"l{number}", "text": f"Lesson {number} of two."} for number in (1, 2)]
    made = sent(contributor, "claim", editor=editor, lessons=lessons)
    actions.comment(made.id, "lessons.l2.text", "Is it one?", by=acting(editor))
    actions.save(made.id, made.version.number, given.draft(lessons=lessons[:1]), by=acting(editor))
    said = words(page(browser(editor), f"{at(made)}?show=whole"))
    assert "Lessons: a part that is not there any more" in said and "Is it one?" in said


def test_a_comment_on_what_did_not_change_is_shown_beside_the_changes(contributor: Person, editor: Person) -> None:
    entry = given.entry()
    change = actions.propose(entry, given.draft(title="A title that is new"), by=acting(contributor))
    change = actions.move(change, "send", by=acting(contributor))
    actions.comment(change.id, "status", "Still so?", by=acting(editor))
    said = words(page(browser(editor), at(change)))
    assert "This did not change." in said and "Still so?" in said and "One field changes." in said


def test_the_same_form_sent_twice_makes_one_comment(contributor: Person, editor: Person) -> None:
    made = sent(contributor)
    client = browser(editor)
    text = page(client, at(made))
    for _again in range(2):
        press(client, text, "comment", {"on:title": "Too long.\r\nShorten it."})
    assert [said.text for said in queries.comments(made)] == ["Too long.\nShorten it."]


def test_all_that_is_typed_is_kept_whichever_button_is_pressed(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    typed = {"on:title": "One.", "on:summary": "Two.", "check": ["source-read"], "reason": "To be thought over."}
    answer = press(client, page(client, at(made)), "comment", typed)
    assert sorted(said.text for said in queries.comments(made)) == ["One.", "Two."]
    assert set(queries.checked(made)) == {"source-read"}
    text = answer.content.decode()
    assert answer.status_code == 200 and typed_in(text, "reason") == "To be thought over."
    assert typed_in(text, "on:title") == ""


def test_a_comment_that_is_too_long_is_refused_and_stays(contributor: Person, editor: Person) -> None:
    made = sent(contributor)
    client = browser(editor)
    long = "long " * 1_001
    answer = press(client, page(client, at(made)), "comment", {"on:title": long, "on:status": "Short."})
    text = answer.content.decode()
    assert answer.status_code == 422 and "A comment has at most 5000 characters" in text
    assert typed_in(text, "on:title") == long.strip()
    assert long.strip() not in [said.text for said in queries.comments(made)]


def test_script_is_text_wherever_it_was_typed(contributor: Person, editor: Person) -> None:
    told = given.draft(title=f"A title {SCRIPT}", summary=f"{SCRIPT} " * 5)
    told["barriers"][0]["text"] = told["results"][0]["text"] = told["lessons"][0]["text"] = f"Said {SCRIPT}."
    told["implementers"][0]["name"] = told["references"][0]["title"] = SCRIPT
    told["status"] = told["countries"][0]["code"] = told["language"] = '"><script>'
    made = actions.move(actions.start(told, by=acting(contributor)), "send", f"{SCRIPT}", by=acting(contributor))
    actions.comment(made.id, "title", SCRIPT, by=acting(contributor))
    actions.move(made, "claim", by=acting(editor))
    client = browser(editor)
    press(client, page(client, at(made)), "comment", {"on:summary": SCRIPT})
    edited = actions.save(made.id, 1, {**told, "title": f"Another {SCRIPT}"}, by=acting(editor))
    answers = [
        client.get(f"/en{address}")
        for address in ("/review", at(made), at(made, "compare"), "/review/trail", at(made, "edit", "about"))
    ]
    answers.append(
        press(client, page(client, at(edited)), "move", {"on:title": "x" * 6_000, "reason": SCRIPT, "at": SCRIPT})
    )
    for answer in answers:
        text = answer.content.decode()
        assert not re.search(r"<script(?! src=\"/static/)", text) and text.count("<script") == 1


# ---------- decisions ----------


def test_it_is_taken_ticked_and_published_in_the_browser(contributor: Person, editor: Person) -> None:
    made = sent(contributor)
    client = browser(editor)
    press(client, page(client, at(made)), "claim")
    answer = press(client, page(client, at(made)), "move", {"move": "publish", "check": sorted(CODES)})
    assert answer.status_code == 302
    published = queries.any_submission(made.number)
    assert published.state is State.PUBLISHED
    assert f"/en/entries/{published.entry}/history" in page(client, at(made))


def test_changes_are_asked_for_with_comments_in_one_go(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    typed = {
        "on:title": "Shorten it.",
        "on:references": "A second one?",
        "move": "ask-changes",
        "reason": "Two things.",
    }
    press(client, page(client, at(made)), "move", typed)
    now = queries.any_submission(made.number)
    assert (now.state, now.reason) == (State.CHANGES_ASKED, "Two things.")
    assert len(queries.comments(made)) == 2
    assert "Two things." in page(client, at(made))


def test_a_time_of_publication_is_typed_in_utc(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(second=0, microsecond=0, tzinfo=None)
    typed = {"move": "schedule", "at": tomorrow.isoformat(timespec="minutes"), "check": sorted(CODES)}
    client = browser(editor)
    press(client, page(client, at(made)), "move", typed)
    now = queries.any_submission(made.number)
    assert now.state is State.SCHEDULED and now.publish_at == tomorrow.replace(tzinfo=UTC)
    assert "To be published:" in page(client, at(made))
    press(client, page(client, at(made)), "move", {"move": "unschedule"})
    assert queries.any_submission(made.number).state is State.IN_REVIEW


def test_a_second_reviewer_approves(contributor: Person, editor: Person, reviewer: Person) -> None:
    made = sent(contributor, "claim", "ask-second", editor=editor)
    assert "a second reviewer is wanted" in page(browser(reviewer), "/review")
    client = browser(reviewer)
    press(client, page(client, at(made)), "move", {"move": "approve"})
    assert queries.any_submission(made.number).approved_by == reviewer.id


REFUSED = [
    ({"move": "ask-changes"}, 422, "“Ask for changes” needs a reason.", "#reason"),
    ({"move": "decline", "reason": "  "}, 422, "“Decline” needs a reason.", "#reason"),
    ({"move": "publish"}, 422, "It cannot be published yet", "#checks"),
    ({"move": "schedule", "check": sorted(CODES)}, 422, "The time for publication has to lie ahead.", "#at"),
    ({"move": "schedule", "check": sorted(CODES), "at": "2020-01-01T10:00"}, 422, "has to lie ahead", "#at"),
    ({"move": "schedule", "check": sorted(CODES), "at": "tomorrow"}, 422, "has to lie ahead", "#at"),
    ({}, 422, "No decision was chosen.", "#decide"),
    ({"move": "send"}, 422, "No decision was chosen.", "#decide"),
    ({"move": "x"}, 422, "No decision was chosen.", "#decide"),
    ({"move": "unschedule"}, 409, "is not possible while it stands at", ""),
    ({"move": "approve"}, 403, "is not yours to do here", ""),
    ({"move": "publish", "changed": "x"}, 409, "Somebody was first", ""),
]


@pytest.mark.parametrize(("typed", "status", "told", "anchor"), REFUSED, ids=str)
def test_what_is_refused_is_told_with_its_remedy_and_nothing_typed_is_lost(
    contributor: Person, editor: Person, typed: dict[str, Any], status: int, told: str, anchor: str
) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    whole = {"reason": "", **typed, "on:title": "Too long."}
    answer = press(client, page(client, at(made)), "move", whole)
    text = answer.content.decode()
    assert answer.status_code == status and told in html.unescape(text), words(text)
    assert "<title>Error: " in text and (f'<a href="{anchor}">' in text if anchor else True)
    if anchor:
        assert f'id="{anchor[1:]}"' in text
    assert typed_in(text, "reason").strip() == whole["reason"].strip()
    kept = [said.text for said in queries.comments(made)]
    assert (typed_in(text, "on:title") == "Too long.") != (kept == ["Too long."])
    assert queries.any_submission(made.number).state is State.IN_REVIEW


def test_of_two_reviewers_the_second_is_told_what_changed_and_keeps_the_text(
    contributor: Person, editor: Person
) -> None:
    made = sent(contributor, "claim", editor=editor)
    client, other = browser(editor), joined(Role.EDITOR, "The second editor")
    stale = page(client, at(made))
    actions.move(made, "release", by=acting(other))
    typed = {
        "move": "ask-changes",
        "reason": "My long reason.",
        "on:title": "My remark.",
        "check": ["source-read"],
    }
    answer = press(client, stale, "move", typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r"Somebody was first: It was given back to the queue at \d\d:\d\d UTC\.", html.unescape(text))
    assert typed_in(text, "on:title") == "My remark." and queries.comments(made) == []
    assert "Take into review" in text and Form(text).values["changed"] == [str(made.changed + 1)]
    again = press(client, text, "claim", {"on:title": "My remark."})
    assert typed_in(again.content.decode(), "on:title") == "My remark."


def test_a_reason_is_still_there_when_the_decision_came_too_late(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    stale = page(client, at(made))
    actions.save(made.id, made.version.number, given.draft(title="Edited meanwhile"), by=acting(editor))
    answer = press(client, stale, "move", {"move": "decline", "reason": "My long reason."})
    text = answer.content.decode()
    assert answer.status_code == 409 and "The text was changed at" in text and "Edited meanwhile" in text
    assert typed_in(text, "reason") == "My long reason." and 'value="decline" checked' in text
    assert press(client, text, "move", {}).status_code == 302
    assert queries.any_submission(made.number).state is State.DECLINED


def test_ticks_on_a_text_that_changed_meanwhile_are_refused(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    stale = page(client, at(made))
    actions.save(made.id, made.version.number, given.draft(title="Edited meanwhile"), by=acting(editor))
    answer = press(client, stale, "check", {"check": ["source-read"]})
    assert answer.status_code == 409 and queries.checked(queries.any_submission(made.number)) == {}
    assert 'value="source-read" checked' in answer.content.decode()


def test_what_was_written_about_an_example_that_was_taken_back_is_not_lost(
    contributor: Person, editor: Person
) -> None:
    made = sent(contributor)
    client = browser(editor)
    stale = page(client, at(made))
    actions.move(made, "take-back", by=acting(contributor))
    answer = press(
        client, stale, "comment", {"on:title": "A remark of some length, about the title of this example."}
    )
    assert answer.status_code == 404 and "A remark of some length" in answer.content.decode()


def test_a_reviewer_of_other_areas_reads_but_does_nothing(contributor: Person) -> None:
    made = sent(contributor)
    few = reviewer_of("C")
    client = browser(few)
    text = page(client, at(made))
    assert "It belongs to an issue area that you do not review." in text
    assert "Take into review" not in text and "Send comment" not in text
    assert 'name="take"' not in page(client, "/review")
    for button, typed in (("claim", {}), ("comment", {"on:title": "Mine?"})):
        answer = press(client, text, button, typed)
        assert answer.status_code == 403 and "is not yours to do here" in answer.content.decode()
    assert queries.comments(made) == [] and queries.any_submission(made.number).claimed_by == ""
    assert "Take into review" in page(client, at(sent(contributor, answers=["C1", "A13"])))


def test_an_editor_does_not_review_their_own_example(editor: Person) -> None:
    made = sent(editor)
    client = browser(editor)
    text = page(client, at(made))
    assert "This is your own example. Somebody else reviews it." in text
    assert "Take into review" not in text and 'id="decide"' not in text
    assert press(client, text, "claim").status_code == 403
    assert press(client, text, "move", {"move": "publish"}).status_code in (403, 409)


def test_a_contributor_and_a_passer_by_see_nothing_of_the_desk(contributor: Person, client: Client) -> None:
    made = sent(contributor)
    for address in ("/review", at(made), at(made, "compare"), "/review/trail"):
        assert browser(contributor).get(f"/en{address}").status_code == 403
        assert client.get(f"/en{address}").headers["Location"].startswith("/en/account/")


def test_a_draft_is_nobodys_but_its_contributors(contributor: Person, editor: Person) -> None:
    made = given.submission(by=acting(contributor))
    for address in (
        at(made),
        at(made, "compare"),
        at(made, "form.docx"),
        at(made, "edit", "about"),
        "/review/SUB-999999",
    ):
        page(browser(editor), address, 404)


# ---------- the text itself ----------


def test_a_reviewer_edits_the_text_they_hold_and_the_contributor_sees_what_changed(
    contributor: Person, editor: Person
) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    address = f"/en{at(made, 'edit', 'lessons')}"
    values = Form(client.get(address).content.decode()).values
    assert values["lessons.0.text"] == ["Pay the interpreters, or they leave."]
    answer = client.post(address, {**values, "lessons.0.text": "Pay the interpreters well.", "do": "back"})
    assert answer.headers["Location"] == f"/en{at(made)}"
    now = queries.any_submission(made.number)
    assert now.version.way == "edit" and now.draft["lessons"][0] == {
        "id": "l1",
        "text": "Pay the interpreters well.",
    }
    assert now.draft["barriers"] == made.draft["barriers"]


def test_a_part_is_added_and_removed_in_an_edit(contributor: Person, editor: Person) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    address = f"/en{at(made, 'edit', 'lessons')}"
    values = Form(client.get(address).content.decode()).values
    answer = client.post(address, {**values, "do": "add-lessons"})
    more = client.get(answer.headers["Location"]).content.decode()
    client.post(address, {**Form(more).values, "lessons.1.text": "A second lesson of it.", "do": "save"})
    assert [part["id"] for part in queries.any_submission(made.number).draft["lessons"]] == ["l1", "l2"]
    values = Form(client.get(address).content.decode()).values
    client.post(address, {**values, "do": "remove-lessons-l1"})
    assert [part["id"] for part in queries.any_submission(made.number).draft["lessons"]] == ["l2"]


def test_both_texts_are_shown_where_somebody_else_edited_the_same_field(
    contributor: Person, editor: Person
) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    address = f"/en{at(made, 'edit', 'lessons')}"
    values = Form(client.get(address).content.decode()).values
    theirs = given.draft(lessons=[{"id": "l1", "text": "What the other one saved."}])
    actions.save(made.id, made.version.number, theirs, by=acting(editor))
    answer = client.post(address, {**values, "lessons.0.text": "What I typed just now."})
    text = answer.content.decode()
    assert answer.status_code == 409 and "What the other one saved." in text and "What I typed just now." in text
    client.post(address, {**Form(text).values, "do": "back"})
    assert queries.any_submission(made.number).draft["lessons"][0]["text"] == "What I typed just now."


def test_whoever_does_not_hold_it_cannot_edit_and_keeps_what_they_typed(
    contributor: Person, editor: Person, reviewer: Person
) -> None:
    made = sent(contributor, "claim", editor=editor)
    client = browser(editor)
    address = f"/en{at(made, 'edit', 'lessons')}"
    values = Form(client.get(address).content.decode()).values
    assert browser(reviewer).get(address).headers["Location"] == f"/en{at(made)}"
    actions.move(made, "release", by=acting(editor))
    answer = client.post(address, {**values, "lessons.0.text": "What I typed just now."})
    assert answer.status_code == 403 and "What I typed just now." in answer.content.decode()
    assert queries.any_submission(made.number).draft == made.draft


def test_a_change_takes_in_what_the_entry_became_meanwhile(contributor: Person, editor: Person) -> None:
    entry = given.entry()
    change = actions.propose(entry, given.draft(title="A changed title", status="pilot"), by=acting(contributor))
    change = actions.move(change, "send", by=acting(contributor))
    actions.move(change, "claim", by=acting(editor))
    catalogue.revise(entry, given.document(title="Another title", level="national"), "Meanwhile.", by=given.EDITOR)
    client = browser(editor)
    text = page(client, at(change))
    assert "was revised after this change was begun: from revision 1 to 2." in words(text).replace("\u2068", "")
    answer = client.post(f"/en{at(change, 'rebase')}", Form(text).values, follow=True)
    said = words(answer.content.decode())
    assert "Both changed: Title." in said and "was revised after" not in said
    now = queries.any_submission(change.number)
    assert (now.base, now.draft["title"], now.draft["level"]) == (2, "A changed title", "national")


def test_a_file_that_was_sent_along_is_downloaded_and_no_other(contributor: Person, editor: Person) -> None:
    made = given.submission(by=acting(contributor))
    data = b"%PDF-1.4 harmless"
    fingerprint = sha256(data).hexdigest()
    store.lay(f"{fingerprint}.pdf", data)
    file = SentFile(fingerprint, "report.pdf", "pdf", len(data), datetime.now(UTC))
    actions.add_file(made.id, file, by=acting(contributor))
    actions.move(queries.any_submission(made.number), "send", by=acting(contributor))
    client = browser(editor)
    assert "report.pdf" in page(client, at(made))
    answer = client.get(f"/en{at(made, 'files', fingerprint)}")
    assert b"".join(answer.streaming_content) == data and "attachment" in answer.headers["Content-Disposition"]  # type: ignore[attr-defined]
    page(client, at(made, "files", "0" * 64), 404)


def test_the_text_is_downloaded_as_a_word_form(contributor: Person, editor: Person) -> None:
    made = sent(contributor)
    answer = browser(editor).get(f"/en{at(made, 'form.docx')}")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")
    assert f'filename="{made.id}.docx"' in answer.headers["Content-Disposition"]


# ---------- cost ----------


def cost(client: Client, address: str) -> int:
    page(client, address)
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    return len(asked)


def test_the_desk_and_the_page_ask_the_database_a_constant_number_of_times(
    contributor: Person, editor: Person
) -> None:
    client = browser(editor)
    made = sent(contributor, "claim", editor=editor)
    addresses = ("/review", at(made), at(made, "compare"))
    before = [cost(client, address) for address in addresses]
    for number in range(6):
        sent(joined(Role.CONTRIBUTOR), title=f"Another example, number {number}")
        actions.comment(made.id, "title", f"Remark {number}", by=acting(joined(Role.REVIEWER)))
        draft = given.draft(title=f"Title number {number}")
        made = actions.save(made.id, made.version.number, draft, by=acting(editor))
    assert [cost(client, address) for address in addresses] == before
    assert before[0] < 40 and max(before[1:]) < 20
