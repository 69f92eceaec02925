"""How fast Precedent answers and how well it ranks, measured on this machine, for docs/performance.md.

    make bench                 everything (about five minutes)
    tools/bench.py --quick     without the fresh clone, and with fewer requests

What is measured runs as people run it: `precedent up` in a process of its own, asked over HTTP by one reader at a
time. Each search is asked once, so that no answer comes from memory.
"""

import argparse
import gzip
import http.client
import json
import os
import platform
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
SIZES = (334, 1_000, 10_000)
PAGES = {
    "home": "/en/",
    "search, as it opens": "/en/search",
    "entry": "/en/entries/{entry}",
    "history": "/en/entries/{entry}/history",
    "framework": "/en/framework",
    "coverage": "/en/coverage",
    "where we know least": "/en/coverage/least",
    "calls": "/en/calls",
    "vocabularies": "/en/vocabularies",
    "vocabulary": "/en/vocabularies/topic",
    "term": "/en/vocabularies/topic/health",
    "about": "/en/about",
    "contribute": "/en/contribute",
    "sign in": "/en/account/login",
    "not found": "/en/nothing",
    "home, Arabic": "/ar/",
    "search, Arabic": "/ar/search",
    "entry, Arabic": "/ar/entries/{entry}",
    "coverage, Arabic": "/ar/coverage",
    "framework, Arabic": "/ar/framework",
    "API: facets": "/api/v1/facets",
    "API: entry": "/api/v1/entries/PPD-000003",
}
COVERAGE = {
    "page: entries": "/en/coverage?",
    "page: countries": "/en/coverage?show=countries&",
    "page: independent evidence": "/en/coverage?show=independent&",
    "API: entries and countries": "/api/v1/coverage?",
}
WORDS = """
recruitment fees workers migrants children health language pension legal aid domestic nurses
remittances schools women training information abuse employers consulate union shelter court
register visa card bank insurance city integration racism campaign mediators returnees loans skills
certificate family passport police hospital
"""
FILTERS = [
    "",
    "&country=PH",
    "&barrier=language",
    "&topic=health&topic=education",
    "&region=142",
    "&outcome=mixed",
    "&group=migrant-workers&perspective=origin",
    "&year_from=2010&year_to=2015",
    "&area=A&barrier=cost&barrier=debt",
]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of many requests."""

    seconds: list[float]

    def __str__(self) -> str:
        ordered = sorted(1000 * seconds for seconds in self.seconds)
        told = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[0], ordered[-1])
        return " | ".join(f"{milliseconds:.1f}" for milliseconds in told)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, port: int) -> dict[str, str]:
    return {**os.environ, "PRECEDENT_DATA": str(data), "PRECEDENT_PORT": str(port)}


def answers(port: int, path: str = "/readyz") -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False


@contextmanager
def served(command: list[str], data: Path, cwd: Path = ROOT) -> Iterator[tuple[int, float, int]]:
    """A running service: its port, the seconds until it answered, its process id."""
    port = free_port()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment(data, port), stdout=said, stderr=said, start_new_session=True
        )
        try:
            while not answers(port, "/en/"):
                if process.poll() is not None or time.perf_counter() - start > 900:
                    said.seek(0)
                    raise SystemExit(said.read().decode())
                time.sleep(0.02)
            yield port, time.perf_counter() - start, process.pid
        finally:
            process.terminate()
            process.wait(20)


def memory(pid: int) -> int:
    """Megabytes of private and shared memory of a process and all below it, each page counted once a process."""
    found = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return found + sum(memory(int(child)) for child in children)


def timed(port: int, paths: list[str]) -> Times:
    """Ask for each path once, one after the other, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    seconds = []
    for path in paths:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        response.read()
        seconds.append(time.perf_counter() - start)
    return Times(seconds)


