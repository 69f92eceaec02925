"""Opening a file that somebody sent: what it is by its content, how much it unpacks to, and XML without tricks.

Nothing is unpacked to the disk, no address in a file is followed, and no part's word on its size is believed.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from precedent.forms.refusals import (
    FileDamaged,
    FileLocked,
    FileTooLarge,
    FileUnsafe,
    FileWithMacros,
    NotAWordFile,
)

MB = 1_000_000
LARGEST = 20 * MB
"""Of the file as it is sent."""
MOST_PARTS = 1_000
LARGEST_PART = 32 * MB
LARGEST_UNPACKED = 120 * MB
"""A form unpacks to one megabyte, and somebody may paste ten into it; pictures hardly shrink."""
TIGHTEST = 300
"""Times that a part above a megabyte may be larger than it is packed: a form reaches 60, a bomb a thousand."""
MOST_TAGS = 400_000
"""A form has 20,000, saved by LibreOffice 50,000. These take a second and 50 MB of memory."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Word files begin, and those that Word has encrypted."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_FLAG = 0x1
MAIN = ("document.main+xml", "template.main+xml")
MACROS = "macroEnabled"
TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"
DOCUMENT, CUSTOM = "/officeDocument", "/custom-properties"


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file that may be read: its text, and its custom properties where it has some."""

    document: Element
    properties: Element | None


def opened(data: bytes) -> WordFile:
    """The parts of a Word file that are read. Raises a refusal where it is none, or not to be trusted."""
    if len(data) > LARGEST:
        raise FileTooLarge(size=-(-len(data) // MB), most=LARGEST // MB)
    if data.startswith(OLE):
        raise _old_or_locked(data)
    if not data.startswith(b"PK"):
        raise NotAWordFile(reason=_("by its content it is something else"))
    with _zip_faults(), zipfile.ZipFile(BytesIO(data)) as archive:
        _must_be_modest(archive.infolist())
        return _parts(archive)


def _old_or_locked(data: bytes) -> FileLocked | NotAWordFile:
    if ENCRYPTED in data:
        return FileLocked()
    return NotAWordFile(reason=_("it is in the format of Word 2003 or older (.doc)"))


@contextmanager
def _zip_faults() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise FileDamaged(reason=_("it cannot be unpacked")) from error


def _must_be_modest(members: list[zipfile.ZipInfo]) -> None:
    """Look at what the directory of the ZIP claims, before anything is unpacked."""
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        raise FileLocked
    names = [member.filename for member in members]
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise FileUnsafe(reason=_("it holds more parts than a text needs"))
    if sum(member.file_size for member in members) > LARGEST_UNPACKED or any(map(_is_swollen, members)):
        raise FileUnsafe(reason=_("it unpacks to far more than a text needs"))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileWithMacros


def _is_swollen(member: zipfile.ZipInfo) -> bool:
    return member.file_size > MB and member.file_size > TIGHTEST * max(member.compress_size, 1)


def _parts(archive: zipfile.ZipFile) -> WordFile:
    names = set(archive.namelist())
    if TYPES not in names or RELATIONS not in names:
        raise NotAWordFile(reason=_("by its content it is something else"))
    types = {node.get("PartName", "").lstrip("/"): node.get("ContentType", "") for node in _parsed(archive, TYPES)}
    targets = _targets(archive, RELATIONS)
    main = targets.get(DOCUMENT, "")
    kind = types.get(main, "")
    if MACROS in kind:
        raise FileWithMacros
    if main not in names or not kind.endswith(MAIN):
        raise NotAWordFile(reason=_("by its content it is something else"))
    custom = targets.get(CUSTOM)
    return WordFile(_parsed(archive, main), _parsed(archive, custom) if custom in names and custom else None)


def _targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Where each kind of part lies. What lies outside the file is left out."""
    found: dict[str, str] = {}
    for node in _parsed(archive, name):
        kind = f"/{node.get('Type', '').rpartition('/')[2]}"
        if node.get("TargetMode") != "External":
            found.setdefault(kind, node.get("Target", "").lstrip("/"))
    return found


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    """A part as XML. It declares nothing, and what it names elsewhere is not fetched."""
    with archive.open(name) as part:
        # The directory may lie about the size: no more than this is ever unpacked.
        text = part.read(LARGEST_PART + 1)
    if len(text) > LARGEST_PART:
        raise FileUnsafe(reason=_("it unpacks to far more than a text needs"))
    if text.count(b"<") > MOST_TAGS:
        raise FileUnsafe(reason=_("it unpacks to far more than a text needs"))
    try:
        _must_declare_nothing(text)
        return fromstring(text)  # noqa: S314 - it declares no entities, so there is nothing to expand or to fetch
    except (ParseError, expat.ExpatError, LookupError, ValueError) as error:
        raise FileDamaged(reason=_("its XML is broken")) from error


def _must_declare_nothing(text: bytes) -> None:
    """Entities are declared in a document type, which no Word file has.

    What defusedxml does, too; but that builds the tree in Python, which takes ten times as long.
    """

    def declares(*_declared: object) -> None:
        raise FileUnsafe(reason=_("its XML declares a document type, which no Word file does"))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declares
    parser.Parse(text, True)
