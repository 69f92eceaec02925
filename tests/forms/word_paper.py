"""A Word form as people and programs change it: its XML, taken out, edited and put back."""

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a Word file by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(data: bytes, change: Callable[[str], str], name: str = DOCUMENT) -> bytes:
    """The file with a part rewritten as text."""
    held = parts(data)
    before = held[name].decode()
    after = change(before)
    assert after != before
    return packed({**held, name: after.encode()})


def text_of(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraph(*texts: str) -> Element:
    """A plain paragraph; each text is a run of its own."""
    made = Element(f"{W}p")
    for text in texts:
        SubElement(SubElement(made, f"{W}r"), f"{W}t").text = text
    return made


class Paper:
    """A form on the table."""

    def __init__(self, data: bytes) -> None:
        self.parts = parts(data)
        self.root = fromstring(self.parts[DOCUMENT])  # noqa: S314 - our own file
        self.body = self.root[0]

    @property
    def data(self) -> bytes:
        return packed({**self.parts, DOCUMENT: tostring(self.root, encoding="utf-8")})

    def tables(self) -> list[Element]:
        return list(self.root.iter(f"{W}tbl"))

    def table(self, mark: str) -> Element:
        """The table in which a mark stands alone in its paragraph."""
        return next(table for table in self.tables() if mark in self.lines(table))

    def lines(self, element: Element) -> list[str]:
        return [text_of(line) for line in element.iter(f"{W}p")]

    def row(self, mark: str, number: int = 0) -> Element:
        """The row of a question; or that many rows below the head of a grid."""
        rows = list(self.table(mark).iter(f"{W}tr"))
        at = next(at for at, row in enumerate(rows) if mark in self.lines(row))
        return rows[at + number]

    def cell(self, mark: str, number: int = 0, column: int = 1) -> Element:
        return self.row(mark, number).findall(f"{W}tc")[column]

    def put(self, mark: str, *lines: "str | Element", number: int = 0, column: int = 1) -> None:
        """Write over what stands in an answer, as plain paragraphs."""
        cell = self.cell(mark, number, column)
        for line in cell.findall(f"{W}p"):
            cell.remove(line)
        cell.extend([paragraph(line) if isinstance(line, str) else line for line in lines])

    def copy(self, row: Element) -> Element:
        """Copy a row below itself."""
        table = next(table for table in self.tables() if row in list(table))
        twin = deepcopy(row)
        table.insert(list(table).index(row) + 1, twin)
        return twin

    def remove(self, row: Element) -> None:
        next(table for table in self.tables() if row in list(table)).remove(row)
