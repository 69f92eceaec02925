"""The only place where the framework and its vocabularies change."""

from collections.abc import Callable
from datetime import UTC, datetime

from precedent.audit.actions import hold, record
from precedent.audit.verbs import Verb
from precedent.framework import checking, queries, revising, terms
from precedent.framework.models import CodeRow, EditionRow, TermRow, VocabularyRow
from precedent.framework.queries import Draft
from precedent.framework.records import Edition, EditionStatus, Vocabulary
from precedent.framework.refusals import (
    DraftChanged,
    DraftPending,
    DraftWasInForce,
    EditionIncomplete,
    NoDraft,
    NoSuchVocabulary,
    NothingToTakeBack,
    VocabulariesChanged,
    VocabularyChanged,
)
from precedent.framework.vocabulary_changes import Change, between, changes
from precedent.framework.vocabulary_file import Wished, fingerprint
from precedent.kernel.acting import Actor, action
from precedent.kernel.languages import Texts
from precedent.kernel.text import canonical, sha256
from precedent.people.permissions import Permission

Move = Callable[[Edition, Edition, frozenset[str]], Edition]
"""What is done to a draft: (the draft, the edition in force, every code ever used) → the next draft."""


@action(Permission.KEEP_FRAMEWORK)
def load_edition(edition: Edition, *, by: Actor) -> bool:
    """Take in an edition, once. False where it is there already: an edition is frozen."""
    if EditionRow.objects.filter(number=edition.number).exists():
        return False
    document = edition.model_dump(mode="json")
    EditionRow.objects.create(
        number=edition.number, status=edition.status, document=document, published=datetime.now(UTC)
    )
    _keep_codes(edition)
    record(Verb.FRAMEWORK_LOADED, f"edition:{edition.number}", by=by, document=sha256(canonical(document)))
    return True


@action(Permission.KEEP_FRAMEWORK)
def begin_edition(*, by: Actor) -> Draft:
    """Begin the edition that follows the one in force, with the same text. Raises DraftPending."""
    hold()
    if pending := queries.draft():
        raise DraftPending(number=pending.edition.number)
    made = revising.begun(queries.current_edition())
    EditionRow.objects.create(number=made.number, status=made.status, document=made.model_dump(mode="json"))
    record(Verb.EDITION_BEGUN, f"edition:{made.number}", by=by)
    return Draft(made, 1, was_in_force=False)


@action(Permission.KEEP_FRAMEWORK)
def revise_edition(place: str, seen: str, move: Move, what: str, *, by: Actor) -> Draft:
    """Change a part of the draft as it was `seen` (its fingerprint).

    `place` is a code, or `frame` for what stands around the questions, or `edition` for all of it; `what` is kept
    in the trail. Changes of other parts do not collide. Raises NoDraft, DraftChanged, and what the move refuses.
    """
    hold()
    row, now = _draft()
    if seen != revising.seen_of(now, place):
        raise DraftChanged(place=place)
    changed = move(now, queries.current_edition(), queries.used_codes())
    if changed == now:
        return Draft(now, row.version, bool(row.taken_back))
    row.document, row.version = changed.model_dump(mode="json"), row.version + 1
    row.save()
    before, after = sha256(now.model_dump_json()), sha256(changed.model_dump_json())
    told = {"place": place, "what": what, "before": before, "after": after}
    record(Verb.EDITION_REVISED, f"edition:{now.number}", by=by, **told)
    return Draft(changed, row.version, bool(row.taken_back))


@action(Permission.KEEP_FRAMEWORK)
def discard_edition(version: int, *, by: Actor) -> None:
    """Throw the draft away as it was `seen`. Raises NoDraft, DraftChanged, DraftWasInForce."""
    hold()
    row, now = _draft()
    if row.version != version:
        raise DraftChanged(place=f"edition {now.number}")
    if row.taken_back:
        # Entries may carry its codes, and what these meant must not be lost.
        raise DraftWasInForce(number=now.number)
    row.delete()
    record(Verb.EDITION_DISCARDED, f"edition:{now.number}", by=by, document=now.model_dump(mode="json"))


