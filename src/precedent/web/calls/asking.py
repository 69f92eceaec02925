"""The lists of the form about a call: whom it addresses, which languages, and what it is narrowed to."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.calls import rules
from precedent.calls.records import Call
from precedent.catalogue.about import About
from precedent.forms.asks import Ask, Kind, Need
from precedent.forms.saying import said_codes
from precedent.search import facets
from precedent.search.facets import Facet
from precedent.web.calls.typed import Typed
from precedent.web.contribute import choices
from precedent.web.contribute.shown import Shown
from precedent.web.wording import listed

USUAL = ("country", "region", "group", "status", "stage", "level", "kind", "topic", "direction")
"""What calls are narrowed by. Whatever else one was opened with is shown, too."""

SEVERAL = {
    "countries": About(
        _("Countries"), _("Their focal points are told. None chosen: from any."), vocabulary="country"
    ),
    "languages": About(
        _("Languages"), _("Those in which examples are wanted. None chosen: any."), vocabulary="language"
    ),
}

LABELS: dict[str, str | Promise] = {
    "question": _("Guiding question"),
    "perspective": _("Perspective"),
    "title": _("Title"),
    "sought": _("What is sought"),
    "why": _("Why it is sought"),
    "written_in": _("Language of these texts"),
    "organisations": _("Organisations"),
    "opens": _("First day"),
    "until": _("Last day"),
    "contact": _("Contact"),
    "wanted": _("Examples wanted"),
}
"""What the fields of the form are called."""


def several(name: str, told: Typed, error: str = "") -> Shown:
    """The list of whom a call addresses, or of languages."""
    asked = Ask(name, SEVERAL[name], Kind.SEVERAL, Need.NONE, most=rules.MOST[name])
    return _shown(asked, list(getattr(told, name)), error)


def narrowing(told: Typed) -> list[Shown]:
    """The lists by which a call is narrowed: the usual ones, and those in use."""
    chosen = dict(told.chosen)
    return [
        _shown(_asked(facet), list(chosen.get(parameter, ())))
        for parameter, facet in rules.narrowing().items()
        if parameter in USUAL or parameter in chosen
    ]


def _asked(facet: Facet) -> Ask:
    return Ask(facet.parameter, About(facet.label, "", vocabulary=facet.vocabulary), Kind.SEVERAL, Need.NONE)


def _shown(asked: Ask, chosen: list[str], error: str = "") -> Shown:
    return Shown(asked, asked.name, asked.name, chosen, error, offered=choices.offered(asked, chosen, {}))


def differing(call: Call, told: Typed) -> list[tuple[str | Promise, str]]:
    """Where a call stands otherwise than it was typed: what the field is called, and what stands there."""
    stands = Typed.again(call)
    texts = [
        (LABELS[name], getattr(stands, name)) for name in LABELS if getattr(stands, name) != getattr(told, name)
    ]
    for name, about in SEVERAL.items():
        if set(getattr(stands, name)) != set(getattr(told, name)):
            texts.append((about.label, listed(said_codes(about.vocabulary, getattr(stands, name)))))
    known, typed = facets.facets(), dict(told.chosen)
    for parameter, codes in stands.chosen:
        if set(codes) != set(typed.get(parameter, ())):
            texts.append((known[parameter].label, listed(said_codes(known[parameter].vocabulary, codes))))
    return texts
