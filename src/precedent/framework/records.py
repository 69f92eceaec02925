"""What the framework hands out: frozen, typed, no database behind it. Texts are in several languages."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from precedent.kernel.languages import Texts, said


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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


class Edition(Frozen):
    """A complete, frozen text of the framework."""

    code: str
    number: int
    label: str
    status: str
    title: Texts
    aim: Texts
    expected_outcome: Texts
    source: Source
    perspectives: dict[Perspective, Texts]
    related_roundtables: tuple[Roundtable, ...]
    issue_areas: tuple[IssueArea, ...]

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
    """A word of a vocabulary. `code` is for ever, labels may change; `successor` where it was merged."""

    code: str
    label: Texts
    note: Texts | None = None
    broader: str | None = None
    status: TermStatus = TermStatus.CURRENT
    successor: str | None = None

    def __str__(self) -> str:
        return said(self.label)


class Vocabulary(Frozen):
    """Terms of one kind, in the order in which they are shown. `multi`: an entry may carry several."""

    code: str
    title: Texts
    multi: bool
    source: str
    note: Texts | None = None
    terms: tuple[Term, ...]

    def __str__(self) -> str:
        return said(self.title)

    @cached_property
    def by_code(self) -> dict[str, Term]:
        return {term.code: term for term in self.terms}

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each code in the vocabulary's own order."""
        return {term.code: place for place, term in enumerate(self.terms)}

    def with_broader(self, code: str) -> Iterator[str]:
        """A code and every broader one above it, nearest first. Unknown codes stand for themselves."""
        seen: set[str] = set()
        at: str | None = code
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            term = self.by_code.get(at)
            at = term.broader if term else None

    def narrower(self, code: str) -> list[Term]:
        """The terms directly below a code."""
        return [term for term in self.terms if term.broader == code]
