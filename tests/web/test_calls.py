"""Calls in the browser: what everybody reads, what editors do, and how an example answers one."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree  # type: ignore[import-untyped]

from precedent.calls import actions, queries, records
from precedent.calls.records import today
from precedent.catalogue import queries as entries
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions as contributing
from precedent.submissions import queries as submissions
from tests import given
from tests.calls.given_calls import call
from tests.given import EDITOR
from tests.people.persons import joined
from tests.web.forms import Answer, errors, filled, form_of, send
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def editor() -> Client:
    return signed_in(joined(Role.EDITOR), second_factor=True)


def text_of(answer: Answer) -> str:
    return str(answer.content.decode())


def press(client: Client, page: Answer, action: str = "", **typed: Any) -> Answer:
    """Fill in the form of a page as it is shown, and send it."""
    form = form_of(page, action)
    answer: Answer = client.post(form.get("action") or page.request["PATH_INFO"], filled(form) | typed)
    return answer


def let_days_pass(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """It is so many days later, for calls."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls.fromtimestamp((datetime.now(tz) + days * DAY).timestamp(), tz)

    monkeypatch.setattr(records, "datetime", Later)


TOLD = {
    "title": "Pensions that follow workers home",
    "sought": "Agreements by which pension rights move.\n\nSigned ones.",
    "why": "Nobody knows what came of them.",
    "until": (today() + 30 * DAY).isoformat(),
}


def test_an_editor_opens_a_call_from_a_place_of_the_matrix(editor: Client) -> None:
    page = editor.get(
        "/en/calls/new?question=A05&perspective=origin&region=142&group=domestic-workers&language=fr"
    )
    answer = press(editor, page, **TOLD)
    (made,) = queries.calls()
    assert answer.status_code == 302 and answer.headers["Location"] == f"/en/calls/{made.number}"
    assert made.filters == {
        "question": ("A05",),
        "perspective": ("origin",),
        "region": ("142",),
        "group": ("domestic-workers",),
    }
    assert made.languages == ("fr",) and made.wanted == 3 and made.opens == today()
    told = text_of(editor.get(answer.headers["Location"]))
    assert "The call is open." in told and "Asia" in told and "Domestic workers" in told


def test_what_an_address_asks_that_is_not_known_is_named(editor: Client) -> None:
    told = text_of(editor.get("/en/calls/new?question=Z99&colour=red"))
    assert "“Z99”" in told and "“colour”" in told


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ({"until": (today() - DAY).isoformat()}, ["#until"]),
        ({"opens": (today() + 9 * DAY).isoformat(), "until": (today() + DAY).isoformat()}, ["#until"]),
        ({"until": "soon", "title": ""}, ["#title", "#until"]),
        ({"until": ""}, ["#until"]),
        ({"until": "2026-02-30"}, ["#until"]),
        ({"wanted": "many"}, ["#wanted"]),
        ({"wanted": "0"}, ["#wanted"]),
        ({"sought": "", "why": ""}, ["#sought", "#why"]),
        ({"countries": ["ZZ"]}, ["#countries"]),
        ({"group": ["nobody"]}, ["#chosen"]),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_all_that_was_typed_is_kept(
    editor: Client, typed: dict[str, Any], places: list[str]
) -> None:
    page = editor.get("/en/calls/new?question=A05&region=142")
    answer = press(editor, page, **{**TOLD, "contact": "Somebody at the desk", **typed})
    assert answer.status_code == 422 and queries.calls() == ()
    assert [place for place, _text in errors(answer)] == places
    kept = filled(form_of(answer))
    assert kept["contact"] == ["Somebody at the desk"] and kept["region"] == ["142"]
    for name, value in typed.items():
        expected = value if isinstance(value, list) else [value]
        assert kept.get(name, []) == expected, name
    told = text_of(answer)
    assert all(f'id="{place[1:]}"' in told for place in places) and "<title>Error: " in told


def test_two_editors_change_one_call_and_neither_overwrites_the_other(editor: Client) -> None:
    made = call()
    page = editor.get(f"/en/calls/{made.number}/change")
    actions.change_call(made, replace(made.terms, title="What another editor wrote"), by=EDITOR)
    answer = press(editor, page, title="What I wrote")
    assert answer.status_code == 409
    told = text_of(answer)
    assert "What another editor wrote" in told and 'value="What I wrote"' in told
    assert queries.call(made.number).title == "What another editor wrote"
    again = press(editor, answer)
    assert again.status_code == 302 and queries.call(made.number).title == "What I wrote"


