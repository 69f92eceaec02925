from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from precedent.audit import queries
from precedent.audit.records import Event
from precedent.catalogue import records as catalogue
from precedent.kernel.text import canonical
from precedent.people import records as people
from precedent.people.signatures import names
from precedent.submissions import records as submissions
from precedent.web.page import show
from precedent.web.trail.asked import parse
from precedent.web.trail.files import FILES
from precedent.web.trail.words import BY_CODE, said


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the page shows it. `about`: what it happened to; `address`: where that is shown, if anywhere."""

    event: Event
    said: str
    who: str
    about: str
    address: str
    detail: tuple[tuple[str, str], ...]
    broken: bool


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, when, to what, why: newest first."""
    asked = parse(request.GET)
    found = queries.stretch(asked.sought, asked.before)
    lines = _lines(found.events)
    told = {
        "asked": asked,
        "lines": lines,
        "count": found.count,
        "older": asked.older_than(found.events[-1].sequence) if found.more else "",
        "broken": [line.event.sequence for line in lines if line.broken],
        "verbs": sorted(((code, str(phrase)) for code, phrase in BY_CODE.items()), key=lambda pair: pair[1]),
        "files": [(kind, reverse("trail-export", args=[kind]) + asked.query_string) for kind in FILES],
    }
    return show(request, "trail/trail.html", told)


def _lines(events: Sequence[Event]) -> list[Line]:
    known = names({event.by for event in events} | {event.subject for event in events})
    broken = set(queries.broken(events))
    return [_line(event, known, event.sequence in broken) for event in events]


def _line(event: Event, known: Mapping[str, str], broken: bool) -> Line:
    return Line(
        event,
        said(event),
        known.get(event.by, event.by_name),
        known.get(event.subject, event.subject),
        _address(event.subject),
        tuple(
            (name, value if isinstance(value, str) else canonical(value)) for name, value in event.detail.items()
        ),
        broken,
    )


def _address(subject: str) -> str:
    """Where something is shown that events happen to; empty where nowhere."""
    if catalogue.number_of(subject) is not None:
        return reverse("entry-history", args=[subject])
    if submissions.number_of(subject) is not None:
        return reverse("review-one", args=[subject])
    number = people.number_of(subject)
    return reverse("person", args=[number]) if number is not None else ""


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """The events that are sought, or the whole trail, oldest first, as a file."""
    if kind not in FILES:
        raise Http404
    told, written = FILES[kind]
    response = StreamingHttpResponse(written(queries.events(parse(request.GET).sought)), content_type=told)
    response["Content-Disposition"] = f'attachment; filename="precedent-trail.{kind}"'
    return response
