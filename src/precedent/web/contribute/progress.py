"""How far a draft is: its steps, each with what is done there, and the last one, where it is checked and sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.catalogue.about import Step
from precedent.catalogue.records import Finding
from precedent.forms import draft as drafts
from precedent.forms.asks import asked_in
from precedent.forms.draft import Draft
from precedent.forms.steps import PAGES
from precedent.submissions.records import Submission
from precedent.web.contribute import address, findings

CHECK = gettext_lazy("Check and send")
COUNT = len(PAGES) + 1
"""The steps of the form, and the one in which it is sent."""


@dataclass(frozen=True, slots=True)
class Stage:
    number: int
    title: str | Promise
    address: str
    state: str
    here: bool


def stages(submission: Submission, found: Sequence[Finding], here: Step | None) -> list[Stage]:
    """Every step with how it stands. `here` None: at the check."""
    told = submission.draft
    steps = []
    for number, page in enumerate(PAGES, start=1):
        way, stands = address.of_step(submission, page.step), state(page.step, told, found)
        steps.append(Stage(number, page.title, way, stands, page.step is here))
    ready = _("Not ready") if drafts.to_send(told) else _("Ready to send")
    return [*steps, Stage(COUNT, CHECK, reverse("draft-check", args=[submission.id]), ready, here is None)]


def state(step: Step, told: Draft, found: Sequence[Finding]) -> str:
    """How a step stands, in words."""
    here = findings.of_step([*found, *drafts.to_send(told)], step)
    if findings.wrong(here):
        return _("Needs attention")
    if not any(ask.name in told for ask in asked_in(step)):
        return _("Not started")
    return _("Begun") if here else _("Done")


def after(step: Step) -> Step | None:
    """The step that follows; None: the check."""
    steps = [page.step for page in PAGES]
    return next(iter(steps[steps.index(step) + 1 :]), None)


def before(step: Step) -> Step | None:
    steps = [page.step for page in PAGES]
    place = steps.index(step)
    return steps[place - 1] if place else None
