"""From what a person wrote to the code that was meant, and what is near where it is none. Nothing is guessed.

A code, its label in any of the six languages, or another name of a country is a match. All else is a finding that
proposes what is nearest: “Philipines” is not a country: Philippines?
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rapidfuzz import fuzz, process

from precedent.audit.remembering import remembered
from precedent.catalogue.records import Finding
from precedent.framework import queries as framework
from precedent.kernel.languages import FALLBACK, LANGUAGES, current, is_language
from precedent.kernel.text import folded, one_line
from precedent.places import queries as places
from precedent.search import facets

NEAR_ENOUGH = 78
"""Of 100: below it a proposal is seldom what was meant (Wakanda and Rwanda are 77 alike)."""
OTHER_ORDER, ONLY_A_PART = 0.95, 0.85
"""What the likeness counts where only the order of words differs, or where words are left out."""
AS_NEAR = 8
"""Only what is nearly as near as the nearest is proposed beside it."""
MOST_PROPOSED = 3
LONGEST = 400
"""Characters that are compared; who writes more than that names no code."""

ANY = ""
"""The language of a name that belongs to none of the six."""

KNOWN_AS = {
    "UK": "GB",
    "Great Britain": "GB",
    "USA": "US",
    "UAE": "AE",
    "Emirates": "AE",
    "DRC": "CD",
    "DR Congo": "CD",
    "Ivory Coast": "CI",
    "Burma": "MM",
    "Swaziland": "SZ",
    "Cape Verde": "CV",
    "Holland": "NL",
    "Macedonia": "MK",
    "Palestine": "PS",
    "Turkey": "TR",
    "Hong Kong": "HK",
    "Macau": "MO",
}
"""What countries are called in letters and reports, beside the names the United Nations and CLDR give them."""

NO_LANGUAGES = frozenset({"mul", "root", "und", "zxx"})
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

UNKNOWN = {
    "country": _("“{written}” is not a country"),
    "language": _("“{written}” is not a language"),
    "question": _("“{written}” is not a guiding question"),
    "heading": _("“{written}” is not a heading of the Annex"),
}
OTHERWISE_UNKNOWN = _("“{written}” is none of the choices")

LABEL_AND_CODE = re.compile(r"(?P<label>.*?)\s*[\[(（【]\s*(?P<code>[A-Za-z0-9-]{1,60})\s*[\])）】]")
CODE_AND_LABEL = re.compile(r"(?P<code>[A-Za-z0-9-]{1,60})\s*[:：–—-]\s+(?P<label>.+)")
QUOTES = "\"'`´‘’‚‛“”„«»‹›"
EDGES = QUOTES + " .,;:،؛。、•·*☐☒☑✓"
DASHES = re.compile(r"[\s_‐‑‒–—―-]+")
DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ARTICLE = re.compile(r"(the|la|le|les|el|los|las) |l'")


@dataclass(frozen=True, slots=True)
class Match:
    """What somebody meant: a code that is certain, or none, with what is near: codes and their labels."""

    code: str | None
    near: tuple[tuple[str, str], ...] = ()

    @property
    def exact(self) -> bool:
        return self.code is not None


def code_for(written: str, vocabulary: str, language: str | None = None) -> Match:
    """The code that was meant. `language`: the form's, whose labels come first and in which proposals are made."""
    text = one_line(DIRECTION_MARKS.sub("", written))[:LONGEST]
    names = _names(vocabulary)
    if text in names.codes.values():
        return Match(_now(vocabulary, text))
    found = _named(text, names, language) or _named_and_coded(text, names, language)
    if not found and vocabulary == "language" and _is_one_language(text):
        return Match(text)
    if len(found) == 1:
        return Match(_now(vocabulary, found.pop()))
    told = language or current().code
    return Match(None, _with_labels(sorted(found), vocabulary, told) if found else _near(text, vocabulary, told))


def _now(vocabulary: str, code: str) -> str:
    """The code, or the one that it was merged into."""
    known = framework.vocabularies().get(vocabulary)
    return known.current_code(code) if known else code


def finding(place: str, written: str, vocabulary: str, language: str | None = None) -> Finding | None:
    """What is wrong with what was written, and what may have been meant; None where it is a match."""
    match = code_for(written, vocabulary, language)
    if match.code is not None:
        return None
    wrong = str(UNKNOWN.get(vocabulary, OTHERWISE_UNKNOWN)).format(written=_shortened(written))
    if not match.near:
        return Finding(place, "code-unknown", wrong, str(_("Choose one from the list.")))
    labels = [label for _code, label in match.near]
    near = format_list(labels, style="or", locale=current().code)
    hint = _("Write it as in the list: {label} [{code}].").format(label=labels[0], code=match.near[0][0])
    return Finding(place, "code-unknown", str(_("{wrong}: {near}?")).format(wrong=wrong, near=near), hint)


def labels_in(language: str, vocabulary: str) -> Mapping[str, str]:
    """What each code of a vocabulary is called in a language, in the vocabulary's order."""
    if vocabulary == "language":
        return _language_names(language)
    with override(language):
        return facets.labels(vocabulary, language)


def choices(language: str, vocabulary: str) -> dict[str, str]:
    """The labels to choose from: without those terms that were retired or merged, which old entries may carry."""
    past = _past(vocabulary)
    return {code: label for code, label in labels_in(language, vocabulary).items() if code not in past}


