"""Pages of editions: what editors do with a draft, and what readers see of editions that come and go."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from precedent.editions import actions, queries
from precedent.editions.records import Decision
from precedent.framework import actions as framework
from precedent.framework import edition_file, revising
from precedent.framework import queries as editions
from precedent.people.permissions import Role
from precedent.search import engine, keeper
from precedent.search.request import SearchRequest
from precedent.search.schema import index_document
from tests import given
from tests.editions import revised
from tests.people.persons import joined
from tests.web.forms import Answer, errors, filled, form_of
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db
DRAFT = "/en/framework/draft"


@pytest.fixture
def desk() -> Client:
    """An editor's browser."""
    return signed_in(joined(Role.EDITOR), second_factor=True)


def text(response: Answer) -> str:
    return str(response.content.decode())


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return text(response)


def item(code: str) -> str:
    return f"{DRAFT}/items/{code}"


def sent(client: Client, address: str, do: str, **told: Any) -> Answer:
    """What is answered to a form that was sent as it stood on the page, with what was typed."""
    values = filled(form_of(client.get(address)))
    return client.post(address, {**values, "do": do, **told})


def english(code: str) -> str:
    return revised.draft().edition.items[code].text["en"]


# ---------- who may ----------


def test_readers_open_no_page_of_editors_and_see_no_way_there(client: Client, mine: Client) -> None:
    revised.begin()
    for reader in (client, mine):
        assert "framework/draft" not in page(reader, "/en/framework")
    for address in (
        "",
        "/text",
        "/area/A",
        "/add/A",
        "/effects",
        "/publish",
        "/file",
        "/edition.yaml",
        "/items/A01",
    ):
        assert client.get(DRAFT + address).status_code == 302
        assert mine.get(DRAFT + address).status_code == 403
        assert mine.post(DRAFT + address, {"do": "retire", "text-en": "Mine"}).status_code in (403, 405)
    assert mine.get("/en/framework/take-back").status_code == 403
    assert "A01" not in revised.draft().edition.successors


def test_without_a_draft_its_pages_say_so_and_one_is_begun(desk: Client) -> None:
    for address in ("/text", "/area/A", "/add/A", "/effects", "/publish", "/edition.yaml", "/items/A01"):
        assert desk.get(DRAFT + address).status_code == 404
    assert "Begin edition 2" in page(desk, DRAFT)
    assert desk.post(DRAFT, {"do": "begin"}).status_code == 302
    told = page(desk, DRAFT)
    assert "Draft of edition 2" in told and "an edition needs a name" in told
    assert desk.post(DRAFT, {"do": "begin"}).status_code == 409
    assert f'href="{DRAFT}"' in page(desk, "/en/framework")


# ---------- moves ----------


def test_a_question_is_reworded_and_the_translations_left_behind_are_named(desk: Client) -> None:
    revised.begin()
    answer = sent(desk, item("A01"), "reword", **{"text-en": "What helps?", "text-fr": "Qu’est-ce qui aide ?"})
    assert (answer.status_code, answer["Location"]) == (302, f"{DRAFT}#A01")
    assert revised.draft().edition.questions["A01"].text["fr"] == "Qu’est-ce qui aide ?"
    told = page(desk, DRAFT)
    assert "<del>" in told and "Translations to look at again: Arabic, Chinese, Russian, Spanish" in told
    assert "the English text changed: look at this one again" in page(desk, item("A01"))


def test_english_is_needed_and_what_was_typed_stays(desk: Client) -> None:
    revised.begin()
    answer = sent(desk, item("A01"), "reword", **{"text-en": " ", "text-fr": "Seulement"})
    assert answer.status_code == 422 and errors(answer) == [("#text-en", "The English text is needed.")]
    assert "Seulement" in text(answer) and "<title>Error:" in text(answer)
    answer = sent(desk, f"{DRAFT}/area/A", "", **{"title-en": "", "scope-en": "Another scope"})
    assert answer.status_code == 422 and errors(answer)[0][0] == "#title-en" and "Another scope" in text(answer)


