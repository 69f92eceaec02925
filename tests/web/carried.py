"""The files of a search, read by other means than they were written."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

from docx import Document
from openpyxl import load_workbook  # type: ignore[import-untyped]

ID = re.compile(r"PPD-\d{6}")


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows_of_workbook(data: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()]


def records_of_ris(data: bytes) -> list[dict[str, str]]:
    """Each line is a tag, two blanks, a dash, a blank and a value; TY begins a record and ER ends it."""
    records: list[dict[str, str]] = []
    inside = False
    for line in data.decode().split("\r\n")[:-1]:
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line)
        assert found, line
        tag, value = found[1], found[2]
        assert (tag == "TY") is not inside, line
        inside = tag != "ER"
        if tag == "TY":
            records.append({})
        assert tag not in records[-1]
        records[-1][tag] = value
    assert not inside
    return records


def records_of_bibtex(data: bytes) -> list[dict[str, str]]:
    """Each record is its key, a field a line in balanced braces, and a brace that closes it."""
    records: list[dict[str, str]] = []
    inside = False
    for line in data.decode().split("\n")[:-1]:
        if begins := re.fullmatch(r"@misc\{(PPD-\d{6}),", line):
            assert not inside
            records.append({"key": begins[1]})
        elif found := re.fullmatch(r"  ([a-z]+) = \{(.*)\},", line):
            assert inside and found[2].count("{") == found[2].count("}")
            records[-1][found[1]] = found[2]
        else:
            assert line == "}" and inside, line
        inside = line != "}"
    assert not inside
    return records


def text_of_word(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


READ: dict[str, Callable[[bytes], list[str]]] = {
    "csv": lambda data: [row[0] for row in rows_of_csv(data)[1:]],
    "xlsx": lambda data: [row[0] for row in rows_of_workbook(data)[1:]],
    "jsonl": lambda data: [json.loads(line)["id"] for line in data.decode().split("\n")[:-1]],
    "ris": lambda data: [record["ID"] for record in records_of_ris(data)],
    "bib": lambda data: [record["key"] for record in records_of_bibtex(data)],
    "docx": lambda data: [line[:10] for line in text_of_word(data) if ID.match(line)],
}
"""The identifiers in a file of each kind, in its order, read by other means than it was written."""
