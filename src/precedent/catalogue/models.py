import json

from django.db import models

from precedent.catalogue.records import Entry, Provenance, Revision, State, Withdrawal, identifier
from precedent.catalogue.stored import read


class EntryRow(models.Model):
    """An identity, pointing at the revision in force. `key` is the slug under which a bulk file knows it."""

    number = models.PositiveIntegerField(unique=True)
    key = models.SlugField(max_length=120, unique=True, null=True)  # noqa: DJ001 - unique only where given
    slug = models.SlugField(max_length=80)
    provenance = models.CharField(max_length=20, default=Provenance.CONTRIBUTED.value)
    state = models.CharField(max_length=20, default=State.PUBLISHED.value)
    first_published = models.DateTimeField()
    confirmed_on = models.DateField(null=True)
    current = models.PositiveIntegerField()
    owner = models.CharField(max_length=100, blank=True, db_index=True)
    verified = models.BooleanField(default=False)
    merged_into = models.PositiveIntegerField(null=True)
    reminded_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    changed = models.PositiveBigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"entry {self.number}"

    def record(self, revision: "RevisionRow") -> Entry:
        withdrawal = Withdrawal(self.withdrawn_at, self.withdrawn_reason) if self.withdrawn_at else None
        return Entry(
            number=self.number,
            slug=self.slug,
            provenance=Provenance(self.provenance),
            first_published=self.first_published,
            confirmed_on=self.confirmed_on,
            revision=revision.record(),
            withdrawal=withdrawal,
            owner=self.owner,
            verified=self.verified,
            merged_into=identifier(self.merged_into) if self.merged_into else None,
            changed=self.changed,
        )


class RevisionRow(models.Model):
    """A published state, whole, as canonical JSON with its fingerprint. It never changes."""

    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    reason = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "number"), name="revision_number_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id}, revision {self.number}"

    def record(self) -> Revision:
        document = read(json.loads(self.document))
        return Revision(self.number, document, self.sha256, self.at, self.by, self.by_name, self.reason)


class NoteRow(models.Model):
    """An editors' note on an entry. Never public."""

    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"note on {self.entry_id}"


class PlacementRow(models.Model):
    """An editor's decision: what an entry answers in an edition that split `code`. No code: left without."""

    entry = models.ForeignKey(EntryRow, models.PROTECT, related_name="placements")
    edition = models.PositiveIntegerField()
    code = models.CharField(max_length=20, blank=True)
    into = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "edition", "code"), name="placed_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id} in edition {self.edition}: {self.code}"
