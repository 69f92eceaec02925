"""Killed at any moment, the next start goes on where the last one stopped, and every record is there once."""

import random
import time
from pathlib import Path

import pytest

from tests.console.command import Command, free_port, rows

SEED = 20_261_128


def killed_again_and_again(folder: Path, kills: int) -> dict[str, int]:
    """Kill `precedent up` at random moments of its first starts; whenever one comes through, begin anew."""
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    outcome = {"kills": 0, "loading": 0, "folders": 1}
    command = Command(folder / "data-1", free_port())
    while outcome["kills"] < kills:
        with command.start("up", "--no-serve") as process:
            time.sleep(chance.uniform(0.4, 1.4))
            came_through = process.poll() is not None
            process.kill()
        if came_through:
            whole(command)
            outcome["folders"] += 1
            command = Command(folder / f"data-{outcome['folders']}", free_port())
            continue
        outcome["kills"] += 1
        outcome["loading"] += 0 < loaded(command) < 334
    assert command.run("up", "--no-serve").code == 0
    whole(command)
    return outcome


def loaded(command: Command) -> int:
    try:
        return command.count()[0]
    except Exception:
        return 0


def whole(command: Command) -> None:
    assert command.count() == (334, 334)
    assert command.facts()["entries"] == 334


def test_three_kills_while_loading_lose_and_double_nothing(tmp_path: Path) -> None:
    assert killed_again_and_again(tmp_path, 3)["kills"] == 3


@pytest.mark.slow
def test_fifty_kills_while_loading_lose_and_double_nothing(tmp_path: Path) -> None:
    outcome = killed_again_and_again(tmp_path, 50)
    print(outcome)
    assert outcome["loading"] > 5


@pytest.mark.slow
def test_twenty_kills_of_a_service_with_its_load_lose_and_double_nothing(ready: Command, tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - as above
    file = tmp_path / "rows.jsonl"
    file.write_text(rows(*({"id": f"k-{n}", "title": f"Zeppelin {n}"} for n in range(2000))))
    for _ in range(20):
        with ready.up() as serving, ready.start("load", file) as loading:
            time.sleep(chance.uniform(0.5, 1.5))
            serving.process.kill()
            loading.kill()
    assert ready.run("load", file).code == 0
    assert ready.facts()["entries"] == 2334
