"""Writing the form: from a draft, or from nothing, to a Word file in one of the six languages."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from precedent.audit.remembering import one_revision, remembered
from precedent.forms.draft import Draft
from precedent.forms.word import layout
from precedent.forms.word.answering import Hand
from precedent.forms.word.appendix import appendix
from precedent.forms.word.layout import Section
from precedent.forms.word.package import FOOTER, packed
from precedent.forms.word.sheet import Made, Origin, as_facts, as_line
from precedent.forms.word.tables import table
from precedent.forms.word.wordml import Voice, paragraph, said, section_end
from precedent.framework import queries as framework
from precedent.kernel.text import sha256

NEW = Origin()


def write(draft: Draft, language: str, origin: Origin = NEW, short: bool = False) -> bytes:
    """The form in a language, with what the draft states filled in. The same draft makes the same bytes."""
    with one_revision(), override(language):
        made = made_today(language, short)
        facts = as_facts(origin, made)
        before, between, after = _("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
        return packed(_body(draft, origin, made), language, _title(origin), (before, between, after), facts)


@remembered
def made_today(language: str, short: bool) -> Made:
    """What a form that is made now says of itself: edition, and the fingerprint of all its texts and choices."""
    with override(language):
        plain = Made(language, framework.current_edition().number, "", short)
        blank = _body({}, NEW, plain)
    return Made(language, plain.edition, sha256(blank)[:8], short)


def _body(draft: Draft, origin: Origin, made: Made) -> str:
    hand = Hand(made.language)
    told = _short(draft, hand) if made.short else _whole(draft, hand)
    return "".join([*_head(origin, made, hand), *told, *_foot(origin, made, hand)])


def _title(origin: Origin) -> str:
    return _("Propose a change to an example") if origin.entry else _("Contribute an example")


def _head(origin: Origin, made: Made, hand: Hand) -> Iterator[str]:
    yield said(_title(origin), "Title", hand.voice)
    if origin.entry:
        told = _("This is {entry}, revision {revision}. Correct it here; what you change is a proposal.")
        yield said(told.format(entry=origin.entry, revision=origin.revision or 1), "FormLead", hand.voice)
    if made.short:
        yield said(_("A title, a summary, a place and a source are enough to begin."), "FormAdvice", hand.voice)
        return
    if not origin.entry:
        yield said(_("Fill it in where you like, and send the file in."), "FormLead", hand.voice)
    for step in _steps():
        yield said(step, "FormStep", hand.voice)


def _steps() -> tuple[str, ...]:
    return (
        _("A title, a summary, a place and a source are enough to begin. Leave empty what you do not know."),
        _("Write in the white fields. Where there is a list, choose from it, or write a choice as it stands."),
        _("Each small code in a grey field, such as #title, leads your answer to its place: leave it as it is."),
        _("More rows needed? Stop the protection (in Word: Review, Restrict editing; no password), copy a row."),
        _("Send it in as it is. You can correct it in the browser before anybody reviews it."),
    )


def _whole(draft: Draft, hand: Hand) -> Iterator[str]:
    """The sections, and behind them the choices in two columns."""
    for section in layout.sections():
        yield from _section(section, draft, hand)
    yield paragraph("", "FormSpace", hand.voice, section_end(1, rtl=hand.voice.rtl, footer=FOOTER))
    yield said(_("The choices"), "Heading1", hand.voice)
    yield paragraph("", "FormSpace", hand.voice, section_end(1, rtl=hand.voice.rtl, footer=FOOTER))
    yield appendix(hand.language)
    last = section_end(2, rtl=hand.voice.rtl, footer=FOOTER, continuous=True)
    yield paragraph("", "FormSpace", hand.voice, last)


def _section(section: Section, draft: Draft, hand: Hand) -> Iterator[str]:
    yield said(f"{section.number}. {section.page.title}", "Heading1", hand.voice)
    yield said(str(section.page.lead), "FormLead", hand.voice)
    if section.page.advice:
        yield said(str(section.page.advice), "FormAdvice", hand.voice)
    for each in section.tables:
        yield from table(each, draft, hand, str(section.page.title))


def _short(draft: Draft, hand: Hand) -> Iterator[str]:
    yield from table(layout.short_table(), draft, hand, _("Contribute an example"))


def _foot(origin: Origin, made: Made, hand: Hand) -> Iterator[str]:
    """The line that tells where the form belongs, in sight, because some programs drop what is not."""
    yield said(_("The next line tells where this form belongs: leave it as it is."), "FormOrigin", hand.voice)
    yield said(as_line(as_facts(origin, made)), "FormOrigin", Voice("en", made.language))
    yield section_end(1, rtl=hand.voice.rtl, footer=FOOTER, continuous=not made.short)
