from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from precedent.framework import queries as framework
from precedent.framework.records import Question, Roundtable
from precedent.kernel.languages import said
from precedent.people.permissions import Permission
from precedent.people.signed_in import actor_of
from precedent.roundtables import queries
from precedent.roundtables.records import Handed, Kind
from precedent.search.request import SearchRequest
from precedent.web import tables
from precedent.web.page import absolute, show
from precedent.web.wording import listed, where, years


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked question with the search for its entries, how many these are, and those that are told under it."""

    question: Question
    search: str
    count: int
    handed: tuple[Handed, ...]


@require_safe
def roundtables(request: HttpRequest) -> HttpResponse:
    """The related roundtables, each with how much there is for it."""
    told = [
        (roundtable, len(queries.marked_questions(code)), len(queries.handed_over(code)))
        for code, roundtable in queries.roundtables().items()
    ]
    return show(request, "roundtables/roundtables.html", {"roundtables": told, "may_mark": _may_mark(request)})


@require_safe
def roundtable(request: HttpRequest, code: str) -> HttpResponse:
    """What there is to hand over to a roundtable, ordered by question."""
    found = queries.roundtable(code)
    handed = queries.handed_over(code)
    marks = queries.marks_for(code)
    told = {
        "roundtable": found,
        "marked": _marked(code),
        "marks": [mark for mark in marks if mark.kind is Kind.QUESTION],
        "others": [one for one in handed.values() if not one.questions],
        "lost": [mark for mark in marks if mark.kind is Kind.ENTRY and mark not in _in_use(handed)],
        "count": len(handed),
        "because": because,
        "may_mark": _may_mark(request),
        "today": datetime.now(UTC).date(),
        "edition": framework.current_edition(),
    }
    return show(request, "roundtables/roundtable.html", told)


def _may_mark(request: HttpRequest) -> bool:
    return actor_of(request).may(Permission.HAND_OVER)


def _in_use(handed: dict[int, Handed]) -> set[object]:
    return {mark for one in handed.values() for mark in one.marks}


def _marked(code: str) -> list[Marked]:
    """The marked questions, in the framework's order. An entry is told once: under the first that it answers."""
    known, handed = framework.current_edition().questions, queries.handed_over(code).values()
    return [
        Marked(
            known[question],
            reverse("search") + SearchRequest().only("question", question).query_string,
            sum(question in one.questions for one in handed),
            tuple(one for one in handed if one.questions[:1] == (question,)),
        )
        for question in queries.marked_questions(code)
    ]


def because(handed: Handed) -> list[str]:
    """Why an entry is handed over, in sentences."""
    told = []
    if handed.questions:
        told.append(_("Answers {questions}.").format(questions=listed(handed.questions)))
    for mark in handed.marks:
        if mark.what == handed.entry.id:
            told.append(_("Marked: {reason}").format(reason=mark.reason))
        else:
            told.append(_("Marked as {id}: {reason}").format(id=mark.what, reason=mark.reason))
    return told


@require_safe
def as_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """A line for each entry that is handed over."""
    found = queries.roundtable(code)
    header = (
        _("Roundtable"),
        _("Question"),
        _("What it asks"),
        _("Entry"),
        _("Title"),
        _("Language"),
        _("Where"),
        _("Years"),
        _("Why it is here"),
        _("Address"),
    )
    lines = tables.lines(header, _lines(request, found))
    response = StreamingHttpResponse(lines, content_type=tables.TYPE)
    response["Content-Disposition"] = f'attachment; filename="precedent-roundtable-{found.code}.csv"'
    return response


def _lines(request: HttpRequest, roundtable: Roundtable) -> Iterator[list[object]]:
    known = framework.current_edition().questions
    for handed in queries.handed_over(roundtable.code).values():
        entry, document = handed.entry, handed.entry.document
        first = handed.questions[0] if handed.questions else ""
        yield [
            roundtable.code,
            first,
            said(known[first].text) if first else "",
            entry.id,
            document.title,
            document.language,
            where([country.code for country in document.countries], document.level),
            years(document.year_start, document.year_end, document.status),
            " ".join(because(handed)),
            absolute(request, reverse("entry", args=[entry.address])),
        ]
