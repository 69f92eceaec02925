"""What an edition does to answers, questions and calls, worked out as if it were in force. No database here.

An entry's codes are followed twice: to the edition before, and on to the one that is to follow. What lies between
is what the edition does, so the page of effects and the catalogue afterwards cannot disagree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from precedent.calls.records import Call
from precedent.catalogue.queries import Answering
from precedent.editions.records import Answer, Asked, CallEffect, CallOutcome, Effects, Outcome, TakingBack
from precedent.framework.lineage import (
    NONE_LEFT,
    UNDECIDED,
    Decisions,
    Fate,
    Placed,
    changes,
    every_part,
    placed,
)
from precedent.framework.records import Edition, EditionStatus

By = Mapping[int, Decisions]
"""Editors' decisions by entry."""

CARRIED = {Fate.KEPT: Outcome.KEPT, Fate.REWORDED: Outcome.REWORDED, Fate.MERGED: Outcome.MERGED}
"""The fates of a code with which an answer goes on by itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one edition to the next, `after`, read as if it were in force.

    `earlier`: every text in force before that, oldest first, `before` the last of them, and those of `after` that
    were taken back. `later`: texts that came after it and were taken back.
    """

    earlier: tuple[Edition, ...]
    before: Edition
    after: Edition
    later: tuple[Edition, ...] = ()

    @classmethod
    def to(cls, edition: Edition, lineage: Sequence[Edition]) -> "Step":
        """The step to a draft, or to an edition in force as it was taken. There has to be one before it."""
        number = edition.number
        taken_back = [text for text in lineage if text.status is EditionStatus.DRAFT]
        earlier = [text for text in lineage if text.number < number]
        before = [text for text in earlier if text.status is not EditionStatus.DRAFT][-1]
        own = (text for text in taken_back if text.number == number)
        later = tuple(text for text in taken_back if text.number > number)
        after = edition.model_copy(update={"status": EditionStatus.CURRENT})
        return cls((*earlier, *own), before, after, later)

    @property
    def with_it(self) -> tuple[Edition, ...]:
        """Every text, with the edition in force."""
        return (*self.earlier, self.after, *self.later)


def effects(step: Step, entries: Iterable[Answering], decided: By, calls: Iterable[Call]) -> Effects:
    """Everything that the edition does when it comes into force."""
    following = Following(step)
    answers: list[Answer] = []
    headings: list[Answer] = []
    asked: list[Asked] = []
    back: list[tuple[int, str]] = []
    then: Counter[str] = Counter()
    for entry in entries:
        own = decided.get(entry.number, UNDECIDED)
        for found, codes, needs_one in ((answers, entry.answers, True), (headings, entry.headings, False)):
            followed = following.of(entry, codes, own, needs_one=needs_one)
            found += followed.answers
            asked += followed.asked
            back += [(entry.number, code) for code in followed.back]
            then.update(followed.now.codes if entry.published else ())
    public = [answer for answer in (*answers, *headings) if answer.published]
    return Effects(
        number=step.after.number,
        answers=tuple(answers),
        headings=tuple(headings),
        asked=tuple(asked),
        coming_back=tuple(back),
        now=Counter(answer.code for answer in public),
        then=then,
        losing=_losing(step, public),
        beginning=tuple(code for code in step.after.items if code not in step.before.items and not then[code]),
        calls=tuple(_call(step, call) for call in calls),
    )


@dataclass(frozen=True, slots=True)
class Followed:
    """The codes of one entry, of one kind: before and after, answer by answer, with what is to be decided.

    `back`: codes it has after, which no answer of before came to.
    """

    was: Placed
    now: Placed
    answers: tuple[Answer, ...]
    asked: tuple[Asked, ...]

    @property
    def back(self) -> tuple[str, ...]:
        came = {code for answer in self.answers for code in answer.into}
        return tuple(code for code in self.now.codes if code not in came)


