"""A step of the form as a page: its questions, what is wrong, how far the draft is, and what may help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from precedent.catalogue.about import Step
from precedent.catalogue.records import Finding
from precedent.forms.asks import asked_in
from precedent.forms.draft import Draft
from precedent.forms.steps import page_of
from precedent.kernel.acting import Actor
from precedent.submissions.merging import Clash
from precedent.submissions.records import Submission
from precedent.web.calls.answered import call_of
from precedent.web.contribute import address, findings, noticed, papers, progress, shown
from precedent.web.contribute.another import another
from precedent.web.contribute.shown import Asked, Shown
from precedent.web.page import show
from precedent.web.wording import date

MOST_BLANKS = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A step to be shown. `told` is what stands in it, saved or not; `checked`: what is missing is said, too.

    `wished`: the blank parts that somebody asked for; `refused`: why it was not saved; `unfiled`: why a file was
    not taken in.
    """

    submission: Submission
    step: Step
    told: Draft
    checked: bool = False
    wished: Mapping[str, Sequence[str]] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    refused: str = ""
    unfiled: str = ""


def page(request: HttpRequest, sheet: Sheet, by: Actor, status: int = 200) -> HttpResponse:
    """The page of a step."""
    judged = findings.judged(sheet.told)
    wrong = [*_clashes(sheet), *_wrong(sheet, judged)]
    questions = shown.questions(asked_in(sheet.step), _asked(sheet, wrong))
    told = {
        "submission": sheet.submission,
        "answered": call_of(sheet.submission),
        "page": page_of(sheet.step),
        "questions": questions,
        "errors": [*_refused(sheet), *_errors(wrong, questions, sheet.told)],
        "stages": progress.stages(sheet.submission, judged, sheet.step),
        "count": progress.COUNT,
        "back": _back(sheet),
        "saved": "" if sheet.refused or sheet.clashes else clock(sheet.submission.version.at),
        "alike": noticed.alike(sheet.submission, sheet.told, sheet.step) if not sheet.refused else [],
        "another": another(sheet.step),
        "kept": papers.about(sheet.submission, by) if sheet.step is papers.STEP else None,
        "unfiled": sheet.unfiled,
    }
    return show(request, "contribute/step.html", told, status)


def wishes(wished: Sequence[str]) -> dict[str, list[str]]:
    """The blank parts that an address asks for: `more=results&more=results-negative`."""
    found: dict[str, list[str]] = {}
    for wish in wished[:MOST_BLANKS]:
        name, _dash, code = wish.partition("-")
        found.setdefault(name, []).append(code)
    return found


def clock(at: datetime) -> str:
    """A moment as people read it: the time today, else with the day."""
    told = _("{time} UTC").format(time=f"{at:%H:%M}")
    if at.date() == datetime.now(UTC).date():
        return told
    return _("{time} on {date}").format(time=told, date=date(at.date()))


def _wrong(sheet: Sheet, judged: Sequence[Finding]) -> list[Finding]:
    """What is said to be wrong on this step."""
    if not sheet.checked:
        return findings.wrong(findings.of_step(judged, sheet.step))
    to_come = findings.to_come(judged, sheet.told)
    return findings.of_step([*findings.wrong(judged), *to_come], sheet.step)


def _clashes(sheet: Sheet) -> list[Finding]:
    at = clock(sheet.submission.version.at)
    said = _("Someone saved this field at {time}").format(time=at)
    return [Finding(clash.field, "clash", said, _("Here are both; choose or combine.")) for clash in sheet.clashes]


def _asked(sheet: Sheet, wrong: Sequence[Finding]) -> Asked:
    small = not sheet.refused
    return Asked(
        sheet.told,
        findings.by_place(wrong),
        shown.blanks(asked_in(sheet.step), sheet.told, sheet.wished),
        {clash.field: clash for clash in sheet.clashes},
        noticed.suggested(sheet.submission, sheet.told, sheet.step) if small else {},
        noticed.notes(sheet.told, sheet.step) if small else {},
    )


def _refused(sheet: Sheet) -> list[tuple[str, str]]:
    return [(place, why) for place, why in (("", sheet.refused), ("file", sheet.unfiled)) if why]


def _errors(wrong: Sequence[Finding], questions: Sequence[Shown], told: Draft) -> Iterator[tuple[str, str]]:
    """Each finding in a sentence, with the control that it is about."""
    controls = [id for question in questions for id in _ids(question)]
    for finding in wrong:
        fits = [id for id in controls if finding.field == id or finding.field.startswith(f"{id}.")]
        yield max(fits, key=len, default=""), findings.named(finding, told)


def _ids(question: Shown) -> Iterator[str]:
    yield question.id
    inner = [*question.fields, *(inner for part in question.parts for inner in part.fields)]
    for asked in inner:
        yield from _ids(asked)


def _back(sheet: Sheet) -> str:
    before = progress.before(sheet.step)
    return address.of_step(sheet.submission, before) if before else ""
