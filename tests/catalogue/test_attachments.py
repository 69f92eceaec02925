"""Attached files: known by their content, cleaned of what runs or tells on people, refused in a sentence."""

import io
import signal
import subprocess
import time
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import docx
import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Name
from PIL import Image

from precedent.catalogue.attachments import apart, cleaning, kinds
from precedent.catalogue.attachments.cleaning import take
from precedent.catalogue.attachments.pdf import ACTIONS
from precedent.catalogue.attachments.refusals import (
    FileBroken,
    FileHasMacros,
    FileKindUnknown,
    FileLocked,
    FileSuspicious,
    FileTooLarge,
    PictureTooLarge,
)
from precedent.catalogue.attachments.verdicts import Refused
from precedent.kernel.refusals import Refusal
from tests.catalogue import attached
from tests.catalogue.attached import TEXT

MAKERS: dict[str, Callable[[], bytes]] = {
    "pdf": attached.pdf,
    "docx": attached.word,
    "jpeg": attached.jpeg,
    "png": attached.png,
    "webp": attached.webp,
}
MADE = {kind: make() for kind, make in MAKERS.items()}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def body(data: bytes) -> str:
    """The text of a Word document as it is stored."""
    return attached.members(data)["word/document.xml"].decode()


@pytest.mark.parametrize("kind", MADE)
def test_nothing_that_tells_on_people_comes_out_of_cleaning(kind: str) -> None:
    assert attached.tells(MADE[kind])
    taken = take(f"Report {attached.MARK}.x", MADE[kind])
    assert taken.kind == kind and taken.size == len(taken.data)
    assert not attached.tells(taken.data)
    assert kind != "pdf" or not acts(taken.data)


@pytest.mark.parametrize("kind", MADE)
def test_the_same_file_twice_is_one_and_a_cleaned_one_is_clean(kind: str) -> None:
    first = take("a", MADE[kind])
    # In another second, of which nothing is to be seen in what is kept.
    time.sleep(1.1 if kind == "pdf" else 0)
    second = take("b", MADE[kind])
    assert first.sha256 == second.sha256
    again = take("c", first.data)
    assert again.kind == kind and not attached.tells(again.data)


@pytest.mark.parametrize("kind", MADE)
def test_what_a_file_is_is_decided_by_its_content(kind: str) -> None:
    taken = take("holiday.exe.pdf", MADE[kind])
    assert taken.kind == kind and taken.name == f"holiday.exe{kinds.BY_CODE[kind].extension}"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_upright_without_being_told_so(orientation: int) -> None:
    image = opened(take("p.jpg", attached.jpeg(orientation)).data)
    assert image.size == ((60, 40) if orientation < 5 else (40, 60))
    dark = {1: (3, 3), 2: (56, 3), 3: (56, 36), 4: (3, 36), 5: (3, 3), 6: (36, 3), 7: (36, 56), 8: (3, 56)}
    assert image.convert("L").getpixel(dark[orientation]) < 50  # type: ignore[operator]
    assert not image.getexif() and set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photograph_keeps_its_quality_and_a_picture_its_see_through_colours() -> None:
    photograph = attached.written(Image.effect_noise((300, 200), 60).convert("RGB"), "JPEG", quality=71)
    assert opened(take("p.jpg", photograph).data).quantization == opened(photograph).quantization  # type: ignore[attr-defined]
    palette = attached.drawn().convert("P")
    seen = opened(take("p.png", attached.written(palette, "PNG", transparency=0)).data)
    assert seen.mode == "P" and seen.info["transparency"] is not None
    clear = attached.drawn().convert("RGBA")
    assert opened(take("p.webp", attached.written(clear, "WEBP", lossless=True)).data).convert(
        "RGB"
    ).tobytes() == (attached.drawn().tobytes())


@pytest.mark.parametrize("form", ["PNG", "WEBP", "MPO"])
def test_of_several_frames_the_first_is_kept(form: str) -> None:
    frames = [attached.drawn(), Image.new("RGB", (60, 40), "red")]
    data = attached.written(frames[0], form, save_all=True, append_images=frames[1:])
    image = opened(take("moving", data).data)
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("L").getpixel((3, 3)) < 50  # type: ignore[operator]


