"""How codes, dates, numbers and lists are said in the language of the page. Digits stay 0 to 9 in each."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from precedent.catalogue.document import fields
from precedent.kernel.languages import current
from precedent.search import facets


def _locale() -> Locale:
    code = current().code
    # British usage writes 3 November 2026, as the United Nations do.
    return Locale("en", "GB") if code == "en" else Locale.parse(code)


def date(day: datetime.date) -> str:
    """A day in full: 3 November 2026."""
    return format_date(day, "long", locale=_locale())


def number(value: int) -> str:
    """A whole number with the language's separators."""
    return _number(value, current().code)


@lru_cache(maxsize=10_000)
def _number(value: int, language: str) -> str:
    # A page of search results holds a hundred numbers, most of them small: each is written once.
    return format_decimal(value, locale=Locale.parse(language), numbering_system="latn")


def listed(items: Iterable[object]) -> str:
    """Several things in one phrase: “A, B and C”."""
    return format_list([str(item) for item in items], locale=_locale())


def lower_first(text: object) -> str:
    """A label inside a sentence: its first letter small, unless it starts an abbreviation."""
    words = str(text)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def sentence(labels: list[str]) -> list[str]:
    """Labels in a row inside a sentence: all but the first begin small."""
    return [word if place == 0 else lower_first(word) for place, word in enumerate(labels)]


def isolated(text: object) -> str:
    """Foreign text inside a sentence: on a page that runs from right to left it keeps its own direction.

    The marks (first strong isolate, pop) are invisible; elsewhere they would only be in the way of who copies.
    """
    return f"\u2068{text}\u2069" if current().direction == "rtl" else str(text)


def pair(heading: object, text: object) -> str:
    """A heading and what stands under it, in one line: “Country: Nepal”."""
    return _("{heading}: {text}").format(heading=heading, text=text)


def label(vocabulary: str, code: str) -> str:
    """What a code is called; the code itself where nobody knows it."""
    return facets.labels(vocabulary, current().code).get(code, code)


def labels_in(vocabulary: str) -> dict[str, str]:
    """Every code of a vocabulary with what it is called, in the vocabulary's order."""
    return facets.labels(vocabulary, current().code)


def labels_of(vocabulary: str, codes: Iterable[str]) -> list[str]:
    """What each of several codes is called."""
    known = facets.labels(vocabulary, current().code)
    return [known.get(code, code) for code in codes]


def field_label(path: str) -> str:
    """What a field of the entry is called: `measures.text` is the step taken."""
    return next((str(field.about.label) for field in fields() if str(field) == path), path)


GOES_ON = {"ongoing", "pilot"}
"""The statuses in which a missing last year means that it has not come yet."""


def years(first: int | None, last: int | None, status: str) -> str:
    """When it took place: “2015 to date”, “2012–2015”, “from 2013” where the end is not known."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        told = _("{year} to date") if status in GOES_ON else _("from {year}")
        return told.format(year=first)
    return _("until {year}").format(year=last) if last else _("Years not known")


NAMED = 2
"""Countries that a list names before it says how many more there are."""


def where(countries: Sequence[str], level: str) -> str:
    """Where it takes place, in a few words."""
    if not countries:
        return _("Global") if level == "global" else _("A region")
    named = _(", ").join(labels_of("country", countries[:NAMED]))
    more = len(countries) - NAMED
    if more <= 0:
        return named
    return ngettext("{countries} and {count} more", "{countries} and {count} more", more).format(
        countries=named, count=more
    )
