"""What is asked of the catalogue, parsed once for page, API and downloads. Parsing never fails.

What is not understood is named in `ignored`: the page says so, the API refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from precedent.framework import queries as framework
from precedent.kernel.text import one_line
from precedent.search import facets, words

LONGEST_QUERY = 300
"""Characters of free text that are used. A title has at most 200."""
MOST_WORDS = 40
MOST_CHOICES = 100
"""Choices under one heading that are used; nobody ticks more, and each costs time."""
PAGE_SIZE = 10
LARGEST_PAGE = 100
LAST_PAGE = 1_000_000_000
YEARS = range(1850, 2101)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    CONFIRMED = "confirmed"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter that was left out, and why: `parameter-unknown`, `value-unknown`, `too-long`, `no-words`, …"""

    parameter: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A chosen code that was merged into another one, which is asked for in its place."""

    parameter: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Words and filters. *Or* within one filter, *and* between them. Hashable, so that answers can be kept."""

    q: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    edition: int | None = None
    sort: Sort | None = None
    page: int = 1
    size: int = PAGE_SIZE
    ignored: tuple[Ignored, ...] = ()
    renamed: tuple[Renamed, ...] = ()

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """The chosen codes of each facet in use."""
        return dict(self.chosen)

    @property
    def order(self) -> Sort:
        """The sort order in force: by relevance where there are words, else the newest first."""
        if self.sort is None or (self.sort is Sort.RELEVANCE and not self.q):
            return Sort.RELEVANCE if self.q else Sort.NEWEST
        return self.sort

    @property
    def bare(self) -> "SearchRequest":
        """What is asked, without how it is shown: no order, the first page."""
        return replace(self, sort=None, page=1, size=PAGE_SIZE, ignored=(), renamed=())

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    def parameters(self) -> list[tuple[str, str]]:
        """The request as the parameters of an address; parsed again they give the same request."""
        told = [("q", self.q)] if self.q else []
        told += [(parameter, code) for parameter, codes in self.chosen for code in codes]
        told += [
            (name, str(value))
            for name, value in (
                ("year_from", self.year_from),
                ("year_to", self.year_to),
                ("edition", self.edition),
                ("sort", self.sort.value if self.sort else None),
                ("page", self.page if self.page > 1 else None),
                ("size", self.size if self.size != PAGE_SIZE else None),
            )
            if value is not None
        ]
        return told

    @property
    def query_string(self) -> str:
        """`?q=…&country=…`, or nothing for a request that asks for everything."""
        told = self.parameters()
        return f"?{urlencode(told)}" if told else ""

    def on_page(self, page: int) -> "SearchRequest":
        return replace(self, page=page)

    def also(self, parameter: str, code: str) -> "SearchRequest":
        """The same with one more choice, from its first page."""
        codes = dict.fromkeys((*self.filters.get(parameter, ()), code))
        return self._choosing(parameter, tuple(codes))

    def only(self, parameter: str, code: str) -> "SearchRequest":
        """The same with this choice alone under its heading, from its first page."""
        return self._choosing(parameter, (code,))

    def without(self, parameter: str, code: str | None = None) -> "SearchRequest":
        """The same without a choice, or without any under that heading, from its first page."""
        if parameter in ("year_from", "year_to", "edition"):
            nothing: dict[str, Any] = {parameter: None}
            return replace(self, page=1, ignored=(), renamed=(), **nothing)
        left = tuple(c for c in self.filters.get(parameter, ()) if code is not None and c != code)
        return self._choosing(parameter, left)

    def without_filters(self) -> "SearchRequest":
        """The words alone."""
        return SearchRequest(q=self.q, sort=self.sort, size=self.size)

    def _choosing(self, parameter: str, codes: tuple[str, ...]) -> "SearchRequest":
        chosen = {**self.filters, parameter: codes}
        return replace(self, chosen=_in_order(chosen), page=1, ignored=(), renamed=())


