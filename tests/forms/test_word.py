"""The Word form comes back as it went out: every record, every language, any text, empty or short."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precedent.catalogue import queries
from precedent.catalogue.document import EntryDocument
from precedent.forms import draft
from precedent.forms.asks import asks
from precedent.forms.draft import Draft
from precedent.forms.steps import PAGES
from precedent.forms.word import layout
from precedent.forms.word.reading import read
from precedent.forms.word.sheet import Origin
from precedent.forms.word.writing import write
from precedent.kernel.languages import LANGUAGES
from precedent.kernel.text import one_line
from tests.forms.word_paper import DOCUMENT, parts
from tests.given import NASTY, document

pytestmark = pytest.mark.django_db

CODES = [language.code for language in LANGUAGES]
WHOLE = draft.of(document(title_original={"language": "ar", "text": "خط المساعدة"}, region_note="The Gulf"))


def test_every_record_of_the_catalogue_comes_back_with_nothing_lost_or_changed() -> None:
    read_back = 0
    for entry in queries.changed_since(0):
        told, origin = draft.of(entry.document), Origin(entry.id, entry.revision.number)
        language = CODES[entry.number % len(CODES)]
        sheet = read(write(told, language, origin))
        assert (sheet.draft, sheet.findings) == (told, []), entry.id
        assert (sheet.origin, sheet.language, sheet.edition, sheet.short) == (origin, language, 1, False)
        read_back += 1
    assert read_back >= 334


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("short", [False, True])
def test_an_empty_form_says_nothing(language: str, short: bool) -> None:
    sheet = read(write({}, language, short=short))
    assert (sheet.draft, sheet.findings, sheet.origin) == ({}, [], Origin())
    assert (sheet.language, sheet.short) == (language, short)


def test_a_form_carries_where_it_belongs() -> None:
    for origin in (Origin("PPD-000007", 3), Origin(submission="S-000012", revision=2), Origin(key="np-help-desk")):
        assert read(write(WHOLE, "en", origin)).origin == origin


def test_the_same_draft_makes_the_same_bytes() -> None:
    assert write(WHOLE, "fr", Origin("PPD-000007", 3)) == write(WHOLE, "fr", Origin("PPD-000007", 3))


def test_it_asks_every_question_of_the_form_in_the_order_of_its_steps() -> None:
    assert {slot.group for slot in layout.slots().values()} == {asked.name for asked in asks()}
    assert [section.page for section in layout.sections()] == list(PAGES)
    paper = docx.Document(io.BytesIO(write({}, "en")))
    titles = [line.text for line in paper.paragraphs if line.style and line.style.name == "Heading 1"]
    assert titles == [*(f"{number}. {page.title}" for number, page in enumerate(PAGES, start=1)), "The choices"]


def xml(told: Draft, language: str, short: bool = False) -> dict[str, str]:
    return {name: text.decode() for name, text in parts(write(told, language, short=short)).items()}


def test_labels_are_protected_and_answers_are_open() -> None:
    made = xml(WHOLE, "en")
    assert '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>' in made["word/settings.xml"]
    starts = re.findall(r'<w:permStart w:id="(\d+)" w:edGrp="everyone"/>', made[DOCUMENT])
    assert starts == re.findall(r'<w:permEnd w:id="(\d+)"/>', made[DOCUMENT])
    controls = re.findall(r'<w:id w:val="(\d+)"/><w:lock w:val="sdtLocked"/>', made[DOCUMENT])
    assert len(controls) == made[DOCUMENT].count("<w:sdt>") > 100
    assert len({*starts, *controls}) == len(starts) + len(controls)
    # Every control stands between the two ends of an open range.
    outside = re.sub(r"<w:permStart .*?<w:permEnd [^>]*>", "", made[DOCUMENT])
    assert "<w:sdt>" not in outside and "#title<" in outside


def test_choices_are_lists_of_labels_with_their_codes() -> None:
    made = xml({}, "fr")[DOCUMENT]
    listed = re.search(r'<w:tag w:val="level"/>.*?</w:dropDownList>', made)
    assert listed and '<w:listItem w:displayText="Nationale [national]" w:value="national"/>' in listed[0]
    countries = re.search(r'<w:tag w:val="countries.code"/>.*?</w:comboBox>', made)
    assert countries and 'w:displayText="Allemagne [DE]" w:value="DE"' in countries[0]
    for items in re.findall(r"<w:(?:dropDownList|comboBox)>(.*?)</w:", made):
        shown = re.findall(r'w:displayText="([^"]*)"', items)
        assert len(shown) == len(set(shown)) and max(map(len, shown)) < 255


def test_an_arabic_form_runs_from_right_to_left_and_foreign_texts_in_it_do_not() -> None:
    made = xml({**WHOLE, "language": "en"}, "ar")
    assert made[DOCUMENT].count("<w:bidiVisual/>") == made[DOCUMENT].count("<w:tbl>")
    assert "<w:pPr><w:bidi/></w:pPr>" in made["word/styles.xml"]
    english = re.search(
        r'<w:p><w:pPr><w:pStyle w:val="FormAnswer"/><w:bidi w:val="0"/>.{,900}Help line', made[DOCUMENT]
    )
    assert english and '<w:rtl w:val="0"/><w:lang w:val="en-GB"/>' in english[0]
    assert "bidiVisual" not in xml({}, "zh")[DOCUMENT]


def test_a_screen_reader_finds_language_titles_headings_and_repeated_heads() -> None:
    made = xml(WHOLE, "es")
    assert "<dc:language>es-ES</dc:language>" in made["docProps/core.xml"]
    assert "<dc:title>" in made["docProps/core.xml"]
    assert made[DOCUMENT].count("<w:tblCaption ") == made[DOCUMENT].count("<w:tbl>")
    grids = [table for table in layout.tables(False) if table.shape is layout.Shape.GRID]
    assert made[DOCUMENT].count("<w:tblHeader/>") == len(grids) > 5


def test_there_is_room_for_three_more_of_each() -> None:
    sheet = xml(WHOLE, "en")[DOCUMENT]
    assert sheet.count(">Measure 4<") == 1 and ">Measure 5<" not in sheet
    assert sheet.count(">#measures.text +4<") == 1
    assert sheet.count(">#b1<") == 1


def test_another_program_for_word_files_opens_it() -> None:
    paper = docx.Document(io.BytesIO(write(WHOLE, "en", Origin("PPD-000007", 3))))
    assert len(paper.tables) == len(layout.tables(False))
    assert paper.paragraphs[-1].text.startswith("precedent-form entry=PPD-000007 revision=3 language=en edition=1")
    with zipfile.ZipFile(io.BytesIO(write({}, "en"))) as archive:
        assert archive.testzip() is None


def test_a_short_form_asks_what_fits_on_a_page_and_leaves_the_rest_as_it_was() -> None:
    sheet = read(write(WHOLE, "en", short=True))
    assert sheet.short and "level" not in sheet.asked and sheet.draft["title"] == WHOLE["title"]
    assert sheet.draft["barriers"] == [{"id": "b1", "text": WHOLE["barriers"][0]["text"]}]
    assert sheet.onto(WHOLE) == WHOLE
    assert read(write(WHOLE, "en")).onto({"title": "Another", "level": "global"}) == WHOLE


def test_a_short_form_takes_away_what_was_taken_out_of_it() -> None:
    shorter = {**WHOLE, "countries": WHOLE["countries"][:1], "lessons": []}
    sheet = read(write(shorter, "en", short=True))
    assert sheet.onto(WHOLE)["countries"] == [{"code": "PH", "role": "origin"}]
    assert "lessons" not in sheet.onto(WHOLE)


def test_a_draft_that_breaks_every_rule_comes_back_as_it_was_typed() -> None:
    told: Draft = {
        "title": "x",
        "level": "natonal",
        "year_start": "about 2010",
        "year_end": 99999,
        "language": "martian",
        "countries": [{"code": "Philipines"}, {"role": "somewhere"}],
        "corridors": [["PH", "Wakanda"]],
        "barriers": [{"id": "b7", "code": "none of yours"}],
        "topics": ["legal-aid", "no such topic"],
        "references": [{"id": "s1", "url": "ask the ministry"}],
    }
    sheet = read(write(told, "en"))
    assert sheet.draft == told
    assert [(found.field, found.where) for found in sheet.findings] == [
        ("level", "Section 1, Level"),
        ("year_start", "Section 1, First year"),
        ("language", "Section 1, Language of the text"),
        ("countries.0.code", "Section 2, Countries, row 1"),
        ("countries.1.role", "Section 2, Countries, row 2"),
        ("corridors.0", "Section 2, Corridors, row 1"),
        ("barriers.b7.code", "Section 3, What stood in the way, row 1"),
        ("topics", "Section 7, Topics"),
    ]
    assert str(sheet.findings[3]) == "Section 2, Countries, row 1: “Philipines” is not a country: Philippines?"


@pytest.mark.parametrize(
    "told",
    [
        {"barriers": "one text"},
        {"barriers": ["a text", {"code": "language"}], "lessons": [None, 5]},
        {"countries": "PH", "corridors": "PH", "topics": "legal-aid"},
        {"title": ["a", "list"], "summary": {"an": "object"}, "year_start": [2019]},
        {"title_original": "no object", "references": {"url": "https://example.org"}},
        {"unknown": 1, "measures": [{"overcomes": "language", "text": 3.5}]},
    ],
)
def test_a_draft_of_the_wrong_shape_is_written_all_the_same(told: Any) -> None:
    assert read(write(told, "en")).draft.keys() == told.keys() - {"unknown"}
    assert read(write(told, "ar", short=True)).short


TEXT = st.one_of(st.sampled_from(NASTY), st.text(max_size=80)).map(one_line)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=12, max_size=12), st.sampled_from(CODES))
def test_any_text_comes_back_but_for_needless_blanks_and_what_xml_cannot_hold(
    texts: list[str], language: str
) -> None:
    texts = [re.sub("[\ufffe\uffff]", "", text) for text in texts]
    told = draft.tidy(
        {
            "title": texts[0],
            "summary": texts[1],
            "region_note": texts[2],
            "title_original": {"language": "ar", "text": texts[3]},
            "implementers": [{"name": texts[4], "actor_type": "business"}],
            "barriers": [{"code": "language", "text": texts[5]}, {"text": texts[6]}],
            "measures": [{"text": texts[7], "overcomes": ["language"]}],
            "lessons": [{"text": texts[8]}],
            "references": [{"title": texts[9], "publisher": texts[10], "url": texts[11], "year": 2019}],
        }
    )
    sheet = read(write(told, language))
    assert (sheet.draft, sheet.findings) == (told, [])


@pytest.mark.parametrize("text", [text for text in NASTY if one_line(text)])
def test_script_and_other_tricks_stay_text_in_every_field(text: str) -> None:
    """A choice that is none stays as it was written, too."""
    typed = one_line(text)
    told = {
        **{name: typed for name in ("title", "summary", "region_note")},
        "title_original": {"text": typed},
        **{
            name: [{"id": f"{name[0]}1", "text": typed}] for name in ("barriers", "measures", "results", "lessons")
        },
        "references": [{"id": "s1", "url": typed, "title": typed, "publisher": typed}],
        "implementers": [{"id": "i1", "name": typed}],
    }
    assert read(write(told, "en")).draft == told
    chosen = read(write({"level": typed, "topics": [typed], "countries": [{"code": typed}]}, "en"))
    assert {found.code for found in chosen.findings} <= {"code-unknown"}


def test_a_document_that_keeps_every_rule_is_judged_the_same_afterwards() -> None:
    sheet = read(write(WHOLE, "ru"))
    judged = draft.judge(sheet.draft)
    assert judged.document == EntryDocument.model_validate({"schema_number": 1, **WHOLE})
