"""Suggestions while somebody types, for pages and programs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from ninja import Router
from pydantic import BaseModel, Field

from precedent.api.asked import refused
from precedent.api.schemas import Problem
from precedent.kernel.languages import BY_CODE, current
from precedent.search.completing import Kind, Suggestion, suggestions
from precedent.search.request import LONGEST_QUERY, Ignored


class Suggested(BaseModel):
    """A term, place, guiding question or entry that the typed beginning may become."""

    kind: Kind
    label: str
    language: str = Field(description="The language of the label")
    note: str = Field(description="What it is and how many entries it leads to, in words")
    matched: str = Field(description="The name that was typed, where it is another than the label")
    facet: str | None = Field(description="The filter it stands for; null for an entry")
    code: str
    count: int = Field(description="Entries it leads to; never none")
    url: str = Field(description="The page it leads to")


class Suggestions(BaseModel):
    """At most eight, the likeliest first; none for fewer than two letters."""

    items: list[Suggested]


PARAMETERS = [
    {
        "in": "query",
        "name": "q",
        "schema": {"type": "string", "maxLength": LONGEST_QUERY},
        "description": "What was typed so far",
        "required": False,
    },
    {
        "in": "query",
        "name": "lang",
        "schema": {"type": "string", "enum": sorted(BY_CODE)},
        "description": "The language of labels and addresses; that of Accept-Language, where none is named",
        "required": False,
    },
]

router = Router()


@router.get(
    "",
    response={200: Suggestions, 422: Problem, 503: Problem},
    openapi_extra={"parameters": PARAMETERS},
    url_name="suggest",
)
def suggest(request: HttpRequest) -> Any:
    """What a typed beginning may become: terms, countries, regions, guiding questions and entries."""
    given = request.GET.dict()
    typed = given.pop("q", "")
    language = given.pop("lang", current().code)
    wrong = [Ignored(name[:60], "", "parameter-unknown") for name in given]
    if language not in BY_CODE:
        wrong.append(Ignored("lang", language[:60], "value-unknown"))
    if len(typed) > LONGEST_QUERY:
        wrong.append(Ignored("q", typed[LONGEST_QUERY:][:60], "too-long"))
    if wrong:
        raise refused(wrong)
    with override(language):
        return {"items": [_told(request, one) for one in suggestions(typed)]}


def _told(request: HttpRequest, suggestion: Suggestion) -> dict[str, Any]:
    path = reverse("search") + suggestion.request.query_string
    if suggestion.address:
        path = reverse("entry", args=[suggestion.address])
    return {
        "kind": suggestion.kind,
        "label": suggestion.label,
        "language": suggestion.language,
        "note": _note(suggestion),
        "matched": suggestion.matched,
        "facet": suggestion.parameter or None,
        "code": suggestion.code,
        "count": suggestion.count,
        "url": request.build_absolute_uri(path),
    }


def _note(suggestion: Suggestion) -> str:
    """What it is, in a line: the name that was typed, the kind, its entries."""
    if not suggestion.parameter:
        return f"{_('Entry')} · \u2068{suggestion.code}\u2069"
    count = suggestion.count
    entries = ngettext("{count} entry", "{count} entries", count).format(count=count)
    # A name in another language keeps its own direction.
    matched = [f"\u2068{suggestion.matched}\u2069"] if suggestion.matched else []
    return " · ".join([*matched, suggestion.heading, entries])
