"""Killed at any moment, the next start goes on where the last one stopped, and every record is there once."""

import random
import time
from pathlib import Path

import pytest

from tests.console.command import Command, free_port, rows, until

SEED = 20_261_128


def killed_while_loading(folder: Path, kills: int) -> int:
    """Kill `precedent up` so many times while it loads; a folder that is full is proven, and another begun.

    Only a kill that fell between two entries of a load counts. Returns how many folders it took.
    """
    chance = random.Random(SEED)
    folders, counted = 1, 0
    command = Command(folder / "data-1", free_port())
    while counted < kills:
        had, left = killed_once(command, chance.uniform(0, 0.15))
        counted += had < left < 334
        if left == 334:
            finished(command)
            folders += 1
            command = Command(folder / f"data-{folders}", free_port())
    finished(command)
    return folders


def killed_once(command: Command, later: float) -> tuple[int, int]:
    """Kill a start so many seconds after its load has gone on. How many entries there were before, and are."""
    had = loaded(command)
    with command.start("up", "--no-serve") as process:
        until(lambda: loaded(command) > had or process.poll() is not None)
        time.sleep(later)
        process.kill()
    return had, loaded(command)


def finished(command: Command) -> None:
    """The next start ends what was begun."""
    assert command.run("up", "--no-serve").code == 0
    whole(command)


def loaded(command: Command) -> int:
    try:
        return command.count()[0]
    except Exception:
        return 0


def whole(command: Command) -> None:
    assert command.count() == (334, 334)
    assert command.facts()["entries"] == 334


def test_three_kills_while_loading_lose_and_double_nothing(tmp_path: Path) -> None:
    killed_while_loading(tmp_path, 3)


@pytest.mark.slow
def test_fifty_kills_while_loading_lose_and_double_nothing(tmp_path: Path) -> None:
    assert killed_while_loading(tmp_path, 50) > 1


@pytest.mark.slow
def test_twenty_kills_of_a_service_with_its_load_lose_and_double_nothing(ready: Command, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    file = tmp_path / "rows.jsonl"
    file.write_text(rows(*({"id": f"k-{n}", "title": f"Zeppelin {n}"} for n in range(2000))))
    for _ in range(20):
        with ready.up() as serving, ready.start("load", file) as loading:
            time.sleep(chance.uniform(0.5, 1.5))
            serving.process.kill()
            loading.kill()
    assert ready.run("load", file).code == 0
    assert ready.facts()["entries"] == 2334
