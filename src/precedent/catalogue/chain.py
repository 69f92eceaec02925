"""An entry's story as chains: measures stand with the barriers they share, so that no line crosses."""

from dataclasses import dataclass

from precedent.catalogue.document import EntryDocument
from precedent.catalogue.parts import Barrier, Measure


@dataclass(frozen=True, slots=True)
class Link:
    """Barriers and the measures against them. Either side may be empty: what is missing is shown as missing."""

    barriers: tuple[tuple[int, Barrier], ...]
    measures: tuple[tuple[int, Measure, tuple[int, ...]], ...]
    """Each measure with its number and the numbers of the barriers it is told to overcome."""


def links(document: EntryDocument) -> list[Link]:
    """The chains of an entry: its barriers and measures, each once, in the order in which they are told."""
    barriers = dict(enumerate(document.barriers, start=1))
    against = {
        number: tuple(b for b, barrier in barriers.items() if barrier.code in measure.overcomes)
        for number, measure in enumerate(document.measures, start=1)
    }
    groups: list[set[int]] = [{number} for number in barriers]
    for numbers in against.values():
        touched = [group for group in groups if group & set(numbers)]
        if len(touched) > 1:
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    found = []
    for group in sorted(groups, key=min):
        measures = [number for number, numbers in against.items() if set(numbers) & group]
        found.append(_link(document, sorted(group), measures, against))
    loose = [number for number, numbers in against.items() if not numbers]
    return found + [_link(document, [], [number], against) for number in loose]


def _link(
    document: EntryDocument, barriers: list[int], measures: list[int], against: dict[int, tuple[int, ...]]
) -> Link:
    return Link(
        tuple((number, document.barriers[number - 1]) for number in barriers),
        tuple((number, document.measures[number - 1], against[number]) for number in measures),
    )
