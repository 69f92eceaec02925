"""Plausible catalogues of any size, made from the starter catalogue: for measuring, never for showing.

Each entry is a starter entry told of other countries of the same region, with other years, and with barriers,
measures and lessons of entries on the same topics. So words, lengths, codes and their skew are those of the real
ones, and no two are the same.
"""

import random
from collections.abc import Iterator
from typing import Any

from precedent.catalogue import bulk, starter
from precedent.catalogue.document import EntryDocument
from precedent.places import queries as places

SEED = 2013


def starter_documents() -> list[EntryDocument]:
    """The documents of the starter catalogue."""
    rows = [row for file in starter.shipped_files() for row in bulk.read(file)]
    return [row.document for row in rows if row.document]


def documents(count: int) -> Iterator[EntryDocument]:
    """So many documents; the same ones for the same number."""
    chance = random.Random(SEED)  # noqa: S311 - no secret depends on it
    real = starter_documents()
    by_topic: dict[str, list[EntryDocument]] = {}
    for document in real:
        for topic in document.topics:
            by_topic.setdefault(topic, []).append(document)
    neighbours = _neighbours()
    for number in range(count):
        yield _varied(chance, number, real[number % len(real)], by_topic, neighbours)


def _neighbours() -> dict[str, list[str]]:
    """The countries of each country's region."""
    known = places.places()
    by_region: dict[str | None, list[str]] = {}
    for country in known.countries.values():
        by_region.setdefault(country.region, []).append(country.code)
    return {code: by_region[country.region] for code, country in known.countries.items()}


def _varied(
    chance: random.Random,
    number: int,
    base: EntryDocument,
    by_topic: dict[str, list[EntryDocument]],
    neighbours: dict[str, list[str]],
) -> EntryDocument:
    told: dict[str, Any] = base.as_record()
    moved = {c.code: chance.choice(neighbours[c.code]) for c in base.countries}
    told["countries"] = [{"code": moved[c.code], "role": c.role} for c in base.countries]
    told["corridors"] = [[moved.get(a, a), moved.get(b, b)] for a, b in base.corridors]
    shift = chance.randint(-8, 3)
    for year in ("year_start", "year_end"):
        told[year] = told[year] and min(told[year] + shift, 2026)
    other = chance.choice(by_topic.get(chance.choice(base.topics) if base.topics else "", [base]))
    sentences = base.summary.split(". ")[: chance.randint(2, 5)] + other.summary.split(". ")[-2:]
    told["summary"] = ". ".join(sentences)[:2900]
    told["lessons"] = [lesson.text for lesson in chance.choice((base, other)).lessons]
    told["results"] = [result.model_dump(exclude={"id"}) for result in chance.choice((base, other)).results]
    named = ", ".join(dict.fromkeys(str(places.places().countries[code]) for code in moved.values()))
    told["title"] = f"{base.title[:120]} ({named[:50] or 'elsewhere'}, {number})"
    return EntryDocument.model_validate(told)
