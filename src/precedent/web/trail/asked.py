"""What is asked of the trail, read from an address and written into one. Reading never fails."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from precedent.audit.queries import Sought
from precedent.people import queries as people
from precedent.people.records import Person
from precedent.web.trail.words import BY_CODE

SUBJECT = re.compile(r"(ppd|sub)-\d+", re.IGNORECASE)
SEQUENCE = re.compile(r"[0-9]{1,15}")
"""More digits than that no database takes for a number."""
LONGEST = 120
BEFORE = "before"
NAMES = ("subject", "by", "verb", "since", "until", BEFORE)
"""The parameters of the address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The events that are sought, from which on they are shown, and what of the address was not understood.

    `people`: who may be meant, where a name fits several.
    """

    sought: Sought
    before: int | None = None
    ignored: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()

    def parameters(self) -> dict[str, str]:
        """What is sought, as an address says it."""
        sought = self.sought
        told = ((name, getattr(sought, name)) for name in NAMES if name != BEFORE)
        return {name: str(value) for name, value in told if value}

    @property
    def query_string(self) -> str:
        return f"?{urlencode(told)}" if (told := self.parameters()) else ""

    def older_than(self, sequence: int) -> str:
        """The address's search for the events before one."""
        return f"?{urlencode({**self.parameters(), BEFORE: sequence})}"


def parse(given: Mapping[str, str]) -> Asked:
    """What an address asks for. At most two database queries, where a person is sought by name."""
    told = {name: given.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in NAMES}
    ignored: list[str] = []
    by, meant = _person(told["by"])
    sought = Sought(
        subject=told["subject"].upper() if SUBJECT.fullmatch(told["subject"]) else told["subject"],
        by=by,
        verb=_verb(told["verb"], ignored),
        since=_day(told["since"], ignored),
        until=_day(told["until"], ignored),
    )
    before = int(told[BEFORE]) if SEQUENCE.fullmatch(told[BEFORE]) else None
    return Asked(sought, before, tuple(ignored), meant)


def _verb(code: str, ignored: list[str]) -> str:
    if code in BY_CODE or not code:
        return code
    ignored.append(_("We do not know the event “{code}” and left it out.").format(code=code))
    return ""


def _day(written: str, ignored: list[str]) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        told = _("“{written}” is no day, and was left out. Write it like 2026-11-03.").format(written=written)
        ignored.append(told)
        return None


def _person(written: str) -> tuple[str, tuple[Person, ...]]:
    """An identifier is taken as it is; a name is looked up. Where it fits several, they are told."""
    if not written or ":" in written:
        return written, ()
    found = people.persons(words=written)
    return (found.persons[0].id, ()) if found.count == 1 else (written, found.persons)
