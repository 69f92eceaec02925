"""The engine: one request in, one answer out, all of it counted in the same state of the index."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import tantivy
from tantivy import Occur, Order, Query

from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry, number_of
from precedent.framework import queries as framework
from precedent.search import index
from precedent.search.asking import Asking, Counts
from precedent.search.cards import SIDES, Card, from_json
from precedent.search.excerpts import Excerpt, excerpt, wanted
from precedent.search.facets import PAIRED, PLACED, facets
from precedent.search.query import wants
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest, Sort
from precedent.search.schema import fingerprint, schema

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Choice:
    """A code of a facet: how many entries of the list carry it, its own facet's choices left aside."""

    code: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Hit:
    card: Card
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Answer:
    """What the catalogue answers. `cells`: entries by (issue area, side); `relaxed`: not all words were found."""

    request: SearchRequest
    count: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Choice, ...]]
    cells: dict[tuple[str, str], int]
    relaxed: bool

    @property
    def pages(self) -> int:
        return -(-self.count // self.request.size)


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry like another one, and what the two share: facet → codes."""

    card: Card
    shared: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Reader:
    """An open generation, as of the position it had reached; `edition`: in whose questions it counts."""

    path: Path
    stamp: int
    edition: int
    index: tantivy.Index
    searcher: tantivy.Searcher

    def name(self) -> str:
        return f"{self.path.name}.{self.stamp:x}"


class _Readers:
    """The reader of this process. Opened when first asked, and again when the index on disk has moved on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: _Reader | None = None
        self.damaged = threading.Event()

    def get(self) -> _Reader:
        """The reader of the index as it stands. Raises IndexAway."""
        path = index.generation()
        if path is None:
            raise IndexAway
        try:
            stamp = path.with_suffix(".json").stat().st_mtime_ns
        except OSError:
            raise IndexAway from None
        opened = self._open
        if opened is None or (opened.path, opened.stamp) != (path, stamp):
            with self._lock:
                opened = self._reopened(path, stamp)
        return opened

    def _reopened(self, path: Path, stamp: int) -> _Reader:
        opened = self._open
        if opened is not None and (opened.path, opened.stamp) == (path, stamp):
            return opened
        try:
            reached = index.position(path)
            if reached is None or reached.shape != fingerprint():
                raise IndexAway
            made = index.opened(path)
            made.reload()
            opened = _Reader(path, stamp, reached.edition, made, made.searcher())
        except (ValueError, OSError) as error:
            self.damaged.set()
            raise IndexAway from error
        self._open = opened
        return opened

    def forget(self) -> None:
        """Close what is open; who searches meanwhile keeps theirs."""
        with self._lock:
            self._open = None


readers = _Readers()


def position() -> str:
    """What identifies the state of the index that answers now; `away` where there is none."""
    try:
        return readers.get().name()
    except IndexAway:
        return "away"


def asked(request: SearchRequest, answer: Callable[[str, SearchRequest, int | None], Told]) -> Told:
    """What `answer` says to a request, put to the index as it stands.

    It is given the name of the index's state, and the edition asked for where the index counts in another one.
    Raises IndexAway while there is no index that can be trusted.
    """
    reader = readers.get()
    with trusting():
        return answer(reader.name(), request, _edition_then(reader, request))


def asking(request: SearchRequest) -> Asking:
    """A request put to the index as it stands: whoever holds it keeps to this state. Raises IndexAway."""
    reader = readers.get()
    with trusting():
        return Asking(reader.searcher, request, _edition_then(reader, request))


@contextmanager
def trusting() -> Iterator[None]:
    """An index that proves to be damaged in here is not trusted any more. Raises IndexAway."""
    try:
        yield
    except BaseException as error:
        # A damaged file shows as an error of the library, or as a panic inside it, which is no Exception.
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            readers.damaged.set()
            readers.forget()
            raise IndexAway from error
        raise


def _edition_then(reader: _Reader, request: SearchRequest) -> int | None:
    """An edition that was just published or taken back is counted as soon as the index was built anew for it."""
    wanted = request.edition or framework.current_edition().number
    if reader.edition == wanted:
        return None
    if wanted < reader.edition:
        return wanted
    if request.edition or PLACED & set(request.filters):
        raise IndexAway
    return None


def ask(request: SearchRequest) -> Answer:
    """The answer to a request. Raises IndexAway while there is no index that can be trusted."""
    return asked(request, _answer)


@lru_cache(maxsize=64)
def _answer(name: str, request: SearchRequest, edition_then: int | None) -> Answer:
    """`name` makes the state of the index part of what is remembered.

    An answer of a hundred entries holds about a megabyte, so not many are kept.
    """
    asking = Asking(readers.get().searcher, request, edition_then)
    cells = asking.crossed(asking.query(), "area", "perspective")
    return Answer(
        request=request,
        count=asking.found,
        hits=_hits(asking) if request.offset < asking.found else (),
        facets=_facets(asking),
        cells={cell: count for cell, count in cells.items() if cell[1] in SIDES},
        relaxed=asking.relaxed,
    )


def _hits(asking: Asking) -> tuple[Hit, ...]:
    want = wanted(wants(asking.request.q))
    cards = (
        card_at(asking.searcher, address)
        for address in addresses(asking, asking.request.offset, asking.request.size)
    )
    return tuple(Hit(card, excerpt(card, want)) for card in cards)


def addresses(asking: Asking, offset: int, size: int) -> list[tantivy.DocAddress]:
    """Where some of what a request finds stands in the index, in the request's order."""
    field, order = {
        Sort.RELEVANCE: (None, Order.Desc),
        Sort.NEWEST: ("newest", Order.Desc),
        Sort.CONFIRMED: ("confirmed", Order.Desc),
        Sort.TITLE: ("title_order", Order.Asc),
    }[asking.request.order]
    found = asking.searcher.search(
        asking.query(), limit=size, offset=offset, count=False, order_by_field=field, order=order
    )
    return [address for _, address in found.hits]


def _facets(asking: Asking) -> dict[str, tuple[Choice, ...]]:
    """Every facet's codes with their counts; a facet's own choices do not shrink its own counts."""
    free = [parameter for parameter in facets() if parameter not in asking.filters]
    counted = asking.counted(asking.query(), free)
    for parameter in asking.filters:
        counted |= asking.counted(asking.query({parameter: ()}), [parameter])
    for parameter in _paired(asking):
        counted[parameter] = _counted_one_by_one(asking, parameter, counted[parameter])
    return {parameter: _choices(asking, parameter, counted[parameter]) for parameter in facets()}


def _paired(asking: Asking) -> Iterable[str]:
    """Facets whose codes are counted together with the choices of their other half."""
    for first, (second, _) in PAIRED.items():
        if second in asking.filters:
            yield first
        if first in asking.filters:
            yield second


def _counted_one_by_one(asking: Asking, parameter: str, counted: Counts) -> Counts:
    """“As origin” counts the entries in which this very country is the origin: each code asks for itself."""
    exact = {code: asking.count({parameter: (code,)}) for code in counted}
    return {code: count for code, count in exact.items() if count}


def _choices(asking: Asking, parameter: str, counted: Counts) -> tuple[Choice, ...]:
    chosen = asking.filters.get(parameter, ())
    counts = dict.fromkeys(chosen, 0) | counted
    choices = (Choice(code, count, code in chosen) for code, count in counts.items())
    return tuple(sorted(choices, key=lambda c: (not c.chosen, -c.count, c.code)))


def card_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Card:
    """What the index keeps of an entry, to be shown."""
    stored: Any = searcher.doc(address).get_first("card")
    return from_json(bytes(stored).decode())


SHARED_WEIGHTS = {
    "barrier": 3.0,
    "question": 2.0,
    "group": 1.5,
    "instrument": 1.5,
    "topic": 1.0,
    "country": 1.0,
}
"""What makes two entries alike: above all what stood in the way. Rare codes count more, as rare words do."""


def similar(entry: Entry, size: int = 3) -> list[Similar]:
    """The entries most like one, each with what it shares. One database query. Raises IndexAway."""
    codes = _shareable(entry)
    parts = [
        (Occur.Should, Query.boost_query(Query.term_query(schema(), parameter, code), weight))
        for parameter, weight in SHARED_WEIGHTS.items()
        for code in codes[parameter]
    ]
    itself = (Occur.MustNot, Query.term_query(schema(), "id", entry.id))
    searcher = readers.get().searcher
    found = searcher.search(Query.boolean_query([*parts, itself]), limit=size, count=False)
    cards = [card_at(searcher, address) for _, address in found.hits]
    others = catalogue.entries([number for card in cards if (number := number_of(card.id)) is not None])
    return [
        Similar(card, _shared(codes, _shareable(others[number])))
        for card in cards
        if (number := number_of(card.id)) in others
    ]


def _shareable(entry: Entry) -> dict[str, tuple[str, ...]]:
    known = facets()
    return {parameter: known[parameter].codes_of(entry) for parameter in SHARED_WEIGHTS}


def _shared(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    common = {
        parameter: tuple(code for code in codes if code in other[parameter]) for parameter, codes in one.items()
    }
    return {parameter: codes for parameter, codes in common.items() if codes}
