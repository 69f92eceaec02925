"""Files of entries at the console: every row judged before any is taken in, and each told of with its place.

A file may be larger than memory. So it is read twice: once to judge, when only what is said of each row is kept,
and once more to take in, or to show, what was judged.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from textwrap import indent
from typing import Any

import click
from django.db import transaction

from precedent.audit.remembering import one_revision
from precedent.catalogue import bulk, importing, queries
from precedent.catalogue.bulk import Row
from precedent.catalogue.importing import Progress
from precedent.catalogue.records import Finding, Provenance
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms import files
from precedent.kernel.acting import Actor


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a row of a file. `fingerprint`: of its text. `held`: the entry that is it already."""

    file: Path
    line: int
    key: str
    fingerprint: str
    findings: list[Finding]
    remarks: tuple[Finding, ...] = ()
    placed: bool = False
    held: str | None = None

    @property
    def new(self) -> bool:
        return not self.findings and self.held is None

    def refused(self, code: str, message: str, hint: str) -> "Judged":
        return replace(self, findings=[*self.findings, Finding("id", code, message, hint)])


def judge(paths: Sequence[Path]) -> list[Judged]:
    """Every row of the files with all that speaks against it. Changes nothing. Raises BulkFileInvalid."""
    with one_revision():
        keys, seen, found = queries.keys(), dict[str, Judged](), []
        for file, row in _rows(paths):
            part = Judged(file, row.line, row.key, row.fingerprint, row.findings, row.remarks, row.placed)
            if not part.findings:
                part = _against_the_catalogue(_each_key_once(part, seen), row, keys)
            found.append(part)
        return found


def _rows(paths: Sequence[Path]) -> Iterator[tuple[Path, Row]]:
    return ((path, row) for path in paths for row in files.read(path))


def _each_key_once(part: Judged, seen: dict[str, Judged]) -> Judged:
    """Two rows with one key would be one entry: the second is named, across files too."""
    first = seen.setdefault(part.key, part)
    if first is part:
        return part
    message = f"the same entry stands in {first.file.name}, line {first.line} already"
    return part.refused("key-repeated", message, "Remove one of the two, or give each a key of its own.")


def _against_the_catalogue(part: Judged, row: Row, keys: Mapping[str, str]) -> Judged:
    """What is there already; and what is there under the same key with another text, which is not overwritten."""
    there = importing.may_be(row, keys)
    same = next((entry.id for entry in there if importing.says_the_same(row, entry)), None)
    if same or not there:
        return replace(part, held=same)
    message = f"the catalogue holds another text under this key: {there[0].id}"
    hint = "Change that entry where it is edited, or give this one a key of its own."
    return part.refused("key-taken", message, hint)


def take_in(
    paths: Sequence[Path],
    judged: Sequence[Judged],
    reason: str | None,
    progress: Progress,
    *,
    at_once: bool,
    by: Actor,
) -> dict[str, str]:
    """Publish the new rows; `at_once` in one transaction. The identifiers given, by key."""
    names = ", ".join(dict.fromkeys(path.name for path in paths))
    new = [part.key for part in judged if part.new]

    def publish() -> None:
        # The codes are read once for all; publishing an entry does not change them.
        with one_revision():
            rows = (row for part, row in _again(paths, judged) if part.new)
            why = reason or f"Loaded from {names}"
            importing.take_in(rows, why, Provenance.CONTRIBUTED, progress, of=len(new), by=by)

    _run(publish, at_once)
    have = queries.keys()
    return {key: have[key] for key in new if key in have}


def _run(publish: Callable[[], None], at_once: bool) -> None:
    if at_once:
        with transaction.atomic():
            publish()
    else:
        publish()


def _again(paths: Sequence[Path], judged: Iterable[Judged]) -> Iterator[tuple[Judged, Row]]:
    """Each row once more, with what was said of it. Raises BulkFileInvalid where a file is not what it was."""
    for part, found in zip_longest(judged, _rows(paths)):
        file, row = found or (part.file, None)
        seen = (part.file, part.line, part.fingerprint) if part else None
        if row is None or seen != (file, row.line, row.fingerprint):
            raise BulkFileInvalid(file=file.name, reason="it was changed while it was being read")
        yield part, row


def show(judged: Iterable[Judged]) -> None:
    """Each row that breaks a rule, on standard error: where, what, why, and the remedy."""
    for part in judged:
        for finding in (*part.findings, *part.remarks):
            click.echo(f"{_place(part, finding)}: {finding.message}. {finding.hint}", err=True)


def _place(part: Judged, finding: Finding) -> str:
    """File, line and field; where the finding names row and column itself, the file alone."""
    named = f" ({part.key})" if part.key else ""
    return f"{part.file}{named}" if part.placed else f"{part.file}:{part.line}{named}: {finding.field}"


def _counts(judged: Sequence[Judged], taken: dict[str, str]) -> dict[str, int]:
    return {
        "read": len(judged),
        "new": sum(part.new for part in judged),
        "added": len(taken),
        "held": sum(part.held is not None for part in judged),
        "refused": sum(bool(part.findings) for part in judged),
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


def as_json(
    paths: Sequence[Path], judged: Sequence[Judged], taken: dict[str, str], *, dry_run: bool
) -> Iterator[str]:
    """The outcome for programs, as one JSON object in pieces: counts, and each row.

    In a dry run with the document as it was understood, also where it breaks rules; None where nothing was.
    """
    head = json.dumps({"dry_run": dry_run, **_counts(judged, taken), "rows": []}, indent=2)
    yield head.removesuffix("]\n}")
    between = "\n"
    with one_revision():
        for told in _understood(paths, judged) if dry_run else (_as_data(part, taken) for part in judged):
            yield between + indent(json.dumps(told, ensure_ascii=False, indent=2), "    ")
            between = ",\n"
    yield "]\n}" if between == "\n" else "\n  ]\n}"


def _understood(paths: Sequence[Path], judged: Sequence[Judged]) -> Iterator[dict[str, Any]]:
    return ({**_as_data(part, {}), "document": bulk.understood(row)} for part, row in _again(paths, judged))


def _as_data(part: Judged, taken: dict[str, str]) -> dict[str, Any]:
    return {
        "file": str(part.file),
        "line": part.line,
        "id": part.key,
        "entry": part.held or taken.get(part.key),
        "findings": [_finding(finding) for finding in part.findings],
        "remarks": [_finding(finding) for finding in part.remarks],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"field": finding.field, "code": finding.code, "message": finding.message, "hint": finding.hint}
