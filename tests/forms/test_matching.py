"""From what a person wrote to a code: what is certain is a match, what is near is proposed, nothing is guessed."""

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precedent.forms import matching
from precedent.forms.matching import Match, choices, code_for, finding, labels_in
from precedent.kernel.acting import acting
from precedent.kernel.languages import LANGUAGES
from tests.given import NASTY, entry

pytestmark = pytest.mark.django_db

VOCABULARIES = ("country", "role", "question", "heading", "barrier", "topic", "group", "level", "outcome")


@pytest.mark.parametrize(
    ("written", "vocabulary", "code"),
    [
        ("PH", "country", "PH"),
        (" ph ", "country", "PH"),
        ("Philippines", "country", "PH"),
        ("the  PHILIPPINES.", "country", "PH"),
        ("Philippines [PH]", "country", "PH"),
        ("Philippines (ph)", "country", "PH"),
        ("PH: Philippines", "country", "PH"),
        ("الفلبين", "country", "PH"),
        ("菲律宾", "country", "PH"),
        ("菲律宾（PH）", "country", "PH"),
        ("\u200fالفلبين [PH]\u200e", "country", "PH"),
        ("PHL", "country", "PH"),
        ("UK", "country", "GB"),
        ("Cote d’Ivoire", "country", "CI"),
        ("Corée du Sud", "country", "KR"),
        ("Guinea Bissau", "country", "GW"),
        ("Niger", "country", "NE"),
        ("en", "language", "en"),
        ("anglais", "language", "en"),
        ("Kiswahili", "language", "sw"),
        ("pt-BR", "language", "pt-BR"),
        ("en-KE", "language", "en-KE"),
        ("Lack of information", "barrier", "lack-of-information"),
        ("“lack of information”", "barrier", "lack-of-information"),
        ("A02", "question", "A02"),
        ("A02: What stops migrants from…", "question", "A02"),
        ("pays d'origine", "role", "origin"),
    ],
)
def test_a_code_a_label_in_any_language_and_another_name_are_matches(
    written: str, vocabulary: str, code: str
) -> None:
    assert code_for(written, vocabulary, "en") == Match(code)


@pytest.mark.parametrize(
    ("written", "vocabulary", "near"),
    [
        ("Philipines", "country", ["PH"]),
        ("Filipinas islands", "country", ["PH"]),
        ("Nigera", "country", ["NG", "NE"]),
        ("Korea", "country", ["KP", "KR"]),
        ("Wakanda", "country", []),
        ("x", "country", []),
        ("information", "barrier", ["lack-of-information"]),
        ("negativ", "outcome", ["negative"]),
        ("Englich", "language", ["en"]),
        ("", "country", []),
    ],
)
def test_what_is_only_near_is_proposed_and_never_taken(written: str, vocabulary: str, near: list[str]) -> None:
    match = code_for(written, vocabulary, "en")
    assert match.code is None and not match.exact
    assert [code for code, _label in match.near] == near


def test_where_label_and_code_do_not_agree_both_are_proposed() -> None:
    assert code_for("Kenya [PH]", "country", "en") == Match(None, (("KE", "Kenya"), ("PH", "Philippines")))
    assert code_for("A land renamed since [PH]", "country", "en") == Match("PH")


def test_a_name_of_two_meanings_is_none() -> None:
    """Ga is a language of Ghana, and `ga` the code of Irish."""
    assert [code for code, _ in code_for("Ga", "language", "en").near] == ["ga", "gaa"]
    assert code_for("ga", "language", "en") == Match("ga")


def test_the_finding_says_what_is_wrong_and_what_may_be_meant() -> None:
    found = finding("countries.0.code", "Philipines", "country", "en")
    assert found is not None
    assert (found.field, found.code) == ("countries.0.code", "code-unknown")
    assert found.message == "“Philipines” is not a country: Philippines?"
    assert found.hint == "Write it as in the list: Philippines [PH]."
    assert finding("countries.0.code", "Philippines", "country", "en") is None
    strange = finding("countries.0.code", "Wakanda " * 100, "country", "en")
    assert strange is not None and strange.hint and len(strange.message) < 120


def test_proposals_are_made_in_the_language_of_the_form() -> None:
    assert code_for("Philipines", "country", "fr").near == (("PH", "Philippines"),)
    assert code_for("Alemagne", "country", "fr").near == (("DE", "Allemagne"),)
    with override("ar"):
        assert code_for("Philipines", "country").near == (("PH", "الفلبين"),)


@pytest.mark.parametrize("vocabulary", [*VOCABULARIES, "language"])
def test_every_label_of_the_form_leads_back_to_its_code(vocabulary: str) -> None:
    """As it stands in the lists, with its code behind it; alone, it leads there or is said to mean several.

    French calls a language “ga”, which is the code of another.
    """
    for language in LANGUAGES:
        labels = labels_in(language.code, vocabulary)
        for code, label in labels.items():
            assert code_for(code, vocabulary, language.code) == Match(code)
            assert code_for(f"{label} [{code}]", vocabulary, language.code) == Match(code)
            alone = code_for(label, vocabulary, language.code)
            meant = [alone.code, *(near for near, _ in alone.near)]
            assert code in meant or label in labels, (language, code, label)


def test_no_two_codes_of_a_vocabulary_are_spelled_alike() -> None:
    for vocabulary in (*VOCABULARIES, "language"):
        names = matching._names(vocabulary)
        assert len(names.codes) == len(labels_in("en", vocabulary))


@pytest.fixture
def retired() -> str:
    """The code of a group that was retired. The vocabularies are read anew, because an entry follows."""
    token = acting.set(True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE framework_termrow SET status = 'retired' WHERE code = 'domestic-workers'")
    acting.reset(token)
    entry()
    return "domestic-workers"


def test_a_term_that_was_retired_is_known_and_not_offered(retired: str) -> None:
    assert retired in labels_in("en", "group") and retired not in choices("en", "group")
    assert code_for(retired, "group", "en") == Match(retired)
    assert retired not in [code for code, _ in code_for("Domestic workrs", "group", "en").near]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.sampled_from(NASTY), st.text(max_size=60)), st.sampled_from([*VOCABULARIES, "language"]))
def test_any_text_is_a_match_or_has_a_finding(written: str, vocabulary: str) -> None:
    match = code_for(written, vocabulary, "en")
    known = labels_in("en", vocabulary)
    assert match.code is None or match.code in known
    assert all(known[code] == label for code, label in match.near)
    assert (finding("x", written, vocabulary, "en") is None) is match.exact
