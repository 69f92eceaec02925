"""The press: from a typst source and what it tells, to bytes. The same input gives the same bytes, on any machine.

A source is ours, what is told is anybody's: it reaches the source as data, and nothing of it is read as markup.
A source begins with `#let told = json(bytes(sys.inputs.told))`.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from precedent.printing.refusals import NotPrintable

FONTS = Path(__file__).resolve().parent / "fonts"
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC")
"""The fonts, in the order in which they are asked for a letter. A source names them: `font: told.fonts`."""

ACCESSIBLE: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: for people who have a page read to them."""

TALLEST = 20_000
WIDEST = 8_000
"""Pixels of a picture: more takes gigabytes to draw."""

UNDATED = "#set document(date: none)\n"
"""When a file was made is no part of what it tells."""

Standards = list[Literal["ua-1"]]


def pdf(source: str, told: Mapping[str, Any]) -> bytes:
    """A PDF file, tagged. It is PDF/UA-1, unless something told has letters that no shipped font has.

    Raises NotPrintable.
    """
    try:
        return _one(_pressed(source, told, "pdf", [ACCESSIBLE]))
    except NotPrintable:
        return _one(_pressed(source, told, "pdf", []))


def svg(source: str, told: Mapping[str, Any]) -> str:
    """The first page as a drawing. Raises NotPrintable."""
    return _one(_pressed(source, told, "svg", [])).decode()


def png(source: str, told: Mapping[str, Any], dots_an_inch: int = 144) -> bytes:
    """The first page as a picture. Raises NotPrintable."""
    return _one(_pressed(source, told, "png", [], dots_an_inch))


PICTURE = """
#let told = json(bytes(sys.inputs.told))
#set text(font: told.fonts)
#let drawn = image(bytes(told.svg), format: "svg", width: told.wide * 1pt)
#set page(width: told.wide * 1pt, height: auto, margin: 0pt, fill: white)
#context assert(measure(drawn).height <= told.tallest * 1pt, message: "the picture is too tall")
#drawn
"""


def picture(svg: str, pixels_wide: int) -> bytes:
    """An SVG drawing as a PNG picture on white, with the shipped fonts. It may refer to nothing outside itself.

    Raises NotPrintable: it is no SVG, or would be larger than 8,000 × 20,000 pixels.
    """
    if not 0 < pixels_wide <= WIDEST:
        raise NotPrintable(reason=f"a picture is 1 to {WIDEST} pixels wide")
    return png(PICTURE, {"svg": svg, "wide": pixels_wide, "tallest": TALLEST}, dots_an_inch=72)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _pressed(
    source: str,
    told: Mapping[str, Any],
    format: Literal["pdf", "svg", "png"],
    standards: Standards,
    dots_an_inch: int = 144,
) -> bytes | Sequence[bytes] | None:
    try:
        compiler = typst.Compiler(
            (UNDATED + source).encode(),
            root=str(FONTS),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"told": json.dumps({"fonts": FAMILIES, **told}, ensure_ascii=False)},
        )
        made, _warnings = compiler.compile_with_warnings(
            format=format, ppi=dots_an_inch, pdf_standards=[*standards]
        )
    except typst.TypstError as error:
        raise NotPrintable(reason=error.message) from error
    return made


def _one(made: bytes | Sequence[bytes] | None) -> bytes:
    """The file; of several pages that are a file each, the first."""
    if isinstance(made, bytes):
        return made
    return made[0] if made else b""
