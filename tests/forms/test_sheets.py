"""Tables of entries: written and read back they say the same; what is wrong is named by row and column."""

import csv
import datetime
import io
import subprocess
from collections.abc import Iterator
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.utils.translation import override
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from precedent.audit.remembering import one_revision
from precedent.catalogue import queries
from precedent.catalogue.bulk import Row
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms import draft as drafts
from precedent.forms import files, matching
from precedent.forms.asks import asks
from precedent.forms.sheets import cells, columns, write_csv, write_xlsx
from precedent.forms.sheets.example import example
from precedent.kernel.languages import LANGUAGES
from tests import given

pytestmark = pytest.mark.django_db

CODES = [language.code for language in LANGUAGES]


@pytest.fixture(autouse=True)
def codes_are_read_once(db: None) -> Iterator[None]:
    with one_revision():
        yield


def starter() -> list[EntryDocument]:
    return [entry.document for entry in queries.changed_since(0)]


def table(*rows: dict[str, Any], name: str = "practices.csv", **told: Any) -> list[Row]:
    """Rows of a table of text: each a good entry as cells, with changes. None removes a cell."""
    lines = [{**GOOD, **row} for row in rows]
    header = list(dict.fromkeys(key for line in lines for key in line))
    text = io.StringIO(newline="")
    writer = csv.writer(text, **told)
    writer.writerow(header)
    writer.writerows([line.get(key) or "" for key in header] for line in lines)
    return list(files.read(text.getvalue().encode(), name))


def said(row: Row) -> list[str]:
    return [f"{finding.message}. {finding.hint}" for finding in row.findings]


GOOD = {
    "title": "A zeppelin for seasonal workers",
    "entry_kind": "programme",
    "status": "ongoing",
    "level": "national",
    "gender_focus": "none",
    "country": "Philippines",
    "countries.1.role": "origin",
    "answers": "A01",
    "perspectives": "destination",
    "summary": "A ministry lends seasonal workers a zeppelin, so that they reach the farms and come home again.",
    "barriers.1.code": "unethical-recruitment",
    "barriers.1.text": "Agents asked too much for the journey.",
    "measures.1.text": "The ministry flies workers itself.",
    "measures.1.instrument": "training",
    "measures.1.overcomes": "unethical-recruitment",
    "references.1.url": "https://example.org/zeppelin",
    "references.1.title": "The zeppelin",
    "references.1.publisher": "Ministry",
    "references.1.language": "en",
}


def test_every_starter_entry_comes_back_from_a_table_of_text_as_it_was() -> None:
    documents = starter()
    rows = list(files.read(write_csv(map(drafts.of, documents)), "all.csv"))
    assert len(rows) == len(documents) == 334
    assert [row.findings for row in rows] == [[]] * 334
    assert [row.document for row in rows] == documents


def test_every_starter_entry_comes_back_from_a_workbook_as_it_was() -> None:
    documents = starter()
    rows = list(files.read(write_xlsx(map(drafts.of, documents), "en"), "all.xlsx"))
    assert [row.findings for row in rows] == [[]] * 334
    assert [row.document for row in rows] == documents


@pytest.mark.parametrize("language", CODES)
def test_a_workbook_in_any_language_comes_back_the_same(language: str) -> None:
    documents = starter()[CODES.index(language) :: 30]
    made = write_xlsx(map(drafts.of, documents), language)
    with override("en"):
        assert [row.document for row in files.read(made, "some.xlsx")] == documents


@pytest.mark.parametrize("language", CODES)
def test_a_column_is_known_by_its_label_in_every_language(language: str) -> None:
    keys = [*columns.columns_for([], parts=2), "id", "doubt", "countries", "lessons"]
    assert {key: columns.column(columns.header(key, language)).key for key in keys} == {key: key for key in keys}
    assert [columns.column(key).key for key in keys] == keys


