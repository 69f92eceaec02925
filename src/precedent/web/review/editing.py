"""The reviewer's own edit of a text they hold: the form's questions, saved as a version of its own.

The contributor sees what was changed, word by word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.catalogue.about import Step
from precedent.catalogue.records import Finding
from precedent.forms import draft as drafts
from precedent.forms.asks import asked_in
from precedent.forms.draft import Draft
from precedent.forms.steps import PAGES, page_of
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.submissions import actions, moves, queries
from precedent.submissions.merging import Clash, merge
from precedent.submissions.records import Submission, Way
from precedent.submissions.refusals import FieldsChanged
from precedent.web.contribute import findings, given, sheet, shown
from precedent.web.page import show
from precedent.web.review.typed import number

STAY = "save"
"""What the button does that saves and leaves everything where it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A step to be shown: what stands in it, saved or not, and why it was not saved."""

    submission: Submission
    step: Step
    told: Draft
    clashes: tuple[Clash, ...] = ()
    refused: Refusal | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, id: str, step: Step) -> HttpResponse:
    """A step of the text, for whoever has taken it into review."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    if request.method == "POST":
        return _saved(request, seen, step, by)
    if not moves.claimer(by, seen) or not moves.may_edit(by, seen):
        messages.info(request, _("Take it into review first; then the text is yours to edit."))
        return redirect("review-one", seen.id)
    return _page(request, Sheet(seen, step, seen.draft))


def _saved(request: HttpRequest, seen: Submission, step: Step, by: Actor) -> HttpResponse:
    do = request.POST.get("do", "")
    told = given.read(request.POST.lists(), asked_in(step), seen.draft, _removed(do))
    base = min(max(number(request.POST.get("base", "")) or 1, 1), seen.version.number)
    try:
        saved = actions.save(seen.id, base, told, list(told), Way.EDIT, by=by)
    except FieldsChanged:
        now = queries.submission(seen.id, by=by)
        both = merge(queries.version(now, base).draft, drafts.tidy(told), now.draft, list(told))
        return _page(request, Sheet(now, step, both.draft, both.clashes))
    except Refusal as refused:
        return _page(request, Sheet(seen, step, drafts.tidy({**seen.draft, **told}), refused=refused))
    messages.success(request, _("Saved. The contributor is told, and sees what changed."))
    return redirect(_onwards(saved, step, do))


def _removed(do: str) -> given.Path:
    """The part that a button removes: `remove-barriers-b2`."""
    verb, _dash, rest = do.partition("-")
    name, _dash, which = rest.partition("-")
    return (name, which) if verb == "remove" and which else ()


def _onwards(saved: Submission, step: Step, do: str) -> str:
    """Back to the review, or here again, with a blank part where one was asked for."""
    verb, _dash, wish = do.partition("-")
    here = reverse("review-edit", args=[saved.id, step])
    if verb == "add" and wish:
        name = wish.partition("-")[0]
        return f"{here}?more={wish}#{name}"
    return here if verb in (STAY, "remove") else reverse("review-one", args=[saved.id])


def _page(request: HttpRequest, asked: Sheet) -> HttpResponse:
    told = asked.told
    wrong = [*_clashed(asked), *findings.of_step(drafts.judge(told).findings, asked.step)]
    blanks = shown.blanks(asked_in(asked.step), told, sheet.wishes(request.GET.getlist("more")))
    material = shown.Asked(told, findings.by_place(wrong), blanks, {clash.field: clash for clash in asked.clashes})
    page = {
        "submission": asked.submission,
        "page": page_of(asked.step),
        "pages": PAGES,
        "questions": shown.questions(asked_in(asked.step), material),
        "errors": [*_refused(asked), *_errors(wrong, told)],
    }
    status = asked.refused.status if asked.refused else FieldsChanged.status if asked.clashes else 200
    return show(request, "review/edit.html", page, status)


def _clashed(asked: Sheet) -> list[Finding]:
    said, hint = _("Somebody else saved this field meanwhile"), _("Here are both; choose or combine.")
    return [Finding(clash.field, "clash", said, hint) for clash in asked.clashes]


def _refused(asked: Sheet) -> list[tuple[str, str]]:
    return [("", f"{asked.refused} {asked.refused.advice}")] if asked.refused else []


def _errors(wrong: Sequence[Finding], told: Draft) -> Iterator[tuple[str, str]]:
    return ((finding.field, findings.named(finding, told)) for finding in wrong)