def weight(port: int, path: str, **headers: str) -> tuple[int, bytes, str]:
    """Bytes of an answer as they cross the wire, head and all; its text, and its ETag."""
    with socket.create_connection(("127.0.0.1", port)) as wire:
        told = {"Host": "localhost", "Accept-Encoding": "gzip", "Connection": "close", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        wire.sendall(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        content = b"".join(iter(lambda: wire.recv(65536), b""))
    top, _, body = content.partition(b"\r\n\r\n")
    etag = next((line[6:].decode() for line in top.split(b"\r\n") if line.lower().startswith(b"etag: ")), "")
    if b"transfer-encoding: chunked" in top.lower():
        raise SystemExit(f"{path} is sent in chunks")
    return len(content), gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body, etag


def visits(port: int, path: str) -> tuple[int, int]:
    """Bytes of a first visit with all it loads, and of a second one."""
    size, text, etag = weight(port, path)
    loaded = {
        part.split(b'"')[0].decode()
        for mark in (b'href="/static/', b'src="/static/')
        for part in text.split(mark)[1:]
    }
    first = size + sum(weight(port, f"/static/{name}")[0] for name in loaded)
    again = weight(port, path, **{"If-None-Match": etag})[0] if etag else size
    return first, again


def searches(count: int) -> list[str]:
    """So many different searches: one to three words, half of them with filters."""
    chance = random.Random(3)  # noqa: S311 - no secret depends on it
    found: dict[str, None] = {}
    while len(found) < count:
        words = "+".join(chance.sample(WORDS.split(), chance.choice((1, 2, 2, 3))))
        found[f"/en/search?q={words}{chance.choice(FILTERS) if chance.random() < 0.5 else ''}"] = None
    return list(found)


def entry_address(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/en/entries/PPD-000003")
    return (connection.getresponse().headers["Location"] or "").rpartition("/")[2]


def fill(data: Path, count: int) -> tuple[float, float]:
    """Publish plausible entries until there are so many; seconds for publishing, and for the index."""
    code = (
        "import django, sys, time; django.setup()\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from tools.plausible import documents\n"
        "from precedent.catalogue import actions, queries\n"
        "from precedent.audit.remembering import one_revision\n"
        "from precedent.people.actors import operator\n"
        "from precedent.search import keeper\n"
        "start = time.perf_counter()\n"
        "with one_revision():\n"
        "    for document in documents(int(sys.argv[1]) - queries.count()):\n"
        "        actions.publish(document, 'To measure.', by=operator())\n"
        "middle = time.perf_counter()\n"
        "keeper.rebuild()\n"
        "print(middle - start, time.perf_counter() - middle)\n"
    )
    told = {**environment(data, 1), "DJANGO_SETTINGS_MODULE": "precedent.project.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(count), str(ROOT)], env=told, capture_output=True, text=True, check=True
    )
    publishing, indexing = done.stdout.split()
    return float(publishing), float(indexing)


def disk(folder: Path) -> float:
    """Megabytes of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1_000_000


def fresh_clone(work: Path) -> list[str]:
    """From `git clone` to the first page, with nothing made before."""
    clone = work / "clone"
    start = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    with served(["make", "run"], work / "fresh", cwd=clone):
        first = time.perf_counter() - start
    with served(["make", "run"], work / "fresh", cwd=clone) as (_, again, _):
        pass
    return [
        "| from a fresh clone | seconds |",
        "| --- | ---: |",
        f"| `git clone` and `make run` until the first page | {first:.1f} |",
        f"| `make run` again | {again:.1f} |",
        "",
    ]


def pages(port: int, rounds: int) -> list[str]:
    entry = entry_address(port)
    lines = [
        "| page (334 entries) | p50 ms | p95 ms | least | most | first visit, KB | second visit, KB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, path in PAGES.items():
        address = path.format(entry=entry)
        timed(port, [address] * 3)
        times = timed(port, [address] * rounds)
        first, again = visits(port, address)
        lines.append(f"| {name} | {times} | {first / 1000:.1f} | {again / 1000:.1f} |")
    return [*lines, ""]


def dimensions(port: int) -> list[str]:
    """What coverage can be counted along, as the API describes itself."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json") as answer:
        told = json.load(answer)["paths"]["/api/v1/coverage"]["get"]["parameters"]
    return list(next(parameter["schema"]["enum"] for parameter in told if parameter["name"] == "rows"))


def coverage(port: int, size: int) -> list[str]:
    """A matrix of every two dimensions, each once: no answer comes from memory."""
    known = dimensions(port)
    pairs = list(permutations(known, 2))
    random.Random(3).shuffle(pairs)  # noqa: S311 - no secret depends on it
    lines = [
        f"| coverage ({size:,} entries, any two of {len(known)} dimensions) | p50 ms | p95 ms | least | most |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, address in COVERAGE.items():
        times = timed(port, [f"{address}rows={rows}&columns={columns}" for rows, columns in pairs])
        lines.append(f"| {name} | {times} |")
    return [*lines, ""]


def sizes(data: Path, rounds: int) -> list[str]:
    covered: list[str] = []
    lines = [
        "| entries | search p50 ms | p95 ms | least | most | start s | memory MB | index MB | database MB "
        "| index built s |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size in SIZES:
        _, indexing = fill(data, size)
        with served([sys.executable, "-m", "precedent", "up"], data) as (port, started, pid):
            timed(port, ["/en/search"] * 3)
            times = timed(port, searches(rounds))
            held = memory(pid)
            covered = coverage(port, size)
        database = sum(file.stat().st_size for file in data.glob("precedent.sqlite3*")) / 1_000_000
        lines.append(
            f"| {size:,} | {times} | {started:.1f} | {held} | {disk(data / 'index'):.1f} | {database:.1f} "
            f"| {indexing:.1f} |"
        )
    return [*lines, "", *covered]


def work(data: Path, rounds: int) -> list[str]:
    """Contributing and reviewing, on the starter catalogue."""
    told = {**environment(data, 1), "DJANGO_SETTINGS_MODULE": "precedent.project.settings"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "work.py"), str(rounds)],
        env=told,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        "| work (334 entries) | p50 ms | p95 ms | least | most |",
        "| --- | ---: | ---: | ---: | ---: |",
        *done.stdout.splitlines(),
        "",
    ]


def ranking(data: Path) -> list[str]:
    """The judged queries put to the search as it stands, on the starter catalogue and nothing else."""
    told = {**environment(data, 1), "DJANGO_SETTINGS_MODULE": "precedent.project.settings"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "judging.py")], env=told, capture_output=True, text=True, check=True
    )
    return [*done.stdout.splitlines(), ""]


def machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({model}), {gigabytes:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {time.strftime('%-d %B %Y')}."
    )


def report(lines: list[str]) -> None:
    text = REPORT.read_text()
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    REPORT.write_text("\n".join([head + BEGIN, "", *lines, END]) + tail)
    print("\n".join(lines))


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reading.add_argument("--quick", action="store_true", help="without the fresh clone, and with fewer requests")
    quick = reading.parse_args().quick
    folder = Path(tempfile.mkdtemp(prefix="precedent-bench-"))
    try:
        lines = [f"Measured on {machine()}", ""]
        if not quick:
            lines += fresh_clone(folder)
        with served([sys.executable, "-m", "precedent", "up"], folder / "data") as (port, _, _):
            lines += pages(port, 40 if quick else 200)
        lines += ranking(folder / "data")
        lines += work(folder / "data", 40 if quick else 200)
        lines += sizes(folder / "data", 100 if quick else 400)
        report(lines)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
