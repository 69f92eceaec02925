import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from precedent.search import words
from tests.given import NASTY

ANY_TEXT = st.one_of(st.text(), st.sampled_from(NASTY))


@drawn(ANY_TEXT)
def test_any_text_can_be_cut_into_words(text: str) -> None:
    for word in words.words(text):
        assert word and word in text
        assert words.variants(word)
    for language in ("en", "ar", "zh", "pt"):
        assert "  " not in words.indexed(text, language)


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("en", "regularising migrants", "migrant"),
        ("en", "Côte d’Ivoire", "cote"),
        ("fr", "Les travailleuses régularisées", "régularisée"),
        ("fr", "régularisation", "regularisation"),
        ("es", "trabajadores migrantes", "trabajador"),
        ("ru", "трудящихся-мигрантов", "мигрант"),
        ("ru", "районный", "районных"),
        ("ru", "ещё", "еще"),
        ("ar", "والمهاجرون", "المهاجرين"),
        ("ar", "العُمّال", "العمال"),
        ("ar", "الأُسَر", "الاسر"),
        ("pt", "Migração", "migracao"),
    ],
)
def test_a_word_is_found_in_its_other_forms(language: str, told: str, asked: str) -> None:
    assert set(words.indexed(told, language).split()) & set(words.variants(asked))


def test_chinese_is_found_by_its_parts() -> None:
    held = words.indexed("保护移民工人的权利", "zh").split()
    for asked in ("移民", "工人", "移民工人", "权"):
        for reading in words.phrases([asked]):
            assert all(stem in held for _, stem in reading), asked


def test_phrases_count_positions_as_the_index_does() -> None:
    held = words.indexed("新移民 policy 法律", "zh").split()
    placed = [
        all(held[at] == stem for at, stem in reading) for reading in words.phrases(["新移民", "policy", "法律"])
    ]
    # One of the readings is the one in which the index read the text.
    assert placed.count(True) == 1


def test_words_that_hold_others_together_are_told_from_those_that_say_something() -> None:
    for language, word in (("en", "The"), ("fr", "dans"), ("es", "para"), ("ru", "или")):
        assert words.says_nothing(word, language), word
    for language, word in (("en", "work"), ("fr", "droit"), ("fr", "which"), ("ar", "في"), ("zh", "的")):
        assert not words.says_nothing(word, language), word
