"""Many examples in one file: tried first, with a report row by row; then the chosen rows become drafts."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from precedent.catalogue.bulk import Row
from precedent.forms import draft as drafts
from precedent.forms import files
from precedent.forms.draft import Draft
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.kernel.text import canonical
from precedent.people.signed_in import actor_of
from precedent.submissions import actions
from precedent.submissions.records import Way
from precedent.web.contribute.word import chosen_file, too_large
from precedent.web.page import show

LARGEST = 10_000_000
"""Bytes of a file that somebody sends in."""
MOST_ROWS = 200
"""Examples that one person sends in at a time; the command takes any number."""
MADE = "made"
"""Where a session keeps which reports were turned into drafts, so that a form sent twice makes them once."""
KEPT = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the report tells it. `told` is its draft as it is sent back; empty: there is nothing to make."""

    number: int
    title: str
    told: str
    whole: bool
    findings: tuple[tuple[str, str], ...]


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose a file; read the report; make drafts of the rows that are ticked."""
    if request.method != "POST":
        return _page(request)
    return _made(request, actor_of(request)) if request.POST.get("do") == "make" else _tried(request)


def _page(request: HttpRequest, refused: str = "", lines: Iterable[Line] = (), status: int = 200) -> HttpResponse:
    told = {
        "refused": refused,
        "lines": list(lines),
        "most": MOST_ROWS,
        "megabytes": LARGEST // 1_000_000,
        "once": secrets.token_hex(8),
    }
    return show(request, "contribute/bulk.html", told, status)


def _tried(request: HttpRequest) -> HttpResponse:
    """The report. Nothing is kept."""
    file = chosen_file(request)
    if file is None:
        return _page(request, _("Choose a file first."), status=422)
    if wrong := too_large(file, LARGEST):
        return _page(request, wrong, status=422)
    try:
        rows = list(islice(files.read(file.read(), file.name or ""), MOST_ROWS + 1))
    except Refusal as refusal:
        return _page(request, f"{refusal} {refusal.advice}", status=refusal.status)
    lines = [_line(row) for row in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        more = _("The file has more than {most} rows; the report tells of the first {most}. Send the rest apart.")
        return _page(request, more.format(most=MOST_ROWS), lines)
    return _page(request, "" if lines else _("The file has no rows."), lines)


def _line(row: Row) -> Line:
    told = drafts.tidy(row.told or {})
    findings = [*row.findings, *row.remarks]
    said = tuple((_said(row, f.field, f.message, told), f.hint) for f in findings)
    title = str(told.get("title", "")) or row.key
    return Line(row.line, title, canonical(told) if told else "", row.document is not None, said)


def _said(row: Row, place: str, message: str, told: Draft) -> str:
    if row.placed:
        return message
    return _("{heading}: {text}").format(heading=drafts.place_label(place, told), text=message)


def _made(request: HttpRequest, by: Actor) -> HttpResponse:
    """A draft of each ticked row, once."""
    once = request.POST.get("once", "")[:32]
    made = request.session.get(MADE, [])
    if once in made:
        messages.info(request, _("These drafts were made already."))
        return redirect("my-examples")
    count, refused = 0, []
    for text in request.POST.getlist("row")[:MOST_ROWS]:
        try:
            actions.start(_draft(text), Way.FILE, by=by)
            count += 1
        except Refusal as refusal:
            refused.append(f"{str(_draft(text).get('title', ''))[:80]}: {refusal}")
    request.session[MADE] = [*made, once][-KEPT:]
    for sentence in refused:
        messages.error(request, sentence)
    said = ngettext("{count} draft was made.", "{count} drafts were made.", count)
    messages.success(request, said.format(count=count))
    return redirect("my-examples")


def _draft(text: str) -> Draft:
    """A draft as the report sent it; an empty one where it was tampered with."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
