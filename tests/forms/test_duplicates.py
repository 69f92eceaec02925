"""Is it one of these? A practice that is told already is found, however it is told; another one is not."""

import random
import re
import statistics
import time
from collections.abc import Callable

import pytest

from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry
from precedent.forms import draft as drafts
from precedent.forms.draft import Draft
from precedent.forms.duplicates import ENOUGH, alike
from tests import given

pytestmark = pytest.mark.django_db

STARTER = range(1, 335)
OTHER_WORDS = {
    "workers": "labourers",
    "government": "authorities",
    "country": "state",
    "training": "instruction",
    "children": "minors",
    "agreement": "accord",
    "women": "female migrants",
    "employers": "firms",
    "support": "assistance",
    "programme": "scheme",
    "money": "funds",
    "abroad": "overseas",
    "law": "statute",
    "rights": "entitlements",
    "help": "aid",
}
OWN_TITLES = {
    "PPD-000004": "Family background check for mothers going abroad as housemaids",
    "PPD-000018": "Korea's EPS: government-to-government recruitment of foreign workers",
    "PPD-000032": "Allowing dual citizenship",
    "PPD-000046": "Ratifying the ILO convention on domestic work",
    "PPD-000060": "Sanctuary city policy: services without asking for immigration status",
    "PPD-000074": "Support centres for multicultural families",
    "PPD-000088": "Evaluation of diaspora business start-up programmes",
    "PPD-000102": "Circular migration pilot and inspection unit for migrant workers",
    "PPD-000116": "Ventanillas de Salud: health windows in consulates",
    "PPD-000130": "Civic integration exam abroad before family reunification",
    "PPD-000144": "Service points for foreign merchants",
    "PPD-000158": "Hometown associations co-fund village projects",
    "PPD-000172": "Training first responders on violence against women migrant workers",
    "PPD-000186": "Bilateral agreement on child trafficking and mobility",
    "PPD-000200": "Returning seasonal workers promote oral health",
    "PPD-000214": "Mobile money remittances by telephone operators",
    "PPD-000228": "Pre-departure branches of the Moscow migration centre",
    "PPD-000242": "One-stop migration centres in provinces",
    "PPD-000256": "WhatsApp chatbot on labour law for workers",
    "PPD-000270": "Settlement information for Pacific Access Category ballot winners",
    "PPD-000284": "Applying the WHO code of practice on international recruitment of health personnel",
    "PPD-000298": "Anti-trafficking training for women in South Asia",
    "PPD-000312": "Minimum wage rise for Filipino household workers overseas",
    "PPD-000326": "Seasonal Employment Act and employment services unit",
}
"""Every fourteenth entry of the starter catalogue, and a title that it might have got from somebody else."""
UNRELATED: list[Draft] = [
    {
        "title": "How to bake sourdough bread at home",
        "summary": "Mix flour, water and salt with a lively starter, let it rise overnight, bake it.",
    },
    {
        "title": "Licences for trawlers",
        "countries": [{"code": "PH"}],
        "summary": "Boats register each season; inspectors weigh the catch on the quay, fines pay for patrols.",
    },
    {
        "title": "National programme against malaria in rice-growing districts",
        "countries": [{"code": "NP"}],
        "summary": "Health posts hand out nets and spray houses before the monsoon; cases fell by half.",
    },
    {"title": "Community radio", "countries": [{"code": "NP"}]},
    {"title": "Labour law"},
    {"title": "Bilateral labour agreement", "countries": [{"code": "PH"}]},
]


def sample(step: int) -> list[Entry]:
    return list(catalogue.entries(STARTER[::step]).values())


