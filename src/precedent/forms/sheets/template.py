"""The workbook: entries under the form's labels; beside them guidance, lists to choose from and an example."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import override
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter, quote_sheetname  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms import matching
from precedent.forms.asks import Ask, Kind, Need, asks
from precedent.forms.draft import Draft, tidy
from precedent.forms.sheets import cells, columns
from precedent.forms.sheets.example import example
from precedent.forms.sheets.workbooks import CHOICES, ENTRIES, EXAMPLE, GUIDANCE, sheet_name
from precedent.forms.sheets.writing import Line, line_of
from precedent.kernel.languages import FALLBACK, direction

PARTS = 3
"""How many barriers, measures, sources … an empty workbook has columns for; more may be added."""
FREE_ROWS = 500
"""Rows below the entries in which lists are offered, too."""
LONGEST_CELL = 32_767
LONGEST_PROMPT, LONGEST_TITLE = 255, 32

WIDTHS = {Kind.PROSE: 60, Kind.YEAR: 10, Kind.ONE: 26, Kind.LANGUAGE: 16, Kind.SEVERAL: 34}
WIDTH = 30

HEAD = Font(bold=True)
SHADE = PatternFill("solid", fgColor="E8EEF4")
WRAPPED = Alignment(wrap_text=True, vertical="top")
AS_TEXT = "@"
"""The format of a cell in which nothing that is typed becomes a formula, a date or a number."""


@dataclass(slots=True)
class _Made:
    """A workbook being made, in a language; where the choices of each vocabulary stand in it."""

    language: str
    book: Any = field(default_factory=Workbook)
    ranges: dict[str, str] = field(default_factory=dict)

    def sheet(self, title: str | Promise) -> Any:
        made = self.book.create_sheet(sheet_name(str(title)))
        made.sheet_view.rightToLeft = direction(self.language) == "rtl"
        return made


def write_xlsx(drafts: Iterable[Draft] | None = None, language: str = FALLBACK) -> bytes:
    """Drafts as a workbook with labels in a language; without any, a template to be filled in.

    Raises BulkFileInvalid where a text is longer than a cell may be.
    """
    with override(language):
        made = _Made(language)
        made.book.remove(made.book.active)
        given = [tidy(draft) for draft in drafts or ()]
        keys = columns.columns_for(given, parts=0 if drafts else PARTS)
        guide, entries, shown, choices = map(made.sheet, (GUIDANCE, ENTRIES, EXAMPLE, CHOICES))
        _guide(guide, language)
        _fill(entries, keys, [line_of(draft, language) for draft in given], language)
        _fill(shown, keys, [line_of(tidy(example()), language)], language)
        _list_choices(choices, made)
        _offer_choices(entries, keys, len(given), made)
        made.book.active = entries
        written = io.BytesIO()
        made.book.save(written)
    return written.getvalue()


def _fill(sheet: Any, keys: Sequence[str], lines: Sequence[Line], language: str) -> None:
    """A header of labels, and a row for each entry."""
    for at, key in enumerate(keys, start=1):
        ask = columns.column(key).ask
        head = sheet.cell(1, at, _header(key, language))
        head.font, head.fill, head.alignment = HEAD, SHADE, WRAPPED
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = WIDTHS.get(ask.kind, WIDTH) if ask else WIDTH
        if ask is None or ask.kind is not Kind.YEAR:
            sheet.column_dimensions[letter].number_format = AS_TEXT
    for number, line in enumerate(lines, start=2):
        for at, key in enumerate(keys, start=1):
            if key in line:
                _write(sheet.cell(number, at), line[key])
    sheet.freeze_panes = "B2"


def _write(cell: Any, value: str | int) -> None:
    cell.alignment = WRAPPED
    if isinstance(value, int):
        cell.value = value
        return
    text = str(ILLEGAL_CHARACTERS_RE.sub("", value))
    if len(text) > LONGEST_CELL:
        told = _("a text is longer than the {most} characters of a cell: take a table of text (.csv)")
        raise BulkFileInvalid(file=_("The workbook"), reason=told.format(most=LONGEST_CELL))
    cell.value, cell.number_format = text, AS_TEXT


def _header(key: str, language: str) -> str:
    """The label, with a star where nothing can begin without it. Ids of parts have no label."""
    ask = columns.column(key).ask
    if ask is None and key not in columns.OWN:
        return key
    told = columns.header(key, language)
    return f"{told} *" if ask and _need(key, ask) is Need.SENDING else told


def _need(key: str, ask: Ask) -> Need:
    """How needed a column is: of several parts, the first has what they are needed for."""
    name, *rest = key.split(".")
    whole = next(whole for whole in asks() if whole.name == name)
    if not rest:
        return ask.need
    first = len(rest) == 1 or rest[0] in ("1", columns.ANY)
    return whole.need if first and ask.need is not Need.NONE else Need.NONE


NEEDED = {Need.SENDING: _lazy("to begin *"), Need.PUBLICATION: _lazy("before publication"), Need.NONE: ""}


def _guide(sheet: Any, language: str) -> None:
    """How to fill in the workbook, and what each column is for."""
    sheet.cell(1, 1, _("How to fill in this workbook")).font = Font(bold=True, size=14)
    told = (
        _("Each row of the sheet “{entries}” is one entry; the row of labels at its top stays.").format(
            entries=ENTRIES
        ),
        _("Where there is a list, choose from it. The sheet “{choices}” has all of them.").format(choices=CHOICES),
        _("Several answers in one cell are separated by semicolons: “; ”. A corridor is written PH > SA."),
        _("More barriers, measures or sources: copy a column to the end, and count the number in its label up."),
        _("Formulas and macros are not read. What is not known stays empty."),
    )
    for number, sentence in enumerate(told, start=2):
        sheet.cell(number, 1, sentence)
    head = (_("Column"), _("What to put there"), _("Needed"), _("Example"), _("Key"))
    shown = line_of(tidy(example()), language)
    lines = [head, *(_explained(key, shown, language) for key in columns.own_and_asked())]
    for number, line in enumerate(lines, start=len(told) + 3):
        for at, text in enumerate(line, start=1):
            cell = sheet.cell(number, at)
            _write(cell, text)
            if line is head:
                cell.font, cell.fill = HEAD, SHADE
    for letter, width in zip("ABCDE", (40, 60, 20, 60, 24), strict=True):
        sheet.column_dimensions[letter].width = width


def _explained(key: str, shown: Line, language: str) -> tuple[str | int, ...]:
    first = key.replace(columns.ANY, "1")
    ask = columns.column(first).ask
    if ask is None:
        return columns.label(key, language), _("You may leave it empty."), "", "", key
    return (
        columns.header(first, language),
        str(ask.about.help),
        str(NEEDED[_need(first, ask)]),
        shown.get(first, ""),
        first,
    )


def _list_choices(sheet: Any, made: _Made) -> None:
    """Every vocabulary in a column of its own, as its terms are written in the cells."""
    named = {
        ask.about.vocabulary: ask for whole in asks() for ask in (whole, *whole.parts) if ask.about.vocabulary
    }
    for at, (vocabulary, ask) in enumerate(named.items(), start=1):
        letter = get_column_letter(at)
        head = sheet.cell(1, at, str(ask.label))
        head.font, head.fill = HEAD, SHADE
        labels = matching.choices(made.language, str(vocabulary))
        for number, (code, label) in enumerate(labels.items(), start=2):
            long = vocabulary in cells.LONG_LABELS
            _write(sheet.cell(number, at), f"{code}: {label}" if long else cells.named(ask, code, made.language))
        sheet.column_dimensions[letter].width = 40
        made.ranges[str(vocabulary)] = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${len(labels) + 1}"
    sheet.freeze_panes = "A2"


def _offer_choices(sheet: Any, keys: Sequence[str], filled: int, made: _Made) -> None:
    """At each column what to put there, and its list, where one of its terms is to be chosen."""
    offered: dict[Ask, Any] = {}
    for at, key in enumerate(keys, start=1):
        ask = columns.column(key).ask
        if ask is not None:
            letter = get_column_letter(at)
            offered.setdefault(ask, _offer(ask, made)).add(f"{letter}2:{letter}{filled + 1 + FREE_ROWS}")
    for validation in offered.values():
        sheet.add_data_validation(validation)


def _offer(ask: Ask, made: _Made) -> Any:
    one = ask.kind in (Kind.ONE, Kind.LANGUAGE)
    return DataValidation(
        type="list" if one else None,
        formula1=made.ranges[str(ask.about.vocabulary)] if one else None,
        allow_blank=True,
        showErrorMessage=one,
        errorStyle="warning",
        errorTitle=_("Not in the list")[:LONGEST_TITLE],
        error=_("Choose one of the list, so that it is understood.")[:LONGEST_PROMPT],
        showInputMessage=True,
        promptTitle=str(ask.label)[:LONGEST_TITLE],
        prompt=str(ask.about.help)[:LONGEST_PROMPT],
    )
