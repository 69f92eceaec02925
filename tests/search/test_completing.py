"""Suggestions for a typed beginning: they lead somewhere, in every language, whatever is typed."""

import pytest
from django.utils.translation import override
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from precedent.kernel.languages import LANGUAGES
from precedent.search import completing, engine
from precedent.search.completing import MOST, Kind, Suggestion, suggestions
from tests import given
from tests.given import NASTY

pytestmark = pytest.mark.django_db

BEGINNINGS = ["re", "recru", "dom", "work", "ne", "Côte", "trav", "fee", "cout", "عم", "移", "工人", "миг", "a13"]


def leads_to(suggestion: Suggestion) -> int:
    """The length of the list behind a suggestion; an entry is one."""
    return engine.ask(suggestion.request).count if suggestion.parameter else 1


def labels(text: str) -> list[str]:
    return [suggestion.label for suggestion in suggestions(text)]


@pytest.mark.parametrize("typed", NASTY, ids=ascii)
def test_no_text_makes_an_error(typed: str) -> None:
    assert len(suggestions(typed)) <= MOST


@drawn(st.one_of(st.text(max_size=40), st.lists(st.sampled_from([*NASTY, *BEGINNINGS]), max_size=3).map(" ".join)))
@settings(max_examples=150)
def test_nothing_is_suggested_that_leads_to_nothing(typed: str) -> None:
    found = suggestions(typed)
    assert len(found) <= MOST
    assert all(leads_to(suggestion) == suggestion.count > 0 for suggestion in found)


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("typed", BEGINNINGS)
def test_each_number_is_the_length_of_the_list_it_leads_to(typed: str, language: str) -> None:
    with override(language):
        found = suggestions(typed)
        assert found
        assert [leads_to(suggestion) for suggestion in found] == [suggestion.count for suggestion in found]
        assert len({(one.parameter, one.code) for one in found}) == len(found)


def test_one_letter_is_too_little_and_one_chinese_sign_is_enough() -> None:
    assert suggestions("r") == suggestions(" ") == suggestions("é") == []
    assert suggestions("移")


def test_every_kind_is_suggested() -> None:
    kinds = {
        one.kind for typed in ("dom", "nep", "asia", "recru", "what", "workers") for one in suggestions(typed)
    }
    assert kinds >= {Kind.TERM, Kind.COUNTRY, Kind.REGION, Kind.QUESTION, Kind.ENTRY}


def test_accents_and_case_make_no_difference() -> None:
    assert labels("COTE D") == labels("côte d")
    assert "Côte d’Ivoire" in [label.replace("'", "’") for label in labels("cote d")]


def test_the_arabic_article_makes_no_difference() -> None:
    with override("ar"):
        codes = [[one.code for one in suggestions(typed) if one.parameter] for typed in ("العمال", "عمال")]
    assert codes[0] == codes[1] != []


def test_the_language_of_the_page_stands_first_and_a_name_in_another_says_what_was_typed() -> None:
    with override("en"):
        (first, *_) = suggestions("trabajadores dom")
    assert (first.parameter, first.code) == ("group", "domestic-workers")
    assert (first.label, first.matched) == ("Domestic workers", "Trabajadores domésticos")
    with override("es"):
        (first, *_) = suggestions("trabajadores dom")
    assert (first.label, first.matched) == ("Trabajadores domésticos", "")


@pytest.mark.parametrize(
    ("typed", "language"), [("re", "fr"), ("mig", "fr"), ("pro", "es"), ("re", "es"), ("pol", "fr")]
)
def test_names_in_other_languages_and_titles_stand_behind(typed: str, language: str) -> None:
    with override(language):
        foreign = [bool(one.matched) or one.language != language for one in suggestions(typed)]
    assert foreign == sorted(foreign) and not foreign[0]


def test_a_beginning_of_the_name_stands_before_one_of_a_word_and_more_entries_before_fewer() -> None:
    typed = completing.typed("work")
    assert typed
    own = [one for one in suggestions("work") if not one.matched and one.language == "en"]
    order = [(typed.rank(f" {completing.for_comparing(one.label)}"), -one.count) for one in own]
    assert order == sorted(order)


def test_an_entry_is_suggested_by_its_title_as_soon_as_it_can_be_found(index_of_its_own: object) -> None:
    index_of_its_own()  # type: ignore[operator]
    entry = given.entry(title="Zephyr desks for seasonal pickers in a border town")
    assert "Zephyr" not in str(labels("zeph"))
    index_of_its_own()  # type: ignore[operator]
    for typed in ("zeph", "Zephyr desks f", "seasonal pick", "pickers seaso", "border zep"):
        assert entry.id in [one.code for one in suggestions(typed)], typed


def test_what_would_fill_the_list_leaves_room_for_the_rest() -> None:
    found = suggestions("migra")
    kinds = [one.kind for one in found]
    assert len(found) == MOST
    assert {Kind.TERM, Kind.ENTRY} <= set(kinds)
    assert kinds.count(Kind.ENTRY) <= 3 and kinds.count(Kind.QUESTION) <= 3
    # More entries have such titles than there is room for.
    kinds = [one.kind for one in suggestions("migrant work")]
    assert kinds.count(Kind.QUESTION) == 3 and kinds.count(Kind.ENTRY) == MOST - 3 - kinds.count(Kind.TERM)
