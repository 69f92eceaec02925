"""The form in the browser: what is typed is kept, whatever happens to it."""

import re
from typing import Any

import pytest
from django.test import Client

from precedent.catalogue import queries as catalogue
from precedent.forms import draft as drafts
from precedent.forms.asks import Ask, Kind, asked_in, asks
from precedent.forms.steps import PAGES
from precedent.people import queries as people
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions, queries
from precedent.submissions.records import State, Submission
from tests import given
from tests.people.persons import acting, joined
from tests.web.forms import Answer, errors, filled, form_of, send
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db

FRENCH = (
    "La ville répond par téléphone aux questions des travailleuses domestiques, en quatre langues et à toute "
    "heure, depuis que le conseil municipal a décidé de payer des interprètes."
)


def begun(me: Person, **told: Any) -> Submission:
    return actions.start(told, by=people.actor(me))


def whole(me: Person, **changes: Any) -> Submission:
    """A draft in which everything is told."""
    return begun(me, **drafts.of(given.document(**changes)))


def now(seen: Submission) -> Submission:
    return queries.any_submission(seen.number)


def step(seen: Submission, name: str = "about") -> str:
    return f"/en/contribute/{seen.id}/{name}"


def text_of(response: Answer) -> str:
    return str(response.content.decode())


def control(ask: Ask) -> str:
    """The name under which a question, or the first inside it, is posted."""
    match ask.kind:
        case Kind.PARTS:
            return f"{ask.name}.0.{ask.parts[0].name}"
        case Kind.PART:
            return f"{ask.name}.{ask.parts[0].name}"
        case Kind.PAIRS:
            return f"{ask.name}.0.0"
        case _:
            return ask.name


def test_every_field_that_is_asked_for_stands_on_the_page_of_its_step(mine: Client, me: Person) -> None:
    seen = whole(me, title_original={"language": "ar", "text": "خط المساعدة"}, partners=[_party()])
    for page in PAGES:
        text = text_of(mine.get(step(seen, page.step)))
        for ask in asked_in(page.step):
            assert f'name="{control(ask)}"' in text, ask.name
    assert {ask.about.step for ask in asks()} == {page.step for page in PAGES}


def _party() -> dict[str, str]:
    return {"name": "Port authority", "actor_type": "local-government"}


def test_reading_begins_nothing_and_a_button_begins_one_draft(mine: Client, me: Person) -> None:
    for address in ("contribute", "contribute/start", "contribute/mine", "entries/PPD-000003/propose"):
        mine.get(f"/en/{address}")
    assert queries.mine(people.actor(me)).count == 0
    first, again = (mine.post("/en/contribute/start").headers["Location"] for _ in range(2))
    assert first == again and first.endswith("/about")
    assert queries.mine(people.actor(me)).count == 1


def test_a_step_is_saved_and_leads_to_the_next_and_at_last_to_the_check(mine: Client, me: Person) -> None:
    seen = begun(me)
    answer = send(mine, mine.get(step(seen)), title="A desk at the bus park", year_start="2019")
    for page in PAGES[1:]:
        assert answer.headers["Location"] == step(seen, page.step)
        answer = send(mine, mine.get(answer.headers["Location"]))
    assert answer.headers["Location"] == f"/en/contribute/{seen.id}/check"
    assert now(seen).draft == {"title": "A desk at the bus park", "year_start": 2019}
    assert f"Saved at {now(seen).version.at:%H:%M} UTC." in text_of(mine.get(step(seen)))


def test_what_is_shown_and_sent_back_unchanged_stays_as_it_was(mine: Client, me: Person) -> None:
    full = sorted(catalogue.changed_since(0), key=lambda entry: -len(entry.document.canonical()))
    for entry in full[:3]:
        seen = begun(me, **drafts.of(entry.document))
        for page in PAGES:
            assert send(mine, mine.get(step(seen, page.step))).status_code == 302
        assert now(seen).version.number == 1, entry.id


