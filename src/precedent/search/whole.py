"""Everything that a request finds, from the first entry to the last: for files, which have no pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry, number_of
from precedent.search import engine
from precedent.search.asking import Asking
from precedent.search.request import SearchRequest

AT_ONCE = 10_000
"""Places that the index is asked for at a time, about a megabyte. Fewer were slower: it sorts anew each time."""
TOGETHER = 200
"""Entries that are read together, in one database query."""


@dataclass(frozen=True, slots=True)
class Whole:
    """How many entries a request finds, and their identifiers in its order, some at a time, to be read once.

    It holds on to one state of the index: what is published meanwhile is not in it, nothing is in it twice.
    """

    count: int
    pages: Iterator[tuple[str, ...]]


def every(request: SearchRequest) -> Whole:
    """All that a request finds, whichever page it names. Memory does not grow with it. Raises IndexAway.

    Whoever reads on may meet IndexAway later, too, should the index prove to be damaged further on.
    """
    asking = engine.asking(request)
    pages = _pages(asking)
    # The first is read now: what is damaged mostly shows before a file has begun.
    first = next(pages, ())
    return Whole(asking.found, chain([first], pages))


def _pages(asking: Asking) -> Iterator[tuple[str, ...]]:
    for offset in range(0, asking.found, AT_ONCE):
        with engine.trusting():
            places = engine.addresses(asking, offset, AT_ONCE)
        for start in range(0, len(places), TOGETHER):
            with engine.trusting():
                cards = [engine.card_at(asking.searcher, place) for place in places[start : start + TOGETHER]]
            yield tuple(card.id for card in cards)


def entries(found: Whole) -> Iterator[list[Entry]]:
    """The entries as they stand, some at a time; those that were withdrawn meanwhile are left out.

    One database query for each time. Raises IndexAway.
    """
    for page in found.pages:
        numbers = [number for id in page if (number := number_of(id)) is not None]
        read = catalogue.entries(numbers)
        yield [read[number] for number in numbers if number in read and read[number].published]
