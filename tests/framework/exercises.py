"""Editions made by chance, through actions: what editors do to the framework, many times over."""

import random

from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries as entries
from precedent.framework import actions, queries, revising
from precedent.framework.lineage import NONE_LEFT, placed
from precedent.framework.records import Edition, EditionStatus
from tests import given


def next_edition(chance: random.Random, moves: int = 12) -> Edition:
    """Another edition in force, after some moves of editors and all the decisions it needs."""
    actions.begin_edition(by=given.EDITOR)
    for _ in range(moves):
        _move(chance)
    frame(the_draft(), "Another iteration")
    _decide(chance)
    return actions.publish_edition(its_version(), "To count by.", by=given.EDITOR)


def the_draft() -> Edition:
    draft = queries.draft()
    assert draft is not None
    return draft.edition


def its_version() -> int:
    draft = queries.draft()
    assert draft is not None
    return draft.version


def frame(draft: Edition, label: str) -> None:
    """Name the draft."""
    revise(
        "frame",
        lambda now, _before, _used: revising.frame_reworded(now, label, now.title, now.aim, now.expected_outcome),
    )


def revise(place: str, move: actions.Move) -> Edition:
    """One move on the draft as it stands."""
    seen = revising.seen_of(the_draft(), place)
    return actions.revise_edition(place, seen, move, "For a test.", by=given.EDITOR).edition


def _move(chance: random.Random) -> None:
    draft = the_draft()
    kind = chance.choice((draft.questions, draft.headings))
    code = chance.choice(list(kind))
    place = revising.place_of(draft, code)
    few = len(revising.items_at(draft, place)) < 3
    match chance.choice(("reword", "add", "retire", "merge", "split", "move")):
        case "reword":
            revise(code, lambda now, _b, _u: revising.reworded(now, code, {"en": f"Another {code}?"}))
        case "add":
            revise("edition", lambda now, _b, used: revising.added(now, place, {"en": "A new one?"}, used))
        case "retire" if not few:
            revise(code, lambda now, before, _u: revising.retired(now, code, before))
        case "merge" if not few:
            into = chance.choice([other for other in kind if other != code])
            revise(code, lambda now, before, _u: revising.merged(now, code, into, before))
        case "split":
            parts = [{"en": "One part?"}, {"en": "Another part?"}]
            revise(code, lambda now, before, used: revising.split(now, code, parts, before, used))
        case _:
            revise(code, lambda now, _b, _u: revising.moved(now, code, chance.choice((-2, 1))))


def _decide(chance: random.Random) -> None:
    """Decide of every entry what its split codes stand for, and give those a question that are left without."""
    draft = the_draft()
    coming = draft.model_copy(update={"status": EditionStatus.CURRENT})
    lineage = (*queries.lineage(), coming)
    known = entries.decided()
    for entry in entries.answering():
        for codes, needs_one in ((entry.answers, True), (entry.headings, False)):
            decided = dict(known.get(entry.number, {}))
            while True:
                stands = placed(codes, lineage, draft.number, decided, needs_one=needs_one)
                if not stands.undecided:
                    break
                edition, code = stands.undecided[0]
                into: tuple[str, ...]
                if code == NONE_LEFT:
                    into = (chance.choice(list(draft.questions)),)
                else:
                    parts = draft.successors[code]
                    into = tuple(chance.sample(parts, chance.randint(1, len(parts))))
                catalogue.place(entry.number, edition, code, into, in_force=False, by=given.EDITOR)
                decided[edition, code] = into
