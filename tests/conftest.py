"""What every test stands on: a file database with production's settings, the starter catalogue and its index."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from precedent.catalogue import starter
from precedent.kernel.acting import acting
from precedent.search import keeper
from precedent.search.engine import readers

# The suite itself may run on another database; what tests start in processes of its own never touches that one.
os.environ.pop("PRECEDENT_DATABASE_URL", None)

# How long an example takes says something about the machine, not about the promise.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

OURS = "|".join(m._meta.db_table for m in apps.get_models() if m.__module__.startswith("precedent."))
WRITE = re.compile(rf'\s*(INSERT (OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?({OURS})\b', re.IGNORECASE)


def refuse_stray_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    assert acting.get() or not WRITE.match(sql), f"A row changed outside an action: {sql}"
    return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def rows_change_only_in_actions() -> Iterator[None]:
    """However a write is spelled: rows of ours change while an action is under way, or the test fails."""
    with connection.execute_wrapper(refuse_stray_writes):
        yield


@pytest.fixture(autouse=True)
def no_language_is_left_over() -> Iterator[None]:
    """A page is made in its own language; the test after it begins in English."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this test process."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(data_folder: Path) -> None:
    """The database, the index and the static files of the tests lie in a folder of their own."""
    connection.settings_dict["TEST"]["NAME"] = str(data_folder / "test.sqlite3")
    settings.DATA = data_folder
    settings.INDEX = data_folder / "index"
    settings.STATIC_ROOT = data_folder / "static"
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every test finds the starter catalogue, loaded as people load it, and its index."""
    with django_db_blocker.unblock():
        assert starter.load() == []
        keeper.rebuild()


@pytest.fixture
def index_of_its_own(tmp_path: Path, settings: Any) -> Iterator[Callable[[], None]]:
    """An index that follows what this test publishes. Call it to bring it up to date."""
    settings.INDEX = tmp_path / "index"
    readers.forget()

    def follow() -> None:
        assert keeper.catch_up()

    yield follow
    readers.forget()
    readers.damaged.clear()
