"""The container of a Word document: a ZIP file of parts, their media types, and how one part leads to others.

Unpacked with limits and packed anew. What may be in the parts does not belong here.
"""

import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from precedent.catalogue.attachments.verdicts import Refused, Verdict

MEMBERS = 2_000
UNPACKED = 100_000_000
"""Bytes of all members together. A document of 10 MB is mostly pictures, which hardly unpack."""
RATIO = 200
RATIO_FROM = 1_000_000
"""How much larger than packed a member may be, where it is larger than this. Real texts reach some 50."""
PICTURES = (".bmp", ".tif", ".tiff", ".emf", ".wmf", ".gif", ".png")
"""An empty picture packs better than any text."""

ENTITY_BOMBS = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_ENTITY_LOOP)

TYPES = "[Content_Types].xml"
TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS_MEDIA = "application/vnd.openxmlformats-package.relationships+xml"
MOMENT = (1980, 1, 1, 0, 0, 0)
"""Of every member we write, so that the same document twice is one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """`target` is the name of a part, or an address where it is `external`."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of its type; what is before differs between editions of the standard."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it is written."""

    media: str
    data: bytes
    relations: tuple[Relation, ...]


def parsed(data: bytes) -> Any:
    """The root of an XML text, without comments. Raises Refused where it declares entities, or a type at all."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code in ENTITY_BOMBS:
            raise Refused(Verdict.SUSPICIOUS) from error
        raise
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(Verdict.SUSPICIOUS)
    return root


class Package:
    """The members of a container, by name, and what each of them is."""

    def __init__(self, data: bytes) -> None:
        self.members = _unpacked(data)
        if TYPES not in self.members:
            raise Refused(Verdict.UNKNOWN)
        self._defaults: dict[str, str] = {}
        self._named: dict[str, str] = {}
        for one in parsed(self.members[TYPES]):
            if name := one.get("PartName"):
                self._named[name.lstrip("/")] = one.get("ContentType", "")
            else:
                self._defaults[one.get("Extension", "").lower()] = one.get("ContentType", "")

    def media(self, name: str) -> str:
        return self._named.get(name) or self._defaults.get(posixpath.splitext(name)[1][1:].lower(), "")

    def all_media(self) -> Iterable[str]:
        return (*self._named.values(), *self._defaults.values())

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Where a part leads, the container itself having no name. What leads to no part is left out."""
        file = _relations_file(name)
        if file not in self.members:
            return ()
        found = (_relation(name, one) for one in parsed(self.members[file]))
        return tuple(one for one in found if one.external or one.target in self.members)


def _relations_file(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _relation(source: str, told: Any) -> Relation:
    target, external = told.get("Target", ""), told.get("TargetMode") == "External"
    if not external:
        joined = posixpath.join("/", posixpath.dirname(source), unquote(target))
        target = posixpath.normpath(joined).lstrip("/")
    return Relation(told.get("Id", ""), told.get("Type", ""), target, external)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Raises Refused, before it is unpacked, where a container is built to harm; BadZipFile where it is broken."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        infos = [info for info in packed.infolist() if not info.is_dir()]
        names = {info.filename.lower() for info in infos}
        if any(info.flag_bits & 1 for info in infos):
            raise Refused(Verdict.LOCKED)
        if len(infos) > MEMBERS or len(names) < len(infos) or any(map(_leads_out, names)):
            raise Refused(Verdict.SUSPICIOUS)
        if sum(info.file_size for info in infos) > UNPACKED or any(map(_is_bomb, infos)):
            raise Refused(Verdict.SUSPICIOUS)
        # Never more than is declared: ZipFile stops there, and finds that the checksum is another.
        return {info.filename: packed.read(info) for info in infos}


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    if info.file_size < RATIO_FROM or info.filename.lower().endswith(PICTURES):
        return False
    return info.file_size > RATIO * max(info.compress_size, 1)


def packed(parts: dict[str, Part]) -> bytes:
    """The container of these parts; the one without a name is the container itself."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        _add(target, TYPES, _types(parts))
        for name, part in sorted(parts.items()):
            if name:
                _add(target, name, part.data)
            if part.relations:
                _add(target, _relations_file(name), _told(part.relations))
    return out.getvalue()


def _add(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    target.writestr(info, data)


def _types(parts: dict[str, Part]) -> bytes:
    root = etree.Element(f"{{{TYPES_SPACE}}}Types", nsmap={None: TYPES_SPACE})
    etree.SubElement(root, f"{{{TYPES_SPACE}}}Default", Extension="rels", ContentType=RELATIONS_MEDIA)
    for name, part in sorted(parts.items()):
        if name:
            etree.SubElement(root, f"{{{TYPES_SPACE}}}Override", PartName=f"/{name}", ContentType=part.media)
    return spelled(root)


def _told(relations: tuple[Relation, ...]) -> bytes:
    root = etree.Element(f"{{{RELATIONS_SPACE}}}Relationships", nsmap={None: RELATIONS_SPACE})
    for one in relations:
        target = one.target if one.external else f"/{one.target}"
        told = etree.SubElement(
            root, f"{{{RELATIONS_SPACE}}}Relationship", Id=one.id, Type=one.type, Target=target
        )
        if one.external:
            told.set("TargetMode", "External")
    return spelled(root)


def spelled(root: Any) -> bytes:
    """An XML text as Word writes it."""
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text
