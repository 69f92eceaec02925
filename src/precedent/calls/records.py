"""What the room hands out: calls, with how they stand on a day."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from precedent.kernel.languages import FALLBACK

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes by the parameter of their facet, as a search has them."""


class Standing(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


STANDING_NAMES = {
    Standing.PLANNED: _("Opens later"),
    Standing.OPEN: _("Open"),
    Standing.CLOSED: _("Closed"),
}


def today() -> date:
    """The day in UTC. A call opens and closes by it, wherever its readers are."""
    return datetime.now(UTC).date()


def subject(number: int) -> str:
    """What a call is called in the trail and in notices: `call:7`."""
    return f"call:{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an editor says of a call.

    `question` is a code of the framework; `perspective` and `chosen` narrow it, empty: they do not. `sought` and
    `why` are told in the language `written_in`. From whom: `countries` (ISO codes; none: from any) and
    `organisations`, in words; `languages`: those in which examples are wanted, none: any. Both days are included.
    """

    question: str
    perspective: str = ""
    chosen: Chosen = ()
    title: str
    sought: str
    why: str
    written_in: str = FALLBACK
    countries: tuple[str, ...] = ()
    organisations: str = ""
    languages: tuple[str, ...] = ()
    opens: date
    until: date
    contact: str = ""
    wanted: int = 1

    def as_data(self) -> dict[str, Any]:
        """As it stands in the trail and in the table, JSON values all."""
        told = {field.name: getattr(self, field.name) for field in fields(Terms)}
        told["chosen"] = [[parameter, [*codes]] for parameter, codes in self.chosen]
        told |= {"countries": [*self.countries], "languages": [*self.languages]}
        return told | {"opens": self.opens.isoformat(), "until": self.until.isoformat()}

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """Everything by which an example belongs here, question and perspective included."""
        perspective = {"perspective": (self.perspective,)} if self.perspective else {}
        return {**dict(self.chosen), "question": (self.question,), **perspective}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Terms):
    """A call for examples. `closed_on` and `outcome`: when somebody closed it by hand, and what came of it.

    `version` counts its changes, for compare-and-set; `changed` is when the last one was made.
    """

    number: int
    opened_by: str
    opened_at: datetime
    version: int
    changed: datetime
    closed_on: date | None = None
    outcome: str = ""

    @property
    def id(self) -> str:
        return subject(self.number)

    @property
    def terms(self) -> Terms:
        return Terms(**{field.name: getattr(self, field.name) for field in fields(Terms)})

    def standing(self, day: date | None = None) -> Standing:
        """How it stands on a day (today, where none is named): by hand first, then by its dates."""
        day = day or today()
        if self.closed_on is not None or day > self.until:
            return Standing.CLOSED
        return Standing.OPEN if day >= self.opens else Standing.PLANNED

    @property
    def is_open(self) -> bool:
        return self.standing() is Standing.OPEN

    @property
    def ended(self) -> date:
        """The last day on which it was open, or will be."""
        return min(self.closed_on, self.until) if self.closed_on else self.until

    def moved(self, now: datetime) -> datetime:
        """When readers last saw it change: by somebody's hand, or by the calendar."""
        return max(moment for moment in self._moments() if moment <= now)

    def _moments(self) -> Iterator[datetime]:
        yield self.opened_at
        yield self.changed
        if self.closed_on is None:
            yield _midnight(self.opens)
            yield _midnight(self.until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a field, with the remedy."""

    field: str
    message: str
