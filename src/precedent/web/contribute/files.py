"""The files of an example: added, handed out to who may see it, and taken away again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.catalogue.attachments import store
from precedent.catalogue.attachments.refusals import FileMissing
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.submissions import actions, queries
from precedent.submissions.records import Submission
from precedent.web import files
from precedent.web.contribute import example, papers
from precedent.web.contribute.word import chosen_file


@require_http_methods(["GET", "HEAD", "POST"])
def draft_file(request: HttpRequest, id: str, sha256: str = "") -> HttpResponseBase:
    """Add a file, or have one, or take it away."""
    by = actor_of(request)
    seen = queries.submission(id, by=by)
    if request.method == "POST":
        return _changed(request, seen, sha256, by)
    found = next((file for file in queries.files(seen) if file.sha256 == sha256), None)
    if found is None:
        raise FileMissing
    return files.answer(store.path(sha256), found.name, found.kind)


def _changed(request: HttpRequest, seen: Submission, sha256: str, by: Actor) -> HttpResponse:
    file = chosen_file(request)
    try:
        if sha256:
            actions.remove_file(seen.id, sha256, by=by)
            messages.success(request, _("The file was removed."))
        elif file is None:
            return example.page(request, seen, by, _("Choose a file first."), status=422)
        else:
            papers.attach(seen, file, by)
            messages.success(request, _("The file was added."))
    except Refusal as refusal:
        return example.page(request, seen, by, f"{refusal} {refusal.advice}", status=refusal.status)
    return redirect(f"{reverse('contribution', args=[seen.id])}#files")