def test_an_editor_changes_closes_and_reopens_a_call(editor: Client) -> None:
    made = call()
    place = f"/en/calls/{made.number}"
    assert press(editor, editor.get(f"{place}/change"), wanted="7").status_code == 302
    assert queries.call(made.number).wanted == 7
    refused = press(editor, editor.get(f"{place}/close"), outcome=" ")
    assert refused.status_code == 422 and errors(refused)[0][0] == "#outcome"
    press(editor, editor.get(f"{place}/close"), outcome="Two agreements were told.")
    assert "Two agreements were told." in text_of(editor.get(place))
    refused = press(editor, editor.get(f"{place}/reopen"), until="")
    assert refused.status_code == 422 and errors(refused)[0][0] == "#until"
    press(editor, editor.get(f"{place}/reopen"), until=TOLD["until"])
    assert queries.call(made.number).is_open


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.FOCAL_POINT, Role.REVIEWER])
def test_only_editors_see_and_reach_what_is_theirs(role: Role, client: Client) -> None:
    made = call()
    for browser in (client, signed_in(joined(role))):
        told = text_of(browser.get(f"/en/calls/{made.number}")) + text_of(browser.get("/en/framework"))
        assert "/change" not in told and "calls/new" not in told
        for place in ("new", f"{made.number}/change", f"{made.number}/close", f"{made.number}/reopen"):
            assert browser.get(f"/en/calls/{place}").status_code in (302, 403)
            assert browser.post(f"/en/calls/{place}", {"title": "x"}).status_code == 403
    assert queries.calls() == (made,)


def test_an_editor_is_led_to_a_call_from_each_question_that_has_none(editor: Client) -> None:
    made = call()
    told = text_of(editor.get("/en/framework"))
    assert "/en/calls/new?question=A06" in told and "/en/calls/new?question=A05" not in told
    assert f"/en/calls/{made.number}" in told


def test_readers_see_calls_at_home_on_their_page_and_at_the_question(client: Client) -> None:
    made = [call(title=f"Call number {n}", until=today() + n * DAY) for n in (40, 10, 30, 20)]
    home = text_of(client.get("/en/"))
    shown = re.findall(r"Call number (\d+)", home)
    assert shown == ["10", "20", "30"] and "/en/calls" in home
    listed = text_of(client.get("/en/calls"))
    assert [n for n in re.findall(r"Call number (\d+)", listed)] == ["10", "20", "30", "40"]
    assert "3 examples wanted, 0 received, 0 published." in listed
    assert text_of(client.get("/en/framework")).count("Examples are sought until") == len(made)


def test_a_page_of_a_call_says_all_of_it_in_every_language(client: Client) -> None:
    made = call(
        countries=("NP", "QA"),
        organisations="Trade <unions>",
        languages=("fr", "ne"),
        chosen=(("level", ("national",)),),
    )
    told = text_of(client.get(f"/en/calls/{made.number}"))
    for text in (
        made.title,
        made.sought,
        made.why,
        "Nepal",
        "Qatar",
        "Trade &lt;unions&gt;",
        "French and Nepali",
        "National",
    ):
        assert text in told, text
    for language in ("ar", "zh", "fr", "ru", "es"):
        page = client.get(f"/{language}/calls/{made.number}")
        assert page.status_code == 200 and 'lang="en" dir="ltr"' in text_of(page)


def test_a_call_that_is_none_is_not_found(client: Client) -> None:
    for place in ("7", "0", "99999999999999999999", "7/letter.pdf"):
        assert client.get(f"/en/calls/{place}").status_code == 404


