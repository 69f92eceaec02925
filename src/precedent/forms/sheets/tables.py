"""A table as entries: one a row, under a header of columns. What is wrong is said by row and column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from precedent.catalogue.bulk import Row
from precedent.catalogue.records import Finding
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms.draft import Draft, judge, place_label, tidy
from precedent.forms.sheets import cells, columns
from precedent.forms.sheets.columns import Column
from precedent.kernel.languages import current

Cell = str | Finding
"""A cell's text, or why there is none that can be trusted."""

HEADER_WITHIN = 10
"""Rows in which a header is looked for: people write a title above it."""


@dataclass(frozen=True)
class Header:
    """The columns of a table, in their order, the row they stand in, and the language of their labels."""

    row: int
    columns: tuple[Column, ...]
    language: str | None

    @cached_property
    def known(self) -> int:
        return sum(bool(column.key) for column in self.columns)

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns if column.key}

    @cached_property
    def parts(self) -> dict[tuple[str, int], list[tuple[str, Column]]]:
        """For each part by name and number: its fields, and their columns."""
        found: dict[tuple[str, int], list[tuple[str, Column]]] = {}
        for column in self.by_key.values():
            if column.group:
                name, number, field = column.group
                found.setdefault((name, number), []).append((field, column))
        return found


def header_of(records: Sequence[Sequence[Cell]]) -> Header | None:
    """The header among the first rows of a table: the one with most of our columns, if any has one."""
    found = [_header(number, record) for number, record in enumerate(records[:HEADER_WITHIN], start=1)]
    best = max(found, key=lambda header: header.known, default=None)
    return best if best is not None and best.known else None


def _header(number: int, record: Sequence[Cell]) -> Header:
    texts = [cell if isinstance(cell, str) else "" for cell in record[: columns.MOST]]
    return Header(number, tuple(columns.column(text) for text in texts), columns.language_of(texts))


def rows(records: Iterator[Sequence[Cell]], name: str) -> Iterator[Row]:
    """The entries of a table, as they are reached. Raises BulkFileInvalid where it has no header of ours."""
    first = list(islice(records, HEADER_WITHIN))
    header = header_of(first)
    if header is None:
        raise BulkFileInvalid(file=name, reason=_no_header(first))
    _must_be_single(header, name)
    for number, record in enumerate(chain(first[header.row :], records), start=header.row + 1):
        if any(map(is_filled, record)):
            yield _Reading(header, number).row(record)


def _no_header(records: Sequence[Sequence[Cell]]) -> str:
    names = [cell for record in records for cell in record if isinstance(cell, str) and cell.strip()][:5]
    if not names:
        return str(_("it is empty"))
    told = ", ".join(f"“{name[:40]}”" for name in names)
    return str(_("none of its columns is one of the form's: {names}")).format(names=told)


def _must_be_single(header: Header, name: str) -> None:
    """Of two columns for one field, neither can be trusted."""
    for column in header.columns:
        if column.key and column is not (first := next(c for c in header.columns if c.key == column.key)):
            told = str(_("the columns “{one}” and “{other}” are for the same field"))
            raise BulkFileInvalid(file=name, reason=told.format(one=first.header, other=column.header))


def is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


