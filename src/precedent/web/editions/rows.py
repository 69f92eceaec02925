"""A draft beside the edition in force, item by item: what a reader of both pages would notice."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from precedent.forms.difference import Change, words
from precedent.framework.lineage import Fate, fate
from precedent.framework.records import Edition, IssueArea, Item, Perspective, Question
from precedent.framework.revising import Place, items_at
from precedent.kernel.languages import FALLBACK, current
from precedent.web.editions.typed import missing, stale


@dataclass(frozen=True)
class Row:
    """An item of either text: as it `was`, as it is `now`, and where its matter went if it is no more (`into`).

    `whole`: the code that it is a part of. `moved`: it stands elsewhere among those that stay.
    """

    was: Item | None
    now: Item | None
    fate: Fate
    into: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    moved: bool = False
    first: bool = False
    last: bool = False

    @property
    def code(self) -> str:
        item = self.now or self.was
        return item.code if item else ""

    @cached_property
    def language(self) -> str:
        """The language in which the difference is shown: the page's, where something changed in it."""
        if self.was and self.now:
            for code in (current().code, FALLBACK, *self.now.text):
                if self.was.text.get(code, "") != self.now.text.get(code, ""):
                    return code
        return FALLBACK

    @cached_property
    def difference(self) -> Change | None:
        """Word by word, where the wording changed."""
        if not self.was or not self.now or self.was.text == self.now.text:
            return None
        was, now = (item.text.get(self.language, "") for item in (self.was, self.now))
        return Change(self.code, self.code, words(was, now))

    @property
    def stressed(self) -> bool | None:
        """Is it emphasised now (or no more)? None: that did not change."""
        if isinstance(self.was, Question) and isinstance(self.now, Question):
            return self.now.emphasised if self.was.emphasised != self.now.emphasised else None
        return None

    @property
    def changes(self) -> bool:
        return self.fate is not Fate.KEPT or self.moved or self.difference is not None or self.stressed is not None

    @property
    def stale(self) -> tuple[str, ...]:
        return stale(self.was.text, self.now.text) if self.was and self.now else ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages without a text; of what stands as it stood nothing new is missing."""
        return missing(self.now.text) if self.now and self.changes else ()


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one place: the questions of an area, or its headings of one perspective."""

    place: Place
    rows: tuple[Row, ...]

    @property
    def changes(self) -> bool:
        return any(row.changes for row in self.rows)


@dataclass(frozen=True, slots=True)
class Area:
    was: IssueArea | None
    now: IssueArea
    groups: tuple[Group, ...]

    @property
    def changes(self) -> bool:
        """Do its own texts differ? Its items are not asked."""
        return self.was is None or any(
            getattr(self.was, part) != getattr(self.now, part) for part in ("title", "short_title", "scope")
        )


def beside(before: Edition, draft: Edition) -> list[Area]:
    """Every item of both texts, once, area by area."""
    found = []
    for area in draft.issue_areas:
        places = [Place(area.code), *(Place(area.code, side) for side in Perspective)]
        groups = tuple(Group(place, tuple(rows(before, draft, place))) for place in places)
        found.append(Area(before.areas.get(area.code), area, groups))
    return found


def row(before: Edition, draft: Edition, code: str) -> Row | None:
    """One item of either text."""
    return next((r for a in beside(before, draft) for g in a.groups for r in g.rows if r.code == code), None)


def rows(before: Edition, draft: Edition, place: Place) -> Iterator[Row]:
    """What stands at a place in the draft's order; what is no more follows what it stood behind."""
    old = items_at(before, place) if place.area in before.areas else ()
    new = items_at(draft, place)
    elsewhere = _moved([item.code for item in old], [item.code for item in new])
    whole = {part: code for code, parts in draft.successors.items() if len(parts) > 1 for part in parts}
    gone = _gone(old, new, draft)
    yield from gone.pop("", [])
    for at, item in enumerate(new):
        yield from gone.pop(f"before {item.code}", [])
        was = before.items.get(item.code)
        same = was is not None and was.text.get(FALLBACK) == item.text.get(FALLBACK)
        yield Row(
            was,
            item,
            Fate.NEW if was is None else Fate.KEPT if same else Fate.REWORDED,
            whole=tuple(filter(None, [whole.get(item.code)])),
            moved=item.code in elsewhere,
            first=at == 0,
            last=at == len(new) - 1,
        )
        yield from gone.pop(item.code, [])


def _gone(old: tuple[Item, ...], new: tuple[Item, ...], draft: Edition) -> dict[str, list[Row]]:
    """Rows of what is no more, by what they follow; what was split stands right before its first part."""
    stay = {item.code for item in new}
    found: dict[str, list[Row]] = {}
    behind = ""
    for item in old:
        if item.code in stay:
            behind = item.code
            continue
        into = draft.successors.get(item.code, ())
        first = next((new_item.code for new_item in new if new_item.code in into), "") if len(into) > 1 else ""
        known = fate(item.code, draft)
        told = Row(item, None, Fate.RETIRED if known is Fate.KEPT else known, into=into)
        found.setdefault(f"before {first}" if first else behind, []).append(told)
    return found


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Those that stand elsewhere: all that are not in the longest run which keeps its order."""
    was = {code: at for at, code in enumerate(old)}
    order = [was[code] for code in new if code in was]
    best: list[list[int]] = []
    for at in order:
        longest = max((run for run in best if run[-1] < at), key=len, default=[])
        best.append([*longest, at])
    stay = {old[at] for at in max(best, key=len, default=[])}
    return {code for code in new if code in was} - stay
