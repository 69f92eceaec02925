"""All vocabularies as a file: sent in, its changes shown, then made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from precedent.framework import actions, queries, vocabulary_file
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.page import show
from precedent.web.taking import Taking
from precedent.web.vocabularies import wording

FORM = ["GET", "HEAD", "POST"]


def _page(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    return show(request, "vocabularies/file.html", {"refused": refused, "changes": None}, status)


def _read(request: HttpRequest, name: str, content: bytes, refused: str = "", status: int = 200) -> HttpResponse:
    """What the file would change. Nothing is changed."""
    present = queries.vocabularies()
    try:
        wished = vocabulary_file.read(name, content)
        changes = wished.changes(present)
    except Refusal as refusal:
        return _page(request, f"{refusal} {refusal.advice}", refusal.status)
    told = {
        "refused": refused,
        "name": name,
        "text_of_file": content.decode("utf-8-sig"),
        "seen": vocabulary_file.fingerprint(present.values()),
        "changes": wording.shown(changes, present, wished.vocabularies),
    }
    return show(request, "vocabularies/file.html", told, status)


def _taken(request: HttpRequest, name: str, content: bytes) -> HttpResponse:
    try:
        wished = vocabulary_file.read(name, content)
        made = actions.import_vocabularies(wished, request.POST.get("seen", ""), by=actor_of(request))
    except Refusal as refusal:
        return _read(request, name, content, f"{refusal} {refusal.advice}", refusal.status)
    said = ngettext("{count} change was made.", "{count} changes were made.", len(made))
    messages.success(request, said.format(count=len(made)))
    return HttpResponseRedirect(reverse("vocabularies"))


TOO_LARGE = gettext_lazy(
    "The file has more than {most} MB. An export of all vocabularies has a twentieth of that."
)
TAKING = Taking(_page, _read, _taken, TOO_LARGE)


@require_http_methods(FORM)
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file; read what it would change; have it changed."""
    return TAKING.answer(request)
