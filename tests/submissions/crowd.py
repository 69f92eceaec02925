"""Many people at once on a few submissions: a program, so that it runs on any database. Prints what it found.

    python -m tests.submissions.crowd SEED

Every thread is somebody with a role, who reads a submission, waits a moment, and then makes any move of the
table, saves, comments or ticks, allowed or not. What was acknowledged is compared with what stands there.
"""

import json
import random
import sys
import threading
import time
from collections import defaultdict
from dataclasses import replace
from typing import Any

import django

ROUNDS = 60
SUBMISSIONS = 4


def prepare() -> None:
    from django.core.management import call_command

    from precedent.framework import actions as framework
    from precedent.framework.files import first_edition, first_vocabularies
    from precedent.people.actors import STARTER
    from precedent.places import actions as places
    from precedent.places.files import shipped_places

    call_command("migrate", verbosity=0)
    framework.load_edition(first_edition(), by=STARTER)
    framework.load_vocabularies(first_vocabularies(), by=STARTER)
    places.load_places(shipped_places(), by=STARTER)


class Somebody(threading.Thread):
    """A person who does one thing after another, and notes what was acknowledged."""

    def __init__(self, actor: Any, seed: str, numbers: list[int]) -> None:
        super().__init__(name=str(actor))
        self.actor, self.numbers = actor, numbers
        self.chance = random.Random(seed)
        self.acknowledged: list[tuple[Any, ...]] = []
        self.refused: dict[str, int] = defaultdict(int)
        self.faults: list[str] = []

    def run(self) -> None:
        from django.db import connection

        from precedent.kernel.refusals import Refusal

        for turn in range(ROUNDS):
            try:
                self.do(turn)
            except Refusal as refused:
                self.refused[refused.code] += 1
            except Exception as error:
                self.faults.append(f"{self.name}: {type(error).__name__} {error}")
        connection.close()

    def do(self, turn: int) -> None:
        from precedent.submissions import actions, queries
        from precedent.submissions.moves import MOVES, open_to

        number = self.chance.choice(self.numbers)
        seen = queries.any_submission(number)
        time.sleep(self.chance.random() / 200)
        what = self.chance.choice(["move", "move", "move", "any move", "save", "comment", "check", "publish"])
        if what == "move":
            open_moves = open_to(self.actor, seen)
            if open_moves:
                self.move(seen, self.chance.choice(open_moves).name)
        elif what == "any move":
            self.move(seen, self.chance.choice(MOVES).name)
        elif what == "save":
            text = f"Step {turn} as {self.name} told it."
            field = self.chance.choice(["region_note", "lessons"])
            told = {field: text if field == "region_note" else [{"text": text}]}
            actions.save(seen.id, seen.version.number, told, [field], by=self.actor)
            self.acknowledged.append(("save", number, text))
        elif what == "comment":
            actions.comment(seen.id, "summary", f"{self.name} asks {turn}", by=self.actor)
            self.acknowledged.append(("comment", number, f"{self.name} asks {turn}"))
        else:
            self.check(seen)
            if what == "publish":
                self.move(seen, "publish")

    def check(self, seen: Any) -> None:
        from precedent.submissions import actions
        from precedent.submissions.checklist import CODES

        actions.check(seen, CODES, by=self.actor)

    def move(self, seen: Any, name: str) -> None:
        from datetime import UTC, datetime, timedelta

        from precedent.submissions import actions

        moved = actions.move(seen, name, "For a reason.", datetime.now(UTC) + timedelta(days=1), by=self.actor)
        self.acknowledged.append(("move", seen.number, name, seen.changed, moved.state.value))


def people() -> list[Any]:
    from tests import given

    owner = given.CONTRIBUTOR
    return [
        owner,
        replace(owner),
        given.OTHER_CONTRIBUTOR,
        given.REVIEWER,
        given.REVIEWER_OF_C,
        given.REVIEWING_EDITOR,
        given.ADMINISTRATOR,
        given.READER,
        replace(given.ADMINISTRATOR, id="precedent"),
    ]