@pytest.mark.parametrize("language", CODES)
def test_every_code_is_read_again_from_its_label_in_every_language(language: str) -> None:
    asked = {
        ask.about.vocabulary: ask for whole in asks() for ask in (whole, *whole.parts) if ask.about.vocabulary
    }
    for vocabulary, ask in asked.items():
        for code in matching.choices(language, str(vocabulary)):
            shown = cells.told(ask, [[code, code]] if ask.kind == "pairs" else code, language)
            value, wrong = cells.understood(ask, str(shown), language)
            assert not wrong and value in (code, [code], [[code, code]]), shown


@pytest.mark.parametrize("language", CODES)
def test_all_the_codes_of_a_list_are_told_apart_in_one_cell(language: str) -> None:
    for ask in (ask for ask in asks() if ask.kind == "several"):
        codes = list(matching.choices(language, str(ask.about.vocabulary)))
        labels = list(matching.choices(language, str(ask.about.vocabulary)).values())
        for written in (cells.told(ask, codes, language), "\n".join(labels), " ;".join(codes), ", ".join(codes)):
            assert cells.understood(ask, str(written), language) == (codes, [])


def test_a_finding_names_row_and_column_and_what_was_meant() -> None:
    (row,) = [row for row in table({}, {"country": "Philipines"}) if row.findings]
    assert said(row) == [
        "row 3, column country: “Philipines” is not a country: Philippines?. "
        "Write it as in the list: Philippines [PH]."
    ]
    assert (row.line, row.findings[0].field, row.findings[0].code) == (3, "countries.0.code", "code-unknown")
    assert (
        row.document is None and row.told and row.told["countries"] == [{"code": "Philipines", "role": "origin"}]
    )


@pytest.mark.parametrize(
    ("changes", "place", "told"),
    [
        ({"title": ""}, "title", "row 2, column title: is missing"),
        ({"title": "No"}, "title", "row 2, column title: has fewer than 5 characters"),
        ({"year_start": "soon"}, "year_start", "row 2, column year_start: is not a whole number"),
        ({"year_start": "2019", "year_end": "2010"}, "year_end", "row 2, column year_end: The last year"),
        ({"topics": "health; heath"}, "topics", "row 2, column topics: “heath” is none of the choices: Health"),
        ({"corridors": "PH > Jordon"}, "corridors", "row 2, column corridors: “Jordon” is not a country: Jordan?"),
        ({"corridors": "PH"}, "corridors", "row 2, column corridors: “PH” is no pair of countries"),
        ({"Tittle": "x"}, "row", "row 2, column Tittle: is no column of the form"),
        ({"level": "local; national"}, "level", "row 2, column level: “local; national” is none of the choices"),
        ({"countries.1.role": ""}, "countries.0.role", "row 2, column countries.1.role: is missing"),
        ({"measures.1.overcomes": "debt"}, "measures.m1.overcomes", "row 2, column measures.1.overcomes: “debt”"),
        ({"barriers.3.code": "debt", "barriers.3.text": "No"}, "barriers.b2.text",
         "row 2, column barriers.3.text: has fewer than 5 characters"),
        ({"barriers.3.text": "Loans came before."}, "barriers.b2.code", "row 2: Barrier 3: barrier: is missing"),
        ({"lessons": "[1"}, "lessons", "row 2, column lessons: begins as JSON and is none"),
        ({"answers": ""}, "answers", "row 2, column answers: is missing"),
        ({"id": "a b"}, "id", "is no key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_once_at_its_column(changes: dict[str, str], place: str, told: str) -> None:
    (row,) = table(changes)
    assert row.document is None
    assert [finding.field for finding in row.findings] == [place]
    assert row.findings[0].message.startswith(told) and row.findings[0].hint


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"topics": "Health care, finance"}, "topics", ["health", "finance"]),
        ({"topics": "Soins de santé\nfinance"}, "topics", ["health", "finance"]),
        ({"corridors": "Philippines → Saudi Arabia; NP-QA"}, "corridors", [["PH", "SA"], ["NP", "QA"]]),
        ({"country": "", "countries.1.role": "", "countries": "PH | origin; Jordan | destination"}, "countries",
         [{"code": "PH", "role": "origin"}, {"code": "JO", "role": "destination"}]),
        ({"lessons": "One; of them.\nThe other one."}, "lessons",
         [{"id": "l1", "text": "One; of them."}, {"id": "l2", "text": "The other one."}]),
        ({"Lesson 1": "One of them."}, "lessons", [{"id": "l1", "text": "One of them."}]),
        ({"lessons": '["One of them."]'}, "lessons", [{"id": "l1", "text": "One of them."}]),
        ({"title_original.language": "espagnol", "title_original.text": "Zepelín"}, "title_original",
         {"language": "es", "text": "Zepelín"}),
        ({"year_start": "2019.0"}, "year_start", 2019),
        ({"Status": "En cours", "status": None}, "status", "ongoing"),
        ({"language": "fr-DZ"}, "language", "fr-DZ"),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(changes: dict[str, str], field: str, value: object) -> None:
    lines = {**GOOD, **changes}
    header = [key for key in lines if lines[key] is not None]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, [lines[key] for key in header]])
    (row,) = files.read(text.getvalue().encode(), "x.csv")
    assert said(row) == [] and row.told and row.told[field] == value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_table_is_read_in_the_usual_encodings_and_says_which_it_is(encoding: str, delimiter: str) -> None:
    lines = {**GOOD, "title": "Un zeppelin pour l’été à Saint-Étienne"}
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([lines.keys(), lines.values()])
    (row,) = files.read(text.getvalue().encode(encoding), "practices.csv")
    assert row.document and row.document.title == lines["title"]
    named = [remark.message for remark in row.remarks]
    expected = {"cp1252": "Windows-1252", "utf-8": "", "utf-8-sig": ""}.get(encoding, "UTF-16")
    assert named == ([f"the file is written in {expected}, not in UTF-8"] if expected else [])


