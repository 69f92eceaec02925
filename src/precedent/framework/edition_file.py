"""An edition as a file: complete, in one spelling, to be discussed in a document and taken in again.

The shape of its keys is the first edition's; translations stand at the end, language by language.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from precedent.framework import checking, yaml
from precedent.framework.records import (
    Edition,
    EditionStatus,
    Heading,
    IssueArea,
    Item,
    Perspective,
    Question,
    Roundtable,
    Source,
)
from precedent.framework.revising import texts
from precedent.kernel.languages import FALLBACK, LANGUAGES, Texts
from precedent.kernel.text import one_line

OTHERS = tuple(sorted(language.code for language in LANGUAGES if language.code != FALLBACK))

HEADING = """The guiding framework of the catalogue.

codes        stable for ever, also across editions; a retired code is never used again
emphasised   the background paper sets the question in bold
annex        the indicative headings of the paper's Annex, one list per perspective
successors   codes of the edition before that are no more: merged into one code, split into several, or retired
translations the same texts in other languages, by their codes"""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Named(_Shape):
    code: str
    title: str


class _Numbered(_Shape):
    number: int
    label: str
    status: str


class _Source(_Shape):
    title: str
    date: str


class _Roundtable(_Named):
    covers: str


class _Question(_Shape):
    code: str
    text: str
    emphasised: bool = False


class _Heading(_Shape):
    code: str
    text: str


class _Area(_Named):
    short_title: str
    scope: str
    guiding_questions: list[_Question]
    annex: dict[str, list[_Heading]]


class _AreaTexts(_Shape):
    title: str | None = None
    short_title: str | None = None
    scope: str | None = None


class _RoundtableTexts(_Shape):
    title: str | None = None
    covers: str | None = None


class _Translation(_Shape):
    title: str | None = None
    aim: str | None = None
    expected_outcome: str | None = None
    perspectives: dict[str, str] = {}
    related_roundtables: dict[str, _RoundtableTexts] = {}
    issue_areas: dict[str, _AreaTexts] = {}
    questions: dict[str, str] = {}
    annex: dict[str, str] = {}


class _File(_Named):
    aim: str
    expected_outcome: str
    source: _Source
    edition: _Numbered
    perspectives: list[_Named]
    related_roundtables: list[_Roundtable]
    issue_areas: list[_Area]
    successors: dict[str, list[str]] = {}
    translations: dict[str, _Translation] = {}


def export(edition: Edition) -> str:
    """The edition as a file's text: for the same edition always the same."""
    told: dict[str, Any] = {
        "code": edition.code,
        "title": edition.title[FALLBACK],
        "aim": edition.aim[FALLBACK],
        "expected_outcome": edition.expected_outcome[FALLBACK],
        "source": {"title": edition.source.title, "date": edition.source.date},
        "edition": {"number": edition.number, "label": edition.label, "status": edition.status.value},
        "perspectives": [{"code": p.value, "title": text[FALLBACK]} for p, text in edition.perspectives.items()],
        "related_roundtables": [
            {"code": r.code, "title": r.title[FALLBACK], "covers": r.covers[FALLBACK]}
            for r in edition.related_roundtables
        ],
        "issue_areas": [_area_told(area) for area in edition.issue_areas],
    }
    if edition.successors:
        told["successors"] = {code: list(parts) for code, parts in sorted(edition.successors.items())}
    translated = {language: _translation(edition, language) for language in OTHERS}
    if translations := {language: text for language, text in translated.items() if text}:
        told["translations"] = translations
    return yaml.write(told, HEADING)


def _area_told(area: IssueArea) -> dict[str, Any]:
    return {
        "code": area.code,
        "title": area.title[FALLBACK],
        "short_title": area.short_title[FALLBACK],
        "scope": area.scope[FALLBACK],
        "guiding_questions": [
            _item_told(q) | ({"emphasised": True} if q.emphasised else {}) for q in area.questions
        ],
        "annex": {
            side.value: [_item_told(h) for h in area.headings if h.perspective == side] for side in Perspective
        },
    }


def _item_told(item: Item) -> dict[str, Any]:
    return {"code": item.code, "text": item.text[FALLBACK]}


def _translation(edition: Edition, language: str) -> dict[str, Any]:
    """What of an edition is told in a language, by codes; what is not is left out."""
    told: dict[str, Any] = {
        "title": edition.title.get(language),
        "aim": edition.aim.get(language),
        "expected_outcome": edition.expected_outcome.get(language),
        "perspectives": {p.value: text.get(language) for p, text in edition.perspectives.items()},
        "related_roundtables": {
            r.code: {"title": r.title.get(language), "covers": r.covers.get(language)}
            for r in edition.related_roundtables
        },
        "issue_areas": {
            a.code: {part: getattr(a, part).get(language) for part in ("title", "short_title", "scope")}
            for a in edition.issue_areas
        },
        "questions": {q.code: q.text.get(language) for q in edition.questions.values()},
        "annex": {h.code: h.text.get(language) for h in edition.headings.values()},
    }
    return _said(told)


def _said(told: dict[str, Any]) -> dict[str, Any]:
    """Without what is not said, down to the last branch."""
    pruned = {key: _said(value) if isinstance(value, dict) else value for key, value in told.items()}
    return {key: value for key, value in pruned.items() if value}