def _shortened(written: str) -> str:
    text = one_line(written)
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class _Names:
    """A vocabulary's codes by their folded spelling; and for each folded name, which codes it means where."""

    codes: dict[str, str]
    meant: dict[str, dict[str, set[str]]]
    past: frozenset[str]


@remembered
def _names(vocabulary: str) -> _Names:
    meant: dict[str, dict[str, set[str]]] = {}
    for language, code, name in _every_name(vocabulary):
        meant.setdefault(_key(name), {}).setdefault(code, set()).add(language)
    return _Names({_key(code): code for code in labels_in(FALLBACK, vocabulary)}, meant, _past(vocabulary))


def _every_name(vocabulary: str) -> Iterator[tuple[str, str, str]]:
    """Language, code and name, for all names of all codes."""
    for language in LANGUAGES:
        labels = labels_in(language.code, vocabulary)
        yield from ((language.code, code, label) for code, label in labels.items())
    if vocabulary == "language":
        yield from ((ANY, code, name) for code, name in _own_names())
    if vocabulary == "country":
        yield from _other_names_of_countries()


def _other_names_of_countries() -> Iterator[tuple[str, str, str]]:
    known = places.places().countries
    for country in known.values():
        yield from ((ANY, country.code, name) for name in country.other_names)
    for language in LANGUAGES:
        names = Locale.parse(language.code).territories
        yield from ((language.code, code, names[code]) for code in known if code in names)
    yield from ((ANY, code, name) for name, code in KNOWN_AS.items() if code in known)


@lru_cache(maxsize=len(LANGUAGES))
def _language_names(language: str) -> Mapping[str, str]:
    """CLDR's names of languages: those of the interface first, then in the order of their names."""
    english, names = (Locale.parse(code).languages for code in (FALLBACK, language))
    spelled = {code.replace("_", "-"): names.get(code, name) for code, name in english.items()}
    known = {code: name for code, name in spelled.items() if _is_one_language(code)}
    first = [ours.code for ours in LANGUAGES]
    rest = sorted(known.keys() - set(first), key=lambda code: folded(known[code]))
    return MappingProxyType({code: known[code] for code in [*first, *rest]})


def _is_one_language(code: str) -> bool:
    return bool(LANGUAGE_CODE.fullmatch(code)) and code not in NO_LANGUAGES and is_language(code)


@lru_cache(maxsize=1)
def _own_names() -> list[tuple[str, str]]:
    """What languages call themselves."""
    names = ((code, _own_name(code)) for code in labels_in(FALLBACK, "language") if "-" not in code)
    return [(code, name) for code, name in names if name]


def _own_name(code: str) -> str | None:
    try:
        return Locale.parse(code).languages.get(code)
    except UnknownLocaleError:
        return None


def _past(vocabulary: str) -> frozenset[str]:
    known = framework.vocabularies().get(vocabulary)
    return frozenset(term.code for term in known.past_terms) if known else frozenset()


def _key(text: str) -> str:
    """As names are compared: without case, accents, quotation marks, an article, and one kind of blank."""
    plain = folded(DIRECTION_MARKS.sub("", one_line(text))).strip(EDGES)
    plain = DASHES.sub(" ", plain.replace("’", "'").replace("ʼ", "'")).strip()
    return ARTICLE.sub("", plain, count=1) if ARTICLE.match(plain) else plain


def _named(text: str, names: _Names, language: str | None) -> set[str]:
    """The codes that a text may name. Those named in the form's language, and still in use, come first."""
    key = _key(text)
    meant = names.meant.get(key, {})
    found = {code for code, languages in meant.items() if language in languages} or set(meant)
    if key in names.codes:
        found = found | {names.codes[key]}
    return found - names.past or found


def _named_and_coded(text: str, names: _Names, language: str | None) -> set[str]:
    """“Philippines [PH]” and “PH: Philippines”: both that were meant where the two do not agree."""
    split = LABEL_AND_CODE.fullmatch(text) or CODE_AND_LABEL.fullmatch(text)
    code = names.codes.get(_key(split["code"])) if split else None
    if split is None or code is None:
        return set()
    named = _named(split["label"], names, language)
    return {code} if not named or code in named else named | {code}


def _near(text: str, vocabulary: str, language: str) -> tuple[tuple[str, str], ...]:
    """The codes whose names come nearest, nearest first."""
    names = _names(vocabulary)
    key = _key(text)
    if len(key) < 3:
        return ()
    best: dict[str, float] = {}
    for name, score, _at in process.extract(key, [*names.meant, *names.codes], scorer=_likeness, limit=12):
        for code in {*names.meant.get(name, ()), names.codes.get(name, "")} - names.past - {""}:
            best[code] = max(best.get(code, 0.0), score)
    top = max(best.values(), default=0.0)
    kept = [code for code, score in best.items() if score >= max(NEAR_ENOUGH, top - AS_NEAR)]
    kept.sort(key=lambda code: (-best[code], code))
    return _with_labels(kept[:MOST_PROPOSED], vocabulary, language)


def _likeness(one: str, other: str, **_options: object) -> float:
    return max(
        fuzz.ratio(one, other),
        OTHER_ORDER * fuzz.token_sort_ratio(one, other),
        ONLY_A_PART * fuzz.token_set_ratio(one, other),
    )


def _with_labels(codes: list[str], vocabulary: str, language: str) -> tuple[tuple[str, str], ...]:
    labels = labels_in(language, vocabulary)
    return tuple((code, labels.get(code, code)) for code in codes)
