"""An entry in a list: what a result shows, kept in the index so that a page of results asks no database."""

import json
from dataclasses import asdict, dataclass

from precedent.catalogue import placing
from precedent.catalogue.about import Words
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.records import Entry

SIDES = ("destination", "origin")
"""The perspectives that are columns of the locator and of the count table."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an entry's own text: the field it stands in, and the text."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of an entry. Codes, not labels: a label is said when the page is made."""

    id: str
    address: str
    title: str
    language: str
    kind: str
    year_start: int | None
    year_end: int | None
    status: str
    countries: tuple[str, ...]
    level: str
    barriers: tuple[str, ...]
    instruments: tuple[str, ...]
    results: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
    perspectives: tuple[str, ...]
    compiled: bool
    verified: bool
    passages: tuple[Passage, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """The columns of the locator in which the entry stands."""
        return tuple(side for side in SIDES if side in self.perspectives)

    @property
    def corridor(self) -> bool:
        """Is it told of two countries that act together?"""
        return "corridor" in self.perspectives

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


def _passages(document: EntryDocument) -> tuple[Passage, ...]:
    """The entry's running text, the summary first: what an excerpt may be taken from."""
    told = [field for field in fields() if field.about.words in (Words.SUMMARY, Words.STORY)]
    told.sort(key=lambda field: field.about.words is not Words.SUMMARY)
    return tuple(Passage(str(field), text) for field in told for text in field.values(document))


def card(entry: Entry) -> Card:
    """The card of an entry."""
    document = entry.document
    return Card(
        id=entry.id,
        address=entry.address,
        title=document.title,
        language=document.language,
        kind=document.entry_kind,
        year_start=document.year_start,
        year_end=document.year_end,
        status=document.status,
        countries=tuple(dict.fromkeys(country.code for country in document.countries)),
        level=document.level,
        barriers=tuple(dict.fromkeys(barrier.code for barrier in document.barriers)),
        instruments=tuple(dict.fromkeys(measure.instrument for measure in document.measures)),
        results=tuple(dict.fromkeys((result.outcome, result.evidence) for result in document.results)),
        areas=placing.areas(placing.answers(entry)),
        perspectives=document.perspectives,
        compiled=entry.confirmed_on is None and entry.provenance.value == "compiled",
        verified=entry.verified,
        passages=_passages(document),
    )


def from_json(text: str) -> Card:
    """The card as it was stored."""
    told = json.loads(text)
    lists = ("countries", "barriers", "instruments", "areas", "perspectives")
    return Card(
        **{
            **told,
            **{name: tuple(told[name]) for name in lists},
            "results": tuple((outcome, evidence) for outcome, evidence in told["results"]),
            "passages": tuple(Passage(**passage) for passage in told["passages"]),
        }
    )
