"""Keeping a vocabulary: each move takes it as it stands and gives the next one. No database here.

A code is for ever, and what was retired or merged stays, so that every old code still says what it meant and what
stands for it now. What must hold of every vocabulary is told by `faults`, for moves and for files.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from precedent.framework.records import Term, TermStatus, Vocabulary
from precedent.framework.refusals import NoSuchTerm, TermInvalid
from precedent.kernel.languages import BY_CODE, FALLBACK, Texts
from precedent.kernel.text import INVISIBLE

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
LONGEST_CODE = 60
LONGEST = 300
"""Characters of a label or a note."""


NEEDED = {
    "perspective": ("destination", "origin", "transit", "corridor"),
    "direction": ("south-south", "south-north", "north-north", "north-south"),
    "status": ("ongoing", "pilot"),
    "level": ("regional", "global"),
    "outcome": ("positive", "mixed", "negative", "not-known"),
    "evidence": ("none-stated", "independent-evaluation", "comparative-study"),
}
"""Terms that pages and counts know by their codes. Their labels may change; they stay in use."""

TWICE = _("this code is used already; a code is never used twice")


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold of a term. `field` is the record's; `language` where it is about one text of several."""

    code: str
    field: str
    reason: str
    language: str = ""


def texts(told: Texts) -> dict[str, str]:
    """Typed texts, tidy; languages without one left out. A space that does not break is meant: French has it."""
    return {language: tidy for language, text in told.items() if (tidy := _tidy(text))}


def _tidy(text: str) -> str:
    return BLANKS.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()


# ---------- what has to hold ----------


def faults(vocabulary: Vocabulary) -> Iterator[Fault]:
    """Everything that does not hold, term by term. Nothing, where the vocabulary is sound."""
    known: set[str] = set()
    for term in vocabulary.terms:
        if term.code in known:
            yield Fault(term.code, "code", str(TWICE))
        known.add(term.code)
        if term.status is not TermStatus.CURRENT and term.code in NEEDED.get(vocabulary.code, ()):
            yield Fault(term.code, "status", str(_("pages and counts need this term, so it stays in use")))
    for term in vocabulary.terms:
        yield from _of_code(term)
        yield from text_faults(term.code, "label", term.label)
        if term.note is not None:
            yield from text_faults(term.code, "note", term.note)
        yield from _of_broader(vocabulary, term)
        yield from _of_status(vocabulary, term)


def text_faults(code: str, field: str, told: Texts) -> Iterator[Fault]:
    """What does not hold of a text in several languages."""
    if not told.get(FALLBACK):
        yield Fault(code, field, str(_("the English text is missing")), FALLBACK)
    for language, text in told.items():
        if language not in BY_CODE:
            reason = str(_("“{language}” is none of the six languages")).format(language=language)
            yield Fault(code, field, reason, language)
        if len(text) > LONGEST:
            reason = str(_("this text has more than {most} characters")).format(most=LONGEST)
            yield Fault(code, field, reason, language)


def _of_code(term: Term) -> Iterator[Fault]:
    if not CODE.fullmatch(term.code) or len(term.code) > LONGEST_CODE:
        reason = _("a code has small letters a to z and digits, with single hyphens between, at most {most}")
        yield Fault(term.code, "code", str(reason).format(most=LONGEST_CODE))


def _of_broader(vocabulary: Vocabulary, term: Term) -> Iterator[Fault]:
    if term.broader is None:
        return
    above = vocabulary.by_code.get(term.broader)
    if above is None:
        reason = _("there is no term “{broader}”")
    elif not above.is_current:
        reason = _("“{broader}” is not in use any more")
    elif term.code == term.broader:
        reason = _("a term cannot be its own broader term")
    elif term.code in vocabulary.with_broader(term.broader):
        reason = _("“{broader}” stands below this term, so it cannot be the broader one")
    elif not _ends(term.code, lambda code: vocabulary.by_code[code].broader):
        reason = _("its broader terms go round in a circle")
    else:
        return
    yield Fault(term.code, "broader", str(reason).format(broader=term.broader))


