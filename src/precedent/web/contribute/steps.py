"""The steps of a draft: shown, saved, and what is told where saving could not be done."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.catalogue.about import Step
from precedent.forms import draft as drafts
from precedent.forms.asks import Kind, asked_in
from precedent.forms.draft import Draft
from precedent.forms.saying import said_value
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.submissions import actions, moves, queries
from precedent.submissions.merging import merge
from precedent.submissions.records import Submission
from precedent.submissions.refusals import DraftTooLarge, FieldsChanged, MoveNotYours
from precedent.web.contribute import address, findings, given, noticed, papers, progress, sheet
from precedent.web.contribute.sheet import Sheet
from precedent.web.contribute.word import chosen_file
from precedent.web.page import show

CONTINUE, LATER, SAVE = "continue", "later", "save"
"""What the buttons of a step do, besides adding and removing parts."""


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, id: str, step: Step) -> HttpResponse:
    """A step of a draft."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    if request.method == "POST":
        return _posted(request, seen, step, by)
    if not (moves.owner(by, seen) and moves.may_edit(by, seen)):
        return redirect("contribution", seen.id)
    wished = sheet.wishes(request.GET.getlist("more"))
    return sheet.page(request, Sheet(seen, step, seen.draft, "checked" in request.GET, wished), by)


def _posted(request: HttpRequest, seen: Submission, step: Step, by: Actor) -> HttpResponse:
    removed = removed_by(request.POST.get("do", ""))
    told = given.read(request.POST.lists(), asked_in(step), seen.draft, removed)
    base = base_of(request, seen)
    whole, language = noticed.with_language(told, seen.draft)
    try:
        saved = actions.save(seen.id, base, whole, list(whole), by=by)
    except FieldsChanged as refusal:
        return _clashed(request, refusal, base, step, told, by)
    except MoveNotYours:
        return _too_late(request, queries.submission(id=seen.id, by=by), step, told, by)
    except DraftTooLarge as refusal:
        unsaved = Sheet(seen, step, drafts.tidy({**seen.draft, **told}), refused=f"{refusal} {refusal.advice}")
        return sheet.page(request, unsaved, by, refusal.status)
    unfiled = _filed(request, saved, by)
    if language:
        chosen = _("It was chosen as the language of the text; change it where that is wrong.")
        messages.info(request, f"{noticed.seems(language)} {chosen}")
    if unfiled:
        return sheet.page(request, Sheet(saved, step, saved.draft, unfiled=unfiled), by, 422)
    return _saved(request, saved, step, by)


def _filed(request: HttpRequest, saved: Submission, by: Actor) -> str:
    """Take the file in that was chosen, or away that was removed; why not, where it could not be done."""
    do = request.POST.get("do", "")
    try:
        if do.startswith(papers.DETACH):
            actions.remove_file(saved.id, do.removeprefix(papers.DETACH), by=by)
        if file := chosen_file(request):
            papers.attach(saved, file, by)
    except Refusal as refusal:
        return f"{refusal} {refusal.advice}"
    return ""


def base_of(request: HttpRequest, now: Submission) -> int:
    """The version that the form was filled from; the first, where the form does not say."""
    typed = request.POST.get("base", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 1
    return min(max(number, 1), now.version.number)


def removed_by(do: str) -> given.Path:
    """The part that a button removes: `remove-barriers-b2`."""
    verb, _dash, rest = do.partition("-")
    name, _dash, which = rest.partition("-")
    return (name, which) if verb == "remove" and which else ()


def _saved(request: HttpRequest, saved: Submission, step: Step, by: Actor) -> HttpResponse:
    """Where it goes on from here; on this page, where something typed is wrong."""
    do = request.POST.get("do", CONTINUE)
    said = _("Saved at {time}.").format(time=sheet.clock(saved.version.at))
    if do == LATER:
        messages.success(request, said)
        return redirect("my-examples")
    if do == SAVE:
        messages.success(request, said)
    if do != CONTINUE:
        return redirect(_here_again(request, saved, step, do))
    if do == CONTINUE and chosen_file(request):
        messages.success(request, _("The file was added."))
    found = findings.of_step(findings.judged(saved.draft), step)
    if findings.wrong(found):
        return sheet.page(request, Sheet(saved, step, saved.draft), by, 422)
    if taken := [name for name in request.POST if name.startswith(f"{given.TAKEN}.")]:
        return redirect(f"{address.of_step(saved, step)}#{taken[0].split('.')[1]}")
    following = progress.after(step)
    return redirect("draft-step", saved.id, following) if following else redirect("draft-check", saved.id)


def _here_again(request: HttpRequest, saved: Submission, step: Step, do: str) -> str:
    """This step, with the blank parts that were there, and another one where that was asked for."""
    verb, _dash, rest = do.partition("-")
    name, _dash, code = rest.partition("-")
    groups = [ask for ask in asked_in(step) if ask.kind in (Kind.PARTS, Kind.PAIRS)]
    blank = {ask.name: given.blanks(request.POST.lists(), ask, removed_by(do)) for ask in groups}
    place = name if name in blank else ""
    if verb == "add" and name in blank:
        blank[name].append(code)
        place = f"{name}.{len(saved.draft.get(name, [])) + len(blank[name]) - 1}"
    wishes = [(f"{group}-{begun}" if begun else group) for group, codes in blank.items() for begun in codes]
    asked = f"?{urlencode([('more', wish) for wish in wishes])}" if wishes else ""
    return f"{address.of_step(saved, step)}{asked}{'#' if place else ''}{place}"


def _clashed(
    request: HttpRequest, refusal: FieldsChanged, base: int, step: Step, told: Draft, by: Actor
) -> HttpResponse:
    """Both texts, on top of what the other saved: whoever saves again has seen it."""
    now = cast(Submission, refusal.facts["now"])
    was = queries.version(now, base).draft
    both = merge(was, drafts.tidy(told), now.draft, list(told))
    return sheet.page(request, Sheet(now, step, both.draft, clashes=both.clashes), by, refusal.status)


def _too_late(request: HttpRequest, now: Submission, step: Step, told: Draft, by: Actor) -> HttpResponse:
    """It is not theirs to change any more. What they typed is shown, with what they can do."""
    typed = drafts.tidy(told)
    page = {
        "submission": now,
        "state": moves.state_name(now),
        "moves": moves.open_to(by, now),
        "typed": [(ask, said_value(ask, typed[ask.name])) for ask in asked_in(step) if ask.name in typed],
    }
    return show(request, "contribute/late.html", page, 409)
