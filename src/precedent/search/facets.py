"""The filters, each declared once: what an entry carries, what its codes are called, what goes with what.

Most are declared at the document's fields; the few that are derived from several of them are here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from precedent.audit.remembering import remembered
from precedent.catalogue import placing, rules
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.records import Entry
from precedent.framework import queries as framework
from precedent.framework.lineage import every_part, placed
from precedent.kernel.languages import current, is_language, language_name
from precedent.places import queries as places
from precedent.places.records import INCOME_GROUPS

Values = Callable[[EntryDocument], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter. `parameter` stands in addresses and names the field of the index.

    `vocabulary` says where its codes and labels come from. `values` are those of the text, `standing` those of the
    entry itself, which change without a new text. `note`: what a reader has to know of it, such as its date.
    """

    parameter: str
    label: str | Promise
    vocabulary: str
    values: Values
    standing: Callable[[Entry], Iterable[str]] | None = None
    note: str | Promise = ""

    def codes_of(self, entry: Entry) -> tuple[str, ...]:
        """The codes that an entry has itself, each once, in the entry's order."""
        return tuple(dict.fromkeys(self.standing(entry) if self.standing else self.values(entry.document)))


PLACED = frozenset({"question", "area"})
"""Facets whose codes are those of an edition of the framework."""

PAIRED = {"country": ("role", "country_role"), "from": ("to", "corridor")}
"""Facets that are meant of the same thing when both are chosen (the Philippines *as origin*, *from* here *to*
there): the other one, and the field that holds both together."""

PAIR_MARK = ":"


def _regions(document: EntryDocument) -> Iterable[str]:
    known = places.places()
    return (region.code for country in document.countries for region in known.regions_of(country.code))


def _incomes(document: EntryDocument) -> Iterable[str]:
    known = places.places().countries
    found = (known[country.code].income for country in document.countries if country.code in known)
    return (income for income in found if income)


def _income_note() -> str:
    """As of when: the groups by the income data of 2024 are those of July 2025."""
    year = places.places().income_year
    return gettext("The World Bank’s classification of July {year}.").format(year=year + 1) if year else ""


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
    Facet("question", _("Guiding questions"), "question", _no_text, placing.answers),
    Facet("area", _("Issue area"), "area", _no_text, lambda entry: placing.areas(placing.answers(entry))),
    Facet("region", _("Region"), "region", _regions),
    Facet("income", _("Income group (World Bank)"), "income", _incomes, note=lazy(_income_note, str)()),
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
    "income",
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
    """The codes by which an entry is found with a facet: what its own stand for now, and every broader one."""
    vocabulary = framework.vocabularies().get(facet.vocabulary)
    codes = set(facet.codes_of(entry))
    if vocabulary is None:
        return codes
    now = {vocabulary.current_code(code) for code in codes}
    return {broader for code in now for broader in vocabulary.with_broader(code)}


def codes_now(facet: Facet, code: str, edition: int | None = None) -> tuple[str, ...]:
    """What a chosen code stands for: itself, or what it was merged into or split into. None: it is not known.

    `edition`: the edition of the framework in which it is asked; the one in force, where none is named.
    """
    if facet.vocabulary == "language":
        return (code,) if is_language(code) else ()
    if facet.vocabulary == "question":
        lineage = framework.lineage()
        wanted = edition or framework.current_edition().number
        return placed((code,), lineage, wanted, every_part(lineage)).codes
    if code not in labels(facet.vocabulary, current().code):
        return ()
    vocabulary = framework.vocabularies().get(facet.vocabulary)
    return (vocabulary.current_code(code) if vocabulary else code,)


def why_unknown(facet: Facet, code: str) -> str:
    """Why a code stands for nothing: `code-retired`, or `value-unknown`."""
    was = facet.vocabulary == "question" and any(code in edition.questions for edition in framework.lineage())
    return "code-retired" if was else "value-unknown"


def label(facet: Facet, code: str, edition: int | None = None) -> str:
    """What a code is called in the language of the page; the code itself where nobody knows it."""
    if facet.vocabulary == "language":
        return language_name(code)
    if edition and facet.parameter in PLACED:
        asked = framework.edition(edition)
        return str(asked.questions.get(code) or asked.areas.get(code) or code)
    return labels(facet.vocabulary, current().code).get(code, code)


@remembered
def labels(vocabulary: str, language: str) -> dict[str, str]:
    """What each code of a vocabulary is called in a language, in the vocabulary's order."""
    return {code: str(meaning) for code, meaning in _known(vocabulary).items()}


def _known(vocabulary: str) -> Mapping[str, object]:
    match vocabulary:
        case "area":
            return framework.current_edition().areas
        case "question" | "heading":
            # Old revisions still say what they said.
            return framework.items_ever()
        case "region":
            return places.places().regions
        case "income":
            return INCOME_GROUPS
        case "verification":
            return VERIFICATION
        case _:
            return rules.known_codes(vocabulary)
