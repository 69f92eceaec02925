from django.db import models

from precedent.roundtables.records import Kind, Mark


class MarkRow(models.Model):
    """What is marked now. What was marked before stands in the trail."""

    roundtable = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=20)
    reason = models.TextField()
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("roundtable", "kind", "what"), name="marked_once"),)

    def __str__(self) -> str:
        return f"{self.what} for {self.roundtable}"

    def record(self) -> Mark:
        return Mark(self.roundtable, Kind(self.kind), self.what, self.reason, self.by, self.at)
