"""The facts of an entry: one row for each field that is declared to be shown among them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from precedent.catalogue.about import Field, Section
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.parts import ROLES, Party
from precedent.search import facets
from precedent.web.wording import label, lower_first, years


@dataclass(frozen=True, slots=True)
class Value:
    """A stated value. `parameters`: the search that finds others with it; `ends`: a group of values ends here."""

    text: str
    parameters: str = ""
    note: str = ""
    language: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    label: str | Promise
    values: tuple[Value, ...]


def facts(document: EntryDocument) -> list[Fact]:
    """Every fact, in the document's order; those with nothing stated are there and say so."""
    shown = [field for field in fields() if field.about.shown is Section.FACTS]
    return [fact for field in shown for fact in _facts(field, document)]


def _facts(field: Field, document: EntryDocument) -> Iterable[Fact]:
    special = SPECIAL.get(str(field))
    if special:
        yield from special(field, document)
    else:
        yield Fact(field.about.label, tuple(_value(field, value, document) for value in field.values(document)))


def _value(field: Field, value: object, document: EntryDocument) -> Value:
    text, about = str(value), field.about
    if about.vocabulary is None:
        return Value(text, language=document.language)
    if about.vocabulary == "heading":
        # A heading is a phrase with commas of its own.
        return Value(f"{text} {label('heading', text)}", ends=True)
    facet = facets.facets().get(about.facet or "")
    said = facets.label(facet, text) if facet else label(about.vocabulary, text)
    return Value(said, f"?{urlencode({about.facet: text})}" if about.facet else "")


def _years(field: Field, document: EntryDocument) -> Iterable[Fact]:
    yield Fact(_("Years"), (Value(years(document.year_start, document.year_end, document.status)),))


def _told_with_the_first(field: Field, document: EntryDocument) -> Iterable[Fact]:
    """The last year stands with the first one."""
    return ()


def _countries(field: Field, document: EntryDocument) -> Iterable[Fact]:
    values = []
    for role, named in ROLES.items():
        codes = [country.code for country in document.countries if country.role == role]
        for place, code in enumerate(codes, start=1):
            last = place == len(codes)
            parameters = f"?{urlencode({'country': code, 'role': role})}"
            values.append(Value(label("country", code), parameters, lower_first(named) if last else "", ends=last))
    yield Fact(field.about.label, tuple(values))


def _corridors(field: Field, document: EntryDocument) -> Iterable[Fact]:
    values = tuple(
        Value(
            _("{origin} to {destination}").format(
                origin=label("country", start), destination=label("country", end)
            ),
            f"?{urlencode({'from': start, 'to': end})}",
        )
        for start, end in document.corridors
    )
    yield Fact(field.about.label, values)
    directions = tuple(dict.fromkeys(facets.facets()["direction"].values(document)))
    if directions:
        named = _("by the UN’s M49 regions, as last published in October 2020")
        last = len(directions) - 1
        yield Fact(
            facets.facets()["direction"].label,
            tuple(
                Value(
                    label("direction", code),
                    f"?{urlencode({'direction': code})}",
                    named if place == last else "",
                )
                for place, code in enumerate(directions)
            ),
        )


def _parties(field: Field, document: EntryDocument) -> Iterable[Fact]:
    parties: list[Party] = field.values(document)
    yield Fact(
        field.about.label,
        tuple(
            Value(
                party.name,
                note=lower_first(label("actor_type", party.actor_type)),
                language=document.language,
                ends=True,
            )
            for party in parties
        ),
    )


SPECIAL: dict[str, Callable[[Field, EntryDocument], Iterable[Fact]]] = {
    "year_start": _years,
    "year_end": _told_with_the_first,
    "countries": _countries,
    "corridors": _corridors,
    "implementers": _parties,
    "partners": _parties,
}
"""Fields whose values are more than a code or a text."""
