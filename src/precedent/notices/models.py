"""What people were told, and which of it waits to be mailed: the outbox and the inbox are one table."""

from django.db import models
from django.db.models import Q

from precedent.notices.kinds import BY_CODE
from precedent.notices.records import Notice
from precedent.notices.schedule import Waiting

TO_BE_MAILED = Q(mailed_at=None, due_at__isnull=False)


class NoticeRow(models.Model):
    """A notice, and how far its mail has come.

    `due_at`: when it is to be mailed; null: never. `digest`: with what else has happened that day. `letter`: the
    mail that it goes with, from the first attempt on. `claimed_until`: whoever sends that mail holds it so long.
    """

    recipient = models.CharField(max_length=254)
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    digest = models.BooleanField(default=False)
    letter = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("recipient", "-id"), name="notices_inbox"),
            models.Index(fields=("recipient",), name="notices_unread", condition=Q(read_at=None)),
            models.Index(fields=("due_at",), name="notices_due", condition=TO_BE_MAILED),
            models.Index(fields=("recipient",), name="notices_waiting", condition=TO_BE_MAILED),
            models.Index(fields=("recipient", "mailed_at"), name="notices_digests", condition=Q(digest=True)),
            models.Index(fields=("letter",), name="notices_letter"),
        )

    def __str__(self) -> str:
        return f"{self.kind} for {self.recipient}"

    def record(self) -> Notice:
        return Notice(
            number=self.pk,
            recipient=self.recipient,
            kind=BY_CODE[self.kind],
            subject=self.subject,
            facts=self.facts,
            by=self.by,
            at=self.at,
            read=self.read_at is not None,
        )

    def waiting(self) -> Waiting:
        """Asked only of notices that are to be mailed."""
        due = self.due_at or self.at
        return Waiting(self.pk, due, self.digest, self.letter, self.claimed_until)
