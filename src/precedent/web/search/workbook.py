"""Rows as a workbook, written to the disk row by row: memory does not grow with it."""

from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]
from openpyxl.styles import Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from precedent.kernel.languages import current
from precedent.web.tables import harmless

MOST_ROWS = 1_000_000
"""Rows of a sheet, of the 1,048,576 that there may be. Those that follow stand on another one."""
LONGEST_CELL = 32_767
WIDTH = 24


def as_workbook(file: IO[bytes], header: list[str], rows: Iterable[list[object]]) -> None:
    """Write the workbook into an open file."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, header)
    for number, row in enumerate(rows, start=1):
        if number % MOST_ROWS == 0:
            sheet = _sheet(book, header)
        sheet.append([_cell(value) for value in row])
    book.save(file)


def _sheet(book: Any, header: list[str]) -> Any:
    sheet = book.create_sheet(_("Entries"))
    sheet.sheet_view.rightToLeft = current().direction == "rtl"
    sheet.freeze_panes = "A2"
    for place in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    sheet.append([_head(sheet, text) for text in header])
    return sheet


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(value: object) -> object:
    """A text that a workbook can hold, and that it takes for nothing but a text."""
    if not isinstance(value, str):
        return value
    text = str(harmless(ILLEGAL_CHARACTERS_RE.sub("", value)))
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
