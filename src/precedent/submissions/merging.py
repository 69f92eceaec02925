"""Two people changed one text: what each changed is kept; where both changed one field, both texts are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from precedent.forms.draft import Draft


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed, each in another way. A value is None where the field was emptied."""

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    draft: Draft
    clashes: tuple[Clash, ...]


def merge(base: Draft, mine: Draft, theirs: Draft, fields: Iterable[str]) -> Merged:
    """What both changed since `base`, together. Of `mine`, only `fields` count; where they clash, mine stands."""
    draft, clashes = dict(theirs), []
    for name in fields:
        was, wanted, stands = base.get(name), mine.get(name), theirs.get(name)
        if wanted in (was, stands):
            continue
        if stands != was:
            clashes.append(Clash(name, wanted, stands))
        if wanted is None:
            draft.pop(name, None)
        else:
            draft[name] = wanted
    return Merged(draft, tuple(clashes))
