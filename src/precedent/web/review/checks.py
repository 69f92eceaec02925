"""What can be seen by counting, before anybody reads: barriers without a measure, results without evidence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.forms.draft import Draft, place_label
from precedent.forms.saying import said_code
from precedent.web.review.threads import Thread
from precedent.web.wording import listed


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that was counted: is it as it should be, and where it is not, what is missing."""

    label: str | Promise
    good: bool
    missing: str = ""


def _parts(told: Draft, name: str) -> Iterator[dict[str, Any]]:
    value = told.get(name)
    return (part for part in (value if isinstance(value, list) else []) if isinstance(part, dict))


def _unmet(told: Draft) -> list[str]:
    """The barriers against which no measure is told."""
    met = {str(code) for measure in _parts(told, "measures") for code in measure.get("overcomes") or ()}
    codes = dict.fromkeys(str(barrier.get("code", "")) for barrier in _parts(told, "barriers"))
    if not codes:
        return [_("no barrier is told")]
    return [said_code("barrier", code) for code in codes if code not in met]


def _unproved(told: Draft) -> list[str]:
    """The results that do not say how they are known."""
    results = list(_parts(told, "results"))
    if not results:
        return [_("no result is told")]
    return [place_label(f"results.{part.get('id')}", told) for part in results if not part.get("evidence")]


def _unsourced(told: Draft) -> list[str]:
    found = any(source.get("url") for source in _parts(told, "references"))
    return [] if found else [_("no address of a source")]


CHECKS: tuple[tuple[str | Promise, Callable[[Draft], list[str]]], ...] = (
    (gettext_lazy("Every barrier is met by a measure"), _unmet),
    (gettext_lazy("Every result says how it is known"), _unproved),
    (gettext_lazy("It has a source that can be opened"), _unsourced),
)


def seen(told: Draft, threads: Sequence[Thread]) -> list[Seen]:
    """Everything that was counted."""
    found = [_seen(label, missing(told)) for label, missing in CHECKS]
    still = sum(thread.open for thread in threads)
    return [*found, Seen(_("Every comment is settled"), not still, _("{count} open").format(count=still))]


def _seen(label: str | Promise, missing: list[str]) -> Seen:
    return Seen(label, not missing, listed(missing) if missing else "")