def test_a_pdf_keeps_its_text_its_picture_its_good_links_and_its_fields() -> None:
    with pikepdf.open(io.BytesIO(take("a.pdf", MADE["pdf"]).data)) as pdf:
        page = pdf.pages[0].obj
        assert TEXT.encode() in page.Contents.read_bytes()
        # A picture may have the name of what is taken out elsewhere.
        for name in ("/P", "/AA"):
            picture = page.Resources.XObject[name]
            assert opened(picture.read_raw_bytes()).tobytes() == opened(attached.jpeg()).tobytes()
        links = [note.A.URI for note in page.Annots if "/A" in note]
        assert list(map(str, links)) == ["https://example.org/kept"]
        assert [str(note.T) for note in page.Annots if "/T" in note] == ["name of the field"]
        assert pdf.Root.keys() <= {"/Type", "/Pages", "/AcroForm", "/Names"}
        assert not pdf.attachments and "/Info" not in pdf.trailer


def test_what_is_hidden_behind_the_end_of_a_file_or_before_its_beginning_is_gone() -> None:
    container = attached.with_members(attached.word(), {})
    page = b"<script>alert(1)</script>"
    for kind in ("jpeg", "png", "webp"):
        kept = take("polyglot", MADE[kind] + container + page).data
        assert b"<script>" not in kept and b"PK\x03\x04" not in kept
    kept = take("polyglot", MADE["pdf"] + page + b"\n%%EOF\n").data
    assert b"<script>" not in kept


@pytest.mark.parametrize("rest", [attached.word(), b"<html><script>alert(1)</script>%%EOF", b"%%EOF"])
def test_the_head_of_a_pdf_makes_no_pdf(rest: bytes) -> None:
    with pytest.raises(FileBroken, match="report"):
        take("report.pdf", b"%PDF-1.7\n" + rest)


def test_word_keeps_text_pictures_remarks_and_changes_without_their_authors() -> None:
    kept = take("a.docx", MADE["docx"]).data
    document = docx.Document(io.BytesIO(kept))
    assert TEXT in [paragraph.text for paragraph in document.paragraphs]
    assert [comment.text for comment in document.comments] == ["A remark"]
    assert {comment.author for comment in document.comments} == {"Author"}
    assert 'w:author="Author"' in body(kept) and "rsid" not in body(kept)
    pictures = [data for name, data in attached.members(kept).items() if "/media/" in name]
    assert [opened(data).format for data in sorted(pictures)] == ["PNG", "PNG", "JPEG"]
    assert len(document.inline_shapes) == 3


def test_word_fields_that_ask_for_programs_keep_only_what_they_showed() -> None:
    kept = body(take("a.docx", MADE["docx"]).data)
    assert "DDE" not in kept and "AUTO" not in kept
    assert ">shown<" in kept and ">kept<" in kept and 'w:instr=" PAGE "' in kept


@pytest.mark.parametrize(
    ("instruction", "stays"),
    [
        ('HYPERLINK "https://example.org"', True),
        ('HYPERLINK \\l "section"', True),
        ("= 1 + 1", True),
        ("  page  \\* MERGEFORMAT", True),
        ('HYPERLINK "file:///etc/passwd"', False),
        ('HYPERLINK "\\\\host\\share"', False),
        ('INCLUDEPICTURE "https://example.org/pixel.png"', False),
        ('"cmd.exe" "/c calc"', False),
        ("DDE", False),
    ],
)
def test_word_fields_stay_where_they_ask_for_nothing_outside(instruction: str, stays: bool) -> None:
    escaped = instruction.replace('"', "&quot;")
    field = f'<w:p {{w}}><w:fldSimple w:instr="{escaped}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    kept = docx.Document(io.BytesIO(take("a.docx", attached.word(field)).data))
    found = [one.get(f"{{{one.nsmap['w']}}}instr") for one in kept.element.body.iter("{*}fldSimple")]
    assert (instruction in found) is stays


