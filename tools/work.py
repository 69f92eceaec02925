"""How long contributing and reviewing take, in one process on the data folder named; rows for the figures.

    tools/work.py ROUNDS

What is measured are the actions themselves, each with its transaction, events and notices, and what the form asks
of the text: suggestions, likenesses, the Word form out and in.
"""

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import django


class Watch:
    """Seconds by what was done."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def __call__(self, what: str, do: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        done = do()
        self.seconds[what].append(time.perf_counter() - start)
        return done

    def rows(self) -> list[str]:
        rows = []
        for what, seconds in self.seconds.items():
            ordered = sorted(1000 * second for second in seconds)
            told = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[0], ordered[-1])
            rows.append(f"| {what} | {' | '.join(f'{milliseconds:.1f}' for milliseconds in told)} |")
        return rows


def main(rounds: int) -> None:
    from precedent.audit.remembering import one_revision
    from precedent.catalogue import queries as catalogue
    from precedent.forms import difference, draft, duplicates, suggesting
    from precedent.forms.word.reading import read
    from precedent.forms.word.writing import write
    from precedent.kernel.acting import Actor
    from precedent.people.permissions import MAY, Role
    from precedent.submissions import actions
    from precedent.submissions.checklist import CODES

    owner = Actor("person:1", "Person 1", MAY[Role.CONTRIBUTOR])
    editor = Actor("person:2", "Person 2", MAY[Role.EDITOR])
    watch = Watch()
    entries = list(catalogue.entries(range(1, rounds + 1)).values())
    with one_revision():
        for entry in entries:
            told = draft.of(entry.document)
            file = watch("write the Word form of an entry", partial(write, told, "en"))
            watch("read the Word form of an entry", partial(read, file))
            watch("judge a draft", partial(draft.judge, told))
            watch("suggest terms for a draft", partial(suggesting.suggest, told))
            watch("find entries that are alike", partial(duplicates.alike, told))
            changed = {**told, "summary": f"{told['summary'][:200]} Otherwise {told['summary'][200:]}"}
            watch("compare two versions", partial(difference.compare, told, changed))
    for entry in entries:
        told = draft.of(entry.document)
        made = watch("begin an example", partial(actions.start, {"title": "An example"}, by=owner))
        made = watch("save a step", partial(actions.save, made.id, 1, told, by=owner))
        made = watch("send it", partial(actions.move, made, "send", by=owner))
        made = watch("take it into review", partial(actions.move, made, "claim", by=editor))
        watch("comment", partial(actions.comment, made.id, "summary", "Since when?", by=editor))
        watch("tick the checklist", partial(actions.check, made, CODES, by=editor))
        watch("publish it", partial(actions.move, made, "publish", by=editor))
    print("\n".join(watch.rows()))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
