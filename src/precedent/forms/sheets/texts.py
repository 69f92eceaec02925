"""Reading a table of text (.csv, .tsv): in which encoding it is written, and what stands between its cells."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from django.utils.translation import gettext_lazy as _

from precedent.catalogue.bulk import Row
from precedent.catalogue.records import Finding
from precedent.catalogue.refusals import BulkFileInvalid
from precedent.forms.sheets import tables
from precedent.forms.sheets.tables import Cell

UTF8, UTF16, WESTERN = "utf-8-sig", "utf-16", "cp1252"
NAMES = {WESTERN: "Windows-1252", UTF16: "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
MARKED = ((codecs.BOM_UTF16_LE, UTF16), (codecs.BOM_UTF16_BE, UTF16))
"""Encodings that a file names itself, by how it begins."""
MANY_NULS = 0.2
"""The share of zeros among every other byte that makes it UTF-16: separators and codes are Latin signs."""
MOST_ACCENTED = 0.3
"""Of all letters; above it, the text is not in a Western encoding, but in that of another script."""

DELIMITERS = (",", ";", "\t", "|")
BEGINNING = 1 << 16
CHUNK = 1 << 20


def read(stream: IO[bytes], name: str) -> Iterator[Row]:
    """The entries of a table of text, which is read from its beginning. Raises BulkFileInvalid."""
    encoding = encoding_of(stream, name)
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        remarks = _remarks(encoding)
        for row in tables.rows(_records(text, name), name):
            yield replace(row, remarks=remarks)
            # Said once, at the first entry.
            remarks = ()
    except UnicodeDecodeError as error:
        raise _unknown_encoding(name) from error
    finally:
        # The stream belongs to who opened it.
        text.detach()


def encoding_of(stream: IO[bytes], name: str) -> str:
    """The encoding of a text, of which all is looked at. Raises BulkFileInvalid where it cannot be known."""
    stream.seek(0)
    beginning = stream.read(BEGINNING)
    for mark, encoding in MARKED:
        if beginning.startswith(mark):
            return encoding
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = beginning[start::2]
        if half.count(0) > MANY_NULS * max(len(half), 1):
            return encoding
    if _is_utf8(stream):
        return UTF8
    if _is_western(stream):
        return WESTERN
    raise _unknown_encoding(name)


def _unknown_encoding(name: str) -> BulkFileInvalid:
    return BulkFileInvalid(file=name, reason=_("its encoding is none that can be told for sure: save it as UTF-8"))


def _decoded(stream: IO[bytes], encoding: str) -> Iterator[str]:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while chunk := stream.read(CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _is_utf8(stream: IO[bytes]) -> bool:
    try:
        return all(True for _text in _decoded(stream, "utf-8"))
    except UnicodeDecodeError:
        return False


def _is_western(stream: IO[bytes]) -> bool:
    """Every text can be read as Windows-1252; one of another script then is nothing but accents."""
    letters = accented = 0
    try:
        for text in _decoded(stream, WESTERN):
            letters += sum(map(str.isalpha, text))
            accented += sum(letter.isalpha() for letter in text if not letter.isascii())
    except UnicodeDecodeError:
        return False
    return accented <= MOST_ACCENTED * letters


def _remarks(encoding: str) -> tuple[Finding, ...]:
    if encoding not in NAMES:
        return ()
    message = str(_("the file is written in {encoding}, not in UTF-8")).format(encoding=NAMES[encoding])
    return (
        Finding("row", "encoding", message, str(_("It was read as such: look whether its accents are right."))),
    )


def _records(text: io.TextIOWrapper, name: str) -> Iterator[list[Cell]]:
    beginning = text.read(BEGINNING)
    text.seek(0)
    told = _told_delimiter(beginning)
    if told:
        text.readline()
    reader = csv.reader(text, delimiter=told or _delimiter(beginning), strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):  # noqa: B007 - said where it fails
            yield list(record)
    except csv.Error as error:
        told = str(_("row {row} has quotation marks that do not match, or a cell that is too long"))
        raise BulkFileInvalid(file=name, reason=told.format(row=number + 1)) from error


def _told_delimiter(beginning: str) -> str | None:
    """Some programs write it in a line before the table: sep=;"""
    first = beginning.split("\n", 1)[0].strip()
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") and first[4] in DELIMITERS else None


def _delimiter(beginning: str) -> str:
    """The sign that cuts the table into most of our columns."""
    return max(DELIMITERS, key=lambda delimiter: _known(beginning, delimiter))


def _known(beginning: str, delimiter: str) -> tuple[int, int]:
    records: list[list[Cell]] = []
    try:
        for record in csv.reader(io.StringIO(beginning), delimiter=delimiter):
            records.append(list(record))
            if len(records) == tables.HEADER_WITHIN:
                break
    except csv.Error:
        # The beginning may end within a cell; what was read before is enough to go by.
        pass
    header = tables.header_of(records)
    return (header.known if header else 0, max(map(len, records), default=0))
