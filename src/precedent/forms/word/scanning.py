"""From WordprocessingML to plain rows and lines, whichever program wrote it.

Tracked insertions count, deletions do not. Comments, fields' codes and pictures are passed over. What a content
control shows only as a placeholder is nothing. Elements are known by their local names, because strict files have
other namespaces than transitional ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

Lines = list[str]

PASSED_OVER = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "drawing",
        "pict",
        "object",
        "rt",
        "Fallback",
        "sdtPr",
        "sdtEndPr",
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "comment",
    }
)
"""Elements that hold no text of the document as it stands."""

SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines of each of its cells."""

    cells: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows in their order."""

    rows: tuple[Row, ...] = field(default=())


def scanned(document: Element) -> Iterator[str | Grid]:
    """The body in its order: a paragraph as its text, a table as its rows."""
    for block in _below(document, "p", "tbl"):
        if _name(block) == "tbl":
            yield Grid(tuple(_rows(block)))
        else:
            yield from _lines([block])


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element, name: str) -> str | None:
    """An attribute by its local name."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _child(element: Element, *names: str) -> Element | None:
    """What is found by going down a way of names."""
    at: Element | None = element
    for name in names:
        at = next((child for child in at if _name(child) == name), None) if at is not None else None
    return at


def _below(element: Element, *wanted: str) -> Iterator[Element]:
    """The nearest elements of these names, seen through content controls and other wrappings."""
    for child in element:
        name = _name(child)
        if name in wanted:
            yield child
        # A control around a cell or a row may wait to be filled; the cell is there nevertheless.
        elif name not in PASSED_OVER and not ("p" in wanted and _is_waiting(child)):
            yield from _below(child, *wanted)


def _is_waiting(element: Element) -> bool:
    """Is this a content control that shows its placeholder?"""
    shown = _child(element, "sdtPr", "showingPlcHdr") if _name(element) == "sdt" else None
    return shown is not None and _value(shown, "val") not in ("0", "false", "off")


def _rows(table: Element) -> Iterator[Row]:
    """The rows that were not deleted."""
    for row in _below(table, "tr"):
        if _child(row, "trPr", "del") is None:
            yield Row(tuple(_lines(_below(cell, "p")) for cell in _below(row, "tc")))


def _lines(paragraphs: Iterator[Element] | list[Element]) -> Lines:
    """The lines of paragraphs. One whose mark was deleted goes on in the next."""
    lines: Lines = []
    before = ""
    for paragraph in paragraphs:
        text = before + "".join(_texts(paragraph))
        joined = _child(paragraph, "pPr", "rPr", "del") is not None
        before = text if joined else ""
        if not joined:
            lines += text.split("\n")
    return [*lines, *before.split("\n")] if before else lines


def _texts(element: Element) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name not in PASSED_OVER and not _is_waiting(child):
            yield from _texts(child)
