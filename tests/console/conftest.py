"""Data folders for the command: an empty one, and one that was prepared once and copied."""

import shutil
from pathlib import Path

import pytest

from tests.console.command import Command, free_port


@pytest.fixture
def fresh(tmp_path: Path) -> Command:
    """The command on a folder that does not exist yet."""
    return Command(tmp_path / "data", free_port())


@pytest.fixture(scope="session")
def prepared_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    command = Command(tmp_path_factory.mktemp("prepared") / "data", free_port())
    said = command.run("up", "--no-serve")
    assert said.code == 0, said.err
    return command.data


@pytest.fixture
def ready(prepared_once: Path, fresh: Command) -> Command:
    """The command on a folder with the starter catalogue and its index."""
    shutil.copytree(prepared_once, fresh.data)
    return fresh