def test_what_is_wrong_is_saved_and_stops_at_its_step_with_the_way_to_the_field(mine: Client, me: Person) -> None:
    seen = begun(me)
    answer = send(mine, mine.get(step(seen)), title="x" * 300, year_start="soon", summary="Too short.")
    text = text_of(answer)
    assert answer.status_code == 422 and "<title>Error: About the practice" in text
    assert errors(answer) == [
        ("#title", "Title has more than 200 characters. Shorten it."),
        ("#year_start", "First year is not a whole number. Write the year in four digits."),
    ]
    assert "Error: title has more than 200 characters. Shorten it." in text
    assert now(seen).draft == {"title": "x" * 300, "year_start": "soon", "summary": "Too short."}
    assert "Saved at" in text
    again = mine.get(step(seen))
    assert again.status_code == 200 and 'aria-invalid="true"' in text_of(again)


def test_what_is_missing_stops_nobody_and_is_said_where_the_check_leads(mine: Client, me: Person) -> None:
    seen = begun(me, barriers=[{"code": "language"}])
    at_first = mine.get(step(seen, "barriers-and-measures"))
    assert errors(at_first) == [] and send(mine, at_first).status_code == 302
    check = text_of(mine.get(f"/en/contribute/{seen.id}/check"))
    places = re.findall(r'href="([^"]+\?checked=1#barriers\.b1\.text)"', check)
    assert len(places) == 1
    shown = mine.get(places[0].partition("#")[0])
    assert ("#barriers.b1.text", "Barrier 1: the barrier as it stood: fill it in.") in errors(shown)
    assert 'id="barriers.b1.text"' in text_of(shown)


def test_each_finding_leads_to_something_on_its_page(mine: Client, me: Person) -> None:
    broken = {
        "title": "x" * 300,
        "answers": ["A13", "not a code"],
        "corridors": [["PH", "???"]],
        "countries": [{"code": "PH"}],
        "references": [{"url": "example.org", "year": "never"}],
        "results": [{"text": "x" * 700}],
        "lessons": [{"text": "x" * 700}],
        "title_original": {"text": "y" * 400},
    }
    seen = begun(me, **broken)
    for page in PAGES:
        shown = mine.get(f"{step(seen, page.step)}?checked=1")
        assert errors(shown)
        for anchor, sentence in errors(shown):
            assert anchor and f'id="{anchor[1:]}"' in text_of(shown), sentence


def test_save_and_come_back_later_leads_to_the_list_which_leads_back(mine: Client, me: Person) -> None:
    seen = begun(me)
    answer = send(mine, mine.get(step(seen)), do="later", title="A desk at the bus park", summary="A desk.")
    listed = text_of(mine.get(answer.headers["Location"]))
    assert "A desk at the bus park" in listed and "Saved at " in listed
    assert "To send it, add: countries and sources." in listed
    assert f'href="{step(seen, "where-and-for-whom")}"' in listed


def test_the_list_is_paged_and_holds_nobody_elses(mine: Client, me: Person) -> None:
    for number in range(51):
        begun(me, title=f"Number {number}")
    begun(joined(), title="Of somebody else")
    pages = [text_of(mine.get(f"/en/contribute/mine?page={page}")) for page in (1, 2)]
    assert [page.count("Number ") for page in pages] == [50, 1]
    assert 'rel="next"' in pages[0] and 'rel="prev"' in pages[1]
    assert not any("Of somebody else" in page for page in pages)
    for typed in ("0", "-1", "x", "9" * 30, "²"):
        assert mine.get(f"/en/contribute/mine?page={typed}").status_code == 200


def test_parts_are_added_and_removed_by_buttons_and_what_is_blank_is_not_kept(mine: Client, me: Person) -> None:
    seen = begun(me)
    page = mine.get(step(seen, "barriers-and-measures"))
    answer = send(mine, page, do="add-barriers", barriers__0__code="language", barriers__0__text="Nobody spoke.")
    shown = mine.get(answer.headers["Location"].partition("#")[0])
    assert answer.headers["Location"].endswith("#barriers.1") and 'id="barriers.1"' in text_of(shown)
    assert send(mine, shown).status_code == 302
    assert [part["id"] for part in now(seen).draft["barriers"]] == ["b1"]
    again = mine.get(answer.headers["Location"].partition("#")[0])
    send(mine, again, barriers__1__text="It was far.")
    send(mine, mine.get(step(seen, "barriers-and-measures")), do="remove-barriers-b1")
    assert [part["text"] for part in now(seen).draft["barriers"]] == ["It was far."]