def reworded(entry: Entry) -> Draft:
    """An entry told by somebody else: half of it, other words for common ones, the title cut and turned about."""
    whole = drafts.of(entry.document)
    chance = random.Random(entry.id)
    title = other_words(whole["title"]).split()
    chance.shuffle(title)
    summary = other_words(whole["summary"]).split()
    return {"title": " ".join(title[: -len(title) // 4]), "summary": " ".join(summary[: len(summary) // 2])}


def other_words(text: str) -> str:
    return re.sub(r"\w+", lambda word: OTHER_WORDS.get(word[0].lower(), word[0]), text)


def title_and_country(entry: Entry) -> Draft:
    told = drafts.of(entry.document)
    return {name: told[name] for name in ("title", "countries") if name in told}


def test_an_entry_that_was_shortened_and_reworded_finds_itself_first() -> None:
    entries = sample(8)[:40]
    assert len(entries) == 40
    lost = [entry.id for entry in entries if [one.card.id for one in alike(reworded(entry))][:1] != [entry.id]]
    assert lost == []


def test_a_title_and_a_country_alone_find_nearly_every_entry() -> None:
    entries = sample(4)
    first = [entry.id for entry in entries if alike(title_and_country(entry))[0].card.id == entry.id]
    assert len(first) >= len(entries) - 1


def test_a_title_in_other_words_finds_most_entries_that_tell_of_it() -> None:
    entries = {entry.id: entry for entry in sample(1)}
    shown = {
        id: [one.card.id for one in alike({**title_and_country(entries[id]), "title": own})]
        for id, own in OWN_TITLES.items()
    }
    # Measured: 18 of 24.
    assert sum(id in found for id, found in shown.items()) >= 17


@pytest.mark.parametrize("draft", UNRELATED, ids=lambda draft: str(draft["title"]))
def test_another_practice_finds_nothing(draft: Draft) -> None:
    assert alike(draft) == []


def test_the_entry_that_a_draft_is_about_is_not_its_duplicate() -> None:
    for entry in sample(10):
        draft = drafts.of(entry.document)
        assert entry.id in [one.card.id for one in alike(draft)]
        assert entry.id not in [one.card.id for one in alike(draft, leaving_out=entry.id)]


def test_of_the_starter_catalogue_only_entries_that_tell_of_one_thing_are_alike() -> None:
    pairs = {
        frozenset((entry.id, one.card.id))
        for entry in sample(1)
        for one in alike(drafts.of(entry.document), leaving_out=entry.id)
    }
    assert len(pairs) == 6


def test_each_says_in_what_it_is_alike() -> None:
    entry = sample(1)[0]
    [itself] = alike(drafts.of(entry.document), limit=1)
    assert (itself.card.id, itself.share) == (entry.id, 100)
    for reason in (
        "a similar title",
        "a similar summary",
        "similar measures",
        "the same source",
        "the same country",
    ):
        assert reason in itself.because
    shown = [one for entry in sample(5) for one in alike(title_and_country(entry))]
    assert all(one.because and ENOUGH <= one.share <= 100 for one in shown)


def test_the_same_source_under_a_slightly_other_address_is_noticed() -> None:
    entry = sample(1)[0]
    told = drafts.of(entry.document)
    address = re.sub(r"^https?://(www\.)?", "http://www.", told["references"][0]["url"]) + "#page=3"
    draft = {**title_and_country(entry), "references": [{"url": address}]}
    assert "the same source" in alike(draft)[0].because


def test_no_more_are_shown_than_asked_for_and_the_likeliest_first() -> None:
    told = [title_and_country(entry) for entry in sample(5)]
    assert max(len(alike(draft, limit=2)) for draft in told) == 2
    shown = [alike(draft, limit=12) for draft in told]
    assert all(found == sorted(found, key=lambda one: -one.share) for found in shown)


@pytest.mark.parametrize("draft", [{}, {"title": ""}, {"title": None}, {"countries": [{"code": "PH"}]}])
def test_a_draft_without_words_finds_nothing(draft: Draft) -> None:
    assert alike(draft) == []


@pytest.mark.parametrize(
    "text", [*given.NASTY, "half a sign \ud800", "http://[::1", "word " * 50_000], ids=range(len(given.NASTY) + 3)
)
def test_no_text_makes_an_error_wherever_it_stands(text: str) -> None:
    part = {"id": text, "text": text, "code": text, "url": text}
    for draft in (
        {"title": text, "language": text, "countries": [part], "measures": [part], "references": [part]},
        {"title": [text], "summary": {"a": text}, "language": 7, "countries": text, "references": [text, None]},
        {"title": text, "language": "ar", "measures": {"text": text}, "countries": [{"code": [text]}]},
        {text: text},
    ):
        assert all(one.share >= ENOUGH for one in alike(draft))


def test_without_an_index_nothing_is_found(index_of_its_own: Callable[[], None]) -> None:
    draft = drafts.of(sample(1)[0].document)
    assert alike(draft) == []
    index_of_its_own()
    assert alike(draft) != []


def test_looking_takes_no_time_that_is_noticed() -> None:
    taken = []
    alike({"title": "The language model is read"})
    for entry in sample(5):
        start = time.perf_counter()
        alike(drafts.of(entry.document))
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) < 5 * 0.060
