"""Word documents (.docx): the parts that make up what one reads, each cleaned, packed anew.

Kept is what the main part leads to, by relations of known kinds. So properties, custom XML, the list of people,
embedded files, ActiveX, printer settings and templates stay behind without being looked for.
"""

# ruff: noqa: SIM905 - a list of names reads best as a line of text

import posixpath

from precedent.catalogue.attachments import markup, pictures
from precedent.catalogue.attachments.package import Package, Part, Relation, packed, parsed, spelled
from precedent.catalogue.attachments.verdicts import Refused, Verdict

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word."
MACROS = ("macroenabled", "vbaproject", "vbadata")

KEPT = frozenset(
    "styles stylesWithEffects settings webSettings fontTable theme themeOverride numbering footnotes endnotes "
    "header footer comments commentsExtended commentsIds commentsExtensible chart chartStyle chartColorStyle "
    "chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing "
    "image hyperlink".split()
)
"""Kinds of relation that are followed from the main part on."""
DRAWINGS = {".emf": "image/x-emf", ".wmf": "image/x-wmf"}
"""Pictures made of lines, which nothing here can draw anew."""
TELLING = (b"Exif\0\0", b"http://ns.adobe.com/xap/", b"<x:xmpmeta", b"<?xpacket")
"""Marks of notes about a photograph, such as a drawing may have in it."""


def cleaned(data: bytes) -> bytes:
    """Raises Refused, and what ZIP and XML raise of files that are broken."""
    package = Package(data)
    first = _main(package)
    parts = {"": Part("", b"", (first,))}
    pending = [first.target]
    while pending:
        name = pending.pop()
        if name not in parts:
            relations = _led_to(package, name, parts)
            parts[name] = Part(package.media(name), _text(package, name, relations), relations)
            pending += [one.target for one in relations if not one.external]
    return packed(parts)


def _main(package: Package) -> Relation:
    """The relation to the text itself. Raises Refused where the container is no Word document, or has macros."""
    first = next((one for one in package.relations("") if one.kind == "officeDocument"), None)
    media = package.media(first.target) if first else ""
    if first is None or not (media == MAIN or media.startswith(WORD_WITH_MACROS)):
        raise Refused(Verdict.UNKNOWN)
    told = " ".join((*package.all_media(), *package.members)).lower()
    if media != MAIN or any(mark in told for mark in MACROS):
        raise Refused(Verdict.MACROS)
    return first


def _led_to(package: Package, name: str, parts: dict[str, Part]) -> tuple[Relation, ...]:
    """Where a part may lead. Pictures on the way are put among the parts, under the names of what they became."""
    found = []
    for one in package.relations(name):
        if one.kind not in KEPT:
            continue
        if one.external:
            if one.kind == "hyperlink" and markup.ADDRESS.match(one.target):
                found.append(one)
        elif one.kind != "image":
            if package.media(one.target).endswith("+xml"):
                found.append(one)
        elif target := _picture(package, one.target, parts):
            found.append(Relation(one.id, one.type, target, external=False))
    return tuple(found)


def _text(package: Package, name: str, relations: tuple[Relation, ...]) -> bytes:
    root = parsed(package.members[name])
    markup.clean(root, relations)
    return spelled(root)


def _picture(package: Package, name: str, parts: dict[str, Part]) -> str | None:
    """Write a picture anew, once; the name it has now. None where it cannot be read, or tells on people."""
    stem, extension = posixpath.splitext(name)
    if extension.lower() in DRAWINGS:
        if any(mark in package.members[name] for mark in TELLING):
            return None
        parts[name] = Part(DRAWINGS[extension.lower()], package.members[name], ())
        return name
    try:
        data, form = pictures.embedded(package.members[name])
    except Refused:
        raise
    except Exception:
        return None
    became = f"{stem}.{form}"
    parts[became] = Part(f"image/{form}", data, ())
    return became
