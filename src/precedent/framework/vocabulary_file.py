"""All vocabularies as one file: complete, in one spelling, to be changed by hand and taken in again.

A file says how everything has to be. Codes that it leaves out are refused: a code is for ever, and what is not
wanted any more is retired.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from precedent.framework import terms, yaml
from precedent.framework.records import Term, TermStatus, Vocabulary
from precedent.framework.refusals import FrameworkFileInvalid
from precedent.framework.terms import Fault
from precedent.framework.vocabulary_changes import Change, changes
from precedent.kernel.languages import FALLBACK, LANGUAGES, Texts
from precedent.kernel.text import sha256

HEADING = """The controlled vocabularies along which entries are classified.

code         stable for ever: of a term, and of a vocabulary; it is never left out and never used again
multi        an entry may carry several of the terms
broader      the code of the parent term
status       retired, or merged with the code of its successor; a term in use has none
translations the same texts in other languages, by their codes"""

CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
OTHERS = tuple(sorted(language.code for language in LANGUAGES if language.code != FALLBACK))
FIELDS = {"label": "title"}
"""What a field of the record is called in the file, where that is another name."""


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Term(_Shape):
    code: str
    title: str
    note: str | None = None
    broader: str | None = None
    status: str = TermStatus.CURRENT.value
    successor: str | None = None


class _Vocabulary(_Shape):
    title: str
    multi: bool
    source: str
    note: str | None = None
    terms: list[_Term]


class _Translation(_Shape):
    title: str | None = None
    note: str | None = None
    terms: dict[str, str] = {}
    notes: dict[str, str] = {}


class _File(BaseModel):
    """Every key is the code of a vocabulary, but for the translations."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)
    __pydantic_extra__: dict[str, _Vocabulary]
    translations: dict[str, dict[str, _Translation]] = {}


def fingerprint(vocabularies: Iterable[Vocabulary]) -> str:
    """What somebody has seen of the vocabularies; it changes with each of them."""
    return sha256(write(vocabularies))[:16]


# ---------- writing ----------


def write(vocabularies: Iterable[Vocabulary]) -> str:
    """The text of the file."""
    known = list(vocabularies)
    told: dict[str, Any] = {vocabulary.code: _vocabulary_told(vocabulary) for vocabulary in known}
    translated = {
        language: {v.code: texts for v in known if (texts := _translation(v, language))} for language in OTHERS
    }
    if translations := {language: texts for language, texts in translated.items() if texts}:
        told["translations"] = translations
    return yaml.write(told, HEADING)


def _vocabulary_told(vocabulary: Vocabulary) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": vocabulary.title[FALLBACK],
        "multi": vocabulary.multi,
        "source": vocabulary.source,
    }
    if vocabulary.note:
        told["note"] = vocabulary.note[FALLBACK]
    return told | {"terms": [_term_told(term) for term in vocabulary.terms]}


def _term_told(term: Term) -> dict[str, Any]:
    told = {
        "code": term.code,
        "title": term.label[FALLBACK],
        "note": term.note[FALLBACK] if term.note else None,
        "broader": term.broader,
        "status": None if term.is_current else term.status.value,
        "successor": term.successor,
    }
    return {key: value for key, value in told.items() if value}


