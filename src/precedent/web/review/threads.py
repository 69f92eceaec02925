"""Comments as threads: each remark with its answers, at the field that it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from precedent.submissions.records import Comment


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark, and what was answered, oldest first."""

    root: Comment
    answers: tuple[Comment, ...]

    @property
    def place(self) -> str:
        return self.root.field

    @property
    def comments(self) -> tuple[Comment, ...]:
        return self.root, *self.answers

    @property
    def open(self) -> bool:
        return not self.root.closed


def threads(comments: Sequence[Comment]) -> list[Thread]:
    """Every thread, in the order in which they were begun."""
    return [
        Thread(root, tuple(answer for answer in comments if answer.thread == root.number))
        for root in comments
        if root.thread is None
    ]


def home(place: str, places: Iterable[str]) -> str | None:
    """Where on a page a thread belongs: at its place, else at what that is a part of, else at its first part."""
    places = list(places)
    around = [known for known in places if place == known or place.startswith(f"{known}.")]
    inside = [known for known in places if known.startswith(f"{place}.")]
    return max(around, key=len) if around else inside[0] if inside and place else None
