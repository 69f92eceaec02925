"""The engine: one request in, one answer out, all of it counted in the same state of the index."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from precedent.catalogue import queries as catalogue
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Entry, number_of
from precedent.search import index
from precedent.search.cards import SIDES, Card, from_json
from precedent.search.excerpts import Excerpt, excerpt, wanted
from precedent.search.facets import PAIR_MARK, PAIRED, facets
from precedent.search.query import clauses, text_query, wants
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest, Sort
from precedent.search.schema import UNKNOWN_YEAR, fingerprint, schema

MOST_CODES = 1_000
"""Codes of one facet that are counted; the longest list, of countries, has 249."""


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
    """An open generation, as of the position it had reached."""

    path: Path
    stamp: int
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
            opened = _Reader(path, stamp, made, made.searcher())
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


def ask(request: SearchRequest) -> Answer:
    """The answer to a request. Raises IndexAway while there is no index that can be trusted."""
    reader = readers.get()
    try:
        return _answer(reader.name(), request)
    except BaseException as error:
        # A damaged file shows as an error of the library, or as a panic inside it, which is no Exception.
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            readers.damaged.set()
            readers.forget()
            raise IndexAway from error
        raise


@lru_cache(maxsize=64)
def _answer(name: str, request: SearchRequest) -> Answer:
    """`name` makes the state of the index part of what is remembered.

    An answer of a hundred entries holds about a megabyte, so not many are kept.
    """
    searcher = readers.get().searcher
    asking = _Asking(searcher, request, text_query(request.q))
    count = asking.count()
    relaxed = count == 0 and len(clauses(request.q)) > 1
    if relaxed:
        asking = _Asking(searcher, request, text_query(request.q, relaxed=True))
        count = asking.count()
        relaxed = count > 0
    return Answer(
        request=request,
        count=count,
        hits=asking.hits() if request.offset < count else (),
        facets=asking.facets(),
        cells=asking.cells(),
        relaxed=relaxed,
    )


def _silent(query: Query) -> tuple[Occur, Query]:
    """A condition that does not change the order."""
    return (Occur.Must, Query.const_score_query(query, 0.0))


def _any_of(field: str, codes: Iterable[str]) -> Query:
    return Query.term_set_query(schema(), field, list(codes))


class _Asking:
    """One request put to one searcher."""

    def __init__(self, searcher: tantivy.Searcher, request: SearchRequest, text: Query) -> None:
        self.searcher = searcher
        self.request = request
        self.text = text
        self.filters = request.filters

    def query(self, instead: dict[str, tuple[str, ...]] | None = None) -> Query:
        """The whole question, with other choices of a facet `instead`; none leave the facet aside."""
        asked = self.filters | (instead or {})
        chosen = {parameter: codes for parameter, codes in asked.items() if codes}
        conditions = [*self._conditions(chosen), *self._years()]
        return Query.boolean_query([(Occur.Must, self.text), *(_silent(query) for query in conditions)])

    def _conditions(self, chosen: dict[str, tuple[str, ...]]) -> Iterable[Query]:
        left = dict(chosen)
        for first, (second, field) in PAIRED.items():
            if first in left and second in left:
                pairs = product(left.pop(first), left.pop(second))
                yield _any_of(field, (PAIR_MARK.join(pair) for pair in pairs))
        for parameter, codes in left.items():
            yield _any_of(parameter, codes)

    def _years(self) -> Iterable[Query]:
        """Entries that were going on in one of the years asked for. Unknown years are in none."""
        first, last = self.request.year_from, self.request.year_to
        if first is not None:
            yield Query.range_query(schema(), "year_end", FieldType.Unsigned, max(first, UNKNOWN_YEAR + 1), None)
        if last is not None:
            yield Query.range_query(schema(), "year_start", FieldType.Unsigned, UNKNOWN_YEAR + 1, last)

    def count(self) -> int:
        return _count(self.searcher, self.query())

    def hits(self) -> tuple[Hit, ...]:
        field, order = {
            Sort.RELEVANCE: (None, Order.Desc),
            Sort.NEWEST: ("newest", Order.Desc),
            Sort.CONFIRMED: ("confirmed", Order.Desc),
            Sort.TITLE: ("title_order", Order.Asc),
        }[self.request.order]
        found = self.searcher.search(
            self.query(),
            limit=self.request.size,
            offset=self.request.offset,
            count=False,
            order_by_field=field,
            order=order,
        )
        want = wanted(wants(self.request.q))
        cards = (_card(self.searcher, address) for _, address in found.hits)
        return tuple(Hit(card, excerpt(card, want)) for card in cards)

    def facets(self) -> dict[str, tuple[Choice, ...]]:
        """Every facet's codes with their counts; a facet's own choices do not shrink its own counts."""
        free = [parameter for parameter in facets() if parameter not in self.filters]
        counted = _aggregate(self.searcher, self.query(), free)
        for parameter in self.filters:
            counted |= _aggregate(self.searcher, self.query({parameter: ()}), [parameter])
        for parameter in self._paired():
            counted[parameter] = self._counted_one_by_one(parameter, counted[parameter])
        return {parameter: self._choices(parameter, counted[parameter]) for parameter in facets()}

    def _paired(self) -> Iterable[str]:
        """Facets whose codes are counted together with the choices of their other half."""
        for first, (second, _) in PAIRED.items():
            if second in self.filters:
                yield first
            if first in self.filters:
                yield second

    def _counted_one_by_one(self, parameter: str, counted: dict[str, int]) -> dict[str, int]:
        """“As origin” counts the entries in which this very country is the origin: each code asks for itself."""
        exact = {code: _count(self.searcher, self.query({parameter: (code,)})) for code in counted}
        return {code: count for code, count in exact.items() if count}

    def _choices(self, parameter: str, counted: dict[str, int]) -> tuple[Choice, ...]:
        chosen = self.filters.get(parameter, ())
        counts = dict.fromkeys(chosen, 0) | counted
        choices = (Choice(code, count, code in chosen) for code, count in counts.items())
        return tuple(sorted(choices, key=lambda c: (not c.chosen, -c.count, c.code)))

    def cells(self) -> dict[tuple[str, str], int]:
        """Entries by issue area and side: what the count table shows."""
        return crossed(self.searcher, self.query(), "area", "perspective", SIDES)


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    return int(searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]


def _card(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Card:
    stored: Any = searcher.doc(address).get_first("card")
    return from_json(bytes(stored).decode())


def _terms(field: str, **inner: object) -> dict[str, object]:
    return {"terms": {"field": field, "size": MOST_CODES, "segment_size": MOST_CODES}, **inner}


def _aggregate(searcher: tantivy.Searcher, query: Query, fields: list[str]) -> dict[str, dict[str, int]]:
    """How many entries carry each code of each field."""
    if not fields:
        return {}
    told = searcher.aggregate(query, {field: _terms(field) for field in fields})
    return {
        field: {bucket["key"]: int(bucket["doc_count"]) for bucket in told[field]["buckets"]} for field in fields
    }


def crossed(
    searcher: tantivy.Searcher, query: Query, rows: str, columns: str, only: Iterable[str]
) -> dict[tuple[str, str], int]:
    """How many entries carry each pair of codes of two fields. Pairs that none carries are left out."""
    told = searcher.aggregate(query, {"rows": _terms(rows, aggs={"columns": _terms(columns)})})
    return {
        (row["key"], column["key"]): int(column["doc_count"])
        for row in told["rows"]["buckets"]
        for column in row["columns"]["buckets"]
        if column["key"] in only
    }


def coverage(rows: str, columns: str, only: Iterable[str] = SIDES) -> dict[tuple[str, str], int]:
    """How many published entries carry each pair of codes of two facets. Raises IndexAway."""
    return crossed(readers.get().searcher, Query.all_query(), rows, columns, only)


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
    codes = _shareable(entry.document)
    parts = [
        (Occur.Should, Query.boost_query(Query.term_query(schema(), parameter, code), weight))
        for parameter, weight in SHARED_WEIGHTS.items()
        for code in codes[parameter]
    ]
    itself = (Occur.MustNot, Query.term_query(schema(), "id", entry.id))
    searcher = readers.get().searcher
    found = searcher.search(Query.boolean_query([*parts, itself]), limit=size, count=False)
    cards = [_card(searcher, address) for _, address in found.hits]
    others = catalogue.entries([number for card in cards if (number := number_of(card.id)) is not None])
    return [
        Similar(card, _shared(codes, _shareable(others[number].document)))
        for card in cards
        if (number := number_of(card.id)) in others
    ]


def _shareable(document: EntryDocument) -> dict[str, tuple[str, ...]]:
    known = facets()
    return {parameter: tuple(dict.fromkeys(known[parameter].values(document))) for parameter in SHARED_WEIGHTS}


def _shared(one: dict[str, tuple[str, ...]], other: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    common = {
        parameter: tuple(code for code in codes if code in other[parameter]) for parameter, codes in one.items()
    }
    return {parameter: codes for parameter, codes in common.items() if codes}
