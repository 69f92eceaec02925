"""The press: what anybody typed reaches paper as it was typed, in every script, the same each time."""

import io
import struct
from typing import Any

import pikepdf
import pytest
from hypothesis import given as examples
from hypothesis import strategies as some

from precedent.printing import press
from precedent.printing.refusals import NotPrintable
from tests.given import NASTY

SOURCE = """
#let told = json(bytes(sys.inputs.told))
#set document(title: told.text)
#set text(font: told.fonts)
#told.text
"""
SIGNS = '#panic() $x^2$ @nobody `raw` *bold* _under_ <label> [x] \\ // /* */ ~ -- "quoted" #"x" = = =1'


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(data))


def title(data: bytes) -> str:
    with opened(data) as file:
        return str(file.docinfo["/Title"])


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@pytest.mark.parametrize("text", [SIGNS, "العُمّال المهاجرون", "移民工人“女佣”", "ёлка трудящиеся", "Trần Thị Ỹ"])
def test_a_file_is_tagged_for_reading_aloud_and_says_what_was_typed(text: str) -> None:
    made = press.pdf(SOURCE, {"text": text})
    with opened(made) as file:
        assert file.Root.MarkInfo.Marked and "/StructTreeRoot" in file.Root
        assert b"pdfuaid" in file.Root.Metadata.read_bytes()
    assert title(made) == text


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_read_as_markup_or_stops_the_press(text: str) -> None:
    with opened(press.pdf(SOURCE, {"text": text[:2_000]})) as file:
        assert file.Root.MarkInfo.Marked


@examples(some.text(max_size=60))
def test_whatever_is_typed_stands_there_as_it_was_typed(text: str) -> None:
    made = press.pdf(SOURCE, {"text": f"{text}x"})
    assert title(made) == f"{text}x"


@pytest.mark.parametrize("press_it", [press.pdf, press.svg, press.png])
def test_the_same_input_gives_the_same_bytes(press_it: Any) -> None:
    assert press_it(SOURCE, {"text": "Twice"}) == press_it(SOURCE, {"text": "Twice"})
    assert press_it(SOURCE, {"text": "Twice"}) != press_it(SOURCE, {"text": "Once"})


def test_a_file_carries_no_time_and_only_shipped_fonts() -> None:
    with opened(press.pdf(SOURCE, {"text": "Aع移"})) as file:
        assert "/CreationDate" not in file.docinfo and "/ModDate" not in file.docinfo
        fonts = file.pages[0].Resources.Font
        names = {str(font.BaseFont).partition("+")[2] for font in fonts.values()}
    assert names and all(name.startswith("NotoSans") for name in names)


def test_a_source_that_is_wrong_is_refused_with_the_reason() -> None:
    with pytest.raises(NotPrintable, match="unknown variable"):
        press.pdf("#nobody", {})


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">
<rect width="{width}" height="{height}" fill="#fff"/><text x="5" y="20">{text}</text></svg>"""


def drawing(text: str = "", width: int = 200, height: int = 100) -> str:
    return DRAWING.format(text=text, width=width, height=height)


@pytest.mark.parametrize("wide", [1, 37, 1200, 8000])
def test_a_picture_is_as_wide_as_it_is_wished(wide: int) -> None:
    assert size(press.picture(drawing(), wide)) == (wide, -(-wide // 2) if wide > 1 else 1)


def test_a_picture_has_letters_of_every_script() -> None:
    nothing = press.picture(drawing(), 400)
    drawn = {press.picture(drawing(text), 400) for text in ("A", "ع", "移", "Ж")}
    assert len(drawn | {nothing}) == 5


def test_a_picture_is_the_same_each_time() -> None:
    assert press.picture(drawing("Twice"), 300) == press.picture(drawing("Twice"), 300)


OUTSIDE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><image href="{}" width="1" height="1"/></svg>'


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "no drawing",
        OUTSIDE.format("/etc/hostname"),
        OUTSIDE.format("OFL.txt"),
        OUTSIDE.format("http://example.org/x.png"),
        drawing(width=1, height=100_000),
    ],
)
def test_a_picture_of_something_else_or_too_large_is_refused(svg: str) -> None:
    with pytest.raises(NotPrintable):
        press.picture(svg, 1200)


@pytest.mark.parametrize("wide", [0, -1, 8001, 10**9])
def test_a_width_out_of_bounds_is_refused(wide: int) -> None:
    with pytest.raises(NotPrintable, match="pixels wide"):
        press.picture(drawing(), wide)
