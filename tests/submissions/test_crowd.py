"""All moves by all roles, in random order and at the same time: nothing illegal, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers import postgresql

ROOT = Path(__file__).resolve().parent.parent.parent


def crowd(data: Path, seed: str, database: str = "") -> dict[str, Any]:
    data.mkdir(exist_ok=True)
    told = {
        **os.environ,
        "PRECEDENT_DATA": str(data),
        "PRECEDENT_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "precedent.project.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    }
    program = [sys.executable, "-m", "tests.submissions.crowd", seed]
    done = subprocess.run(program, env=told, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def expect_whole(found: dict[str, Any]) -> None:
    assert found["faults"] == []
    # A crowd in which nobody is ever too late, or nothing is ever done, has shown nothing.
    assert found["acknowledged"] > 50 and found["refused"]["move-not-yours"] > 10
    assert found["refused"]["submission-changed"] > 0


def test_a_crowd_on_sqlite_loses_nothing(tmp_path: Path) -> None:
    expect_whole(crowd(tmp_path / "data", "one"))


def test_a_crowd_on_postgresql_loses_nothing(tmp_path: Path) -> None:
    with postgresql(tmp_path / "server") as database:
        expect_whole(crowd(tmp_path / "data", "one", database))


@pytest.mark.slow
def test_many_crowds_publish_and_lose_nothing(tmp_path: Path) -> None:
    published = 0
    for seed in range(10):
        found = crowd(tmp_path / f"data{seed}", f"many-{seed}")
        expect_whole(found)
        published += found["revisions"]
    assert published > 3
