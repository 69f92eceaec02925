"""What became of questions and headings from one edition to the next, as readers of old addresses need it."""

from dataclasses import dataclass

from precedent.framework import queries
from precedent.framework.lineage import Change, Fate, changes, every_part, placed
from precedent.framework.records import Edition, EditionStatus, Item


@dataclass(frozen=True, slots=True)
class Past:
    """A code that is no more: its last text, the edition that had it, and what stands for it now."""

    item: Item
    edition: Edition
    now: tuple[Item, ...]

    @property
    def was_taken_back(self) -> bool:
        """Was it only in a text that was taken back?"""
        return self.edition.status is EditionStatus.DRAFT


def became(edition: Edition) -> list[Change]:
    """What the edition after this one did to each question and heading; what it kept is not told."""
    following = next((after for after in queries.editions() if after.number == edition.number + 1), None)
    if following is None:
        return []
    return [change for change in changes(edition, following) if change.fate is not Fate.KEPT]


def gone() -> dict[str, Past]:
    """Every code that was in force and is no more, with what stands for it."""
    lineage, current = queries.lineage(), queries.current_edition()
    last: dict[str, tuple[Item, Edition]] = {}
    # What was in force counts before what was taken back.
    for text in sorted(lineage, key=lambda text: text.status is not EditionStatus.DRAFT):
        last |= {code: (item, text) for code, item in text.items.items()}
    return {
        code: Past(item, text, now_of(code))
        for code, (item, text) in sorted(last.items())
        if code not in current.items
    }


def now_of(code: str) -> tuple[Item, ...]:
    """What stands for a code in the edition in force: itself, what it was merged or split into, or nothing."""
    lineage, current = queries.lineage(), queries.current_edition()
    codes = placed((code,), lineage, current.number, every_part(lineage)).codes
    return tuple(current.items[code] for code in codes)
