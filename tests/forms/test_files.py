"""Files of any kind, read into the same rows; and those that are none of ours, refused in a sentence."""

import io
import json
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import openpyxl  # type: ignore[import-untyped]
import pytest

from precedent.audit.remembering import one_revision
from precedent.catalogue import bulk, citation, queries
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms import draft as drafts
from precedent.forms import files
from precedent.forms.sheets import write_csv, write_xlsx
from precedent.forms.word.sheet import Origin
from precedent.forms.word.writing import write
from precedent.kernel.refusals import Invalid
from tests import given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def codes_are_read_once(db: None) -> Iterator[None]:
    with one_revision():
        yield


def record() -> dict[str, object]:
    return given.document().as_record()


def as_lines() -> bytes:
    return (json.dumps({"id": "one", **record()}) + "\n").encode()


def as_form() -> bytes:
    return write(drafts.of(given.document()), "en", Origin(key="one"))


def as_sheet(**more: str) -> dict[str, object]:
    return {**drafts.of(given.document()), "id": "one", **more}


def test_one_entry_is_the_same_row_from_every_kind_of_file(tmp_path: Path) -> None:
    kinds = {
        "a.jsonl": as_lines(),
        "b.ndjson": as_lines(),
        "c.json": json.dumps({"id": "one", **record()}).encode(),
        "d.csv": write_csv([as_sheet()]),
        "e.tsv": write_csv([as_sheet()]),
        "f.xlsx": write_xlsx([as_sheet()], "fr"),
        "g.docx": as_form(),
    }
    for name, content in kinds.items():
        (tmp_path / name).write_bytes(content)
        for rows in (list(files.read(content, name)), list(files.read(tmp_path / name))):
            assert [row.findings for row in rows] == [[]], name
            assert [(row.key, row.document) for row in rows] == [("one", given.document())], name
            assert bulk.understood(rows[0]) == record()


def test_what_is_packed_is_known_by_its_content_whatever_its_name() -> None:
    for content in (write_xlsx([as_sheet()]), as_form()):
        for name in ("practices.csv", "practices.xlsx", "practices.docx", "practices", "a.zip"):
            assert [row.document for row in files.read(content, name)] == [given.document()]


def test_a_row_without_a_key_has_one_made_of_its_text_and_a_repeated_one_is_named() -> None:
    told = [drafts.of(given.document()), drafts.of(given.document()), drafts.of(given.document(title="Another"))]
    rows = list(files.read(write_csv(told), "x.csv"))
    assert [[finding.code for finding in row.findings] for row in rows] == [[], ["key-repeated"], []]
    assert rows[0].key.startswith("text-") and rows[0].key != rows[2].key
    assert "the same entry stands in line 2 already" in rows[1].findings[0].message


def test_what_the_api_says_of_an_entry_can_be_loaded_back() -> None:
    for entry in list(queries.changed_since(0))[:40]:
        told = citation.as_data(entry, f"https://example.org/en/entries/{entry.address}")
        (row,) = files.read(json.dumps(told).encode(), f"{entry.id}.json")
        assert (row.key, row.document, row.findings) == (entry.id, entry.document, [])


def test_everything_that_the_api_adds_to_an_entry_is_known_as_such() -> None:
    entry = next(queries.changed_since(0))
    added = citation.as_data(entry, "https://example.org").keys() - entry.document.as_record().keys()
    assert added - {"id"} <= bulk.OF_THE_CATALOGUE


def test_json_that_is_no_entry_is_told_what_to_do() -> None:
    assert [row.line for row in files.read(json.dumps([record(), {}]).encode(), "x.json")] == [1, 2]
    (row,) = files.read(b'"a text"', "x.json")
    assert row.findings[0].code == "not-an-object" and row.document is None
    for content, told in (
        (b'{"count": 1, "items": [], "next": null}', "take each entry from its own address"),
        (b"{", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b'{"title": "\xff"}', "UTF-8"),
    ):
        with pytest.raises(BulkFileInvalid, match=told):
            list(files.read(content, "x.json"))


def zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(part: str, before: bytes, after: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook of ours with something changed in one of its parts, and with more parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write_xlsx([as_sheet()]))) as whole, zipfile.ZipFile(made, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, content.replace(before, after, 1) if name == part else content)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


SHEET = "xl/worksheets/sheet2.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def bomb() -> bytes:
    return zipped(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"<a>" + b" " * 60_000_000})


def locked() -> bytes:
    """A workbook whose parts say that they are encrypted."""
    content = bytearray(zipped(**{"xl/workbook.xml": b"x"}))
    content[6] |= 1
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.xlsx", b"title,summary\n", "it is no workbook"),
        ("x.xlsx", b"PK\x03\x04 and nothing more", "it is damaged"),
        ("x.xlsx", write_xlsx.__doc__.encode() if write_xlsx.__doc__ else b"", "it is no workbook"),
        ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "saved by an old program, or is locked"),
        ("x.csv", b"%PDF-1.7\n", "it is a PDF"),
        ("x.csv", b"\x1f\x8b\x08\x00", "it is compressed"),
        ("x.csv", b"\n <html><table>", "it is a web page"),
        ("x.csv", b"{\\rtf1 x}", "it is rich text"),
        ("x.ods", zipped(**{"mimetype": b"x", "content.xml": b"<x/>"}), "it is an OpenDocument file"),
        ("x.zip", zipped(**{"practices.csv": b"title"}), "it is no workbook (.xlsx) and no form (.docx)"),
        ("x.yaml", b"title: x", "its name ends in none of .jsonl, .ndjson, .json, .csv"),
        ("x", b"title: x", "its name ends in none of"),
        ("x.xlsx", locked(), "it is locked with a password"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_the_reason(name: str, content: bytes, told: str) -> None:
    with pytest.raises(BulkFileInvalid) as refused:
        list(files.read(content, name))
    assert told in str(refused.value)


def test_a_workbook_that_would_do_harm_is_not_opened() -> None:
    head = b"<worksheet"
    for content, told in (
        (bomb(), "it unpacks to more than can be read"),
        (changed(SHEET, head, ENTITIES + head), "its XML defines entities"),
        (changed(SHEET, head, OUTSIDE + head), "its XML defines entities"),
        (changed("xl/workbook.xml", b"<workbook", ENTITIES + b"<workbook"), "its XML defines entities"),
        (changed("", b"", b"", {"xl/vbaProject.bin": b"x"}), "it holds macros"),
        (changed("", b"", b"", {f"xl/{n}": b"" for n in range(2_000)}), "it is damaged"),
        (changed(SHEET, b"<sheetData>", b"<sheetDat"), "it is no workbook that can be read"),
        (changed("[Content_Types].xml", b"<Types", b"<Typos"), "it is no workbook that can be read"),
        (changed(SHEET, head, (ENTITIES + head).decode().encode("utf-16")), "it is no workbook that can be read"),
    ):
        with pytest.raises(BulkFileInvalid) as refused:
            list(files.read(content, "x.xlsx"))
        assert told in str(refused.value)


def test_a_size_that_lies_is_not_believed() -> None:
    content = bytearray(bomb())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(BulkFileInvalid):
        list(files.read(bytes(content), "x.xlsx"))


def test_a_form_that_would_do_harm_is_refused_by_who_reads_forms() -> None:
    for content in (b"no form", zipped(**{"word/document.xml": b"<x/>"}), b"\xd0\xcf\x11\xe0" + bytes(600)):
        with pytest.raises(Invalid):
            list(files.read(content, "x.docx"))


def test_a_workbook_cut_off_anywhere_is_refused_and_makes_no_error() -> None:
    whole = write_xlsx([as_sheet()])
    for length in range(0, len(whole), len(whole) // 40):
        with pytest.raises(Invalid):
            list(files.read(whole[:length], "x.xlsx"))


@pytest.mark.parametrize("text", given.NASTY)
def test_no_text_makes_an_error(text: str) -> None:
    for name in ("x.csv", "x.jsonl", "x.json"):
        try:
            assert all(row.findings for row in files.read(text.encode(), name))
        except Invalid as refused:
            assert str(refused) and refused.advice
    line = ("title\tsummary\n" + "\t".join([text.replace("\n", " ").replace('"', "")] * 2)).encode()
    try:
        assert all(row.findings for row in files.read(line, "x.tsv"))
    except BulkFileInvalid:
        assert "\x00" in text or "\r" in text or len(text) > 1_000


def test_a_form_is_named_by_its_own_places() -> None:
    told = drafts.of(given.document())
    told["countries"] = [{"code": "Philipines", "role": "origin"}]
    del told["measures"]
    (row,) = files.read(write(told, "en"), "x.docx")
    assert row.document is None and row.told and row.told["title"] == told["title"]
    messages = [finding.message for finding in row.findings]
    assert any("“Philipines” is not a country: Philippines?" in message for message in messages)
    assert any(finding.field == "measures" for finding in row.findings)
    assert len({finding.field for finding in row.findings}) == len(row.findings)


class Endless(io.RawIOBase):
    """A table that is made while it is read, and that can be read again."""

    def __init__(self, head: bytes, line: bytes, lines: int) -> None:
        self.head, self.line, self.lines = head, line, lines
        self.size = len(head) + lines * len(line)
        self.at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + {0: 0, 1: self.at, 2: self.size}[whence]
        return self.at

    def tell(self) -> int:
        return self.at

    def readinto(self, into: object) -> int:
        view = memoryview(into)  # type: ignore[arg-type]
        start = self.at
        made = self.head[start:] if start < len(self.head) else b""
        inside = max(start - len(self.head), 0) % len(self.line)
        many = len(view) // len(self.line) + 2
        made = (made + (self.line * many)[inside:])[: min(len(view), self.size - start)]
        view[: len(made)] = made
        self.at += len(made)
        return len(made)


def peak(stream: IO[bytes], name: str) -> tuple[int, int]:
    """How many rows there are, and how many bytes were in use at most while they were read."""
    reader = files.TEXTS[Path(name).suffix]
    tracemalloc.start()
    try:
        count = sum(1 for _row in reader(stream, name))
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["x.csv", "x.jsonl"])
def test_a_file_of_many_rows_is_streamed(name: str) -> None:
    head, line = (b"topics\n", b"health\n") if name == "x.csv" else (b"", b'{"topics": ["health"]}\n')
    few = peak(io.BufferedReader(Endless(head, line, 200)), name)
    many = peak(io.BufferedReader(Endless(head, line, 2_000)), name)
    assert (few[0], many[0]) == (200, 2_000)
    assert many[1] < few[1] + 2_500_000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.csv", "x.jsonl", "x.xlsx"])
def test_a_hundred_thousand_rows_are_read_in_bounded_memory(name: str, tmp_path: Path) -> None:
    text = {"x.csv": b"title\n" + b"A zeppelin\n" * 100_000, "x.jsonl": b'{"title": "A zeppelin"}\n' * 100_000}
    file = tmp_path / name
    if name == "x.xlsx":
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(["title"])
        for _number in range(100_000):
            sheet.append(["A zeppelin"])
        book.save(file)
    else:
        file.write_bytes(text[name])
    tracemalloc.start()
    assert sum(1 for row in files.read(file) if row.findings) == 100_000
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_a_line_without_an_end_is_a_finding_and_not_read_whole() -> None:
    stream = io.BufferedReader(Endless(b"", b"x" * 1_000, 20_000))
    tracemalloc.start()
    (row,) = bulk.lines(stream, "x.jsonl")
    assert row.findings[0].code == "too-long"
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
