"""Addresses of drafts: whose step is asked for, and where a finding leads."""

from django.urls import reverse

from precedent.catalogue.about import Step
from precedent.forms.asks import asked_in
from precedent.forms.steps import PAGES
from precedent.submissions.records import Submission
from precedent.web.contribute.findings import step_of


class SubmissionConverter:
    """The identifier of a submission, in any case: `SUB-000012`."""

    regex = r"[Ss][Uu][Bb]-\d{6,9}"

    def to_python(self, text: str) -> str:
        return text.upper()

    def to_url(self, id: str) -> str:
        return id


class StepConverter:
    """A step of the form."""

    regex = "|".join(Step)

    def to_python(self, text: str) -> Step:
        return Step(text)

    def to_url(self, step: Step) -> str:
        return str(step)


def of_step(submission: Submission, step: Step) -> str:
    return reverse("draft-step", args=[submission.id, step])


def of_place(submission: Submission, place: str) -> str:
    """Where a place is filled in; what is missing there is shown."""
    step = step_of(place)
    if step is None:
        return reverse("draft-check", args=[submission.id])
    return f"{of_step(submission, step)}?checked=1#{place}"


def resumed(submission: Submission) -> str:
    """Where a draft is gone on with: at the first step that has no answer yet, else at the check."""
    for page in PAGES:
        if not any(ask.name in submission.draft for ask in asked_in(page.step)):
            return of_step(submission, page.step)
    return reverse("draft-check", args=[submission.id])