HANGING = (
    '<w:altChunk {w} r:id="rId90"/>',
    '<w:p {w}><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rId90"/>'
    "</w:object></w:r></w:p>",
    '<w:p {w}><w:r><w:object><w:control r:id="rId90" w:name="Button"/></w:object></w:r></w:p>',
    '<w:p {w}><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="file:///x">'
    '<v:imagedata src="https://example.org/pixel"/></v:shape></w:pict></w:r></w:p>',
    '<w:p {w}><w:hyperlink r:id="rId90"><w:r><w:t>words of the link</w:t></w:r></w:hyperlink></w:p>',
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize("kind", ["aFChunk", "oleObject", "control", "hyperlink", "image", "attachedTemplate"])
@pytest.mark.parametrize("target", ['"embeddings/x.bin"', '"file:///C:/x.dotm" TargetMode="External"'])
def test_word_leads_to_no_other_file(kind: str, target: str) -> None:
    told = f'<Relationship Id="rId90" Type="{RELATIONS}/{kind}" Target={target}/></Relationships>'
    made = attached.with_members(attached.word(*HANGING), {"word/embeddings/x.bin": b"MZ"})
    made = attached.rewritten(
        made, "word/_rels/document.xml.rels", lambda text: text.replace("</Relationships>", told)
    )
    kept = take("a.docx", made).data
    assert "rId90" not in body(kept) + attached.members(kept)["word/_rels/document.xml.rels"].decode()
    assert not [name for name in attached.members(kept) if "x.bin" in name]
    for gone in ("altChunk", "OLEObject", "w:control", "file:///", "example.org/pixel"):
        assert gone not in body(kept)
    assert "words of the link" in body(kept)
    docx.Document(io.BytesIO(kept))


def typed(media: str) -> bytes:
    return attached.rewritten(
        MADE["docx"],
        "[Content_Types].xml",
        lambda text: text.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", media
        ),
    )


def entities(text: str) -> str:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return text.replace("<w:document", f'<!DOCTYPE x [<!ENTITY l0 "lol">{bomb}]><w:document', 1).replace(
        TEXT, "&l9;"
    )


def external(text: str) -> str:
    return text.replace(
        "<w:document", '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><w:document', 1
    ).replace(TEXT, "&secret;")


def zip_of(size: int, count: int = 1) -> bytes:
    return attached.with_members(MADE["docx"], {f"word/b{n}.xml": b"\0" * size for n in range(count)})


def stored_twice() -> bytes:
    out = io.BytesIO(MADE["docx"])
    with zipfile.ZipFile(out, "a") as target:
        target.writestr("WORD/document.xml", "<w/>")
    return out.getvalue()


def locked_pdf(**how: Any) -> bytes:
    return attached.pdf(encryption=pikepdf.Encryption(**how))


def locked_word() -> bytes:
    return kinds.OLE + b"\0" * 500 + kinds.LOCKED_INSIDE + b"\0" * 500


