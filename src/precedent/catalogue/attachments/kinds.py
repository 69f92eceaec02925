"""The kinds of file that are taken in: one table, and how a kind is told by content alone."""

from dataclasses import dataclass

import filetype  # type: ignore[import-untyped]
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024
"""Bytes that a file may have."""
PER_DRAFT = 5
"""Files that a draft may have."""
BEGINNING = 8192
"""Bytes from which `filetype` tells what a file is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`found_as`: the media types under which `filetype` knows it; `media`: under which it is served."""

    code: str
    label: str | Promise
    extension: str
    media: str
    found_as: frozenset[str]


PDF = Kind("pdf", _("PDF document"), ".pdf", "application/pdf", frozenset({"application/pdf"}))
WORD = Kind(
    "docx",
    _("Word document"),
    ".docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    # Word files are found by their ZIP signature; which member comes first differs from program to program.
    frozenset(),
)
JPEG = Kind("jpeg", _("JPEG picture"), ".jpg", "image/jpeg", frozenset({"image/jpeg"}))
PNG = Kind("png", _("PNG picture"), ".png", "image/png", frozenset({"image/png", "image/apng"}))
WEBP = Kind("webp", _("WebP picture"), ".webp", "image/webp", frozenset({"image/webp"}))

KINDS = (PDF, WORD, JPEG, PNG, WEBP)
BY_CODE = {kind.code: kind for kind in KINDS}
EXTENSIONS = frozenset(kind.extension for kind in KINDS)
ACCEPT = ",".join(sorted({*EXTENSIONS, ".jpeg"}))
"""For the `accept` of a file field: browsers then offer these first. It proves nothing."""

ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the containers of Word begin: of today's, and of the old ones."""
LOCKED_INSIDE = "EncryptedPackage".encode("utf-16-le")
"""Word puts a .docx with a password into an old container, under this name."""


def kind_of(data: bytes) -> Kind | None:
    """What a file is by its first bytes. A name, or what a browser calls it, is never asked."""
    if data.startswith(ZIP):
        return WORD
    found = filetype.guess_mime(data[:BEGINNING])
    return next((kind for kind in KINDS if found in kind.found_as), None)


def is_locked(data: bytes) -> bool:
    """Is it a Word document behind a password?"""
    return data.startswith(OLE) and LOCKED_INSIDE in data
