"""The tables of the form: a question a row, a part a row, or a part as a card of several rows."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.forms.asks import Ask, Kind, Need
from precedent.forms.draft import Draft
from precedent.forms.word import layout
from precedent.forms.word.answering import Hand, answer
from precedent.forms.word.layout import SPARE, Shape, Slot, Table
from precedent.forms.word.wordml import Voice, cell, row, said
from precedent.forms.word.wordml import table as ruled
from precedent.kernel.text import one_line

LABEL_WIDTH, ANSWER_WIDTH, NUMBER_WIDTH = 3300, 6338, 740
"""Widths of columns in twentieths of a point; together that of a sheet A4 without its margins."""
WEIGHTS = {Kind.PROSE: 3, Kind.LINE: 3, Kind.ADDRESS: 3, Kind.ONE: 2, Kind.LANGUAGE: 2, Kind.YEAR: 1}

NEEDS = {
    Need.SENDING: gettext_lazy("Needed to send it in"),
    Need.PUBLICATION: gettext_lazy("Needed for publication"),
    Need.NONE: "",
}
FOREIGN = frozenset({"title_original.text", "references.title"})
"""Texts in the language that their own part names."""
SIGNS = frozenset({Kind.ADDRESS})
"""Answers that run from left to right in every language."""

COUNTED = frozenset({Kind.LINE, Kind.PROSE})
"""Answers whose writer is told how long they may be."""

Part = dict[str, Any]


def table(told: Table, draft: Draft, hand: Hand, caption: str) -> Iterator[str]:
    """A table with its heading, and a little room below."""
    if told.about:
        caption = str(told.about.label)
        yield said(caption, "Heading2", hand.voice)
        needed = f"{NEEDS[told.about.need]}. " if told.about.need is not Need.NONE else ""
        yield said(f"{needed}{told.about.about.help}", "FormAdvice", hand.voice)
    widths = _widths(told.slots) if told.shape is Shape.GRID else [LABEL_WIDTH, ANSWER_WIDTH]
    rows = SHAPES[told.shape](told, draft, hand)
    description = _("Questions on the one side, room for the answers on the other.")
    yield ruled(rows, widths, caption, description, rtl=hand.voice.rtl)
    yield said("", "FormSpace", hand.voice)


def _rows(told: Table, draft: Draft, hand: Hand) -> Iterator[str]:
    """A question a row. In the short form a question of a part is asked once for each part."""
    for slot in told.slots:
        value = draft.get(slot.group)
        if slot.listed:
            yield _asked(slot, [part.get(slot.inner) for part in _parts(slot.group, value)], {}, draft, hand)
        elif not slot.inner:
            yield _asked(slot, value, {}, draft, hand)
        elif isinstance(value, list) and value:
            for number, part in enumerate(_parts(slot.group, value)):
                yield _asked(slot, part.get(slot.inner), part, draft, hand, _tag(part), helped=number == 0)
        else:
            part = {} if value is None else _part(slot.group, value)
            yield _asked(slot, part.get(slot.inner), part, draft, hand, "+1" if slot.many else "")


def _cards(told: Table, draft: Draft, hand: Hand) -> Iterator[str]:
    assert told.about is not None  # noqa: S101 - only parts stand on cards
    for number, part in enumerate(_with_spare(told.about, draft), start=1):
        head = str(told.about.about.each).format(number=number)
        yield row([cell(said(head, "FormCard", hand.voice), LABEL_WIDTH + ANSWER_WIDTH, wash=True, across=2)])
        tag = _tag(part) or f"+{number}"
        for slot in told.slots:
            yield _asked(slot, part.get(slot.inner), part, draft, hand, tag, helped=number == 1)


def _grid(told: Table, draft: Draft, hand: Hand) -> Iterator[str]:
    assert told.about is not None  # noqa: S101 - only parts stand in a grid
    widths = _widths(told.slots)
    heads = [_question(slot, hand, f"#{slot.path}") for slot in told.slots]
    number = said(_("No."), "FormLabel", hand.voice)
    washed = [cell(text, width, wash=True) for text, width in zip([number, *heads], widths, strict=True)]
    yield row(washed, head=True)
    for position, part in enumerate(_with_spare(told.about, draft), start=1):
        cells = [said(str(position), "FormNumber", hand.voice) + _mark(_marked(part), hand)]
        for slot in told.slots:
            cells.append(answer(slot, part.get(slot.inner), _voice(slot, part, draft, hand), hand, slot.path))
        made = [cell(text, width, wash=not at) for at, (text, width) in enumerate(zip(cells, widths, strict=True))]
        yield row(made)


SHAPES = {Shape.ROWS: _rows, Shape.CARDS: _cards, Shape.GRID: _grid}


def _widths(slots: Iterable[Slot]) -> list[int]:
    weights = [WEIGHTS[slot.kind] for slot in slots]
    room = LABEL_WIDTH + ANSWER_WIDTH - NUMBER_WIDTH
    return [NUMBER_WIDTH, *(room * weight // sum(weights) for weight in weights)]


def _with_spare(asked: Ask, draft: Draft) -> list[Part]:
    """The parts there are, and empty ones that wait."""
    parts = _parts(asked.name, draft.get(asked.name))
    most = asked.most or len(parts) + SPARE
    return [*parts, *[{}] * min(SPARE, max(most - len(parts), 0))]


def _parts(group: str, value: Any) -> list[Part]:
    """The parts of a field by the names of their slots; what is no part is put where its text belongs."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    return [_part(group, item) for item in items]


