"""Writing drafts as rows of a table: as text here, in a workbook in `template`. Read again, they are the same."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from precedent.forms.asks import Ask, asks
from precedent.forms.draft import Draft, tidy
from precedent.forms.sheets import cells, columns

Line = dict[str, str | int]
"""A row's cells by the keys of their columns."""


def write_csv(drafts: Iterable[Draft]) -> bytes:
    """Drafts as a table of text, with keys and codes. A row's own key and note stand under `id` and `doubt`.

    In UTF-8, with the mark by which spreadsheets know it.
    """
    drafts = [tidy(draft) for draft in drafts]
    keys = columns.columns_for(drafts)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(keys)
    for draft in drafts:
        line = line_of(draft)
        writer.writerow([line.get(key, "") for key in keys])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def line_of(draft: Draft, language: str | None = None) -> Line:
    """A tidy draft as cells; codes with their labels in a language, where one is named."""
    line: Line = {name: cells.guarded(str(draft[name])) for name in columns.OWN if name in draft}
    for ask in asks():
        if ask.name not in draft:
            continue
        value = draft[ask.name]
        if not columns.in_groups(ask, value):
            line[ask.name] = _told(ask, value, language)
        elif isinstance(value, list):
            for number, part in enumerate(value, start=1):
                line |= _part(ask, part, f"{ask.name}.{number}", language)
        else:
            line |= _part(ask, value, ask.name, language)
    return line


def _part(ask: Ask, part: dict[str, Any], place: str, language: str | None) -> Line:
    line: Line = {f"{place}.id": str(part["id"])} if "id" in part else {}
    return line | {
        f"{place}.{inner.name}": _told(inner, part[inner.name], language)
        for inner in ask.parts
        if inner.name in part
    }


def _told(ask: Ask, value: Any, language: str | None) -> str | int:
    told = cells.told(ask, value, language)
    return cells.guarded(told) if isinstance(told, str) else told
