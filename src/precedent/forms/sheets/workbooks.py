"""Reading a workbook (.xlsx), row by row. No formula is trusted with its value, and nothing in it is run."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import IO, Any

import openpyxl  # type: ignore[import-untyped]
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from precedent.catalogue.bulk import Row
from precedent.catalogue.records import Finding
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms.sheets import columns, tables
from precedent.forms.sheets.tables import Cell
from precedent.kernel.languages import LANGUAGES

NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
GUIDANCE, ENTRIES, EXAMPLE, CHOICES = _("Guidance"), _("Entries"), _("Example"), _("Choices")
"""The sheets of a workbook of ours; of them, only the entries are read."""


def read(stream: IO[bytes], name: str) -> Iterator[Row]:
    """The entries of a workbook that was looked into. Raises BulkFileInvalid."""
    with _understood(name):
        book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
    try:
        yield from tables.rows(_records(_sheet_of_entries(book, name), name), name)
    finally:
        book.close()


def sheet_name(text: str) -> str:
    """A text as a sheet may be named."""
    return NOT_IN_NAMES.sub(" ", text)[:31]


@contextmanager
def _understood(name: str) -> Iterator[None]:
    """The library has many ways to fail at a file that is none of its own; it also warns of what is no concern."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BulkFileInvalid:
        raise
    except Exception as error:
        raise BulkFileInvalid(file=name, reason=_("it is no workbook that can be read")) from error


def _sheet_of_entries(book: Any, name: str) -> Any:
    """The sheet with the form's columns. Of two such sheets with rows, none is read by chance."""
    headers = {}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible" and sheet.title not in _beside():
            sheet.reset_dimensions()
            headers[sheet] = _known_and_filled(sheet, name)
    if not headers:
        raise BulkFileInvalid(file=name, reason=_("it holds no sheet that is shown"))
    best = max(headers, key=lambda sheet: headers[sheet])
    known, _filled = headers[best]
    others = [
        sheet for sheet, (has, filled) in headers.items() if sheet is not best and filled and 2 * has > known > 1
    ]
    if others:
        told = str(_("two of its sheets hold entries, “{one}” and “{other}”: put them into one"))
        raise BulkFileInvalid(file=name, reason=told.format(one=best.title, other=others[0].title))
    return best


def _known_and_filled(sheet: Any, name: str) -> tuple[int, bool]:
    """How many of our columns a sheet has, and whether there is anything below them."""
    first = [
        record for record, _number in zip(_records(sheet, name), range(3 * tables.HEADER_WITHIN), strict=False)
    ]
    header = tables.header_of(first)
    return (
        (header.known, any(any(map(tables.is_filled, record)) for record in first[header.row :]))
        if header
        else (0, False)
    )


@cache
def _beside() -> frozenset[str]:
    """What our sheets beside the entries are called, in every language."""
    names = set()
    for language in LANGUAGES:
        with override(language.code):
            names |= {sheet_name(str(name)) for name in (GUIDANCE, EXAMPLE, CHOICES)}
    return frozenset(names)


def _records(sheet: Any, name: str) -> Iterator[list[Cell]]:
    rows = iter(sheet.iter_rows(max_col=columns.MOST))
    blank: object = None
    while True:
        with _understood(name):
            row = next(rows, None)
            if row is None:
                return
            # For each of a million rows that are not there, the library hands out one and the same row.
            record = [] if row is blank else [_cell(cell) for cell in row]
            while record and record[-1] == "":
                record.pop()
            blank = row if not record else blank
        yield record


FORMULA = (_("holds a formula"), _("Put its value in its place: copy the cell, then paste values only."))
FAULT = (_("holds {fault}"), _("Put in its place what was meant."))


def _cell(cell: Any) -> Cell:
    """A cell as text; a formula or a fault as a finding."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Finding("", "formula", str(FORMULA[0]), str(FORMULA[1]))
    if cell.data_type == "e":
        return Finding("", "cell-fault", str(FAULT[0]).format(fault=value), str(FAULT[1]))
    return _text(value)


def _text(value: object) -> str:
    """A number as it is read aloud, a day in the order year, month, day."""
    match value:
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)