def _translation(vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    """What of a vocabulary is told in a language; what is not is left out."""
    told = {
        "title": vocabulary.title.get(language),
        "note": (vocabulary.note or {}).get(language),
        "terms": {t.code: t.label[language] for t in vocabulary.terms if language in t.label},
        "notes": {t.code: t.note[language] for t in vocabulary.terms if t.note and language in t.note},
    }
    return {key: value for key, value in told.items() if value}


# ---------- reading ----------


@dataclass(frozen=True, slots=True)
class Wished:
    """The vocabularies as a file wishes them, and the page on which that stands."""

    page: yaml.Page
    vocabularies: tuple[Vocabulary, ...]

    def beside(self, present: Mapping[str, Vocabulary]) -> list[Vocabulary]:
        """The vocabularies as they will be, with what no file tells. Raises FrameworkFileInvalid."""
        wished = {vocabulary.code: vocabulary for vocabulary in self.vocabularies}
        for code, now in present.items():
            if code not in wished:
                raise self.page.wrong(
                    [], _said(_("the vocabulary “{code}” is missing; none is given up"), code=code)
                )
            self._must_keep(now, wished[code])
        return [terms.carried_over(present.get(v.code, v), v) for v in self.vocabularies]

    def changes(self, present: Mapping[str, Vocabulary]) -> list[Change]:
        """What taking in the file would change. Raises FrameworkFileInvalid."""
        return changes(present, self.beside(present))

    def _must_keep(self, now: Vocabulary, wished: Vocabulary) -> None:
        for code in now.by_code:
            if code not in wished.by_code:
                reason = _("the term “{code}” is missing; where it is not wanted any more, say “status: retired”")
                raise self.page.wrong([now.code, "terms"], _said(reason, code=code))
        if now.multi != wished.multi:
            reason = _("how many terms an entry may carry is settled by its form and cannot be changed here")
            raise self.page.wrong([now.code, "multi"], str(reason))


def read(name: str, content: bytes) -> Wished:
    """The vocabularies in a file's bytes. Raises FrameworkFileInvalid, with line, place and reason."""
    page = yaml.Page(name, content)
    file = page.shaped(_File)
    told = file.__pydantic_extra__ or {}
    for place, reason in _slips(file, told):
        raise page.wrong(place, reason)
    made = tuple(_vocabulary(code, vocabulary, file) for code, vocabulary in told.items())
    for vocabulary in made:
        _must_hold(page, vocabulary)
    return Wished(page, made)


def _slips(file: _File, told: Mapping[str, _Vocabulary]) -> Iterator[tuple[list[str | int], str]]:
    """Codes, states and languages that there are not, each with its place."""
    for code, vocabulary in told.items():
        if not CODE.fullmatch(code) or len(code) > terms.LONGEST_CODE:
            yield [code], str(_("a vocabulary's code has small letters, digits and single low lines between"))
        if len(vocabulary.source) > terms.LONGEST:
            yield [code, "source"], _said(_("this text has more than {most} characters"), most=terms.LONGEST)
        for number, term in enumerate(vocabulary.terms):
            if term.status not in set(TermStatus):
                yield [code, "terms", number, "status"], str(_("it has to be current, retired or merged"))
    for language, by_vocabulary in file.translations.items():
        if language not in OTHERS:
            yield ["translations", language], str(_("it is none of the other five languages"))
        for code, translation in by_vocabulary.items():
            place: list[str | int] = ["translations", language, code]
            if code not in told:
                yield place, str(_("the file has no such code"))
            else:
                yield from _loose(place, translation, told[code])


def _loose(
    place: list[str | int], translation: _Translation, told: _Vocabulary
) -> Iterator[tuple[list[str | int], str]]:
    """Translations of what is not there."""
    have = {"terms": {t.code for t in told.terms}, "notes": {t.code for t in told.terms if t.note}}
    for part, codes in have.items():
        for code in getattr(translation, part):
            if code not in codes:
                yield [*place, part, code], str(_("there is no English text that this would translate"))
    if translation.note and not told.note:
        yield [*place, "note"], str(_("there is no English text that this would translate"))


def _vocabulary(code: str, told: _Vocabulary, file: _File) -> Vocabulary:
    spoken = {language: texts[code] for language, texts in file.translations.items() if code in texts}
    titles = {language: texts.title or "" for language, texts in spoken.items()}
    notes = {language: texts.note or "" for language, texts in spoken.items()}
    return Vocabulary(
        code=code,
        title=terms.texts({FALLBACK: told.title, **titles}),
        multi=told.multi,
        source=told.source,
        note=_note(told.note, notes),
        terms=tuple(_term(term, spoken) for term in told.terms),
    )


def _term(told: _Term, spoken: Mapping[str, _Translation]) -> Term:
    labels = {language: texts.terms.get(told.code, "") for language, texts in spoken.items()}
    notes = {language: texts.notes.get(told.code, "") for language, texts in spoken.items()}
    return Term(
        code=told.code,
        label=terms.texts({FALLBACK: told.title, **labels}),
        note=_note(told.note, notes),
        broader=told.broader,
        status=TermStatus(told.status),
        successor=told.successor,
    )


def _note(english: str | None, others: Texts) -> Texts | None:
    return terms.texts({FALLBACK: english or "", **others}) or None


def _must_hold(page: yaml.Page, vocabulary: Vocabulary) -> None:
    own = [*terms.text_faults("", "title", vocabulary.title)]
    own += terms.text_faults("", "note", vocabulary.note) if vocabulary.note is not None else ()
    for fault in (*own, *terms.faults(vocabulary)):
        raise _placed(page, vocabulary, fault)


def _placed(page: yaml.Page, vocabulary: Vocabulary, fault: Fault) -> FrameworkFileInvalid:
    """A fault as the file has it: on the line of the term, or of the translation."""
    field = FIELDS.get(fault.field, fault.field)
    if fault.language in OTHERS:
        part = {"label": ["terms", fault.code], "note": ["notes", fault.code] if fault.code else ["note"]}
        return page.wrong(
            ["translations", fault.language, vocabulary.code, *part.get(fault.field, [field])], fault.reason
        )
    if not fault.code and field in ("title", "note"):
        return page.wrong([vocabulary.code, field], fault.reason)
    # Of a code that is there twice, it is the second that is wrong.
    number = max(at for at, term in enumerate(vocabulary.terms) if term.code == fault.code)
    return page.wrong([vocabulary.code, "terms", number, field], fault.reason)


def _said(reason: object, **facts: object) -> str:
    return str(reason).format(**facts)
