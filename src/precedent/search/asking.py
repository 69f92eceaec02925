"""One request put to one searcher: the query it makes, and counts of what the query finds."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any, TypeVar

import tantivy
from tantivy import FieldType, Occur, Query

from precedent.search.facets import PAIR_MARK, PAIRED, PLACED
from precedent.search.query import pieces, text_query
from precedent.search.request import SearchRequest
from precedent.search.schema import EDITION_MARK, THEN, UNKNOWN_YEAR, schema, then

MOST_CODES = 1_000
"""Codes of one facet that are counted; the longest list, of countries, has 249."""

Choices = dict[str, tuple[str, ...]]
Counts = dict[str, int]
Read = TypeVar("Read")


class Asking:
    """One request put to one searcher, counted in one edition of the framework.

    `then`: that edition, where it is another than the one in whose questions the index counts.
    """

    def __init__(self, searcher: tantivy.Searcher, request: SearchRequest, edition_then: int | None) -> None:
        self.searcher = searcher
        self.request = request
        self.filters = request.filters
        self._then = edition_then
        self.text = text_query(request.q)
        self.relaxed = False
        self.found = self.count()
        if self.found == 0 and len(pieces(request.q)) > 1:
            self._relax()

    def _relax(self) -> None:
        """No entry has all words: some of them are enough, where that finds any."""
        strict = self.text
        self.text = text_query(self.request.q, relaxed=True)
        self.found = self.count()
        self.relaxed = self.found > 0
        if not self.relaxed:
            self.text = strict

    def query(self, instead: Choices | None = None, years: tuple[int | None, int | None] | None = None) -> Query:
        """The whole question, with other choices of a facet `instead` (none leave it aside), or other `years`."""
        asked = self.filters | (instead or {})
        chosen = {parameter: codes for parameter, codes in asked.items() if codes}
        first, last = years or (self.request.year_from, self.request.year_to)
        conditions = [*self._conditions(chosen), *_going_on(first, last)]
        return Query.boolean_query([(Occur.Must, self.text), *(_silent(query) for query in conditions)])

    def _conditions(self, chosen: Choices) -> Iterable[Query]:
        left = dict(chosen)
        for first, (second, field) in PAIRED.items():
            if first in left and second in left:
                pairs = product(left.pop(first), left.pop(second))
                yield _any_of(field, (PAIR_MARK.join(pair) for pair in pairs))
        for parameter, codes in left.items():
            yield _any_of(self._field(parameter), (self._coded(parameter, code) for code in codes))

    def _field(self, parameter: str) -> str:
        return THEN if self._then and parameter in PLACED else parameter

    def _coded(self, parameter: str, code: str) -> str:
        return then(self._then, code) if self._then and parameter in PLACED else code

    def _decoded(self, parameter: str, counts: Counts) -> Counts:
        """Counts by the codes of a facet: those of other editions, and areas among questions, left out."""
        if not (self._then and parameter in PLACED):
            return counts
        ours = f"{self._then}{EDITION_MARK}"
        stripped = {code.removeprefix(ours): count for code, count in counts.items() if code.startswith(ours)}
        return {code: count for code, count in stripped.items() if (len(code) == 1) is (parameter == "area")}

    def count(self, instead: Choices | None = None) -> int:
        """How many entries it finds, with other choices of a facet instead."""
        found = self.searcher.search(self.query(instead), limit=1, count=True)
        return int(found.count)  # type: ignore[attr-defined]

    def counted(self, query: Query, parameters: list[str]) -> dict[str, Counts]:
        """How many of the entries that a query finds carry each code of each facet."""
        if not parameters:
            return {}
        told = self.searcher.aggregate(query, {p: terms(self._field(p)) for p in parameters})
        return {p: self._decoded(p, _buckets(told[p])) for p in parameters}

    def crossed(self, query: Query, rows: str, columns: str) -> dict[tuple[str, str], int]:
        """How many carry each pair of codes of two facets. Pairs that none carries are left out."""
        asked = {"rows": terms(self._field(rows), aggs={"columns": terms(self._field(columns))})}
        found: dict[str, Counts] = {}
        for bucket in self.searcher.aggregate(query, asked)["rows"]["buckets"]:
            found[bucket["key"]] = _buckets(bucket["columns"])
        kept = self._decoded(rows, dict.fromkeys(found, 1))
        return {
            (row, column): count
            for row in kept
            for column, count in self._decoded(columns, found[self._coded(rows, row)]).items()
        }

    def questions(self) -> Counts:
        """How many of the entries found answer each question."""
        return self.counted(self.query(), ["question"])["question"]

    def within_questions(self, inner: dict[str, object], read: Callable[[Any], Read]) -> dict[str, Read]:
        """What `read` makes of the aggregation `inner` (named `value`) of each question's entries."""
        told = self.searcher.aggregate(self.query(), {"rows": terms(self._field("question"), aggs=inner)})
        found = {str(bucket["key"]): read(bucket["value"]) for bucket in told["rows"]["buckets"]}
        ours = self._decoded("question", dict.fromkeys(found, 1))
        return {code: found[self._coded("question", code)] for code in ours}


def _silent(query: Query) -> tuple[Occur, Query]:
    """A condition that does not change the order."""
    return (Occur.Must, Query.const_score_query(query, 0.0))


def _any_of(field: str, codes: Iterable[str]) -> Query:
    return Query.term_set_query(schema(), field, list(codes))


def _going_on(first: int | None, last: int | None) -> Iterable[Query]:
    """Entries that were going on in one of the years asked for. Unknown years are in none."""
    if first is not None:
        yield Query.range_query(schema(), "year_end", FieldType.Unsigned, max(first, UNKNOWN_YEAR + 1), None)
    if last is not None:
        yield Query.range_query(schema(), "year_start", FieldType.Unsigned, UNKNOWN_YEAR + 1, last)


def terms(field: str, **inner: object) -> dict[str, object]:
    """An aggregation by the values of a field."""
    return {"terms": {"field": field, "size": MOST_CODES, "segment_size": MOST_CODES}, **inner}


def _buckets(told: dict[str, list[dict[str, object]]]) -> Counts:
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in told["buckets"]}  # type: ignore[call-overload]
