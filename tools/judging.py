"""How well the search ranks: the judged queries (tools/judged) put to it; rows for the figures.

    tools/judging.py            the figures, in one process on the data folder that PRECEDENT_DATA names
    tools/judging.py --each     besides, each query that may be tuned on, the worst first, with what it misses

A third of the queries is held out: nobody looks at them one by one, and nothing is tuned on them.
"""

import argparse
import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import mean
from typing import Any

import django
import yaml

FILE = Path(__file__).resolve().parent / "judged" / "queries.yaml"
ANSWERS, HELPS = 2, 1
"""What an entry is worth to a query: it answers it, or it helps."""
GAIN_DEPTH = 10
RECALL_DEPTH = 20
HELD_OUT_EACH = 3
"""Of so many queries one is held out."""

LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ar": "Arabic",
    "zh": "Chinese",
    "ru": "Russian",
}


class Kind(StrEnum):
    """How a query is put; its value is how the figures name it."""

    WORDS = "plain words"
    JARGON = "official jargon"
    NAMES = "names"
    ACRONYMS = "acronyms"
    MISSPELLINGS = "misspellings"
    QUESTIONS = "full sentences"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types. `grades`: the key of each entry that answers it or helps, and which of the two."""

    id: str
    text: str
    language: str
    kind: Kind
    held_out: bool
    grades: Mapping[str, int]


Search = Callable[[Query], Sequence[str]]
"""The keys of the entries found, best first; at least the first twenty."""


@dataclass(frozen=True, slots=True)
class Score:
    """How one query was answered, or how many were in the mean: 0 to 1 each."""

    gain: float
    recall: float
    empty: float


def read(file: Path = FILE) -> list[Query]:
    """The judged queries, in the file's order. Raises KeyError where a query lacks something."""
    return [query for need in yaml.safe_load(file.read_text()) for query in _asked(need)]


def _asked(need: dict[str, Any]) -> Iterator[Query]:
    grades = dict.fromkeys(need["answers"], ANSWERS) | dict.fromkeys(need["helps"], HELPS)
    for asked in need["asked"]:
        kind, held_out = Kind[asked["kind"].upper()], asked.get("held_out", False)
        yield Query(asked["id"], asked["text"], asked["language"], kind, held_out, grades)


def held_out(queries: Iterable[Query]) -> set[str]:
    """The ids of the queries to hold out: every third of a language, its kinds in turn, each in the hashes' order.

    So chance chooses, no hand does, and every language and kind has its share.
    """
    chosen: set[str] = set()
    queries = list(queries)
    for language in LANGUAGES:
        ours = [query for query in queries if query.language == language]
        ours.sort(key=lambda query: (list(Kind).index(query.kind), hashlib.sha256(query.id.encode()).hexdigest()))
        chosen |= {query.id for query in ours[1::HELD_OUT_EACH]}
    return chosen


def normalised_gain(found: Sequence[str], grades: Mapping[str, int], depth: int = GAIN_DEPTH) -> float:
    """nDCG: an entry at place n gives (2^grade - 1) / log2(n + 1), over what the best order would give."""
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain([grades.get(key, 0) for key in dict.fromkeys(found)][:depth]) / best


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int = RECALL_DEPTH) -> float:
    """Which part of the entries that answer or help is among the first ones."""
    return len(grades.keys() & list(dict.fromkeys(found))[:depth]) / len(grades)


def scored(search: Search, query: Query) -> Score:
    """How a search answers one query."""
    found = search(query)
    return Score(normalised_gain(found, query.grades), recall(found, query.grades), float(not found))


def averaged(scores: Sequence[Score]) -> Score:
    """The mean of scores, each query counting the same. There must be one."""
    return Score(mean(s.gain for s in scores), mean(s.recall for s in scores), mean(s.empty for s in scores))


def judged(search: Search, queries: Sequence[Query], name: str = "ranking") -> list[str]:
    """The figures of any search under a name, so that two can be set side by side."""
    return table(queries, {query.id: scored(search, query) for query in queries}, name)


def groups(queries: Sequence[Query]) -> dict[str, list[Query]]:
    """The rows of the figures: all queries, those of each language, all in other languages, those of each kind."""
    rows = {"all": list(queries)}
    rows |= {name: [q for q in queries if q.language == code] for code, name in LANGUAGES.items()}
    rows["all but English"] = [query for query in queries if query.language != "en"]
    return rows | {kind.value: [query for query in queries if query.kind is kind] for kind in Kind}


def table(queries: Sequence[Query], scores: Mapping[str, Score], name: str) -> list[str]:
    """Scores by query id as a Markdown table: the part that may be tuned on, and the third held out."""
    part = f"queries | nDCG@{GAIN_DEPTH} | recall@{RECALL_DEPTH} | empty"
    lines = [f"| {name} | {part} | held out: {part} |", f"| --- |{' ---: |' * 8}"]
    for row, members in groups(queries).items():
        cells = [_cells([scores[q.id] for q in members if q.held_out is held]) for held in (False, True)]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return lines


def _cells(scores: Sequence[Score]) -> str:
    if not scores:
        return "0 | – | – | –"
    told = averaged(scores)
    return f"{len(scores)} | {told.gain:.2f} | {told.recall:.2f} | {told.empty:.0%}"


def each(search: Search, queries: Iterable[Query]) -> list[str]:
    """Each query that may be tuned on, the worst first: its figures, and the answers not among the first ten."""
    lines = []
    for query in queries:
        if query.held_out:
            continue
        found, score = list(search(query)), scored(search, query)
        missed = [key for key, grade in query.grades.items() if grade == ANSWERS and key not in found[:GAIN_DEPTH]]
        lines.append(
            f"{score.gain:.2f} {score.recall:.2f} {query.id}: {query.text} ({len(found)} found)"
            + "".join(f"\n          {key}" for key in missed)
        )
    return sorted(lines)


def product() -> Search:
    """The search of the product, as its pages use it, in the language of the query."""
    from django.utils import translation

    from precedent.audit.remembering import one_revision
    from precedent.catalogue import queries as catalogue
    from precedent.search import engine
    from precedent.search.request import parse

    keys = {identifier: key for key, identifier in catalogue.keys().items()}

    def search(query: Query) -> list[str]:
        with translation.override(query.language), one_revision():
            answer = engine.ask(parse({"q": [query.text], "size": [str(RECALL_DEPTH)]}))
        return [keys[hit.card.id] for hit in answer.hits]

    return search


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--each", action="store_true", help="each query that may be tuned on, the worst first")
    told = reading.parse_args()
    django.setup()
    search, queries = product(), read()
    print("\n".join(judged(search, queries)))
    if told.each:
        print("\n".join(["", *each(search, queries)]))


if __name__ == "__main__":
    main()
