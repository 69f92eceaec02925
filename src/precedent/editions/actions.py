"""Where an edition changes together with what hangs on it: editors' decisions on entries."""

from collections.abc import Sequence

from precedent.audit.actions import hold
from precedent.audit.remembering import one_revision
from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries as entries
from precedent.catalogue.records import identifier
from precedent.editions import queries
from precedent.editions.judging import Judge
from precedent.editions.records import Decision
from precedent.framework import actions as framework
from precedent.framework import queries as editions
from precedent.framework.actions import Move
from precedent.framework.edition_file import Wished
from precedent.framework.queries import Draft
from precedent.framework.records import Edition
from precedent.framework.refusals import DecisionChanged, DecisionsOpen, DraftChanged
from precedent.framework.revising import WHOLE, seen_of
from precedent.kernel.acting import Actor, action
from precedent.people.permissions import Permission


@action(Permission.KEEP_FRAMEWORK)
def revise(place: str, seen: str, move: Move, what: str, *, by: Actor) -> Draft:
    """Change a part of the draft as it was `seen`. Decisions on what a split was before fall away with it.

    Raises NoDraft, DraftChanged, and what the move refuses.
    """
    hold()
    before = editions.draft()
    made = framework.revise_edition(place, seen, move, what, by=by)
    if before and made.edition != before.edition:
        was, now = before.edition, made.edition
        changed = {code for code, parts in was.successors.items() if now.successors.get(code) != parts}
        catalogue.unplace(now.number, changed, was.items.keys() - now.items.keys(), by=by)
    return made


@action(Permission.KEEP_FRAMEWORK)
def take_in(wished: Wished, seen: str, *, by: Actor) -> Draft:
    """Give the draft the text of a file. `seen`: the draft as it was, empty where there was none: one is begun.

    Raises FrameworkFileInvalid, DraftChanged, NoDraft.
    """
    hold()
    draft = editions.draft()
    if draft and not seen:
        raise DraftChanged(place=f"edition {draft.edition.number}")
    text = wished.draft(editions.current_edition(), editions.closed_codes())
    if draft is None and not seen:
        seen = seen_of(framework.begin_edition(by=by).edition, WHOLE)
    return revise(WHOLE, seen, lambda _now, _before, _used: text, "file", by=by)


@action(Permission.KEEP_FRAMEWORK)
def discard(version: int, *, by: Actor) -> None:
    """Throw the draft away as it was seen, with the decisions on it.

    Raises NoDraft, DraftChanged, DraftWasInForce.
    """
    hold()
    draft = editions.draft()
    framework.discard_edition(version, by=by)
    if draft:
        catalogue.unplace(draft.edition.number, draft.edition.successors, draft.edition.items, by=by)


@action(Permission.KEEP_FRAMEWORK)
def decide(decisions: Sequence[Decision], *, by: Actor) -> int:
    """Say what entries answer where an edition leaves that open: all of these decisions, or none.

    It may be said again, of the edition in force, too. How many say something new.
    Raises DecisionUnknown, DecisionChanged.
    """
    hold()
    with one_revision():
        judge = Judge(queries.lineages(), entries.answering({decision.entry for decision in decisions}))
        made = entries.decided()
        in_force = {edition.number for edition in editions.editions()}
        new = 0
        for one in decisions:
            own = made.get(one.entry, {})
            judge.must_hold(one, own)
            if own.get(one.key) == one.into:
                continue
            if own.get(one.key) != one.seen:
                raise DecisionChanged(entry=identifier(one.entry))
            now = one.edition in in_force
            catalogue.place(one.entry, one.edition, one.code, one.into, in_force=now, by=by)
            made[one.entry] = {**own, one.key: one.into}
            new += 1
        return new


@action(Permission.KEEP_FRAMEWORK)
def publish(version: int, reason: str, *, by: Actor) -> Edition:
    """Put the draft in force as it was seen. An entry published meanwhile counts, too.

    Raises NoDraft, DraftChanged, EditionIncomplete, DecisionsOpen.
    """
    hold()
    with one_revision():
        if left_open := queries.effects().open:
            first = left_open[0]
            raise DecisionsOpen(count=len(left_open), entry=first.id, code=", ".join(first.codes))
        return framework.publish_edition(version, reason, by=by)
