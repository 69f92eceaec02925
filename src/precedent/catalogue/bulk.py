"""Entries in files: the row that every kind of file is read into, and JSON lines. Reading only; nothing is stored.

Tables, workbooks and forms are read by `forms`, into the same rows.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from precedent.catalogue import rules
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Finding
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.kernel.text import canonical, sha256

SUFFIXES = frozenset({".jsonl", ".ndjson"})
KEY_LENGTH = 120
"""As long as a key may be in the catalogue."""
LONGEST_LINE = 2_000_000
"""Bytes of a line that are read: a hundred times what a full entry has."""

OF_THE_CATALOGUE = frozenset(
    {"url", "revision", "revised_at", "published_at", "provenance", "verified", "confirmed_on", "sha256"}
)
"""What page and API say of an entry beside its text. Where it is loaded back, they are left aside."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a file as it was understood: either a document that keeps the rules, or findings.

    `line`: the line, or the row of a table. `key`: the file's own, or the identifier of the entry that it was
    taken from. `told`: what was understood, by the document's keys, also where it breaks rules; None where nothing
    was. `remarks` are worth a look and keep nothing out. `placed`: the findings name row and column themselves.
    """

    line: int
    key: str
    document: EntryDocument | None
    note: str = ""
    findings: list[Finding] = field(default_factory=list)
    told: dict[str, Any] | None = None
    remarks: tuple[Finding, ...] = ()
    placed: bool = False

    @property
    def fingerprint(self) -> str:
        """What identifies the text, whatever ids its parts have; empty where there is no document."""
        return text_of(self.document) if self.document else ""

    def refused(self, finding: Finding) -> "Row":
        """The row, with one more thing that keeps it out."""
        return replace(self, document=None, findings=[*self.findings, finding])


def text_of(document: EntryDocument) -> str:
    """The fingerprint of what a document says, as a file tells it: files do not number its lessons."""
    return sha256(canonical(document.as_record()))


def read(file: Path | Traversable) -> Iterator[Row]:
    """Each line of a file of JSON lines, in order. Raises BulkFileInvalid where it is no such file at all."""
    if Path(file.name).suffix.lower() not in SUFFIXES:
        raise BulkFileInvalid(file=file.name, reason=_("its name does not end in .jsonl"))
    try:
        with file.open("rb") as stream:
            yield from each_key_once(lines(stream, file.name))
    except OSError as error:
        raise BulkFileInvalid(file=file.name, reason=error.strerror or str(error)) from error


def lines(stream: IO[bytes], name: str) -> Iterator[Row]:
    """Each line, as it is reached: a file may be larger than memory. Raises BulkFileInvalid."""
    for number, line in enumerate(_lines(stream), start=1):
        if len(line) > LONGEST_LINE:
            yield _refused(
                number, "too-long", _("the line is too long for an entry"), _("Put each entry on a line.")
            )
            continue
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BulkFileInvalid(file=name, reason=_("it is not written in UTF-8")) from error
        if text.strip():
            yield _row(number, text)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines; of one that is too long no more than shows that it is."""
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        yield line


def each_key_once(rows: Iterable[Row]) -> Iterator[Row]:
    """Two rows with one key would be one entry: the second is named, not dropped."""
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.key, row.line) if row.key else row.line
        if first == row.line:
            yield row
            continue
        message = str(_("the same entry stands in line {line} already")).format(line=first)
        hint = str(_("Remove one of the two, or give each a key of its own."))
        yield row.refused(Finding("id", "key-repeated", message, hint))


def keyed(row: Row) -> Row:
    """A row has a key of its own, or one made of its text, so that loading a file twice adds nothing."""
    if row.document is not None and not row.key:
        return replace(row, key=f"text-{sha256(row.document.canonical())[:32]}")
    if row.key and (len(row.key) > KEY_LENGTH or not _is_slug(row.key)):
        message = _("is no key: it has other signs than a-z, A-Z, 0-9, - and _, or more than {most}")
        hint = _("Write a short key such as kr-ph-eps-memorandum, or leave it out.")
        return row.refused(Finding("id", "key-invalid", str(message).format(most=KEY_LENGTH), str(hint)))
    return row


def _is_slug(key: str) -> bool:
    return key.isascii() and key.replace("-", "a").replace("_", "a").isalnum()


def understood(row: Row) -> dict[str, Any] | None:
    """The entry of a row with the keys and shapes of the bulk file, also where it breaks rules."""
    if row.document is not None:
        return row.document.as_record()
    try:
        return EntryDocument.model_validate(row.told).as_record()
    except ValidationError:
        return row.told


def _row(number: int, line: str) -> Row:
    try:
        told: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _refused(number, "not-json", _("the line is not JSON"), getattr(error, "msg", "too deep"))
    return row(number, told)


def row(number: int, told: object) -> Row:
    """A JSON value as a row. What the catalogue itself said of an entry is left aside."""
    if not isinstance(told, dict):
        return _refused(number, "not-an-object", _("the line is not a JSON object"), "{…}")
    key, note = str(told.get("id") or ""), str(told.get("doubt") or "")
    told = {name: value for name, value in told.items() if name not in OF_THE_CATALOGUE | {"id", "doubt"}}
    try:
        document = EntryDocument.model_validate(told)
    except ValidationError as error:
        return Row(number, key, None, note, rules.breaches(error), told)
    findings = rules.findings(document)
    return Row(number, key, None if findings else document, note, findings, told)


def _refused(number: int, code: str, message: Any, hint: Any) -> Row:
    return Row(number, "", None, "", [Finding("line", code, str(message), str(hint))])
