from django.db import models

from precedent.framework.records import Edition, Term, TermStatus, Vocabulary


class EditionRow(models.Model):
    """An edition, whole, as a document: it is frozen, and nothing is asked across its parts."""

    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=20)
    document = models.JSONField()

    def __str__(self) -> str:
        return f"edition {self.number}"

    def record(self) -> Edition:
        return Edition.model_validate(self.document)


class VocabularyRow(models.Model):
    code = models.SlugField(max_length=60, unique=True)
    position = models.PositiveIntegerField()
    title = models.JSONField()
    multi = models.BooleanField()
    source = models.CharField(max_length=300)
    note = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.code

    def record(self) -> Vocabulary:
        terms = sorted(self.terms.all(), key=lambda row: row.position)
        return Vocabulary(
            code=self.code,
            title=self.title,
            multi=self.multi,
            source=self.source,
            note=self.note,
            terms=tuple(row.record() for row in terms),
        )


class TermRow(models.Model):
    vocabulary = models.ForeignKey(VocabularyRow, models.PROTECT, related_name="terms")
    code = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    label = models.JSONField()
    note = models.JSONField(null=True)
    broader = models.CharField(max_length=60, null=True)  # noqa: DJ001 - absence is not an empty code
    status = models.CharField(max_length=20, default=TermStatus.CURRENT.value)
    successor = models.CharField(max_length=60, null=True)  # noqa: DJ001 - as above

    class Meta:
        constraints = (models.UniqueConstraint(fields=("vocabulary", "code"), name="term_code_is_for_ever"),)

    def __str__(self) -> str:
        return f"{self.vocabulary_id}:{self.code}"

    def record(self) -> Term:
        return Term(
            code=self.code,
            label=self.label,
            note=self.note,
            broader=self.broader,
            status=TermStatus(self.status),
            successor=self.successor,
        )
