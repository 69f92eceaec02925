"""What an edition does to entries, calls and questions, and the decisions that editors have to make on it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from precedent.calls.records import STANDING_NAMES, Standing
from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry
from precedent.editions import actions, queries
from precedent.editions.records import Asked, Decision, Effects
from precedent.framework import queries as framework
from precedent.framework.records import Edition
from precedent.framework.refusals import NoDraft
from precedent.kernel.refusals import Refusal
from precedent.people.signed_in import actor_of
from precedent.web.editions import wording
from precedent.web.editions.typed import wrong
from precedent.web.page import show
from precedent.web.people.typed import Wrong, number

FORM = ["GET", "HEAD", "POST"]
SIZE = 25
"""Decisions on a page."""
NONE_OF_THEM = "-"
"""Ticked where an entry speaks to none of the parts."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which decisions are to be seen: of one code (`none`: entries left without a question), open ones, a page."""

    code: str
    all: bool
    page: int

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        return cls(
            asked.get("code", "")[:20], asked.get("show") == "all", max(1, number(asked.get("page", ""), 1))
        )

    def query(self, **changes: object) -> str:
        told = {"code": self.code, "show": "all" if self.all else "", "page": self.page, **changes}
        kept = {name: value for name, value in told.items() if value not in ("", 1)}
        return f"?{urlencode(kept)}" if kept else "?"

    def fits(self, asked: Asked) -> bool:
        return self.code in ("", asked.code or "none") and (self.all or asked.is_open)


def key(asked: Asked) -> str:
    """The name of a decision's fields."""
    return f"d.{asked.entry}.{asked.edition}.{asked.code}"


@require_http_methods(FORM)
def effects(request: HttpRequest) -> HttpResponse:
    """What publishing the draft would do, with the decisions to make."""
    draft = framework.draft()
    if draft is None:
        raise NoDraft
    return _page(request, "edition-effects", draft.edition, queries.effects(), draft.was_in_force)


@require_http_methods(FORM)
def in_force(request: HttpRequest) -> HttpResponse:
    """What the edition in force did; its decisions may be changed."""
    return _page(request, "edition-decisions", framework.current_edition(), queries.effects_in_force())


def _page(
    request: HttpRequest, name: str, edition: Edition, found: Effects, was_in_force: bool = False
) -> HttpResponse:
    """`was_in_force`: the draft was taken back, so that the edition in force may have decisions of its own."""
    wish, refused = Wish.of(request.GET), Wrong()
    fitting = [asked for asked in found.asked if wish.fits(asked)]
    if request.method == "POST":
        refused = _missing(request.POST)
        if not refused.errors:
            try:
                new = actions.decide(list(_decisions(request.POST, found, fitting)), by=actor_of(request))
            except Refusal as refusal:
                refused = wrong(refusal, "decisions")
            else:
                said = ngettext("{count} decision is saved.", "{count} decisions are saved.", new)
                messages.success(request, said.format(count=new))
                return HttpResponseRedirect(f"{reverse(name)}{wish.query(page=1)}#decisions")
    sent = [asked for asked in found.asked if f"seen.{key(asked)}" in request.POST]
    told = _shown(name, edition, found, wish, fitting, sent)
    told |= {"wrong": refused, "typed": request.POST, "was_in_force": was_in_force}
    return show(request, "editions/effects.html", told, refused.status)


def _missing(sent: QueryDict) -> Wrong:
    """What has to be chosen before many can be decided at once."""
    if sent.get("do") not in ("ticked", "every"):
        return Wrong()
    if _chosen(sent.getlist("same")) is None:
        return Wrong((("same", _("Choose first what you decide.")),), 422)
    if sent.get("do") == "ticked" and not sent.getlist("tick"):
        return Wrong((("decisions", _("Tick first the entries on which you decide.")),), 422)
    return Wrong()


def _decisions(sent: QueryDict, found: Effects, fitting: list[Asked]) -> Iterator[Decision]:
    """What was said: entry by entry, or the same of those that are ticked, or of all that are still open."""
    do, same, ticked = sent.get("do", ""), sent.getlist("same"), set(sent.getlist("tick"))
    if do == "every":
        said = {asked: same for asked in fitting if asked.is_open}
    elif do == "ticked":
        said = {asked: same for asked in found.asked if key(asked) in ticked}
    else:
        said = {asked: sent.getlist(key(asked)) for asked in found.asked}
    for asked, values in said.items():
        into = _chosen(values)
        if into is not None:
            # Of what is still open, nobody can have decided anything else.
            seen = None if do == "every" else _chosen(sent.get(f"seen.{key(asked)}", "").split())
            yield Decision(asked.entry, asked.edition, asked.code, into, seen)


def _chosen(values: list[str]) -> tuple[str, ...] | None:
    """The codes that were chosen; none at all, where that was said; None: nothing was said."""
    told = list(dict.fromkeys(filter(None, values)))
    if not told:
        return None
    return tuple(code for code in told if code != NONE_OF_THEM)


def _shown(
    name: str, edition: Edition, found: Effects, wish: Wish, fitting: list[Asked], sent: list[Asked]
) -> dict[str, object]:
    """`sent`: what stood on the form that was refused, and stands there again."""
    pages = max(1, -(-len(fitting) // SIZE))
    page = min(wish.page, pages)
    shown = sent or fitting[(page - 1) * SIZE : page * SIZE]
    entries: dict[int, Entry] = catalogue.entries([asked.entry for asked in shown])
    texts = {text.number: text for text in (*framework.editions(), edition)}
    before = texts.get(edition.number - 1)
    was = before.questions if before else {}
    codes = Counter(asked.code or "none" for asked in found.asked if wish.all or asked.is_open)
    return {
        "here_is": name,
        "is_draft": name == "edition-effects",
        "edition": edition,
        "before": before,
        "effects": found,
        "outcomes": wording.OUTCOMES,
        "call_outcomes": wording.CALLS,
        "standing": STANDING_NAMES,
        "calls": [effect for effect in found.calls if effect.call.standing() is not Standing.CLOSED],
        "wish": wish,
        "pages": pages,
        "page": page,
        "shown": [(asked, key(asked), entries[asked.entry]) for asked in shown],
        "fitting": len(fitting),
        "still_open": sum(asked.is_open for asked in fitting),
        "codes": sorted(codes.items()),
        "texts": texts,
        "none_of_them": NONE_OF_THEM,
        "same_of": next((asked for asked in shown if wish.code), None),
        "counted": [
            code
            for code in dict.fromkeys((*was, *edition.questions))
            if found.now.get(code, 0) != found.then.get(code, 0) or code not in was
        ],
    }
