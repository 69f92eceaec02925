"""The pictures inside a PDF, where they lie compressed as they came from the camera or scanner.

Only what tells on people is cut out of them; the pixels stay untouched, because a PDF says itself how they are to
be read.
"""

import re
from collections.abc import Iterator

START, END, START_OF_SCAN, COMMENT = b"\xff\xd8", 0xD9, 0xDA, 0xFE
APPLICATION = frozenset(range(0xE0, 0xF0))
NEEDED = frozenset({0xE0, 0xEE})
"""Of the applications' sections those a reader needs: the JFIF head, and Adobe's word on how colours lie."""
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xDA)})
NEXT = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])")
"""Where compressed pixels end: at a marker that is neither a stuffed byte nor a restart."""

JPEG2000 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
NOTES = frozenset({b"uuid", b"xml ", b"asoc", b"lbl "})
"""Boxes of a JPEG 2000 file in which EXIF, XMP, places and notes are kept."""


def stripped_jpeg(data: bytes) -> bytes:
    """A JPEG without EXIF, XMP, comments and what hangs on behind. Raises ValueError where it is none."""
    begin = data.find(START)
    if begin < 0:
        raise ValueError("no JPEG")
    kept = [START]
    for marker, section in _sections(data, begin + 2):
        if marker in NEEDED or not (marker in APPLICATION or marker == COMMENT):
            kept.append(section)
    return b"".join(kept)


def _sections(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each section, the pixels with the head before them; to the end of the first picture."""
    marker = 0
    while marker != END and at < len(data):
        marker, end = _section(data, at)
        if marker == START_OF_SCAN:
            pixels = NEXT.search(data, end)
            end = pixels.start() if pixels else len(data)
        yield marker, data[at:end]
        at = end


def _section(data: bytes, at: int) -> tuple[int, int]:
    """The marker of the section that begins there, and where its bytes end."""
    while data[at : at + 2] == b"\xff\xff":
        at += 1
    if len(data) < at + 2 or data[at] != 0xFF:
        raise ValueError("no section where one should be")
    marker = data[at + 1]
    if marker in WITHOUT_LENGTH:
        return marker, at + 2
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    if length < 2 or at + 2 + length > len(data):
        raise ValueError("a section is cut")
    return marker, at + 2 + length


def stripped_jpeg2000(data: bytes) -> bytes:
    """A JPEG 2000 file without its boxes of notes; a bare stream of pixels has none. Raises ValueError."""
    if not data.startswith(JPEG2000):
        return data
    kept, at = [], 0
    while at < len(data):
        kind, end = _box(data, at)
        if kind not in NOTES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _box(data: bytes, at: int) -> tuple[bytes, int]:
    """The kind of the box that begins there, and where it ends. A length of 0 means: to the end."""
    length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
    if length == 1:
        length = int.from_bytes(data[at + 8 : at + 16], "big")
    end = at + length if length else len(data)
    if end < at + 8 or end > len(data):
        raise ValueError("a box is cut")
    return kind, end
