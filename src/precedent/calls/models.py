from dataclasses import fields

from django.db import models

from precedent.calls.records import Call, Terms


class CallRow(models.Model):
    """A call as it stands. What it said before stands in the trail."""

    number = models.PositiveIntegerField(unique=True)
    question = models.CharField(max_length=20, db_index=True)
    perspective = models.CharField(max_length=20, blank=True)
    chosen = models.JSONField(default=list)
    title = models.CharField(max_length=200)
    sought = models.TextField()
    why = models.TextField()
    written_in = models.CharField(max_length=12)
    countries = models.JSONField(default=list)
    organisations = models.CharField(max_length=300, blank=True)
    languages = models.JSONField(default=list)
    opens = models.DateField()
    until = models.DateField()
    contact = models.CharField(max_length=300, blank=True)
    wanted = models.PositiveIntegerField()
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    closed_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"call {self.number}"

    def tell(self, terms: Terms) -> None:
        """Take on what an editor says of the call."""
        for field in fields(Terms):
            setattr(self, field.name, getattr(terms, field.name))
        self.chosen = terms.as_data()["chosen"]
        self.countries, self.languages = [*terms.countries], [*terms.languages]

    def record(self) -> Call:
        told = {field.name: getattr(self, field.name) for field in fields(Call)}
        told["chosen"] = tuple((parameter, tuple(codes)) for parameter, codes in self.chosen)
        return Call(**told | {"countries": tuple(self.countries), "languages": tuple(self.languages)})
