"""Drafts as editors make them, each move through the room's action; and the exercise of a real second edition."""

from precedent.editions import actions
from precedent.framework import actions as framework
from precedent.framework import queries, revising
from precedent.framework.actions import Move
from precedent.framework.queries import Draft
from precedent.framework.records import Perspective
from precedent.framework.revising import Place
from precedent.kernel.languages import Texts
from tests import given


def draft() -> Draft:
    found = queries.draft()
    assert found is not None
    return found


def revise(place: str, move: Move) -> Draft:
    """One move on the draft as it stands."""
    seen = revising.seen_of(draft().edition, place)
    return actions.revise(place, seen, move, "For a test.", by=given.EDITOR)


def begin(label: str = "Second iteration") -> Draft:
    framework.begin_edition(by=given.EDITOR)
    return revise(
        revising.FRAME,
        lambda now, _b, _u: revising.frame_reworded(now, label, now.title, now.aim, now.expected_outcome),
    )


def reword(code: str, text: str) -> Draft:
    def move(now, _before, _used):  # type: ignore[no-untyped-def]
        item = now.items[code]
        return revising.reworded(now, code, {**item.text, "en": text}, getattr(item, "emphasised", False))

    return revise(code, move)


def merge(code: str, into: str) -> Draft:
    return revise(code, lambda now, before, _u: revising.merged(now, code, into, before))


def split(code: str, *parts: str) -> Draft:
    told: list[Texts] = [{"en": part} for part in parts]
    return revise(code, lambda now, before, used: revising.split(now, code, told, before, used))


def retire(code: str) -> Draft:
    return revise(code, lambda now, before, _u: revising.retired(now, code, before))


def restore(code: str) -> Draft:
    return revise(code, lambda now, before, _u: revising.restored(now, code, before))


def add(area: str, text: str, side: Perspective | None = None) -> Draft:
    place = Place(area, side)
    return revise(area, lambda now, _b, used: revising.added(now, place, {"en": text}, used))


def exercise() -> Draft:
    """The second edition: five reworded, two merged, one split, two retired, three new, one moved."""
    begin()
    for code in ("A01", "A02", "B01", "B02", "C01"):
        reword(code, f"What was learnt about {code}, said in plainer words?")
    merge("A06", "A04")
    merge("B05", "B04")
    split("A05", "Which policies open education to migrants?", "Which policies open health care to migrants?")
    retire("A07")
    retire("C02")
    add("A", "How are migrants heard when laws are made?")
    add("B", "What helps families that stay behind?")
    add("C", "How are returning migrants received?")
    revise("A03", lambda now, _b, _u: revising.moved(now, "A03", -2))
    return draft()


def publish(reason: str = "For a test.") -> None:
    actions.publish(draft().version, reason, by=given.EDITOR)
