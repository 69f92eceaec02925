"""The real command, as people run it: a process of its own, on a data folder and a port of its own."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "precedent")
SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Wait until something holds; whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


@dataclass(frozen=True)
class Said:
    """What a run of the command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refused(self) -> bool:
        """Refused in words: exit code 1, and no traceback anywhere."""
        return self.code == 1 and "Traceback" not in self.out + self.err


class Serving:
    """A `precedent up` that answers."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process = process
        self.port = port

    def get(self, path: str) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as asked:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()

    def workers(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)


@dataclass(frozen=True)
class Command:
    """The command with its settings."""

    data: Path
    port: int
    more: tuple[tuple[str, str], ...] = ()

    def having(self, **variables: str) -> "Command":
        """The same with more environment variables."""
        return replace(self, more=(*self.more, *variables.items()))

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PRECEDENT_")}
        return {**kept, "PRECEDENT_DATA": str(self.data), "PRECEDENT_PORT": str(self.port), **dict(self.more)}

    def run(self, *arguments: str | Path, before: Callable[[], None] | None = None) -> Said:
        """Run a verb to its end. `before` is done in its process first."""
        ended = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            preexec_fn=before,
        )
        return Said(ended.returncode, ended.stdout, ended.stderr)

    def start(self, *arguments: str | Path) -> "subprocess.Popen[str]":
        """Start a verb and do not wait."""
        return subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    @contextmanager
    def up(self) -> Iterator[Serving]:
        """Serve, from the moment it says that it answers, until the end of the block."""
        with self.start("up") as process:
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
                assert line == f"Precedent is ready at http://127.0.0.1:{self.port}/\n", line
                yield Serving(process, self.port)
            finally:
                process.terminate()

    @property
    def database(self) -> Path:
        return self.data / "precedent.sqlite3"

    def ask(self, sql: str) -> tuple[Any, ...]:
        """The first row of an answer, straight from the file."""
        with closing(sqlite3.connect(self.database, timeout=20)) as opened:
            return tuple(opened.execute(sql).fetchone())

    def change(self, sql: str) -> None:
        """Change a row behind the product's back."""
        with closing(sqlite3.connect(self.database, timeout=20)) as opened, opened:
            opened.execute(sql)

    def facts(self) -> dict[str, Any]:
        """What `check` says of a catalogue that is whole."""
        said = self.run("check", "--json")
        assert said.code == 0, said.out + said.err
        facts: dict[str, Any] = said.json["catalogue"]
        return facts

    def count(self) -> tuple[int, int]:
        """Entries, and different keys among them."""
        entries, keys = self.ask("SELECT count(*), count(DISTINCT key) FROM catalogue_entryrow")
        return entries, keys


def rows(*changes: dict[str, Any]) -> str:
    """Lines of a bulk file: each a good entry, with changes. None removes a key."""
    told = []
    for number, change in enumerate(changes, start=1):
        row = {**GOOD, "id": f"row-{number}", **change}
        told.append(json.dumps({key: value for key, value in row.items() if value is not None}))
    return "\n".join(told) + "\n"


GOOD: dict[str, Any] = {
    "title": "A zeppelin for seasonal workers",
    "entry_kind": "programme",
    "status": "ongoing",
    "level": "national",
    "gender_focus": "none",
    "answers": ["A01"],
    "perspectives": ["destination"],
    "summary": "A ministry lends seasonal workers a zeppelin, so that they reach the farms and come home again.",
    "barriers": [{"code": "unethical-recruitment", "text": "Agents asked too much for the journey."}],
    "measures": [
        {
            "text": "The ministry flies workers itself.",
            "instrument": "training",
            "overcomes": ["unethical-recruitment"],
        }
    ],
    "references": [
        {"url": "https://example.org/zeppelin", "title": "The zeppelin", "publisher": "Ministry", "language": "en"}
    ],
}
