"""What came with a form about an edition, as it was typed, and what was wrong with it. Reading it never fails."""

from collections.abc import Mapping

from django.http import QueryDict

from precedent.framework.revising import MOST_PARTS
from precedent.kernel.languages import FALLBACK, LANGUAGES, Texts
from precedent.kernel.refusals import Refusal
from precedent.kernel.text import one_line
from precedent.web.people.typed import Wrong

SPOKEN = sorted(LANGUAGES, key=lambda language: language.code != FALLBACK)
"""English first, for it is always there; then the others in their order."""

PARTS = [f"part-{place}" for place in range(1, MOST_PARTS + 1)]
"""The fields for the parts of a split."""


def texts(sent: QueryDict, name: str) -> Texts:
    """A text in each language, out of fields such as `text-fr`."""
    return {language.code: sent.get(f"{name}-{language.code}", "") for language in SPOKEN}


def wrong(refusal: Refusal, anchor: str = "") -> Wrong:
    """A refusal as a form shows it. `anchor`: the id of the field that it is about, if one is."""
    return Wrong(((anchor, f"{refusal} {refusal.advice}"),), refusal.status)


def theirs(typed: Mapping[str, Texts], now: Mapping[str, Texts]) -> dict[str, str]:
    """What stands there now, by the fields in which something else was typed."""
    return {
        f"{name}-{language.code}": text
        for name, told in typed.items()
        for language in SPOKEN
        if one_line(text := now[name].get(language.code, "")) != one_line(told.get(language.code, ""))
    }


def stale(was: Texts, now: Texts) -> tuple[str, ...]:
    """The languages that still say what they said while the English text was changed."""
    if was.get(FALLBACK) == now.get(FALLBACK):
        return ()
    others = (language.code for language in SPOKEN if language.code != FALLBACK)
    return tuple(code for code in others if now.get(code) and was.get(code) == now[code])


def missing(now: Texts) -> tuple[str, ...]:
    """The languages in which nothing is said yet."""
    return tuple(language.code for language in SPOKEN if not now.get(language.code))
