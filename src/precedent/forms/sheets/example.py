"""The example with which an empty workbook shows how an entry is told. It keeps every rule in every language."""

from django.utils.translation import gettext as _

from precedent.forms.asks import ask
from precedent.forms.draft import Draft
from precedent.kernel.languages import current


def example() -> Draft:
    """A whole entry in the language of the page, around the examples that the form shows at its fields."""
    return {**CODES, **_story(current().code)}


CODES: Draft = {
    "entry_kind": "service",
    "status": "ongoing",
    "level": "municipal",
    "year_start": 2021,
    "gender_focus": "considered",
    "countries": [{"code": "NP", "role": "origin"}, {"code": "QA", "role": "destination"}],
    "corridors": [["NP", "QA"]],
    "perspectives": ["origin"],
    "groups": ["returnees"],
    "stages": ["return", "reintegration"],
    "answers": ["B19", "B11"],
    "annex_headings": ["B-O1"],
    "topics": ["information", "skills"],
    "instruments": ["one-stop-shop"],
}


def _story(language: str) -> Draft:
    return {
        "title": _shown("title"),
        "summary": _(
            "The labour office of a city runs a help desk at the bus park where workers arrive who come home from "
            "abroad. Since 2021 two advisers wait there on the days when buses come from the airport. They tell "
            "of the fund that pays for retraining, fill in its form with those who want it, and send people with "
            "unpaid wages to the legal aid office."
        ),
        "implementers": [{"name": _("Labour office of the city"), "actor_type": "local-government"}],
        "language": language,
        "barriers": [{"code": "lack-of-information", "text": _shown("barriers.text")}],
        "measures": [
            {
                "text": _shown("measures.text"),
                "instrument": "one-stop-shop",
                "addressees": ["origin-government"],
                "overcomes": ["lack-of-information"],
            }
        ],
        "results": [{"text": _shown("results.text"), "outcome": "mixed", "evidence": "monitoring"}],
        "lessons": [{"text": _shown("lessons.text")}],
        "references": [
            {
                "url": "https://example.org/help-desk",
                "title": _("Help desk at the bus park: the first two years"),
                "publisher": _("Labour office of the city"),
                "year": 2023,
                "language": language,
            }
        ],
    }


def _shown(place: str) -> str:
    found = ask(place)
    return str(found.about.example) if found else ""
