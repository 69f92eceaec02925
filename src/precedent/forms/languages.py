"""In which language a text is written, so that the form can show it and the index can read it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from precedent.catalogue.about import Words
from precedent.forms.asks import Ask, Kind, asks
from precedent.forms.draft import Draft
from precedent.kernel.languages import FALLBACK, LANGUAGES
from precedent.search import words

OTHERS = (
    *("af", "am", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "et", "fa", "fi", "gl", "ha", "he"),
    *("hi", "hr", "ht", "hu", "hy", "id", "it", "ja", "ka", "kk", "km", "ko", "ku", "ky", "lo", "lt", "lv", "mg"),
    *("mk", "mn", "ms", "mt", "my", "ne", "nl", "no", "pa", "pl", "ps", "pt", "ro", "rw", "si", "sk", "sl", "so"),
    *("sq", "sr", "sv", "sw", "ta", "tg", "th", "tk", "tl", "tr", "uk", "ur", "uz", "vi", "yo", "zu"),
)
"""Languages that are told apart beside the six of the United Nations: those in which governments write, and those
of many migrants. Close relatives in which few write officially are left out: they would take titles from English
(Nigerian Pidgin), and sentences from Arabic and Chinese (Moroccan Arabic, Wu)."""

ENOUGH = 45
"""Bytes of letters from which on a guess may be sure: seven words in Latin letters, fifteen signs of
Chinese, which say as much."""
SURE = 0.85
"""The share of all likelihood that makes a guess sure. Whole sentences reach it, unless a close relative is near
(Indonesian and Malay); titles seldom do."""
LONGEST = 5_000
"""Characters that are looked at; a summary has fewer."""


TOLD = (Words.TITLE, Words.SUMMARY, Words.STORY)
"""Where people write in words of their own; names of organisations and sources may be in any language."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The language a text is most likely written in. Not `sure`: show it, and ask."""

    code: str
    sure: bool


def detect(text: str) -> Guess:
    """The language of a text. Where there is nothing to go by, English, and not sure."""
    text = text[:LONGEST]
    letters = sum(len(word.encode(errors="replace")) for word in words.words(text))
    if not letters:
        return Guess(FALLBACK, False)
    code, likelihood = _model().classify(text)
    return Guess(str(code), bool(likelihood >= SURE and letters >= ENOUGH))


def language_of(told: Draft) -> Guess:
    """The language in which a draft is written, by all it tells in sentences and titles."""
    return detect("\n".join(texts(told)))


def texts(told: Draft) -> list[str]:
    """What a draft tells in words of one's own, the title first."""
    return _texts(told, asks())


def _texts(told: dict[str, Any], asked: tuple[Ask, ...]) -> list[str]:
    found = []
    for ask in asked:
        value = told.get(ask.name)
        if ask.kind is Kind.PARTS and isinstance(value, list):
            found += [text for part in value if isinstance(part, dict) for text in _texts(part, ask.parts)]
        elif isinstance(value, str) and ask.about.words in TOLD:
            found.append(value)
    return found


@cache
def _model() -> Any:
    """The model, read when it is first asked for: it takes half a second, and most processes never ask."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages([*(language.code for language in LANGUAGES), *OTHERS])
    return model
