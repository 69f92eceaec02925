"""Killed at any moment of saving, sending and publishing: what was acknowledged is there, and mail is true."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def program(data: Path, *arguments: str, out: Any = subprocess.PIPE) -> "subprocess.Popen[str]":
    told = {
        **os.environ,
        "PRECEDENT_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "precedent.project.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    arguments = (sys.executable, "-m", "tests.submissions.killed", *arguments)
    return subprocess.Popen(arguments, env=told, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True)


def killed_while_working(data: Path, name: str, after: float) -> str:
    """What a program said until it was killed, so long after it had begun."""
    said = data / f"said-{name}"
    with said.open("w") as out:
        process = program(data, "work", name, out=out)
        end = time.monotonic() + 30
        while "began" not in said.read_text():
            assert process.poll() is None and time.monotonic() < end, process.stderr and process.stderr.read()
            time.sleep(0.01)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return said.read_text()


def after_kills(data: Path, times: int) -> dict[str, Any]:
    data.mkdir(exist_ok=True)
    prepared = program(data, "prepare")
    errors = prepared.communicate(timeout=60)[1]
    assert prepared.returncode == 0, errors
    chance = random.Random("kills")
    lines = [killed_while_working(data, str(n), chance.random() * 0.7) for n in range(times)]
    acknowledged = data / "acknowledged"
    # The last line of a killed program may be cut.
    acknowledged.write_text("".join(f"{line}\n" for said in lines for line in said.split("\n")[:-1]))
    verified = program(data, "verify", str(acknowledged))
    out, errors = verified.communicate(timeout=400)
    assert verified.returncode == 0, errors
    found: dict[str, Any] = json.loads(out)
    return found


def expect_whole(found: dict[str, Any]) -> None:
    for wrong in ("lost", "faults", "invented", "unsent", "untold"):
        assert found[wrong] == [], wrong
    assert found["save"] and found["send"] and found["publish"] and found["mails"]


def test_a_few_kills_lose_nothing_and_mail_tells_the_truth(tmp_path: Path) -> None:
    expect_whole(after_kills(tmp_path / "data", 3))


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_and_mail_tells_the_truth(tmp_path: Path) -> None:
    found = after_kills(tmp_path / "data", 200)
    expect_whole(found)
    assert found["began"] == 200 and found["publish"] > 100