def test_every_move_is_made_from_the_page_of_the_item(desk: Client) -> None:
    revised.begin()
    for code, do, typed in (
        ("A06", "merge", {"into": "A04"}),
        ("A05", "split", {"part-1": "One?", "part-2": "Two?", "part-3": "Three?"}),
        ("A07", "retire", {}),
        ("A02", "up", {}),
        ("A-D1", "merge", {"into": "A-D2"}),
    ):
        assert sent(desk, item(code), do, **typed).status_code == 302
    draft = revised.draft().edition
    assert draft.successors["A06"] == ("A04",) and draft.successors["A07"] == () and "A-D1" in draft.successors
    assert [draft.items[code].text["en"] for code in draft.successors["A05"]] == ["One?", "Two?", "Three?"]
    assert next(iter(draft.questions)) == "A02"
    told = page(desk, DRAFT)
    assert "is taken apart into" in told and "goes over into" in told and "ends here" in told and "moved" in told
    part = draft.successors["A05"][0]
    assert "part of A05" in page(desk, item(part))
    assert sent(desk, item("A05"), "restore").status_code == 302
    assert desk.get(item(part)).status_code == 404


def test_a_move_that_is_refused_says_why_at_its_field(desk: Client) -> None:
    revised.begin()
    answer = sent(desk, item("A06"), "merge", into="")
    assert answer.status_code == 422 and errors(answer)[0][0] == "#into"
    answer = sent(desk, item("A05"), "split", **{"part-1": "Only one?"})
    assert errors(answer)[0][0] == "#part-1" and "Only one?" in text(answer)
    assert desk.get(item("A99")).status_code == 404


def test_texts_around_and_new_items_are_written(desk: Client) -> None:
    revised.begin(label="")
    assert "One thing keeps it" in page(desk, DRAFT)
    assert (
        sent(desk, f"{DRAFT}/text", "", label="Second iteration", **{"aim-en": "Another aim"}).status_code == 302
    )
    assert sent(desk, f"{DRAFT}/area/B", "", **{"scope-en": "What else belongs here"}).status_code == 302
    answer = sent(desk, f"{DRAFT}/add/C-O", "", **{"text-en": "A new heading", "text-ar": "عنوان جديد"})
    assert answer["Location"] == f"{DRAFT}#end-c-o"
    draft = revised.draft().edition
    assert (draft.label, draft.aim["en"]) == ("Second iteration", "Another aim")
    assert draft.areas["B"].scope["en"] == "What else belongs here"
    assert [h.text["ar"] for h in draft.areas["C"].headings][-1] == "عنوان جديد"
    assert "keeps it from being published" not in page(desk, DRAFT)
    assert desk.get(f"{DRAFT}/add/D").status_code == 404 and desk.get(f"{DRAFT}/area/D").status_code == 404


def test_what_keeps_a_draft_back_leads_to_its_place(desk: Client) -> None:
    revised.begin(label="")
    revised.add("A", " ")
    code = [*revised.draft().edition.areas["A"].questions][-1].code
    told = page(desk, DRAFT)
    assert "2 things keep it" in told and f'href="{item(code)}"' in told and f'href="{DRAFT}/text"' in told
    answer = desk.post(f"{DRAFT}/publish", {"version": revised.draft().version, "reason": "Now."})
    assert answer.status_code == 422 and editions.current_edition().number == 1


# ---------- two editors ----------


def test_two_editors_of_one_question_see_both_texts(desk: Client) -> None:
    revised.begin()
    form = filled(form_of(desk.get(item("A01"))))
    revised.reword("A01", "What somebody else wrote?")
    answer = desk.post(item("A01"), {**form, "do": "reword", "text-en": "What I wrote?"})
    assert answer.status_code == 409 and english("A01") == "What somebody else wrote?"
    shown = text(answer)
    assert shown.count("What was saved meanwhile") == 1
    assert "What I wrote?" in shown and "somebody else wrote?" in shown
    again = filled(form_of(answer)) | {"do": ["reword"]}
    assert desk.post(item("A01"), again).status_code == 302 and english("A01") == "What I wrote?"