@pytest.mark.parametrize("encoding", ["cp1251", "cp1256", "gb18030", "shift-jis"])
def test_a_text_in_the_encoding_of_another_script_is_not_guessed_at(encoding: str) -> None:
    words = {"cp1251": "Помощь трудящимся", "cp1256": "مساعدة العمال العائدين"}.get(encoding, "移民工人的帮助")
    text = f"title,summary\n{words},{words * 20}\n"
    with pytest.raises(BulkFileInvalid, match="save it as UTF-8"):
        list(files.read(text.encode(encoding, errors="ignore"), "x.csv"))


def test_the_header_may_stand_below_a_title_and_behind_a_line_that_names_the_separator() -> None:
    header, line = ";".join(GOOD), ";".join(GOOD.values())
    for before, number in (("Our practices\n\n", 4), ("sep=;\n", 2), ("", 2)):
        (row,) = files.read(f"{before}{header}\n{line}\n".encode(), "x.csv")
        assert (row.line, row.findings) == (number, [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it is empty"),
        ("\n\n,,\n", "it is empty"),
        ("name,land\nx,y\n", "none of its columns is one of the form's: “name”, “land”, “x”, “y”"),
        ("title,summary,Title\na,b,c\n", "the columns “title” and “Title” are for the same field"),
        ("title,Titre\na,b\n", "the columns “title” and “Titre” are for the same field"),
        ('title,summary\n"a,b\n', "row 2 has quotation marks that do not match"),
        ('title,summary\na,b\n"a"b,c\n', "row 3 has quotation marks that do not match"),
        ("title,summary\na," + "b" * 200_000 + "\n", "row 2 has quotation marks that do not match, or a cell"),
    ],
)
def test_a_text_that_is_no_table_is_refused_with_the_reason(text: str, told: str) -> None:
    with pytest.raises(BulkFileInvalid) as refused:
        list(files.read(text.encode(), "x.csv"))
    assert told in str(refused.value)


