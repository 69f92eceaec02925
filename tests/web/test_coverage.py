"""Coverage as people meet it: matrix, empty cells, where least is known; and what can be carried away."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from defusedxml import ElementTree  # type: ignore[import-untyped]
from django.test import Client
from PIL import Image

from precedent.search import engine, keeper
from precedent.search.dimensions import DIMENSIONS, periods
from precedent.search.request import parse
from tests import given

pytestmark = pytest.mark.django_db

CELL = re.compile(r'<td role="cell"><a href="([^"]+)">.*?<span>([\d,]+)</span></a></td>', re.DOTALL)
EMPTY = re.compile(r'<td role="cell" class="none">.*?<a href="([^"]+)"', re.DOTALL)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def count_at(client: Client, address: str) -> int:
    told = client.get(address.replace("/en/search", "/api/v1/entries")).json()
    return int(told["count"])


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "?rows=region&columns=group",
        "?rows=year&columns=question&group=women",
        "?show=results",
        "?show=independent&columns=direction",
        "?rows=question&columns=level&q=recruitment",
    ],
)
def test_every_number_leads_to_exactly_its_entries_and_every_zero_to_what_can_be_done(
    client: Client, asked: str
) -> None:
    page = text(client, f"/en/coverage{asked}")
    cells, empty = CELL.findall(page), EMPTY.findall(page)
    assert cells
    for address, number in cells[:: max(1, len(cells) // 12)]:
        assert count_at(client, unescape(address)) == int(number.replace(",", "")), address
    for address in empty[:: max(1, len(empty) // 4)]:
        gap = text(client, unescape(address))
        assert "None recorded yet" in gap and "/en/contribute?" in gap


def test_the_matrix_opens_with_every_question_from_both_sides(client: Client) -> None:
    page = text(client, "/en/coverage")
    assert len(CELL.findall(page)) + len(EMPTY.findall(page)) == 146
    assert "141 of 146 cells hold at least one entry; 5 hold none." in page
    assert "Edition 1 of the framework" in page


def test_countries_are_counted_where_they_are_asked_for(client: Client) -> None:
    page = text(client, "/en/coverage?show=countries&rows=area")
    _address, number = CELL.findall(page)[0]
    asked = parse({"area": ["A"], "perspective": ["destination"]})
    assert int(number) == len(engine.ask(asked).facets["country"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("?rows=nonsense", "We do not know “nonsense” here"),
        ("?rows=area&columns=area", "Rows and columns have to differ"),
        ("?rows=perspective", "Rows and columns have to differ"),
        ("?show=<script>", "We do not know “&lt;script&gt;” here"),
        ("?group=nobody", "We do not know the value “nobody”"),
        ("?edition=9", "We do not know the value “9”"),
    ],
)
def test_what_is_not_understood_is_left_out_and_said(client: Client, asked: str, said: str) -> None:
    assert said in text(client, f"/en/coverage{asked}")


def test_the_table_to_carry_away_tells_every_cell(client: Client) -> None:
    answer = client.get("/en/coverage.csv?rows=year&columns=perspective")
    assert answer["Content-Type"].startswith("text/csv")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(io.StringIO(content)))
    assert len(lines) == 1 + 2 * len(periods())
    for line in lines[1:]:
        # A period that begins with a minus sign is no formula.
        assert not line[1].startswith("-")
        count = count_at(client, line[5].replace("http://testserver", "")) if line[4] != "0" else 0
        assert count == int(line[4])


@pytest.mark.parametrize("language", ["en", "ar", "zh", "ru"])
def test_the_pictures_are_drawings_and_pictures(client: Client, language: str) -> None:
    drawing = client.get(f"/{language}/coverage.svg")
    assert ElementTree.fromstring(drawing.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert drawing.content == client.get(f"/{language}/coverage.svg").content
    picture = Image.open(io.BytesIO(client.get(f"/{language}/coverage.png?rows=group&columns=region").content))
    assert picture.format == "PNG" and picture.width > 1_900
    assert len(picture.convert("L").getcolors(256) or []) > 10


@pytest.mark.parametrize("columns", [d for d in DIMENSIONS if d != "question"])
def test_questions_can_be_crossed_with_everything(client: Client, columns: str) -> None:
    assert CELL.search(text(client, f"/en/coverage?columns={columns}"))


def test_the_weakest_questions_come_first_and_every_figure_leads_to_its_list(client: Client) -> None:
    page = text(client, "/en/coverage/least")
    rows = re.findall(r'<tr role="row" id="([a-c]\d\d)".*?</tr>', page, re.DOTALL)
    assert len(rows) == 73
    figures = re.findall(r'<a href="(/en/search[^"]+)">([\d,]+)<span class="vh">', page)
    for address, number in figures[::40]:
        assert count_at(client, unescape(address)) == int(number.replace(",", ""))
    entries = [
        int(cells[0])
        for row in re.findall(r'<tr role="row" id="[a-c]\d\d".*?</tr>', page, re.DOTALL)
        if (cells := re.findall(r">(\d+)(?:<span class=\"vh\">|</span>)", row))
    ]
    assert entries == sorted(entries)
    lines = b"".join(client.get("/en/coverage/least.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert lines.splitlines()[1].startswith(rows[0].upper())


def test_pages_say_that_the_counts_are_coming_back(client: Client, index_of_its_own: Callable[[], None]) -> None:
    for address in ("/en/coverage", "/en/coverage/least", "/en/coverage.csv", "/en/coverage.png"):
        assert client.get(address).status_code == 503
    keeper.rebuild()
    assert client.get("/en/coverage").status_code == 200


def test_a_cell_that_was_filled_meanwhile_says_so(client: Client, index_of_its_own: Callable[[], None]) -> None:
    gap = "/en/coverage/none?question=A17&perspective=origin"
    index_of_its_own()
    assert "None recorded yet" in text(client, gap)
    given.entry(answers=["A17"], perspectives=["origin"])
    index_of_its_own()
    assert "There is 1 entry here now." in text(client, gap)


@pytest.mark.parametrize("address", ["coverage", "coverage?columns=region", "coverage/least", "coverage.csv"])
def test_no_page_asks_the_database_more_than_for_the_revision(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    client.get(f"/en/{address}")
    with django_assert_max_num_queries(4):
        client.get(f"/en/{address}")


def test_programs_are_refused_what_the_page_leaves_out(client: Client) -> None:
    for asked in ("rows=nonsense", "rows=area&columns=area", "group=nobody", "edition=7"):
        answer = client.get(f"/api/v1/coverage?{asked}")
        assert answer.status_code == 422 and answer.json()["ignored"]
