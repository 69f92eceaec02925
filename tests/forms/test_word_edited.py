"""A Word form after people and programs had it: what they wrote is read, whichever way they wrote it."""

import re
from xml.etree.ElementTree import Element, SubElement

import pytest
from django.utils.translation import gettext, override

from precedent.forms import draft
from precedent.forms.word.answering import CHOOSE
from precedent.forms.word.reading import read
from precedent.forms.word.sheet import Origin, Sheet
from precedent.forms.word.writing import write
from tests.forms.word_paper import DOCUMENT, Paper, W, changed, packed, paragraph, parts, text_of
from tests.given import document

pytestmark = pytest.mark.django_db

TOLD = draft.of(document())


@pytest.fixture
def paper() -> Paper:
    """A form filled from a small entry."""
    return Paper(write(TOLD, "en", Origin("PPD-000007", 2)))


@pytest.fixture
def empty() -> Paper:
    return Paper(write({}, "en"))


def sheet(paper: Paper) -> Sheet:
    return read(paper.data)


def messages(found: Sheet) -> list[str]:
    return [str(finding) for finding in found.findings]


def tracked(kind: str, text: str) -> Element:
    """A run that was put in or taken out while changes were tracked."""
    made = Element(f"{W}{kind}")
    SubElement(SubElement(made, f"{W}r"), f"{W}delText" if kind == "del" else f"{W}t").text = text
    return made


def test_what_is_not_touched_stays_and_what_is_changed_is_changed(paper: Paper) -> None:
    paper.put("#title", "Another title")
    found = sheet(paper)
    assert found.draft == {**TOLD, "title": "Another title"} and found.findings == []
    assert found.origin == Origin("PPD-000007", 2)


def test_a_misspelled_country_is_named_with_its_place_and_what_may_be_meant(empty: Paper) -> None:
    empty.put("#countries.code", "Philipines", number=2)
    found = sheet(empty)
    assert messages(found) == ["Section 2, Countries, row 2: “Philipines” is not a country: Philippines?"]
    assert (found.findings[0].field, found.findings[0].hint) == (
        "countries.0.code",
        "Write it as in the list: Philippines [PH].",
    )
    assert found.draft == {"countries": [{"code": "Philipines"}]}


def test_a_choice_may_be_typed_by_code_by_label_and_in_another_language(empty: Paper) -> None:
    empty.put("#countries.code", "NP", number=1)
    empty.put("#countries.role", "pays d’origine", number=1, column=2)
    empty.put("#level", "“municipal”")
    empty.put("#topics", "Legal aid; health", " ", "Social protection, Education")
    empty.put("#perspectives", "Country of origin", "Somewhere")
    found = sheet(empty)
    assert found.draft["countries"] == [{"code": "NP", "role": "origin"}]
    assert found.draft["level"] == "municipal"
    assert found.draft["topics"][0] == "legal-aid"
    assert found.draft["perspectives"] == ["origin", "Somewhere"]
    assert "Section 2, Perspective: “Somewhere” is none of the choices" in messages(found)


def test_several_choices_in_one_line_count_where_each_is_known(empty: Paper) -> None:
    empty.put("#groups", "Domestic workers, Women; returnees")
    assert sheet(empty).draft["groups"] == ["domestic-workers", "women", "returnees"]
    empty.put("#groups", "Domestic workers, Martians")
    assert sheet(empty).draft["groups"] == ["Domestic workers, Martians"]


def test_a_text_of_several_paragraphs_and_runs_becomes_one_line(empty: Paper) -> None:
    pieces = paragraph("A city ", "ans", "wers ")
    SubElement(pieces, f"{W}proofErr", {f"{W}type": "spellStart"})
    SubElement(SubElement(pieces, f"{W}r"), f"{W}br")
    pieces.append(paragraph("questions").find(f"{W}r") or Element("none"))
    empty.put("#summary", pieces, "", "  of “domestic”   workers.")
    assert sheet(empty).draft == {"summary": "A city answers questions of “domestic” workers."}


def test_tracked_insertions_count_deletions_and_comments_do_not(empty: Paper) -> None:
    line = paragraph("A help ")
    line.append(tracked("ins", "line "))
    line.append(tracked("del", "desk "))
    SubElement(SubElement(line, f"{W}r"), f"{W}commentReference", {f"{W}id": "1"})
    line.append(tracked("moveFrom", "elsewhere"))
    line.append(tracked("moveTo", "for workers"))
    empty.put("#title", line)
    assert sheet(empty).draft == {"title": "A help line for workers"}


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(empty: Paper) -> None:
    first = paragraph("A help li")
    marks = SubElement(SubElement(first, f"{W}pPr"), f"{W}rPr")
    SubElement(marks, f"{W}del")
    empty.put("#title", first, "ne for workers")
    assert sheet(empty).draft == {"title": "A help line for workers"}


