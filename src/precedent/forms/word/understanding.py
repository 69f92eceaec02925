"""From lines on paper to a draft: codes for choices, numbers for years, texts as they were written.

What is no choice stays in the draft as it was written, with a finding that says what may be meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from precedent.catalogue.records import Finding
from precedent.forms import matching
from precedent.forms.asks import Kind
from precedent.forms.draft import Draft, is_blank, tidy
from precedent.forms.word import layout
from precedent.forms.word.gathering import Gathered, Given, names
from precedent.forms.word.layout import Shape, Slot
from precedent.forms.word.scanning import Lines
from precedent.forms.word.sheet import Made, SheetFinding
from precedent.kernel.text import one_line

BETWEEN_CHOICES = re.compile(r"[;；؛,，،、]")
YEAR = re.compile(r"-?\d{1,6}")


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Something written that is not understood: at which question, of which part, counted among those kept."""

    slot: Slot
    written: str
    where: str
    position: int | None = None


def understood(found: Gathered, made: Made) -> tuple[Draft, list[SheetFinding]]:
    """The draft that a form tells, and what in it is not understood, in the form's order."""
    told: Draft = {}
    troubles: list[_Trouble] = []
    for slot in layout.slots().values():
        if slot.many:
            continue
        value, wrong = _value(slot, found.answers.get(slot.path, []), made.language)
        _put(told, slot, value)
        troubles += [_Trouble(slot, written, place_on_paper(slot, made.short)) for written in wrong]
    for group, parts in found.parts.items():
        told[group], more = _parts(group, parts, made)
        troubles += more
    tidied = tidy(told)
    order = {path: position for position, path in enumerate(layout.slots())}
    troubles.sort(key=lambda trouble: order[trouble.slot.path])
    return tidied, [_finding(trouble, tidied, made.language) for trouble in troubles]


def _put(told: Draft, slot: Slot, value: Any) -> None:
    if slot.inner:
        told.setdefault(slot.group, {})[slot.inner] = value
    else:
        told[slot.path] = value


def _parts(group: str, parts: list[Given], made: Made) -> tuple[list[Any], list[_Trouble]]:
    """The parts of a field that say something."""
    slots = [slot for slot in layout.slots().values() if slot.group == group]
    kept: list[Any] = []
    troubles = []
    for given in parts:
        part: dict[str, Any] = {"id": given.id} if given.id else {}
        wrong = []
        for slot in slots:
            part[slot.inner], strange = _value(slot, given.fields.get(slot.inner, []), made.language)
            where = place_on_paper(slot, made.short, given.number)
            wrong += [_Trouble(slot, written, where, len(kept)) for written in strange]
        if not is_blank(part):
            kept.append(_pair(part) if slots[0].inner.isdecimal() else part)
            troubles += wrong
    return kept, troubles


def _pair(part: dict[str, Any]) -> list[str]:
    return [part.get(end) or "" for end in ("0", "1")]


def _value(slot: Slot, lines: Lines, language: str) -> tuple[Any, list[str]]:
    """What was answered, and what in it is not understood."""
    said = [text for line in lines if (text := _said(line))]
    text = one_line(" ".join(said))
    if slot.kind is Kind.YEAR:
        return (int(text), []) if YEAR.fullmatch(text) else (text, [text] if text else [])
    if slot.vocabulary is None:
        return text, []
    if slot.kind is not Kind.SEVERAL:
        return _chosen(text, slot.vocabulary, language) if text else ("", [])
    chosen = [one for line in said for one in _each_chosen(line, slot.vocabulary, language)]
    return [value for value, _wrong in chosen], [written for _value, wrong in chosen for written in wrong]


def _said(line: str) -> str:
    """A line without what stands in an empty field, which some programs leave in front of what is typed."""
    text = one_line(line)
    for nothing in names().nothing:
        text = one_line(text.removeprefix(nothing).removesuffix(nothing))
    return text


def _chosen(text: str, vocabulary: str, language: str) -> tuple[str, list[str]]:
    match = matching.code_for(text, vocabulary, language)
    return (match.code, []) if match.code else (text, [text])


def _each_chosen(line: str, vocabulary: str, language: str) -> Iterator[tuple[str, list[str]]]:
    """The choice in a line; or the choices, where somebody wrote several into it and each is known."""
    whole = _chosen(line, vocabulary, language)
    pieces = [piece for part in BETWEEN_CHOICES.split(line) if (piece := part.strip())] if whole[1] else []
    each = [_chosen(piece, vocabulary, language) for piece in pieces]
    yield from each if len(each) > 1 and not any(wrong for _code, wrong in each) else [whole]


def _finding(trouble: _Trouble, told: Draft, language: str) -> SheetFinding:
    place, vocabulary = _place(trouble, told), trouble.slot.vocabulary
    found = matching.finding(place, trouble.written, vocabulary, language) if vocabulary else None
    if found is None:
        message = _("“{written}” is not a year").format(written=trouble.written[:80])
        found = Finding(place, "year-invalid", message, _("Write the year in four digits."))
    return SheetFinding(found.field, found.code, found.message, found.hint, trouble.where)


def _place(trouble: _Trouble, told: Draft) -> str:
    """The place in the draft: a part by its id, or by its number where it has none."""
    if trouble.position is None:
        return trouble.slot.path
    part = told[trouble.slot.group][trouble.position]
    name = part["id"] if isinstance(part, dict) and "id" in part else str(trouble.position)
    inner = trouble.slot.inner
    return f"{trouble.slot.group}.{name}" if inner.isdecimal() else f"{trouble.slot.group}.{name}.{inner}"


def place_on_paper(slot: Slot, short: bool, number: int = 0) -> str:
    """Where a question stands for whoever holds the form: “Section 2, Countries, row 3”."""
    label = str(layout.slots(short).get(slot.path, slot).label)
    section = layout.section_numbers()[slot.group]
    table = layout.table_of(slot.group)
    if short:
        return label
    if not number or table.about is None:
        return _("Section {section}, {label}").format(section=section, label=label)
    if table.shape is Shape.GRID:
        told = _("Section {section}, {label}, row {row}")
        return told.format(section=section, label=table.about.label, row=number)
    part = str(table.about.about.each).format(number=number)
    return _("Section {section}, {part}, {label}").format(section=section, part=part, label=label)