def test_a_cell_beyond_the_last_column_is_named_and_not_dropped() -> None:
    (row,) = files.read(b"title\nA zeppelin,what is this\n", "x.csv")
    assert "row 2: “what is this” stands beyond the last column" in [finding.message for finding in row.findings]


INJECTED = ("=1+1", "+41 22 000", "-nothing", "@sum", "\tx", "'=1", "''@x", "'quoted'", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("text", INJECTED)
def test_no_spreadsheet_takes_a_text_for_a_formula_and_the_text_comes_back(text: str) -> None:
    told = {"title": f"{text} title", "lessons": [{"id": "l1", "text": text}], "doubt": text}
    cell_texts = next(
        csv.reader(io.StringIO(write_csv([told]).decode("utf-8-sig").partition("\n")[2], newline=""))
    )
    assert not [cell for cell in cell_texts if cell[:1] in ("=", "+", "-", "@", "\t")]
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx([told])))
    written = [cell for row in book["Entries"].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert written and all(cell.data_type == "s" and cell.value[0] not in "=+-@\t" for cell in written)
    for made, name in ((write_csv([told]), "x.csv"), (write_xlsx([told]), "x.xlsx")):
        (row,) = files.read(made, name)
        assert row.told == {"title": f"{text} title", "lessons": [{"id": "l1", "text": text}]} and row.note == text


ODD = st.text(
    st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\n;|,'\"=[{> ")
) | st.sampled_from([text for text in given.NASTY if text.isprintable() and len(text) < 100])


@settings(max_examples=80)
@drawn(title=ODD, sentences=st.lists(ODD, max_size=3), codes=st.lists(ODD, max_size=3), year=ODD | st.integers())
def test_a_draft_that_breaks_every_rule_comes_back_as_it_was_typed(
    title: str, sentences: list[str], codes: list[str], year: object
) -> None:
    kept = ("title", "barriers", "lessons")
    told = drafts.tidy(
        {
            "title": title,
            "barriers": [{"id": "b7", "text": text} for text in sentences],
            "lessons": [{"text": text} for text in sentences],
            "corridors": [[code, code] for code in codes],
            "year_start": year,
        }
    )
    rows = list(files.read(write_csv([{**told, "doubt": "x"}]), "x.csv"))
    assert [{name: row.told.get(name) for name in kept} for row in rows if row.told is not None] == [
        {name: told.get(name) for name in kept}
    ]


@pytest.mark.parametrize("language", CODES)
def test_the_example_keeps_every_rule(language: str) -> None:
    with override(language):
        assert drafts.judge(example()).findings == []
        assert drafts.to_send(example()) == []


@pytest.mark.parametrize("language", CODES)
def test_the_template_explains_every_column_offers_the_choices_and_holds_no_entry(language: str) -> None:
    made = write_xlsx(None, language)
    assert list(files.read(made, "template.xlsx")) == []
    book = openpyxl.load_workbook(io.BytesIO(made))
    guide, entries, shown, choices = book.worksheets
    assert all(sheet.sheet_view.rightToLeft == (language == "ar") for sheet in book.worksheets)
    explained = {str(cell.value) for cell in guide["E"]}
    assert {ask.name for ask in asks() if not ask.parts} <= explained and "barriers.1.code" in explained
    lists = [offered for offered in entries.data_validations.dataValidation if offered.type == "list"]
    assert len(lists) >= 12 and all(offered.formula1.startswith(f"'{choices.title}'!$") for offered in lists)
    starred = [str(cell.value) for cell in entries[1] if str(cell.value).endswith("*")]
    assert len(starred) == 8, starred
    assert shown.max_row == 2 and entries.max_row == 1


def test_what_the_lists_offer_is_what_is_understood() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(None, "fr")))
    entries, choices = book.worksheets[1], book.worksheets[3]
    for offered in entries.data_validations.dataValidation:
        if offered.type == "list":
            column = columns.column(entries.cell(1, next(iter(offered.sqref.ranges)).min_col).value)
            assert column.ask is not None
            for cell in choices[offered.formula1.partition("!")[2].replace("$", "")][:30]:
                assert cells.understood(column.ask, cell[0].value, "fr")[1] == [], cell[0].value


