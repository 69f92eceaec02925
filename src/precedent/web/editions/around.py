"""Pages on which the texts around the questions are changed, and a question or heading is added."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from precedent.editions import actions
from precedent.framework import queries, revising
from precedent.framework.actions import Move
from precedent.framework.checking import LONGEST, LONGEST_FRAME
from precedent.framework.records import Edition, Perspective
from precedent.framework.refusals import DraftChanged, NoDraft, NoSuchItem
from precedent.framework.revising import FRAME, Place
from precedent.kernel.languages import FALLBACK, Texts, said
from precedent.kernel.refusals import Refusal
from precedent.kernel.text import one_line
from precedent.people.signed_in import actor_of
from precedent.web.editions.typed import SPOKEN, stale, texts, theirs, wrong
from precedent.web.page import show
from precedent.web.people.typed import Wrong

FORM = ["GET", "HEAD", "POST"]

FIELDS: dict[str, str | Promise] = {
    "title": _("Title"),
    "short_title": _("Short title"),
    "scope": _("What belongs here"),
    "aim": _("Aim"),
    "expected_outcome": _("What is expected of it"),
    "text": _("Text"),
}
"""What each text is called."""


class Sheet:
    """A form of texts in six languages: which, as they are in the draft, as they were, and as they were typed."""

    def __init__(self, place: str, names: tuple[str, ...], now: Any = None, was: Any = None) -> None:
        self.place, self.names = place, names
        self.now: dict[str, Texts] = {name: getattr(now, name, {}) for name in names}
        self.was: dict[str, Texts] = {name: getattr(was, name, {}) for name in names}
        self.shown = self.now
        self.theirs: dict[str, str] = {}
        self.label = now.label if isinstance(now, Edition) else ""
        self.longest = LONGEST_FRAME if place == FRAME else LONGEST

    def type(self, request: HttpRequest) -> dict[str, Texts]:
        """Take on what was typed."""
        self.shown = {name: texts(request.POST, name) for name in self.names}
        self.label = request.POST.get("label", self.label)
        return self.shown

    def meet(self, refusal: Refusal) -> None:
        """Somebody else was first: beside what was typed stands what they saved."""
        if isinstance(refusal, DraftChanged) and self.now[self.names[0]]:
            self.theirs = theirs(self.shown, self.now)

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [
            {
                "name": name,
                "label": FIELDS[name],
                "texts": self.shown[name],
                "was": self.was[name],
                "stale": stale(self.was[name], self.now[name]) if self.was[name] else (),
            }
            for name in self.names
        ]


@require_http_methods(FORM)
def frame(request: HttpRequest) -> HttpResponse:
    """The edition's name, its title, its aim and what is expected of it."""
    draft, before = _draft(), queries.current_edition()
    sheet = Sheet(FRAME, ("title", "aim", "expected_outcome"), draft, before)

    def move(told: dict[str, Texts]) -> Move:
        label = sheet.label
        return lambda now, _b, _u: revising.frame_reworded(now, label, **told)

    return _form(request, sheet, move, _("The text around the questions"), "")


@require_http_methods(FORM)
def area(request: HttpRequest, code: str) -> HttpResponse:
    """What an issue area is called, and what belongs there."""
    draft, before = _draft(), queries.current_edition()
    if code not in draft.areas:
        raise NoSuchItem(code=code)
    sheet = Sheet(code, ("title", "short_title", "scope"), draft.areas[code], before.areas.get(code))
    heading = str(_("Issue area {code}: {title}")).format(code=code, title=draft.areas[code])
    return _form(
        request,
        sheet,
        lambda told: lambda now, _b, _u: revising.area_reworded(now, code, **told),
        heading,
        f"area-{code.lower()}",
    )


@require_http_methods(FORM)
def add(request: HttpRequest, stem: str) -> HttpResponse:
    """A new question of an area, or a new heading of one of its perspectives, at the end."""
    draft = _draft()
    place = next((place for place in _places(draft) if place.stem == stem), None)
    if place is None:
        raise NoSuchItem(code=stem)
    area, side = draft.areas[place.area], place.perspective
    if side is None:
        heading = str(_("A new question of {area}")).format(area=area)
    else:
        told = {"area": area, "perspective": said(draft.perspectives[side])}
        heading = str(_("A new heading of the Annex: {area}, {perspective}")).format(**told)
    return _form(
        request,
        Sheet(place.area, ("text",)),
        lambda told: lambda now, _b, used: revising.added(now, place, told["text"], used),
        heading,
        f"end-{place.stem.lower()}",
    )


def _draft() -> Edition:
    draft = queries.draft()
    if draft is None:
        raise NoDraft
    return draft.edition


def _places(draft: Edition) -> list[Place]:
    return [Place(area, side) for area in draft.areas for side in (None, *Perspective)]


def _form(
    request: HttpRequest,
    sheet: Sheet,
    move: Callable[[dict[str, Texts]], Move],
    heading: str | Promise,
    anchor: str,
) -> HttpResponse:
    """Show the form, or do what it says and go back to the draft."""
    refused = Wrong()
    if request.method == "POST":
        told = sheet.type(request)
        refused = _without_english(told)
        if not refused.errors:
            try:
                actions.revise(sheet.place, request.POST.get("seen", ""), move(told), "text", by=actor_of(request))
            except Refusal as refusal:
                refused = wrong(refusal)
                sheet.meet(refusal)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(f"{reverse('edition-draft')}#{anchor}")
    told_to_page = {
        "sheet": sheet,
        "heading": heading,
        "anchor": anchor,
        "spoken": SPOKEN,
        "seen": revising.seen_of(_draft(), sheet.place),
        "wrong": refused,
    }
    return show(request, "editions/text.html", told_to_page, refused.status)


def _without_english(told: dict[str, Texts]) -> Wrong:
    errors = [
        (f"{name}-{FALLBACK}", str(_("{field}: the English text is needed.")).format(field=FIELDS[name]))
        for name, text in told.items()
        if not one_line(text[FALLBACK])
    ]
    return Wrong(tuple(errors), 422) if errors else Wrong()
