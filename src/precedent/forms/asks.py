"""What the form asks, one `Ask` for each declared field of the entry, with its kind, its limits and its need."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin

from django.utils.functional import Promise
from pydantic import BaseModel

from precedent.catalogue.about import About, Step
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.parts import Part

LONGEST_LINE = 300
"""Characters up to which an answer is asked for in a single line."""


class Kind(StrEnum):
    """How an answer is given: in one line, in sentences, a year, one choice or several, a part or parts."""

    LINE = "line"
    PROSE = "prose"
    YEAR = "year"
    ADDRESS = "address"
    LANGUAGE = "language"
    ONE = "one"
    SEVERAL = "several"
    PAIRS = "pairs"
    PART = "part"
    PARTS = "parts"


class Need(StrEnum):
    """By when an answer is needed: before it is sent, before it is published, or not at all."""

    SENDING = "sending"
    PUBLICATION = "publication"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ask:
    """A field as the form asks for it. `name` is its key in the document; `parts` are those of a group.

    `shortest` and `longest` count characters, `most` counts items.
    """

    name: str
    about: About
    kind: Kind
    need: Need
    shortest: int = 0
    longest: int | None = None
    most: int | None = None
    parts: tuple["Ask", ...] = ()
    identified: bool = False

    @property
    def label(self) -> str | Promise:
        return self.about.label


@cache
def asks() -> tuple[Ask, ...]:
    """Every field of the entry that the form asks for, in the document's order."""
    return tuple(ask for ask in _asks(EntryDocument) if ask.about.step)


def asked_in(step: Step) -> list[Ask]:
    """What one step of the form asks."""
    return [ask for ask in asks() if ask.about.step is step]


@cache
def ask(path: str) -> Ask | None:
    """The ask behind a place: `barriers.b2.code` and `barriers.code` are both the code of a barrier."""
    first, *rest = path.split(".")
    found = next((ask for ask in asks() if ask.name == first), None)
    if found is None or not rest or not found.parts:
        return found
    return next((part for part in found.parts if part.name == rest[-1]), found)


def _asks(model: type[BaseModel]) -> list[Ask]:
    schema = model.model_json_schema(mode="validation")
    found = []
    for name, info in model.model_fields.items():
        about = next((about for about in info.metadata if isinstance(about, About)), None)
        if about is not None:
            found.append(_ask(name, about, info.annotation, schema["properties"][name], info.is_required()))
    return found


def _ask(name: str, about: About, annotation: Any, schema: dict[str, Any], required: bool) -> Ask:
    part = _part(annotation)
    limits = _limits(schema)
    kind = _kind(about, annotation, limits)
    need = Need.SENDING if about.to_send else Need.PUBLICATION if required else Need.NONE
    return Ask(
        name,
        about,
        kind,
        need,
        limits.get("minLength", 0),
        limits.get("maxLength"),
        schema.get("maxItems"),
        tuple(_asks(part)) if part else (),
        bool(part and issubclass(part, Part)),
    )


def _limits(schema: dict[str, Any]) -> dict[str, Any]:
    """The limits of a value, also where it may be left empty."""
    alternatives: list[dict[str, Any]] = schema.get("anyOf", [schema])
    return next((option for option in alternatives if option.get("type") != "null"), schema)


def _part(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for inner in get_args(annotation) if (part := _part(inner))), None)


def _kind(about: About, annotation: Any, limits: dict[str, Any]) -> Kind:
    several = get_origin(annotation) is tuple
    if _part(annotation):
        return Kind.PARTS if several else Kind.PART
    if several:
        return Kind.PAIRS if get_origin(get_args(annotation)[0]) is tuple else Kind.SEVERAL
    if about.vocabulary == "language":
        return Kind.LANGUAGE
    if about.vocabulary:
        return Kind.ONE
    if limits.get("type") == "integer":
        return Kind.YEAR
    if str(limits.get("pattern", "")).startswith("^https"):
        return Kind.ADDRESS
    return Kind.LINE if limits.get("maxLength", 0) <= LONGEST_LINE else Kind.PROSE
