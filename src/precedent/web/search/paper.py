"""A search as a Word file to be read and passed on: each entry with its story in short, and its sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from precedent.calls.records import today
from precedent.catalogue import placing
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.parts import Reference
from precedent.catalogue.records import Entry
from precedent.forms.word.package import FOOTER, packed
from precedent.forms.word.styles import BELOW, SOFT, Look
from precedent.forms.word.wordml import Voice, escaped, paragraph, run, section_end
from precedent.kernel.languages import current
from precedent.search.request import SearchRequest
from precedent.web.search.shown import chips
from precedent.web.wording import date, field_label, label, lower_first, number, pair, where, years

MOST = 500
"""Entries in a Word file: some five hundred pages, more than anybody reads and all that Word opens at once."""

LINE = '<w:ind w:left="284" w:hanging="284"/>'
LOOKS = (
    Look("Title", "Title", 44, 0, 160, bold=True, serif=True, stays=True, around=BELOW),
    Look("Subtitle", "Subtitle", 20, 0, 60, colour=SOFT),
    Look("Heading1", "heading 1", 28, 400, 60, bold=True, serif=True, stays=True, level=0),
    Look("Heading2", "heading 2", 21, 120, 30, bold=True, stays=True, level=1),
    Look("BodyText", "Body Text", 21, 0, 80),
    Look("ListParagraph", "List Paragraph", 21, 0, 50, indent=LINE),
    Look("Footer", "footer", 16, colour=SOFT),
)
"""Styles that Word knows by these names, so that whoever goes on with the text has them in their lists."""

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class About:
    """What the file is about: the search, where it is on the web, how many entries it finds."""

    asked: SearchRequest
    address: str
    count: int


def as_word(about: About, told: Iterable[str]) -> bytes:
    """The file, of what is `told` of each entry (see `entry_told`), in the language of the page."""
    page = current().code
    voice = Voice(page, page)
    before, between, after = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    body = [*_head(about, voice), *islice(told, MOST), section_end(1, rtl=voice.rtl, footer=FOOTER)]
    return packed("".join(body), page, _title(), (before, between, after), {}, LOOKS, protection="")


def _title() -> str:
    return _("Policies and practices found")


def _head(about: About, voice: Voice) -> Iterator[str]:
    yield _said(_title(), "Title", voice)
    product = _("Precedent, the policy and practice database")
    yield _said(_(", ").join([product, date(today())]), "Subtitle", voice)
    asked = [pair(_("Search words"), about.asked.q)] if about.asked.q else []
    for line in [*asked, *(pair(chip.heading, chip.label) for chip in chips(about.asked))]:
        yield _said(line, "Subtitle", voice)
    found = ngettext("{count} entry", "{count} entries", about.count).format(count=number(about.count))
    yield _said(found, "Subtitle", voice)
    if about.count > MOST:
        cut = _("These are the first {most}. The other files, such as Excel and JSON lines, hold all of them.")
        yield _said(cut.format(most=number(MOST)), "Subtitle", voice)
    yield paragraph(_link(about.address, voice.page), "Subtitle", voice)


def entry_told(entry: Entry, address: str) -> str:
    """An entry in paragraphs, each text in its own language and direction."""
    page = current().code
    voice, latin = Voice(page, page), Voice("en", page)
    document = placing.document_today(entry)
    own = Voice(document.language, page)
    facts = [
        where([country.code for country in document.countries], document.level),
        years(document.year_start, document.year_end, document.status),
        label("entry_kind", document.entry_kind),
    ]
    pieces = [run(entry.id, latin)]
    # Years alone, such as 2012–2015, run from left to right in any language.
    pieces += [run(fact, voice if any(map(str.isalpha, fact)) else latin) for fact in facts]
    lines = [
        _said(document.title, "Heading1", own),
        paragraph(run(SEPARATOR, voice).join(pieces), "BodyText", voice),
        paragraph(_link(address, page), "BodyText", voice),
        _said(document.summary, "BodyText", own),
        *_chain(document, own, voice),
        _said(field_label("references"), "Heading2", voice),
        *(_source(source, page) for source in document.references),
    ]
    return "".join(lines)


def _chain(document: EntryDocument, own: Voice, voice: Voice) -> Iterator[str]:
    """What stood in the way, what was done about it, what came of it: codes by name, texts as they are."""
    yield _said(field_label("barriers"), "Heading2", voice)
    for barrier in document.barriers:
        yield _named(label("barrier", barrier.code), barrier.text, own, voice)
    yield _said(field_label("measures"), "Heading2", voice)
    for measure in document.measures:
        yield _named(label("instrument", measure.instrument), measure.text, own, voice)
    yield _said(field_label("results"), "Heading2", voice)
    for result in document.results:
        evidence = lower_first(label("evidence", result.evidence))
        yield _named(f"{label('outcome', result.outcome)} ({evidence})", result.text, own, voice)
    if not document.results:
        yield _said(_("No result stated"), "BodyText", voice)


def _named(name: str, text: str, own: Voice, voice: Voice) -> str:
    """A code's name and a text behind it; below it, where the two run in different directions."""
    if own.turned:
        return _said(name, "ListParagraph", voice) + _said(text, "ListParagraph", own)
    return paragraph(run(pair(name, ""), voice) + run(text, own), "ListParagraph", voice)


def _source(source: Reference, page: str) -> str:
    own, latin = Voice(source.language, page), Voice("en", page)
    year = [run(str(source.year), latin)] if source.year else []
    pieces = [run(source.title, own), run(source.publisher, own), *year, _link(source.url, page)]
    return paragraph(run(SEPARATOR, own).join(pieces), "ListParagraph", own)


def _link(address: str, page: str) -> str:
    """An address that leads there. In the code of a field a backslash would begin a switch."""
    leads = escaped(address.replace("\\", "%5C"))
    shown = run(address, Voice("en", page))
    return f'<w:fldSimple w:instr=" HYPERLINK &quot;{leads}&quot; ">{shown}</w:fldSimple>'


def _said(text: str, style: str, voice: Voice) -> str:
    return paragraph(run(text, voice), style, voice)
