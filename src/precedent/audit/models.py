"""The trail and its head."""

from datetime import UTC
from typing import Any

from django.db import models

from precedent.audit.records import Event, Head


class EventRow(models.Model):
    """One change, for ever. `hash` covers everything else in the row and the hash of the row before."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, db_index=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.subject}"

    def record(self) -> Event:
        detail: dict[str, Any] = self.detail
        return Event(
            sequence=self.sequence,
            at=self.at.astimezone(UTC),
            by=self.by,
            by_name=self.by_name,
            verb=self.verb,
            subject=self.subject,
            reason=self.reason,
            detail=detail,
            previous=self.previous,
            hash=self.hash,
        )


class HeadRow(models.Model):
    """The one row that every append locks, so that two transactions never continue from the same event.

    `public` and `public_hash` are those of the last event that readers can see: the catalogue's revision.
    """

    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    public = models.PositiveBigIntegerField(default=0)
    public_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"head at {self.sequence}"

    def record(self) -> Head:
        return Head(self.sequence, self.hash, self.public, self.public_hash)