def test_two_editors_of_different_questions_do_not_meet(desk: Client) -> None:
    revised.begin()
    form = filled(form_of(desk.get(item("A01"))))
    revised.reword("A02", "What somebody else wrote?")
    revised.merge("A06", "A04")
    assert desk.post(item("A01"), {**form, "do": "reword", "text-en": "What I wrote?"}).status_code == 302
    assert (english("A01"), english("A02")) == ("What I wrote?", "What somebody else wrote?")


def test_what_was_typed_for_a_question_that_somebody_took_out_is_kept(desk: Client) -> None:
    revised.begin()
    form = filled(form_of(desk.get(item("A01"))))
    revised.retire("A01")
    answer = desk.post(item("A01"), {**form, "do": "reword", "text-en": "What I wrote?"})
    assert answer.status_code == 409 and "What you typed" in text(answer) and "What I wrote?" in text(answer)


def test_two_editors_of_the_frame_see_both_texts(desk: Client) -> None:
    revised.begin()
    form = filled(form_of(desk.get(f"{DRAFT}/text")))
    revised.revise(
        revising.FRAME,
        lambda now, _b, _u: revising.frame_reworded(
            now, now.label, now.title, {"en": "Theirs"}, now.expected_outcome
        ),
    )
    answer = desk.post(f"{DRAFT}/text", {**form, "aim-en": "Mine"})
    assert answer.status_code == 409 and "Theirs" in text(answer) and "Mine" in text(answer)
    assert revised.draft().edition.aim["en"] == "Theirs"


def test_a_step_from_the_list_compares_with_what_was_seen(desk: Client) -> None:
    revised.begin()
    seen = revising.seen_of(revised.draft().edition, "A02")
    assert desk.post(DRAFT, {"do": f"up:A02:{seen}"})["Location"] == f"{DRAFT}#A02"
    assert next(iter(revised.draft().edition.questions)) == "A02"
    for do in ("up:A02:other", f"up:A99:{seen}", "up", "sideways:A02", ""):
        assert desk.post(DRAFT, {"do": do}).status_code in (302, 404, 409)
    assert next(iter(revised.draft().edition.questions)) == "A02"


def test_a_draft_is_thrown_away_as_it_was_seen(desk: Client) -> None:
    revised.begin()
    assert desk.post(DRAFT, {"do": "discard", "version": "999"}).status_code == 409
    assert desk.post(DRAFT, {"do": "discard", "version": revised.draft().version}).status_code == 302
    assert editions.draft() is None


# ---------- effects and decisions ----------


def test_effects_are_told_and_decided_one_by_one_and_many_at_once(desk: Client) -> None:
    revised.exercise()
    parts = revised.draft().edition.successors["A05"]
    found = queries.effects()
    told = page(desk, f"{DRAFT}/effects")
    assert f"{len(found.open)} decisions are open." in told
    assert f"{len(found.answers):,}" in told and "These lose all their examples" in told
    first, second, *rest = [asked for asked in found.open if asked.code == "A05"]
    key = f"d.{first.entry}.2.A05"
    answer = desk.post(f"{DRAFT}/effects", {"do": "each", key: list(parts)})
    assert answer.status_code == 302 and "1 decision is saved." in page(desk, answer["Location"])
    tick = {"do": "ticked", "tick": f"d.{second.entry}.2.A05", "same": "-"}
    assert desk.post(f"{DRAFT}/effects?code=A05", tick).status_code == 302
    assert desk.post(f"{DRAFT}/effects?code=A05", {"do": "every", "same": parts[0]}).status_code == 302
    made = {asked.entry: asked.chosen for asked in queries.effects().asked if asked.code == "A05"}
    assert made[first.entry] == parts and made[second.entry] == ()
    assert {made[asked.entry] for asked in rest} == {(parts[0],)}


