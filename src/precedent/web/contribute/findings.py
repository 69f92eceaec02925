"""What is wrong with what was typed, and what is only missing: the first stops people, the second can wait."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from precedent.catalogue import rules
from precedent.catalogue.about import Step
from precedent.catalogue.records import Finding
from precedent.forms import draft as drafts
from precedent.forms.asks import ask
from precedent.forms.draft import Draft
from precedent.web.wording import lower_first, pair

OPEN = frozenset({"missing", "too_short", "string_too_short"})
"""Findings that say no more than that something is still to come."""

NOTHING_THERE = frozenset({"missing", "too_short"})
ENDS = (".", "?", "。", "？", "؟")

WRITTEN_OTHERWISE = "string_pattern_mismatch"


def judged(told: Draft) -> list[Finding]:
    """What keeps a draft from being published. Of parts that are there, but not whole, only what they lack."""
    found = drafts.judge(told).findings
    return [finding for finding in found if not (finding.code == "too_short" and told.get(finding.field))]


def step_of(place: str) -> Step | None:
    """The step of the form on which a place is asked for."""
    found = ask(place.partition(".")[0])
    return found.about.step if found else None


def of_step(found: Iterable[Finding], step: Step) -> list[Finding]:
    return [finding for finding in found if step_of(finding.field) is step]


def wrong(found: Iterable[Finding]) -> list[Finding]:
    """Those that are about something typed."""
    return [finding for finding in found if finding.code not in OPEN]


def to_come(found: Iterable[Finding], told: Draft) -> list[Finding]:
    """What is missing before it can be sent, and what before it can be published; the first come first."""
    sending = drafts.to_send(told)
    named = {finding.field for finding in sending}
    return [*sending, *(finding for finding in found if finding.code in OPEN and finding.field not in named)]


def by_place(found: Iterable[Finding]) -> Mapping[str, Finding]:
    """The first finding at each place."""
    placed: dict[str, Finding] = {}
    for finding in found:
        placed.setdefault(finding.field, finding)
    return placed


def sentence(finding: Finding) -> str:
    """What is wrong and what to do about it, as it stands at the field."""
    asked = ask(finding.field)
    return _said(finding, str(asked.label) if asked else "", bare=True)


def named(finding: Finding, told: Draft) -> str:
    """The same with the name of its place, as it stands in a list."""
    return _said(finding, drafts.place_label(finding.field, told), bare=False)


def _said(finding: Finding, place: str, *, bare: bool) -> str:
    """`bare`: the name of the place stands above it, and is said only where the sentence needs it."""
    hint = _hint(finding)
    if finding.code in NOTHING_THERE:
        said = hint
    elif finding.code in rules.SHAPES:
        # Such a message goes on from the name of its field: “has more than 200 characters”.
        return _("{field} {message}. {hint}").format(field=place, message=finding.message, hint=hint)
    else:
        joined = "{message} {hint}" if finding.message.endswith(ENDS) else _("{message}. {hint}")
        said = joined.format(message=finding.message, hint=hint)
    return said if bare else pair(place, lower_first(said))


def _hint(finding: Finding) -> str:
    asked = ask(finding.field)
    # What the field's own help says is nearer than any guide.
    return str(asked.about.help) if finding.code == WRITTEN_OTHERWISE and asked else finding.hint
