"""Reading the framework and the vocabularies. Both are kept in memory until they change."""

from dataclasses import dataclass
from datetime import datetime

from precedent.audit.remembering import remembered
from precedent.framework.models import CodeRow, EditionRow, VocabularyRow
from precedent.framework.records import Edition, EditionStatus, Item, Term, Vocabulary
from precedent.framework.refusals import NoSuchEdition, NoSuchTerm, NoSuchVocabulary


@dataclass(frozen=True, slots=True)
class Draft:
    """The edition that is being prepared, and how often it was changed."""

    edition: Edition
    version: int
    was_in_force: bool


@remembered
def editions() -> tuple[Edition, ...]:
    """Every edition that is or was in force, oldest first. One database query."""
    rows = EditionRow.objects.exclude(status=EditionStatus.DRAFT).order_by("number")
    return tuple(row.record() for row in rows)


def current_edition() -> Edition:
    """The edition in force. Raises NoSuchEdition where none was loaded."""
    found = editions()
    if not found:
        raise NoSuchEdition(number="")
    return found[-1]


def edition(number: int) -> Edition:
    """An edition that is or was in force. Raises NoSuchEdition."""
    found = next((edition for edition in editions() if edition.number == number), None)
    if found is None:
        raise NoSuchEdition(number=number)
    return found


@remembered
def lineage() -> tuple[Edition, ...]:
    """Every text under which an entry may have been given its codes, oldest first.

    Editions that were taken back are among them, as drafts.
    """
    rows = EditionRow.objects.order_by("number")
    return tuple(text for row in rows for text in (*row.texts_taken_back(), *_in_force(row)))


def _in_force(row: EditionRow) -> tuple[Edition, ...]:
    return () if row.status == EditionStatus.DRAFT else (row.record(),)


def items_ever() -> dict[str, Item]:
    """Every question and heading that was ever in force, as it was last worded; those of today first."""
    found: dict[str, Item] = {}
    for edition in (*editions()[::-1], *lineage()[::-1]):
        for code, item in edition.items.items():
            found.setdefault(code, item)
    return found


@remembered
def in_force_since() -> dict[int, datetime]:
    """When each edition came into force, by its number. One database query."""
    rows = EditionRow.objects.exclude(published=None).exclude(status=EditionStatus.DRAFT)
    return {number: at for number, at in rows.values_list("number", "published") if at}


def draft() -> Draft | None:
    """The edition that is being prepared, if there is one. One database query."""
    row = EditionRow.objects.filter(status=EditionStatus.DRAFT).first()
    return Draft(row.record(), row.version, bool(row.taken_back)) if row else None


def used_codes() -> frozenset[str]:
    """Every code of a question or heading that was ever in force. One database query."""
    return frozenset(CodeRow.objects.values_list("code", flat=True))


def closed_codes() -> frozenset[str]:
    """The codes that were in force and that no new item of the draft may have. Two database queries.

    Those under which the draft itself was in force, before it was taken back, still mean the same.
    """
    row = EditionRow.objects.filter(status=EditionStatus.DRAFT).first()
    own = (code for text in row.texts_taken_back() for code in text.items) if row else ()
    return used_codes().difference(own)


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
