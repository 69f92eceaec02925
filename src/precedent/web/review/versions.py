"""The versions of a submission, any two compared; the one that stands as a Word form; the files sent along."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from precedent.catalogue.attachments import store
from precedent.catalogue.attachments.refusals import FileMissing
from precedent.forms.difference import compare
from precedent.forms.saying import written_in
from precedent.forms.word import writing
from precedent.forms.word.sheet import Origin
from precedent.kernel.languages import current
from precedent.people.signatures import names
from precedent.people.signed_in import actor_of
from precedent.submissions import queries
from precedent.web.contribute.standing import WAYS
from precedent.web.entries.compare import two_of
from precedent.web.files import answer
from precedent.web.page import show
from precedent.web.review.reading import in_its_language

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def compared(request: HttpRequest, id: str) -> HttpResponse:
    """What was changed between two versions, and by whom."""
    seen = queries.submission(id, by=actor_of(request))
    versions = {version.number: version for version in queries.versions(seen)}
    two = two_of(request.GET, [*versions])
    before, after = versions[two.before], versions[two.after]
    now = in_its_language(after.draft)
    told = {
        "submission": seen,
        "versions": [(version, WAYS[version.way]) for version in versions.values()],
        "before": before,
        "after": after,
        "changes": [(change, written_in(change.place, now)) for change in compare(before.draft, after.draft)],
        "unknown": [_("There is no version {number}.").format(number=number) for number in two.unknown],
        "names": names(version.by for version in versions.values()),
    }
    return show(request, "review/versions.html", told)


@require_safe
def as_word(request: HttpRequest, id: str) -> HttpResponse:
    """The text as it stands, as a form in Word."""
    seen = queries.submission(id, by=actor_of(request))
    origin = Origin(submission=seen.id, revision=seen.version.number)
    response = HttpResponse(writing.write(seen.draft, current().code, origin), content_type=WORD)
    response["Content-Disposition"] = f'attachment; filename="{seen.id}.docx"'
    return response


@require_safe
def sent_file(request: HttpRequest, id: str, sha256: str) -> FileResponse:
    """A file that was sent along, to be saved."""
    seen = queries.submission(id, by=actor_of(request))
    found = next((file for file in queries.files(seen) if file.sha256 == sha256), None)
    if found is None:
        raise FileMissing
    return answer(store.path(found.sha256), found.name, found.kind)
