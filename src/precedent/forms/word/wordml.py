"""WordprocessingML in small pieces of text: runs, paragraphs, cells, content controls. It knows no form.

Strings are put together by hand because a form has thousands of list items; every text passes through `escaped`.
The order of the elements is that of ISO/IEC 29500, which Word insists on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from precedent.kernel.languages import direction

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

CULTURES = {"ar": "ar-SA", "zh": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}
"""How Word calls the languages whose spelling it checks."""

EAST_ASIAN = frozenset({"zh", "ja", "ko"})


def escaped(text: str) -> str:
    """A text as it may stand in XML, between tags or in quotation marks."""
    return escape(NOT_XML.sub("", text))


@dataclass(frozen=True, slots=True)
class Voice:
    """In which language a text is, and in which direction the page around it runs."""

    language: str
    page: str

    @property
    def rtl(self) -> bool:
        return direction(self.language) == "rtl"

    @property
    def turned(self) -> bool:
        """Does it run against the page?"""
        return direction(self.language) != direction(self.page)


def run(text: str, voice: Voice, style: str = "") -> str:
    """A stretch of text."""
    kind = f'<w:rStyle w:val="{style}"/>' if style else ""
    way = f'<w:rtl w:val="{int(voice.rtl)}"/>' if voice.rtl or voice.turned else ""
    return f'<w:r><w:rPr>{kind}{way}{_spoken(voice)}</w:rPr><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _spoken(voice: Voice) -> str:
    culture = escaped(CULTURES.get(voice.language, voice.language))
    name = "bidi" if voice.rtl else "eastAsia" if voice.language[:2] in EAST_ASIAN else "val"
    return f'<w:lang w:{name}="{culture}"/>'


def paragraph(inside: str, style: str, voice: Voice, more: str = "") -> str:
    """A paragraph around runs. `more` goes at the end of its properties."""
    way = f'<w:bidi w:val="{int(voice.rtl)}"/>' if voice.turned else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{way}{more}</w:pPr>{inside}</w:p>'


@lru_cache(maxsize=10_000)
def said(text: str, style: str, voice: Voice) -> str:
    """A paragraph of one text. A form says much that every form says."""
    return paragraph(run(text, voice), style, voice)


def cell(inside: str, width: int, *, wash: bool = False, across: int = 1) -> str:
    """A cell; `wash` tints those that are not for writing."""
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    tint = '<w:shd w:val="clear" w:color="auto" w:fill="F4F1EA"/>' if wash else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{tint}</w:tcPr>{inside}</w:tc>'


def row(cells: Iterable[str], *, head: bool = False, whole: bool = True) -> str:
    """A row; a head is repeated on each page, and a `whole` one is not torn between two."""
    kept = "<w:cantSplit/>" if whole else ""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr>{kept}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Iterable[int], caption: str, description: str, *, rtl: bool) -> str:
    """A table with a name and a description for those who do not see it."""
    widths = list(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    mirrored = "<w:bidiVisual/>" if rtl else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/>{mirrored}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(caption)}"/><w:tblDescription w:val="{escaped(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def items(choices: Mapping[str, str], nothing: str) -> str:
    """The items of a list to choose from: first the one that takes a choice back."""
    told = "".join(
        f'<w:listItem w:displayText="{escaped(text)}" w:value="{escaped(code)}"/>'
        for code, text in choices.items()
    )
    return f'<w:listItem w:displayText="{escaped(nothing)}" w:value=""/>{told}'


def control(inside: str, kind: str, *, id: int, name: str, tag: str, empty: bool) -> str:
    """A content control that cannot be deleted, only filled. `kind` is the element that says which."""
    waiting = "<w:showingPlcHdr/>" if empty else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(name[:64])}"/><w:tag w:val="{escaped(tag[:64])}"/>'
        f'<w:id w:val="{id}"/><w:lock w:val="sdtLocked"/>{waiting}{kind}</w:sdtPr>'
        f"<w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    )


def opened(id: int) -> str:
    """From here on everybody may write, also where the file is protected."""
    return f'<w:permStart w:id="{id}" w:edGrp="everyone"/>'


def closed(id: int) -> str:
    return f'<w:permEnd w:id="{id}"/>'


def section_end(columns: int, *, rtl: bool, footer: str, continuous: bool = False) -> str:
    """The properties of a section: A4, its columns, its footer."""
    kind = '<w:type w:val="continuous"/>' if continuous else ""
    way = "<w:bidi/>" if rtl else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{footer}"/>{kind}'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        f'w:gutter="0"/><w:cols w:num="{columns}" w:space="397"/>{way}</w:sectPr>'
    )