def test_deciding_at_once_needs_a_choice_and_entries(desk: Client) -> None:
    revised.begin()
    parts = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    here = f"{DRAFT}/effects?code=A05"
    assert errors(desk.post(here, {"do": "every"})) == [("#same", "Choose first what you decide.")]
    assert errors(desk.post(here, {"do": "ticked", "same": parts[0]}))[0][0] == "#decisions"
    assert desk.post(here, {"do": "every", "same": "A01"}).status_code == 422
    assert queries.effects().open and not [a for a in queries.effects().asked if not a.is_open]


def test_a_decision_that_somebody_else_made_meanwhile_is_shown_beside_ones_own(desk: Client) -> None:
    entry = given.entry(answers=["A05"])
    revised.begin()
    first, second = revised.split("A05", "One?", "Two?").edition.successors["A05"]
    key = f"d.{entry.number}.2.A05"
    actions.decide([Decision(entry.number, 2, "A05", (first,))], by=given.EDITOR)
    answer = desk.post(f"{DRAFT}/effects", {"do": "each", key: second, f"seen.{key}": ""})
    assert answer.status_code == 409 and entry.id in errors(answer)[0][1]
    assert "Decided meanwhile:" in text(answer) and f'name="{key}" value="{second}" checked' in text(answer)
    assert desk.post(f"{DRAFT}/effects", {"do": "each", key: second, f"seen.{key}": first}).status_code == 302


def test_an_entry_left_without_a_question_is_given_one(desk: Client) -> None:
    entry = given.entry(answers=["A07"])
    revised.begin()
    revised.retire("A07")
    told = page(desk, f"{DRAFT}/effects?code=none")
    assert "No question is left" in told and entry.document.title in told
    assert desk.post(f"{DRAFT}/effects", {"do": "each", f"d.{entry.number}.2.": ["A08", ""]}).status_code == 302
    chosen = [asked.chosen for asked in queries.effects().asked if asked.entry == entry.number]
    assert chosen == [("A08",)]


def decide_all() -> None:
    while left := queries.effects().open:
        edition = revised.draft().edition
        offered = {a: [*edition.questions] if a.wants_question else edition.successors[a.code] for a in left}
        told = [Decision(a.entry, a.edition, a.code, (offered[a][0],)) for a in left]
        actions.decide(told, by=given.EDITOR)


# ---------- publishing and taking back ----------


def test_an_edition_is_published_with_a_reason_and_taken_back_with_another(desk: Client, client: Client) -> None:
    revised.exercise()
    told = page(desk, f"{DRAFT}/publish")
    assert "are still open" in told and "Merged 2" in told
    version = revised.draft().version
    answer = desk.post(f"{DRAFT}/publish", {"version": version, "reason": "After the round."})
    assert answer.status_code == 409 and "decisions are still open" in text(answer)
    decide_all()
    assert errors(desk.post(f"{DRAFT}/publish", {"version": version, "reason": " "}))[0][0] == "#reason"
    assert desk.post(f"{DRAFT}/publish", {"version": "1", "reason": "Now."}).status_code == 409
    answer = desk.post(f"{DRAFT}/publish", {"version": version, "reason": "After the round."})
    assert answer["Location"] == "/en/framework/editions/2"
    told = page(desk, answer["Location"])
    assert "In force since" in told and "Take it back" in told
    assert desk.post(f"{DRAFT}/publish", {"version": version, "reason": "Again."}).status_code == 404
    assert "Take it back" not in page(client, "/en/framework")
    assert errors(desk.post("/en/framework/take-back", {"number": 2, "reason": ""}))[0][0] == "#reason"
    assert desk.post("/en/framework/take-back", {"number": 1, "reason": "Why not."}).status_code == 409
    answer = desk.post("/en/framework/take-back", {"number": 2, "reason": "Too early."})
    assert answer["Location"] == DRAFT and editions.current_edition().number == 1
    assert "This edition was in force before it was taken back." in page(desk, DRAFT)
    assert desk.get("/en/framework/take-back").status_code == 409


