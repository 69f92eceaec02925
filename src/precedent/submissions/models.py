import json

from django.db import models

from precedent.catalogue.records import identifier as entry_identifier
from precedent.submissions.records import Comment, SentFile, State, Submission, Version, Way


class SubmissionRow(models.Model):
    """`areas` and `countries` repeat what the text says, so that the desk can filter: " A B ", " NP QA "."""

    number = models.PositiveIntegerField(unique=True)
    owner = models.CharField(max_length=100, db_index=True)
    state = models.CharField(max_length=20, default=State.DRAFT.value, db_index=True)
    current = models.PositiveIntegerField(default=1)
    changed = models.PositiveIntegerField(default=1)
    entry = models.PositiveIntegerField(null=True, db_index=True)
    call = models.PositiveIntegerField(null=True, db_index=True)
    base = models.PositiveIntegerField(null=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(null=True)
    second = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=100, blank=True)
    publish_at = models.DateTimeField(null=True, db_index=True)
    started = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    moved = models.DateTimeField(db_index=True)
    reason = models.TextField(blank=True)
    areas = models.CharField(max_length=20, blank=True)
    countries = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"submission {self.number}"

    def record(self, version: "VersionRow") -> Submission:
        return Submission(
            number=self.number,
            owner=self.owner,
            state=State(self.state),
            version=version.record(),
            changed=self.changed,
            entry=entry_identifier(self.entry) if self.entry else None,
            base=self.base,
            claimed_by=self.claimed_by,
            claimed_at=self.claimed_at,
            second=self.second,
            approved_by=self.approved_by,
            publish_at=self.publish_at,
            started=self.started,
            sent=self.sent,
            moved=self.moved,
            reason=self.reason,
            areas=tuple(self.areas.split()),
            call=self.call,
        )


class VersionRow(models.Model):
    """A saved state of a submission's text, whole, as canonical JSON with its fingerprint. It never changes."""

    submission = models.ForeignKey(SubmissionRow, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    draft = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    way = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("submission", "number"), name="version_number_once"),)

    def __str__(self) -> str:
        return f"{self.submission_id}, version {self.number}"

    def record(self) -> Version:
        return Version(self.number, json.loads(self.draft), self.sha256, self.at, self.by, Way(self.way))


class CommentRow(models.Model):
    submission = models.ForeignKey(SubmissionRow, models.PROTECT, related_name="comments")
    field = models.CharField(max_length=200, blank=True)
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    text = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    closed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.submission_id}"

    def record(self) -> Comment:
        return Comment(self.pk, self.field, self.text, self.by, self.at, self.thread_id, self.closed)


class CheckRow(models.Model):
    """A reviewer's tick on the checklist, good for the version it was made on."""

    submission = models.ForeignKey(SubmissionRow, models.PROTECT, related_name="checks")
    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("submission", "code"), name="check_once"),)

    def __str__(self) -> str:
        return f"check {self.code} on {self.submission_id}"


class FileRow(models.Model):
    """A file that was sent along, cleaned; its bytes lie in the data folder under their fingerprint."""

    submission = models.ForeignKey(SubmissionRow, models.PROTECT, related_name="files")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("submission", "sha256"), name="file_once"),)

    def __str__(self) -> str:
        return f"file {self.name} of {self.submission_id}"

    def record(self) -> SentFile:
        return SentFile(self.sha256, self.name, self.kind, self.size, self.at)
