"""What a web process does beside answering: keep the index, post mail, do what is due, end with its command."""

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess

from precedent.aftercare.clerk import Clerk
from precedent.notices.mailman import Mailman
from precedent.people.actors import PRODUCT
from precedent.search.keeper import Keeper

LAST_WORD = 5.0
"""Seconds for requests under way, when the command was killed."""


def begin() -> None:
    """Called once in each web process."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        # Ctrl+C in a terminal goes to the command alone, which then stops its processes in good order.
        os.setpgid(0, 0)
        threading.Thread(target=_end_with, args=(parent,), name="parent-watch", daemon=True).start()
    Keeper().start()
    Mailman(PRODUCT).start()
    Clerk().start()


def _end_with(parent: BaseProcess) -> None:
    """A killed command cannot stop us; without it the port would stay taken."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WORD)
    os._exit(1)
