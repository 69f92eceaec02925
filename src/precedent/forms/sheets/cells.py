"""The cells of a table: an answer as text, and text as an answer. Several in one cell are separated by “; ”."""

import json
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from precedent.audit.remembering import remembered
from precedent.catalogue.records import Finding
from precedent.forms import matching
from precedent.forms.asks import Ask, Kind
from precedent.kernel.languages import LANGUAGES, is_language
from precedent.kernel.text import folded, one_line
from precedent.places import queries as places

BETWEEN = "; "
APART = re.compile(r"[;；؛\n\r]+")
"""Between several answers in a cell: semicolons, or line breaks."""
LINES = re.compile(r"[\n\r]+")
COMMAS = re.compile(r"[,،、，]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})+")
"""A language as it is written somewhere: fr-DZ."""
BEHIND = re.compile(r"\s*\[[^\[\]]*\]\s*$")
"""A code behind its label: Philippines [PH]."""
FIELDS = re.compile(r"\s*\|\s*")
"""Between the fields of a part that stands in one cell: PH | origin."""
ARROW = " > "
BETWEEN_ENDS = tuple(
    map(re.compile, (r"\s*(?:->|=>|→|⟶|>)\s*", r"\s+[–—-]\s+", r"(?<=^[A-Za-z]{2})-(?=[A-Za-z]{2}$)"))
)
"""How people write from where to where: PH > SA; Philippines – Jordan; PH-SA."""
NOT_PLAIN = re.compile(r"[;；؛\n\r,،、，>\[\]{}]|\s[–—-]\s")
WHOLE = re.compile(r"[0-9]{1,9}(\.0+)?")

RUNS = re.compile(r"(?P<quoted>'*)[=+\-@\t\r]")
"""How a text begins that a spreadsheet would run as a formula; with the apostrophes that keep it from doing so."""

LONG_LABELS = ("question", "heading")
"""Whose labels are whole sentences: their codes are known by heart, and stand alone."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before it."""
    return f"'{text}" if RUNS.match(text) else text


def unguarded(text: str) -> str:
    """The text again, without the apostrophe that kept it from being a formula."""
    found = RUNS.match(text)
    return text[1:] if found and found["quoted"] else text


def told(ask: Ask, value: Any, language: str | None = None) -> str | int:
    """An answer as a cell; codes with their labels in a language, or as they are. Read again, it is the same."""
    match ask.kind, value:
        case ((Kind.ONE | Kind.LANGUAGE), str()):
            return named(ask, value, language)
        case Kind.SEVERAL, list() if all(_is_plain(code) for code in value):
            return BETWEEN.join(named(ask, code, language) for code in value)
        case Kind.PAIRS, list() if all(_is_pair(pair) for pair in value):
            return BETWEEN.join(ARROW.join(named(ask, code, language) for code in pair) for pair in value)
        case _, str():
            return value
        case Kind.YEAR, int():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def named(ask: Ask, code: str, language: str | None) -> str:
    """A code with its label: Philippines [PH]. The code alone where the label would be taken for two."""
    vocabulary = ask.about.vocabulary
    if language is None or vocabulary is None or vocabulary in LONG_LABELS:
        return code
    found = matching.labels_in(language, vocabulary).get(code)
    return f"{found} [{code}]" if found and not APART.search(found) else code


def _is_plain(code: object) -> bool:
    """Is it read again as one code, whatever stands beside it in the cell?"""
    return isinstance(code, str) and bool(code.strip()) and not NOT_PLAIN.search(code)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(_is_plain(code) for code in pair)


def understood(ask: Ask, text: str, language: str | None) -> tuple[Any, list[Finding]]:
    """What a cell answers, and what of it is no code. What is not understood is kept as it was written."""
    if ask.kind in (Kind.SEVERAL, Kind.PAIRS, Kind.PART, Kind.PARTS) and text.lstrip()[:1] in ("[", "{"):
        return _from_json(text)
    match ask.kind:
        case Kind.ONE | Kind.LANGUAGE:
            return _code(ask, text, language)
        case Kind.SEVERAL:
            return _all(
                _code(ask, piece, language) for piece in _pieces(text, str(ask.about.vocabulary), language)
            )
        case Kind.PAIRS:
            return _all(_pair(ask, piece, language) for piece in _split(APART, text))
        case Kind.PARTS:
            # Sentences may hold semicolons, codes do not.
            apart = APART if all(part.kind is Kind.ONE for part in ask.parts) else LINES
            return _all(_part(ask, piece, language) for piece in _split(apart, text))
        case Kind.YEAR:
            return (int(text.split(".")[0]) if WHOLE.fullmatch(text.strip()) else text), []
        case _:
            return text, []


