"""Bulk files at the console: every row judged before any is taken in, and each told of with its place."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from django.db import transaction
from pydantic import ValidationError

from precedent.audit.remembering import one_revision
from precedent.catalogue import bulk, importing, queries
from precedent.catalogue.bulk import Row
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.importing import Progress
from precedent.catalogue.records import Finding, Provenance
from precedent.kernel.acting import Actor
from precedent.kernel.text import sha256

KEY_LENGTH = 120
"""As long as a key may be in the catalogue."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of a file and what becomes of it. `held`: the entry that is it already."""

    file: Path
    row: Row
    held: str | None = None

    @property
    def new(self) -> bool:
        return self.row.document is not None and self.held is None


def judge(files: Sequence[Path]) -> list[Judged]:
    """Every row of the files with all that speaks against it. Changes nothing. Raises BulkFileInvalid."""
    with one_revision():
        rows = [Judged(file, _keyed(row)) for file in files for row in bulk.read(file)]
        return _against_the_catalogue(_each_key_once(rows))


def _keyed(row: Row) -> Row:
    """A row has a key of its own, or one made of its text, so that loading a file twice adds nothing."""
    if row.document is not None and not row.key:
        return replace(row, key=f"text-{sha256(row.document.canonical())[:32]}")
    if row.key and (len(row.key) > KEY_LENGTH or not _is_slug(row.key)):
        finding = Finding(
            "id",
            "key-invalid",
            f"is no key: it has other signs than a-z, A-Z, 0-9, - and _, or more than {KEY_LENGTH}",
            "Write a short key such as kr-ph-eps-memorandum, or leave it out.",
        )
        return _refused(row, finding)
    return row


def _is_slug(key: str) -> bool:
    return key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()


def _refused(row: Row, finding: Finding) -> Row:
    return replace(row, document=None, findings=[*row.findings, finding])


def _each_key_once(rows: Iterable[Judged]) -> list[Judged]:
    """Two rows with one key would be one entry: the second is named, across files too."""
    seen: dict[str, Judged] = {}
    found = []
    for part in rows:
        first = seen.setdefault(part.row.key, part) if part.row.document else part
        if first is not part:
            place = f"{first.file.name}, line {first.row.line}"
            message = f"the same entry stands in {place} already"
            finding = Finding(
                "id", "key-repeated", message, "Remove one of the two, or give each a key of its own."
            )
            part = replace(part, row=_refused(part.row, finding))
        found.append(part)
    return found


def _against_the_catalogue(rows: list[Judged]) -> list[Judged]:
    """What is there already, and what is there under the same key with another text."""
    have = queries.keys()
    return [
        _compared(part, have[part.row.key]) if part.row.document and part.row.key in have else part
        for part in rows
    ]


def _compared(part: Judged, id: str) -> Judged:
    assert part.row.document is not None  # noqa: S101 - the caller asked
    fingerprint = sha256(part.row.document.canonical())
    entry = queries.any_entry(id)
    if fingerprint == entry.revision.sha256 or any(r.sha256 == fingerprint for r in queries.revisions(entry)):
        return replace(part, held=id)
    finding = Finding(
        "id",
        "key-taken",
        f"the catalogue holds another text under this key: {id}",
        "Change that entry where it is edited, or give this one a key of its own.",
    )
    return replace(part, row=_refused(part.row, finding))


def take_in(
    judged: Sequence[Judged], reason: str | None, progress: Progress, *, at_once: bool, by: Actor
) -> dict[str, str]:
    """Publish the new rows; `at_once` in one transaction. The identifiers given, by key."""
    rows = [part.row for part in judged if part.new]
    names = ", ".join(dict.fromkeys(part.file.name for part in judged))
    why = reason or f"Loaded from {names}"

    def publish() -> None:
        # The codes are read once for all; publishing an entry does not change them.
        with one_revision():
            importing.take_in(rows, why, Provenance.CONTRIBUTED, progress, by=by)

    _run(publish, at_once)
    have = queries.keys()
    return {row.key: have[row.key] for row in rows if row.key in have}


def _run(publish: Callable[[], None], at_once: bool) -> None:
    if at_once:
        with transaction.atomic():
            publish()
    else:
        publish()


def show(judged: Iterable[Judged]) -> None:
    """Each row that breaks a rule, on standard error: where, what, why, and the remedy."""
    for part in judged:
        named = f" ({part.row.key})" if part.row.key else ""
        for finding in part.row.findings:
            place = f"{part.file}:{part.row.line}{named}: {finding.field}"
            click.echo(f"{place}: {finding.message}. {finding.hint}", err=True)


def _counts(judged: Sequence[Judged], taken: dict[str, str]) -> dict[str, int]:
    return {
        "read": len(judged),
        "new": sum(part.new for part in judged),
        "added": len(taken),
        "held": sum(part.held is not None for part in judged),
        "refused": sum(bool(part.row.findings) for part in judged),
    }


def summary(judged: Sequence[Judged], taken: dict[str, str], *, dry_run: bool, nothing: bool) -> str:
    """The outcome in a sentence or two."""
    n = _counts(judged, taken)
    read = "1 row" if n["read"] == 1 else f"{n['read']} rows"
    found = f"{read} read: {n['new']} new, {n['held']} in the catalogue already, {n['refused']} refused."
    if dry_run:
        return f"{found} Nothing was taken in: this was a dry run."
    if nothing:
        return f"{found} Nothing was taken in, because of those refused (--all-or-nothing)."
    return f"{found} {n['added']} taken in."


def as_data(judged: Sequence[Judged], taken: dict[str, str], *, dry_run: bool) -> dict[str, Any]:
    """The outcome for programs: counts, and each row; in a dry run with the document as it was understood."""
    lines = (
        {file: file.read_text("utf-8-sig").split("\n") for file in {part.file for part in judged}}
        if dry_run
        else {}
    )
    rows = []
    for part in judged:
        told: dict[str, Any] = {
            "file": str(part.file),
            "line": part.row.line,
            "id": part.row.key,
            "entry": part.held or taken.get(part.row.key),
            "findings": [_finding(finding) for finding in part.row.findings],
        }
        if dry_run:
            told["document"] = _understood(part.row, lines[part.file])
        rows.append(told)
    return {"dry_run": dry_run, **_counts(judged, taken), "rows": rows}


def _finding(finding: Finding) -> dict[str, str]:
    return {"field": finding.field, "code": finding.code, "message": finding.message, "hint": finding.hint}


def _understood(row: Row, lines: Sequence[str]) -> dict[str, Any] | None:
    """The document of a row, also of one that breaks a rule; None where the line is no document at all."""
    if row.document is not None:
        return row.document.as_record()
    try:
        told = json.loads(lines[row.line - 1])
        return EntryDocument.model_validate(
            {k: v for k, v in told.items() if k not in ("id", "doubt")}
        ).as_record()
    except (ValidationError, ValueError, AttributeError, RecursionError):
        return None
