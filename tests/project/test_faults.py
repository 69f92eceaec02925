"""A fault of the product: a sentence for the person, the whole of it in the log, and the work goes on."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from precedent.project.faults import FaultFile, OneLine

BOOM = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "precedent.project.settings"
django.setup()
from precedent.console import main
from precedent.keeping import check
class Panic(BaseException): pass
def boom(): raise {kind}("boom")
check.run = boom
sys.exit(main.run(["check"]))
"""


def record() -> logging.LogRecord:
    try:
        raise ValueError("the reason")
    except ValueError:
        return logging.LogRecord("precedent", logging.ERROR, "", 1, "It failed.", (), sys.exc_info())


def test_the_terminal_gets_a_line_and_the_log_the_whole(tmp_path: Path) -> None:
    fault, file = record(), FaultFile(str(tmp_path / "precedent.log"))
    file.setFormatter(logging.Formatter("%(message)s"))
    file.emit(fault)
    file.close()
    assert OneLine("%(message)s").format(fault) == "It failed. (builtins.ValueError; see precedent.log)"
    whole = (tmp_path / "precedent.log").read_text()
    assert "Traceback" in whole and "ValueError: the reason" in whole


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capsys: Any) -> None:
    file = FaultFile(str(tmp_path / "none" / "precedent.log"))
    file.emit(record())
    file.close()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["RuntimeError", "Panic"])
def test_an_unexpected_fault_is_told_in_a_sentence_and_logged_in_full(tmp_path: Path, kind: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", BOOM.format(kind=kind)],
        env={**os.environ, "PRECEDENT_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Something went wrong on our side ({kind}: boom).")
    assert "Traceback" not in ended.stderr and "precedent.log" in ended.stderr
    assert "Traceback" in (tmp_path / "precedent.log").read_text()
