"""Contributing by program: one's own examples, begun, saved and sent with a token. Deciding is for people."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Body, Router, Status
from pydantic import BaseModel, Field

from precedent.api.schemas import Problem
from precedent.forms import draft as drafts
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of_token
from precedent.submissions import actions, moves, queries
from precedent.submissions.records import Submission, Way
from precedent.submissions.refusals import MoveUnknown


class TokenWanted(Refusal):
    code, status = "token-wanted", 401
    message = _("This address needs a token that is in force.")
    hint = _("Make one on your profile page, and send it as “Authorization: Bearer …”.")


class FoundIn(BaseModel):
    """Something that keeps the text from being published, with its place in it."""

    field: str
    code: str
    message: str
    hint: str


class Whole(BaseModel):
    """An example on its way. `changed` and `version` go back with the next change: nobody overwrites another."""

    id: str = Field(examples=["SUB-000012"])
    state: str
    version: int
    changed: int
    title: str
    entry: str | None = Field(description="The entry that it would change, or has become")
    moves: list[str] = Field(description="What may be done with it now")
    draft: dict[str, Any] = Field(description="The text, with the keys of an entry")
    findings: list[FoundIn] = Field(description="What stands against publication")


class Line(BaseModel):
    id: str
    state: str
    title: str
    entry: str | None


class Lines(BaseModel):
    count: int
    page: int
    more: bool
    items: list[Line]


class Moving(BaseModel):
    """A move, made on what was seen. `changed` is that of the answer it was decided on."""

    move: str = Field(examples=["send"])
    changed: int
    reason: str = ""


router = Router(tags=["submissions"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
Told = Annotated[dict[str, Any], Body(description="The text with the keys of an entry; it may be incomplete")]


def _contributor(request: HttpRequest) -> Actor:
    """Who shows a token. Raises TokenWanted."""
    by = actor_of_token(request)
    if not by.may(Permission.CONTRIBUTE):
        raise TokenWanted
    return by


def _whole(found: Submission, by: Actor) -> dict[str, Any]:
    return {
        "id": found.id,
        "state": found.state.value,
        "version": found.version.number,
        "changed": found.changed,
        "title": found.title,
        "entry": found.entry,
        "moves": [move.name for move in moves.open_to(by, found)],
        "draft": found.draft,
        "findings": [
            {"field": f.field, "code": f.code, "message": f.message, "hint": f.hint}
            for f in drafts.judge(found.draft).findings
        ],
    }


@router.get("", response={200: Lines, **REFUSED}, url_name="submissions")
def mine(request: HttpRequest, page: int = 1) -> Any:
    """One's own examples, the last touched first."""
    found = queries.mine(_contributor(request), page)
    items = [{"id": s.id, "state": s.state.value, "title": s.title, "entry": s.entry} for s in found.items]
    return {"count": found.count, "page": found.page, "more": found.more, "items": items}


@router.post("", response={201: Whole, **REFUSED}, url_name="submissions-start")
def start(request: HttpRequest, told: Told) -> Any:
    """Begin an example."""
    by = _contributor(request)
    return Status(201, _whole(actions.start(told, Way.API, by=by), by))


@router.get("/{id}", response={200: Whole, **REFUSED}, url_name="submission")
def one(request: HttpRequest, id: str) -> Any:
    """An example of one's own, with what stands against its publication."""
    by = _contributor(request)
    return _whole(queries.submission(id, by=by), by)


@router.put("/{id}", response={200: Whole, **REFUSED}, url_name="submission-save")
def save(request: HttpRequest, id: str, version: int, told: Told) -> Any:
    """Save the text on top of the `version` it was made from. What others saved in other fields is kept."""
    by = _contributor(request)
    return _whole(actions.save(id, version, told, way=Way.API, by=by), by)


@router.post("/{id}/moves", response={200: Whole, **REFUSED}, url_name="submission-move")
def move(request: HttpRequest, id: str, wanted: Moving) -> Any:
    """Send it, take it back, withdraw it or take it up again."""
    by = _contributor(request)
    if wanted.move not in moves.BY_NAME:
        raise MoveUnknown(move=wanted.move[:60])
    seen = moves.as_seen(queries.submission(id, by=by), wanted.changed)
    return _whole(actions.move(seen, wanted.move, wanted.reason, by=by), by)
