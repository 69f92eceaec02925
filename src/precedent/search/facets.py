"""The filters, each declared once: what an entry carries, what its codes are called, what goes with what.

Most are declared at the document's fields; the few that are derived from several of them are here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.audit.remembering import remembered
from precedent.catalogue import rules
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.records import Entry
from precedent.framework import queries as framework
from precedent.kernel.languages import current, is_language, language_name
from precedent.places import queries as places

Values = Callable[[EntryDocument], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter. `parameter` stands in addresses and names the field of the index.

    `vocabulary` says where its codes and labels come from. `values` are those of the text, `standing` those of the
    entry itself, which change without a new text.
    """

    parameter: str
    label: str | Promise
    vocabulary: str
    values: Values
    standing: Callable[[Entry], Iterable[str]] | None = None

    def carried_by(self, entry: Entry) -> set[str]:
        """The codes that an entry has itself."""
        return set(self.standing(entry)) if self.standing else set(self.values(entry.document))


PAIRED = {"country": ("role", "country_role"), "from": ("to", "corridor")}
"""Facets that are meant of the same thing when both are chosen (the Philippines *as origin*, *from* here *to*
there): the other one, and the field that holds both together."""

PAIR_MARK = ":"


def areas(document: EntryDocument) -> list[str]:
    """The issue areas an entry belongs to: those of the questions it answers."""
    return sorted({code[:1] for code in document.answers})


def _regions(document: EntryDocument) -> Iterable[str]:
    known = places.places()
    return (region.code for country in document.countries for region in known.regions_of(country.code))


def _directions(document: EntryDocument) -> Iterable[str]:
    known = places.places()
    found = (known.direction(start, end) for start, end in document.corridors)
    return (direction.value for direction in found if direction)


def _roles(document: EntryDocument) -> Iterable[str]:
    return (country.role for country in document.countries)


def _outcomes(document: EntryDocument) -> Iterable[str]:
    """An entry that states no result has an outcome that is not known."""
    return [result.outcome for result in document.results] or ["not-known"]


def _evidence(document: EntryDocument) -> Iterable[str]:
    return [result.evidence for result in document.results] or ["none-stated"]


VERIFICATION = {
    "verified": _("Verified"),
    "not-verified": _("Published, not yet verified"),
}
"""Was an entry checked by somebody besides who gave it, or confirmed by who answers for it?"""


def _verification(entry: Entry) -> Iterable[str]:
    return ["verified" if entry.verified else "not-verified"]


def _no_text(document: EntryDocument) -> Iterable[str]:
    return ()


DERIVED = (
    Facet("verification", _("Verification"), "verification", _no_text, _verification),
    Facet("area", _("Issue area"), "area", areas),
    Facet("region", _("Region"), "region", _regions),
    Facet("direction", _("Direction"), "direction", _directions),
    Facet("from", _("From"), "country", lambda d: (start for start, _end in d.corridors)),
    Facet("to", _("To"), "country", lambda d: (end for _start, end in d.corridors)),
    Facet("role", _("Role of the country"), "role", _roles),
    Facet("outcome", _("Outcome"), "outcome", _outcomes),
    Facet("evidence", _("Strength of evidence"), "evidence", _evidence),
)

ORDER = (
    "barrier",
    "outcome",
    "evidence",
    "country",
    "region",
    "group",
    "topic",
    "instrument",
    "status",
    "stage",
    "kind",
    "level",
    "direction",
    "gender",
    "skill",
    "actor",
    "addressee",
    "perspective",
    "area",
    "question",
    "role",
    "from",
    "to",
    "language",
    "verification",
)
"""The order in which people meet the filters: what they ask for first stands first."""


def pairs(document: EntryDocument) -> dict[str, set[str]]:
    """What the paired facets of an entry say together, by the field that holds it."""
    return {
        "country_role": {f"{country.code}{PAIR_MARK}{country.role}" for country in document.countries},
        "corridor": {f"{start}{PAIR_MARK}{end}" for start, end in document.corridors},
    }


@cache
def facets() -> dict[str, Facet]:
    """Every facet by its parameter, in the order in which they are shown."""
    found = {facet.parameter: facet for facet in DERIVED}
    for parameter in dict.fromkeys(field.about.facet for field in fields() if field.about.facet):
        if parameter not in found:
            found[parameter] = _declared(parameter)
    placed = {parameter: place for place, parameter in enumerate(ORDER)}
    return dict(sorted(found.items(), key=lambda item: placed.get(item[0], len(ORDER))))


def _declared(parameter: str) -> Facet:
    """The facet of all fields that name this parameter: an entry's instruments are also its measures'."""
    sources = [field for field in fields() if field.about.facet == parameter]
    about = sources[0].about

    def values(document: EntryDocument) -> Iterable[str]:
        return (str(value) for field in sources for value in field.values(document))

    return Facet(parameter, about.label, about.vocabulary or parameter, values)


def carried(facet: Facet, entry: Entry) -> set[str]:
    """The codes by which an entry is found with a facet: its own, and every broader one above them."""
    vocabulary = framework.vocabularies().get(facet.vocabulary)
    codes = facet.carried_by(entry)
    if vocabulary is None:
        return codes
    return {broader for code in codes for broader in vocabulary.with_broader(code)}


def is_known(facet: Facet, code: str) -> bool:
    """Is this one of the facet's codes?"""
    if facet.vocabulary == "language":
        return is_language(code)
    return code in labels(facet.vocabulary, current().code)


def label(facet: Facet, code: str) -> str:
    """What a code is called in the language of the page; the code itself where nobody knows it."""
    if facet.vocabulary == "language":
        return language_name(code)
    return labels(facet.vocabulary, current().code).get(code, code)


@remembered
def labels(vocabulary: str, language: str) -> dict[str, str]:
    """What each code of a vocabulary is called in a language, in the vocabulary's order."""
    return {code: str(meaning) for code, meaning in _known(vocabulary).items()}


def _known(vocabulary: str) -> Mapping[str, object]:
    match vocabulary:
        case "area":
            return framework.current_edition().areas
        case "region":
            return places.places().regions
        case "verification":
            return VERIFICATION
        case _:
            return rules.known_codes(vocabulary)