@dataclass(frozen=True, slots=True)
class Wished:
    """An edition as a file wishes it, and the page on which that stands."""

    page: yaml.Page
    edition: Edition

    def draft(self, before: Edition, closed: Collection[str]) -> Edition:
        """The text as the draft that follows an edition. What a draft may still lack, it may lack here.

        `closed`: codes that it must not use. Raises FrameworkFileInvalid.
        """
        for breach in checking.breaches(self.edition, before, closed):
            if not breach.may_wait:
                raise self.page.wrong_at(self.line(breach.place), breach.place, str(breach.reason))
        return self.edition.model_copy(update={"status": EditionStatus.DRAFT})

    def line(self, place: str) -> int:
        """The line of a place that `checking` names: of a code that is there twice, the second."""
        return self.page.line(_path(self.edition, place))


def _path(edition: Edition, place: str) -> list[str | int]:
    """Where a place stands in the file."""
    code, _dot, field = place.partition(".")
    for number, area in enumerate(edition.issue_areas):
        here: list[str | int] = ["issue_areas", number]
        if area.code == code:
            return [*here, field or "code"]
        lists: dict[tuple[str, ...], Sequence[Item]] = {("guiding_questions",): area.questions}
        lists |= {("annex", s.value): [h for h in area.headings if h.perspective == s] for s in Perspective}
        for way, items in lists.items():
            found = [at for at, item in enumerate(items) if item.code == code]
            if found:
                return [*here, *way, found[-1], "code"]
    return [step for step in place.split(".") if step]


def read(name: str, content: bytes) -> Edition:
    """The edition in a file's bytes. Raises FrameworkFileInvalid, with line, place and reason."""
    return opened(name, content).edition


def opened(name: str, content: bytes) -> Wished:
    """A file, to be taken in as a draft. Raises FrameworkFileInvalid, with line, place and reason."""
    page = yaml.Page(name, content)
    file = page.shaped(_File)
    for place, reason in (*_frame_slips(file), *_translation_slips(file)):
        raise page.wrong(place, str(reason))
    return Wished(page, _Reading(file).edition())


Slip = tuple[list[str | int], str | Promise]
"""A place of the file, and what is wrong there."""


def _frame_slips(file: _File) -> Iterator[Slip]:
    """Perspectives and states that there are not."""
    sides = [side.value for side in Perspective]
    both = _("destination and origin are needed, each once")
    for place, side in enumerate(file.perspectives):
        if side.code not in sides:
            yield ["perspectives", place, "code"], _("a perspective is destination or origin")
    if sorted(side.code for side in file.perspectives) != sorted(sides):
        yield ["perspectives"], both
    if file.edition.status not in set(EditionStatus):
        yield ["edition", "status"], _("it has to be draft, current or superseded")
    for number, area in enumerate(file.issue_areas):
        if set(area.annex) != set(sides):
            yield ["issue_areas", number, "annex"], both
    known = set[str]()
    for place, roundtable in enumerate(file.related_roundtables):
        if roundtable.code in known:
            yield ["related_roundtables", place, "code"], _("the code is used twice")
        known.add(roundtable.code)


def _translation_slips(file: _File) -> Iterator[Slip]:
    """Translations of a code that is not there."""
    have = {
        "perspectives": {side.value for side in Perspective},
        "related_roundtables": {r.code for r in file.related_roundtables},
        "issue_areas": {area.code for area in file.issue_areas},
        "questions": {q.code for area in file.issue_areas for q in area.guiding_questions},
        "annex": {h.code for area in file.issue_areas for side in area.annex.values() for h in side},
    }
    for language, told in file.translations.items():
        if language not in OTHERS:
            yield ["translations", language], _("it is none of the other five languages")
        for part, codes in have.items():
            for code in getattr(told, part):
                if code not in codes:
                    yield ["translations", language, part, code], _("the file has no such code")


class _Reading:
    """A file's texts put together: English with its translations."""

    def __init__(self, file: _File) -> None:
        self.file = file

    def _texts(self, english: str, part: str, code: str = "", field: str = "") -> Texts:
        told = {FALLBACK: english}
        for language, translation in self.file.translations.items():
            at: Any = getattr(translation, part)
            at = at.get(code) if isinstance(at, Mapping) else at
            text = getattr(at, field) if field and at is not None else at
            told[language] = text or ""
        return texts(told)

    def edition(self) -> Edition:
        file = self.file
        return Edition(
            code=file.code,
            number=file.edition.number,
            label=one_line(file.edition.label),
            status=EditionStatus(file.edition.status),
            title=self._texts(file.title, "title"),
            aim=self._texts(file.aim, "aim"),
            expected_outcome=self._texts(file.expected_outcome, "expected_outcome"),
            source=Source(title=one_line(file.source.title), date=one_line(file.source.date)),
            perspectives={
                Perspective(p.code): self._texts(p.title, "perspectives", p.code) for p in file.perspectives
            },
            related_roundtables=tuple(self._roundtable(r) for r in file.related_roundtables),
            issue_areas=tuple(self._area(area) for area in file.issue_areas),
            successors={code: tuple(parts) for code, parts in file.successors.items()},
        )

    def _roundtable(self, told: _Roundtable) -> Roundtable:
        where = ("related_roundtables", told.code)
        title = self._texts(told.title, *where, "title")
        return Roundtable(code=told.code, title=title, covers=self._texts(told.covers, *where, "covers"))

    def _area(self, told: _Area) -> IssueArea:
        title, short_title, scope = (
            self._texts(getattr(told, field), "issue_areas", told.code, field)
            for field in ("title", "short_title", "scope")
        )
        return IssueArea(
            code=told.code,
            title=title,
            short_title=short_title,
            scope=scope,
            questions=tuple(
                Question(code=q.code, text=self._texts(q.text, "questions", q.code), emphasised=q.emphasised)
                for q in told.guiding_questions
            ),
            headings=tuple(
                Heading(code=h.code, text=self._texts(h.text, "annex", h.code), perspective=side)
                for side in Perspective
                for h in told.annex[side.value]
            ),
        )
