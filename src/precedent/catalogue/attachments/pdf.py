"""PDF files, written anew from what can be reached in them, without what runs, what is hidden and who wrote it.

`pikepdf.sanitize` takes out what it knows; the walk over every object after it takes out the rest, wherever it
hangs. Things are known by what they are rather than by the name they hang under: a font may be called /AA.
"""

# ruff: noqa: SIM905 - a list of names reads best as a line of text

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from pikepdf.sanitize import Sanitizer
from pikepdf.settings import qpdf_limit_errors, set_qpdf_limits

from precedent.catalogue.attachments import streams
from precedent.catalogue.attachments.verdicts import MOST_PIXELS, Refused, Verdict

UNPACKED = 4 * MOST_PIXELS
"""Bytes that one stream may unpack to: a picture of the largest size, in four colours."""
LIMITS: dict[str, Any] = {
    "flate_max_memory": UNPACKED,
    "run_length_max_memory": UNPACKED,
    "png_max_memory": UNPACKED,
    "tiff_max_memory": UNPACKED,
    "max_stream_filters": 3,
}
TAIL = 2048
"""Bytes at the end among which the mark of the end stands; where it is missing, the file was cut."""

CATALOG = frozenset(
    "/Type /Version /Extensions /Pages /PageLabels /Names /Dests /ViewerPreferences /PageLayout /PageMode "
    "/Outlines /OpenAction /AcroForm /StructTreeRoot /MarkInfo /Lang /OCProperties".split()
)
"""What may hang at the root. Scripts, portfolios, signatures' certificates, notes of programs do not."""
ACTIONS = frozenset(
    "/Launch /GoToR /GoToE /GoToDp /JavaScript /SubmitForm /ImportData /ResetForm /Rendition /Movie /Sound /Hide "
    "/Named /RichMediaExecute /GoTo3DView /Trans /Thread /URI".split()
)
"""Every kind of action but going to a page. Going to an address is judged by the address."""
NEVER = frozenset("/Metadata /PieceInfo /XFA /JS /Thumb /LastModified".split())
ELSEWHERE = frozenset("/F /FFilter /FDecodeParms".split())
"""Of a stream: that its content lies in another file."""
EMBEDDED = frozenset("/F /UF /DOS /Mac /Unix".split())
"""Of an /EF: under which names the embedded file lies there."""
ADDRESSES = (b"http://", b"https://", b"mailto:")

SANITIZER = (
    Sanitizer()
    .remove_javascript()
    .remove_attachments()
    .remove_multimedia()
    .remove_thumbnails()
    .remove_private_app_data()
)


def cleaned(data: bytes) -> bytes:
    """Raises Refused, and what pikepdf raises of files that are broken."""
    if b"%%EOF" not in data[-TAIL:]:
        raise Refused(Verdict.BROKEN)
    with pikepdf.explicit_conversion(), _opened(data) as pdf:
        if len(pdf.pages) == 0:
            raise Refused(Verdict.BROKEN)
        SANITIZER.apply(pdf)
        _prune(pdf)
        for part in _parts(pdf):
            _clean(part)
        out = BytesIO()
        # The identity is made of the content: the same file twice is one.
        pdf.save(out, fix_metadata_version=False, deterministic_id=True, min_version="1.5")
    return out.getvalue()


def _opened(data: bytes) -> Pdf:
    # For the whole process; whoever opens a PDF is alone in it.
    set_qpdf_limits(**LIMITS)
    try:
        pdf = Pdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Refused(Verdict.LOCKED) from error
    if pdf.is_encrypted:
        raise Refused(Verdict.LOCKED)
    return pdf


def _prune(pdf: Pdf) -> None:
    """Keep at the root what a reader needs. What nothing leads to any more is not written."""
    for holder, kept in (
        (pdf.trailer, {"/Root", "/Size"}),
        (pdf.Root, CATALOG),
        (pdf.Root.get("/Names"), {"/Dests"}),
    ):
        if isinstance(holder, Dictionary):
            for key in holder.keys() - kept:
                del holder[key]


