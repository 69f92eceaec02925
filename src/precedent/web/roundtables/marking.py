"""What editors do: mark a question or an entry for a roundtable, and take a mark away."""

from dataclasses import dataclass
from typing import Self

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from precedent.catalogue import queries as catalogue
from precedent.catalogue.refusals import NoSuchEntry
from precedent.framework import queries as framework
from precedent.kernel.acting import Actor
from precedent.kernel.languages import said
from precedent.kernel.refusals import Invalid, Refusal
from precedent.people.signed_in import actor_of
from precedent.roundtables import actions, queries
from precedent.roundtables.records import LONGEST_REASON, Kind
from precedent.roundtables.refusals import (
    EntryNotPublished,
    NoSuchRoundtable,
    NotMarked,
    QuestionNotAsked,
    ReasonInvalid,
)
from precedent.web import kept
from precedent.web.page import show
from precedent.web.people.typed import Wrong

FORM = ["GET", "HEAD", "POST"]


class OneOfTwo(Invalid):
    code = "mark-one-of-two"
    message = gettext_lazy("Choose a question or name an entry: one of the two.")
    hint = gettext_lazy("To mark both, mark one after the other.")


PLACES: dict[type[Refusal], str] = {
    OneOfTwo: "question",
    NoSuchRoundtable: "roundtable",
    QuestionNotAsked: "question",
    NoSuchEntry: "entry",
    EntryNotPublished: "entry",
    ReasonInvalid: "reason",
}
"""The field that each refusal is about; another one is about the form as a whole."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of the form, each empty where nothing was typed. Reading it never fails."""

    roundtable: str = ""
    question: str = ""
    entry: str = ""
    reason: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        return cls(**{name: sent.get(name, "") for name in ("roundtable", "question", "entry", "reason")})

    def mark(self, by: Actor) -> None:
        """Raises OneOfTwo, and what the actions refuse."""
        entry = self.entry.strip().upper()
        if bool(entry) == bool(self.question):
            raise OneOfTwo
        if entry:
            actions.mark_entry(self.roundtable, entry, self.reason, by=by)
        else:
            actions.mark_question(self.roundtable, self.question, self.reason, by=by)


def wrong(refusal: Refusal) -> Wrong:
    """A refusal as the form shows it."""
    return Wrong(((PLACES.get(type(refusal), ""), f"{refusal} {refusal.advice}"),), refusal.status)


@require_http_methods(FORM)
def mark(request: HttpRequest) -> HttpResponse:
    """Mark a question or an entry; the address may name it and the roundtable."""
    typed = Typed.of(request.POST if request.method == "POST" else request.GET)
    refused = Wrong()
    if request.method == "POST":
        try:
            typed.mark(actor_of(request))
        except Refusal as refusal:
            refused = wrong(refusal)
        else:
            messages.success(request, _("It is marked for Roundtable {code}.").format(code=typed.roundtable))
            return redirect("roundtable", typed.roundtable)
    told = {
        "typed": typed,
        "wrong": refused,
        "roundtables": [
            (code, f"{code} {said(roundtable.title)}") for code, roundtable in queries.roundtables().items()
        ],
        "questions": [(code, f"{code} {asked}") for code, asked in framework.current_edition().questions.items()],
        "longest": LONGEST_REASON,
    }
    return show(request, "roundtables/mark.html", told, refused.status)


@require_http_methods(FORM)
def unmark(request: HttpRequest) -> HttpResponse:
    """Take a mark away, which the address names."""
    code, kind, what = (request.GET.get(name, "") for name in ("roundtable", "kind", "what"))
    reason = request.POST.get("reason", "")
    refused = Wrong()
    if request.method == "POST":
        try:
            actions.unmark(code, kind, what, reason, by=actor_of(request))
        except NotMarked as gone:
            return kept.page(request, str(gone), gone.advice, again=False, status=gone.status)
        except Refusal as refusal:
            refused = wrong(refusal)
        else:
            messages.success(request, _("The mark is taken away."))
            return redirect("roundtable", code)
    found = queries.mark(code, kind, what)
    told = {
        "mark": found,
        "roundtable": queries.roundtable(code),
        "entry": catalogue.any_entry(what) if found.kind is Kind.ENTRY else None,
        "reason": reason,
        "wrong": refused,
        "longest": LONGEST_REASON,
    }
    return show(request, "roundtables/unmark.html", told, refused.status)
