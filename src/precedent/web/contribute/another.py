"""How another entry told it: for each step, one that answers much of what is asked there."""

from dataclasses import dataclass

from precedent.audit.remembering import remembered
from precedent.catalogue import queries
from precedent.catalogue.about import Step
from precedent.catalogue.placing import document_today
from precedent.catalogue.records import Entry, number_of
from precedent.forms import draft as drafts
from precedent.forms.asks import Ask, asked_in
from precedent.forms.saying import said_value
from precedent.search import engine
from precedent.search.refusals import IndexAway
from precedent.search.request import parse

LOOKED_AT = 20
"""Entries among which the one is chosen."""
SHOWN = 2
"""Phrases of an answer that are shown: it is a model, not the entry."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, and what it answered to the questions of a step."""

    entry: Entry
    answers: tuple[tuple[Ask, tuple[str, ...]], ...]


def another(step: Step) -> Told | None:
    """An entry to compare with; None while search is coming back, or where the catalogue is empty."""
    try:
        entry = _chosen(step)
    except IndexAway:
        return None
    if entry is None:
        return None
    told = drafts.of(document_today(entry))
    answers = ((ask, tuple(said_value(ask, told.get(ask.name))[:SHOWN])) for ask in asked_in(step))
    return Told(entry, tuple((ask, said) for ask, said in answers if said))


@remembered
def _chosen(step: Step) -> Entry | None:
    hits = engine.ask(parse({"size": [str(LOOKED_AT)]})).hits
    numbers = [number for hit in hits if (number := number_of(hit.card.id)) is not None]
    entries = queries.entries(numbers).values()
    names = [ask.name for ask in asked_in(step)]
    return max(entries, key=lambda entry: sum(name in drafts.of(entry.document) for name in names), default=None)
