"""A search carried away: every kind of file has exactly its entries, in its order, whatever they say."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from defusedxml import ElementTree  # type: ignore[import-untyped]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import deactivate
from docx import Document
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from precedent.catalogue import actions, bulk, placing, queries
from precedent.search import whole
from precedent.search.facets import facets
from precedent.search.request import Sort, parse
from precedent.search.whole import every
from precedent.web.search import paper
from tests import given
from tests.web.carried import READ, records_of_bibtex, records_of_ris, rows_of_csv, rows_of_workbook, text_of_word

pytestmark = pytest.mark.django_db

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def sent(answer: Any) -> bytes:
    """What came, to the last byte."""
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def fetched(client: Client, kind: str, asked: str = "", language: str = "en") -> bytes:
    return sent(client.get(f"/{language}/search.{kind}{asked}"))


def listed(asked: dict[str, list[str]]) -> list[str]:
    return [id for page in every(parse(asked)).pages for id in page]


def address(asked: dict[str, list[str]]) -> str:
    return parse(asked).query_string


REQUESTS: list[dict[str, list[str]]] = [
    {},
    {"q": ["recruitment"], "country": ["NP", "PH"]},
    {"q": ["عمال"], "sort": ["title"]},
    {"group": ["domestic-workers"], "sort": ["confirmed"], "page": ["3"], "size": ["5"]},
    {"year_from": ["2010"], "year_to": ["2012"], "outcome": ["mixed"], "edition": ["1"]},
]


@pytest.mark.parametrize("asked", REQUESTS, ids=str)
@pytest.mark.parametrize("kind", TYPES)
def test_each_file_has_exactly_the_entries_of_the_search_in_its_order(
    client: Client, kind: str, asked: dict[str, list[str]]
) -> None:
    assert READ[kind](fetched(client, kind, address(asked))) == listed(asked)


@drawn(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_so_it_is_with_any_filters(client: Client, data: st.DataObject) -> None:
    entry = queries.any_entry(f"PPD-{data.draw(st.integers(1, 300)):06d}")
    asked = {
        parameter: [data.draw(st.sampled_from(codes))]
        for parameter in data.draw(st.sets(st.sampled_from(sorted(facets())), min_size=1, max_size=3))
        if (codes := facets()[parameter].codes_of(entry))
    }
    asked["sort"] = [data.draw(st.sampled_from(Sort))]
    expected = listed(asked)
    for kind in ("csv", "jsonl", "ris", "bib", "docx"):
        assert READ[kind](fetched(client, kind, address(asked))) == expected, kind


@pytest.mark.parametrize("kind", TYPES)
def test_a_file_says_what_it_is_and_has_a_name(client: Client, kind: str) -> None:
    answer = client.get(f"/fr/search.{kind}?q=nepal")
    assert answer["Content-Type"] == TYPES[kind]
    assert answer["Content-Disposition"] == f'attachment; filename="precedent-search.{kind}"'
    assert sent(answer)
    head = client.head(f"/fr/search.{kind}?q=nepal")
    assert head.status_code == 200 and head["Content-Type"] == TYPES[kind]
    assert client.post(f"/fr/search.{kind}?q=nepal").status_code == 405


def test_another_kind_of_file_is_not_there(client: Client) -> None:
    for kind in ("pdf", "CSV", "csv.csv", "%00"):
        assert client.get(f"/en/search.{kind}").status_code == 404


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_not_understood_is_left_out_as_on_the_page(client: Client, kind: str) -> None:
    odd = "?q=nepal&colour=blue&country=XX&page=x&sort=best&all=country&year_from=last"
    assert READ[kind](fetched(client, kind, odd)) == listed({"q": ["nepal"]})


@pytest.mark.parametrize("kind", TYPES)
def test_a_search_that_finds_nothing_is_a_file_with_nothing_in_it(client: Client, kind: str) -> None:
    assert READ[kind](fetched(client, kind, "?q=quarrelsome")) == []


@pytest.mark.parametrize("kind", TYPES)
def test_while_the_index_is_away_a_page_says_so_and_no_file_begins(
    client: Client, kind: str, index_of_its_own: Callable[[], None]
) -> None:
    answer = client.get(f"/en/search.{kind}")
    assert answer.status_code == 503 and answer["Retry-After"] == "5"
    assert "Search is coming back." in answer.content.decode() and "Content-Disposition" not in answer.headers


@pytest.mark.parametrize("kind", ["csv", "jsonl", "ris", "bib"])
def test_what_is_withdrawn_while_a_file_is_sent_is_left_out(
    client: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "TOGETHER", 3)
    ids = listed({})
    pieces = iter(client.get(f"/en/search.{kind}").streaming_content)  # type: ignore[attr-defined]
    begun = next(pieces)
    actions.unpublish(queries.entry(ids[7]), "For a test.", by=given.EDITOR)
    assert READ[kind](begun + b"".join(pieces)) == [id for id in ids if id != ids[7]]


@pytest.mark.parametrize("kind", TYPES)
def test_queries_are_two_for_each_batch_however_many_entries_there_are(
    client: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(together: int) -> int:
        monkeypatch.setattr(whole, "TOGETHER", together)
        with CaptureQueriesContext(connection) as made:
            fetched(client, kind)
        return len(made)

    asked(200)
    count = len(listed({}))
    few, many = asked(100), asked(20)
    assert many - few <= 2 * (-(-count // 20) - -(-count // 100))
    assert few <= 2 * -(-count // 100) + 3


def test_text_is_sent_before_all_of_it_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "TOGETHER", 10)
    for kind in ("csv", "jsonl", "ris", "bib"):
        pieces = iter(client.get(f"/en/search.{kind}").streaming_content)  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as made:
            next(pieces)
            next(pieces)
        assert len(made) <= 2, kind


def test_a_table_is_in_the_language_of_its_address_though_the_page_is_done(client: Client) -> None:
    answer = client.get("/fr/search.csv?country=NP&country=PH")
    deactivate()
    header, *rows = rows_of_csv(sent(answer))
    assert "Pays" in header
    assert all("Népal" in row[9] or "Philippines" in row[9] for row in rows)
    assert all("/fr/entries/PPD-" in row[1] for row in rows)


def test_a_table_has_names_for_people_and_codes_for_programs(client: Client) -> None:
    entry = queries.entry("PPD-000001")
    header, row = rows_of_csv(fetched(client, "csv", f"?q=%22{entry.document.title}%22&size=1"))[:2]
    assert len(header) == len(set(header)) == len(row)
    told = dict(zip(header, row, strict=True))
    document = entry.document
    assert told["Identifier"] == entry.id and told["Address"].endswith("/en/entries/PPD-000001")
    assert told["Title"] == document.title and told["Summary"] == document.summary
    assert told["Countries (codes)"] == "; ".join(country.code for country in document.countries)
    assert told["Barrier (codes)"] == "; ".join(barrier.code for barrier in document.barriers)
    assert told["What stood in the way"] == "; ".join(barrier.text for barrier in document.barriers)
    assert told["What was done about it"] == "; ".join(measure.text for measure in document.measures)
    assert told["Outcome (codes)"] == "; ".join(result.outcome for result in document.results)
    assert told["Guiding questions"] == "; ".join(document.answers)
    assert set(document.instruments) <= set(told["Instruments (codes)"].split("; "))
    for heading in (name for name in header if name.endswith(" (codes)")):
        names = told[heading.removesuffix(" (codes)")]
        assert bool(names) == bool(told[heading])
    assert told["First year"] == str(document.year_start or "")
    assert (told["Revision"], told["Last confirmed"]) == ("1", "")
    assert rows_of_workbook(fetched(client, "xlsx", f"?q=%22{document.title}%22"))[0] == header


def test_questions_are_those_of_the_edition_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "answers", lambda _entry, edition=None: (f"of {edition}",))
    for asked, expected in (("", "of None"), ("&edition=1", "of 1")):
        header, row = rows_of_csv(fetched(client, "csv", f"?q=nepal{asked}"))[:2]
        assert row[header.index("Guiding questions")] == expected


FORMULA = '=HYPERLINK("http://example.org";"here") {\\input} 50% & #1_a $x ~^ \u202etxt'
LONG = 'a sentence; with a semicolon, "marks" & <tags> \u2028 and 移民 والمهاجر 🙂 '


@pytest.fixture
def nasty(index_of_its_own: Callable[[], None]) -> str:
    """An entry whose every text is hard to put into a file."""
    texts = [text for text in given.NASTY if len(text) < 100]
    entry = given.entry(
        title=FORMULA,
        summary=f"+{LONG * 3}{' '.join(texts)}",
        language="ar",
        barriers=[{"code": "language", "text": f"@{LONG}"}],
        measures=[{"text": f"-{LONG}", "instrument": "hotline-or-app"}],
        results=[{"text": f"={LONG}", "outcome": "positive", "evidence": "monitoring"}],
        references=[
            {
                "url": "https://example.org/a?b=c&d=%22'\\x",
                "title": "</w:t>",
                "publisher": "&#0;",
                "language": "he",
            }
        ],
    )
    index_of_its_own()
    return entry.id


def test_what_a_table_program_would_run_it_takes_for_text(client: Client, nasty: str) -> None:
    rows = rows_of_csv(fetched(client, "csv"))
    assert rows[1][0] == nasty and rows[1][2] == f"'{queries.entry(nasty).document.title}"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = load_workbook(io.BytesIO(fetched(client, "xlsx")))
    assert {cell.data_type for row in book.active.iter_rows() for cell in row} <= {"inlineStr", "s", "n"}
    assert book.active.cell(2, 3).value == rows[1][2]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nasty_texts_come_through_in_every_kind(client: Client, nasty: str, kind: str, language: str) -> None:
    read = READ[kind](fetched(client, kind, language=language))
    assert (read[0], len(read)) == (nasty, 335)


def test_nasty_texts_are_the_same_again(client: Client, nasty: str) -> None:
    document = queries.entry(nasty).document
    told = json.loads(fetched(client, "jsonl").split(b"\n")[0])
    assert told["title"] == document.title and told["summary"] == document.summary
    assert records_of_ris(fetched(client, "ris"))[0]["AB"] == document.summary
    text = text_of_word(fetched(client, "docx"))
    assert document.title in text and document.summary in text
    assert any("&#0;" in line and "</w:t>" in line for line in text)
    assert "%5Cx&quot; " in part(fetched(client, "docx"), "word/document.xml")


def test_json_lines_are_what_load_reads(client: Client) -> None:
    rows = list(bulk.lines(io.BytesIO(fetched(client, "jsonl")), "search.jsonl"))
    assert len(rows) == len(listed({})) > 300
    for row in rows:
        entry = queries.entry(row.key)
        assert row.findings == [] and row.document == entry.document


def test_references_name_title_address_and_revision(client: Client) -> None:
    for record in records_of_ris(fetched(client, "ris")):
        assert record["TI"] == queries.entry(record["ID"]).document.title
        assert record["UR"].endswith(f"/en/entries/{record['ID']}") and record["ET"] == "Revision 1"
    for record in records_of_bibtex(fetched(client, "bib")):
        assert record["number"] == record["key"] and record["url"].endswith(f"/en/entries/{record['key']}")


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(name).decode()
    ElementTree.fromstring(text)
    return text


def test_a_word_file_is_a_list_to_be_read(client: Client) -> None:
    data = fetched(client, "docx", "?q=recruitment&country=NP")
    lines = Document(io.BytesIO(data)).paragraphs
    styled = {line.style.name for line in lines if line.style}
    assert styled == {"Title", "Subtitle", "Heading 1", "Heading 2", "Body Text", "List Paragraph"}
    text = [line.text for line in lines]
    assert text[0] == "Policies and practices found" and "Search words: recruitment" in text
    assert "Country: Nepal" in text
    told_in_xml = part(data, "word/document.xml")
    found = listed({"q": ["recruitment"], "country": ["NP"]})
    assert f"{len(found)} entries" in text
    titles = [line.text for line in lines if line.style and line.style.name == "Heading 1"]
    assert titles == [queries.entry(id).document.title for id in found]
    for id in found:
        document = queries.entry(id).document
        assert document.summary in text
        told = [barrier.text for barrier in document.barriers]
        told += [measure.text for measure in document.measures] + [result.text for result in document.results]
        for sentence in told:
            assert any(line.endswith(f": {sentence}") for line in text)
        for source in document.references:
            assert any(line.startswith(source.title) for line in text)
            assert f' HYPERLINK &quot;{escape(source.url)}&quot; "' in told_in_xml
    assert "documentProtection" not in part(data, "word/settings.xml")


def test_a_word_file_runs_from_right_to_left_in_arabic_and_english_texts_in_it_do_not(client: Client) -> None:
    data = fetched(client, "docx", "?q=recruitment&country=NP", "ar")
    assert "<w:pPr><w:bidi/></w:pPr>" in part(data, "word/styles.xml")
    told = part(data, "word/document.xml")
    assert '<w:cols w:num="1" w:space="397"/><w:bidi/></w:sectPr>' in told
    title = queries.entry(listed({"q": ["recruitment"], "country": ["NP"]})[0]).document.title
    heading = '<w:pStyle w:val="Heading1"/><w:bidi w:val="0"/></w:pPr><w:r><w:rPr><w:rtl w:val="0"/>'
    assert told.index(heading) < told.index(title)


def test_a_long_word_file_ends_and_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "These are the first 3. The other files, such as Excel and JSON lines, hold all of them."
    assert sentence not in text_of_word(fetched(client, "docx"))
    monkeypatch.setattr(paper, "MOST", 3)
    data = fetched(client, "docx")
    assert READ["docx"](data) == listed({})[:3]
    assert sentence in text_of_word(data)


def test_a_workbook_goes_on_on_another_sheet_where_one_is_full(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("precedent.web.search.workbook.MOST_ROWS", 100)
    book = load_workbook(io.BytesIO(fetched(client, "xlsx")))
    rows = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert len(book.sheetnames) == -(-len(listed({})) // 100)
    assert max(sheet.max_row for sheet in book) == 101
    assert [row[0] for row in rows if row[0] != "Identifier"] == listed({})


LINK = re.compile(r'<a href="(/en/search\.(\w+)[^"]*)" rel="nofollow" download>')


def test_the_page_leads_to_each_file_of_its_whole_list(client: Client) -> None:
    page = client.get("/en/search?q=recruitment&country=NP&sort=title&page=2&size=5&all=country").content.decode()
    assert "left it out" not in page
    links = {kind: address.replace("&amp;", "&") for address, kind in LINK.findall(page)}
    assert list(links) == list(TYPES)
    for kind, leads in links.items():
        assert leads == f"/en/search.{kind}?q=recruitment&country=NP&sort=title"
    assert READ["csv"](sent(client.get(links["csv"]))) == listed(
        {"q": ["recruitment"], "country": ["NP"], "sort": ["title"]}
    )


def test_where_nothing_is_found_there_is_nothing_to_take_along(client: Client) -> None:
    page = client.get("/en/search?q=quarrelsome").content.decode()
    assert not LINK.search(page) and "Take this list along" not in page
