"""Finding each answer's place: by the small code beside it, else by the name of its question in any language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from precedent.audit.remembering import remembered
from precedent.forms.asks import asks
from precedent.forms.steps import PAGES
from precedent.forms.word import layout
from precedent.forms.word.answering import CHOOSE, WRITE_HERE
from precedent.forms.word.layout import Slot
from precedent.forms.word.scanning import Grid, Lines, Row
from precedent.forms.word.sheet import facts_in
from precedent.kernel.languages import LANGUAGES
from precedent.kernel.text import folded, one_line

MARK = re.compile(r"#(?P<path>[a-z_]+(\.[a-z0-9_]+)?)(\s+(?P<part>\S.*))?")
ROW_MARK = re.compile(r"#(?P<part>\S.*)")
NUMBERS = re.compile(r"^\d+\.")
NEW = "+"
"""Begins the name of a part that has no id yet."""


@dataclass(slots=True)
class Given:
    """A part as it was given: its id where it has one, its number in the form, and the lines of its fields."""

    id: str
    number: int
    fields: dict[str, Lines] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """Everything that was found: answers, parts, the facts of the last line, and what stands beside all that."""

    answers: dict[str, Lines] = field(default_factory=dict)
    parts: dict[str, list[Given]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    facts: dict[str, str] = field(default_factory=dict)
    beside: Lines = field(default_factory=list)
    under: str = ""
    """The field of the entry whose heading was met last: it tells which of two questions of one name is meant."""
    card: str = ""
    """The head of the card last met in this table."""
    tags: dict[tuple[str, str], Given] = field(default_factory=dict)


def gathered(blocks: Iterable[str | Grid]) -> Gathered:
    """Everything in a form."""
    found = Gathered()
    for block in blocks:
        if isinstance(block, Grid):
            _gather_table(block, found)
        else:
            _gather_line(block, found)
    return found


def _gather_line(line: str, found: Gathered) -> None:
    if facts := facts_in(line):
        found.facts |= facts
    elif text := one_line(line):
        found.under = names().headings.get(_numberless(text), found.under)
        found.beside.append(text)


def _numberless(text: str) -> str:
    return folded(one_line(NUMBERS.sub("", text)))


def _gather_table(table: Grid, found: Gathered) -> None:
    columns: dict[int, Slot] = {}
    number = 0
    found.card = ""
    for row in table.rows:
        if heads := _columns(row, found):
            columns, number = heads, 0
            found.seen |= {slot.path for slot in heads.values()}
            found.beside += [line for cell in row.cells for line in cell]
        elif columns:
            number += 1
            _gather_part(row, columns, number, found)
        else:
            _gather_answer(row, found)


def _columns(row: Row, found: Gathered) -> dict[int, Slot]:
    """The slots at the head of a grid, where this row is such a head."""
    marked = {at: slot for at, cell in enumerate(row.cells) if at and (slot := _marked(cell)[0])}
    if marked or (row.cells and _marked(row.cells[0])[0]):
        return marked
    heads = {at: _called(cell, found) for at, cell in enumerate(row.cells) if at}
    named = {at: slot for at, slot in heads.items() if slot and slot.many}
    return named if named and len(named) == len(heads) and not _called(row.cells[0], found) else {}


def _marked(cell: Lines) -> tuple[Slot | None, str]:
    """The slot whose code stands in a cell, and the part it names."""
    for line in reversed(cell):
        match = MARK.fullmatch(one_line(line))
        slot = layout.slots().get(match["path"]) if match else None
        if match and slot:
            return slot, match["part"] or ""
    return None, ""


def _called(cell: Lines, found: Gathered) -> Slot | None:
    """The slot that has this name in some language; of two, that under its own heading, and not answered yet."""
    name = next((folded(text) for line in cell if (text := one_line(line))), "")
    candidates = [layout.slots()[path] for path in names().slots.get(name, ())]
    here = [slot for slot in candidates if slot.group == found.under]
    card = found.tags.get((found.under, f"{NEW}{found.card}"))
    unanswered = [slot for slot in here if card is None or slot.inner not in card.fields]
    new = [slot for slot in candidates if slot.path not in found.seen]
    return next(iter(unanswered or here or new or candidates), None)


def _gather_part(row: Row, columns: dict[int, Slot], number: int, found: Gathered) -> None:
    """A row of a grid is a part."""
    first = next(iter(columns.values()))
    marks = [match["part"] for line in row.cells[0] if (match := ROW_MARK.fullmatch(one_line(line)))]
    part = Given(marks[0] if marks else "", number)
    found.parts.setdefault(first.group, []).append(part)
    for at, cell in enumerate(row.cells):
        if at in columns:
            part.fields[columns[at].inner] = part.fields.get(columns[at].inner, []) + cell
    found.beside += [line for line in row.cells[0] if not ROW_MARK.fullmatch(one_line(line))]


def _gather_answer(row: Row, found: Gathered) -> None:
    """A row with a question in its first cell, and the answer in what follows."""
    if not row.cells:
        return
    slot, tag = _marked(row.cells[0])
    slot = slot or (_called(row.cells[0], found) if len(row.cells) > 1 else None)
    found.beside += row.cells[0]
    answer = [line for cell in row.cells[1:] for line in cell]
    if slot is None:
        found.card = next((text for line in row.cells[0] if (text := one_line(line))), found.card)
        found.beside += answer
        return
    found.seen.add(slot.path)
    if not slot.many:
        found.answers[slot.path] = found.answers.get(slot.path, []) + answer
    elif tag or found.card:
        _part_called(slot, tag or f"{NEW}{found.card}", found).fields[slot.inner] = answer
    else:
        _gather_listed(slot, answer, found)


def _gather_listed(slot: Slot, answer: Lines, found: Gathered) -> None:
    """Each line is a part of its own."""
    parts = found.parts.setdefault(slot.group, [])
    for line in answer:
        parts.append(Given("", len(parts) + 1, {slot.inner: [line]}))


def _part_called(slot: Slot, tag: str, found: Gathered) -> Given:
    """The part of a name. Where it has that field already, the rows were copied: it is another part."""
    part = found.tags.get((slot.group, tag))
    if part is None or slot.inner in part.fields:
        parts = found.parts.setdefault(slot.group, [])
        copied = part is not None
        part = Given("" if copied or tag.startswith(NEW) else tag, len(parts) + 1)
        parts.append(part)
        found.tags[slot.group, tag] = part
    return part


@dataclass(frozen=True, slots=True)
class Names:
    """By folded name: the paths of slots, and the field below a heading, if any; what stands in an empty field."""

    slots: dict[str, list[str]]
    headings: dict[str, str]
    nothing: frozenset[str]


@remembered
def names() -> Names:
    """What everything is called, in all languages of the form."""
    slots: dict[str, list[str]] = {}
    headings: dict[str, str] = {}
    nothing: set[str] = set()
    for language in LANGUAGES:
        with override(language.code):
            for slot in [*layout.slots().values(), *layout.slots(short=True).values()]:
                slots.setdefault(folded(str(slot.label)), []).append(slot.path)
            headings |= {_numberless(f"1. {page.title}"): "" for page in PAGES}
            headings |= {folded(str(asked.label)): asked.name for asked in asks()}
            nothing |= {_(WRITE_HERE), _(CHOOSE)}
    return Names(slots, headings, frozenset(nothing))
