"""All vocabularies as a file: sent in, its changes shown, then made."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from precedent.framework import actions, queries, vocabulary_file
from precedent.framework.yaml import LARGEST
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.page import show
from precedent.web.vocabularies import wording

FORM = ["GET", "HEAD", "POST"]
LONGEST_NAME = 100


@require_http_methods(FORM)
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file; read what it would change; have it changed."""
    if request.method != "POST":
        return _page(request)
    if request.POST.get("do") == "take":
        return _taken(request, request.POST.get("name", "")[:LONGEST_NAME], request.POST.get("text", ""))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, _("Choose a file first."), 422)
    if (file.size or 0) > LARGEST:
        most = _("The file has more than {most} MB. An export of all vocabularies has a twentieth of that.")
        return _page(request, most.format(most=LARGEST // 1_000_000), 422)
    return _read(request, (file.name or "")[:LONGEST_NAME], file.read())


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


def _taken(request: HttpRequest, name: str, text: str) -> HttpResponse:
    content = text.encode("utf-8", "replace")
    try:
        wished = vocabulary_file.read(name, content)
        made = actions.import_vocabularies(wished, request.POST.get("seen", ""), by=actor_of(request))
    except Refusal as refusal:
        return _read(request, name, content, f"{refusal} {refusal.advice}", refusal.status)
    said = ngettext("{count} change was made.", "{count} changes were made.", len(made))
    messages.success(request, said.format(count=len(made)))
    return HttpResponseRedirect(reverse("vocabularies"))
