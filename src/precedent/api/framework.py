"""An edition of the guiding framework, whole, with what it changed of the one before."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from precedent.api.schemas import Problem
from precedent.framework import lineage, queries
from precedent.framework.lineage import Change
from precedent.framework.records import Edition

Told = dict[str, str]
"""A text by language; English is always there."""


class FrameworkSource(BaseModel):
    title: str
    date: str


class Side(BaseModel):
    code: str
    title: Told


class RelatedRoundtable(BaseModel):
    code: str
    title: Told
    covers: Told


class GuidingQuestion(BaseModel):
    code: str = Field(description="Stable for ever, also across editions")
    text: Told
    emphasised: bool = Field(description="Set in bold in the source paper")


class AnnexHeading(BaseModel):
    code: str = Field(description="Stable for ever, also across editions")
    text: Told
    perspective: str


class Area(BaseModel):
    code: str
    title: Told
    short_title: Told
    scope: Told
    questions: list[GuidingQuestion]
    headings: list[AnnexHeading]


class CodeChange(BaseModel):
    """What became of a code of the edition before, or how one came in."""

    code: str
    fate: str = Field(description="kept, reworded, merged, split, retired or new")
    now: list[str] = Field(description="The codes of this edition that stand for it")


class FrameworkEdition(BaseModel):
    """An edition that is or was in force. All texts in six languages."""

    code: str
    number: int
    label: str
    status: str = Field(description="current or superseded")
    in_force_since: datetime | None
    title: Told
    aim: Told
    expected_outcome: Told
    source: FrameworkSource
    perspectives: list[Side]
    related_roundtables: list[RelatedRoundtable]
    issue_areas: list[Area]
    successors: dict[str, list[str]] = Field(
        description="Codes of the edition before that are no more: one successor (merged), several (split), none"
    )
    changes: list[CodeChange] = Field(description="From the edition before; empty for the first")


router = Router(tags=["framework"])


@router.get("/editions/{int:number}", response={200: FrameworkEdition, 404: Problem}, url_name="framework-edition")
def edition(request: HttpRequest, number: int) -> Any:
    """An edition: its texts in six languages, since when it is in force, and what became of each code."""
    found = queries.edition(number)
    return {
        "code": found.code,
        "number": found.number,
        "label": found.label,
        "status": found.status.value,
        "in_force_since": queries.in_force_since().get(number),
        "title": found.title,
        "aim": found.aim,
        "expected_outcome": found.expected_outcome,
        "source": {"title": found.source.title, "date": found.source.date},
        "perspectives": [{"code": code.value, "title": title} for code, title in found.perspectives.items()],
        "related_roundtables": [roundtable.model_dump() for roundtable in found.related_roundtables],
        "issue_areas": [area.model_dump(mode="json") for area in found.issue_areas],
        "successors": {code: list(parts) for code, parts in found.successors.items()},
        "changes": [_change(change) for change in _changes(found)],
    }


def _changes(edition: Edition) -> list[Change]:
    before = next((known for known in queries.editions() if known.number == edition.number - 1), None)
    return lineage.changes(before, edition) if before else []


def _change(change: Change) -> dict[str, Any]:
    return {"code": change.code, "fate": change.fate.value, "now": [item.code for item in change.now]}