def test_decisions_of_the_edition_in_force_are_changed_on_a_page_of_their_own(desk: Client) -> None:
    revised.exercise()
    decide_all()
    parts = revised.draft().edition.successors["A05"]
    revised.publish()
    assert "A decision can be changed" in page(desk, "/en/framework/decisions?show=all")
    asked = next(asked for asked in queries.effects_in_force().asked if asked.code == "A05")
    key = f"d.{asked.entry}.2.A05"
    told = {"do": "each", key: parts[1], f"seen.{key}": parts[0]}
    assert desk.post("/en/framework/decisions", told).status_code == 302
    assert [a.chosen for a in queries.effects_in_force().asked if a == asked] == []


# ---------- what readers see ----------


def test_readers_find_past_editions_and_what_became_of_each_question(client: Client) -> None:
    assert "Other editions" not in page(client, "/en/framework")
    revised.exercise()
    decide_all()
    parts = revised.draft().edition.successors["A05"]
    revised.publish()
    told = page(client, "/en/framework")
    assert "Edition 2: Second iteration" in told and "In force since" in told
    assert 'href="/en/framework/editions/1"' in told and 'id="a06"' in told and 'id="a05"' in told
    past = page(client, "/en/framework/editions/1")
    assert "Superseded by edition 2." in past and "What became of its questions" in past
    assert "Split into" in past and "Merged into" in past and f'href="/en/framework/questions/{parts[0]}"' in past
    split = page(client, "/en/framework/questions/A05")
    assert all(f'href="/en/framework#{part.lower()}"' in split for part in parts)
    assert "Nothing stands for it" in page(client, "/en/framework/questions/a07")
    assert client.get("/en/framework/questions/A01")["Location"] == "/en/framework#a01"
    assert client.get("/en/framework/questions/A99").status_code == 404
    assert client.get("/en/framework/editions/3").status_code == 404


def test_a_code_of_a_text_taken_back_still_has_its_page(client: Client) -> None:
    revised.exercise()
    decide_all()
    part = revised.draft().edition.successors["A05"][0]
    revised.publish()
    framework.take_back_edition(2, "Too early.", by=given.EDITOR)
    told = page(client, f"/en/framework/questions/{part}")
    assert "was taken back" in told and 'href="/en/framework#a05"' in told
    assert client.get("/en/framework/editions/2").status_code == 404


# ---------- files ----------


def test_every_edition_comes_as_a_file_and_the_draft_to_editors(desk: Client, client: Client) -> None:
    answer = client.get("/en/framework/editions/1.yaml")
    assert (
        answer["Content-Type"].startswith("application/yaml") and "edition-1.yaml" in answer["Content-Disposition"]
    )
    assert edition_file.export(edition_file.read("it", answer.content)).encode() == answer.content
    revised.exercise()
    answer = desk.get(f"{DRAFT}/edition.yaml")
    assert edition_file.read("it", answer.content) == revised.draft().edition


def upload(client: Client, content: bytes, name: str = "mine.yaml") -> Answer:
    return client.post(f"{DRAFT}/file", {"file": SimpleUploadedFile(name, content)})


def test_a_file_is_shown_before_it_is_taken_in(desk: Client) -> None:
    content = edition_file.export(editions.current_edition()).replace("number: 1", "number: 2", 1)
    content = content.replace("What stops migrants", "What keeps migrants", 1)
    answer = upload(desk, content.encode())
    assert answer.status_code == 200 and "What the draft would say" in text(answer) and editions.draft() is None
    assert desk.post(f"{DRAFT}/file", filled(form_of(answer)) | {"do": ["take"]})["Location"] == DRAFT
    assert english("A02").startswith("What keeps migrants")
    assert "This file changes nothing" in text(upload(desk, edition_file.export(revised.draft().edition).encode()))


