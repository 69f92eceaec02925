"""Servers that tests start themselves: on loopback, on a free port, stopped by process id."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _programs() -> Path:
    """Where Debian puts PostgreSQL's own programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "PostgreSQL is not installed: tools/debian.py installs what the tests need."
    return found[-1].parent


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL of one's own; its address as PRECEDENT_DATABASE_URL takes it."""
    programs, port, data = _programs(), free_port(), folder / "postgresql"
    data.mkdir(parents=True)
    # PostgreSQL refuses to run as root.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        for above in (folder, *folder.parents):
            if above.stat().st_uid == 0 and above not in (Path("/"), Path("/tmp")):  # noqa: S108
                above.chmod(above.stat().st_mode | 0o011)
        shutil.chown(data, "postgres")
    initialise = [programs / "initdb", "-D", data, "-U", "precedent", "--auth=trust", "--no-sync", "-E", "UTF8"]
    subprocess.run([*as_user, *map(str, initialise)], check=True, capture_output=True)
    options = f"-p {port} -k {data} -h 127.0.0.1 -c fsync=off"
    serve = [programs / "postgres", "-D", data, *options.split()]
    with (folder / "postgresql.log").open("w") as log:
        process = subprocess.Popen([*as_user, *map(str, serve)], stdout=log, stderr=log)
    try:
        _wait(port)
        create = [programs / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "precedent", "precedent"]
        subprocess.run([*as_user, *map(str, create)], check=True, capture_output=True)
        yield f"postgresql://precedent@127.0.0.1:{port}/precedent"
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, "PostgreSQL did not start"
            time.sleep(0.1)
        else:
            # It listens a moment before it takes connections.
            time.sleep(0.5)
            return