def test_two_blank_parts_may_be_asked_for_before_either_is_filled_in(mine: Client, me: Person) -> None:
    seen = begun(me)
    answer = send(mine, mine.get(step(seen)), do="add-partners")
    answer = send(mine, mine.get(answer.headers["Location"].partition("#")[0]), do="add-partners")
    shown = mine.get(answer.headers["Location"].partition("#")[0])
    assert 'name="partners.1.name"' in text_of(shown) and 'name="partners.2.name"' not in text_of(shown)
    answer = send(mine, shown, do="remove-partners-1")
    shown = mine.get(answer.headers["Location"].partition("#")[0])
    assert 'name="partners.0.name"' in text_of(shown) and 'name="partners.1.name"' not in text_of(shown)


def test_countries_and_corridors_which_have_no_ids_are_removed_by_their_place(mine: Client, me: Person) -> None:
    seen = whole(me, corridors=[["PH", "JO"], ["NP", "QA"]])
    send(mine, mine.get(step(seen, "where-and-for-whom")), do="remove-countries-0")
    send(mine, mine.get(step(seen, "where-and-for-whom")), do="remove-corridors-0")
    assert [part["code"] for part in now(seen).draft["countries"]] == ["JO"]
    assert now(seen).draft["corridors"] == [["NP", "QA"]]


def test_results_ask_for_what_did_not_work_and_keep_no_answer_that_nobody_gave(mine: Client, me: Person) -> None:
    seen = begun(me)
    shown = mine.get(step(seen, "results"))
    assert "What came of it?" in text_of(shown) and "What did not work, and for whom?" in text_of(shown)
    send(mine, shown)
    assert now(seen).draft == {}
    send(mine, mine.get(step(seen, "results")), results__1__text="Women were not reached.")
    (told,) = now(seen).draft["results"]
    assert (told["outcome"], told["text"]) == ("negative", "Women were not reached.")
    answer = send(mine, mine.get(step(seen, "results")), do="add-results-negative")
    assert "What did not work" in text_of(mine.get(answer.headers["Location"].partition("#")[0]))


def test_a_measure_names_its_barrier_on_the_page_on_which_both_are_told(mine: Client, me: Person) -> None:
    seen = begun(me)
    page = mine.get(step(seen, "barriers-and-measures"))
    send(mine, page, barriers__0__code="language", measures__0__text="A line.", measures__0__overcomes=["@0"])
    assert now(seen).draft["measures"][0]["overcomes"] == ["language"]
    page = mine.get(step(seen, "barriers-and-measures"))
    assert "Barrier 1: Language" in text_of(page)
    send(mine, page, barriers__0__code="cost")
    assert now(seen).draft["measures"][0]["overcomes"] == ["cost"]
    send(mine, mine.get(step(seen, "barriers-and-measures")), do="remove-barriers-b1")
    assert "overcomes" not in now(seen).draft["measures"][0]


def test_the_language_is_set_where_it_is_certain_and_nobody_chose_and_that_is_said(
    mine: Client, me: Person
) -> None:
    seen = begun(me)
    answer = send(mine, mine.get(step(seen)), summary=FRENCH)
    assert now(seen).draft["language"] == "fr"
    assert "This seems to be written in French." in text_of(mine.get(answer.headers["Location"]))
    chosen = begun(me, language="en", summary=FRENCH)
    send(mine, mine.get(step(chosen)))
    assert now(chosen).draft["language"] == "en"
    assert "This seems to be written in French." in text_of(mine.get(step(chosen)))


def test_two_tabs_that_change_other_fields_keep_both(mine: Client, me: Person) -> None:
    seen = begun(me, title="One")
    one, other = mine.get(step(seen)), mine.get(step(seen))
    send(mine, one, title="Two")
    send(mine, other, summary="A desk at the bus park.")
    assert (now(seen).draft["title"], now(seen).draft["summary"]) == ("Two", "A desk at the bus park.")