class _Reading:
    """One row, being understood: what it tells, and what is wrong with it, column by column."""

    def __init__(self, header: Header, number: int) -> None:
        self.header = header
        self.number = number
        self.told: Draft = {}
        self.groups: dict[str, dict[int, dict[str, Any]]] = {}
        self.own: dict[str, str] = {}
        self.wrong: list[tuple[Column, Finding]] = []

    def row(self, record: Sequence[Cell]) -> Row:
        for column, cell in zip(self.header.columns, record, strict=False):
            if is_filled(cell):
                self._take(column, cell)
        for cell in record[len(self.header.columns) :]:
            if is_filled(cell):
                self.wrong.append((Column(""), _beyond(cell)))
        self._put_groups()
        draft = tidy(self.told)
        judgement = judge(draft)
        found = self._said(draft, judgement.findings)
        document = None if found else judgement.document
        key, note = self.own.get("id", "").strip(), self.own.get("doubt", "")
        return Row(self.number, key, document, note, found, draft, placed=True)

    def _take(self, column: Column, cell: Cell) -> None:
        if isinstance(cell, Finding):
            self.wrong.append((column, cell))
        elif not column.key:
            self.wrong.append((column, _unknown(column)))
        elif column.key in columns.OWN:
            self.own[column.key] = cells.unguarded(cell)
        else:
            self._put(column, cells.unguarded(cell))

    def _put(self, column: Column, text: str) -> None:
        value, wrong = cells.understood(column.ask, text, self.header.language) if column.ask else (text, [])
        self.wrong += [(column, finding) for finding in wrong]
        if column.group:
            name, number, field = column.group
            self.groups.setdefault(name, {}).setdefault(number, {})[field] = value
        elif "." in column.key:
            name, field = column.key.split(".")
            self.told.setdefault(name, {})[field] = value
        else:
            self.told[column.key] = value

    def _put_groups(self) -> None:
        """Parts in the order of their numbers, behind those that a column of the whole field may hold."""
        for name, parts in self.groups.items():
            before = self.told.get(name, [])
            self.told[name] = [
                *(before if isinstance(before, list) else [before]),
                *(parts[n] for n in sorted(parts)),
            ]

    def _places(self, draft: Draft) -> dict[str, Column]:
        """The column of each place in the draft: `barriers.b2.code` stands in `barriers.3.code` if 2 is empty."""
        found = dict(self.header.by_key)
        for name, parts in self.groups.items():
            held = draft.get(name, [])
            for at, number in enumerate(sorted(parts), start=len(held) - len(parts)):
                part = held[at] if 0 <= at < len(held) else None
                id = part.get("id", at) if isinstance(part, dict) else at
                for field, column in self.header.parts[name, number]:
                    found[f"{name}.{id}.{field}"] = column
        return found

    def _said(self, draft: Draft, judged: Sequence[Finding]) -> list[Finding]:
        """Findings in words of the table. What is wrong with a cell is said once."""
        if not self.wrong and not judged:
            return []
        places = self._places(draft)
        place_of = {column.key: place for place, column in places.items()}
        said = [
            replace(finding, field=place_of.get(column.key, "row"), message=self._in_column(column, finding))
            for column, finding in self.wrong
        ]
        named = {column.key for column, _finding in self.wrong}
        for finding in judged:
            column = _nearest(finding.field, places)
            if column is None:
                said.append(replace(finding, message=self._in_row(finding, _named(finding.field, places))))
            elif column.key not in named:
                said.append(replace(finding, message=self._in_column(column, finding)))
        return said

    def _in_column(self, column: Column, finding: Finding) -> str:
        told = _("row {row}, column {column}: {message}") if column.header else _("row {row}: {message}")
        return str(told).format(row=self.number, column=column.header, message=finding.message)

    def _in_row(self, finding: Finding, field: str) -> str:
        told = str(_("row {row}: {field}: {message}"))
        return told.format(row=self.number, field=field, message=finding.message)


def _named(place: str, places: dict[str, Column]) -> str:
    """What a place without a column is called; a part by the number that it has in the table."""
    name, *rest = place.split(".")
    part = f"{name}.{rest[0]}." if rest else None
    beside = next((column for at, column in places.items() if part and at.startswith(part)), None)
    if beside is None or beside.group is None:
        return place_label(place, {})
    return columns.label(".".join((name, str(beside.group[1]), *rest[1:])), current().code)


def _nearest(place: str, places: dict[str, Column]) -> Column | None:
    """The column of a place, or of what it is a part of: `topics.2` stands in `topics`."""
    while place and place not in places:
        place = place.rpartition(".")[0]
    return places.get(place)


def _unknown(column: Column) -> Finding:
    meant = columns.near(column.header)
    hint = (
        str(_("Did you mean “{near}”?")).format(near=meant) if meant else str(_("Remove it, or check its name."))
    )
    message = _("is no column of the form") if column.header else _("the column has no name")
    return Finding("", "column-unknown", str(message), hint)


def _beyond(cell: Cell) -> Finding:
    told = cell if isinstance(cell, str) else cell.message
    message = str(_("“{written}” stands beyond the last column")).format(written=told[:80])
    return Finding("", "cell-beyond", message, str(_("Put it under the column it belongs to.")))