def test_links_fields_and_symbols_in_an_answer_are_read_as_they_show(empty: Paper) -> None:
    line = Element(f"{W}p")
    link = SubElement(line, f"{W}hyperlink")
    link.append(paragraph("https://example.org/a").find(f"{W}r") or Element("none"))
    run = SubElement(line, f"{W}r")
    SubElement(run, f"{W}instrText").text = "HYPERLINK evil"
    SubElement(run, f"{W}noBreakHyphen")
    SubElement(run, f"{W}t").text = "b"
    empty.put("#references.url +1", line)
    assert sheet(empty).draft["references"] == [{"id": "s1", "url": "https://example.org/a-b"}]


def test_a_row_that_was_added_is_a_new_part_and_a_copied_one_too(paper: Paper) -> None:
    paper.copy(paper.row("#barriers.text", 1))
    paper.put("#barriers.text", "A second barrier stood.", number=2, column=2)
    found = sheet(paper)
    assert found.draft["barriers"] == [
        *TOLD["barriers"],
        {"id": "b2", "code": "language", "text": "A second barrier stood."},
    ]


def test_a_card_that_was_copied_is_another_part(paper: Paper) -> None:
    table = paper.table("#measures.text m1")
    rows = list(table.iter(f"{W}tr"))
    for at, row in enumerate(rows[:5]):
        twin = paper.copy(row)
        table.remove(twin)
        table.insert(list(table).index(rows[4]) + 1 + at, twin)
    found = sheet(paper)
    (first,) = TOLD["measures"]
    assert found.draft["measures"] == [first, {**first, "id": "m2"}]


def test_a_part_that_was_emptied_or_whose_row_was_deleted_is_gone_and_the_others_keep_their_ids() -> None:
    lessons = [{"id": "l3", "text": "The first lesson."}, {"id": "l1", "text": "The other lesson."}]
    for take_out in ("row", "text", "tracked"):
        paper = Paper(write({**TOLD, "lessons": lessons}, "en"))
        row = paper.row("#lessons.text", 1)
        if take_out == "row":
            paper.remove(row)
        elif take_out == "text":
            paper.put("#lessons.text", "", number=1)
        else:
            SubElement(row.find(f"{W}trPr") or SubElement(row, f"{W}trPr"), f"{W}del")
        assert sheet(paper).draft["lessons"] == lessons[1:], take_out


def test_a_new_part_in_a_spare_row_gets_an_id_that_was_not_used(paper: Paper) -> None:
    paper.put("#lessons.text", "Another lesson altogether.", number=3)
    assert sheet(paper).draft["lessons"] == [*TOLD["lessons"], {"id": "l2", "text": "Another lesson altogether."}]


def test_a_question_whose_row_is_gone_counts_as_empty_and_is_named(paper: Paper) -> None:
    paper.remove(paper.row("#summary"))
    found = sheet(paper)
    assert "summary" not in found.draft
    assert [(finding.code, finding.where) for finding in found.findings] == [
        ("question-missing", "Section 1, Summary")
    ]


def without_marks(text: str) -> str:
    return re.sub(r">#[^<]*<", "><", text)


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh", "ru", "es"])
def test_without_the_small_codes_answers_are_found_by_what_questions_are_called(language: str) -> None:
    """Parts are numbered anew then; here their numbers are those they had."""
    found = read(changed(write(TOLD, language), without_marks))
    assert found.draft == TOLD


def test_properties_or_the_last_line_are_enough_to_know_where_it_belongs() -> None:
    origin = Origin("PPD-000007", 2)
    held = parts(write(TOLD, "fr", origin))
    plain = held["_rels/.rels"].decode()
    relations = re.sub(r'<Relationship Id="rId3"[^>]*/>', "", plain)
    bare = packed({**{k: v for k, v in held.items() if "custom" not in k}, "_rels/.rels": relations.encode()})
    assert (read(bare).origin, read(bare).language) == (origin, "fr")
    lineless = changed(write(TOLD, "fr", origin), lambda text: text.replace("precedent-form entry", "nothing"))
    assert (read(lineless).origin, read(lineless).language) == (origin, "fr")


def test_a_file_that_says_nothing_of_itself_is_read_in_the_readers_language() -> None:
    held = parts(changed(write(TOLD, "fr"), lambda text: text.replace("precedent-form ", "")))
    bare = packed({name: text for name, text in held.items() if "custom" not in name})
    with override("es"):
        found = read(bare)
    assert (found.language, found.draft, found.origin) == ("es", TOLD, Origin())