def test_two_tabs_that_change_one_field_are_shown_both_texts_and_may_save_again(mine: Client, me: Person) -> None:
    seen = begun(me, title="One")
    one, other = mine.get(step(seen)), mine.get(step(seen))
    send(mine, one, title="Two", year_start="2001")
    clash = send(mine, other, title="Three", year_end="2009")
    text = text_of(clash)
    assert clash.status_code == 409 and "Error: About the practice" in text
    assert re.search(r"someone saved this field at \d\d:\d\d UTC. Here are both; choose or combine.", text)
    assert filled(form_of(clash))["title"] == ["Three"] and '<p dir="auto">Two</p>' in text
    assert filled(form_of(clash))["year_start"] == ["2001"] and now(seen).draft["title"] == "Two"
    assert send(mine, clash, title="Two and three").status_code == 302
    assert now(seen).draft == {"title": "Two and three", "year_start": 2001, "year_end": 2009, **_language(seen)}


def _language(seen: Submission) -> dict[str, str]:
    told = now(seen).draft
    return {"language": told["language"]} if "language" in told else {}


@pytest.mark.parametrize("base", ["", "x", "-1", "0", "99", "9" * 30, "²"])
def test_a_form_that_names_no_version_overwrites_nothing_in_silence(mine: Client, me: Person, base: str) -> None:
    seen = begun(me, title="One")
    page = mine.get(step(seen))
    send(mine, page, title="Two")
    send(mine, page, title="Three", base=base)
    assert now(seen).draft["title"] in ("Two", "Three")
    assert {version.draft["title"] for version in queries.versions(seen)} >= {"One", "Two"}


def test_a_form_sent_twice_is_saved_once(mine: Client, me: Person) -> None:
    seen = begun(me)
    page = mine.get(step(seen))
    for _ in range(2):
        assert send(mine, page, title="A desk at the bus park").status_code == 302
    assert now(seen).version.number == 2