def _part(group: str, item: Any) -> Part:
    if isinstance(item, dict):
        return item
    if isinstance(item, list | tuple):
        return {str(number): end for number, end in enumerate(item)}
    slots = [slot for slot in layout.slots().values() if slot.group == group]
    text = next((slot for slot in slots if slot.vocabulary is None), slots[0])
    return {text.inner: item}


def _tag(part: Part) -> str:
    return one_line(str(part.get("id", "")))


def _marked(part: Part) -> str:
    return f"#{_tag(part)}" if _tag(part) else ""


def _asked(
    slot: Slot, value: Any, part: Part, draft: Draft, hand: Hand, tag: str = "", *, helped: bool = True
) -> str:
    """A row of question and answer."""
    mark = f"#{slot.path} {tag}".strip()
    question = cell(_question(slot, hand, mark, helped=helped), LABEL_WIDTH, wash=True)
    text = answer(slot, value, _voice(slot, part, draft, hand), hand, mark[1:])
    return row([question, cell(text, ANSWER_WIDTH)], whole=slot.kind is not Kind.PROSE)


def _question(slot: Slot, hand: Hand, mark: str, *, helped: bool = True) -> str:
    """What is asked: its label, help and example, and the small code by which the answer finds its place."""
    told = [("FormLabel", str(slot.label))]
    if helped:
        told += [("FormNeed", str(NEEDS[slot.need])), ("FormHint", _hint(slot)), ("FormExample", _example(slot))]
    return "".join(said(text, style, hand.voice) for style, text in told if text) + _mark(mark, hand)


def _mark(mark: str, hand: Hand) -> str:
    """A code in small print."""
    return said(mark, "FormMark", Voice("en", hand.language)) if mark else ""


def _hint(slot: Slot) -> str:
    counted = slot.longest and slot.kind in COUNTED
    longest = _("At most {count} characters.").format(count=slot.longest) if counted else ""
    most = _("At most {count}, one a line.").format(count=slot.most) if slot.most else ""
    several = _("One a line.") if slot.kind is Kind.SEVERAL and not most else ""
    return " ".join(filter(None, (str(slot.help), longest, most, several)))


def _example(slot: Slot) -> str:
    return _("Example: {example}").format(example=slot.example) if slot.example else ""


def _voice(slot: Slot, part: Part, draft: Draft, hand: Hand) -> Voice:
    """In which language an answer speaks."""
    if slot.kind in SIGNS:
        return Voice("en", hand.language)
    return hand.speaking(part.get("language") if slot.path in FOREIGN else draft.get("language"))
