"""The page of one submission, as its reviewers see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.audit import queries as audit
from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry
from precedent.forms import draft as drafts
from precedent.forms import duplicates
from precedent.forms.asks import asks
from precedent.forms.draft import Draft
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import Refusal
from precedent.people.signatures import names
from precedent.submissions import actions, moves, needs, queries
from precedent.submissions.checklist import CHECKLIST
from precedent.submissions.records import WAITING, State, Submission
from precedent.submissions.refusals import NotReadyToPublish, ReasonMissing, TimePassed
from precedent.web.calls.answered import call_of
from precedent.web.page import show
from precedent.web.review import checks, decisions, reading
from precedent.web.review.refusals import NothingChosen
from precedent.web.review.threads import Thread, threads
from precedent.web.review.typed import Typed
from precedent.web.trail.words import said

CHANGES, SINCE, WHOLE = "changes", "since", "whole"
"""How the text is shown: against the entry, against the version reviewed before, or whole."""


@dataclass(frozen=True, slots=True)
class Material:
    """What the page is made of: the submission with all that belongs to it.

    `entry` is the one it changes, `base` the text from which the change was begun; `reviewed` is the version that
    was reviewed before it was sent again.
    """

    now: Submission
    threads: Sequence[Thread]
    events: Sequence[Event]
    entry: Entry | None = None
    base: Draft = field(default_factory=dict)
    reviewed: int | None = None

    @property
    def ways(self) -> list[str]:
        """How the text can be shown; the first is the one that is shown unless another is wished for."""
        ways = [SINCE] if self.reviewed else []
        return [*ways, CHANGES, WHOLE] if self.entry else [*ways, WHOLE]


def material(now: Submission) -> Material:
    """At most five database queries."""
    events = audit.trail(now.id)
    entry, base = _base(now)
    return Material(now, threads(queries.comments(now)), events, entry, base, _reviewed(now, events))


def _base(now: Submission) -> tuple[Entry | None, Draft]:
    if now.entry is None or now.base is None:
        return None, {}
    entry = catalogue.any_entry(now.entry)
    was = next(revision for revision in catalogue.revisions(entry) if revision.number == now.base)
    return entry, drafts.of(was.document)


def _reviewed(now: Submission, events: Sequence[Event]) -> int | None:
    """The version on which changes were last asked for, where the text has changed since."""
    asked = [
        event.detail["version"]
        for event in events
        if event.verb == Verb.SUBMISSION_MOVED.code and event.detail["move"] == "ask-changes"
    ]
    return asked[-1] if asked and asked[-1] != now.version.number else None


def page(
    request: HttpRequest, now: Submission, by: Actor, typed: Typed | None = None, refused: Refusal | None = None
) -> HttpResponse:
    """The page as it stands now, with what is typed and not kept yet, and why something was refused."""
    have = material(now)
    wished = request.GET.get("show") or request.POST.get("show") or ""
    typed = (typed or Typed()).without([c for thread in have.threads for c in thread.comments], by.id)
    told = {
        "submission": now,
        "answered": call_of(now),
        "typed": typed,
        "errors": _errors(refused),
        **_text(have, wished if wished in have.ways else have.ways[0]),
        **_state(have),
        **_work(have, by, typed),
        "names": _names(have),
    }
    return show(request, "review/review.html", told, refused.status if refused else 200)


ANCHORS: dict[type[Refusal], str] = {
    ReasonMissing: "reason",
    TimePassed: "at",
    NotReadyToPublish: "checks",
    NothingChosen: "decide",
}
"""Where on the page the remedy is."""


def _errors(refused: Refusal | None) -> list[tuple[str, str]]:
    return [(ANCHORS.get(type(refused), ""), f"{refused} {refused.advice}")] if refused else []


def _text(have: Material, way: str) -> dict[str, Any]:
    """The text: the fields that changed, or chapter by chapter; and the threads that have no field there."""
    now = reading.in_its_language(have.now.draft)
    sections, chapters = [], []
    if way == WHOLE:
        chapters = reading.whole(now, have.threads)
        sections = [section for chapter in chapters for section in chapter.sections]
    else:
        before = have.base if way == CHANGES else queries.version(have.now, have.reviewed or 1).draft
        sections = reading.changed(before, now, have.threads)
    loose = [(reading.about(thread, now), thread) for thread in reading.elsewhere(have.threads, sections)]
    return {
        "language": str(now["language"]),
        "way": way,
        "ways": [(other, WAYS[other], _address(have.now, other)) for other in have.ways if other != way],
        "sections": sections,
        "chapters": chapters,
        "loose": loose,
        "count": sum(bool(section.changes) for section in sections),
        "fields": [("", _("The whole")), *((ask.name, ask.label) for ask in asks())],
    }


WAYS: dict[str, str | Promise] = {
    SINCE: gettext_lazy("Show what changed since it was last reviewed"),
    CHANGES: gettext_lazy("Show what the change alters"),
    WHOLE: gettext_lazy("Show the whole"),
}


def _address(now: Submission, way: str) -> str:
    return f"{reverse('review-one', args=[now.id])}?show={way}"


def _state(have: Material) -> dict[str, Any]:
    """How it stands, and what has happened."""
    entry, now = have.entry, have.now
    return {
        "state": moves.state_name(now),
        "entry": entry,
        "moved_on": bool(entry and now.state in WAITING and entry.revision.number != now.base),
        "reviewed": have.reviewed,
        "happened": [(event, said(event)) for event in reversed(_condensed(have.events))],
        "files": queries.files(now),
    }


REPEATED = (Verb.SUBMISSION_SAVED.code, Verb.SUBMISSION_CHECKED.code)


def _condensed(events: Sequence[Event]) -> list[Event]:
    """Of what somebody does again and again (saving, ticking) the last stands for all."""
    following = [*events, None][1:]
    return [
        event
        for event, after in zip(events, following, strict=True)
        if event.verb not in REPEATED or after is None or (event.verb, event.by) != (after.verb, after.by)
    ]


def _work(have: Material, by: Actor, typed: Typed) -> dict[str, Any]:
    """What the reviewer can do."""
    now = have.now
    still_open = sum(thread.open for thread in have.threads)
    made = queries.checked(now)
    return {
        "counted": checks.seen(now.draft, have.threads),
        "alike": duplicates.alike(now.draft, leaving_out=now.entry or ""),
        "checklist": CHECKLIST,
        "made": made,
        "ticks": made if typed.ticks is None else typed.ticks,
        "needs": needs.for_publication(now) if now.state in WAITING else [],
        "choices": decisions.choices(by, now, still_open),
        "holds": moves.claimer(by, now) and now.state is State.IN_REVIEW,
        "own": moves.owner(by, now),
        "reviews": moves.reviewer(by, now),
        "may_claim": decisions.may_claim(by, now),
        "may_edit": moves.may_edit(by, now) and moves.claimer(by, now),
        "longest": actions.LONGEST_COMMENT,
    }


def _names(have: Material) -> dict[str, str]:
    said = {comment.by for thread in have.threads for comment in thread.comments}
    now = have.now
    return names({now.owner, now.claimed_by, now.approved_by, *said, *(event.by for event in have.events)})
