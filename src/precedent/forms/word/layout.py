"""What stands where in the Word form: sections, tables and slots, drawn from the form's single definition.

A slot is a question and the place of its answer. Its path stands in the file in small print (`#barriers.text`), so
that the answer is found after any program has saved the file, in whichever language the form is.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.forms.asks import Ask, Kind, Need, asked_in
from precedent.forms.draft import Draft, place_label
from precedent.forms.steps import PAGES, Page

WIDEST_GRID = 3
"""Parts with more fields than this stand below one another, each as a card; else a part is a row."""
SPARE = 3
"""Empty parts and lines that wait to be filled."""


class Shape(StrEnum):
    """How a table asks: a question a row, a part a row, or a part as a card of several rows."""

    ROWS = "rows"
    GRID = "grid"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class Slot:
    """A question: `title`; or one of each part, `barriers.text`, which is `many`.

    `listed`: all parts answer it in one place, line by line.
    """

    path: str
    label: str | Promise
    kind: Kind
    help: str | Promise = ""
    example: str | Promise = ""
    vocabulary: str | None = None
    need: Need = Need.NONE
    longest: int | None = None
    most: int | None = None
    many: bool = False
    listed: bool = False

    @property
    def group(self) -> str:
        return self.path.split(".")[0]

    @property
    def inner(self) -> str:
        """Its name inside its part; empty where it is a field of the entry itself."""
        return self.path.partition(".")[2]

    @property
    def several(self) -> bool:
        """Is it answered in several lines, one for each choice?"""
        return self.kind is Kind.SEVERAL or self.listed


@dataclass(frozen=True, slots=True)
class Table:
    """Slots that stand together. `about` is the field whose parts a grid or its cards hold."""

    shape: Shape
    slots: tuple[Slot, ...]
    about: Ask | None = None


@dataclass(frozen=True, slots=True)
class Section:
    number: int
    page: Page
    tables: tuple[Table, ...]


@cache
def sections() -> tuple[Section, ...]:
    """The whole form, one section for each of its steps."""
    return tuple(
        Section(number, page, tuple(_tables(asked_in(page.step)))) for number, page in enumerate(PAGES, start=1)
    )


def _tables(asked: list[Ask]) -> list[Table]:
    """Plain questions that follow one another share a table; parts have one of their own."""
    found: list[Table] = []
    plain: list[Slot] = []
    for each in asked:
        if each.kind not in (Kind.PARTS, Kind.PAIRS):
            plain += slots_of(each)
            continue
        if plain:
            found.append(Table(Shape.ROWS, tuple(plain)))
            plain = []
        slots = slots_of(each)
        found.append(Table(Shape.GRID if len(slots) <= WIDEST_GRID else Shape.CARDS, slots, each))
    return [*found, Table(Shape.ROWS, tuple(plain))] if plain else found


def slots_of(asked: Ask) -> tuple[Slot, ...]:
    """The questions of a field: one, or one for each field of its part, or the two ends of a pair."""
    if asked.kind is Kind.PAIRS:
        ends = ((f"{asked.name}.0", _("From")), (f"{asked.name}.1", _("To")))
        return tuple(
            Slot(path, label, Kind.ONE, vocabulary=asked.about.vocabulary, many=True) for path, label in ends
        )
    if asked.kind in (Kind.PART, Kind.PARTS):
        many = asked.kind is Kind.PARTS
        # What a part needs is needed only where there is a part; its table says what is needed of all.
        return tuple(
            replace(_slot(f"{asked.name}.{part.name}", part), need=Need.NONE, many=many) for part in asked.parts
        )
    return (_slot(asked.name, asked),)


def _slot(path: str, asked: Ask) -> Slot:
    about = asked.about
    return Slot(
        path,
        about.label,
        asked.kind,
        about.help,
        about.example,
        about.vocabulary,
        asked.need,
        asked.longest,
        asked.most,
    )


SHORT: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    ("title", "", ""),
    ("summary", "", ""),
    ("countries.code", _("Where"), _("One country a line.")),
    ("barriers.text", _("What stood in the way"), ""),
    ("measures.text", _("What was done about it"), ""),
    ("results.text", _("What came of it"), ""),
    ("lessons.text", _("What did not work, and for whom"), ""),
    ("references.url", _("A public page or document that shows it"), ""),
    ("references.title", "", ""),
)
"""What the one-page form asks: the path, and where it asks otherwise than the whole form, with which words."""

LINE_BY_LINE = frozenset({"countries.code"})


@cache
def short_table() -> Table:
    """The one-page form."""
    return Table(Shape.ROWS, tuple(_shortened(*told) for told in SHORT))


def _shortened(path: str, label: str | Promise, help: str | Promise) -> Slot:
    full = next(
        slot for section in sections() for table in section.tables for slot in table.slots if slot.path == path
    )
    asked = replace(full, label=label or full.label, help=help or full.help, example="")
    return replace(asked, listed=path in LINE_BY_LINE)


def tables(short: bool) -> list[Table]:
    """Every table of a form, in its order."""
    return [short_table()] if short else [table for section in sections() for table in section.tables]


@cache
def slots(short: bool = False) -> dict[str, Slot]:
    """Every slot of a form by its path."""
    return {slot.path: slot for table in tables(short) for slot in table.slots}


@cache
def section_numbers() -> dict[str, int]:
    """In which section each field of the entry is asked."""
    return {
        slot.group: section.number for section in sections() for table in section.tables for slot in table.slots
    }


@cache
def table_of(group: str) -> Table:
    """The table of the whole form in which a field of the entry is asked."""
    return next(table for table in tables(False) if any(slot.group == group for slot in table.slots))


def where(place: str, told: Draft) -> str:
    """Where in the form a place of the draft is: “Section 3, Barrier 2: the barrier as it stood”."""
    number = section_numbers().get(place.split(".")[0])
    label = place_label(place, told)
    return str(_("Section {number}, {label}")).format(number=number, label=label) if number else label
