"""Pages of the vocabularies: what readers see of old terms, and what editors do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from precedent.framework import actions, queries, vocabulary_file
from precedent.framework.records import TermStatus
from precedent.people.permissions import Role
from tests import given
from tests.people.persons import joined
from tests.web.readers import signed_in

pytestmark = pytest.mark.django_db
Follow = Callable[[], None]
KEEP = "/en/keep/vocabularies"


@pytest.fixture
def desk() -> Client:
    """An editor's browser."""
    return signed_in(joined(Role.EDITOR), second_factor=True)


def text(response: Any) -> str:
    return str(response.content.decode())


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return text(response)


def sent(client: Client, address: str, **told: Any) -> HttpResponse:
    """What is answered to a form, sent as it stood on the page."""
    code = address.removeprefix(f"{KEEP}/").partition("/")[0]
    told.setdefault("seen", queries.vocabulary(code).version)
    return client.post(address, told)  # type: ignore[return-value]


def merge(code: str, into: str) -> None:
    actions.merge_term(queries.vocabulary("topic"), code, into, by=given.EDITOR)


# ---------- readers ----------


def test_a_merged_term_has_its_page_that_names_the_successor_and_the_day(client: Client) -> None:
    merge("mental-health", "health")
    merge("health", "education")
    told = page(client, "/en/vocabularies/topic/mental-health")
    assert "<h1>Psychosocial wellbeing</h1>" in told and "This term was merged on " in told
    assert '<a href="/en/vocabularies/topic/education"><strong>Education</strong></a>' in told
    assert 'class="hits"' not in told
    listed = page(client, "/en/vocabularies/topic")
    assert "No longer in use" in listed and 'href="/en/vocabularies/topic/mental-health"' in listed
    assert listed.index("No longer in use") < listed.index('href="/en/vocabularies/topic/mental-health"')
    actions.retire_term(queries.vocabulary("topic"), "education", by=given.EDITOR)
    assert "(retired)" in page(client, "/en/vocabularies/topic/mental-health")
    assert "This term was retired on " in page(client, "/en/vocabularies/topic/education")


def test_a_search_by_an_old_code_says_so_and_searches_for_the_successor(client: Client) -> None:
    merge("mental-health", "health")
    told = page(client, "/en/search?topic=mental-health")
    assert "Topics: “Psychosocial wellbeing” is now “Health care”." in told
    assert "left it out" not in told and "Topics: Health care" in told
    assert client.get("/api/v1/entries?topic=mental-health").status_code == 200


def test_readers_see_no_button_and_open_no_page_of_editors(client: Client, mine: Client) -> None:
    for reader in (client, mine):
        assert "/keep/" not in page(reader, "/en/vocabularies") + page(reader, "/en/vocabularies/topic/health")
    assert client.get(f"{KEEP}/topic").status_code == 302
    for address in ("", "/topic", "/topic/add", "/topic/terms/health", "/topic/terms/health/merge"):
        assert mine.get(KEEP + address).status_code == 403
        assert mine.post(KEEP + address, {"label-en": "Mine"}).status_code == 403
    assert queries.vocabulary("topic").version == 1


def test_the_file_of_all_vocabularies_is_open_to_everybody(client: Client) -> None:
    answer = client.get("/en/vocabularies.yaml")
    assert answer["Content-Type"].startswith("application/yaml")
    assert text(answer) == vocabulary_file.write(queries.vocabularies().values())


# ---------- editors ----------


def test_an_editor_finds_the_way_from_the_public_pages(desk: Client) -> None:
    assert f'href="{KEEP}"' in page(desk, "/en/vocabularies")
    assert f'href="{KEEP}/topic"' in page(desk, "/en/vocabularies/topic")
    assert f'href="{KEEP}/topic/terms/health"' in page(desk, "/en/vocabularies/topic/health")


