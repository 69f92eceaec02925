"""What must hold of a call. Every breach is told, each with its field and the remedy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from precedent.calls.records import Finding, Terms
from precedent.calls.refusals import CallInvalid
from precedent.framework import queries as framework
from precedent.framework.records import Perspective
from precedent.kernel.languages import BY_CODE, is_language
from precedent.kernel.text import one_line
from precedent.places import queries as places
from precedent.search import facets
from precedent.search.facets import Facet

LONGEST = {"title": 120, "sought": 700, "why": 500, "organisations": 200, "contact": 200, "outcome": 500}
"""Characters of each text. With all of them the letter still fits on one page."""
MOST = {"countries": 30, "languages": 10}
MOST_CODES = 40
MOST_WANTED = 1_000
LONGEST_OPEN = timedelta(days=3 * 366)
"""How far ahead a call may end. What is sought for longer is no call."""
GRACE = timedelta(days=1)
"""How far back the first day may lie: somewhere it is still yesterday."""

NOT_CHOSEN = frozenset({"question", "perspective", "area", "language", "verification"})
"""Facets by which a call is not narrowed: it has them of its own, or they are not the contributor's to say."""

NO_TEXT = dict.fromkeys((0xFFFE, 0xFFFF, *range(0xD800, 0xE000)))
"""What is no character, and in no XML."""

EMPTY: dict[str, str | Promise] = {
    "title": gettext_lazy("Give the call a title."),
    "sought": gettext_lazy("Say what is sought."),
    "why": gettext_lazy("Say why it is sought."),
}


def narrowing() -> dict[str, Facet]:
    """The facets by which a call can be narrowed, in the order in which they are shown."""
    return {parameter: facet for parameter, facet in facets.facets().items() if parameter not in NOT_CHOSEN}


def tidy(terms: Terms) -> Terms:
    """Texts without what nobody types on purpose, codes each once."""
    return replace(
        terms,
        title=line(terms.title),
        sought=prose(terms.sought),
        why=prose(terms.why),
        organisations=line(terms.organisations),
        contact=line(terms.contact),
        countries=tuple(dict.fromkeys(terms.countries)),
        languages=tuple(dict.fromkeys(terms.languages)),
    )


def line(text: str) -> str:
    """A text in one line, of what every kind of file can hold."""
    return one_line(text.translate(NO_TEXT))


def prose(text: str) -> str:
    """A text of several lines: each in order, none blank at the ends, no two blank ones in a row."""
    lines = [line(one) for one in text.splitlines()]
    kept = [one for place, one in enumerate(lines) if one or (place and lines[place - 1])]
    return "\n".join(kept).strip()


def must_hold(terms: Terms, day: date, was: Terms | None = None) -> Terms:
    """The terms, tidied. `was`: as they stood before; what was right then still is. Raises CallInvalid."""
    told = tidy(terms)
    if found := list(breaches(told, day, was)):
        raise CallInvalid(found)
    return told


def outcome_must_hold(text: str) -> str:
    """What came of a call, tidied. Raises CallInvalid."""
    told = line(text)
    found = list(_too_long("outcome", told))
    if not told:
        found.append(Finding("outcome", _("Say in a sentence what came of the call.")))
    if found:
        raise CallInvalid(found)
    return told


def breaches(terms: Terms, day: date, was: Terms | None = None) -> Iterator[Finding]:
    """Everything that is wrong, field by field, in the form's order."""
    yield from _classification(terms, was)
    for name, message in EMPTY.items():
        if not getattr(terms, name):
            yield Finding(name, str(message))
    for name in ("title", "sought", "why", "organisations", "contact"):
        yield from _too_long(name, getattr(terms, name))
    yield from _from_whom(terms)
    yield from days(terms.opens, terms.until, day, was)
    if not 1 <= terms.wanted <= MOST_WANTED:
        yield Finding("wanted", _("Ask for at least one example, and at most {most}.").format(most=MOST_WANTED))


def days(opens: date, until: date, day: date, was: Terms | None = None) -> Iterator[Finding]:
    """What is wrong with the first and the last day."""
    if (was is None or opens != was.opens) and opens < day - GRACE:
        yield Finding("opens", _("The first day has passed. Choose today or a later one."))
    if until < opens:
        yield Finding("until", _("The call would end before it begins. Choose a last day after the first."))
    elif (was is None or until != was.until) and until < day:
        yield Finding("until", _("The last day has passed. Choose today or a later one."))
    if max(opens, until) > day + LONGEST_OPEN:
        yield Finding("until", _("That is more than three years ahead. Choose an earlier day."))


def _too_long(name: str, text: str) -> Iterator[Finding]:
    over = len(text) - LONGEST[name]
    if over > 0:
        told = ngettext("Leave out at least {count} character.", "Leave out at least {count} characters.", over)
        yield Finding(name, told.format(count=over))


def _classification(terms: Terms, was: Terms | None) -> Iterator[Finding]:
    if terms.question not in framework.current_edition().questions and not (
        was and was.question == terms.question
    ):
        yield Finding("question", _("Choose a question of the framework."))
    if terms.perspective not in ("", *Perspective):
        yield Finding("perspective", _("Choose a perspective from the list."))
    known = narrowing()
    for parameter, codes in terms.chosen:
        facet = known.get(parameter)
        wrong = [code for code in codes if not (facet and facets.codes_now(facet, code))]
        if facet is None or (wrong and not (was and dict(was.chosen).get(parameter) == codes)):
            named = ", ".join(one_line(code)[:40] for code in wrong) or one_line(parameter)[:40]
            yield Finding("chosen", _("“{codes}” is not known here. Choose from the lists.").format(codes=named))
    if sum(len(codes) for _parameter, codes in terms.chosen) > MOST_CODES:
        yield Finding("chosen", _("Choose at most {most} terms.").format(most=MOST_CODES))


def _from_whom(terms: Terms) -> Iterator[Finding]:
    known = places.places().countries
    if any(code not in known for code in terms.countries):
        yield Finding("countries", _("Choose countries from the list."))
    if any(not is_language(code) for code in terms.languages):
        yield Finding("languages", _("Choose languages from the list."))
    if terms.written_in not in BY_CODE:
        yield Finding("written_in", _("Choose a language from the list."))
    for name, most in MOST.items():
        if len(getattr(terms, name)) > most:
            yield Finding(name, _("Choose at most {most}, or none: then it is open to all.").format(most=most))