@action(Permission.KEEP_FRAMEWORK)
def publish_edition(version: int, reason: str, *, by: Actor) -> Edition:
    """Put the draft in force as it was `seen`. Raises NoDraft, DraftChanged, EditionIncomplete.

    What it does to entries is judged by the room above, which calls this inside its own action.
    """
    hold()
    row, now = _draft()
    if row.version != version:
        raise DraftChanged(place=f"edition {now.number}")
    before = queries.current_edition()
    wrong = checking.breaches(now, before, queries.closed_codes())
    if wrong:
        raise EditionIncomplete(place=wrong[0].place, reason=wrong[0].reason)
    EditionRow.objects.filter(number=before.number).update(status=EditionStatus.SUPERSEDED)
    row.status, row.published = EditionStatus.CURRENT, datetime.now(UTC)
    row.save()
    _keep_codes(now)
    document = sha256(canonical(row.document))
    record(Verb.EDITION_PUBLISHED, f"edition:{now.number}", by=by, reason=reason, document=document)
    return row.record()


@action(Permission.KEEP_FRAMEWORK)
def take_back_edition(number: int, reason: str, *, by: Actor) -> Draft:
    """Put the edition before in force again; this one becomes a draft. Raises NothingToTakeBack."""
    hold()
    row = EditionRow.objects.filter(number=number, status=EditionStatus.CURRENT).first()
    if row is None or queries.draft() or not EditionRow.objects.filter(number=number - 1).exists():
        raise NothingToTakeBack(number=number)
    text = row.record()
    row.taken_back = [*row.taken_back, row.document]
    row.status, row.version, row.published = EditionStatus.DRAFT, row.version + 1, None
    row.save()
    EditionRow.objects.filter(number=number - 1).update(status=EditionStatus.CURRENT)
    record(Verb.EDITION_TAKEN_BACK, f"edition:{number}", by=by, reason=reason)
    return Draft(text.model_copy(update={"status": EditionStatus.DRAFT}), row.version, was_in_force=True)


def _draft() -> tuple[EditionRow, Edition]:
    row = EditionRow.objects.filter(status=EditionStatus.DRAFT).first()
    if row is None:
        raise NoDraft
    return row, row.record()


def _keep_codes(edition: Edition) -> None:
    CodeRow.objects.bulk_create((CodeRow(code=code) for code in edition.items), ignore_conflicts=True)


@action(Permission.KEEP_FRAMEWORK)
def load_vocabularies(vocabularies: list[Vocabulary], *, by: Actor) -> int:
    """Take in the vocabularies that are not there yet; how many that were. What editors changed stays."""
    known = set(VocabularyRow.objects.values_list("code", flat=True))
    new = [(place, v) for place, v in enumerate(vocabularies) if v.code not in known]
    rows = VocabularyRow.objects.bulk_create(VocabularyRow.of(v, place) for place, v in new)
    TermRow.objects.bulk_create(
        TermRow.of(term, place, row)
        for row, (_, v) in zip(rows, new, strict=True)
        for place, term in enumerate(v.terms)
    )
    for _, v in new:
        codes = [term.code for term in v.terms]
        record(Verb.VOCABULARIES_LOADED, f"vocabulary:{v.code}", by=by, terms=codes)
    return len(new)


@action(Permission.KEEP_FRAMEWORK)
def add_term(
    seen: Vocabulary,
    code: str,
    label: Texts,
    note: Texts,
    broader: str | None = None,
    place: int | None = None,
    *,
    by: Actor,
) -> Vocabulary:
    """A new term. Raises VocabularyChanged, TermInvalid."""
    return _change(seen, lambda now: terms.added(now, code, label, note, broader, place), by)


@action(Permission.KEEP_FRAMEWORK)
def retell_term(
    seen: Vocabulary, code: str, label: Texts, note: Texts, broader: str | None, *, by: Actor
) -> Vocabulary:
    """Other labels, another note, another broader term. Raises VocabularyChanged, NoSuchTerm, TermInvalid."""
    return _change(seen, lambda now: terms.retold(now, code, label, note, broader), by)


