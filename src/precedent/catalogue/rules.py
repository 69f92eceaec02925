"""The rules that a document keeps beyond its shape: known codes, parts that fit one another, years in order.

Each breach is a finding, in words; none is dropped or mended in silence.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from precedent.catalogue.about import Field
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.parts import ROLES
from precedent.catalogue.records import Finding
from precedent.framework import queries as framework
from precedent.kernel.languages import is_language
from precedent.places import queries as places

SHAPES: dict[str, tuple[Any, Any]] = {
    "missing": (_("is missing"), _("Fill it in.")),
    "extra_forbidden": (_("is no field of an entry"), _("Remove it, or check its spelling.")),
    "string_too_short": (_("has fewer than {min_length} characters"), _("Say a little more.")),
    "string_too_long": (_("has more than {max_length} characters"), _("Shorten it.")),
    "string_type": (_("is not a text"), _("Put it in quotation marks.")),
    "string_pattern_mismatch": (
        _("is not written as it has to be"),
        _("Compare it with the example in the guide."),
    ),
    "int_parsing": (_("is not a whole number"), _("Write the year in four digits.")),
    "int_type": (_("is not a whole number"), _("Write the year in four digits.")),
    "greater_than_equal": (_("is before {ge}"), _("Check the year.")),
    "less_than_equal": (_("is after {le}"), _("Check the year.")),
    "literal_error": (_("is none of {expected}"), _("Choose one of them.")),
    "too_short": (_("has fewer than {min_length} items"), _("Add what is missing.")),
    "too_long": (_("has more than {max_length} items"), _("Keep the most telling ones.")),
    "tuple_type": (_("is not a list"), _("Put it in square brackets.")),
}
"""Breaches of a document's shape, by the kind of error: what is wrong, and the remedy."""

OTHER_SHAPE = (_("does not have the form it should have"), _("Compare it with an entry that was accepted."))


def breaches(error: ValidationError) -> list[Finding]:
    """What keeps a text from being a document at all, field by field."""
    found = []
    for breach in error.errors():
        message, hint = SHAPES.get(breach["type"], OTHER_SHAPE)
        place = ".".join(str(step) for step in breach["loc"]) or "entry"
        facts = breach.get("ctx", {})
        found.append(Finding(place, breach["type"], str(message).format(**facts), str(hint).format(**facts)))
    return found


def findings(document: EntryDocument) -> list[Finding]:
    """Every rule that the document breaks; empty where it may be published."""
    return [*_unknown_codes(document), *_loose_parts(document), *_years(document)]


def known_codes(vocabulary: str) -> Mapping[str, object]:
    """What a field's codes may be, each with what it stands for."""
    match vocabulary:
        case "country":
            return places.places().countries
        case "question":
            return framework.current_edition().questions
        case "heading":
            return framework.current_edition().headings
        case "role":
            return ROLES
        case _:
            return framework.vocabulary(vocabulary).by_code


def _codes(field: Field, document: EntryDocument) -> list[tuple[str, str]]:
    """The codes in a field, each with its place; corridors hold theirs in pairs."""
    return [
        (place, code)
        for place, value in field.places(document)
        for code in ([value] if isinstance(value, str) else value)
    ]


def _unknown_codes(document: EntryDocument) -> Iterator[Finding]:
    for field in fields():
        vocabulary = field.about.vocabulary
        if vocabulary is None:
            continue
        for place, code in _codes(field, document):
            if vocabulary == "language":
                if not is_language(code):
                    message = str(_("“{code}” is no language code")).format(code=code)
                    yield Finding(place, "language-unknown", message, str(_("Use a code such as en, fr or ar.")))
                continue
            known = known_codes(vocabulary)
            if code not in known:
                near = get_close_matches(code, list(known), n=1)
                hint = _("Did you mean “{near}”?") if near else _("Choose one of the vocabulary “{vocabulary}”.")
                text = str(hint).format(near=near[0] if near else "", vocabulary=vocabulary)
                message = str(_("“{code}” is not in the vocabulary “{vocabulary}”"))
                yield Finding(place, "code-unknown", message.format(code=code, vocabulary=vocabulary), text)


def _loose_parts(document: EntryDocument) -> Iterator[Finding]:
    have = {barrier.code for barrier in document.barriers}
    for measure in document.measures:
        for code in measure.overcomes:
            if code not in have:
                yield Finding(
                    f"measures.{measure.id}.overcomes",
                    "barrier-not-told",
                    str(_("“{code}” is none of the entry's barriers")).format(code=code),
                    str(_("Tell that barrier too, or name one that is told.")),
                )


def _years(document: EntryDocument) -> Iterator[Finding]:
    if document.year_start and document.year_end and document.year_end < document.year_start:
        yield Finding(
            "year_end",
            "years-reversed",
            str(_("The last year, {end}, is before the first, {start}")).format(
                end=document.year_end, start=document.year_start
            ),
            str(_("Exchange the two, or correct one.")),
        )
