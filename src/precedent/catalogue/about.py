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
    `shown` where its value stands on the page.
    """

    label: str | Promise
    help: str | Promise
    vocabulary: str | None = None
    facet: str | None = None
    words: Words | None = None
    shown: Section = Section.NOWHERE


@dataclass(frozen=True, slots=True)
class Field:
    """A declared field and the way to it: `("barriers", "code")` is the code of each barrier."""

    path: tuple[str, ...]
    about: About

    def __str__(self) -> str:
        return ".".join(self.path)

    def values(self, document: BaseModel) -> list[Any]:
        """What the document holds there, in its order, each once; empty where nothing is stated."""
        found: list[Any] = [document]
        for step in self.path:
            found = [inner for value in found for inner in _each(getattr(value, step))]
        return list(dict.fromkeys(found))


def _each(value: object) -> tuple[Any, ...]:
    if value is None or value == "":
        return ()
    return value if isinstance(value, tuple) else (value,)


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
