"""The letter: one page in six languages, whatever is told, and nothing of it read as anything but text."""

import io
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from docx import Document
from docx.text.paragraph import Paragraph

from precedent.calls.letter.paper import as_pdf
from precedent.calls.letter.word import as_word
from precedent.calls.letter.wording import Ways, letter
from precedent.calls.records import Call, today
from precedent.calls.rules import LONGEST, MOST
from precedent.kernel.languages import BY_CODE
from precedent.places import queries as places
from tests.calls.given_calls import call
from tests.given import NASTY

pytestmark = pytest.mark.django_db

SITE = "https://precedent.example.org/xx"
WAYS = Ways(f"{SITE}/calls/123", f"{SITE}/contribute?call=123", f"{SITE}/contribute/form.docx")
WORDS = {
    "ar": "اتفاقات تنتقل بموجبها حقوق المعاش مع العمال المهاجرين الذين اكتسبوها ",
    "zh": "移民工人在原籍国领取养恤金的双边协定及其成效，",
    "en": "Agreements by which pension rights move with the workers who earned them, ",
    "fr": "Des accords par lesquels les droits à pension suivent les travailleurs migrants, ",
    "ru": "Соглашения, по которым пенсионные права следуют за трудящимися-мигрантами, ",
    "es": "Acuerdos por los que los derechos de pensión siguen a las personas trabajadoras, ",
}
LANGUAGES = list(BY_CODE)


def text(language: str, name: str) -> str:
    """As much text as a field takes."""
    words = WORDS[language]
    return (words * (LONGEST[name] // len(words) + 1))[: LONGEST[name]].strip()


def full(language: str) -> Call:
    """A call with as much in each field as it takes."""
    known = places.places().countries
    countries = sorted(known, key=lambda code: -len(known[code].name.get(language, "")))[: MOST["countries"]]
    return call(
        **{name: text(language, name) for name in ("title", "sought", "why", "organisations", "contact")},
        written_in=language,
        countries=tuple(countries),
        languages=("fr", "ar", "ne", "pt", "bn", "ur", "tl", "id", "am", "uk"),
        chosen=(
            ("group", ("domestic-workers", "children", "returnees")),
            ("level", ("municipal", "national")),
            ("region", ("142", "002")),
        ),
        until=today() + timedelta(days=200),
        wanted=1_000,
    )


def pages(data: bytes) -> int:
    with pikepdf.Pdf.open(io.BytesIO(data)) as file:
        assert file.Root.MarkInfo.Marked
        return len(file.pages)


def words_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_with_little_to_say_and_with_all_that_may_be_said(language: str) -> None:
    assert pages(as_pdf(letter(call(), language, WAYS))) == 1
    assert pages(as_pdf(letter(full(language), language, WAYS))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language_and_reads_in_its_direction(language: str) -> None:
    made = as_pdf(letter(call(), language, WAYS))
    with pikepdf.Pdf.open(io.BytesIO(made)) as file:
        assert str(file.Root.Lang).startswith(language)
        assert b"pdfuaid" in file.Root.Metadata.read_bytes()
        assert (str(file.Root.ViewerPreferences.get("/Direction", "/L2R")) == "/R2L") == (language == "ar")


def test_the_same_call_gives_the_same_letter() -> None:
    made = call()
    assert as_pdf(letter(made, "fr", WAYS)) == as_pdf(letter(made, "fr", WAYS))


@pytest.mark.parametrize("nasty", [word for word in NASTY if word.strip("\x00\n\r\t \ufeff\u2028")])
def test_no_text_is_read_as_anything_but_text(nasty: str) -> None:
    told = {name: f"x {nasty}"[: LONGEST[name]] for name in ("title", "sought", "why", "organisations", "contact")}
    made = call(**told)
    assert pages(as_pdf(letter(made, "en", WAYS))) == 1
    said = " ".join(words_of(as_word(letter(made, "en", WAYS))))
    assert made.title in said


EVIL = '#panic("x") #read("/etc/passwd") $x$ @a <a> `b` *c* \\ // #import "@preview/x:1.0.0"'


def test_markup_stands_in_the_letter_as_it_was_typed() -> None:
    made = letter(call(title=EVIL, sought=EVIL, why=EVIL, contact=EVIL), "en", WAYS)
    with pikepdf.Pdf.open(io.BytesIO(as_pdf(made))) as file:
        assert str(file.docinfo["/Title"]) == EVIL
    assert words_of(as_word(made)).count(EVIL) == 3


def marks(paragraph: Paragraph) -> set[str]:
    """The names of all that a paragraph says of itself."""
    return {str(element.tag).rpartition("}")[2] for element in paragraph._p.iter()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_a_word_file_it_has_styles_languages_and_a_direction(language: str) -> None:
    made = letter(call(countries=("NP",), languages=("fr",)), language, WAYS)
    data = as_word(made)
    paper = Document(io.BytesIO(data))
    styles = [str(paragraph.style.name) for paragraph in paper.paragraphs if paragraph.style]
    assert styles.count("Title") == 1 and styles.count("Heading 1") == 3 and styles.count("List Bullet") == 3
    said = "\n".join(words_of(data))
    for text in (made.title, *made.opening, *(f"{part.heading}: {part.text}" for part in made.facts)):
        assert text in said
    assert all(address in said for _way, address in made.sending)
    assert paper.core_properties.language.startswith(language) and paper.core_properties.title == made.title
    closing = paper.paragraphs[-1]
    title = next(p for p in paper.paragraphs if p.style and p.style.name == "Title")
    assert marks(closing) >= {"bidi", "rtl"} if language == "ar" else not marks(closing) & {"bidi", "rtl"}
    assert not marks(title) & {"bidi", "rtl"} and 'w:lang w:val="en-GB"' in title._p.xml


def test_paragraphs_stay_paragraphs() -> None:
    said = words_of(as_word(letter(call(sought="First one.\n\nSecond one."), "en", WAYS)))
    assert "First one." in said and "Second one." in said


def test_the_word_file_keeps_no_trace_of_anybody() -> None:
    data = as_word(letter(call(), "en", WAYS))
    about = Document(io.BytesIO(data)).core_properties
    assert about.author == "Precedent, the policy and practice database" and not about.last_modified_by
    assert not about.comments
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert not [name for name in packed.namelist() if "comments" in name or name.endswith(".bin")]


def test_a_question_that_is_asked_no_more_leaves_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    made = call()
    monkeypatch.setattr("precedent.calls.queries.questions_now", lambda call: ())
    assert pages(as_pdf(letter(made, "en", WAYS))) == 1
