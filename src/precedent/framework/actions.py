"""The only place where the framework and its vocabularies change."""

from precedent.audit.actions import record
from precedent.audit.verbs import Verb
from precedent.framework.models import EditionRow, TermRow, VocabularyRow
from precedent.framework.records import Edition, Vocabulary
from precedent.kernel.acting import Actor, action
from precedent.kernel.text import canonical, sha256
from precedent.people.permissions import Permission


@action(Permission.KEEP_FRAMEWORK)
def load_edition(edition: Edition, *, by: Actor) -> bool:
    """Take in an edition, once. False where it is there already: an edition is frozen."""
    if EditionRow.objects.filter(number=edition.number).exists():
        return False
    document = edition.model_dump(mode="json")
    EditionRow.objects.create(number=edition.number, status=edition.status, document=document)
    record(Verb.FRAMEWORK_LOADED, f"edition:{edition.number}", by=by, document=sha256(canonical(document)))
    return True


@action(Permission.KEEP_FRAMEWORK)
def load_vocabularies(vocabularies: list[Vocabulary], *, by: Actor) -> int:
    """Take in the vocabularies that are not there yet; how many that were. What editors changed stays."""
    known = set(VocabularyRow.objects.values_list("code", flat=True))
    new = [(place, v) for place, v in enumerate(vocabularies) if v.code not in known]
    if not new:
        return 0
    rows = VocabularyRow.objects.bulk_create(
        VocabularyRow(
            code=v.code, position=place, title=dict(v.title), multi=v.multi, source=v.source, note=v.note
        )
        for place, v in new
    )
    TermRow.objects.bulk_create(
        TermRow(
            vocabulary=row,
            code=term.code,
            position=place,
            label=dict(term.label),
            note=term.note,
            broader=term.broader,
        )
        for row, (_, v) in zip(rows, new, strict=True)
        for place, term in enumerate(v.terms)
    )
    for _, v in new:
        codes = [term.code for term in v.terms]
        record(Verb.VOCABULARIES_LOADED, f"vocabulary:{v.code}", by=by, terms=codes)
    return len(new)
