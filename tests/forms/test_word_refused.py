"""What is no form, or may do harm, is refused: each with a clear sentence and what to do next."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from precedent.forms.refusals import (
    FileDamaged,
    FileLocked,
    FileTooLarge,
    FileUnsafe,
    FileWithMacros,
    NotAWordFile,
    NotOurForm,
)
from precedent.forms.word import package_safety
from precedent.forms.word.reading import read
from precedent.forms.word.writing import write
from precedent.kernel.refusals import Invalid
from tests.forms.word_paper import DOCUMENT, changed, packed, parts

pytestmark = pytest.mark.django_db

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def form() -> bytes:
    return write({"title": "A help line"}, "en")


def having(name: str, content: bytes) -> bytes:
    return packed({**parts(form()), name: content})


def declared(declaration: str, name: str = DOCUMENT) -> bytes:
    return changed(form(), lambda text: text.replace("?>", f"?>{declaration}", 1), name)


def with_macros_by_type() -> bytes:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed(form(), lambda text: text.replace(plain, kind), "[Content_Types].xml")


def bomb() -> bytes:
    return having("word/media/image1.bmp", bytes(60_000_000))


def tagged_bomb() -> bytes:
    """Less tightly packed, but millions of elements."""
    numbers = random.Random(7)
    empty = "".join(f"<w:p w:a='{numbers.random()}'/>" for _ in range(20_000)) * 30
    return changed(form(), lambda text: text.replace("<w:body>", f"<w:body>{empty}"))


def deep() -> bytes:
    depth = 50_000
    inside = "<w:sdt><w:sdtContent>" * depth + "</w:sdtContent></w:sdt>" * depth
    return changed(form(), lambda text: text.replace("<w:body>", f"<w:body>{inside}"))


def many_parts() -> bytes:
    return packed({**parts(form()), **{f"word/part{number}.xml": b"" for number in range(1_200)}})


def twice() -> bytes:
    made = io.BytesIO(form())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(made, "a") as archive:
        archive.writestr(DOCUMENT, parts(form())[DOCUMENT])
    return made.getvalue()


def locked_zip() -> bytes:
    """With the mark of encryption at each part."""
    data = bytearray(form())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def lying() -> bytes:
    """A part that says it is a hundred bytes large, and unpacks to a hundred million."""
    held = parts(form())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content if name != DOCUMENT else b"<a>" + b" " * 100_000_000 + b"</a>")
    data = bytearray(made.getvalue())
    at = data.find(DOCUMENT.encode(), data.find(b"PK\x01\x02")) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def workbook() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


def another_letter() -> bytes:
    return changed(form(), lambda _: "<d xmlns:w='x'><w:body><w:p><w:r><w:t>Dear</w:t></w:r></w:p></w:body></d>")


def outside() -> bytes:
    """A document that is said to lie on another server."""
    target = 'Target="http://example.org/word/document.xml" TargetMode="External"'
    return changed(form(), lambda text: text.replace('Target="word/document.xml"', target), "_rels/.rels")


BAD: dict[str, tuple[Callable[[], bytes], type[Invalid], str]] = {
    "nothing": (lambda: b"", NotAWordFile, "by its content it is something else"),
    "a PDF with the name of a form": (lambda: b"%PDF-1.7 ...", NotAWordFile, "by its content"),
    "a page": (lambda: b"<html></html>", NotAWordFile, "by its content"),
    "a workbook": (workbook, NotAWordFile, "by its content"),
    "an old Word file": (lambda: OLE, NotAWordFile, "Word 2003 or older"),
    "a locked file": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), FileLocked, "password"),
    "a locked ZIP": (locked_zip, FileLocked, "password"),
    "another document": (another_letter, NotOurForm, "not a form of ours"),
    "a document elsewhere": (outside, NotAWordFile, "by its content"),
    "macros": (lambda: having("word/vbaProject.bin", b"x"), FileWithMacros, "macros"),
    "macros by type": (with_macros_by_type, FileWithMacros, "macros"),
    "a bomb": (bomb, FileUnsafe, "unpacks to far more"),
    "a bomb of tags": (tagged_bomb, FileUnsafe, "unpacks to far more"),
    "a bomb that lies": (lying, FileDamaged, "cannot be unpacked"),
    "a thousand parts": (many_parts, FileUnsafe, "more parts"),
    "a part twice": (twice, FileUnsafe, "more parts"),
    "a deep nest": (deep, FileUnsafe, "nested deeper"),
    "entities": (lambda: declared(ENTITIES), FileUnsafe, "declares"),
    "entities of another part": (lambda: declared(ENTITIES, "docProps/custom.xml"), FileUnsafe, "declares"),
    "an outside entity": (lambda: declared(EXTERNAL), FileUnsafe, "declares"),
    "an outside type": (
        lambda: declared('<!DOCTYPE w SYSTEM "http://example.org/x.dtd">'),
        FileUnsafe,
        "declares",
    ),
    "an unknown encoding": (
        lambda: changed(form(), lambda text: text.replace("UTF-8", "klingon", 1)),
        FileDamaged,
        "XML is broken",
    ),
    "broken XML": (lambda: changed(form(), lambda text: text[:-20]), FileDamaged, "XML is broken"),
    "too large": (lambda: b"PK" + bytes(20_000_001), FileTooLarge, "21 MB; at most 20"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_a_clear_sentence_and_quickly(kind: str) -> None:
    make, refusal, says = BAD[kind]
    data = make()
    start = time.perf_counter()
    with pytest.raises(refusal) as refused:
        read(data)
    assert time.perf_counter() - start < 5
    assert says in str(refused.value) and refused.value.advice.endswith(".")
    assert refused.value.status == 422


def test_a_file_cut_off_anywhere_is_refused_in_words() -> None:
    whole = form()
    for length in [*range(1, 60, 7), *range(60, len(whole), 997), len(whole) - 1]:
        with pytest.raises(Invalid):
            read(whole[:length])


def test_a_file_with_any_byte_changed_is_read_or_refused_in_words() -> None:
    whole = form()
    numbers = random.Random(11)
    for _ in range(120):
        data = bytearray(whole)
        for at in numbers.sample(range(len(whole)), numbers.choice([1, 3, 40])):
            data[at] = numbers.randrange(256)
        try:
            read(bytes(data))
        except Invalid as refusal:
            assert str(refusal) and refusal.advice


def test_addresses_outside_the_file_are_not_followed() -> None:
    target = 'Target="http://192.0.2.1/t.dotm" TargetMode="External"'
    relation = f'<Relationship Id="rId9" Type="x/attachedTemplate" {target}/>'
    name = "word/_rels/document.xml.rels"
    data = changed(form(), lambda text: text.replace("</Relationships>", f"{relation}</Relationships>"), name)
    assert read(data).draft == {"title": "A help line"}


def test_the_size_is_counted_while_unpacking_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_safety, "LARGEST_PART", 10_000)
    with pytest.raises(FileUnsafe):
        read(form())