def _of_status(vocabulary: Vocabulary, term: Term) -> Iterator[Fault]:
    if term.status is not TermStatus.MERGED:
        if term.successor is not None:
            yield Fault(term.code, "successor", str(_("only a merged term has a successor")))
        return
    if term.successor is None:
        yield Fault(term.code, "successor", str(_("a merged term names its successor")))
        return
    if term.successor not in vocabulary.by_code:
        reason = _("there is no term “{into}”")
    elif term.successor == term.code:
        reason = _("a term cannot be merged into itself")
    elif not _ends(term.code, lambda code: vocabulary.by_code[code].successor):
        reason = _("terms are merged in a circle: “{into}” leads back to this one")
    else:
        return
    yield Fault(term.code, "successor", str(reason).format(into=term.successor))


def _ends(code: str, following: Callable[[str], str | None]) -> bool:
    """Does a chain come to an end? One that leads to an unknown code is told of there."""
    seen: set[str] = set()
    at: str | None = code
    while at is not None and at not in seen:
        seen.add(at)
        try:
            at = following(at)
        except KeyError:
            return True
    return at is None


# ---------- moves ----------


def added(
    vocabulary: Vocabulary,
    code: str,
    label: Texts,
    note: Texts,
    broader: str | None = None,
    place: int | None = None,
) -> Vocabulary:
    """A new term, at a place among the current ones, or the last. Raises TermInvalid."""
    if code in vocabulary.by_code:
        raise _refused(vocabulary, code, "code", TWICE)
    made = Term(code=code, label=texts(label), note=texts(note) or None, broader=broader or None)
    wider = _sound(vocabulary.model_copy(update={"terms": (*vocabulary.terms, made)}))
    return wider if place is None else placed(wider, code, place)


def retold(vocabulary: Vocabulary, code: str, label: Texts, note: Texts, broader: str | None) -> Vocabulary:
    """A term with other labels, another note, another broader term. Raises NoSuchTerm, TermInvalid."""
    update = {"label": texts(label), "note": texts(note) or None, "broader": broader or None}
    return _sound(_with(vocabulary, {_of(vocabulary, code).code: update}))


def placed(vocabulary: Vocabulary, code: str, place: int) -> Vocabulary:
    """A current term at another place among the current ones, counted from 1. Raises NoSuchTerm, TermInvalid."""
    term = _of(vocabulary, code)
    if not term.is_current:
        raise _refused(vocabulary, code, "place", _("it is not in use any more, so it has no place in the order"))
    others = [other for other in vocabulary.current_terms if other.code != code]
    if not 1 <= place <= len(others) + 1:
        reason = str(_("the place has to be a number from 1 to {most}")).format(most=len(others) + 1)
        raise _refused(vocabulary, code, "place", reason)
    terms = [other for other in vocabulary.terms if other.code != code]
    before = others[: place - 1]
    at = terms.index(before[-1]) + 1 if before else 0
    return vocabulary.model_copy(update={"terms": (*terms[:at], term, *terms[at:])})


def merged(vocabulary: Vocabulary, code: str, into: str) -> Vocabulary:
    """A term goes over into another one, and what stood below it with it. Raises NoSuchTerm, TermInvalid."""
    term, target = _of(vocabulary, code), _of(vocabulary, into)
    if code == into:
        reason = _("a term cannot be merged into itself")
    elif term.status is TermStatus.MERGED:
        reason = _("it is merged into “{successor}” already; bring it back first")
    elif code in vocabulary.successors(into):
        reason = _("“{into}” was itself merged into this term: that would be a circle; bring “{into}” back first")
    elif target.status is TermStatus.MERGED:
        reason = _("“{into}” was itself merged into “{now}”; choose that one")
    elif not target.is_current:
        reason = _("“{into}” is retired; choose a term that is in use")
    else:
        return _ended(vocabulary, term, TermStatus.MERGED, into)
    facts = {"successor": term.successor, "into": into, "now": vocabulary.current_code(into)}
    raise _refused(vocabulary, code, "into", str(reason).format(**facts))


def retired(vocabulary: Vocabulary, code: str) -> Vocabulary:
    """A term goes out of use; what stood below it moves up. Raises NoSuchTerm, TermInvalid."""
    term = _of(vocabulary, code)
    if not term.is_current:
        raise _refused(vocabulary, code, "status", _("it is not in use any more"))
    return _ended(vocabulary, term, TermStatus.RETIRED, None)


