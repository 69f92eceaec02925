"""Where we know least: every guiding question with how deep what is known goes, the weakest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from precedent.calls import queries as calls
from precedent.framework.records import Question
from precedent.search.depth import Depth, depths, listed
from precedent.search.dimensions import edition_of
from precedent.search.facets import facets
from precedent.search.refusals import IndexAway
from precedent.search.request import SearchRequest, parse, why_ignored, why_renamed
from precedent.web import tables
from precedent.web.coverage.views import may_call
from precedent.web.page import absolute, show
from precedent.web.search.shown import chips

FIGURES: dict[str, str | Promise] = {
    "entries": gettext_lazy("Entries"),
    "countries": gettext_lazy("Countries"),
    "south_south": gettext_lazy("South-South"),
    "results": gettext_lazy("With a known outcome"),
    "not_all_well": gettext_lazy("Mixed or negative"),
    "independent": gettext_lazy("Independent evidence"),
}
"""The numbers of a question, in the order in which they stand."""

NO_LIST = "countries"
"""The one figure that counts no entries."""
NARROWED_BY = ("perspective", "region", "group")


@dataclass(frozen=True, slots=True)
class Figure:
    """`address`: the list of the entries it counts; empty where there is none."""

    label: str | Promise
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A question and how deep what is known of it goes."""

    question: Question
    place: int
    depth: Depth
    figures: tuple[Figure, ...]
    newest: str
    confirmed: str
    gap: str


@require_safe
def least(request: HttpRequest) -> HttpResponse:
    """The questions of an edition, the weakest first."""
    given = parse(dict(request.GET.lists()))
    told = {
        "asked": given.bare,
        "ignored": [why_ignored(part) for part in given.ignored] + [why_renamed(part) for part in given.renamed],
        "edition": edition_of(given),
        "chips": chips(given.bare),
        "offered": [facets()[parameter] for parameter in NARROWED_BY],
        "kept": [(name, value) for name, value in given.bare.parameters() if name not in NARROWED_BY],
        "today": datetime.now(UTC).date(),
        "csv": reverse("coverage-least-csv") + given.bare.query_string,
        "figures": FIGURES,
        "calls": calls.open_by_question(),
        "may_call": may_call(request),
        "also": also(given.bare),
    }
    try:
        told["standings"] = standings(given.bare)
    except IndexAway:
        response = show(request, "coverage/least.html", told | {"standings": None}, 503)
        response["Retry-After"] = "5"
        return response
    return show(request, "coverage/least.html", told)


def also(asked: SearchRequest) -> str:
    """What the page is narrowed to, for the address of a new call."""
    told = asked.without("question").parameters()
    return f"&{urlencode(told)}" if told else ""


def standings(asked: SearchRequest) -> list[Standing]:
    """Every question, the weakest first. Raises IndexAway."""
    questions = edition_of(asked).questions
    return [
        _standing(asked, questions[depth.code], depth, place) for place, depth in enumerate(depths(asked), start=1)
    ]


def _standing(asked: SearchRequest, question: Question, depth: Depth, place: int) -> Standing:
    search, gap = reverse("search"), reverse("coverage-gap")
    figures = []
    for name, label in FIGURES.items():
        number: int = getattr(depth, name)
        has_list = number and name != NO_LIST
        address = search + listed(asked, question.code, name).query_string if has_list else ""
        figures.append(Figure(label, number, address))
    newest = str(depth.newest) if depth.newest else _("not known")
    empty = gap + asked.only("question", question.code).query_string
    return Standing(question, place, depth, tuple(figures), newest, confirmed(depth), empty)


def confirmed(depth: Depth) -> str:
    """How long ago the middle one of the entries was confirmed by whoever answers for it."""
    if not depth.entries:
        return _("nothing to confirm")
    if depth.months is None:
        return _("most never") if depth.never < depth.entries else _("never")
    if depth.months == 0:
        return _("this month")
    return ngettext("{count} month ago", "{count} months ago", depth.months).format(count=depth.months)


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a table, with the addresses of the lists. Raises IndexAway."""
    asked = parse(dict(request.GET.lists())).bare
    header = [
        _("Code"),
        _("Guiding question"),
        *FIGURES.values(),
        _("Newest began in"),
        _("Confirmed (median), months ago"),
        _("Never confirmed"),
        _("Address"),
    ]
    lines = tables.lines(header, _lines(request, asked, standings(asked)))
    response = StreamingHttpResponse(lines, content_type=tables.TYPE)
    response["Content-Disposition"] = 'attachment; filename="precedent-where-we-know-least.csv"'
    return response


def _lines(request: HttpRequest, asked: SearchRequest, shown: list[Standing]) -> Iterator[list[object]]:
    for standing in shown:
        depth = standing.depth
        address = reverse("search") + listed(asked, depth.code).query_string
        yield [
            depth.code,
            str(standing.question),
            *(figure.number for figure in standing.figures),
            depth.newest or "",
            "" if depth.months is None else depth.months,
            depth.never,
            absolute(request, address),
        ]