def _parts(pdf: Pdf) -> Iterator[Dictionary | Stream]:
    """Every dictionary and stream of the file, each once, also those within others."""
    for top in pdf.objects:
        pending = [top]
        while pending:
            part = pending.pop()
            if isinstance(part, Dictionary | Stream):
                yield part
                pending.extend(_lying_in(part.values()))
            elif isinstance(part, Array):
                pending.extend(_lying_in(part))


def _lying_in(inner: Iterable[Object | None]) -> Iterator[Object]:
    """What stands there itself. What is only pointed at is an object of its own; null is None."""
    return (value for value in inner if value is not None and not value.is_indirect)


def _clean(part: Dictionary | Stream) -> None:
    for key in list(part.keys()):
        if _is_unwanted(part, key, part[key]):
            del part[key]
    if isinstance(part, Stream):
        _must_unpack(part)
        _strip(part)


def _is_unwanted(part: Dictionary | Stream, key: str, value: Object) -> bool:
    if key in NEVER or _acts(value) or (key == "/Next" and isinstance(value, Array)):
        return True
    if isinstance(part, Stream):
        return key in ELSEWHERE
    if key == "/A" and ("/Rect" in part or "/Title" in part):
        # Of a link or a bookmark: nothing that is not understood.
        return not _leads(value)
    if isinstance(value, Dictionary):
        # A signature holds its signer's name, and is no longer true of what we write.
        return "/ByteRange" in value or _is_file(value) or (key == "/EF" and value.keys() <= EMBEDDED)
    # Who made a remark. Of a form's field it is the field's own name.
    return key == "/T" and "/Rect" in part and part.get("/Subtype") != Name.Widget


def _is_file(value: Dictionary) -> bool:
    """Does it name a file, or hold one? The name alone may tell whose folder it lay in."""
    return value.get("/Type") == Name.Filespec or isinstance(value.get("/EF"), Dictionary)


def _acts(value: Object) -> bool:
    """Is it an action that does more than lead to a page or an address?"""
    if not isinstance(value, Dictionary) or not isinstance(kind := value.get("/S"), Name):
        return False
    return str(kind) in ACTIONS and not _leads(value)


def _leads(value: Object) -> bool:
    """Is it an action that leads to a page, or to an address?"""
    if not isinstance(value, Dictionary):
        return False
    address = value.get("/URI")
    if value.get("/S") == Name.URI and isinstance(address, pikepdf.String):
        return bytes(address).strip().lower().startswith(ADDRESSES)
    return value.get("/S") == Name.GoTo


def _must_unpack(part: Stream) -> None:
    """Raises Refused where a stream unpacks to more than it may; a damaged one is its reader's to judge."""
    before = qpdf_limit_errors()
    try:
        part.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PikepdfError as error:
        if "limit exceeded" in str(error) or qpdf_limit_errors() > before:
            raise Refused(Verdict.SUSPICIOUS) from error


def _filters(part: Stream) -> list[str]:
    found = part.get("/Filter")
    return [str(name) for name in found] if isinstance(found, Array) else [str(found)] if found else []


def _strip(part: Stream) -> None:
    """Cut out of a picture what tells on people."""
    match _filters(part):
        case ["/DCTDecode"]:
            kept = streams.stripped_jpeg(part.read_raw_bytes())
        case ["/FlateDecode", "/DCTDecode"]:
            kept = streams.stripped_jpeg(zlib.decompressobj().decompress(part.read_raw_bytes(), UNPACKED))
        case ["/JPXDecode"]:
            kept = streams.stripped_jpeg2000(part.read_raw_bytes())
        case _:
            return
    how = part.get("/DecodeParms")
    part.write(kept, filter=Name(_filters(part)[-1]), decode_parms=how if isinstance(how, Dictionary) else None)
