"""How changes of vocabularies are said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.framework.records import Vocabulary
from precedent.framework.vocabulary_changes import Change, What
from precedent.kernel.languages import LANGUAGES, language_name

WHAT: dict[What, str | Promise] = {
    What.ADDED: _("New"),
    What.LABEL: _("Label"),
    What.NOTE: _("Note"),
    What.BROADER: _("Broader term"),
    What.PLACE: _("Place"),
    What.MERGED: _("Merged into"),
    What.RETIRED: _("Retired"),
    What.BROUGHT_BACK: _("In use again"),
    What.TITLE: _("Title"),
    What.SOURCE: _("Source"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """From what to what, in a language where it is a text; either may be empty."""

    language: str
    was: str
    now: str

    @property
    def language_name(self) -> str:
        return language_name(self.language)


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as it is shown: of which vocabulary, of which term (none: of the vocabulary itself)."""

    vocabulary: str
    term: str
    code: str
    what: str | Promise
    lines: tuple[Line, ...]


def shown(
    changes: Iterable[Change], present: Mapping[str, Vocabulary], wished: Iterable[Vocabulary]
) -> list[Shown]:
    """Changes in words. A term is called as it is now; a new one as it will be."""
    will_be = {vocabulary.code: vocabulary for vocabulary in wished}
    return [_shown(change, present.get(change.vocabulary), will_be[change.vocabulary]) for change in changes]


def _shown(change: Change, now: Vocabulary | None, wished: Vocabulary) -> Shown:
    term = (now and now.by_code.get(change.code)) or wished.by_code.get(change.code)
    lines = tuple(_lines(change, wished))
    return Shown(str(now or wished), str(term or ""), change.code, WHAT[change.what], lines)


def _lines(change: Change, wished: Vocabulary) -> Iterator[Line]:
    match change.what:
        case What.LABEL | What.NOTE | What.TITLE | What.ADDED:
            was, now = change.was or {}, change.now or {}
            for language in (known.code for known in LANGUAGES):
                if language in was or language in now:
                    yield Line(language, was.get(language, ""), now.get(language, ""))
        case What.BROADER | What.MERGED:
            yield Line("", _called(change.was, wished), _called(change.now, wished))
        case What.PLACE | What.SOURCE:
            yield Line("", str(change.was), str(change.now))


def _called(code: Any, wished: Vocabulary) -> str:
    return str(wished.by_code[code]) if code in wished.by_code else ""
