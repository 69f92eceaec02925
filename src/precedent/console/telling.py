"""What a verb says while it works: bars for a person at a terminal, a line now and then for everybody else.

Results go to standard output, everything about the way there to standard error.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from precedent.catalogue.importing import Progress

SOON = 1.0
"""Seconds before a bar appears: what is over by then needs none."""
NOW_AND_THEN = 5.0
"""Seconds between two lines where there is no terminal."""


class _Lines:
    """Progress as lines of a log."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._next = time.monotonic() + 2 * SOON

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + NOW_AND_THEN
            click.echo(f"{self._doing}: {done * 100 // max(of, 1)} %", err=True)

    def close(self) -> None:
        """A line needs no clearing away."""


class _Bar:
    """Progress as a bar, which is gone when the work is done."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._start = time.monotonic() + SOON
        self._shown: tuple[object, int] | None = None

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() < self._start:
            return
        # Read only where a bar is drawn: it takes longer than most verbs.
        from rich.console import Console
        from rich.progress import Progress as Drawn

        if self._shown is None:
            drawn = Drawn(console=Console(stderr=True), transient=True)
            drawn.start()
            self._drawn = drawn
            self._shown = (drawn, drawn.add_task(self._doing, total=of))
        self._drawn.update(self._drawn.task_ids[0], completed=done, total=of)

    def close(self) -> None:
        if self._shown is not None:
            self._drawn.stop()


class Terminal:
    """Tells a person, or a log, what happens."""

    def note(self, text: str) -> None:
        click.echo(text, err=True)

    @contextmanager
    def progress(self, doing: str) -> Iterator[Progress]:
        drawn = _Bar(doing) if sys.stderr.isatty() else _Lines(doing)
        try:
            yield drawn
        finally:
            drawn.close()
