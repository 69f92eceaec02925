"""A draft comes and goes as a file: first what it would change, then the button that takes it in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from precedent.editions import actions
from precedent.framework import edition_file, queries, revising
from precedent.framework.records import Edition
from precedent.framework.refusals import NoDraft
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.editions import rows, wording
from precedent.web.page import show
from precedent.web.taking import Taking

FORM = ["GET", "HEAD", "POST"]


def answer(edition: Edition) -> HttpResponse:
    """An edition as a file."""
    response = HttpResponse(edition_file.export(edition), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="edition-{edition.number}.yaml"'
    return response


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """The draft, as an editor could send it in again."""
    draft = queries.draft()
    if draft is None:
        raise NoDraft
    return answer(draft.edition)


def _page(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    told = {"refused": refused, "draft": queries.draft(), "before": queries.current_edition(), "areas": None}
    return show(request, "editions/file.html", told, status)


def _read(request: HttpRequest, name: str, content: bytes, refused: str = "", status: int = 200) -> HttpResponse:
    """What the draft would be, beside what it follows. Nothing is changed."""
    before, draft = queries.current_edition(), queries.draft()
    try:
        wished = edition_file.opened(name, content).draft(before, queries.closed_codes())
    except Refusal as refusal:
        return _page(request, f"{refusal} {refusal.advice}", refusal.status)
    now = draft.edition if draft else revising.begun(before)
    told = {
        "refused": refused,
        "name": name,
        "text_of_file": content.decode("utf-8-sig"),
        "draft": draft,
        "before": before,
        "wished": wished,
        "seen": revising.seen_of(draft.edition, revising.WHOLE) if draft else "",
        "same": wished == now,
        "areas": rows.beside(before, wished),
        "differs": [code for code in dict.fromkeys((*now.items, *wished.items)) if _differs(now, wished, code)],
        "fates": wording.FATES,
    }
    return show(request, "editions/file.html", told, status)


def _differs(now: Edition, wished: Edition, code: str) -> bool:
    """Does the file say something else of a code than the draft?"""
    was, will_be = (text.successors.get(code) for text in (now, wished))
    return now.items.get(code) != wished.items.get(code) or was != will_be


def _taken(request: HttpRequest, name: str, content: bytes) -> HttpResponse:
    try:
        wished = edition_file.opened(name, content)
        actions.take_in(wished, request.POST.get("seen", ""), by=actor_of(request))
    except Refusal as refusal:
        return _read(request, name, content, f"{refusal} {refusal.advice}", refusal.status)
    messages.success(request, _("The draft has the text of the file."))
    return HttpResponseRedirect(reverse("edition-draft"))


TOO_LARGE = gettext_lazy("The file has more than {most} MB. An edition in six languages has a tenth of that.")
TAKING = Taking(_page, _read, _taken, TOO_LARGE)


@require_http_methods(FORM)
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file; read what it would change; have it changed."""
    return TAKING.answer(request)
