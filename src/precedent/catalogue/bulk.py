"""Entries in a file: JSON lines with the keys of `data/README.md`. Reading only; nothing is stored here."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from precedent.catalogue import rules
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Finding
from precedent.catalogue.refusals import BulkFileInvalid

SUFFIXES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a bulk file as it was understood: either a document that keeps the rules, or findings."""

    line: int
    key: str
    document: EntryDocument | None
    note: str = ""
    findings: list[Finding] = field(default_factory=list)


def read(file: Path | Traversable) -> Iterator[Row]:
    """Each line of a file, in order. Raises BulkFileInvalid where it is no such file at all."""
    if Path(file.name).suffix.lower() not in SUFFIXES:
        raise BulkFileInvalid(file=file.name, reason=_("its name does not end in .jsonl"))
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise BulkFileInvalid(file=file.name, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise BulkFileInvalid(file=file.name, reason=_("it is not written in UTF-8")) from error
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _unless_repeated(_row(number, line), seen)


def _unless_repeated(row: Row, seen: dict[str, int]) -> Row:
    """Two lines with one key would be one entry: the second is named, not dropped."""
    first = seen.setdefault(row.key, row.line) if row.key else row.line
    if first == row.line:
        return row
    message = str(_("the key stands in line {line} already")).format(line=first)
    finding = Finding("id", "key-repeated", message, str(_("Give each entry a key of its own.")))
    return Row(row.line, row.key, None, row.note, [*row.findings, finding])


def _row(number: int, line: str) -> Row:
    try:
        told: Any = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return _refused(number, "", "not-json", _("the line is not JSON"), getattr(error, "msg", "too deep"))
    if not isinstance(told, dict):
        return _refused(number, "", "not-an-object", _("the line is not a JSON object"), "{…}")
    key, note = str(told.pop("id", "") or ""), str(told.pop("doubt", "") or "")
    try:
        document = EntryDocument.model_validate(told)
    except ValidationError as error:
        return Row(number, key, None, note, rules.breaches(error))
    findings = rules.findings(document)
    return Row(number, key, None if findings else document, note, findings)


def _refused(number: int, key: str, code: str, message: Any, hint: str) -> Row:
    return Row(number, key, None, "", [Finding("line", code, str(message), hint)])
