"""Files as people send them, each with MARK wherever it could tell on somebody."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import docx
import pikepdf
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw, PngImagePlugin

MARK = "Zanzibar-7"
"""A place and a person in one word, which must not come out of cleaning."""
BYTES = MARK.encode()
WIDE = MARK.encode("utf-16-be")
TEXT = "What everybody may read"


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes about a photograph: where, when, by whom, which way up."""
    told = Image.Exif()
    told[0x0112], told[0x013B], told[0x010E] = orientation, MARK, MARK
    place = told.get_ifd(0x8825)
    place[1], place[2], place[29], place[27] = "S", (6.0, 9.0, 57.6), MARK, BYTES
    return told


XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{MARK}</dc:creator></x:xmpmeta>'.encode()


def drawn(width: int = 60, height: int = 40) -> Image.Image:
    """A picture with a dark corner at the top left, so that one sees which way up it is."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 3, height // 3), fill="black")
    return image


def written(image: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def jpeg(orientation: int = 1) -> bytes:
    return written(drawn(), "JPEG", exif=exif(orientation), comment=BYTES, xmp=XMP, icc_profile=b"icc " + BYTES)


def png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", MARK)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    told.add_text("Comment", MARK, zip=True)
    return written(drawn(), "PNG", pnginfo=told, exif=exif(), icc_profile=BYTES)


def webp() -> bytes:
    return written(drawn(), "WEBP", exif=exif(), xmp=XMP, icc_profile=BYTES)


def _javascript(pdf: pikepdf.Pdf) -> Dictionary:
    script = Stream(pdf, f"app.alert('{MARK}')".encode())
    return Dictionary(S=Name.JavaScript, JS=pdf.make_indirect(script))


def _remarks(pdf: pikepdf.Pdf) -> Array:
    """What can hang on a page: links to a program, an address and a file, an attached file, a remark, a field."""
    box = Array([0, 0, 10, 10])
    attached = Dictionary(Type=Name.Filespec, F=MARK, EF=Dictionary(F=Stream(pdf, BYTES, Type=Name.EmbeddedFile)))
    launch = Dictionary(S=Name.Launch, F=MARK, Next=Array([_javascript(pdf)]))
    good = Dictionary(S=Name.URI, URI="https://example.org/kept")
    field = Dictionary(FT=Name.Tx, T="name of the field", AA=Dictionary(K=_javascript(pdf)))
    told = [
        Dictionary(Subtype=Name.Link, A=launch),
        Dictionary(Subtype=Name.Link, PA=Dictionary(S=Name.Launch, F=MARK)),
        Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.NotYetInvented, F=MARK)),
        Dictionary(Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=MARK)),
        Dictionary(Subtype=Name.Link, A=good),
        Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=f"file:///{MARK}")),
        Dictionary(Subtype=Name.FileAttachment, FS=pdf.make_indirect(attached)),
        Dictionary(Subtype=Name.Text, T=MARK, Contents=TEXT),
        Dictionary(Subtype=Name.Widget, **dict_of(field)),
    ]
    return Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=box, **dict_of(one))) for one in told])


def dict_of(dictionary: Dictionary) -> dict[str, Any]:
    return {key[1:]: value for key, value in dictionary.items()}


def pdf(**how: Any) -> bytes:
    """One page with a text and a photograph, and everything that can hang on it."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    page.obj.Contents = Stream(made, f"BT ({TEXT}) Tj ET /P Do".encode())
    photograph = Stream(
        made, jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, BitsPerComponent=8
    )
    photograph.ColorSpace, photograph.Filter = Name.DeviceRGB, Name.DCTDecode
    photograph.Metadata = Stream(made, XMP, Type=Name.Metadata, Subtype=Name.XML)
    packed = Stream(made, zlib.compress(jpeg()), Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40)
    packed.Filter, packed.ColorSpace = Array([Name.FlateDecode, Name.DCTDecode]), Name.DeviceRGB
    page.obj.Resources = Dictionary(
        XObject=Dictionary(P=made.make_indirect(photograph), AA=made.make_indirect(packed))
    )
    page.obj.PieceInfo = Dictionary(Program=Dictionary(Private=MARK))
    page.obj.Annots = _remarks(made)
    made.Root.OpenAction = _javascript(made)
    made.Root.AA = Dictionary(WC=_javascript(made))
    made.Root.AcroForm = Dictionary(XFA=Stream(made, BYTES), Fields=Array([page.obj.Annots[-1]]))
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([MARK, _javascript(made)])))
    made.attachments["data.txt"] = BYTES
    made.docinfo["/Author"] = MARK
    with made.open_metadata() as told:
        told["dc:creator"] = [MARK]
    out = io.BytesIO()
    made.save(out, **{"compress_streams": False, **how})
    return out.getvalue()


