from django.db import models

from precedent.framework.records import Edition, EditionStatus, Term, TermStatus, Vocabulary


class EditionRow(models.Model):
    """An edition, whole, as a document: nothing is asked across its parts.

    One in force never changes; a draft does, and `version` counts how often. `taken_back` are the texts under
    which it was in force before it was taken back: entries may carry their codes.
    """

    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=20)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    published = models.DateTimeField(null=True)
    taken_back = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"edition {self.number}"

    def record(self) -> Edition:
        return Edition.model_validate({**self.document, "status": self.status})

    def texts_taken_back(self) -> list[Edition]:
        return [Edition.model_validate({**text, "status": EditionStatus.DRAFT}) for text in self.taken_back]


class CodeRow(models.Model):
    """A code of a question or heading that was once in force. It is never used for anything else."""

    code = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.code


class VocabularyRow(models.Model):
    code = models.SlugField(max_length=60, unique=True)
    position = models.PositiveIntegerField()
    title = models.JSONField()
    multi = models.BooleanField()
    source = models.CharField(max_length=300)
    note = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)

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
            version=self.version,
        )

    @classmethod
    def of(cls, vocabulary: Vocabulary, position: int) -> "VocabularyRow":
        """A new row, with its terms still to be made."""
        made = cls(code=vocabulary.code)
        made.tell(vocabulary, position)
        return made

    def tell(self, vocabulary: Vocabulary, position: int) -> None:
        """Take on what a vocabulary says of itself, its terms aside."""
        self.position, self.multi, self.source = position, vocabulary.multi, vocabulary.source
        self.title, self.note = dict(vocabulary.title), vocabulary.note and dict(vocabulary.note)


class TermRow(models.Model):
    vocabulary = models.ForeignKey(VocabularyRow, models.PROTECT, related_name="terms")
    code = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    label = models.JSONField()
    note = models.JSONField(null=True)
    broader = models.CharField(max_length=60, null=True)  # noqa: DJ001 - absence is not an empty code
    status = models.CharField(max_length=20, default=TermStatus.CURRENT.value)
    successor = models.CharField(max_length=60, null=True)  # noqa: DJ001 - as above
    since = models.DateField(null=True)
    handed_over = models.JSONField(default=dict)

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
            since=self.since,
            handed_over=self.handed_over,
        )

    @classmethod
    def of(cls, term: Term, position: int, vocabulary: VocabularyRow) -> "TermRow":
        """A new row."""
        return cls(
            vocabulary=vocabulary,
            code=term.code,
            position=position,
            label=dict(term.label),
            note=term.note and dict(term.note),
            broader=term.broader,
            status=term.status.value,
            successor=term.successor,
            since=term.since,
            handed_over=term.handed_over,
        )