@dataclass(frozen=True, slots=True)
class Following:
    """Follows the codes of many entries over one step. Most have no decisions and codes that others have, too."""

    step: Step
    _fates: dict[str, Fate] = field(default_factory=dict)
    _known: dict[tuple[tuple[str, ...], bool], tuple[Placed, Placed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        found = changes(self.step.before, self.step.after)
        self._fates.update({change.was.code: change.fate for change in found if change.was})

    def of(self, entry: Answering, codes: tuple[str, ...], own: Decisions, *, needs_one: bool) -> Followed:
        """The codes of one entry. `own`: the decisions on it; `needs_one`: they are questions, not headings."""
        was, now = self._placed(codes, own, needs_one)
        answers = self._answers(entry, was, now, own) if was.codes else []
        return Followed(was, now, tuple(answers), tuple(self._asked(entry, was, now, answers, own, needs_one)))

    def _placed(self, codes: tuple[str, ...], own: Decisions, needs_one: bool) -> tuple[Placed, Placed]:
        key = (codes, needs_one)
        if own or key not in self._known:
            number = self.step.after.number
            was = placed(codes, self.step.earlier, number - 1, own, needs_one=needs_one)
            now = placed(codes, self.step.with_it, number, own, needs_one=needs_one)
            if own:
                return was, now
            self._known[key] = was, now
        return self._known[key]

    def _answers(self, entry: Answering, was: Placed, now: Placed, own: Decisions) -> list[Answer]:
        number = self.step.after.number
        none_left, chosen = (number, NONE_LEFT) in now.undecided, own.get((number, NONE_LEFT), ())
        found = [Answer(entry.number, entry.published, code, *self._outcome(code, now, own)) for code in was.codes]
        if any(answer.into or answer.outcome is Outcome.OPEN for answer in found):
            return found
        into = tuple(code for code in chosen if code in now.codes)
        if not none_left and not into:
            return found
        # The edition leaves the entry without any question, so the decision speaks for all of its answers.
        outcome = Outcome.OPEN if none_left else Outcome.CHOSEN
        return [Answer(entry.number, entry.published, code, outcome, into) for code in was.codes]

    def _outcome(self, code: str, now: Placed, own: Decisions) -> tuple[Outcome, tuple[str, ...]]:
        fate, number = self._fates[code], self.step.after.number
        if fate in CARRIED:
            return CARRIED[fate], self.step.after.successors.get(code, (code,))
        if fate is Fate.RETIRED:
            return Outcome.DROPPED, ()
        if (number, code) in now.undecided:
            return Outcome.OPEN, ()
        # Where nobody decided, the entry itself was given parts, under this edition before it was taken back.
        chosen = own.get((number, code), now.codes)
        into = tuple(part for part in self.step.after.successors[code] if part in chosen)
        return (Outcome.CHOSEN, into) if into else (Outcome.LEFT_OUT, ())

    def _asked(
        self, entry: Answering, was: Placed, now: Placed, answers: list[Answer], own: Decisions, needs_one: bool
    ) -> Iterator[Asked]:
        number = self.step.after.number
        before = was.codes or entry.answers
        who = (entry.number, entry.title, entry.published)
        for edition, code in now.undecided:
            codes = (code,) if code else before
            yield Asked(*who, edition, code, codes, None)
        for answer in answers:
            key = (number, answer.code)
            if self._fates[answer.code] is Fate.SPLIT and key in own and key not in now.undecided:
                yield Asked(*who, *key, (answer.code,), own[key])
        chosen = own.get((number, NONE_LEFT))
        if needs_one and chosen and answers and all(answer.into == chosen for answer in answers):
            yield Asked(*who, number, NONE_LEFT, before, chosen)


def _losing(step: Step, public: Iterable[Answer]) -> tuple[str, ...]:
    """Questions and headings that have examples today, and of which no example goes on."""
    stand: set[str] = set()
    go_on: set[str] = set()
    for answer in public:
        stand.add(answer.code)
        if answer.into or answer.outcome is Outcome.OPEN:
            go_on.add(answer.code)
    return tuple(code for code in step.before.items if code in stand - go_on)


def _call(step: Step, call: Call) -> CallEffect:
    number, whole = step.after.number, every_part(step.with_it)
    was = placed((call.question,), step.earlier, number - 1, whole).codes
    into = placed((call.question,), step.with_it, number, whole).codes
    if not into:
        return CallEffect(call, was, into, CallOutcome.NONE)
    if into == was:
        return CallEffect(call, was, into, CallOutcome.KEPT)
    return CallEffect(call, was, into, CallOutcome.SPLIT if len(into) > len(was) else CallOutcome.MOVED)


def left_open(lineage: Sequence[Edition], number: int, entries: Iterable[Answering], decided: By) -> list[Asked]:
    """What is to be decided, and what is decided, where the first edition is in force again."""
    found = []
    for entry in entries:
        own, key = decided.get(entry.number, UNDECIDED), (number, NONE_LEFT)
        rest = {known: into for known, into in own.items() if known != key}
        if key in placed(entry.answers, lineage, number, rest, needs_one=True).undecided:
            who = (entry.number, entry.title, entry.published)
            found.append(Asked(*who, *key, entry.answers, own.get(key)))
    return found


def taking_back(
    edition: Edition, lineage: Sequence[Edition], entries: Iterable[Answering], decided: By
) -> TakingBack:
    """What taking back the edition in force does to published entries."""
    number = edition.number
    after = [
        text.model_copy(update={"status": EditionStatus.DRAFT}) if text.number == number else text
        for text in lineage
    ]
    earlier = {code for text in lineage if text.number < number for code in text.questions}
    alone, back, without = 0, 0, []
    for entry in entries:
        if not entry.published or not any(code not in earlier for code in entry.answers):
            continue
        alone += 1
        own = decided.get(entry.number, UNDECIDED)
        stands = placed(entry.answers, after, number - 1, own, needs_one=True)
        if stands.codes:
            back += 1
        else:
            without.append(entry.number)
    return TakingBack(number, alone, back, tuple(without))
