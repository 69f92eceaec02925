"""How a form looks: the styles of Word's own kind, as a table, for each direction and script.

Ink on paper, as on the site: a serif for headings, a sans serif for what is operated, hairlines, no hues.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from precedent.forms.word.wordml import CULTURES, escaped
from precedent.kernel.languages import direction

INK, SOFT, RULE, PALE = "17191D", "54565C", "D3CFC5", "A8A499"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. Sizes are half points, distances twentieths of a point."""

    id: str
    name: str
    size: int
    before: int = 0
    after: int = 0
    colour: str = INK
    bold: bool = False
    italic: bool = False
    serif: bool = False
    stays: bool = False
    level: int | None = None
    around: str = ""
    indent: str = ""


BELOW = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{INK}"/></w:pBdr>'
"""The rule under the title, as under the site's head."""
WASHED = (
    '<w:pBdr><w:top w:val="single" w:sz="24" w:space="1" w:color="F4F1EA"/>'
    '<w:bottom w:val="single" w:sz="24" w:space="1" w:color="F4F1EA"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="F4F1EA"/>'
)

LOOKS = (
    Look("Title", "Title", 44, 0, 160, bold=True, serif=True, stays=True, around=BELOW),
    Look("Heading1", "heading 1", 30, 360, 80, bold=True, serif=True, stays=True, level=0),
    Look("Heading2", "heading 2", 24, 240, 60, bold=True, serif=True, stays=True, level=1),
    Look("FormLead", "Form lead", 22, 0, 100, stays=True),
    Look("FormAdvice", "Form advice", 19, 0, 140, colour=SOFT, stays=True),
    Look("FormStep", "Form step", 19, 0, 0, around=WASHED, indent='<w:ind w:left="113" w:right="113"/>'),
    Look("FormLabel", "Form label", 20, 40, 20, bold=True),
    Look("FormNeed", "Form need", 17, 0, 20, bold=True, colour=SOFT),
    Look("FormHint", "Form hint", 17, 0, 20, colour=SOFT),
    Look("FormExample", "Form example", 17, 0, 20, colour=SOFT, italic=True),
    Look("FormMark", "Form mark", 11, 0, 20, colour=PALE),
    Look("FormAnswer", "Form answer", 21, 40, 40),
    Look("FormNumber", "Form number", 20, 40, 20, bold=True),
    Look("FormCard", "Form card", 20, 60, 40, bold=True, stays=True),
    Look("FormChoice", "Form choice", 16, 0, 30, indent='<w:ind w:left="170" w:hanging="170"/>'),
    Look("FormSpace", "Form space", 8),
    Look("FormOrigin", "Form origin", 14, 120, 0, colour=SOFT),
    Look("Footer", "footer", 16, colour=SOFT),
)
"""Every paragraph style. The names stay when LibreOffice saves the file; what is ours begins with “Form”."""

FONTS = {"sans": ("Calibri", "Microsoft YaHei", "Arial"), "serif": ("Georgia", "Microsoft YaHei", "Arial")}
"""Latin and Cyrillic, Chinese, Arabic: fonts that come with Word, and have a like in LibreOffice."""

TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="FormTable"><w:name w:val="Form table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)

PLACEHOLDER = (
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
    f'<w:uiPriority w:val="99"/><w:rPr><w:color w:val="{PALE}"/></w:rPr></w:style>'
)


def styles(language: str, looks: Iterable[Look] = LOOKS) -> str:
    """The part `styles.xml` of a form, or of another paper with `looks` of its own, in a language."""
    rtl = direction(language) == "rtl"
    way = "<w:bidi/>" if rtl else ""
    spoken = escaped(CULTURES.get(language, language))
    latin = spoken if language not in ("ar", "zh") else "en-GB"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>'
        f'<w:rPrDefault><w:rPr>{_fonts("sans")}<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="{spoken if rtl else "ar-SA"}"/>'
        "</w:rPr></w:rPrDefault>"
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:pPr>{way}</w:pPr></w:style>{''.join(_style(look, language) for look in looks)}"
        f"{PLACEHOLDER}{TABLE}</w:styles>"
    )


def _style(look: Look, language: str) -> str:
    own = ' w:customStyle="1"' if look.id.startswith("Form") else ""
    outline = f'<w:outlineLvl w:val="{look.level}"/>' if look.level is not None else ""
    stays = "<w:keepNext/>" if look.stays else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{look.id}"><w:name w:val="{look.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{stays}{look.around}'
        f'<w:spacing w:before="{look.before}" w:after="{look.after}"/>{look.indent}{outline}</w:pPr>'
        f"<w:rPr>{_letters(look, language)}</w:rPr></w:style>"
    )


def _letters(look: Look, language: str) -> str:
    """Arabic and Chinese have no italics, and Arabic letters are smaller at the same size."""
    fonts = _fonts("serif") if look.serif else ""
    bold = "<w:b/><w:bCs/>" if look.bold else ""
    italic = "<w:i/>" if look.italic and language not in ("ar", "zh") else ""
    arabic = look.size + 3 if language == "ar" else look.size
    size = f'<w:sz w:val="{look.size}"/><w:szCs w:val="{arabic}"/>'
    return f'{fonts}{bold}{italic}<w:color w:val="{look.colour}"/>{size}'


def _fonts(kind: str) -> str:
    latin, eastern, complex = FONTS[kind]
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{eastern}" w:cs="{complex}"/>'