def test_at_midnight_a_call_is_not_shown_open_from_what_a_browser_has(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = call(until=today())
    for place in (
        "/en/",
        "/en/calls",
        f"/en/calls/{made.number}",
        "/en/framework",
        "/en/feeds/calls.atom",
        "/api/v1/calls",
    ):
        before = client.get(place)
        etag = before.headers["ETag"]
        assert client.get(place, headers={"If-None-Match": etag}).status_code == 304
        with monkeypatch.context() as later:
            let_days_pass(later, 1)
            after = client.get(place, headers={"If-None-Match": etag})
            assert after.status_code == 200 and after.content != before.content, place


def test_a_closed_call_says_what_it_brought(client: Client) -> None:
    made = call()
    given.submission("send")
    actions.close_call(made, "Nothing was sent.", by=EDITOR)
    told = text_of(client.get(f"/en/calls/{made.number}"))
    assert "Nothing was sent." in told and "No entry came of this call." in told
    listed = text_of(client.get("/en/calls"))
    assert "No call is open at the moment." in listed and "Nothing was sent." in listed


# ---------- an example that answers a call ----------


def begin(mine: Client, number: int) -> str:
    answer = press(mine, mine.get(f"/en/contribute?call={number}"), "start")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_an_example_carries_the_call_and_its_classification_to_the_end(
    mine: Client, me: Person, client: Client
) -> None:
    made = call(chosen=(("group", ("domestic-workers",)), ("country", ("NP",))), languages=("fr",))
    first = begin(mine, made.number)
    assert begin(mine, made.number) == first
    id = re.findall(r"SUB-\d+", first)[0]
    begun = submissions.any_submission(int(id[4:]))
    assert begun.call == made.number
    assert begun.draft == {
        "answers": ["A05"],
        "perspectives": ["origin"],
        "groups": ["domestic-workers"],
        "countries": [{"code": "NP", "role": "origin"}],
        "language": "fr",
    }
    for place in (first, f"/en/contribute/{id}/check", f"/en/contribute/{id}", "/en/contribute/mine"):
        assert made.title in text_of(mine.get(place)), place
    send(mine, mine.get(first), title="Une caisse de retraite", summary="x " * 40)
    saved = submissions.any_submission(begun.number)
    assert saved.call == made.number and saved.draft["groups"] == ["domestic-workers"]


def test_from_the_call_to_the_entry_that_it_brought(client: Client) -> None:
    made = call()
    begun = contributing.start(given.draft(answers=["A05"]), call=made.number, by=given.CONTRIBUTOR)
    sent = given.moved(begun, "send")
    assert "3 examples wanted, 1 received, 0 published." in text_of(client.get("/en/calls"))
    reviewer = signed_in(joined(Role.REVIEWER))
    assert made.title in text_of(reviewer.get("/en/review"))
    assert made.title in text_of(reviewer.get(f"/en/review/{sent.id}"))
    published = given.moved(given.moved(sent, "claim"), "publish")
    told = text_of(client.get(f"/en/calls/{made.number}"))
    assert "3 examples wanted, 1 received, 1 published." in told and str(published.entry) in told
    assert entries.entry(str(published.entry)).document.title in told


def test_a_call_that_closed_meanwhile_is_said_and_stops_nobody(mine: Client) -> None:
    made = call()
    first = begin(mine, made.number)
    actions.close_call(made, "Enough was sent.", by=EDITOR)
    assert "The call is closed meanwhile" in text_of(mine.get(first))
    assert "The call is closed meanwhile" in text_of(mine.get(f"/en/contribute?call={made.number}"))
    assert begin(mine, made.number) == first


def test_a_visitor_comes_back_to_the_call_after_signing_in(client: Client) -> None:
    made = call()
    told = text_of(client.get(f"/en/contribute?call={made.number}"))
    assert f"next=/en/contribute%3Fcall%3D{made.number}" in told and made.title in told


@pytest.mark.parametrize("number", ["99", "x", "-1", "²", "9" * 30])
def test_a_call_that_is_none_begins_an_ordinary_example(mine: Client, number: str) -> None:
    page = mine.get("/en/contribute", {"call": number})
    assert "We do not know the call" in text_of(page)
    answer = mine.post("/en/contribute/start", {"call": number})
    id = re.findall(r"SUB-\d+", answer.headers["Location"])[0]
    assert submissions.any_submission(int(id[4:])).call is None


# ---------- what it costs ----------


def test_pages_of_calls_cost_the_same_however_many_there_are(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        call(title=f"Call {n}")
    for place, most in (("/en/calls", 4), ("/en/calls/1", 5), ("/en/feeds/calls.atom", 4)):
        client.get(place)
        with django_assert_max_num_queries(most):
            client.get(place)


# ---------- following, and programs ----------

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client: Client, language: str = "en") -> Any:
    answer = client.get(f"/{language}/feeds/calls.atom")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(answer.content)


def texts(parent: Any, name: str) -> list[str]:
    return [str(found.text or "") for found in parent.findall(f"{ATOM}{name}")]


def test_a_feed_is_atom_with_what_has_begun_the_newest_first(client: Client) -> None:
    first = call(title="A <first> & one", sought="Seek <b>this</b> & that", written_in="fr")
    second = call(until=today() + 9 * DAY)
    call(opens=today() + DAY)
    feed = feed_of(client)
    for name in ("id", "title", "updated"):
        assert len(texts(feed, name)) == 1 and texts(feed, name)[0]
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": "http://testserver/en/feeds/calls.atom", "alternate": "http://testserver/en/calls"}
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    found = feed.findall(f"{ATOM}entry")
    assert [texts(one, "title") for one in found] == [[second.title], [first.title]]
    for one, made in zip(found, (second, first), strict=True):
        assert texts(one, "id")[0].endswith(f":{made.id}") and len(texts(one, "updated")) == 1
        assert one.find(f"{ATOM}link").get("href") == f"http://testserver/en/calls/{made.number}"
    assert found[1].get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert "Seek &lt;b&gt;this&lt;/b&gt; &amp; that" in texts(found[1], "summary")[0]


def test_an_item_of_a_feed_keeps_its_identifier_and_moves_with_its_call(client: Client) -> None:
    made = call()
    before = feed_of(client).find(f"{ATOM}entry")
    closed = actions.close_call(made, "Enough was sent.", by=EDITOR)
    after = feed_of(client).find(f"{ATOM}entry")
    assert texts(before, "id") == texts(after, "id") == texts(feed_of(client, "ar").find(f"{ATOM}entry"), "id")
    assert datetime.fromisoformat(texts(after, "updated")[0]) == closed.changed
    assert texts(before, "updated") <= texts(after, "updated")
    assert "Enough was sent." in texts(after, "summary")[0]


def test_a_feed_of_nothing_is_a_feed_and_the_pages_lead_to_it(client: Client) -> None:
    assert feed_of(client).findall(f"{ATOM}entry") == []
    assert client.get("/en/feeds/calls.atom").content == client.get("/en/feeds/calls.atom").content
    told = text_of(client.get("/fr/calls"))
    link = '<link rel="alternate" type="application/atom+xml"'
    assert link in told and 'href="http://testserver/fr/feeds/calls.atom"' in told
    assert client.get("/feeds/calls.atom", follow=True).redirect_chain == [("/en/feeds/calls.atom", 302)]


def test_programs_read_open_calls_and_others_where_they_ask(client: Client) -> None:
    made = call(chosen=(("region", ("142",)),), countries=("NP",))
    closed = actions.close_call(call(), "Enough was sent.", by=EDITOR)
    told = client.get("/api/v1/calls").json()
    assert told["count"] == 1
    (item,) = told["items"]
    assert item["number"] == made.number and item["url"] == f"http://testserver/en/calls/{made.number}"
    assert item["question"] == "A05" and item["questions"] == ["A05"] and item["perspective"] == "origin"
    assert item["narrowed"] == {"region": ["142"]} and item["countries"] == ["NP"]
    assert item["until"] == made.until.isoformat() and (item["wanted"], item["received"]) == (3, 0)
    (item,) = client.get("/api/v1/calls?state=closed").json()["items"]
    assert item["number"] == closed.number and item["outcome"] == "Enough was sent."
    assert client.get("/api/v1/calls?state=planned").json() == {"count": 0, "items": []}
    refused = client.get("/api/v1/calls?state=lost")
    assert refused.status_code == 422 and refused.json()["code"] == "request-not-understood"


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_the_letter_is_downloaded_in_each_language(client: Client, language: str) -> None:
    made = call()
    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"/{language}/calls/{made.number}/letter.{ending}")
        assert answer.content.startswith(begins)
        name = f"precedent-call-{made.number}-{language}.{ending}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
