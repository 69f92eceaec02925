"""A draft as it will read once it is an entry, as far as it is told."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic_core import PydanticUndefined

from precedent.catalogue.about import Section as Place
from precedent.catalogue.chain import Link, links
from precedent.catalogue.document import EntryDocument
from precedent.forms.asks import Ask, Kind, asked_in, asks
from precedent.forms.draft import Draft
from precedent.forms.saying import said_value
from precedent.forms.steps import PAGES
from precedent.submissions.records import Submission
from precedent.web.contribute import address

Row = tuple[Ask, list[str], str]
"""A question, what was answered, and where that is changed."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the example as it will read. `ways` lead to where it is told, `empty` to what is not yet."""

    title: str | Promise
    rows: list[Row]
    ways: list[tuple[str, str]]
    empty: list[Row]
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole example: its sections, and what its chain is drawn from."""

    sections: list[Section]
    document: EntryDocument
    links: list[Link]


def whole(seen: Submission) -> Whole:
    """An example as it will read, as far as it is told."""
    document = as_read(seen.draft)
    return Whole(sections(seen), document, links(document))


def in_chain(ask: Ask) -> bool:
    """Is it told in the chain, from barrier to result?"""
    return ask.about.shown is Place.CHAIN


def as_read(told: Draft) -> EntryDocument:
    """The draft in the shape that an entry's page reads, what is missing left blank. It keeps no rules."""
    return EntryDocument.model_construct(**{ask.name: _told(ask, told.get(ask.name)) for ask in asks()})


def _told(ask: Ask, value: Any) -> Any:
    if value is not None:
        return _read(ask, value)
    otherwise = EntryDocument.model_fields[ask.name].default
    return _read(ask, None) if otherwise is PydanticUndefined else otherwise


def _read(ask: Ask, value: Any) -> Any:
    match ask.kind:
        case Kind.PARTS:
            parts = value if isinstance(value, list) else []
            return tuple(_part(ask, part if isinstance(part, dict) else {}) for part in parts)
        case Kind.SEVERAL:
            return tuple(str(code) for code in value) if isinstance(value, list) else ()
        case _:
            return "" if value is None else str(value)


def _part(ask: Ask, part: dict[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(id=part.get("id", ""), **{p.name: _read(p, part.get(p.name)) for p in ask.parts})


def sections(seen: Submission) -> list[Section]:
    """The example in sections: a step each; what tells the chain is drawn, in one, where its first step stands."""
    found: list[Section] = []
    for page in PAGES:
        asked = asked_in(page.step)
        way = (str(page.title), address.of_step(seen, page.step))
        if rows := [_row(seen, ask) for ask in asked if not in_chain(ask)]:
            told = [row for row in rows if row[1]]
            found.append(Section(page.title, told, [way], [row for row in rows if not row[1]]))
        if len(rows) < len(asked):
            drawn = next((section for section in found if section.drawn), None)
            if drawn is None:
                drawn = Section(_("From barrier to result"), [], [], [], drawn=True)
                found.append(drawn)
            drawn.ways.append(way)
    return found


def _row(seen: Submission, ask: Ask) -> Row:
    return ask, said_value(ask, seen.draft.get(ask.name)), address.of_place(seen, ask.name)