def legal(number: int, faults: list[str]) -> None:
    """The moves of a submission, as the trail tells them, are a path through the table."""
    from precedent.audit import queries as audit
    from precedent.submissions import queries
    from precedent.submissions.moves import BY_NAME
    from precedent.submissions.records import State, identifier

    state = State.DRAFT
    for event in audit.trail(identifier(number)):
        if event.verb != "submission.moved":
            continue
        move = BY_NAME[event.detail["move"]]
        if event.detail["before"] != state or state not in move.sources:
            faults.append(f"{number}: {move.name} from {state}, told as from {event.detail['before']}")
        state = State(event.detail["after"])
        if move.target not in (None, state):
            faults.append(f"{number}: {move.name} led to {state}")
    if queries.any_submission(number).state is not state:
        faults.append(f"{number}: stands elsewhere than the trail says")


def nothing_lost(somebodies: list[Somebody], faults: list[str]) -> None:
    """Every acknowledged text is in a version or comment; every acknowledged move was made on what was seen."""
    from precedent.submissions import queries

    texts: dict[int, str] = {}
    said: dict[int, set[str]] = {}
    seen: set[tuple[int, int]] = set()
    for person in somebodies:
        for kind, number, *told in person.acknowledged:
            stands = queries.any_submission(number)
            if kind == "save":
                texts[number] = texts.get(number) or " ".join(
                    json.dumps(version.draft) for version in queries.versions(stands)
                )
                if told[0] not in texts[number]:
                    faults.append(f"{number}: lost “{told[0]}”")
            elif kind == "comment":
                said[number] = said.get(number) or {comment.text for comment in queries.comments(stands)}
                if told[0] not in said[number]:
                    faults.append(f"{number}: lost the comment “{told[0]}”")
            elif (number, told[1]) in seen:
                faults.append(f"{number}: two moves were made on state {told[1]}")
            else:
                seen.add((number, told[1]))


def published_from_the_trail(faults: list[str]) -> int:
    """Every published revision has an event with its fingerprint, and a version that makes it."""
    from precedent.audit import queries as audit
    from precedent.catalogue import queries as catalogue
    from precedent.forms import draft
    from precedent.kernel.text import sha256
    from precedent.submissions import queries

    revisions = 0
    for entry in catalogue.changed_since(0):
        events = {e.detail.get("revision"): e for e in audit.trail(entry.id) if "sha256" in e.detail}
        (submission,) = queries.about(entry.id, by=people()[0]) or (None,)
        made = set()
        for version in queries.versions(submission) if submission else []:
            if document := draft.judge(version.draft).document:
                made.add(sha256(document.canonical()))
        for revision in catalogue.revisions(entry):
            revisions += 1
            if events[revision.number].detail["sha256"] != revision.sha256 or revision.sha256 not in made:
                faults.append(f"{entry.id}: revision {revision.number} cannot be made again from the trail")
    return revisions


def main(seed: str) -> dict[str, Any]:
    django.setup()
    prepare()
    from precedent.audit import queries as audit
    from precedent.submissions import queries
    from tests import given

    moves = [(), ("send",), ("send", "claim"), ("send", "claim", "ask-changes")]
    made = [given.submission(*moves[place % len(moves)]).number for place in range(SUBMISSIONS)]
    somebodies = [Somebody(actor, f"{seed}-{place}", made) for place, actor in enumerate(people())]
    for person in somebodies:
        person.start()
    for person in somebodies:
        person.join()
    faults = [fault for person in somebodies for fault in person.faults]
    for number in made:
        legal(number, faults)
    nothing_lost(somebodies, faults)
    revisions = published_from_the_trail(faults)
    faults += [*audit.breaks(), *queries.faults()]
    refused: dict[str, int] = defaultdict(int)
    for person in somebodies:
        for code, count in person.refused.items():
            refused[code] += count
    acknowledged = sum(len(person.acknowledged) for person in somebodies)
    return {"faults": faults, "acknowledged": acknowledged, "refused": refused, "revisions": revisions}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