def test_a_file_meets_a_draft_that_somebody_changed_meanwhile(desk: Client) -> None:
    revised.begin()
    content = edition_file.export(revised.draft().edition).replace("What stops migrants", "What keeps migrants", 1)
    form = filled(form_of(upload(desk, content.encode()))) | {"do": ["take"]}
    revised.reword("A01", "What somebody else wrote?")
    answer = desk.post(f"{DRAFT}/file", form)
    assert answer.status_code == 409 and english("A02").startswith("What stops")
    # Here is what it would do now, and the file can be sent again.
    assert desk.post(f"{DRAFT}/file", filled(form_of(answer)) | {"do": ["take"]}).status_code == 302


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1"),
        (b"code: [", "line"),
        (BOMB.encode(), "line 1"),
        ("code: ünï".encode("utf-16"), "UTF-8"),
        (b"!!python/object:os.system {}", "line 1"),
        (b"code: 12\n", "code"),
    ],
)
def test_a_file_that_is_none_changes_no_row(desk: Client, content: bytes, said: str) -> None:
    answer = upload(desk, content)
    assert answer.status_code == 422 and "mine.yaml" in text(answer) and said in text(answer)
    assert editions.draft() is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: 1", "number: 3", "edition.number"),
        (
            "guiding_questions:\n",
            "guiding_questions:\n  - code: A01\n    text: Twice?\n",
            "A01: the code is used twice",
        ),
        ("short_title: Law", "surprise: 1\n  short_title: Law", "surprise"),
        ("  short_title: Law and institutions\n", "", "short_title: this key is missing"),
        ("code: gfmd-rt-3-1", "code: other", "code"),
        ("emphasised: true", "emphasised: maybe", "true or false"),
    ],
)
def test_a_file_that_breaks_a_rule_names_line_place_and_reason(
    desk: Client, old: str, new: str, said: str
) -> None:
    whole = edition_file.export(editions.current_edition())
    number = whole.replace("number: 1", "number: 2", 1) if "number" not in old else whole
    answer = upload(desk, number.replace(old, new, 1).encode())
    assert answer.status_code == 422 and "line " in text(answer) and said in text(answer)
    assert editions.draft() is None


def test_without_a_file_and_with_too_large_a_one_nothing_happens(desk: Client) -> None:
    assert desk.post(f"{DRAFT}/file", {}).status_code == 422
    assert "MB" in text(upload(desk, b"#" * 2_000_001))


# ---------- while an index is rebuilt ----------


def test_publishing_while_the_index_is_rebuilt_leaves_the_counts_right(
    desk: Client, client: Client, index_of_its_own: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of_its_own()
    revised.exercise()
    decide_all()
    foretold = queries.effects().then
    version = revised.draft().version
    answers: list[int] = []

    def published_meanwhile(entry: Any) -> Any:
        """In the midst of building, an editor presses the button."""
        if not answers:
            answer = desk.post(f"{DRAFT}/publish", {"version": version, "reason": "Meanwhile."})
            answers.append(answer.status_code)
        return index_document(entry)

    monkeypatch.setattr("precedent.search.keeper.index_document", published_meanwhile)
    keeper.rebuild()
    assert answers == [302] and client.get("/en/framework").status_code == 200
    # The next look sees that codes stand for something else now.
    index_of_its_own()
    counted = {choice.code: choice.count for choice in engine.ask(SearchRequest(size=1)).facets["question"]}
    assert len(counted) > 10
    assert {code: n for code, n in counted.items() if n} == {c: n for c, n in foretold.items() if "-" not in c}


# ---------- what pages cost ----------


@pytest.mark.parametrize(("address", "most"), [("", 12), ("/items/A01", 12), ("/effects", 16), ("/publish", 16)])
def test_pages_ask_the_database_a_known_number_of_times(
    desk: Client, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    revised.exercise()
    desk.get(DRAFT + address)
    with django_assert_max_num_queries(most):
        desk.get(DRAFT + address)
