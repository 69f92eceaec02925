"""Calls for examples: what is sought, and how far it has come."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router
from pydantic import BaseModel, Field

from precedent.calls import queries
from precedent.calls.records import Call, Standing
from precedent.submissions import queries as submissions
from precedent.submissions.queries import Brought

router = Router()


class CallItem(BaseModel):
    """A call for examples. `until` is its last day, in UTC; no countries: from any; no languages: any."""

    number: int
    url: str
    state: Standing
    question: str = Field(description="A guiding question, as it was when the call was opened.")
    questions: list[str] = Field(description="What stands for it in the edition in force.")
    perspective: str | None
    narrowed: dict[str, list[str]] = Field(description="Further codes, by the parameter of a search.")
    title: str
    sought: str
    why: str
    language: str = Field(description="The language of these texts.")
    countries: list[str]
    organisations: str
    languages: list[str]
    opens: date
    until: date
    contact: str
    wanted: int
    received: int
    published: int
    entries: list[str]
    outcome: str


class Calls(BaseModel):
    count: int
    items: list[CallItem]


@router.get("", response=Calls, url_name="calls")
def calls(request: HttpRequest, state: Standing = Standing.OPEN) -> Any:
    """The calls that stand so (open ones, where none is asked for), the soonest end first."""
    found = queries.standing(state)
    brought = submissions.brought(call.number for call in found) if found else {}
    items = [_item(request, call, state, brought[call.number]) for call in found]
    return {"count": len(items), "items": items}


def _item(request: HttpRequest, call: Call, state: Standing, brought: Brought) -> dict[str, Any]:
    return {
        **{name: getattr(call, name) for name in COPIED},
        "url": request.build_absolute_uri(reverse("call", args=[call.number])),
        "state": state,
        "questions": list(queries.questions_now(call)),
        "perspective": call.perspective or None,
        "narrowed": {parameter: list(codes) for parameter, codes in call.chosen},
        "language": call.written_in,
        "countries": list(call.countries),
        "languages": list(call.languages),
        "received": brought.received,
        "published": brought.published,
        "entries": list(brought.entries),
    }


COPIED = (
    "number",
    "question",
    "title",
    "sought",
    "why",
    "organisations",
    "opens",
    "until",
    "contact",
    "wanted",
    "outcome",
)
