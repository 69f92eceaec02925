"""Two published states of an entry, field by field and word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from precedent.catalogue import queries
from precedent.forms import draft as drafts
from precedent.forms.difference import compare
from precedent.forms.saying import written_in
from precedent.web.page import show

NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Two:
    """Which two states are compared, and which of those asked for there are not."""

    before: int
    after: int
    unknown: tuple[str, ...] = ()


def two_of(given: Mapping[str, str], numbers: Sequence[int]) -> Two:
    """The two that an address names, out of those there are (newest first); else the newest and the one before."""
    newest, before = numbers[0], numbers[min(1, len(numbers) - 1)]
    chosen = {"from": before, "to": newest}
    unknown = []
    for name in chosen:
        written = given.get(name, "")
        if NUMBER.fullmatch(written) and int(written) in numbers:
            chosen[name] = int(written)
        elif written:
            unknown.append(written[:40])
    return Two(chosen["from"], chosen["to"], tuple(unknown))


@require_safe
def compared(request: HttpRequest, id: str) -> HttpResponse:
    """What was changed between two revisions of an entry."""
    entry = queries.entry(id)
    revisions = {revision.number: revision for revision in queries.revisions(entry)}
    two = two_of(request.GET, [*revisions])
    before, after = revisions[two.before], revisions[two.after]
    was, now = drafts.of(before.document), drafts.of(after.document)
    told = {
        "entry": entry,
        "revisions": [*revisions.values()],
        "before": before,
        "after": after,
        "changes": [(change, written_in(change.place, now)) for change in compare(was, now)],
        "unknown": [_("There is no revision {number}.").format(number=number) for number in two.unknown],
    }
    return show(request, "entries/compare.html", told)