def test_what_is_typed_after_it_was_sent_is_shown_with_the_way_to_take_it_back(mine: Client, me: Person) -> None:
    seen = whole(me)
    page = mine.get(step(seen))
    actions.move(seen, "send", by=people.actor(me))
    late = send(mine, page, title="<script>alert(1)</script> A later thought", summary="Another summary.")
    text = text_of(late)
    assert late.status_code == 409 and now(seen).draft["title"] == seen.draft["title"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; A later thought" in text and "Another summary." in text
    assert "It stands at: sent, waiting for a reviewer." in text
    form = form_of(late, "/move")
    assert mine.post(form.get("action"), filled(form) | {"move": "take-back"}).status_code == 302
    assert send(mine, page, title="A later thought").status_code == 302
    assert now(seen).draft["title"] == "A later thought"


def test_whoever_may_not_change_it_any_more_is_led_to_its_page(mine: Client, me: Person) -> None:
    seen = whole(me)
    actions.move(seen, "send", by=people.actor(me))
    for address in (step(seen), f"/en/contribute/{seen.id}/check"):
        assert mine.get(address).headers["Location"] == f"/en/contribute/{seen.id}"
    late = send(mine, mine.get(step(whole(me))), title="x")
    assert late.status_code == 302


def test_ten_megabytes_in_one_field_are_shown_again_and_not_stored(mine: Client, me: Person) -> None:
    seen = begun(me, title="A desk")
    pasted = "Workers came home. " * 520_000
    answer = send(mine, mine.get(step(seen)), summary=pasted, year_start="2001")
    assert answer.status_code == 422 and now(seen).draft == {"title": "A desk"}
    assert filled(form_of(answer))["summary"][0].strip() == pasted.strip()
    assert filled(form_of(answer))["year_start"] == ["2001"]
    said = errors(answer)
    assert "This is more text than an example can hold" in said[0][1]
    assert ("#summary", "Summary has more than 3000 characters. Shorten it.") in said
    assert "Not saved yet." in text_of(answer)


@pytest.mark.parametrize("typed", [text for text in given.NASTY if len(text) < 200], ids=ascii)
def test_nothing_that_people_paste_breaks_a_page(mine: Client, me: Person, typed: str) -> None:
    seen = begun(me)
    shown = mine.get(step(seen))
    names = [name for name in filled(form_of(shown)) if name not in ("base", "csrfmiddlewaretoken")]
    answer = mine.post(step(seen), {name: typed for name in names} | {"do": "save"})
    assert answer.status_code in (302, 422)
    if typed.strip().strip("\x00"):
        assert now(seen).draft["title"] == typed.replace("\r", "\n").replace("\x00", "")
    for address in (
        step(seen),
        f"/en/contribute/{seen.id}/check",
        f"/en/contribute/{seen.id}",
        "/en/contribute/mine",
    ):
        assert mine.get(address).status_code == 200


SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_a_script_in_every_field_is_no_more_than_text(mine: Client, me: Person) -> None:
    seen = begun(me, **{ask.name: _hostile(ask) for ask in asks()})
    sent = actions.move(seen, "send", by=people.actor(me))
    reviewer = acting(joined(Role.EDITOR))
    claimed = actions.move(sent, "claim", by=reviewer)
    actions.save(claimed.id, 1, {**claimed.draft, "title": f"{SCRIPT} edited"}, ["title"], by=reviewer)
    actions.comment(claimed.id, SCRIPT[:200], SCRIPT, by=reviewer)
    pages = [f"/en/contribute/{claimed.id}", f"/en/contribute/{claimed.id}/history", "/en/contribute/mine"]
    other = begun(me, **seen.draft)
    pages += [step(other, page.step) for page in PAGES] + [f"/en/contribute/{other.id}/check"]
    for address in pages:
        text = text_of(mine.get(address))
        assert "<script>alert" not in text and "<img src=x" not in text, address
        assert "&lt;script&gt;alert(1)" in text, address


def _hostile(ask: Ask) -> Any:
    match ask.kind:
        case Kind.PARTS:
            return [{part.name: _hostile(part) for part in ask.parts}]
        case Kind.PART:
            return {part.name: _hostile(part) for part in ask.parts}
        case Kind.PAIRS:
            return [[SCRIPT, SCRIPT]]
        case Kind.SEVERAL:
            return [SCRIPT]
        case _:
            return SCRIPT


def addresses(seen: Submission) -> list[tuple[str, str]]:
    """Every page of an example, with its method."""
    read = ["", "/about", "/check", "/history", "/form.docx", "/files/" + "a" * 64]
    posted = ["/about", "/comment", "/move", "/upload", "/files", "/files/" + "a" * 64]
    ways = [*(("get", way) for way in read), *(("post", way) for way in posted)]
    return [(method, f"/en/contribute/{seen.id}{way}") for method, way in ways]


def test_who_guesses_others_addresses_is_told_that_there_is_nothing(mine: Client) -> None:
    seen = whole(joined())
    for method, address in addresses(seen):
        theirs = getattr(mine, method)(address)
        nowhere = getattr(mine, method)(address.replace(seen.id, "SUB-999999"))
        assert theirs.status_code == nowhere.status_code == 404, address
        assert "Help line for domestic workers" not in text_of(theirs)
        assert text_of(theirs).replace(seen.id, "") == text_of(nowhere).replace("SUB-999999", "")
    assert now(seen).version.number == 1


def test_a_reviewer_reads_a_sent_example_at_the_desk_and_sees_no_draft(me: Person) -> None:
    desk = signed_in(joined(Role.REVIEWER))
    seen = whole(me)
    assert desk.get(f"/en/contribute/{seen.id}").status_code == 404
    actions.move(seen, "send", by=people.actor(me))
    assert desk.get(f"/en/contribute/{seen.id}").headers["Location"] == f"/en/review/{seen.id}"


def test_whoever_is_not_signed_in_reads_what_it_takes_and_signs_in_first(client: Client, me: Person) -> None:
    text = text_of(client.get("/en/contribute"))
    assert "about twenty minutes" in text and "Sign in to begin" in text and "Ask for an account" in text
    seen = whole(me)
    assert client.get(step(seen)).headers["Location"] == f"/en/account/sign-in?next={step(seen)}"
    kept = client.post(step(seen), {"title": "What was typed meanwhile", "do": "continue"})
    assert kept.status_code == 403 and "What was typed meanwhile" in text_of(kept)


def test_no_page_of_an_example_is_kept_on_the_way(mine: Client, me: Person) -> None:
    seen = whole(me)
    for method, address in addresses(seen):
        if method == "get" and "files" not in address:
            assert "no-store" in mine.get(address).headers["Cache-Control"], address


def test_an_example_can_be_checked_and_sent_and_a_second_press_says_so(mine: Client, me: Person) -> None:
    seen = whole(me)
    check = mine.get(f"/en/contribute/{seen.id}/check")
    assert "Nobody at the office spoke their language." in text_of(check)
    form = form_of(check, "/move")
    assert mine.post(form.get("action"), filled(form) | {"move": "send"}).status_code == 302
    assert now(seen).state is State.SUBMITTED
    again = mine.post(form.get("action"), filled(form) | {"move": "send"})
    assert again.status_code == 409 and "It was sent at " in text_of(again)
    assert now(seen).changed == seen.changed + 1


def test_what_is_not_ready_cannot_be_sent_and_is_told_what_is_missing(mine: Client, me: Person) -> None:
    seen = begun(me, title="A desk at the bus park")
    check = mine.get(f"/en/contribute/{seen.id}/check")
    assert "Still needed to send it" in text_of(check) and 'value="send"' not in text_of(check)
    forced = mine.post(f"/en/contribute/{seen.id}/move", {"move": "send", "changed": seen.changed})
    assert forced.status_code == 422 and "summary, Countries, Sources" in text_of(forced).replace(
        "Summary", "summary"
    )
    assert now(seen).state is State.DRAFT


def test_a_move_that_is_not_open_or_unknown_changes_nothing(mine: Client, me: Person) -> None:
    seen = whole(me)
    address = f"/en/contribute/{seen.id}/move"
    assert mine.post(address, {"move": "dance", "changed": seen.changed}).status_code == 404
    assert mine.post(address, {"move": "take-back", "changed": seen.changed}).status_code == 409
    assert mine.post(address, {"move": "publish", "changed": seen.changed}).status_code == 409
    assert mine.post(address, {"move": "send", "changed": "x"}).status_code == 409
    assert now(seen) == seen


def test_what_was_withdrawn_can_be_taken_up_again(mine: Client, me: Person) -> None:
    seen = whole(me)
    for name, state in (("withdraw", State.WITHDRAWN), ("reopen", State.DRAFT)):
        page = mine.get(f"/en/contribute/{seen.id}")
        form = form_of(page, "/move")
        assert f'value="{name}"' in text_of(page)
        mine.post(form.get("action"), filled(form) | {"move": name})
        assert now(seen).state is state


def reviewed(seen: Submission) -> Submission:
    reviewer = acting(joined(Role.REVIEWER, "A patient reader"))
    sent = actions.move(seen, "send", by=people.actor(people.person(seen.owner)))
    claimed = actions.move(sent, "claim", by=reviewer)
    actions.comment(claimed.id, "summary", "Since when?", by=reviewer)
    edited = {**claimed.draft, "title": "Help line for domestic workers in a harbour city"}
    return actions.save(claimed.id, claimed.version.number, edited, ["title"], by=reviewer)


def test_the_contributor_reads_comments_by_field_answers_and_sees_what_was_edited(
    mine: Client, me: Person
) -> None:
    seen = reviewed(whole(me))
    page = mine.get(f"/en/contribute/{seen.id}")
    text = text_of(page)
    assert "Since when?" in text and "A patient reader (Reviewer)" in text
    assert re.search(r"<del>.*port</del><ins[^>]*>.*harbour</ins>", text)
    assert "Read the whole example" in text and "Opened a help line in four languages." in text
    form = form_of(page, "/comment")
    answer = mine.post(form.get("action"), filled(form) | {"text": "Since 2019; I add it."})
    assert answer.status_code == 302
    first, second = queries.comments(seen)
    assert (second.text, second.thread, second.field) == ("Since 2019; I add it.", first.number, "summary")
    assert "Since 2019; I add it." in text_of(mine.get(f"/en/contribute/{seen.id}"))


@pytest.mark.parametrize(("text", "status"), [("", 422), (" \n", 422), ("x" * 5_001, 422)])
def test_a_comment_that_is_not_kept_is_still_there(mine: Client, me: Person, text: str, status: int) -> None:
    seen = reviewed(whole(me))
    for thread in ("", str(queries.comments(seen)[0].number)):
        answer = mine.post(f"/en/contribute/{seen.id}/comment", {"text": text, "field": "title", "thread": thread})
        assert answer.status_code == status and "<title>Error:" in text_of(answer)
        assert text.strip() in text_of(answer)
    assert len(queries.comments(seen)) == 1


def test_nobody_comments_on_what_was_not_sent(mine: Client, me: Person) -> None:
    seen = whole(me)
    answer = mine.post(f"/en/contribute/{seen.id}/comment", {"text": "A thought of mine", "field": "title"})
    assert answer.status_code == 403 and queries.comments(seen) == []


def test_any_two_versions_are_compared(mine: Client, me: Person) -> None:
    seen = begun(me, title="One", summary="The first summary of it.")
    send(mine, mine.get(step(seen)), title="Two", language="en")
    send(mine, mine.get(step(seen)), summary="The second summary of it.")
    last = text_of(mine.get(f"/en/contribute/{seen.id}/history"))
    assert "<h3>Summary</h3>" in last and "<h3>Title</h3>" not in last
    both = text_of(mine.get(f"/en/contribute/{seen.id}/history?from=1&to=3"))
    assert "<h3>Summary</h3>" in both and "<h3>Title</h3>" in both
    for typed in ("x", "99", "²", ""):
        assert mine.get(f"/en/contribute/{seen.id}/history?from={typed}&to={typed}").status_code == 200


def test_a_change_to_an_entry_begins_with_its_text_and_is_gone_on_with(mine: Client, me: Person) -> None:
    entry = given.entry()
    begun_at = mine.post(f"/en/entries/{entry.id}/propose").headers["Location"]
    (change,) = queries.mine(people.actor(me)).items
    assert begun_at == step(change) and change.entry == entry.id
    assert change.draft == drafts.of(entry.document)
    again = mine.post(f"/en/entries/{entry.id}/propose")
    assert again.headers["Location"] == f"/en/contribute/{change.id}/check"
    assert change.id in text_of(mine.get(again.headers["Location"]))
    assert queries.mine(people.actor(me)).count == 1


QUERIES = {
    "/en/contribute": 1,
    "/en/contribute/mine": 4,
    "/en/contribute/upload": 1,
    "/en/contribute/bulk": 1,
    "/en/entries/PPD-000003/propose": 2,
    # The revision, the draft; the sources' page also its files. Where it is shown what tells the same, or what
    # the text speaks for: the entries that are alike, once for each.
    "/en/contribute/{id}/about": 3,
    "/en/contribute/{id}/where-and-for-whom": 4,
    "/en/contribute/{id}/barriers-and-measures": 3,
    "/en/contribute/{id}/results": 2,
    "/en/contribute/{id}/lessons": 2,
    "/en/contribute/{id}/sources": 3,
    "/en/contribute/{id}/where-it-belongs": 3,
    "/en/contribute/{id}/check": 2,
    # The revision, the example, its versions, trail, comments, files, and who they all are.
    "/en/contribute/{sent}": 7,
    "/en/contribute/{sent}/history": 4,
}
"""Each page's database queries besides those that say who reads, once what is remembered has been read."""
WHO_READS = 4
"""The session, the account, the person, and how many notices they have not read."""


@pytest.mark.parametrize("address", QUERIES)
def test_a_page_of_the_form_asks_the_database_a_known_number_of_times(
    mine: Client, me: Person, django_assert_num_queries: Any, address: str
) -> None:
    full = max(catalogue.changed_since(0), key=lambda entry: len(entry.document.canonical()))
    sent = reviewed(begun(me, **drafts.of(full.document)))
    for text in ("One", "Two", "Three"):
        actions.comment(sent.id, "title", text, by=people.actor(me))
    draft = begun(me, **drafts.of(full.document))
    named = address.format(id=draft.id, sent=sent.id)
    mine.get(named)
    with django_assert_num_queries(QUERIES[address] + WHO_READS):
        assert mine.get(named).status_code == 200


def test_an_example_that_fills_a_gap_begins_with_what_the_gap_is_about(me: Person, mine: Client) -> None:
    gap = "question=A17&perspective=origin&group=women&country=PH&year_from=2010&q=words"
    page = mine.get(f"/en/contribute?{gap}").content.decode()
    assert "Country of origin" in page and "Women" in page and 'name="q"' not in page
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert set(sent) >= {"question", "perspective", "group", "country"}
    begun = mine.post("/en/contribute/start", sent, follow=True)
    assert begun.status_code == 200
    draft = queries.mine(people.actor(me)).items[0].draft
    assert (draft["answers"], draft["perspectives"], draft["groups"]) == (["A17"], ["origin"], ["women"])
    assert draft["countries"] == [{"code": "PH", "role": "origin"}]
