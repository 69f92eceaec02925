"""What the framework hands out: frozen, typed, no database behind it. Texts are in several languages."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from precedent.kernel.languages import Texts, said


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values. What was worked out of the old ones is left behind: pydantic keeps it."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Perspective(StrEnum):
    """Whose view: the two columns of the framework's Annex."""

    DESTINATION = "destination"
    ORIGIN = "origin"


class Question(Frozen):
    """A guiding question. `code` is for ever; `emphasised` where the source paper sets it in bold."""

    code: str
    text: Texts
    emphasised: bool = False

    def __str__(self) -> str:
        return said(self.text)


class Heading(Frozen):
    """An indicative heading of the Annex, for one perspective."""

    code: str
    text: Texts
    perspective: Perspective

    def __str__(self) -> str:
        return said(self.text)


class IssueArea(Frozen):
    code: str
    title: Texts
    short_title: Texts
    scope: Texts
    questions: tuple[Question, ...]
    headings: tuple[Heading, ...]

    def __str__(self) -> str:
        return said(self.short_title)


class Roundtable(Frozen):
    """A roundtable of the Forum to which some of the experience also belongs."""

    code: str
    title: Texts
    covers: Texts


class Source(Frozen):
    title: str
    date: str


class EditionStatus(StrEnum):
    """A draft is prepared beside the edition in force; a superseded one stays readable for ever."""

    DRAFT = "draft"
    CURRENT = "current"
    SUPERSEDED = "superseded"


Item = Question | Heading
"""What an edition consists of: each has a code for ever and a text."""


class Edition(Frozen):
    """A complete, frozen text of the framework.

    `successors` says of each code of the edition before that is no more where its matter went: to one other code
    (merged), to several (split), to none (retired). Whatever it does not name is kept.
    """

    code: str
    number: int
    label: str
    status: EditionStatus
    title: Texts
    aim: Texts
    expected_outcome: Texts
    source: Source
    perspectives: dict[Perspective, Texts]
    related_roundtables: tuple[Roundtable, ...]
    issue_areas: tuple[IssueArea, ...]
    successors: dict[str, tuple[str, ...]] = {}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every question and heading by its code."""
        return {**self.questions, **self.headings}

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every guiding question by its code, in the framework's order."""
        return {question.code: question for area in self.issue_areas for question in area.questions}

    @cached_property
    def headings(self) -> dict[str, Heading]:
        """Every annex heading by its code, in the framework's order."""
        return {heading.code: heading for area in self.issue_areas for heading in area.headings}

    @cached_property
    def areas(self) -> dict[str, IssueArea]:
        return {area.code: area for area in self.issue_areas}


class TermStatus(StrEnum):
    CURRENT = "current"
    RETIRED = "retired"
    MERGED = "merged"


class Term(Frozen):
    """A word of a vocabulary. `code` is for ever, labels may change; `successor` where it was merged.

    One that is retired or merged has no narrower terms: `handed_over` says where each of them went, so that they
    come back with it. `since` is the day on which its status changed.
    """

    code: str
    label: Texts
    note: Texts | None = None
    broader: str | None = None
    status: TermStatus = TermStatus.CURRENT
    successor: str | None = None
    since: date | None = None
    handed_over: dict[str, str | None] = {}

    @property
    def is_current(self) -> bool:
        return self.status is TermStatus.CURRENT

    def __str__(self) -> str:
        return said(self.label)


class Vocabulary(Frozen):
    """Terms of one kind, in the order in which they are shown. `multi`: an entry may carry several.

    `version` counts its changes: whoever changes it says which one they saw.
    """

    code: str
    title: Texts
    multi: bool
    source: str
    note: Texts | None = None
    terms: tuple[Term, ...]
    version: int = 1

    def __str__(self) -> str:
        return said(self.title)

    @cached_property
    def by_code(self) -> dict[str, Term]:
        return {term.code: term for term in self.terms}

    @cached_property
    def current_terms(self) -> tuple[Term, ...]:
        """The terms to choose from."""
        return tuple(term for term in self.terms if term.is_current)

    @cached_property
    def past_terms(self) -> tuple[Term, ...]:
        """The terms that were retired or merged. Entries may carry them."""
        return tuple(term for term in self.terms if not term.is_current)

    def successors(self, code: str) -> Iterator[str]:
        """A code and each one it was merged into, nearest first. Unknown codes stand for themselves."""
        return self._following(code, "successor")

    def current_code(self, code: str) -> str:
        """What a code stands for now: where it was merged, the term that it ended in, which may be retired."""
        return list(self.successors(code))[-1]

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each code in the vocabulary's own order."""
        return {term.code: place for place, term in enumerate(self.terms)}

    def with_broader(self, code: str) -> Iterator[str]:
        """A code and every broader one above it, nearest first. Unknown codes stand for themselves."""
        return self._following(code, "broader")

    def _following(self, code: str, link: str) -> Iterator[str]:
        seen: set[str] = set()
        at: str | None = code
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            at = getattr(self.by_code.get(at), link, None)

    def narrower(self, code: str) -> list[Term]:
        """The terms directly below a code."""
        return [term for term in self.terms if term.broader == code]
