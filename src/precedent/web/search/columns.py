"""A found entry as a row of a table: for people with names, for programs with codes; several stand behind “; ”."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from precedent.catalogue import placing
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Entry
from precedent.search.facets import facets
from precedent.web.wording import field_label, labels_of

BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry, where it is found, its text with the codes of today, and the questions it answers."""

    entry: Entry
    address: str
    document: EntryDocument
    answers: tuple[str, ...]


Heading = Callable[[], str]
Cell = Callable[[Subject], object]
Codes = Callable[[Subject], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Column:
    heading: Heading
    cell: Cell


def header() -> list[str]:
    """What each column is called in the language of the page."""
    return [column.heading() for column in COLUMNS]


def row(entry: Entry, address: str, edition: int | None) -> list[object]:
    """The cells of an entry; its questions are those of an edition, or of the one in force."""
    document = placing.document_today(entry)
    subject = Subject(entry, address, document, placing.answers(entry, edition))
    return [column.cell(subject) for column in COLUMNS]


def _joined(values: Iterable[str]) -> str:
    return BETWEEN.join(values)


def _field(path: str) -> Heading:
    return lambda: field_label(path)


def _coded(path: str, vocabulary: str, codes: Codes) -> tuple[Column, Column]:
    """Two columns: what the codes are called, and the codes, in the same order."""
    return (
        Column(_field(path), lambda told: _joined(labels_of(vocabulary, codes(told)))),
        Column(
            lambda: _("{heading} (codes)").format(heading=field_label(path)), lambda told: _joined(codes(told))
        ),
    )


def _filter(parameter: str) -> Codes:
    """What a filter finds an entry by: its instruments are also its measures'."""
    return lambda told: dict.fromkeys(facets()[parameter].values(told.document))


COLUMNS: tuple[Column, ...] = (
    Column(lambda: _("Identifier"), lambda told: told.entry.id),
    Column(lambda: _("Address"), lambda told: told.address),
    Column(_field("title"), lambda told: told.document.title),
    *_coded("entry_kind", "entry_kind", lambda told: [told.document.entry_kind]),
    *_coded("status", "status", lambda told: [told.document.status]),
    *_coded("level", "level", lambda told: [told.document.level]),
    *_coded("countries", "country", lambda told: [country.code for country in told.document.countries]),
    *_coded("countries.role", "role", lambda told: [country.role for country in told.document.countries]),
    Column(_field("year_start"), lambda told: told.document.year_start),
    Column(_field("year_end"), lambda told: told.document.year_end),
    Column(_field("answers"), lambda told: _joined(told.answers)),
    *_coded("topics", "topic", _filter("topic")),
    *_coded("groups", "group", _filter("group")),
    *_coded("instruments", "instrument", _filter("instrument")),
    *_coded("barriers.code", "barrier", lambda told: [barrier.code for barrier in told.document.barriers]),
    Column(_field("barriers"), lambda told: _joined(barrier.text for barrier in told.document.barriers)),
    Column(_field("measures"), lambda told: _joined(measure.text for measure in told.document.measures)),
    Column(_field("results"), lambda told: _joined(result.text for result in told.document.results)),
    *_coded("results.outcome", "outcome", lambda told: [result.outcome for result in told.document.results]),
    *_coded("results.evidence", "evidence", lambda told: [result.evidence for result in told.document.results]),
    Column(_field("summary"), lambda told: told.document.summary),
    Column(_field("language"), lambda told: told.document.language),
    Column(_field("references"), lambda told: _joined(source.url for source in told.document.references)),
    Column(lambda: _("Revision"), lambda told: told.entry.revision.number),
    Column(lambda: _("Revised"), lambda told: told.entry.revision.at.date().isoformat()),
    Column(lambda: _("Published"), lambda told: told.entry.first_published.date().isoformat()),
    Column(
        lambda: _("Last confirmed"),
        lambda told: told.entry.confirmed_on.isoformat() if told.entry.confirmed_on else None,
    ),
)