def pdf_of(content: bytes, *filters: Name) -> bytes:
    """One page with this content, compressed as it is."""
    made = pikepdf.new()
    made.add_blank_page().obj.Contents = Stream(made, content, Filter=Array(filters))
    out = io.BytesIO()
    made.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


SIMPLE = '<w:p {w}><w:fldSimple w:instr="DDEAUTO cmd {mark}"><w:r><w:t>kept</w:t></w:r></w:fldSimple></w:p>'
SPLIT = (
    '<w:p {w}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
    '<w:r><w:instrText>AUTO cmd {mark}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
PAGE = '<w:p {w}><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
CHANGED = '<w:p {w} w:rsidR="00AA11BB"><w:ins w:id="9" w:author="{mark}"><w:r><w:t>added</w:t></w:r></w:ins></w:p>'


def word(*more: str) -> bytes:
    """A document with a text, a photograph, a remark, tracked changes, and fields that ask for programs."""
    made = docx.Document()
    made.core_properties.author = made.core_properties.comments = MARK
    paragraph = made.add_paragraph(TEXT)
    made.add_picture(io.BytesIO(jpeg()))
    made.add_picture(io.BytesIO(png()))
    made.add_picture(io.BytesIO(written(drawn(), "TIFF", exif=exif(), description=MARK)))
    made.add_comment(paragraph.runs, text="A remark", author=MARK, initials=MARK)
    for fragment in (SIMPLE, SPLIT, PAGE, CHANGED, *more):
        made.element.body.insert(0, parse_xml(fragment.format(w=nsdecls("w", "r"), mark=MARK)))
    out = io.BytesIO()
    made.save(out)
    kept = f'<w:docVars><w:docVar w:name="who" w:val="{MARK}"/></w:docVars></w:settings>'
    told = rewritten(out.getvalue(), "word/settings.xml", lambda text: text.replace("</w:settings>", kept))
    return with_members(told, {"customXml/item1.xml": f"<who>{MARK}</who>".encode()})


def members(of: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(of)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def with_members(of: bytes, changed: dict[str, bytes]) -> bytes:
    """A container with some members put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in (members(of) | changed).items():
            target.writestr(name, data)
    return out.getvalue()


def rewritten(of: bytes, member: str, change: Callable[[str], str]) -> bytes:
    """A container with the text of one member changed."""
    return with_members(of, {member: change(members(of)[member].decode()).encode()})


def everything(data: bytes) -> bytes:
    """All that can be read in a file, unpacked: what must not be there must not be there compressed, either."""
    if data.startswith(b"PK"):
        return data + b"".join(everything(member) for member in members(data).values())
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as opened:
            return data + b"".join(map(_in_object, list(opened.objects)))
    if data.startswith(b"\x89PNG"):
        return data + b"".join(str(value).encode() for value in Image.open(io.BytesIO(data)).info.values())
    return data


def _in_object(one: Any) -> bytes:
    if not isinstance(one, Stream):
        return bytes(one.unparse(resolved=True)) if isinstance(one, Dictionary | Array) else b""
    try:
        content = one.read_bytes()
    except pikepdf.PikepdfError:
        content = one.read_raw_bytes()
    return content + b"".join(Array([value]).unparse(resolved=True) for value in one.values())


def tells(data: bytes) -> bool:
    """Does a file tell on anybody?"""
    found = everything(data)
    return BYTES in found or WIDE in found or BYTES.hex().encode() in found
