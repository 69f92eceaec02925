"""What is another one between two states of a vocabulary: told before it is done, and kept in the trail."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from precedent.framework.records import Term, TermStatus, Vocabulary
from precedent.kernel.languages import Texts


class What(StrEnum):
    """What was changed: of a term, or (`code` empty) of the vocabulary itself."""

    ADDED = "added"
    LABEL = "label"
    NOTE = "note"
    BROADER = "broader"
    PLACE = "place"
    MERGED = "merged"
    RETIRED = "retired"
    BROUGHT_BACK = "brought-back"
    TITLE = "title"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `was` and `now` are texts by language, codes, or places counted from 1."""

    vocabulary: str
    code: str
    what: What
    was: Any = None
    now: Any = None

    def as_data(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "vocabulary"}


def changes(before: Mapping[str, Vocabulary], now: Iterable[Vocabulary]) -> list[Change]:
    """Every change from one state of all vocabularies to another, in their order."""
    found: list[Change] = []
    kept = {code: place for place, code in enumerate(before, start=1)}
    for place, vocabulary in enumerate(now, start=1):
        was = before.get(vocabulary.code)
        if was is None:
            found.append(Change(vocabulary.code, "", What.ADDED, now=dict(vocabulary.title)))
            was = vocabulary.model_copy(update={"terms": ()})
        elif kept[vocabulary.code] != place:
            found.append(Change(vocabulary.code, "", What.PLACE, kept[vocabulary.code], place))
        found += between(was, vocabulary)
    return found


def between(was: Vocabulary, now: Vocabulary) -> list[Change]:
    """Every change of one vocabulary: its own, then term by term in the new order."""
    texts = ((What.TITLE, was.title, now.title), (What.NOTE, was.note or {}, now.note or {}))
    found = [Change(now.code, "", what, *_apart(old, new)) for what, old, new in texts if old != new]
    if was.source != now.source:
        found.append(Change(now.code, "", What.SOURCE, was.source, now.source))
    moved = _moved(was, now)
    for term in now.terms:
        old = was.by_code.get(term.code)
        found += _added(now, term) if old is None else _of_term(now, old, term)
        if old and term.code in moved:
            places = was.order[term.code] + 1, now.order[term.code] + 1
            found.append(Change(now.code, term.code, What.PLACE, *places))
    return found


def _added(now: Vocabulary, term: Term) -> Iterator[Change]:
    yield Change(now.code, term.code, What.ADDED, now=dict(term.label))
    if not term.is_current:
        yield _status(now, term)


def _of_term(now: Vocabulary, old: Term, term: Term) -> Iterator[Change]:
    if old.label != term.label:
        yield Change(now.code, term.code, What.LABEL, *_apart(old.label, term.label))
    if old.note != term.note:
        yield Change(now.code, term.code, What.NOTE, *_apart(old.note or {}, term.note or {}))
    if old.broader != term.broader:
        yield Change(now.code, term.code, What.BROADER, old.broader, term.broader)
    if (old.status, old.successor) != (term.status, term.successor):
        yield _status(now, term)


def _status(now: Vocabulary, term: Term) -> Change:
    if term.status is TermStatus.MERGED:
        return Change(now.code, term.code, What.MERGED, now=term.successor)
    return Change(now.code, term.code, What.BROUGHT_BACK if term.is_current else What.RETIRED)


def _apart(was: Texts, now: Texts) -> tuple[dict[str, str], dict[str, str]]:
    """The two texts in those languages in which they differ."""
    differing = [language for language in {**was, **now} if was.get(language) != now.get(language)]
    return (
        {language: was[language] for language in differing if language in was},
        {language: now[language] for language in differing if language in now},
    )


def _moved(was: Vocabulary, now: Vocabulary) -> set[str]:
    """The terms that stand at another place among those that both have; the fewest that explain it."""
    old = [term.code for term in was.terms if term.code in now.by_code]
    new = [term.code for term in now.terms if term.code in was.by_code]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {code for block in blocks for code in old[block.a : block.a + block.size]}
    return set(old) - stayed
