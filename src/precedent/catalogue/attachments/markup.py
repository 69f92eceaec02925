"""The text of one part of a Word document: what runs, what leads elsewhere and who wrote it, taken out in place.

Names are compared without their namespaces, which differ between the editions of the standard.
"""

# ruff: noqa: SIM905 - a list of names reads best as a line of text

import re
from collections.abc import Iterator
from typing import Any

from precedent.catalogue.attachments.package import Relation

RELATION_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
VML, OFFICE = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"

GONE = frozenset(
    "OLEObject control altChunk subDoc attachedTemplate externalData mailMerge docVars docId rsids dataBinding "
    "fldData saveThroughXslt contentPart".split()
)
"""Elements that run something, lead to another file, or tell which copies of Word had a hand in it."""
PEOPLE = frozenset("author initials userId userName userProvider providerId ed".split())
"""Attributes that hold who made a change or a remark. Some may not be missing."""
NOBODY = "Author"
STAYS_WITHOUT = frozenset("hyperlink blip imagedata fill stroke background".split())
"""Elements that say something even where what they led to is gone: the words of a link, the frame of a picture."""

ADDRESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
FIELDS = frozenset(
    "= ADVANCE AUTONUM AUTONUMLGL AUTONUMOUT BIBLIOGRAPHY CITATION COMPARE CREATEDATE DATE EQ FORMCHECKBOX "
    "FORMDROPDOWN FORMTEXT HYPERLINK IF INDEX LISTNUM MERGEFIELD NOTEREF NUMPAGES PAGE PAGEREF PRINTDATE QUOTE "
    "REF SAVEDATE SECTION SECTIONPAGES SEQ SET STYLEREF SYMBOL TA TC TIME TOA TOC XE".split()
)
"""Fields that Word works out from the document itself. The others (such as DDEAUTO) keep what they showed."""


def clean(root: Any, relations: tuple[Relation, ...]) -> None:
    """`relations`: those of this part that remain."""
    remaining = {one.id for one in relations}
    for element in list(root.iter()):
        if _local(element) in GONE or _hangs(element, remaining):
            _remove(element)
        else:
            _clean_attributes(element)
    for instruction in _field_instructions(root):
        if not _is_plain("".join(map(_text, instruction))):
            for piece in instruction:
                piece.text = ""


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    return element.text or ""


def _remove(element: Any) -> None:
    """With the extension it stands in, which would be empty without it."""
    extension = next((above for above in element.iterancestors() if _local(above) == "ext"), None)
    gone = element if extension is None else extension
    if (parent := gone.getparent()) is not None:
        parent.remove(gone)


def _hangs(element: Any, remaining: set[str]) -> bool:
    """Does it lead to a part that is gone, and say nothing without? Where it does say something, it stays, and
    leads nowhere.
    """
    lost = [name for name, value in element.attrib.items() if _is_lost(name, value, remaining)]
    if lost and _local(element) not in STAYS_WITHOUT:
        return True
    for name in lost:
        del element.attrib[name]
    return False


def _is_lost(name: str, value: str, remaining: set[str]) -> bool:
    space, _, local = name.rpartition("}")
    leads = space[1:] in RELATION_SPACES or (space[1:] == OFFICE and local == "relid")
    return leads and value != "" and value not in remaining


def _clean_attributes(element: Any) -> None:
    is_drawing = str(element.tag).startswith(f"{{{VML}}}")
    for name, value in element.attrib.items():
        local = name.rpartition("}")[2]
        if local in PEOPLE:
            element.set(name, NOBODY)
        elif local.startswith("rsid") or (is_drawing and local in ("src", "href") and not _is_link(local, value)):
            del element.attrib[name]
        elif local == "instr" and not _is_plain(value):
            element.set(name, "")


def _is_link(local: str, value: str) -> bool:
    return local == "href" and bool(ADDRESS.match(value))


def _field_instructions(root: Any) -> Iterator[list[Any]]:
    """The pieces of each field's instruction; fields stand in one another, and run over many paragraphs."""
    open_fields: list[list[Any]] = []
    for element in root.iter():
        match _local(element), _kind_of_mark(element):
            case "fldChar", "begin":
                open_fields.append([])
            case "fldChar", "end" if open_fields:
                yield open_fields.pop()
            case (("instrText" | "delInstrText"), _):
                if not open_fields:
                    open_fields.append([])
                open_fields[-1].append(element)
            case _:
                pass
    yield from open_fields


def _kind_of_mark(element: Any) -> str:
    return next((value for name, value in element.attrib.items() if name.endswith("fldCharType")), "")


def _is_plain(instruction: str) -> bool:
    """Is it a field that asks for nothing outside the document? Links lead to addresses, or within it."""
    word, _, rest = instruction.strip().partition(" ")
    if word.startswith("="):
        return True
    if word.upper() not in FIELDS:
        return not instruction.strip()
    if word.upper() != "HYPERLINK":
        return True
    return rest.strip().startswith("\\l") or bool(ADDRESS.match(rest.strip().lstrip('"“')))
