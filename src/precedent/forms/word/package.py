"""The parts of a Word file around its text, put into one ZIP that is the same bytes for the same text."""

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO

from precedent.forms.word.styles import LOOKS, Look, styles
from precedent.forms.word.wordml import CULTURES, Voice, escaped, paragraph, run

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
FOOTER = "rId3"

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time in the ZIP. A real one would make two files of one form differ."""

TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.wordprocessingml.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{OFFICE}.wordprocessingml.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{OFFICE}.wordprocessingml.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{OFFICE}.wordprocessingml.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    f'<Override PartName="/docProps/custom.xml" ContentType="{OFFICE}.custom-properties+xml"/></Types>'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{R}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{R}/settings" Target="settings.xml"/>'
    f'<Relationship Id="{FOOTER}" Type="{R}/footer" Target="footer1.xml"/></Relationships>'
)
# Labels are protected, answers are not: they stand between permStart and permEnd. There is no password, so that
# whoever needs another row can lift the protection.
PROTECTION = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'


def packed(
    body: str,
    language: str,
    title: str,
    footer: tuple[str, str, str],
    facts: Mapping[str, str],
    looks: Iterable[Look] = LOOKS,
    protection: str = PROTECTION,
) -> bytes:
    """The Word file around a body. `footer`: what stands before, between and after the two page numbers.

    It is a form, with its styles and protected; another paper has `looks` of its own and no `protection`.
    """
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/styles.xml": styles(language, looks),
        "word/settings.xml": _settings(protection),
        "word/footer1.xml": _footer(footer, language),
        "docProps/core.xml": _core(title, language),
        "docProps/custom.xml": _custom(facts),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in parts.items():
            member = zipfile.ZipInfo(name, EARLIEST)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(member, text.encode())
    return made.getvalue()


def _settings(protection: str) -> str:
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{protection}'
        '<w:defaultTabStop w:val="709"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def _footer(words: tuple[str, str, str], language: str) -> str:
    voice = Voice(language, language)
    before, between, after = (run(text, voice) if text else "" for text in words)
    inside = f"{before}{_field('PAGE')}{between}{_field('NUMPAGES')}{after}"
    return f'{HEAD}<w:ftr xmlns:w="{W}">{paragraph(inside, "Footer", voice)}</w:ftr>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _core(title: str, language: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>Precedent</dc:creator>"
        f"<dc:language>{escaped(CULTURES.get(language, language))}</dc:language></cp:coreProperties>"
    )


def _custom(facts: Mapping[str, str]) -> str:
    told = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="precedent-{name}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(facts.items(), start=2)
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006"
    return (
        f'{HEAD}<Properties xmlns="{kind}/custom-properties" xmlns:vt="{kind}/docPropsVTypes">{told}</Properties>'
    )