@action(Permission.KEEP_FRAMEWORK)
def place_term(seen: Vocabulary, code: str, place: int, *, by: Actor) -> Vocabulary:
    """Another place in the order. Raises VocabularyChanged, NoSuchTerm, TermInvalid."""
    return _change(seen, lambda now: terms.placed(now, code, place), by)


@action(Permission.KEEP_FRAMEWORK)
def merge_term(seen: Vocabulary, code: str, into: str, *, by: Actor) -> Vocabulary:
    """Merge a term into another. No entry is touched. Raises VocabularyChanged, NoSuchTerm, TermInvalid."""
    return _change(seen, lambda now: terms.merged(now, code, into), by)


@action(Permission.KEEP_FRAMEWORK)
def retire_term(seen: Vocabulary, code: str, *, by: Actor) -> Vocabulary:
    """Take a term out of use. No entry is touched. Raises VocabularyChanged, NoSuchTerm, TermInvalid."""
    return _change(seen, lambda now: terms.retired(now, code), by)


@action(Permission.KEEP_FRAMEWORK)
def bring_back_term(seen: Vocabulary, code: str, *, by: Actor) -> Vocabulary:
    """Undo a merge or a retirement. Raises VocabularyChanged, NoSuchTerm, TermInvalid."""
    return _change(seen, lambda now: terms.brought_back(now, code), by)


@action(Permission.KEEP_FRAMEWORK)
def import_vocabularies(wished: Wished, seen: str, *, by: Actor) -> list[Change]:
    """Bring all vocabularies into the state that a file wishes. `seen`: their fingerprint when it was read.

    Raises VocabulariesChanged, FrameworkFileInvalid.
    """
    hold()
    present = {row.code: row for row in VocabularyRow.objects.order_by("position").prefetch_related("terms")}
    before = {code: row.record() for code, row in present.items()}
    if seen != fingerprint(before.values()):
        raise VocabulariesChanged
    after = wished.beside(before)
    made = changes(before, after)
    for place, vocabulary in enumerate(after):
        row = present.get(vocabulary.code) or VocabularyRow.of(vocabulary, place)
        own = [change for change in made if change.vocabulary == vocabulary.code]
        if own:
            _write(row, before.get(vocabulary.code), vocabulary, place, own, by)
    return made


def _change(seen: Vocabulary, move: Callable[[Vocabulary], Vocabulary], by: Actor) -> Vocabulary:
    """One move on a vocabulary as it was `seen`; a move that changes nothing leaves no trace."""
    hold()
    row = VocabularyRow.objects.prefetch_related("terms").filter(code=seen.code).first()
    if row is None:
        raise NoSuchVocabulary(code=seen.code)
    before = row.record()
    if before.version != seen.version:
        raise VocabularyChanged(vocabulary=str(before))
    after = move(before)
    if own := between(before, after):
        after = _write(row, before, after, row.position, own, by)
    return after


def _write(
    row: VocabularyRow, before: Vocabulary | None, after: Vocabulary, place: int, made: list[Change], by: Actor
) -> Vocabulary:
    """The rows of one vocabulary as it is now, and the event that says what was changed."""
    after = terms.dated(before or after.model_copy(update={"terms": ()}), after, datetime.now(UTC).date())
    row.tell(after, place)
    row.version = row.version + 1 if row.pk else 1
    row.save()
    known = {term.code: term for term in row.terms.all()}
    for at, term in enumerate(after.terms):
        now = TermRow.of(term, at, row)
        if (was := known.get(term.code)) is None or was.position != at or was.record() != term:
            now.pk = was.pk if was else None
            now.save()
    detail = [change.as_data() for change in made]
    record(Verb.VOCABULARY_CHANGED, f"vocabulary:{after.code}", by=by, changes=detail)
    return after.model_copy(update={"version": row.version})