def test_the_example_copied_below_the_header_is_an_entry() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(None, "es")))
    for cell in book.worksheets[2][2]:
        book.worksheets[1].cell(2, cell.column, cell.value)
    written = io.BytesIO()
    book.save(written)
    (row,) = files.read(written.getvalue(), "x.xlsx")
    assert row.findings == [] and row.document is not None


def workbook(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_no_value_of_a_formula_is_trusted() -> None:
    made = workbook([*GOOD], [*{**GOOD, "title": '="A zeppelin for " & "workers"'}.values()])
    (row,) = files.read(made, "x.xlsx")
    assert said(row)[0] == (
        "row 2, column title: holds a formula. Put its value in its place: copy the cell, then paste values only."
    )
    assert row.document is None and "title" not in (row.told or {})


def test_numbers_days_and_faults_become_text_or_findings() -> None:
    lines = {**GOOD, "year_start": 2019, "year_end": 2021.0, "Lesson 1": datetime.datetime(2020, 3, 1)}
    (row,) = files.read(workbook([*lines], [*lines.values()]), "x.xlsx")
    assert said(row) == [] and row.document
    assert (row.document.year_start, row.document.year_end) == (2019, 2021)
    assert row.document.lessons[0].text == "2020-03-01"
    lines = {**GOOD, "year_start": datetime.datetime(2020, 3, 1), "year_end": "#REF!"}
    (row,) = files.read(workbook([*lines], [*lines.values()]), "x.xlsx")
    assert [finding.message for finding in row.findings] == [
        "row 2, column year_end: holds #REF!",
        "row 2, column year_start: is not a whole number",
    ]


def test_of_two_sheets_with_entries_none_is_read_by_chance() -> None:
    line = [*GOOD.values()]
    with pytest.raises(BulkFileInvalid, match="two of its sheets hold entries, “Sheet” and “Old”"):
        list(files.read(workbook([*GOOD], line, Old=[[*GOOD], line]), "x.xlsx"))
    beside = workbook(["Our notes"], Data=[[*GOOD], line], Example=[[*GOOD], line])
    assert [row.findings for row in files.read(beside, "x.xlsx")] == [[]]


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    told = {"title": "Long", "summary": "x" * 40_000}
    with pytest.raises(BulkFileInvalid, match="32767"):
        write_xlsx([told])
    (row,) = files.read(write_csv([told]), "x.csv")
    assert row.told and row.told["summary"] == told["summary"]


def test_a_row_at_the_bottom_of_a_sheet_is_reached_without_delay() -> None:
    book = openpyxl.Workbook()
    book.active.append([*GOOD])
    for at, value in enumerate(GOOD.values(), start=1):
        book.active.cell(1_000_000, at, value)
    written = io.BytesIO()
    book.save(written)
    (row,) = files.read(written.getvalue(), "x.xlsx")
    assert (row.line, row.findings) == (1_000_000, [])


@pytest.mark.slow
def test_a_workbook_that_libreoffice_saved_again_says_the_same(tmp_path: Any) -> None:
    documents = starter()
    (tmp_path / "all.xlsx").write_bytes(write_xlsx(map(drafts.of, documents), "ar"))
    to = ("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again"))
    office = ("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless")
    subprocess.run([*office, *to, str(tmp_path / "all.xlsx")], check=True, capture_output=True, timeout=120)
    rows = list(files.read(tmp_path / "again" / "all.xlsx"))
    assert [row.document for row in rows] == documents
