"""Who acts, and what makes a function an action: a named actor, a permission, one transaction."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from precedent.kernel.refusals import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")

acting: ContextVar[bool] = ContextVar("acting", default=False)
"""Is an action under way? The tests ask at every write."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the product itself, with what they may do. The room `people` makes them.

    `name` is what the trail keeps for ever; for persons it is no more than their number, and pages say their names
    as they wish to be named. `areas` limits a reviewer to issue areas; empty: every one. `countries` are those a
    focal point speaks for.
    """

    id: str
    name: str
    permissions: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """A line of the table of actions, from which tests and docs are made."""

    name: str
    needs: str


ACTIONS: dict[str, ActionEntry] = {}
"""Every action by its dotted name, filled as modules are read."""


def action(needs: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run the function for an actor (`by=`) who may, whole or not at all. Raises NotAllowed.

    An action inside an action opens a savepoint: a refusal inside undoes only itself.
    """

    def decorate(do: Callable[P, R]) -> Callable[P, R]:
        name = f"{do.__module__}.{do.__qualname__}"
        ACTIONS[name] = ActionEntry(name, needs)

        @wraps(do)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by = kwargs.get("by")
            if not isinstance(by, Actor) or not by.may(needs):
                raise NotAllowed
            before = acting.set(True)
            try:
                with transaction.atomic():
                    return do(*args, **kwargs)
            finally:
                acting.reset(before)

        return run

    return decorate