def _all(found: Any) -> tuple[list[Any], list[Finding]]:
    values, findings = [], []
    for value, wrong in found:
        values.append(value)
        findings += wrong
    return values, findings


def _from_json(text: str) -> tuple[Any, list[Finding]]:
    try:
        return json.loads(text), []
    except (ValueError, RecursionError) as error:
        wrong = getattr(error, "msg", "too deep")
        return text, [Finding("", "not-json", str(_("begins as JSON and is none")), wrong)]


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    return [piece.strip() for piece in separator.split(text) if piece.strip()]


def _pieces(text: str, vocabulary: str, language: str | None) -> list[str]:
    """The answers in a cell, between line breaks, semicolons or commas; but a label may hold such signs itself."""
    return _apart(text, (LINES, APART, COMMAS), vocabulary, language)


def _apart(text: str, separators: tuple[re.Pattern[str], ...], vocabulary: str, language: str | None) -> list[str]:
    if not separators or _plain(text) in _labels_with_signs(vocabulary):
        return [text]
    first, *rest = separators
    pieces = [piece for part in _split(first, text) for piece in _apart(part, tuple(rest), vocabulary, language)]
    if len(pieces) < 2 or all(_is_code(piece, vocabulary, language) for piece in pieces):
        return pieces
    return [text] if _is_code(text, vocabulary, language) else pieces


def _plain(text: str) -> str:
    return folded(one_line(BEHIND.sub("", text)))


@remembered
def _labels_with_signs(vocabulary: str) -> frozenset[str]:
    """The names that hold a sign which elsewhere stands between two answers: Health, education and care."""
    names = [name for language in LANGUAGES for name in matching.labels_in(language.code, vocabulary).values()]
    if vocabulary == "country":
        names += [name for country in places.places().countries.values() for name in country.other_names]
    return frozenset(_plain(name) for name in names if APART.search(name) or COMMAS.search(name))


def _is_code(text: str, vocabulary: str, language: str | None) -> bool:
    return text.count("[") < 2 and matching.code_for(text, vocabulary, language).exact


def _code(ask: Ask, text: str, language: str | None) -> tuple[str, list[Finding]]:
    vocabulary = str(ask.about.vocabulary)
    if text.count("[") > 1:
        return text, [Finding("", "several-codes", str(_("names more than one")), str(_("Choose one of them.")))]
    if vocabulary == "language" and LANGUAGE.fullmatch(text) and is_language(text):
        return text, []
    wrong = matching.finding("", text, vocabulary, language)
    meant = matching.code_for(text, vocabulary, language).code if wrong is None else None
    return meant or text.strip(), [wrong] if wrong else []


def _pair(ask: Ask, text: str, language: str | None) -> tuple[list[str], list[Finding]]:
    for between in BETWEEN_ENDS:
        ends = between.split(text)
        if len(ends) == 2 and all(ends):
            return _all(_code(ask, end, language) for end in ends)
    message = str(_("“{written}” is no pair of countries")).format(written=text[:80])
    return [text], [Finding("", "not-a-pair", message, str(_("Write from which to which: PH > SA.")))]


def _part(ask: Ask, text: str, language: str | None) -> tuple[dict[str, Any], list[Finding]]:
    """A part in one piece of text: its fields in their order, with bars between them."""
    pieces = FIELDS.split(text, maxsplit=len(ask.parts) - 1)
    part, findings = {}, []
    for field, piece in zip(ask.parts, pieces, strict=False):
        if piece:
            part[field.name], wrong = understood(field, piece, language)
            findings += wrong
    return part, findings
