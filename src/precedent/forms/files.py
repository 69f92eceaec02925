"""Files of entries of any kind, read into the same rows: known by their content, and by name among texts."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.catalogue import bulk
from precedent.catalogue.bulk import Row
from precedent.catalogue.records import Finding
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms import draft as drafts
from precedent.forms.sheets import packed, texts

LARGEST = 200_000_000
"""Bytes of a file that is read row by row. Whoever takes files from strangers sets a limit of their own."""
LARGEST_WHOLE = 20_000_000
"""Bytes of a file that is read as one: JSON that is not in lines, or a form."""

Reader = Callable[[IO[bytes], str], Iterator[Row]]

OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        _("it was saved by an old program, or is locked with a password: save it as .xlsx or .docx"),
    ),
    (b"%PDF", _("it is a PDF: send the table or form that it was made of")),
    (b"\x1f\x8b", _("it is compressed: unpack it first")),
    (b"<", _("it is a web page, or XML: save it as .xlsx or .csv")),
    (b"{\\rtf", _("it is rich text: save it as .docx")),
)
"""How files begin that are none of ours."""


def read(source: Path | bytes, name: str = "") -> Iterator[Row]:
    """The entries of a file, each with a key; those that break rules with findings. What may be long is streamed.

    Raises BulkFileInvalid where it is no such file at all, and of a form what `word.reading` raises.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    with _opened(source, name) as stream:
        reader = _reader(stream, name)
        yield from bulk.each_key_once(map(bulk.keyed, reader(stream, name)))


@contextmanager
def _opened(source: Path | bytes, name: str) -> Iterator[IO[bytes]]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
        return
    if source.exists() and not source.is_file():
        raise BulkFileInvalid(file=name, reason=_("it is no file"))
    try:
        stream = source.open("rb")
    except OSError as error:
        raise BulkFileInvalid(file=name, reason=error.strerror or str(error)) from error
    with stream:
        yield stream


def _reader(stream: IO[bytes], name: str) -> Reader:
    """Who reads a file. Raises BulkFileInvalid."""
    _must_not_exceed(LARGEST, stream, name)
    beginning = stream.read(64)
    stream.seek(0)
    suffix = Path(name).suffix.lower()
    if beginning.startswith(b"PK"):
        return _packed(stream, name)
    if suffix == ".docx":
        # It says best itself what is wrong with a form.
        return _form
    for begins, reason in OTHERS:
        if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(begins):
            raise BulkFileInvalid(file=name, reason=reason)
    if suffix == ".xlsx":
        raise BulkFileInvalid(file=name, reason=_("it is no workbook"))
    if suffix not in TEXTS:
        names = ", ".join((*TEXTS, ".xlsx", ".docx"))
        raise BulkFileInvalid(file=name, reason=_("its name ends in none of {names}").format(names=names))
    return TEXTS[suffix]


def _must_not_exceed(most: int, stream: IO[bytes], name: str) -> None:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > most:
        reason = _("it has more than {most} MB: split it").format(most=most // 1_000_000)
        raise BulkFileInvalid(file=name, reason=reason)


def _packed(stream: IO[bytes], name: str) -> Reader:
    """A workbook or a form, by what is packed in it, whatever its name. Nothing is opened that may do harm."""
    found = packed.looked_into(stream)
    stream.seek(0)
    if found.holds("word/"):
        return _form
    if found.trouble:
        raise BulkFileInvalid(file=name, reason=found.trouble)
    if found.holds("xl/"):
        return _workbook
    reason: str | Promise = _("it is no workbook (.xlsx) and no form (.docx)")
    if "content.xml" in found.names:
        reason = _("it is an OpenDocument file: save it as .xlsx or .docx")
    raise BulkFileInvalid(file=name, reason=reason)


def _workbook(stream: IO[bytes], name: str) -> Iterator[Row]:
    # The library is read only where there is a workbook.
    from precedent.forms.sheets import workbooks

    return workbooks.read(stream, name)


def _form(stream: IO[bytes], name: str) -> Iterator[Row]:
    """A form that was filled in: one entry. What it only notes keeps nothing out."""
    from precedent.forms.word import reading

    _must_not_exceed(LARGEST_WHOLE, stream, name)
    sheet = reading.read(stream.read())
    judgement = drafts.judge(sheet.draft)
    told = [_told(finding, str(finding)) for finding in sheet.findings if not finding.note]
    said = {finding.field for finding in told}
    for finding in judgement.findings:
        if finding.field not in said:
            place = drafts.place_label(finding.field, sheet.draft)
            told.append(_told(finding, str(_("{place}: {message}")).format(place=place, message=finding.message)))
    remarks = tuple(_told(finding, str(finding)) for finding in sheet.findings if finding.note)
    key = sheet.origin.key or sheet.origin.entry or ""
    document = None if told else judgement.document
    yield Row(1, key, document, "", told, drafts.tidy(sheet.draft), remarks, placed=True)


def _told(finding: Finding, message: str) -> Finding:
    return Finding(finding.field, finding.code, message, finding.hint)


def _json(stream: IO[bytes], name: str) -> Iterator[Row]:
    """An entry as the API and its page give it, or a list of such."""
    _must_not_exceed(LARGEST_WHOLE, stream, name)
    try:
        told = json.loads(stream.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BulkFileInvalid(file=name, reason=_("it is not written in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise BulkFileInvalid(file=name, reason=_("it is not JSON")) from error
    if isinstance(told, dict) and "items" in told and "title" not in told:
        raise BulkFileInvalid(file=name, reason=_("it is a list of results: take each entry from its own address"))
    for number, one in enumerate(told if isinstance(told, list) else [told], start=1):
        yield bulk.row(number, one)


TEXTS: dict[str, Reader] = {
    ".jsonl": bulk.lines,
    ".ndjson": bulk.lines,
    ".json": _json,
    ".csv": texts.read,
    ".tsv": texts.read,
    ".txt": texts.read,
}
"""Who reads a text, by the end of its name: a line of JSON and a table may begin with the same sign."""
