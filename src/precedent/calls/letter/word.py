"""The letter as a Word file, with real styles and languages, to be changed before it is sent."""

import io
import unicodedata
from typing import cast

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from precedent.calls.letter.wording import Letter, Part
from precedent.kernel.languages import direction

FONT, CHINESE = "Arial", "SimSun"
SIZES = ((1_600, 11), (2_300, 10), (3_000, 9), (3_900, 8), (5_200, 7))
"""Up to so many characters the letter fits on one page in letters of so many points."""
SMALLEST = 6
LINE = "Letter line"
LOOKS = (
    ("Normal", 1, 0, 0.33),
    (LINE, 1, 0, 0.5),
    ("Title", 1.45, 0.5, 0.5),
    ("Heading 1", 1.1, 0.5, 0.25),
    ("Quote", 1, 0, 0.33),
    ("List Bullet", 1, 0, 0.25),
)
"""Each style with its size, and the space before and after, as shares of the letters' size."""
TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
"""Languages as Word names them."""


def as_word(letter: Letter) -> bytes:
    """The letter as a file for Word."""
    paper = Document()
    _frame(paper, letter)
    _said(paper.add_paragraph(style=LINE), f"{letter.product}\t{letter.day}", letter.language)
    _said(paper.add_paragraph(), letter.to, letter.language)
    _said(paper.add_paragraph(style="Title"), letter.title, letter.title_language)
    _said(paper.add_paragraph(), letter.opening[0], letter.language)
    for question in letter.opening[1:]:
        _said(paper.add_paragraph(style="Quote"), question, letter.language)
    for part in letter.parts:
        _said(paper.add_paragraph(style="Heading 1"), part.heading, letter.language)
        _lines(paper, part, letter)
    for part in letter.facts:
        paragraph = paper.add_paragraph()
        _said(paragraph, f"{part.heading}: ", letter.language, bold=True)
        _run(paragraph, part.text, part.language or letter.language)
    _said(paper.add_paragraph(style="Heading 1"), letter.sending_heading, letter.language)
    for way, address in letter.sending:
        paragraph = paper.add_paragraph(style="List Bullet")
        _said(paragraph, f"{way} ", letter.language)
        _run(paragraph, address, "en")
    _said(paper.add_paragraph(), letter.closing, letter.language)
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()


def _lines(paper: Paper, part: Part, letter: Letter) -> None:
    for line in part.text.splitlines():
        if line:
            _said(paper.add_paragraph(), line, part.language or letter.language)


def _said(paragraph: Paragraph, text: str, language: str, bold: bool = False) -> None:
    """A text that begins its paragraph, which runs as the text's language does."""
    if direction(language) == "rtl":
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    _run(paragraph, text, language, bold)


def _run(paragraph: Paragraph, text: str, language: str, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.bold = run.font.cs_bold = bold or None
    told = run._element.get_or_add_rPr()
    if direction(language) == "rtl":
        told.append(OxmlElement("w:rtl"))
    told.append(_language(language))


def _language(language: str) -> BaseOxmlElement:
    """What language a text is in, for whoever checks its spelling or reads it aloud."""
    told = OxmlElement("w:lang")
    kind = {"ar": "w:bidi", "zh": "w:eastAsia"}.get(language, "w:val")
    told.set(qn(kind), TAGS.get(language, language))
    return told


def _frame(paper: Paper, letter: Letter) -> None:
    """The page, the styles and what the file says of itself."""
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(15), Mm(13)
    line = cast(ParagraphStyle, paper.styles.add_style(LINE, WD_STYLE_TYPE.PARAGRAPH))
    line.base_style = paper.styles["Normal"]
    line.paragraph_format.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)
    size = _size(letter)
    for name, share, before, after in LOOKS:
        style = cast(ParagraphStyle, paper.styles[name])
        _look(style, size * share)
        style.paragraph_format.space_before = Pt(size * before)
        style.paragraph_format.space_after = Pt(size * after)
    about = paper.core_properties
    about.title, about.author, about.language = letter.title, letter.product, TAGS[letter.language]
    about.comments = ""


def _look(style: ParagraphStyle, points: float) -> None:
    """Ink on paper, in one font; scripts such as Arabic have a font and a size of their own."""
    style.font.size, style.font.name = Pt(points), FONT
    style.font.color.rgb = None
    style.font.italic = style.font.cs_italic = False
    told = style.element.get_or_add_rPr()
    fonts = told.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FONT)
    fonts.set(qn("w:eastAsia"), CHINESE)
    for was in told.findall(qn("w:szCs")):
        told.remove(was)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), told.find(qn("w:sz")).get(qn("w:val")))
    told.find(qn("w:sz")).addnext(complex_size)


def _size(letter: Letter) -> float:
    """The letters' size in points: smaller, the more there is to say. A Chinese character takes two places."""
    told = [
        *letter.opening,
        letter.title,
        letter.closing,
        *(f"{way} {address}" for way, address in letter.sending),
    ]
    told += [part.text for part in (*letter.parts, *letter.facts)]
    places = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for text in told for c in text)
    return next((size for most, size in SIZES if places <= most), SMALLEST)
