"""Is it one of these? Published entries that may tell what a draft tells; to ask, a title and a country will do.

How much alike is alike was measured over the starter catalogue: decision 17.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import number_of
from precedent.forms import draft as drafts
from precedent.forms.draft import Draft
from precedent.forms.nearest import countries_of, nearest, rarity, spoken, stems
from precedent.kernel.languages import current
from precedent.search import words
from precedent.search.cards import Card
from precedent.search.engine import readers
from precedent.search.refusals import IndexAway

ENOUGH = 40
"""Of 100: from here on an entry is shown. Six pairs of the starter catalogue reach it, which tell of one thing."""
CANDIDATES = 12
"""Entries that are compared, the nearest by their words and countries."""

TITLE_ALONE = 0.85
"""What the likeness of titles counts where nothing else is told yet: many laws and agreements are named alike."""
TOLD_OF = 0.55
"""What the words of a title count that an entry has anywhere, where nothing else is told yet: people find other
titles for the same. With more, nearly every second title would be shown an entry that is another."""
FEWEST = 3
"""Words that a title has to have for that: “Labour law” is told of everywhere."""
COUNTRY, OTHER_COUNTRY = 10, -10
"""A country in common, or none where both name some."""
SOURCE = 30
"""The same page as a source: seldom another practice; but overviews tell of many."""
NOTICED = 35
"""How much alike something has to be to be named as a reason."""

COMMON = 1.2
"""How rare a word has to be to be compared: words that every third entry has make all of them alike."""
SHORTEST = 3
"""Letters of a word that is compared. Shorter ones say little in any language."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry that may be the same; how much alike it is, of 100; and what is alike, in words."""

    card: Card
    share: int
    because: str


def _reordered(one: str, other: str) -> float:
    """For titles: likeness whatever the order of words, and a little more where one is within the other."""
    return (fuzz.token_sort_ratio(one, other) + fuzz.token_set_ratio(one, other)) / 2


@dataclass(frozen=True, slots=True)
class _Aspect:
    """Something in which two may be alike. `chance`: how much alike any two are, of 100."""

    text: Callable[[Draft], str]
    weight: int
    chance: int
    likeness: Callable[[str, str], float]
    reason: str | Promise


ASPECTS = (
    _Aspect(lambda told: _text(told.get("title")), 2, 45, _reordered, _("a similar title")),
    _Aspect(lambda told: _text(told.get("summary")), 3, 50, fuzz.token_set_ratio, _("a similar summary")),
    _Aspect(lambda told: _all(told.get("measures"), "text"), 1, 50, fuzz.token_set_ratio, _("similar measures")),
)


def alike(told: Draft, limit: int = 3, leaving_out: str = "") -> list[Alike]:
    """The entries that a draft may be, the likeliest first; none where there is no index, or nothing is alike.

    `leaving_out`: the identifier of the published entry that the draft is about.
    """
    try:
        found = list(_compared(told, leaving_out))
    except IndexAway:
        # It may go at any moment, also between two words.
        return []
    found.sort(key=lambda one: (-one.share, one.card.id))
    return [one for one in found if one.share >= ENOUGH][:limit]


def _compared(told: Draft, leaving_out: str) -> Iterator[Alike]:
    """The nearest entries, each with how much alike it is. Raises IndexAway."""
    near = nearest(told, CANDIDATES, leaving_out, countries=True)
    numbers = {one.card.id: number_of(one.card.id) or 0 for one in near}
    entries, state = catalogue.entries(list(numbers.values())), readers.get().name()
    ours = _Compared.of(told, state)
    for one in near:
        entry = entries.get(numbers[one.card.id])
        if entry is not None and entry.published:
            yield Alike(one.card, *ours.beside(_Compared.of(drafts.of(entry.document), state)))


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is compared of a draft: its telling words aspect by aspect, its countries and its sources."""

    words: tuple[str, ...]
    countries: frozenset[str]
    sources: frozenset[str]
    state: str

    @classmethod
    def of(cls, told: Draft, state: str) -> "_Compared":
        language = spoken(told)
        telling = tuple(_telling(aspect.text(told), language, state) for aspect in ASPECTS)
        addresses = (_page(address) for address in _each(told.get("references"), "url"))
        return cls(telling, frozenset(countries_of(told)), frozenset(filter(None, addresses)), state)

    def beside(self, other: "_Compared") -> tuple[int, str]:
        """How much alike the two are, of 100, and in what."""
        shares = [
            _above(aspect.likeness(one, another), aspect.chance) if one and another else None
            for aspect, one, another in zip(ASPECTS, self.words, other.words, strict=True)
        ]
        told = [(aspect, share) for aspect, share in zip(ASPECTS, shares, strict=True) if share is not None]
        weight = sum(aspect.weight for aspect, _share in told)
        total = sum(aspect.weight * share for aspect, share in told) / weight if weight else 0.0
        reasons = [aspect.reason for aspect, share in told if share >= NOTICED]
        if len(told) == 1:
            total *= TITLE_ALONE
        if (told_of := self._told_of(other)) > total:
            total, reasons = told_of, [_("most words of the title")] if told_of > 50 * TOLD_OF else reasons
        if self.sources & other.sources:
            total, reasons = total + SOURCE, [*reasons, _("the same source")]
        if total >= NOTICED / 2 and self.countries and other.countries:
            common = bool(self.countries & other.countries)
            total += COUNTRY if common else OTHER_COUNTRY
            reasons += [_("the same country")] if common else []
        return max(0, min(100, round(total))), format_list([str(r) for r in reasons], locale=current().code)

    def _told_of(self, other: "_Compared") -> float:
        """How much of the title the other has in any of its texts, where the title is all there is.

        Rare words count more; one that no entry has, as much as the rarest beside it.
        """
        title, *others = self.words
        rare = {stem: rarity(stem, self.state) for stem in title.split()}
        if any(others) or len(rare) < FEWEST:
            return 0.0
        weights = {stem: weight or max(rare.values()) for stem, weight in rare.items()}
        has = set(" ".join(other.words).split())
        found = sum(weight for stem, weight in weights.items() if stem in has)
        return found * 100 * TOLD_OF / sum(weights.values()) if found else 0.0


def _above(likeness: float, chance: int) -> float:
    """What of a likeness is more than chance, of 100."""
    return max(0.0, likeness - chance) * 100 / (100 - chance)


def _telling(text: str, language: str, state: str) -> str:
    """The stems of a text that tell something, as a text. Words that no entry has tell most."""
    found = []
    for word, stem in stems(text, language):
        long = len(word) >= SHORTEST or words.is_run(word)
        rare = rarity(stem, state) if long else None
        if rare == 0 or (rare and rare >= COMMON):
            found.append(stem)
    return " ".join(found)


def _page(address: str) -> str:
    """An address as it is compared: http or https, with www or without, a mark within the page or none."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}" if host else ""


def _each(parts: object, name: str) -> list[str]:
    """The texts in a field of each part."""
    found = (part.get(name) for part in parts if isinstance(part, dict)) if isinstance(parts, list) else ()
    return [value for value in found if isinstance(value, str)]


def _all(parts: object, name: str) -> str:
    return " ".join(_each(parts, name))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
