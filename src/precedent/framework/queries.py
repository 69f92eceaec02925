"""Reading the framework and the vocabularies. Both are kept in memory until they change."""

from precedent.audit.remembering import remembered
from precedent.framework.models import EditionRow, VocabularyRow
from precedent.framework.records import Edition, Term, Vocabulary
from precedent.framework.refusals import NoSuchEdition, NoSuchTerm, NoSuchVocabulary

CURRENT = "current"


@remembered
def current_edition() -> Edition:
    """The edition in force. Raises NoSuchEdition where none was loaded."""
    row = EditionRow.objects.filter(status=CURRENT).first()
    if row is None:
        raise NoSuchEdition(number="")
    return row.record()


@remembered
def edition(number: int) -> Edition:
    """An edition, past ones included. Raises NoSuchEdition."""
    row = EditionRow.objects.filter(number=number).first()
    if row is None:
        raise NoSuchEdition(number=number)
    return row.record()


@remembered
def vocabularies() -> dict[str, Vocabulary]:
    """Every vocabulary by its code, in their order. Two database queries."""
    rows = VocabularyRow.objects.order_by("position").prefetch_related("terms")
    return {row.code: row.record() for row in rows}


def vocabulary(code: str) -> Vocabulary:
    """One vocabulary. Raises NoSuchVocabulary."""
    found = vocabularies().get(code)
    if found is None:
        raise NoSuchVocabulary(code=code)
    return found


def term(vocabulary_code: str, code: str) -> Term:
    """One term. Raises NoSuchVocabulary, NoSuchTerm."""
    found = vocabulary(vocabulary_code).by_code.get(code)
    if found is None:
        raise NoSuchTerm(code=code, vocabulary=vocabulary_code)
    return found