def _in_order(chosen: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Choices in one spelling: facets in their order, codes sorted, none empty."""
    return tuple(
        (parameter, tuple(sorted(set(chosen[parameter]))))
        for parameter in facets.facets()
        if chosen.get(parameter)
    )


def parse(parameters: Mapping[str, Sequence[str]]) -> SearchRequest:
    """The request in an address's parameters, each a list of values. Never fails."""
    reading = _Reading(parameters)
    edition = reading.edition()
    return SearchRequest(
        q=reading.words(),
        chosen=reading.choices(edition),
        year_from=reading.number("year_from", YEARS),
        year_to=reading.number("year_to", YEARS),
        edition=edition,
        sort=reading.sort(),
        page=reading.number("page", range(1, LAST_PAGE + 1)) or 1,
        size=reading.number("size", range(1, LARGEST_PAGE + 1)) or PAGE_SIZE,
        ignored=reading.left_out(),
        renamed=tuple(reading.renamed),
    )


class _Reading:
    """One pass over an address's parameters, keeping note of what was left out."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        self.given = {name: [value for value in values if value] for name, values in parameters.items()}
        self.ignored: list[Ignored] = []
        self.renamed: list[Renamed] = []

    def ignore(self, parameter: str, value: str, code: str) -> None:
        self.ignored.append(Ignored(one_line(parameter)[:60], one_line(value)[:60], code))

    def one(self, parameter: str) -> str | None:
        """The one value of a parameter that takes no more; the last counts."""
        values = self.given.pop(parameter, [])
        for value in values[:-1]:
            self.ignore(parameter, value, "given-twice")
        return values[-1] if values else None

    def words(self) -> str:
        typed = one_line(self.one("q") or "")
        if len(typed) > LONGEST_QUERY:
            self.ignore("q", typed[LONGEST_QUERY:], "too-long")
            typed = typed[:LONGEST_QUERY].strip()
        if typed and next(words.words(typed), None) is None:
            self.ignore("q", typed, "no-words")
            return ""
        return typed

    def number(self, parameter: str, allowed: range) -> int | None:
        value = self.one(parameter)
        if value is None:
            return None
        if value.isascii() and value.isdecimal() and len(value) < 12 and int(value) in allowed:
            return int(value)
        self.ignore(parameter, value, "value-unknown")
        return None

    def edition(self) -> int | None:
        value = self.one("edition")
        if value is None:
            return None
        if value in {str(edition.number) for edition in framework.editions()}:
            return int(value)
        self.ignore("edition", value, "value-unknown")
        return None

    def sort(self) -> Sort | None:
        value = self.one("sort")
        if value is None:
            return None
        if value in set(Sort):
            return Sort(value)
        self.ignore("sort", value, "value-unknown")
        return None

    def choices(self, edition: int | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
        chosen: dict[str, list[str]] = {}
        for parameter, facet in facets.facets().items():
            values = self.given.pop(parameter, [])
            for value in values[:MOST_CHOICES]:
                if now := facets.codes_now(facet, value, edition):
                    chosen.setdefault(parameter, []).extend(now)
                    self.renamed += [Renamed(parameter, value, code) for code in now if code != value]
                else:
                    self.ignore(parameter, value, facets.why_unknown(facet, value))
            for value in values[MOST_CHOICES:]:
                self.ignore(parameter, value, "too-many")
        return _in_order(chosen)

    def left_out(self) -> tuple[Ignored, ...]:
        for parameter in self.given:
            self.ignore(parameter, "", "parameter-unknown")
        return tuple(self.ignored[:20])


WHY_IGNORED = {
    "parameter-unknown": _("We do not know the filter “{parameter}” and left it out."),
    "code-retired": _("“{value}” was retired, so it was left out. Earlier editions of the framework have it."),
    "value-unknown": _("We do not know the value “{value}” for {label} and left it out."),
    "given-twice": _("{label} takes one value; “{value}” was left out."),
    "too-many": _("{label} takes at most 100 values; “{value}” was left out."),
    "too-long": _("Only the first 300 characters of your words were used."),
    "no-words": _("There are no words to search for in “{value}”, so everything is shown."),
}
"""What the page says of each thing that was left out."""

OTHER_LABELS = {
    "q": _("Search words"),
    "year_from": _("From year"),
    "year_to": _("To year"),
    "edition": _("As of edition"),
    "sort": _("Sort by"),
    "page": _("Page"),
    "size": _("Entries a page"),
}


def why_renamed(renamed: Renamed) -> str:
    """Which choice was merged into which, in a sentence in the language of the page."""
    facet = facets.facets()[renamed.parameter]
    coded = renamed.parameter in facets.PLACED
    was, now = (code if coded else facets.label(facet, code) for code in (renamed.was, renamed.now))
    return str(_("{label}: “{was}” is now “{now}”.")).format(label=facet.label, was=was, now=now)


def why_ignored(ignored: Ignored) -> str:
    """What was left out and why, in a sentence in the language of the page."""
    facet = facets.facets().get(ignored.parameter)
    label = facet.label if facet else OTHER_LABELS.get(ignored.parameter, ignored.parameter)
    return str(WHY_IGNORED[ignored.code]).format(parameter=ignored.parameter, value=ignored.value, label=label)
