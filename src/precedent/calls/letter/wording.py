"""What the letter says: our words in the letter's language, the call's own texts as they were written."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from precedent.calls import queries
from precedent.calls.records import Call
from precedent.framework import queries as framework
from precedent.kernel.languages import language_name
from precedent.search import facets


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses in full: the call's page, the page on which one contributes for it, the form as a Word file."""

    call: str
    contribute: str
    form: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its text. `language`: the one in which the text is written, where it is not the letter's."""

    heading: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter, from top to bottom. `sending` are (what one can do, the address for it)."""

    language: str
    title: str
    title_language: str
    product: str
    day: str
    to: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    facts: tuple[Part, ...]
    sending_heading: str
    sending: tuple[tuple[str, str], ...]
    closing: str


def letter(call: Call, language: str, ways: Ways) -> Letter:
    """The letter of a call in a language."""
    with translation.override(language):
        return Letter(
            language=language,
            title=call.title,
            title_language=call.written_in,
            product=_("Precedent, the policy and practice database"),
            day=_day(call, language),
            to=_("To the national focal points of the Global Forum on Migration and Development"),
            opening=tuple(_opening(call)),
            parts=(
                Part(_("What is sought"), call.sought, call.written_in),
                Part(_("Why it is sought"), call.why, call.written_in),
            ),
            facts=tuple(_facts(call, language)),
            sending_heading=_("How to send an example"),
            sending=_sending(ways),
            closing=_("What did not work is as welcome as what did. Reviewers help with what is missing."),
        )


def _locale(language: str) -> Locale:
    return Locale("en", "GB") if language == "en" else Locale.parse(language)


def _day(call: Call, language: str) -> str:
    return format_date(call.opens, "long", locale=_locale(language))


def _opening(call: Call) -> Iterable[str]:
    count = call.wanted
    yield ngettext(
        "The database seeks {count} example of a policy or practice, as an answer to this guiding question:",
        "The database seeks {count} examples of policies or practices, as answers to this guiding question:",
        count,
    ).format(count=count)
    known = framework.current_edition().questions
    for code in queries.questions_now(call):
        yield f"{code} {known[code]}"


def _facts(call: Call, language: str) -> Iterable[Part]:
    """Perspective and narrowing, from whom, languages, until when, contact."""
    known = facets.facets()
    narrowing = [("perspective", (call.perspective,))] if call.perspective else []
    for parameter, codes in (*narrowing, *call.chosen):
        if parameter in known:
            named = [facets.label(known[parameter], code) for code in codes]
            yield Part(str(known[parameter].label), _listed(named, language))
    whom = [facets.label(known["country"], code) for code in call.countries]
    if whom or not call.organisations:
        yield Part(_("From whom"), _listed(whom, language) if whom else _("Anybody who knows of one"))
    if call.organisations:
        yield Part(_("Organisations"), call.organisations, call.written_in)
    if call.languages:
        yield Part(_("Languages"), _listed([language_name(code) for code in call.languages], language))
    yield Part(_("Until when"), format_date(call.until, "long", locale=_locale(language)))
    if call.contact:
        yield Part(_("Contact"), call.contact, call.written_in)


def _listed(items: list[str], language: str) -> str:
    return format_list(items, locale=_locale(language))


def _sending(ways: Ways) -> tuple[tuple[str, str], ...]:
    return (
        (_("On this page, where the form begins with what the call is about:"), ways.contribute),
        (_("As a Word file, which is filled in without a connection and sent in on the same page:"), ways.form),
        (_("The call, with how far it has come:"), ways.call),
    )
