"""A search to carry away: every entry that it finds, in its order, as a file of one of several kinds.

Text is sent while it is read: at any size it begins at once and takes the same memory. A workbook is written to
the disk first, and a Word file, which is for reading, ends after some hundred entries and says so.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from precedent.audit.remembering import one_revision
from precedent.catalogue import citation
from precedent.catalogue.records import Entry
from precedent.kernel.languages import current
from precedent.search import whole
from precedent.search.request import PAGE_SIZE, SearchRequest, parse
from precedent.web import tables
from precedent.web.contribute.word import WORD, WORKBOOK
from precedent.web.page import absolute
from precedent.web.search import columns
from precedent.web.search.paper import About, as_word, entry_told
from precedent.web.search.workbook import as_workbook

WHOLE = "all"
"""The parameter that names a facet to be shown with all of its choices. It asks nothing of the catalogue."""

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Listing:
    """What is found and is to be told, to whom, and in which language."""

    request: HttpRequest
    asked: SearchRequest
    found: whole.Whole
    language: str

    def address(self, entry: Entry) -> str:
        """The entry's address, for as long as there is a catalogue."""
        return absolute(self.request, reverse("entry", args=[entry.id]))

    def each(self, tell: Callable[[Entry], Told]) -> Iterator[Told]:
        """What is told of each entry. Two database queries for each `whole.TOGETHER` entries."""
        for entries in whole.entries(self.found):
            # By the time a file is sent, the page's language and revision have been put away.
            with one_revision(), override(self.language):
                said = [tell(entry) for entry in entries]
            yield from said

    def rows(self) -> Iterator[list[object]]:
        return self.each(lambda entry: columns.row(entry, self.address(entry), self.asked.edition))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what people call it, its media type, and how it is made."""

    name: str | Promise
    media: str
    made: Callable[[Listing], HttpResponseBase]


@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """All that a search finds. What is not understood is left out, as on the page. Raises IndexAway."""
    if kind not in FILES:
        raise Http404
    asked = asked_of(request)
    listing = Listing(request, asked, whole.every(asked), current().code)
    response = FILES[kind].made(listing) if request.method == "GET" else HttpResponse()
    response["Content-Type"] = FILES[kind].media
    response["Content-Disposition"] = f'attachment; filename="precedent-search.{kind}"'
    return response


def asked_of(request: HttpRequest) -> SearchRequest:
    """The search in an address, as page and files read it."""
    given = dict(request.GET.lists())
    given.pop(WHOLE, None)
    return parse(given)


def ways(asked: SearchRequest) -> list[tuple[str | Promise, str]]:
    """Each kind of file by its name, and where a search is found as one."""
    told = bare(asked).query_string
    return [(kind.name, reverse("search-file", args=[ending]) + told) for ending, kind in FILES.items()]


def bare(asked: SearchRequest) -> SearchRequest:
    """The search and its order, without the page that is shown of it."""
    return replace(asked, page=1, size=PAGE_SIZE)


def _csv(listing: Listing) -> HttpResponseBase:
    return StreamingHttpResponse(tables.lines(columns.header(), listing.rows()))


def _workbook(listing: Listing) -> HttpResponseBase:
    with ExitStack() as open_until_sent:
        made = open_until_sent.enter_context(tempfile.TemporaryFile())
        as_workbook(made, columns.header(), listing.rows())
        made.seek(0)
        open_until_sent.pop_all()
    return FileResponse(made)


def _json_lines(listing: Listing) -> HttpResponseBase:
    def line(entry: Entry) -> str:
        told: dict[str, Any] = citation.as_data(entry, listing.address(entry))
        return json.dumps(told, ensure_ascii=False) + "\n"

    return StreamingHttpResponse(listing.each(line))


def _ris(listing: Listing) -> HttpResponseBase:
    return StreamingHttpResponse(listing.each(lambda entry: citation.as_ris(entry, listing.address(entry))))


def _bibtex(listing: Listing) -> HttpResponseBase:
    return StreamingHttpResponse(listing.each(lambda entry: citation.as_bibtex(entry, listing.address(entry))))


def _word(listing: Listing) -> HttpResponseBase:
    address = absolute(listing.request, reverse("search") + bare(listing.asked).query_string)
    about = About(listing.asked, address, listing.found.count)
    told = listing.each(lambda entry: entry_told(entry, listing.address(entry)))
    return HttpResponse(as_word(about, told))


FILES: dict[str, Kind] = {
    "csv": Kind(_("CSV"), tables.TYPE, _csv),
    "xlsx": Kind(_("Excel"), WORKBOOK, _workbook),
    "jsonl": Kind(_("JSON lines"), "application/jsonl; charset=utf-8", _json_lines),
    "ris": Kind(_("RIS"), "application/x-research-info-systems; charset=utf-8", _ris),
    "bib": Kind(_("BibTeX"), "application/x-bibtex; charset=utf-8", _bibtex),
    "docx": Kind(_("Word"), WORD, _word),
}
"""Each kind by the ending of its name."""
