"""Reading once what many pages need: a result is kept until readers would see another one.

Vocabularies, the framework and the countries are read on every page and change a few times a year. Each result
is kept with the catalogue's revision it was read at, so no process shows an old label after a change.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from precedent.audit import queries

P = ParamSpec("P")
R = TypeVar("R")

_revision: ContextVar[str | None] = ContextVar("revision", default=None)


@contextmanager
def one_revision() -> Iterator[str]:
    """Ask for the revision once, and answer with it until the end: a page is made of one state."""
    stands = queries.head().revision
    before = _revision.set(stands)
    try:
        yield stands
    finally:
        _revision.reset(before)


def revision() -> str:
    """The catalogue's revision. One database query, or none inside `one_revision`."""
    return _revision.get() or queries.head().revision


def remembered(read: Callable[P, R]) -> Callable[P, R]:
    """Keep what a reading function returned, by its arguments, for as long as the revision stands."""
    kept: tuple[str, dict[object, R]] = ("", {})

    @wraps(read)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        nonlocal kept
        stands = revision()
        at, results = kept
        if at != stands:
            results = {}
            kept = (stands, results)
        key = (args, tuple(sorted(kwargs.items())))
        if key not in results:
            results[key] = read(*args, **kwargs)
        return results[key]

    return run
