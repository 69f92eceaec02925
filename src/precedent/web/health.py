"""Is the process alive, and can it answer? For those who run the service."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from precedent.audit import queries as audit
from precedent.search import engine


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """The database answers, its migrations are in step, and there is an index."""
    found = {
        "database": "ok" if _database() else "away",
        "migrations": "ok" if _migrated() else "not in step",
        "index": "away" if engine.position() == "away" else "ok",
    }
    ready = set(found.values()) == {"ok"}
    return JsonResponse({"status": "ok" if ready else "not ready", **found}, status=200 if ready else 503)


def _database() -> bool:
    try:
        audit.head()
    except DatabaseError:
        return False
    return True


def _migrated() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