FLAT = zlib.compress(b"\0" * 250_000_000)
REFUSED: dict[str, tuple[Callable[[], bytes], type[Refusal]]] = {
    "empty": (lambda: b"", FileBroken),
    "text": (lambda: b"A report", FileKindUnknown),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", FileKindUnknown),
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', FileKindUnknown),
    "gif": (lambda: attached.written(attached.drawn(), "GIF"), FileKindUnknown),
    "tiff": (lambda: attached.written(attached.drawn(), "TIFF"), FileKindUnknown),
    "program": (lambda: b"MZ\x90\0" + b"\0" * 500, FileKindUnknown),
    "old word": (lambda: kinds.OLE + b"\0" * 1000, FileKindUnknown),
    "zip": (lambda: attached.with_members(MADE["docx"], {}).replace(b"[Content_Types]", b"[Kontent_Types]"),
            FileKindUnknown),
    "template": (lambda: typed("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
                 FileKindUnknown),
    "sheet": (lambda: typed("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
              FileKindUnknown),
    "docm": (lambda: typed("application/vnd.ms-word.document.macroEnabled.main+xml"), FileHasMacros),
    "hidden macros": (lambda: attached.with_members(MADE["docx"], {"word/vbaProject.bin": b"x"}), FileHasMacros),
    "locked pdf": (lambda: locked_pdf(owner="o", user="u"), FileLocked),
    "restricted pdf": (lambda: locked_pdf(owner="o", user=""), FileLocked),
    "locked word": (locked_word, FileLocked),
    "zip bomb": (lambda: zip_of(90_000_000), FileSuspicious),
    "zip of many": (lambda: zip_of(1, 2_001), FileSuspicious),
    "zip of much": (lambda: zip_of(990_000, 110), FileSuspicious),
    "zip with a name twice": (stored_twice, FileSuspicious),
    "zip that leads out": (lambda: attached.with_members(MADE["docx"], {"../x": b""}), FileSuspicious),
    "entities": (lambda: attached.rewritten(MADE["docx"], "word/document.xml", entities), FileSuspicious),
    "external entity": (lambda: attached.rewritten(MADE["docx"], "word/document.xml", external), FileSuspicious),
    "pdf bomb": (lambda: attached.pdf_of(FLAT, Name.FlateDecode), FileSuspicious),
    "pdf bomb in a bomb": (lambda: attached.pdf_of(zlib.compress(FLAT), *[Name.FlateDecode] * 2), FileSuspicious),
    "pdf bomb in many": (lambda: attached.pdf_of(b"x", *[Name.FlateDecode] * 9), FileSuspicious),
    "picture bomb": (lambda: attached.written(Image.new("1", (20_000, 20_000)), "PNG"), PictureTooLarge),
    "wide webp": (lambda: attached.written(Image.new("RGB", (13_000, 1_000)), "WEBP"), PictureTooLarge),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_attached_is_refused_with_its_name_and_a_remedy(what: str) -> None:
    make, refusal = REFUSED[what]
    with pytest.raises(refusal, match=r"“report\.pdf”") as refused:
        take("../report.pdf", make())
    assert refused.type is refusal and refused.value.advice


def test_a_file_that_is_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(FileTooLarge, match="10 MB"):
        take("a.pdf", b"%PDF-" + b"\0" * kinds.LARGEST)


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_cut_file_is_broken(kind: str, part: float) -> None:
    data = attached.written(Image.effect_noise((200, 200), 60), "JPEG") if kind == "jpeg" else MADE[kind]
    with pytest.raises(FileBroken):
        take("a", data[: int(len(data) * part)])


def test_what_takes_too_long_or_too_much_memory_or_crashes_ends_only_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process apart is ended as the system would end it; what it is given does not matter."""
    endings = {
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass": FileSuspicious,
        f"import os; os.kill(os.getpid(), {signal.SIGKILL})": FileSuspicious,
        f"import os; os.kill(os.getpid(), {signal.SIGSEGV})": FileBroken,
        "import time; time.sleep(60)": FileSuspicious,
        "import nothing_of_this_name": RuntimeError,
    }
    monkeypatch.setattr(cleaning, "SECONDS", 3.0)
    for program, expected in endings.items():
        monkeypatch.setattr(cleaning, "COMMAND", (*cleaning.COMMAND[:1], "-c", program))
        with pytest.raises(expected):
            take("a.pdf", MADE["pdf"])


def test_the_process_apart_knows_no_secrets_and_writes_nothing_to_disk(tmp_path: Any) -> None:
    program = (
        "from precedent.catalogue.attachments import apart; import os, sys; apart.restrain();"
        "os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b'x')"
    )
    ended = subprocess.run(
        [*cleaning.COMMAND[:2], "-c", program, str(tmp_path / "x")], capture_output=True, check=False
    )
    assert b"File too large" in ended.stderr and (tmp_path / "x").stat().st_size == 0
    assert set(cleaning.ENVIRONMENT) <= {"PYTHONPATH", "LC_ALL"}


def acts(data: bytes) -> bool:
    """Is anything left in a PDF that does more than lead to a page or an address?"""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return any(str(one.get("/S")) in ACTIONS for one in pdf.objects if isinstance(one, pikepdf.Dictionary))


def cleaned(data: bytes) -> bytes | None:
    """What comes out, or nothing where it is refused. Everything else it may raise is a fault."""
    kind = kinds.kind_of(data)
    try:
        return apart.clean(kind.code, data) if kind else None
    except Refused:
        return None


@given(
    st.binary(max_size=2_000),
    st.sampled_from(["", "%PDF-1.4\n", "PK\x03\x04", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe1"]),
)
@example(b"\xd9", "\xff\xd8\xff")
def test_random_bytes_are_refused(noise: bytes, head: str) -> None:
    assert cleaned(head.encode("latin-1") + noise) is None


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(MADE)),
    st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=8)), min_size=1, max_size=4),
)
def test_an_altered_file_is_refused_or_comes_out_clean(kind: str, changes: list[tuple[float, bytes]]) -> None:
    data = MADE[kind]
    for where, put in changes:
        at = int(where * len(data))
        data = data[:at] + put + data[at + len(put) :]
    out = cleaned(data)
    if out is not None:
        # In a PDF whose own words are garbled, a name may be left under a word that no reader knows.
        assert not acts(out) if kind == "pdf" else not attached.tells(out)