def test_a_term_is_added_and_changed_in_six_languages(desk: Client) -> None:
    told = {"code": "clinics", "label-en": "Clinics", "label-ar": "عيادات", "broader": "health", "place": "2"}
    answer = sent(desk, f"{KEEP}/topic/add", **told)
    assert (answer.status_code, answer["Location"]) == (302, f"{KEEP}/topic/terms/clinics")
    assert "The term is added." in page(desk, answer["Location"])
    made = queries.term("topic", "clinics")
    assert (made.label, made.broader) == ({"en": "Clinics", "ar": "عيادات"}, "health")
    assert queries.vocabulary("topic").current_terms[1].code == "clinics"
    told = {"label-en": "Clinics and hospitals", "note-en": "Both", "broader": ""}
    assert sent(desk, f"{KEEP}/topic/terms/clinics", **told).status_code == 302
    made = queries.term("topic", "clinics")
    assert (made.label, made.note, made.broader) == ({"en": "Clinics and hospitals"}, {"en": "Both"}, None)


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(desk: Client) -> None:
    told = {"code": "health", "label-en": "Schön neu", "note-fr": "Seulement", "broader": "education"}
    answer = sent(desk, f"{KEEP}/topic/add", **told)
    assert answer.status_code == 422
    shown = text(answer)
    assert "<title>Error: Add a term" in shown and '<a href="#code">' in shown and "never used twice" in shown
    assert 'value="Schön neu"' in shown and 'value="Seulement"' in shown
    assert '<option value="education" selected>' in shown
    answer = sent(desk, f"{KEEP}/topic/add", **{**told, "code": "new"})
    assert '<a href="#note-en">' in text(answer) and "The English text is missing." in text(answer)
    answer = sent(desk, f"{KEEP}/topic/terms/health", **{"label-en": "", "label-fr": "Santé neuve"})
    assert '<a href="#label-en">' in text(answer) and 'value="Santé neuve"' in text(answer)
    for place in ("0", "99", "x", ""):
        answer = sent(desk, f"{KEEP}/topic/terms/health", do="place", place=place)
        assert answer.status_code == 422 and '<a href="#place">' in text(answer)
    assert queries.vocabulary("topic").version == 1


def test_of_two_editors_the_second_keeps_what_they_typed_and_sends_it_again(desk: Client) -> None:
    merge("mental-health", "health")
    answer = sent(desk, f"{KEEP}/topic/terms/education", **{"seen": 1, "label-en": "Learning"})
    assert answer.status_code == 409 and "Somebody changed the vocabulary" in text(answer)
    assert 'value="Learning"' in text(answer) and 'name="seen" value="2"' in text(answer)
    assert str(queries.term("topic", "education")) == "Education"
    assert sent(desk, f"{KEEP}/topic/terms/education", **{"seen": 2, "label-en": "Learning"}).status_code == 302
    for seen in ("", "x", "9" * 30):
        assert sent(desk, f"{KEEP}/topic", seen=seen, do="down:education").status_code == 409


def test_terms_go_up_and_down(desk: Client) -> None:
    first, second, *_ = [term.code for term in queries.vocabulary("topic").terms]
    assert sent(desk, f"{KEEP}/topic", do=f"down:{first}").status_code == 302
    assert [term.code for term in queries.vocabulary("topic").terms][:2] == [second, first]
    assert sent(desk, f"{KEEP}/topic", do=f"up:{first}").status_code == 302
    assert [term.code for term in queries.vocabulary("topic").terms][:2] == [first, second]
    assert sent(desk, f"{KEEP}/topic", do=f"up:{first}").status_code == 422
    assert sent(desk, f"{KEEP}/topic", do="up:nothing").status_code == 404
    assert sent(desk, f"{KEEP}/topic", do="sideways").status_code == 200
    assert sent(desk, f"{KEEP}/topic/terms/{first}", do="place", place="3").status_code == 302
    assert queries.vocabulary("topic").order[first] == 2


def test_the_effect_of_a_merge_is_shown_before_it_is_done(desk: Client) -> None:
    entry = given.entry(topics=["health"])
    address = f"{KEEP}/topic/terms/health/merge"
    asked = page(desk, address)
    assert "What it does" not in asked and '<option value="health"' not in asked
    shown = page(desk, f"{address}?into=education")
    assert "published entries carry it." in shown and "it is the only term of this vocabulary" in shown
    assert "Psychosocial wellbeing" in shown and "(broader term from then on: Education)" in shown
    assert shown.count('class="soft id"') == 20 and " more." in shown
    assert queries.vocabulary("topic").version == 1
    done = sent(desk, address, into="education")
    assert done.status_code == 302 and "The term is merged." in page(desk, done["Location"])
    made = queries.vocabulary("topic")
    assert made.current_code("health") == "education" == made.by_code["mental-health"].broader
    assert entry.document.topics == ("health",)


@pytest.mark.parametrize(
    ("code", "into", "reason"),
    [
        ("health", "health", "A term cannot be merged into itself."),
        ("health", "mental-health", "would be a circle"),
        ("education", "mental-health", "was itself merged into “health”"),
    ],
)
def test_a_merge_that_cannot_be_is_refused_before_and_after_the_button(
    desk: Client, code: str, into: str, reason: str
) -> None:
    merge("mental-health", "health")
    address = f"{KEEP}/topic/terms/{code}/merge"
    for answer in (desk.get(f"{address}?into={into}"), sent(desk, address, into=into)):
        assert answer.status_code == 422 and reason in text(answer) and '<a href="#into">' in text(answer)
        assert "What it does" not in text(answer)
    assert queries.vocabulary("topic").version == 2
    assert desk.get(f"{address}?into=nothing").status_code == 404


