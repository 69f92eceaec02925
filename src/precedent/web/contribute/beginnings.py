"""How another part of a group begins: most in one way; what came of it in two, so that failures are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.forms.asks import Ask


@dataclass(frozen=True, slots=True)
class Beginning:
    """A blank part: the question it is asked with, the words of its button, and what is chosen in it already."""

    code: str = ""
    question: str | Promise = ""
    button: str | Promise = ""
    preset: Mapping[str, str] = field(default_factory=dict)


ONE_WAY = (Beginning(),)

SEVERAL_WAYS: dict[str, tuple[Beginning, ...]] = {
    "results": (
        Beginning("", _("What came of it?")),
        Beginning(
            "negative",
            _("What did not work, and for whom?"),
            _("Add what did not work"),
            {"outcome": "negative"},
        ),
    ),
}
"""The groups that begin in more than one way. A blank of each is shown while nothing is told."""


def of(ask: Ask) -> tuple[Beginning, ...]:
    """The ways in which a part of this group begins."""
    return SEVERAL_WAYS.get(ask.name, ONE_WAY)


def named(ask: Ask, code: str) -> Beginning:
    """The way with this code; the first, where there is none of that name."""
    ways = of(ask)
    return next((way for way in ways if way.code == code), ways[0])
