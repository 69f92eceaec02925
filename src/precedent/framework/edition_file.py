"""An edition as a file: complete, in one spelling, to be discussed in a document and taken in again.

The shape of its keys is the first edition's; translations stand at the end, language by language.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from precedent.framework import yaml
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
from precedent.kernel.languages import FALLBACK, LANGUAGES, Texts

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
    spoken = [language.code for language in LANGUAGES if language.code != FALLBACK]
    texts = {language: _translation(edition, language) for language in sorted(spoken)}
    translations = {language: text for language, text in texts.items() if text}
    if translations:
        told["translations"] = translations
    return yaml.write(told, HEADING)


def _area_told(area: IssueArea) -> dict[str, Any]:
    return {
        "code": area.code,
        "title": area.title.get(FALLBACK, ""),
        "short_title": area.short_title.get(FALLBACK, ""),
        "scope": area.scope.get(FALLBACK, ""),
        "guiding_questions": [
            _item_told(q) | ({"emphasised": True} if q.emphasised else {}) for q in area.questions
        ],
        "annex": {
            side.value: [_item_told(h) for h in area.headings if h.perspective == side] for side in Perspective
        },
    }


def _item_told(item: Item) -> dict[str, Any]:
    return {"code": item.code, "text": item.text.get(FALLBACK, "")}


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


def read(name: str, content: bytes) -> Edition:
    """The edition in a file's bytes. Raises FrameworkFileInvalid, with line, place and reason."""
    page = yaml.Page(name, content)
    file = page.shaped(_File)
    _only_known(page, file)
    try:
        return _Reading(file).edition()
    except (ValidationError, ValueError, KeyError) as error:
        raise yaml.invalid(name, str(error)) from error


def _only_known(page: yaml.Page, file: _File) -> None:
    """Perspectives and states are those there are; a translation of a code that is not there is a slip."""
    _only_known_frame(page, file)
    _only_known_translations(page, file)


def _only_known_frame(page: yaml.Page, file: _File) -> None:
    sides = {side.value for side in Perspective}
    for place, side in enumerate(file.perspectives):
        if side.code not in sides:
            raise page.wrong(["perspectives", place, "code"], "a perspective is destination or origin")
    if {side.code for side in file.perspectives} != sides:
        raise page.wrong(["perspectives"], "destination and origin are needed, each once")
    if file.edition.status not in set(EditionStatus):
        raise page.wrong(["edition", "status"], "it has to be draft, current or superseded")
    for number, area in enumerate(file.issue_areas):
        if set(area.annex) != sides:
            raise page.wrong(["issue_areas", number, "annex"], "destination and origin are needed, each once")


def _only_known_translations(page: yaml.Page, file: _File) -> None:
    have = {
        "perspectives": {side.value for side in Perspective},
        "related_roundtables": {r.code for r in file.related_roundtables},
        "issue_areas": {area.code for area in file.issue_areas},
        "questions": {q.code for area in file.issue_areas for q in area.guiding_questions},
        "annex": {h.code for area in file.issue_areas for side in area.annex.values() for h in side},
    }
    languages = {language.code for language in LANGUAGES} - {FALLBACK}
    for language, told in file.translations.items():
        if language not in languages:
            raise page.wrong(["translations", language], "it is none of the other five languages")
        for part, codes in have.items():
            for code in getattr(told, part):
                if code not in codes:
                    raise page.wrong(["translations", language, part, code], "the file has no such code")


class _Reading:
    """A file's texts put together: English with its translations."""

    def __init__(self, file: _File) -> None:
        self.file = file

    def _texts(self, english: str, part: str, code: str = "", field: str = "") -> Texts:
        told = {FALLBACK: english} if english else {}
        for language, translation in self.file.translations.items():
            at: Any = getattr(translation, part)
            at = at.get(code) if isinstance(at, Mapping) else at
            text = getattr(at, field) if field and at is not None else at
            if text:
                told[language] = text
        return told

    def edition(self) -> Edition:
        file = self.file
        return Edition(
            code=file.code,
            number=file.edition.number,
            label=file.edition.label,
            status=EditionStatus(file.edition.status),
            title=self._texts(file.title, "title"),
            aim=self._texts(file.aim, "aim"),
            expected_outcome=self._texts(file.expected_outcome, "expected_outcome"),
            source=Source(title=file.source.title, date=file.source.date),
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
