"""Help with classification: as good as was measured, with a reason for each term, and never in the way."""

import statistics
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.utils.translation import override

from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry
from precedent.forms import draft as drafts
from precedent.forms import matching
from precedent.forms.draft import Draft
from precedent.forms.suggesting import MOST, SUGGESTED, Suggestion, suggest
from precedent.kernel.languages import LANGUAGES
from tests import given

pytestmark = pytest.mark.django_db

STARTER = range(1, 335)
FLOORS = {
    "topics": 0.74,
    "instruments": 0.80,
    "groups": 0.76,
    "barriers": 0.76,
    "answers": 0.55,
    "annex_headings": 0.84,
}
"""The share of an entry's terms that are among the five offered, slightly below what it is for this sample."""
NOTHING: dict[str, list[Suggestion]] = {name: [] for name in SUGGESTED}


def sample() -> list[Entry]:
    """Every fifth entry of the starter catalogue, of each issue area alike."""
    return list(catalogue.entries(STARTER[::5]).values())


def told(entry: Entry) -> Draft:
    """An entry as somebody has told it who has not chosen a term yet."""
    whole = drafts.of(entry.document)
    parts = {
        name: [{"id": part["id"], "text": part["text"]} for part in whole[name] if "text" in part]
        for name in ("barriers", "measures")
    }
    return {"title": whole["title"], "summary": whole["summary"], **parts}


def terms(entry: Entry, name: str) -> set[str]:
    value = drafts.of(entry.document).get(name, [])
    return {one["code"] if isinstance(one, dict) else one for one in value} - {None}


def test_most_terms_that_editors_chose_are_among_the_five_offered() -> None:
    has: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for entry in sample():
        offered = suggest(told(entry), leaving_out=entry.id)
        for name in SUGGESTED:
            has[name] += len(terms(entry, name))
            found[name] += len(terms(entry, name) & {one.code for one in offered[name]})
    recall = {name: found[name] / has[name] for name in SUGGESTED}
    assert {name: share for name, share in recall.items() if share < FLOORS[name]} == {}


def test_the_entry_a_draft_is_about_has_no_vote() -> None:
    for entry in sample()[:20]:
        draft = told(entry)
        reasons = [one.because for found in suggest(draft, leaving_out=entry.id).values() for one in found]
        assert reasons and not [reason for reason in reasons if entry.id in reason]
        assert [one for found in suggest(draft).values() for one in found if entry.id in one.because]


def test_at_most_five_are_offered_each_once_with_its_label_and_a_reason() -> None:
    for entry in sample():
        for name, offered in suggest(told(entry), leaving_out=entry.id).items():
            assert len({one.code for one in offered}) == len(offered) <= MOST, name
            assert all(one.label and one.because for one in offered), name


def test_the_same_draft_is_offered_the_same() -> None:
    for entry in sample()[:10]:
        assert suggest(told(entry)) == suggest(told(entry))


def test_what_a_draft_has_already_is_not_offered_and_makes_room_for_others() -> None:
    draft = told(sample()[0])
    first = suggest(draft)
    chosen = {"topics": [one.code for one in first["topics"]], "barriers": [*draft["barriers"]]}
    chosen["barriers"][0] = {**draft["barriers"][0], "code": first["barriers"][0].code}
    again = suggest({**draft, **chosen})
    assert not {one.code for one in again["topics"]} & set(chosen["topics"])
    assert first["barriers"][0].code not in [one.code for one in again["barriers"]]
    assert again["topics"]


def test_the_reason_names_the_words_and_the_entries() -> None:
    offered = suggest({"title": "A toolkit for financial literacy of households", "language": "en"})
    found = next(one for one in offered["topics"] if one.code == "financial-literacy")
    assert "“financial”" in found.because and "“literacy”" in found.because and "PPD-" in found.because


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize(("name", "code"), [("groups", "domestic-workers"), ("topics", "financial-literacy")])
def test_a_draft_in_any_language_of_the_interface_is_offered_the_terms_it_names(
    language: str, name: str, code: str
) -> None:
    vocabulary = {"groups": "group", "topics": "topic"}[name]
    label = matching.labels_in(language, vocabulary)[code]
    with override(language):
        offered = suggest({"title": label, "language": language})[name]
    assert offered[0].code == code and offered[0].label == label


def test_a_word_that_only_holds_others_together_is_no_reason() -> None:
    with override("fr"):
        offered = suggest({"title": "Aide juridique dans les consulats pour les travailleurs", "language": "fr"})
    reasons = [one.because for found in offered.values() for one in found]
    assert any("« juridique »" in reason for reason in reasons)
    assert not any("pour" in reason.split() for reason in reasons)


@pytest.mark.parametrize("draft", [{}, {"title": ""}, {"title": " \n"}, {"title": None}, {"year_start": 2019}])
def test_an_empty_draft_is_offered_nothing(draft: Draft) -> None:
    assert suggest(draft) == NOTHING


@pytest.mark.parametrize(
    "text", [*given.NASTY, "half a sign \ud800", "word " * 50_000], ids=range(len(given.NASTY) + 2)
)
def test_no_text_makes_an_error_wherever_it_stands(text: str) -> None:
    part = {"id": text, "text": text, "code": text}
    for draft in (
        {"title": text, "language": text, "countries": [part], "barriers": [part], "topics": [text]},
        {"title": [text], "summary": {"a": text}, "language": 7, "barriers": [text, None], "topics": text},
        {"title": text, "language": "ar", "measures": {"text": text}, "groups": [[text], {"code": [text]}]},
        {text: text},
    ):
        assert suggest(draft).keys() == SUGGESTED.keys()


def test_without_an_index_nothing_is_offered(index_of_its_own: Callable[[], None]) -> None:
    draft = told(sample()[0])
    assert suggest(draft) == NOTHING
    index_of_its_own()
    assert suggest(draft) != NOTHING


def test_a_suggestion_takes_no_time_that_is_noticed() -> None:
    entries = sample()
    suggest(told(entries[0]))
    taken = []
    for entry in entries:
        start = time.perf_counter()
        suggest(told(entry), leaving_out=entry.id)
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) < 5 * 0.015
