"""The first edition as it ships: YAML files in English, and the same texts in five more languages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml
from pydantic import ValidationError

from precedent.framework.records import (
    Edition,
    Heading,
    IssueArea,
    Perspective,
    Question,
    Roundtable,
    Source,
    Term,
    Vocabulary,
)
from precedent.framework.refusals import FrameworkFileInvalid
from precedent.kernel.languages import FALLBACK, LANGUAGES, Texts

SHIPPED = files("precedent.framework") / "data"


def _read(file: Traversable) -> Any:
    try:
        return yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FrameworkFileInvalid(file=file.name, reason=str(error)) from error


@cache
def _translations() -> dict[str, Any]:
    return {
        language.code: _read(SHIPPED / "translations" / f"{language.code}.yaml")
        for language in LANGUAGES
        if language.code != FALLBACK
    }


def _texts(english: str, *path: str) -> Texts:
    """A text in every language that has it, found at the same path of each translation."""
    texts = {FALLBACK: english}
    for language, translation in _translations().items():
        at: Any = translation
        for step in path:
            at = at.get(step) if isinstance(at, Mapping) else None
        if isinstance(at, str):
            texts[language] = at
    return texts


def _area(area: dict[str, Any]) -> IssueArea:
    def text(part: str) -> Texts:
        return _texts(area[part], "framework", "issue_areas", area["code"], part)

    return IssueArea(
        code=area["code"],
        title=text("title"),
        short_title=text("short_title"),
        scope=text("scope"),
        questions=tuple(
            Question(
                code=question["code"],
                text=_texts(question["text"], "framework", "questions", question["code"]),
                emphasised=question.get("emphasised", False),
            )
            for question in area["guiding_questions"]
        ),
        headings=tuple(
            Heading(
                code=heading["code"],
                text=_texts(heading["text"], "framework", "annex", heading["code"]),
                perspective=Perspective(perspective),
            )
            for perspective, headings in area["annex"].items()
            for heading in headings
        ),
    )


def _roundtable(roundtable: dict[str, Any]) -> Roundtable:
    code = roundtable["code"]
    return Roundtable(
        code=code,
        title=_texts(roundtable["title"], "framework", "related_roundtables", code, "title"),
        covers=_texts(roundtable["covers"], "framework", "related_roundtables", code, "covers"),
    )


def first_edition() -> Edition:
    """The framework's first edition with all its translations. Raises FrameworkFileInvalid."""
    name = "gfmd-rt-3-1.yaml"
    told = _read(SHIPPED / name)
    try:
        return Edition(
            code=told["code"],
            number=told["edition"]["number"],
            label=told["edition"]["label"],
            status=told["edition"]["status"],
            title=_texts(told["title"], "framework", "title"),
            aim=_texts(told["aim"], "framework", "aim"),
            expected_outcome=_texts(told["expected_outcome"], "framework", "expected_outcome"),
            source=Source(title=told["source"]["title"], date=told["source"]["date"].isoformat()),
            perspectives={
                p["code"]: _texts(p["title"], "framework", "perspectives", p["code"]) for p in told["perspectives"]
            },
            related_roundtables=tuple(_roundtable(roundtable) for roundtable in told["related_roundtables"]),
            issue_areas=tuple(_area(area) for area in told["issue_areas"]),
        )
    except (KeyError, TypeError, ValidationError) as error:
        raise FrameworkFileInvalid(file=name, reason=str(error)) from error


def _vocabulary(code: str, told: dict[str, Any]) -> Vocabulary:
    where = ("vocabularies", code)
    return Vocabulary(
        code=code,
        title=_texts(told["title"], *where, "title"),
        multi=told["multi"],
        source=told["source"],
        note=_texts(told["note"], *where, "note") if "note" in told else None,
        terms=tuple(
            Term(
                code=term["code"],
                label=_texts(term["title"], *where, "terms", term["code"]),
                note=_texts(term["note"], *where, "notes", term["code"]) if "note" in term else None,
                broader=term.get("broader"),
            )
            for term in told["terms"]
        ),
    )


def first_vocabularies() -> list[Vocabulary]:
    """The vocabularies' first edition with all its translations. Raises FrameworkFileInvalid."""
    name = "vocabularies.yaml"
    try:
        return [_vocabulary(code, told) for code, told in _read(SHIPPED / name).items()]
    except (KeyError, TypeError, ValidationError) as error:
        raise FrameworkFileInvalid(file=name, reason=str(error)) from error
