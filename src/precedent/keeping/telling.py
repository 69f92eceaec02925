"""How long work says what it does, without knowing to whom."""

from contextlib import AbstractContextManager
from typing import Protocol

from precedent.catalogue.importing import Progress

WAITING = "Waiting for another precedent that works on this folder …"


class Telling(Protocol):
    """Somebody who looks on: a terminal, a log, nobody."""

    def note(self, text: str) -> None:
        """A line about what happens."""

    def progress(self, doing: str) -> AbstractContextManager[Progress]:
        """Work that may take long: call what you get after each step, with how many are done and of how many."""
