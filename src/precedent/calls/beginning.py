"""What an example begins with that answers a call or fills a gap: its classification, as far as the form asks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from precedent.calls.records import Call
from precedent.catalogue.parts import ROLES
from precedent.forms.asks import Ask, Kind, asks
from precedent.forms.draft import Draft, tidy
from precedent.search import facets

Codes = Mapping[str, tuple[str, ...]]
"""Codes by the parameter of their facet."""


def draft(call: Call) -> Draft:
    """A draft with the answers, perspectives, groups, countries and so on that the call is about."""
    return classified(call.filters, call.languages)


def classified(filters: Codes, languages: Sequence[str] = ()) -> Draft:
    """A draft that is classified as a search's filters say, in the one language where only one is wished."""
    codes = _codes_now(filters)
    told = {asked.name: _stated(asked, codes) for asked in asks()}
    told |= {name: part(codes) for name, part in PARTS.items()}
    if len(languages) == 1:
        told["language"] = languages[0]
    return tidy(told)


def _codes_now(filters: Codes) -> Codes:
    """What was merged since is its successor, what was split all its parts; what was retired is left out."""
    known = facets.facets()
    return {
        parameter: tuple(dict.fromkeys(now for code in codes for now in facets.codes_now(known[parameter], code)))
        for parameter, codes in filters.items()
        if parameter in known
    }


def _stated(asked: Ask, codes: Codes) -> Any:
    """The codes that a field of the form takes: all of them, or the one."""
    wanted = codes.get(asked.about.facet or "", ())
    if asked.kind is Kind.SEVERAL:
        return list(wanted[: asked.most])
    return wanted[0] if asked.kind in (Kind.ONE, Kind.LANGUAGE) and len(wanted) == 1 else None


def _countries(codes: Codes) -> list[dict[str, str]]:
    """Each country, in its role where that is known: the one that is sought, else by the perspective."""
    roles = codes.get("role") or codes.get("perspective", ())
    role = {"role": roles[0]} if len(roles) == 1 and roles[0] in ROLES else {}
    return [{"code": code, **role} for code in codes.get("country", ())]


def _corridors(codes: Codes) -> list[list[str]]:
    return [[start, end] for start in codes.get("from", ()) for end in codes.get("to", ())]


def _barriers(codes: Codes) -> list[dict[str, str]]:
    return [{"code": code} for code in codes.get("barrier", ())]


PARTS: Mapping[str, Callable[[Codes], list[Any]]] = {
    "countries": _countries,
    "corridors": _corridors,
    "barriers": _barriers,
}
"""What a part begins with. Outcomes, measures and parties are the contributor's to tell, each with its text."""
