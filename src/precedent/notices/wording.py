"""A notice in the words of the language in force: mail and inbox say the same."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from babel import Locale
from babel.dates import format_date
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.kernel.languages import current
from precedent.kernel.text import one_line
from precedent.notices.kinds import MOMENTS, SUBJECT, TOKEN, Page
from precedent.notices.records import Notice

LONGEST_HEADING = 150
"""Characters of a subject line."""
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of the text after them. Somebody's words may not turn ours."""

WHERE_EMPTY: Mapping[str, Promise] = {
    "title": gettext_lazy("without a title"),
    "field": gettext_lazy("on the whole of it"),
    "reason": gettext_lazy("no reason is given."),
}
"""What is said of a fact that may be empty."""


class _Facts(dict[str, str]):
    """Facts that are no longer known are left out of the sentence; the sentence stays one."""

    def __missing__(self, name: str) -> str:
        return "…"


def heading(notice: Notice) -> str:
    """What it is about, in one short line."""
    line = one_line(str(notice.kind.value.heading).format_map(_facts(notice)))
    return line if len(line) <= LONGEST_HEADING else line[: LONGEST_HEADING - 1] + "…"


def sentence(notice: Notice) -> str:
    """What happened."""
    return str(notice.kind.value.sentence).format_map(_facts(notice))


def why(notice: Notice) -> str:
    """Why the recipient is told."""
    return str(notice.kind.value.why)


def address(notice: Notice) -> str | None:
    """The page it leads to, without the site; None where there is none, or where the mail took its link along."""
    told = notice.kind.value
    page = told.page
    if page and TOKEN in page.args and TOKEN not in notice.facts:
        page = told.later
    return _reached(page, {SUBJECT: notice.subject, **notice.facts}) if page else None


def _reached(page: Page, facts: Mapping[str, str]) -> str | None:
    """None where the notice's facts were forgotten, or are none of which an address is made."""
    try:
        return reverse(page.name, args=[facts[name] for name in page.args])
    except (KeyError, NoReverseMatch):
        return None


def moment(when: datetime) -> str:
    """A moment in full; the zone is said: 3 November 2026, 14:05 UTC."""
    code = current().code
    # British usage writes 3 November 2026, as the United Nations do.
    locale = Locale("en", "GB") if code == "en" else Locale.parse(code)
    when = when.astimezone(UTC)
    return _("{date}, {time} UTC").format(date=format_date(when, "long", locale=locale), time=f"{when:%H:%M}")


def _facts(notice: Notice) -> _Facts:
    facts = {SUBJECT: notice.subject, **notice.facts}
    return _Facts({name: _said(name, value) for name, value in facts.items()})


def _said(name: str, value: str) -> str:
    if not value:
        return str(WHERE_EMPTY.get(name, "…"))
    if name in MOMENTS:
        return moment(datetime.fromisoformat(value))
    text = STEERING.sub("", value)
    # Where the language runs from right to left, a title in another script keeps its own direction.
    return f"\u2068{text}\u2069" if current().direction == "rtl" else text
