"""Stored documents of any schema number, read as documents of today's. What is stored is never rewritten."""

from collections.abc import Callable
from typing import Any

from precedent.catalogue.document import SCHEMA, EntryDocument

UPCASTERS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From each earlier schema number: how its documents become those of the next."""


def read(stored: dict[str, Any]) -> EntryDocument:
    """A stored document of any schema number, as a document of today's."""
    while (number := stored.get("schema_number", SCHEMA)) != SCHEMA:
        stored = UPCASTERS[number](stored)
    return EntryDocument.model_validate(stored)