def brought_back(vocabulary: Vocabulary, code: str) -> Vocabulary:
    """A retired or merged term is in use again. Narrower terms that nobody moved on come back with it.

    Raises NoSuchTerm, TermInvalid.
    """
    term = _of(vocabulary, code)
    if term.is_current:
        raise _refused(vocabulary, code, "status", _("it is in use"))
    changed: dict[str, dict[str, Any]] = {below: {"broader": code} for below in returning(vocabulary, code)}
    changed[code] = {"status": TermStatus.CURRENT, "successor": None, "handed_over": {}}
    return _sound(_with(vocabulary, changed))


def handing_over(vocabulary: Vocabulary, code: str, into: str | None) -> dict[str, str | None]:
    """Where each narrower term of a term goes that is merged into another one, or (`into` none) retired."""
    term = _of(vocabulary, code)
    above = set(vocabulary.with_broader(into)) if into else set()
    return {
        below.code: term.broader if into is None or below.code in above else into
        for below in vocabulary.narrower(code)
    }


def returning(vocabulary: Vocabulary, code: str) -> list[str]:
    """The narrower terms that come back with a term: those that stand where it left them, and not above it."""
    term = _of(vocabulary, code)
    above = set(vocabulary.with_broader(code))
    return [
        below
        for below, left_at in term.handed_over.items()
        if below in vocabulary.by_code
        and vocabulary.by_code[below].broader == (left_at and vocabulary.current_code(left_at))
        and below not in above
    ]


def carried_over(before: Vocabulary, wished: Vocabulary) -> Vocabulary:
    """A vocabulary as a file wishes it, with what no file tells: versions, days, what was handed over."""
    told = {}
    for term in wished.terms:
        was = before.by_code.get(term.code)
        if was and was.status is not TermStatus.CURRENT and not term.is_current:
            told[term.code] = {"since": was.since, "handed_over": was.handed_over}
        elif was and was.is_current and not term.is_current:
            went = {b.code: wished.by_code[b.code].broader for b in before.narrower(term.code)}
            told[term.code] = {"handed_over": went}
        elif was:
            told[term.code] = {"since": was.since}
    return _with(wished.model_copy(update={"version": before.version}), told)


def dated(before: Vocabulary, now: Vocabulary, day: date) -> Vocabulary:
    """With the day for each term whose status, or successor, is another one than before."""

    def ended(term: Term) -> tuple[TermStatus, str | None]:
        return term.status, term.successor

    was = {term.code: ended(term) for term in before.terms}
    new = (TermStatus.CURRENT, None)
    return _with(now, {t.code: {"since": day} for t in now.terms if ended(t) != was.get(t.code, new)})


def _of(vocabulary: Vocabulary, code: str) -> Term:
    found = vocabulary.by_code.get(code)
    if found is None:
        raise NoSuchTerm(code=code, vocabulary=vocabulary.code)
    return found


def _ended(vocabulary: Vocabulary, term: Term, status: TermStatus, into: str | None) -> Vocabulary:
    went = handing_over(vocabulary, term.code, into)
    changed: dict[str, dict[str, Any]] = {below: {"broader": above} for below, above in went.items()}
    kept = {**term.handed_over, **went}
    changed[term.code] = {"status": status, "successor": into, "handed_over": kept}
    return _sound(_with(vocabulary, changed))


def _with(vocabulary: Vocabulary, changed: dict[str, dict[str, Any]]) -> Vocabulary:
    terms = (term.model_copy(update=changed.get(term.code, {})) for term in vocabulary.terms)
    return vocabulary.model_copy(update={"terms": tuple(terms)})


def _sound(vocabulary: Vocabulary) -> Vocabulary:
    """The vocabulary, where all of it holds. Raises TermInvalid for the first thing that does not."""
    for fault in faults(vocabulary):
        raise _refused(vocabulary, fault.code, fault.field, fault.reason, fault.language)
    return vocabulary


def _refused(vocabulary: Vocabulary, code: str, field: str, reason: object, language: str = "") -> TermInvalid:
    return TermInvalid(vocabulary=vocabulary.code, term=code, field=field, language=language, said=str(reason))
