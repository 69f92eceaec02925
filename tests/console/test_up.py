"""`precedent up`: from nothing to a service that answers, and the same again without changing anything."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

import precedent
from tests.console.command import PROGRAM, Command, free_port, until


def test_the_first_start_loads_the_starter_catalogue_and_answers(fresh: Command) -> None:
    with fresh.up() as serving:
        assert serving.get("/healthz")[0] == 200
        assert serving.get("/readyz")[0] == 200
        assert serving.stop() == 0
    assert fresh.count() == (334, 334)
    assert fresh.facts()["entries"] == 334


def test_the_second_start_answers_within_three_seconds_and_changes_nothing(ready: Command) -> None:
    before = ready.facts()
    start = time.monotonic()
    with ready.up() as serving:
        assert time.monotonic() - start < 3
        assert serving.get("/readyz")[0] == 200
    assert ready.facts() == before


def test_the_secret_key_is_made_once_for_its_owner_alone(fresh: Command) -> None:
    assert fresh.run("up", "--no-serve").code == 0
    key = fresh.data / "secret-key"
    assert key.stat().st_mode & 0o777 == 0o600 and len(key.read_text()) >= 50
    made = key.read_text()
    assert fresh.run("up", "--no-serve").code == 0
    assert key.read_text() == made


def test_a_port_that_is_taken_is_told_before_anything_is_done(fresh: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", fresh.port))
        other.listen()
        said = fresh.run("up")
    assert said.refused
    assert f"Port {fresh.port} is taken by another program." in said.err
    assert "make run PORT=" in said.err and "PRECEDENT_PORT=" in said.err
    assert not fresh.data.exists()


def test_a_second_precedent_on_the_same_port_is_refused(ready: Command) -> None:
    with ready.up() as serving:
        said = ready.run("up")
        assert said.refused and "is taken" in said.err
        assert serving.get("/healthz")[0] == 200


def test_a_host_this_machine_does_not_have_is_told(fresh: Command) -> None:
    for host in ("no-such-host.invalid", "192.0.2.1"):
        said = fresh.having(PRECEDENT_HOST=host).run("up")
        assert said.refused and "PRECEDENT_HOST" in said.err


def test_serve_alone_says_what_is_missing(fresh: Command) -> None:
    said = fresh.run("serve")
    assert said.refused and "There is no catalogue in" in said.err and "precedent up" in said.err


def test_serve_alone_serves_what_is_there(ready: Command) -> None:
    with ready.start("serve") as process:
        assert process.stdout is not None
        assert "ready at" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_stop_everything_in_good_order(ready: Command, sent: signal.Signals) -> None:
    with subprocess.Popen(
        [*PROGRAM, "up"],
        env=ready.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As in a terminal, even where the tests were started by nohup, which has the signal ignored.
        preexec_fn=lambda: signal.signal(sent, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert "ready at" in process.stdout.readline()
        os.killpg(process.pid, sent)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""


def test_serve_says_so_where_the_style_is_of_another_version(ready: Command) -> None:
    (ready.data / "static.sha256").write_text("another")
    said = ready.run("serve")
    assert said.refused and "precedent up" in said.err


def test_a_killed_command_takes_its_web_processes_along(ready: Command) -> None:
    with ready.up() as serving:
        workers = serving.workers()
        assert workers
        serving.process.kill()
        assert until(lambda: not any(Path(f"/proc/{pid}/stat").exists() for pid in workers))
    with ready.up() as serving:
        assert serving.get("/healthz")[0] == 200


def test_a_web_process_that_dies_is_started_anew(ready: Command) -> None:
    with ready.up() as serving:
        os.kill(serving.workers()[0], signal.SIGKILL)
        assert until(lambda: _answers(ready))


def _answers(command: Command) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", command.port), timeout=1) as asked:
            asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return b"200 OK" in asked.recv(100)
    except OSError:
        return False


def test_several_web_processes_share_the_port_and_the_index(ready: Command) -> None:
    with ready.having(PRECEDENT_WORKERS="2").up() as serving:
        assert until(lambda: len(serving.workers()) == 2)
        assert {serving.get("/readyz")[0] for _ in range(10)} == {200}


def test_starter_rows_that_break_a_rule_are_named_and_the_rest_is_loaded(fresh: Command, tmp_path: Path) -> None:
    shutil.copytree(Path(precedent.__file__).parent, tmp_path / "precedent")
    rows = tmp_path / "precedent" / "catalogue" / "data" / "area-c.jsonl"
    first, rest = rows.read_text().split("\n", 1)
    rows.write_text(first.replace('"level": "bilateral"', '"level": "nowhere"') + "\n" + rest)
    said = fresh.having(PYTHONPATH=str(tmp_path)).run("up", "--no-serve")
    assert said.code == 0
    assert "Starter entry kr-ph-eps-memorandum, level: “nowhere” is not in the vocabulary" in said.err
    assert fresh.count() == (333, 333)


def test_two_first_starts_at_once_wait_for_each_other(fresh: Command) -> None:
    other = Command(fresh.data, free_port())
    one, two = fresh.start("up", "--no-serve"), other.start("up", "--no-serve")
    outputs = [process.communicate(timeout=60)[0] for process in (one, two)]
    assert (one.returncode, two.returncode) == (0, 0), outputs
    assert fresh.count() == (334, 334)


@pytest.mark.parametrize(
    ("name", "value"),
    [("port", "abc"), ("port", "0"), ("threads", "-1"), ("database_url", "mysql://a:s3cret@b/c")],
)
def test_a_setting_that_is_not_right_is_named_and_no_password_is_shown(
    fresh: Command, name: str, value: str
) -> None:
    said = fresh.having(**{f"PRECEDENT_{name.upper()}": value}).run("up")
    assert said.code == 2 and "Traceback" not in said.err
    assert f"PRECEDENT_{name.upper()}" in said.err and "s3cret" not in said.err
