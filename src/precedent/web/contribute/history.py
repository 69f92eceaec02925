"""Every saved version of an example, and what changed between any two."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from precedent.forms import difference
from precedent.forms.saying import written_in
from precedent.people import signatures
from precedent.people.signed_in import actor_of
from precedent.submissions import queries
from precedent.submissions.records import Version
from precedent.web.contribute.sheet import clock
from precedent.web.contribute.standing import WAYS
from precedent.web.page import show


@require_safe
def history(request: HttpRequest, id: str) -> HttpResponse:
    """The versions of an example; two of them compared, the last two at first."""
    seen = queries.submission(id, by=actor_of(request))
    versions = queries.versions(seen)
    after = _chosen(versions, request.GET.get("to", ""), 0)
    before = _chosen(versions, request.GET.get("from", ""), min(1, len(versions) - 1))
    told = {
        "submission": seen,
        "versions": [(version, WAYS[version.way], clock(version.at)) for version in versions],
        "names": signatures.names(version.by for version in versions),
        "before": before,
        "after": after,
        "changes": [
            (change, written_in(change.place, after.draft))
            for change in difference.compare(before.draft, after.draft)
        ],
    }
    return show(request, "contribute/history.html", told)


def _chosen(versions: list[Version], typed: str, otherwise: int) -> Version:
    """The version with a number; where there is none, the one at a place of the list."""
    return next((version for version in versions if str(version.number) == typed), versions[otherwise])