def test_a_term_is_retired_and_brought_back(desk: Client) -> None:
    shown = page(desk, f"{KEEP}/topic/terms/health/retire")
    assert "(without a broader term from then on)" in shown and "Nobody can choose it any more." in shown
    assert sent(desk, f"{KEEP}/topic/terms/health/retire").status_code == 302
    assert queries.term("topic", "health").status is TermStatus.RETIRED
    assert f"{KEEP}/topic/terms/health/back" in page(desk, f"{KEEP}/topic")
    assert desk.get(f"{KEEP}/topic/terms/health/retire").status_code == 422
    shown = page(desk, f"{KEEP}/topic/terms/health/back")
    assert "(broader term from then on: Health care)" in shown
    assert sent(desk, f"{KEEP}/topic/terms/health/back", seen=1).status_code == 409
    assert sent(desk, f"{KEEP}/topic/terms/health/back").status_code == 302
    assert queries.term("topic", "mental-health").broader == "health"


# ---------- the file ----------


def upload(client: Client, content: str | bytes) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(KEEP, {"file": SimpleUploadedFile("v.yaml", data)})


def test_a_file_shows_its_changes_and_makes_them_when_told(desk: Client) -> None:
    before = vocabulary_file.write(queries.vocabularies().values())
    aid = "    title: Legal aid and redress\n"
    wanted = before.replace(aid, f"{aid}    status: merged\n    successor: education\n")
    wanted = wanted.replace("    title: Campaign\n", "    title: </textarea><b>Campaigns</b>\n")
    shown = text(upload(desk, wanted))
    assert "2 changes" in shown and "Nothing is changed yet." in shown and "</textarea><b>" not in shown
    assert "Merged into" in shown and "Education" in shown
    assert vocabulary_file.write(queries.vocabularies().values()) == before
    seen = vocabulary_file.fingerprint(queries.vocabularies().values())
    # Browsers send what stands in a form with two signs at the end of a line.
    told = {"do": "take", "seen": seen, "name": "v.yaml", "text": wanted.replace("\n", "\r\n")}
    done = desk.post(KEEP, told)
    assert done.status_code == 302 and "2 changes were made." in page(desk, "/en/vocabularies")
    assert vocabulary_file.write(queries.vocabularies().values()) == wanted
    again = desk.post(KEEP, told)
    assert again.status_code == 409 and "This file changes nothing" in text(again)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it does not begin with a key"),
        (b"topic: [", "it is no YAML"),
        ("topic: é".encode("latin-1"), "not written in UTF-8"),
        (b"a: &a [x]\nb: [*a, *a]", "anchors"),
        (b"#" * 2_000_001, "more than 2 MB"),
    ],
    ids=["empty", "cut", "encoding", "bomb", "size"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(desk: Client, content: bytes, reason: str) -> None:
    answer = upload(desk, content)
    assert answer.status_code == 422 and reason in text(answer) and '<a href="#file">' in text(answer)
    assert {v.version for v in queries.vocabularies().values()} == {1}


def test_nothing_chosen_and_nonsense_are_refused(desk: Client) -> None:
    assert desk.post(KEEP).status_code == 422
    assert desk.post(KEEP, {"do": "take"}).status_code == 422
    assert desk.post(KEEP, {"do": "take", "text": "\x00x: 1", "seen": "1"}).status_code == 422


# ---------- the interface for programs, and what pages cost ----------


def test_the_interface_tells_each_term_with_what_became_of_it(client: Client, index_of_its_own: Follow) -> None:
    entry = given.entry(topics=["mental-health"])
    merge("mental-health", "health")
    index_of_its_own()
    told = client.get("/api/v1/vocabularies/topic").json()
    assert set(told) == {"code", "title", "multi", "source", "note", "terms"}
    terms = {term["code"]: term for term in told["terms"]}
    old, new = terms["mental-health"], terms["health"]
    assert (old["status"], old["successor"], old["now"]) == ("merged", "health", "health")
    assert set(new["label"]) == {"ar", "zh", "en", "fr", "ru", "es"} and new["status"] == "current"
    count = client.get("/api/v1/entries", {"topic": "mental-health"}).json()["count"]
    assert old["entries"] == new["entries"] == count and entry.id
    assert client.get("/api/v1/vocabularies/nothing").json()["code"] == "vocabulary-unknown"


QUERIES = {
    "/en/vocabularies.yaml": 1,
    "/en/vocabularies/topic/mental-health": 1,
    "/api/v1/vocabularies/topic": 1,
}


@pytest.mark.parametrize("address", QUERIES)
def test_a_page_asks_the_database_once(client: Client, django_assert_num_queries: Any, address: str) -> None:
    merge("mental-health", "health")
    client.get(address)
    with django_assert_num_queries(QUERIES[address]):
        assert client.get(address).status_code == 200


def test_an_editors_page_asks_no_more_the_more_terms_and_entries_there_are(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    for address in ("", "/topic", "/topic/add", "/topic/terms/health", "/topic/terms/health/merge?into=education"):
        desk.get(KEEP + address)
        with django_assert_max_num_queries(9):
            assert desk.get(KEEP + address).status_code == 200
