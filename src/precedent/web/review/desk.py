"""The desk: what waits for reviewers, the oldest first, and what of it they want to see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from babel.dates import format_timedelta
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from precedent.calls.records import Call
from precedent.kernel.acting import Actor
from precedent.kernel.languages import current, locale
from precedent.kernel.refusals import Conflict, Refusal
from precedent.people.permissions import Permission
from precedent.people.signatures import names
from precedent.people.signed_in import actor_of
from precedent.search import facets
from precedent.submissions import actions, queries
from precedent.submissions.queries import PAGE, Desk
from precedent.submissions.records import STATE_NAMES, WAITING, State, Submission
from precedent.web.calls.answered import call_of
from precedent.web.page import show
from precedent.web.review.decisions import CLAIM, may_claim
from precedent.web.review.typed import number
from precedent.web.wording import isolated, listed

FAR = 10**9
"""A page behind the last: asking for it counts a list, and reads none of it."""
MOST = PAGE
"""Examples that are taken at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the desk, on which page, and what of the address was not understood."""

    desk: Desk
    page: int = 1
    ignored: tuple[str, ...] = ()

    @property
    def query_string(self) -> str:
        return address(self.desk, self.page)


@dataclass(frozen=True, slots=True)
class Choice:
    """A narrower or another list: where it is, how long, and whether it is the one that is shown."""

    label: str | Promise
    address: str
    count: int
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A submission on the desk. `age`: how long it has stood as it stands; `held`: who has it, both in words."""

    submission: Submission
    state: str | Promise
    age: str
    owner: str
    held: str
    may_claim: bool
    answered: Call | None


def address(desk: Desk, page: int = 1) -> str:
    """What an address says to get this list."""
    told = {
        "mine": "1" if desk.mine else "",
        "area": desk.area,
        "country": desk.country,
        "state": desk.state,
        "page": page if page > 1 else "",
    }
    kept = {name: str(value) for name, value in told.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def parse(given: Mapping[str, str]) -> Asked:
    """What an address asks for. It never fails: what it does not understand is named."""
    known: dict[str, Iterable[str]] = {
        "area": facets.labels("area", current().code),
        "country": facets.labels("country", current().code),
        "state": [state.value for state in STATE_NAMES if state is not State.DRAFT],
    }
    chosen = {name: value for name, codes in known.items() if (value := given.get(name, "")) in codes}
    told = _("We do not know the value “{value}” and left it out.")
    ignored = [given[name][:40] for name in known if given.get(name) and name not in chosen]
    desk = Desk(
        bool(given.get("mine")),
        chosen.get("area", ""),
        chosen.get("country", ""),
        State(chosen["state"]) if "state" in chosen else None,
    )
    page = number(given.get("page", "")) or 1
    return Asked(desk, min(page, FAR), tuple(told.format(value=value) for value in ignored))


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for reviewers."""
    by, asked = actor_of(request), parse(request.GET)
    found = queries.queue(asked.desk, by=by, page=asked.page)
    known = names(id for one in found.items for id in (one.owner, one.claimed_by))
    pages = max(1, -(-found.count // PAGE))
    told = {
        "asked": asked,
        "lines": [_line(one, known, by) for one in found.items],
        "count": found.count,
        "groups": _groups(asked.desk, by),
        "countries": sorted(facets.labels("country", current().code).items(), key=lambda pair: pair[1]),
        "narrowed": asked.desk != Desk(),
        "pages": pages,
        "before": address(asked.desk, min(asked.page - 1, pages)) or "?" if asked.page > 1 else "",
        "after": address(asked.desk, asked.page + 1) if found.more else "",
        "reads_trail": by.may(Permission.READ_TRAIL),
    }
    return show(request, "review/desk.html", told)


def _line(one: Submission, known: Mapping[str, str], by: Actor) -> Line:
    return Line(
        one,
        STATE_NAMES[one.state],
        age(one.moved),
        known.get(one.owner, ""),
        _held(one, known, by),
        may_claim(by, one),
        call_of(one),
    )


def _held(one: Submission, known: Mapping[str, str], by: Actor) -> str:
    """Who has it; of one that came again, who had it before."""
    if not one.claimed_by:
        return _("held by nobody")
    before = one.state is State.SUBMITTED
    if one.claimed_by == by.id:
        return _("reviewed by you before") if before else _("held by you")
    told = _("reviewed by {name} before") if before else _("held by {name}")
    return told.format(name=isolated(known.get(one.claimed_by, one.claimed_by)))


def age(since: datetime) -> str:
    """How long something has lasted, in words: “3 days”."""
    return format_timedelta(datetime.now(UTC) - since, locale=locale(), threshold=1)


def _groups(here: Desk, by: Actor) -> list[tuple[str, list[Choice]]]:
    """The lists one can go to from this one, by what they change, each as long as it says."""
    areas = facets.labels("area", current().code)
    waiting = [state for state in State if state in WAITING]
    return [
        (
            _("Whose"),
            [
                _choice(_("Everybody’s"), replace(here, mine=False), here, by),
                _choice(_("Mine"), replace(here, mine=True), here, by),
            ],
        ),
        (
            _("Issue area"),
            [
                _choice(_("All"), replace(here, area=""), here, by),
                *(_choice(f"{code} {named}", replace(here, area=code), here, by) for code, named in areas.items()),
            ],
        ),
        (
            _("State"),
            [
                _choice(_("All that wait"), replace(here, state=None), here, by),
                *(_choice(STATE_NAMES[state], replace(here, state=state), here, by) for state in waiting),
            ],
        ),
    ]


def _choice(named: str | Promise, there: Desk, here: Desk, by: Actor) -> Choice:
    count = queries.queue(there, by=by, page=FAR).count
    return Choice(named, reverse("review") + address(there), count, there == here)


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take several into review. Those that cannot be taken are named."""
    by = actor_of(request)
    chosen = request.POST.getlist("take")[:MOST]
    lost: dict[str, list[str]] = {}
    for id, _dot, changed in (one.partition(".") for one in chosen):
        if why := _taken(id, number(changed) or 0, by):
            lost.setdefault(why, []).append(id[:20])
    for why, ids in lost.items():
        messages.warning(request, why.format(ids=listed(ids)))
    if taken := len(chosen) - sum(len(ids) for ids in lost.values()):
        told = ngettext("You took {count} example into review.", "You took {count} examples into review.", taken)
        messages.success(request, told.format(count=taken))
    elif not chosen:
        messages.info(request, _("No example was chosen. Tick those that you want to review."))
    return redirect(reverse("review") + parse(request.POST).query_string)


def _taken(id: str, changed: int, by: Actor) -> str:
    """Why one could not be taken; empty where it was."""
    try:
        actions.move(replace(queries.submission(id, by=by), changed=changed), CLAIM, by=by)
    except Conflict:
        return _("Somebody was first: {ids}.")
    except Refusal:
        return _("Not yours to review: {ids}.")
    return ""
