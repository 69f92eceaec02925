"""What the API answers, as types; `openapi.json` is made from them and from the declared facets."""

from copy import copy
from typing import Any

from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo

from precedent.catalogue.about import About
from precedent.catalogue.document import EntryDocument
from precedent.search import facets
from precedent.search.dimensions import DIMENSIONS
from precedent.search.request import LARGEST_PAGE, LONGEST_QUERY, PAGE_SIZE, Sort


class Item(BaseModel):
    """An entry in a list."""

    id: str = Field(examples=["PPD-000123"])
    url: str
    title: str
    language: str
    entry_kind: str
    summary: str
    countries: list[str]
    year_start: int | None
    year_end: int | None
    areas: list[str]
    perspectives: list[str]
    unconfirmed: bool = Field(description="Compiled from public sources and not yet confirmed by its owner.")
    verified: bool = Field(description="Checked by somebody besides who gave it, or confirmed by its owner.")


class Entries(BaseModel):
    """A page of a list. `next` is the address of the following page."""

    count: int
    items: list[Item]
    next: str | None


class Choice(BaseModel):
    code: str
    label: str
    count: int


class Facets(BaseModel):
    """How many entries of the list carry each code; a facet's own choices do not shrink its own counts."""

    count: int
    facets: dict[str, list[Choice]]


class Named(BaseModel):
    code: str
    label: str


class Cell(BaseModel):
    """Entries and distinct countries where a row and a column cross; `url` lists exactly those entries."""

    row: str
    column: str
    count: int
    countries: int
    url: str


class Coverage(BaseModel):
    """Two dimensions crossed. `count`: the entries that are counted at all."""

    edition: int
    count: int
    rows: list[Named]
    columns: list[Named]
    cells: list[Cell]


class Problem(BaseModel):
    """A refusal, after RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    message: str
    hint: str


_ADDED: dict[str, Any] = {
    "id": (str, Field(examples=["PPD-000123"])),
    "url": (str, ...),
    "revision": (int, ...),
    "revised_at": (str, ...),
    "published_at": (str, ...),
    "provenance": (str, Field(description="compiled (from public sources) or contributed")),
    "confirmed_on": (str | None, ...),
    "verified": (bool, ...),
    "sha256": (str, Field(description="Fingerprint of the revision's document")),
}


def _described(info: FieldInfo) -> FieldInfo:
    """The field with what is declared about it as its description."""
    about = next((about for about in info.metadata if isinstance(about, About)), None)
    if about is None:
        return info
    described = copy(info)
    described.description = f"{about.label}. {about.help}"
    return described


_TOLD: dict[str, Any] = {
    name: (info.annotation, _described(info)) for name, info in EntryDocument.model_fields.items()
}

WholeEntry: type[BaseModel] = create_model(
    "WholeEntry", __doc__="An entry, whole.", **(_ADDED | _TOLD | {"lessons": (list[str], ...)})
)
"""The document's own fields, so that a field added there is a field of the API."""


def parameters() -> list[dict[str, Any]]:
    """Every parameter of a search, for `openapi.json`."""
    year = {"type": "integer", "minimum": 1850, "maximum": 2100}
    single: dict[str, tuple[dict[str, Any], str]] = {
        "q": (
            {"type": "string", "maxLength": LONGEST_QUERY},
            "Words; “quoted” for a phrase, -word to leave out",
        ),
        "year_from": (year, "Going on in or after this year"),
        "year_to": (year, "Going on in or before this year"),
        "edition": ({"type": "integer"}, "Edition of the framework"),
        "sort": ({"type": "string", "enum": [sort.value for sort in Sort]}, "Order of the list"),
        "page": ({"type": "integer", "minimum": 1}, "Page of the list"),
        "size": (
            {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
            "Entries a page",
        ),
        "cursor": ({"type": "string"}, "Where the following page begins; taken from `next`"),
    }
    told = [_parameter(name, schema, means) for name, (schema, means) in single.items()]
    codes = {"type": "array", "items": {"type": "string"}}
    return told + [_parameter(name, codes, str(facet.label)) for name, facet in facets.facets().items()]


def coverage_parameters() -> list[dict[str, Any]]:
    """Every parameter of coverage: those of a search but for its order and pages, and the two dimensions."""
    dimension = {"type": "string", "enum": list(DIMENSIONS)}
    own = [
        _parameter("rows", dimension | {"default": "question"}, "What a row is"),
        _parameter("columns", dimension | {"default": "perspective"}, "What a column is"),
    ]
    return own + [told for told in parameters() if told["name"] not in ("sort", "page", "size", "cursor")]


def _parameter(name: str, schema: dict[str, Any], means: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "schema": schema, "description": means, "required": False}
