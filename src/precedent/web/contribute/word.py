"""The form as a Word file: downloaded empty or filled, and taken in again into a draft, a new one or a change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from precedent.catalogue import queries as catalogue
from precedent.catalogue.placing import document_today
from precedent.catalogue.records import Entry
from precedent.catalogue.records import number_of as entry_number
from precedent.forms import draft as drafts
from precedent.forms.asks import ask
from precedent.forms.draft import Draft
from precedent.forms.saying import said_value
from precedent.forms.sheets import write_xlsx
from precedent.forms.word import reading, writing
from precedent.forms.word.sheet import Origin, Sheet
from precedent.kernel.acting import Actor
from precedent.kernel.languages import current
from precedent.kernel.refusals import NotFound, Refusal
from precedent.people.signed_in import actor_of
from precedent.submissions import actions, moves, queries
from precedent.submissions.merging import Clash
from precedent.submissions.records import State, Submission, Way
from precedent.submissions.refusals import FieldsChanged
from precedent.web.contribute import address, findings
from precedent.web.page import show

if TYPE_CHECKING:
    File = UploadedFile[Any]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LARGEST = 20_000_000
"""Bytes of a file that is read as one."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a form: the draft it is in now, and the fields in which somebody else was first."""

    submission: Submission
    clashes: tuple[Clash, ...] = ()


Take = Callable[[Sheet], Taken]
"""What is done with a form that was read."""


