"""What is declared about a field of the entry, once, for page, search, API, bulk file, docs and tests."""

from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin

from django.utils.functional import Promise
from pydantic import BaseModel


class Section(StrEnum):
    """Where on the entry's page a field is shown."""

    HEAD = "head"
    SUMMARY = "summary"
    PLACE = "place"
    CHAIN = "chain"
    LESSONS = "lessons"
    FACTS = "facts"
    SOURCES = "sources"
    NOWHERE = "nowhere"


class Step(StrEnum):
    """On which step of the form a field is asked; the steps' titles stand in `forms.steps`."""

    ABOUT = "about"
    PLACE = "where-and-for-whom"
    CHAIN = "barriers-and-measures"
    RESULTS = "results"
    LESSONS = "lessons"
    SOURCES = "sources"
    BELONGS = "where-it-belongs"


class Words(StrEnum):
    """Under which heading a field's words are searched; the weights stand in `search.engine`."""

    TITLE = "title"
    SUMMARY = "summary"
    STORY = "story"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class About:
    """The declaration of a field: what it is called, and what to put there, in each language.

    `vocabulary` names what its codes come from: a vocabulary, or `country`, `question`, `heading`, `language`.
    `facet` is the search parameter that filters by it; `words` where its words are searched;
    `shown` where its value stands on the page; `step` where the form asks for it, with `example` as a model
    answer; `each` is what one of several parts is called, with its `{number}`. `among` names the field of the same
    entry whose codes are the only ones to choose from. `to_send`: a reviewer cannot do without it; what a document
    requires is needed for publication anyway.
    """

    label: str | Promise
    help: str | Promise
    vocabulary: str | None = None
    facet: str | None = None
    words: Words | None = None
    shown: Section = Section.NOWHERE
    step: Step | None = None
    example: str | Promise = ""
    each: str | Promise = ""
    among: tuple[str, ...] = ()
    to_send: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field and the way to it: `("barriers", "code")` is the code of each barrier."""

    path: tuple[str, ...]
    about: About

    def __str__(self) -> str:
        return ".".join(self.path)

    def values(self, document: BaseModel) -> list[Any]:
        """What the document holds there, in its order, each once; empty where nothing is stated."""
        return list(dict.fromkeys(value for _, value in self.places(document)))

    def places(self, document: BaseModel) -> list[tuple[str, Any]]:
        """What the document holds there, each with its place: `barriers.b2.code`, `countries.0.code`, `topics`."""
        found: list[tuple[str, Any]] = [("", document)]
        for step in self.path:
            found = [
                (f"{name}.{place}" if name else place, inner)
                for name, value in found
                for place, inner in _each(step, getattr(value, step))
            ]
        return found


def _each(step: str, value: object) -> list[tuple[str, Any]]:
    """What stands in a field: each part under its id or number, everything else under the field's own name."""
    if value is None or value == "":
        return []
    if not isinstance(value, tuple):
        return [(step, value)]
    return [
        (f"{step}.{getattr(part, 'id', '') or number}" if isinstance(part, BaseModel) else step, part)
        for number, part in enumerate(value)
    ]


def _part(annotation: Any) -> type[BaseModel] | None:
    """The model inside `tuple[Model, ...]`, `Model | None` or `Model`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType):
        return next((part for arg in get_args(annotation) if (part := _part(arg))), None)
    return None


def declared(model: type[BaseModel], above: tuple[str, ...] = ()) -> list[Field]:
    """Every field of the model that carries an `About`, those of its parts included, in their order."""
    found = []
    for name, info in model.model_fields.items():
        path = (*above, name)
        found += [Field(path, about) for about in info.metadata if isinstance(about, About)]
        if part := _part(info.annotation):
            found += declared(part, path)
    return found
