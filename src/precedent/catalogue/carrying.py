"""Which codes of the vocabularies entries carry, and what those stand for now. A published text never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from precedent.catalogue import queries
from precedent.catalogue.about import Field
from precedent.catalogue.document import EntryDocument, fields
from precedent.catalogue.records import Entry
from precedent.framework import queries as framework
from precedent.framework.records import Vocabulary


@dataclass(frozen=True, slots=True)
class Carried:
    """The published entries that carry a term, by number, and those of them that carry no other of its vocabulary.

    Where an entry has several fields of that vocabulary, all of them count.
    """

    entries: tuple[Entry, ...]
    only: tuple[Entry, ...]


def carried(vocabulary: Vocabulary, code: str) -> Carried:
    """Who carries a term, by its own code or by that of a term merged into it.

    One database query; it reads each text that has such a code anywhere.
    """
    asked = [field for field in fields() if field.about.vocabulary == vocabulary.code]
    standing_for = {known for known in vocabulary.by_code if vocabulary.current_code(known) == code}
    found, only = [], []
    for entry in queries.mentioning(standing_for):
        told = (value for field in asked for value in field.values(entry.document))
        codes = {vocabulary.current_code(value) for value in told}
        if code in codes:
            found.append(entry)
            if codes == {code}:
                only.append(entry)
    return Carried(tuple(found), tuple(only))


def with_successors(document: EntryDocument) -> EntryDocument:
    """The text with the successor's code for that of each merged term; the very same where it has none."""
    merged = {code: known for code, known in framework.vocabularies().items() if known.past_terms}
    replaced = [field for field in fields() if _stale(field, document, merged)]
    if not replaced:
        return document
    told: Any = document.model_dump(mode="json")
    for field in replaced:
        _follow(told, field.path, merged[str(field.about.vocabulary)])
    return EntryDocument.model_validate(told)


def _stale(field: Field, document: EntryDocument, merged: dict[str, Vocabulary]) -> bool:
    known = merged.get(field.about.vocabulary or "")
    return known is not None and any(known.current_code(code) != code for code in field.values(document))


def _follow(told: Any, path: tuple[str, ...], known: Vocabulary) -> None:
    """Replace what stands at the end of a path, in every part on the way."""
    *way, last = path
    for part in _parts(told, way):
        value = part.get(last)
        if isinstance(value, list):
            part[last] = list(dict.fromkeys(known.current_code(code) for code in value))
        elif value:
            part[last] = known.current_code(value)


def _parts(told: Any, way: list[str]) -> Iterator[dict[str, Any]]:
    if isinstance(told, list):
        for part in told:
            yield from _parts(part, way)
    elif told and not way:
        yield told
    elif told:
        yield from _parts(told.get(way[0]), way[1:])
