"""The languages of the interface and of the texts: codes, own names, direction, and text in several of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Language:
    """`code` stands in addresses and in `lang`; `name` is the language's name for itself."""

    code: str
    name: str
    direction: str = "ltr"


LANGUAGES = (
    Language("ar", "العربية", "rtl"),
    Language("zh", "中文"),
    Language("en", "English"),
    Language("fr", "Français"),
    Language("ru", "Русский"),
    Language("es", "Español"),
)
"""The six of the United Nations, in the order of their own names as the UN lists them."""

BY_CODE = {language.code: language for language in LANGUAGES}
FALLBACK = "en"
"""The language the framework's first edition was written in; each label has it."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "sd", "ug", "yi", "ckb"})

Texts = Mapping[str, str]
"""One text in several languages: language code → text. English is always there."""


def current() -> Language:
    """The language of the page being made."""
    return BY_CODE.get((get_language() or FALLBACK).split("-")[0], BY_CODE[FALLBACK])


def said(texts: Texts, language: str | None = None) -> str:
    """The text in `language` (the page's, where none is named), else in English."""
    return texts.get(language or current().code) or texts[FALLBACK]


def direction(code: str) -> str:
    """`rtl` or `ltr` for any BCP 47 code."""
    return "rtl" if code.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def locale() -> Locale:
    """CLDR's knowledge of the page's language: names, dates, numbers, lists."""
    return Locale.parse(current().code)


def is_language(code: str) -> bool:
    """Does CLDR know this language? Entries may be told, and sources written, in any of them."""
    try:
        return Locale(FALLBACK).languages.get(code.replace("-", "_")) is not None or bool(Locale.parse(code, "-"))
    except (UnknownLocaleError, ValueError, TypeError):
        return False


def language_name(code: str) -> str:
    """The language's name in the page's language, or its code where CLDR has none."""
    return locale().languages.get(code.replace("-", "_")) or code
