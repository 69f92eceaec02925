"""What stands in the reviewer's form when a button is pressed. All of it is sent, whichever button that was."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import QueryDict

from precedent.forms.asks import ask
from precedent.submissions.records import Comment, Submission

REMARK, ANSWER = "on:", "to:"
"""How the names of the comments' fields begin: on a place, or to a thread."""
ELSEWHERE, WHERE = "elsewhere", "where"
"""The comment whose place is chosen from a list, and the choice."""
NUMBER = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that was typed into the field `name`: on a place, or in a thread."""

    name: str
    place: str
    thread: int | None
    text: str

    def is_said_in(self, comments: Sequence[Comment], by: str) -> bool:
        """Is it kept already? A form may be sent twice."""
        return any(
            (said.by, said.text, said.thread) == (by, self.text, self.thread)
            and (self.thread or said.field == self.place)
            for said in comments
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """`changed` and `version`: the state that was seen. `ticks` None: the checklist was not there to be ticked."""

    remarks: tuple[Remark, ...] = ()
    ticks: tuple[str, ...] | None = None
    move: str = ""
    reason: str = ""
    at: str = ""
    where: str = ""
    changed: int = 0
    version: int = 0

    def text(self, name: str) -> str:
        """What was typed into a comment's field."""
        return next((remark.text for remark in self.remarks if remark.name == name), "")

    def seen(self, now: Submission) -> Submission:
        """The submission as it was when the form was made."""
        return replace(now, changed=self.changed, version=replace(now.version, number=self.version))

    def moment(self) -> datetime | None:
        """The time for publication, which is typed in UTC; None where it is none."""
        try:
            return datetime.fromisoformat(self.at).replace(tzinfo=UTC)
        except ValueError:
            return None

    def without(self, comments: Sequence[Comment], by: str) -> "Typed":
        """What is still to be kept: a comment that is kept does not stand in its field any more."""
        left = tuple(remark for remark in self.remarks if not remark.is_said_in(comments, by))
        return replace(self, remarks=left)

    @property
    def undecided(self) -> bool:
        """Is anything left that a new page would not show?"""
        return bool(self.remarks or self.reason or self.move or self.at)


def read(posted: QueryDict) -> Typed:
    return Typed(
        remarks=tuple(_remarks(posted)),
        ticks=tuple(posted.getlist("check")) if "checklist" in posted else None,
        move=posted.get("move", ""),
        reason=_text(posted.get("reason", "")),
        at=posted.get("at", "").strip(),
        where=_place(posted.get(WHERE, "")),
        changed=number(posted.get("changed", "")) or 0,
        version=number(posted.get("version", "")) or 0,
    )


def number(text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None


def _remarks(posted: QueryDict) -> Iterator[Remark]:
    for name in posted:
        text = _text(posted.get(name, ""))
        if text and name.startswith(REMARK):
            yield Remark(name, _place(name.removeprefix(REMARK)), None, text)
        elif text and name == ELSEWHERE:
            yield Remark(name, _place(posted.get(WHERE, "")), None, text)
        elif text and name.startswith(ANSWER) and (thread := number(name.removeprefix(ANSWER))):
            yield Remark(name, "", thread, text)


def _text(written: str) -> str:
    """As it is kept: browsers send two signs for the end of a line; nobody types a NUL."""
    return written.replace("\r\n", "\n").replace("\x00", "").strip()


def _place(written: str) -> str:
    """A place of the form; the whole, where there is no such place."""
    return written if ask(written) and len(written) <= 200 else ""
