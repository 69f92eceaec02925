"""Looking into a packed file before it is read: how much it unpacks to, macros, XML that defines entities."""

import zipfile
import zlib
from dataclasses import dataclass
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST = 200_000_000
"""Bytes that may be unpacked: more than a hundred thousand rows need."""
RATIO, FREE = 100, 10_000_000
"""How many times larger than packed a part may be, once it has so many bytes: text shrinks to a tenth, a bomb to a
thousandth."""
MOST_PARTS = 2_000
CHUNK = 1 << 16

MACROS = ("vbaproject.bin", "vbadata.xml")
XML = (".xml", ".rels", ".vml")
DEFINING = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True, slots=True)
class Packed:
    """The names of what is packed in a file; and why it is not to be opened, where that is so."""

    names: frozenset[str] = frozenset()
    trouble: str | Promise | None = None

    def holds(self, folder: str) -> bool:
        return any(name.startswith(folder) for name in self.names)


def looked_into(stream: IO[bytes]) -> Packed:
    """What is packed, with all XML read once and nothing of it kept. Never fails."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return Packed(frozenset(archive.namelist()), _trouble(archive))
    except RuntimeError:
        return Packed(trouble=_("it is locked with a password"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        return Packed(trouble=_("it is damaged"))


def _trouble(archive: zipfile.ZipFile) -> str | Promise | None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        return _("it is damaged")
    if any(part.filename.lower().endswith(MACROS) for part in parts):
        return _("it holds macros: save it without them")
    # What is read of a part is never more than it says it has.
    if sum(part.file_size for part in parts) > LARGEST or any(_is_bomb(part) for part in parts):
        return _("it unpacks to more than can be read: split it")
    if any(_defines(archive, part) for part in parts if part.filename.lower().endswith(XML)):
        return _("its XML defines entities, as no program does that saves tables or forms")
    return None


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > FREE and part.file_size > RATIO * part.compress_size


def _defines(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as stream:
        before = b""
        while chunk := stream.read(CHUNK):
            if any(mark in before + chunk for mark in DEFINING):
                return True
            before = chunk[-len(DEFINING[0]) :]
    return False