def download(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def word_form(request: HttpRequest) -> HttpResponse:
    """The whole form, empty, in the language of the page."""
    language = current().code
    return download(writing.write({}, language), WORD, f"precedent-form-{language}.docx")


@require_safe
def short_form(request: HttpRequest) -> HttpResponse:
    """The form of one page."""
    language = current().code
    return download(writing.write({}, language, short=True), WORD, f"precedent-short-form-{language}.docx")


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """A workbook for many entries."""
    language = current().code
    return download(write_xlsx(None, language), WORKBOOK, f"precedent-examples-{language}.xlsx")


@require_safe
def draft_word(request: HttpRequest, id: str) -> HttpResponse:
    """A draft as a form to go on with elsewhere. It remembers the version it was made from."""
    seen = queries.submission(id, by=actor_of(request))
    origin = Origin(submission=seen.id, revision=seen.version.number)
    return download(writing.write(seen.draft, current().code, origin), WORD, f"{seen.id}.docx")


@require_POST
def draft_upload(request: HttpRequest, id: str) -> HttpResponse:
    """A filled form into this draft."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    return _answered(request, lambda sheet: _into(seen, sheet, by))


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A filled form: a new draft, or into what it was made from."""
    if request.method != "POST":
        return show(request, "contribute/upload.html", {"refused": "", "way": None})
    by = actor_of(request)
    return _answered(request, lambda sheet: _anywhere(sheet, by))


def chosen_file(request: HttpRequest) -> "File | None":
    found = request.FILES.get("file")
    return found if isinstance(found, UploadedFile) else None


def too_large(file: "File", most: int) -> str:
    """Why a file is not even read; empty where it is small enough."""
    if (file.size or 0) <= most:
        return ""
    wrong = _("The file has more than {most} MB. Leave out pictures, or send it in parts.")
    return wrong.format(most=most // 1_000_000)


def _answered(request: HttpRequest, take: Take) -> HttpResponse:
    """What was found in the form that was sent in; or why it was not taken."""
    file = chosen_file(request)
    if file is None:
        return _not_taken(request, _("Choose a file first."), 422)
    if wrong := too_large(file, LARGEST):
        return _not_taken(request, wrong, 422)
    try:
        sheet = reading.read(file.read())
        taken = take(sheet)
    except Refusal as refusal:
        return _not_taken(request, f"{refusal} {refusal.advice}", refusal.status, refusal.facts.get("id"))
    messages.success(request, _("The form was taken in and saved."))
    return show(request, "contribute/taken.html", _told(sheet, taken))


def _not_taken(request: HttpRequest, why: str, status: int, id: object = None) -> HttpResponse:
    return show(request, "contribute/upload.html", {"refused": why, "way": id}, status)


def _told(sheet: Sheet, taken: Taken) -> dict[str, object]:
    """Each finding with the field it is about; those of the file first, then those of what it says."""
    seen = taken.submission
    read = [(address.of_place(seen, found.field), str(found), found.hint) for found in sheet.findings]
    named = {found.field for found in sheet.findings}
    judged = [found for found in findings.judged(seen.draft) if found.field not in named]
    later = [(address.of_place(seen, found.field), findings.named(found, seen.draft), "") for found in judged]
    return {
        "submission": seen,
        "found": read,
        "later": later,
        "clashes": [_clash(clash, seen) for clash in taken.clashes],
        "resumed": address.resumed(seen),
    }


def _clash(clash: Clash, seen: Submission) -> tuple[str, str, list[str]]:
    asked = ask(clash.field)
    said = said_value(asked, clash.mine) if asked else []
    return drafts.place_label(clash.field, seen.draft), address.of_place(seen, clash.field), said


def _into(seen: Submission, sheet: Sheet, by: Actor) -> Taken:
    """Save what the form says; where somebody changed the same field since, theirs stands, and both are shown."""
    told = _filled_up(sheet, seen.draft)
    if sheet.origin.submission == seen.id:
        base = min(sheet.origin.revision or 1, seen.version.number)
        return _saved(seen, base, told, sheet.asked, by)
    # It was not made from this draft: it adds to it, and what it leaves empty empties nothing.
    both = [name for name in told if name in seen.draft and told[name] != seen.draft[name]]
    taken = _saved(seen, seen.version.number, told, told.keys() - set(both), by)
    return replace(taken, clashes=tuple(Clash(name, told[name], seen.draft[name]) for name in both))


def _filled_up(sheet: Sheet, was: Draft) -> Draft:
    """What a form says. A short one asks for little of each part: what else was known of it stays."""
    if not sheet.short:
        return sheet.draft
    return {name: _parts_filled_up(value, was.get(name)) for name, value in sheet.draft.items()}


def _parts_filled_up(told: Any, was: Any) -> Any:
    if not isinstance(told, list) or not isinstance(was, list):
        return told
    known = {part["id"]: part for part in was if isinstance(part, dict) and "id" in part}
    by_place = [part if isinstance(part, dict) and "id" not in part else {} for part in was]
    found = []
    for place, part in enumerate(told):
        if isinstance(part, dict):
            before = known.get(part.get("id"), by_place[place] if place < len(by_place) else {})
            part = {**before, **part}
        found.append(part)
    return found


def _saved(seen: Submission, base: int, told: Draft, fields: Iterable[str], by: Actor) -> Taken:
    try:
        return Taken(actions.save(seen.id, base, told, fields, Way.WORD, by=by))
    except FieldsChanged as refusal:
        clashes = cast("tuple[Clash, ...]", refusal.facts["fields"])
        rest = set(fields) - {clash.field for clash in clashes}
        return Taken(actions.save(seen.id, base, told, rest, Way.WORD, by=by), clashes)


def _anywhere(sheet: Sheet, by: Actor) -> Taken:
    """Into what it was made from, where that may be changed; otherwise it begins something new."""
    if sheet.origin.submission:
        try:
            seen = queries.submission(sheet.origin.submission, by=by)
        except NotFound:
            # Somebody else's, or of another place: what it tells is told anew.
            return _begun(sheet, by)
        if moves.owner(by, seen) or moves.may_edit(by, seen):
            return _into(seen, sheet, by)
    if sheet.origin.entry and entry_number(sheet.origin.entry):
        try:
            return _proposed(catalogue.entry(sheet.origin.entry), sheet, by)
        except NotFound:
            return _begun(sheet, by)
    return _begun(sheet, by)


def _begun(sheet: Sheet, by: Actor) -> Taken:
    """A new draft; the same form sent in twice is one."""
    told = drafts.tidy(sheet.draft)
    same = (found for found in queries.mine(by).items if found.state is State.DRAFT and found.draft == told)
    return Taken(next(same, None) or actions.start(told, Way.WORD, by=by))


def _proposed(entry: Entry, sheet: Sheet, by: Actor) -> Taken:
    """A change to an entry, on top of the revision that the form was made from."""
    was = next((r for r in catalogue.revisions(entry) if r.number == sheet.origin.revision), entry.revision)
    before = drafts.of(document_today(replace(entry, revision=was)))
    told = _filled_up(sheet, before)
    told = {**before, **{name: told.get(name) for name in sheet.asked}}
    return Taken(actions.propose(replace(entry, revision=was), told, Way.WORD, by=by))
