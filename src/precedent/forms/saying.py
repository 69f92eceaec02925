"""An answer in words: what its codes are called in the language of the page, its texts as they are."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from precedent.forms.asks import Ask, Kind
from precedent.forms.draft import Draft
from precedent.kernel.languages import FALLBACK, current, language_name
from precedent.search.facets import labels

CODED = frozenset({"question", "heading"})
"""Vocabularies whose codes people know and cite: they stand before the label."""


def said_code(vocabulary: str | None, code: object) -> str:
    """What a code is called; the code itself where nobody knows it."""
    return said_codes(vocabulary, [code])[0]


def said_codes(vocabulary: str | None, codes: Iterable[object]) -> list[str]:
    """What each of several codes is called."""
    told = [str(code) for code in codes]
    if vocabulary is None:
        return told
    if vocabulary == "language":
        return [language_name(code) for code in told]
    known = labels(vocabulary, current().code)
    if vocabulary in CODED:
        return [f"{code} {known[code]}" if code in known else code for code in told]
    return [known.get(code, code) for code in told]


def said_value(ask: Ask, value: Any) -> list[str]:
    """An answer as a list of phrases; empty where nothing is stated."""
    if value in (None, "", [], {}):
        return []
    match ask.kind:
        case Kind.SEVERAL:
            return said_codes(ask.about.vocabulary, _listed(value))
        case Kind.PAIRS:
            return [_said_pair(ask, pair) for pair in _listed(value)]
        case Kind.PARTS:
            return [_said_part(ask, part) for part in _listed(value)]
        case Kind.PART:
            return [_said_part(ask, value)]
        case Kind.ONE | Kind.LANGUAGE:
            return [said_code(ask.about.vocabulary, value)]
        case _:
            return [str(value)]


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _said_pair(ask: Ask, pair: Any) -> str:
    ends = said_codes(ask.about.vocabulary, _listed(pair))
    return (
        _("{origin} to {destination}").format(origin=ends[0], destination=ends[1]) if len(ends) == 2 else str(pair)
    )


def _said_part(ask: Ask, part: Any) -> str:
    """A part in one line: “Nepal (Country of origin)”."""
    if not isinstance(part, dict):
        return str(part)
    phrases = [phrase for inner in ask.parts for phrase in said_value(inner, part.get(inner.name))]
    first, *rest = phrases or [""]
    return f"{first} ({_(', ').join(rest)})" if rest else first


def written_in(place: str, told: Draft) -> str:
    """The language of the text at a place: another name and a source have their own."""
    first, *rest = place.split(".")
    inside = told.get(first)
    if isinstance(inside, list):
        inside = next((part for part in inside if isinstance(part, dict) and part.get("id") in rest), None)
    own = inside.get("language") if isinstance(inside, dict) else None
    return str(own or told.get("language") or FALLBACK)