def test_a_form_of_another_edition_is_read_and_said_to_be_one() -> None:
    older = changed(write(TOLD, "en"), lambda text: text.replace("edition=1", "edition=7"))
    older = changed(older, lambda text: text.replace(">1<", ">7<"), "docProps/custom.xml")
    found = read(older)
    assert found.draft == TOLD and found.edition == 7
    (finding,) = found.findings
    assert finding.note and finding.code == "form-of-another-edition"
    assert "edition 7 of the framework; edition 1 is in force" in finding.message


def test_what_is_written_beside_the_answers_is_named_and_not_dropped_in_silence(paper: Paper) -> None:
    paper.body.insert(4, paragraph("More about the help line."))
    paper.cell("#level", column=0).append(paragraph("City"))
    row = paper.copy(paper.row("#status"))
    for cell, text in zip(row.findall(f"{W}tc"), ("Budget", "2 million"), strict=True):
        for line in cell.findall(f"{W}p"):
            cell.remove(line)
        cell.append(paragraph(text))
    found = sheet(paper)
    assert found.draft == TOLD
    assert {finding.code for finding in found.findings} == {"text-beside"}
    assert [re.findall("“(.*)”", finding.message)[0] for finding in found.findings] == [
        "More about the help line.",
        "Budget",
        "2 million",
        "City",
    ]


def test_in_a_form_with_texts_of_another_time_labels_are_not_taken_for_answers() -> None:
    older = changed(write(TOLD, "en"), lambda text: re.sub("What it is, not a slogan", "What it was once", text))
    assert len(read(older).findings) == 1
    older = changed(older, lambda text: re.sub(r"form=\w+", "form=older", text))
    older = changed(
        older, lambda text: re.sub(r'(precedent-form"><vt:lpwstr>)\w+', r"\1older", text), "docProps/custom.xml"
    )
    assert (read(older).draft, read(older).findings) == (TOLD, [])


def test_typing_beside_the_words_that_wait_in_an_empty_field_does_no_harm(empty: Paper) -> None:
    empty.put("#title", "[Write here] A help line")
    empty.put("#level", "Municipal[Choose]")
    with override("fr"):
        empty.put("#status", gettext(CHOOSE), "[Choose]")
    assert sheet(empty).draft == {"title": "A help line", "level": "municipal"}


def test_words_that_another_program_shows_in_an_emptied_field_are_nothing(empty: Paper) -> None:
    """Word writes them in its own language and marks them as waiting."""
    told = changed(empty.data, lambda text: text.replace("[Write here]", "Klicken Sie hier, um Text einzugeben."))
    assert read(told).draft == {}


@pytest.mark.parametrize(("written", "year"), [("2019", 2019), (" ٢٠١٩ ", 2019), ("in 2019", "in 2019")])
def test_a_year_is_a_number_in_any_digits(empty: Paper, written: str, year: object) -> None:
    empty.put("#year_start", written)
    found = sheet(empty)
    assert found.draft == {"year_start": year}
    assert [finding.code for finding in found.findings] == ([] if year == 2019 else ["year-invalid"])


def test_half_a_corridor_is_kept_for_the_browser(empty: Paper) -> None:
    empty.put("#corridors.0", "Nepal", number=1)
    assert sheet(empty).draft == {"corridors": [["NP"]]}


def test_a_form_saved_as_strict_open_xml_is_read(paper: Paper) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    told = changed(paper.data, lambda text: text.replace(W[1:-1], strict))
    assert (read(told).draft, read(told).findings) == (TOLD, [])


def test_controls_around_cells_and_paragraphs_hide_nothing(empty: Paper) -> None:
    """Word lifts a control to the paragraph or the cell when Enter is pressed in it."""
    cell = empty.cell("#title")
    control = Element(f"{W}sdt")
    content = SubElement(control, f"{W}sdtContent")
    content.extend([paragraph("A help line"), paragraph("for workers")])
    empty.put("#title", control)
    row = empty.row("#level")
    around = Element(f"{W}sdt")
    SubElement(SubElement(around, f"{W}sdtPr"), f"{W}showingPlcHdr")
    inner = SubElement(around, f"{W}sdtContent")
    moved = row.findall(f"{W}tc")[1]
    row.remove(moved)
    inner.append(moved)
    row.append(around)
    empty.put("#status", "ongoing")
    assert text_of(cell) == "A help linefor workers"
    assert sheet(empty).draft == {"title": "A help line for workers", "status": "ongoing"}


def test_a_text_of_ten_megabytes_is_read_whole(empty: Paper) -> None:
    text = "0123456789" * 1_000_000
    empty.put("#summary", text)
    assert sheet(empty).draft["summary"] == text
    assert draft.judge({"title": "A title", "summary": text}).document is None


def test_pictures_and_headers_do_not_matter(paper: Paper) -> None:
    held = parts(paper.data)
    told = packed({**held, "word/media/image1.png": b"\x89PNG" * 10, "word/comments.xml": b"<no-xml"})
    assert read(told).draft == TOLD
    assert DOCUMENT in held
