import pytest

from precedent.catalogue import actions, queries
from precedent.catalogue.records import Entry
from precedent.catalogue.refusals import DocumentInvalid, EntryChanged, EntryExists, EntryWithdrawn, NoSuchEntry
from precedent.kernel.refusals import NotAllowed
from tests import given

pytestmark = pytest.mark.django_db


def test_a_new_entry_gets_the_next_number_and_revision_one() -> None:
    one, other = given.entry(), given.entry()
    assert other.number == one.number + 1
    assert one.id == f"PPD-{one.number:06d}"
    assert (one.revision.number, one.revision.by_name, one.revision.reason) == (1, "An editor", "For a test.")


def test_a_revision_replaces_the_one_in_force_and_keeps_it() -> None:
    seen = given.entry()
    now = actions.revise(seen, given.document(title="Another title for it"), "Better.", by=given.EDITOR)
    assert (now.revision.number, now.document.title, now.slug) == (
        2,
        "Another title for it",
        "another-title-for-it",
    )
    assert [r.document.title for r in queries.revisions(now)] == ["Another title for it", seen.document.title]


def revise(seen: Entry) -> None:
    actions.revise(seen, given.document(title="Too late for this"), "Late.", by=given.EDITOR)


def unpublish(seen: Entry) -> None:
    actions.unpublish(seen, "Late.", by=given.EDITOR)


def publish_again(seen: Entry) -> None:
    actions.publish_again(seen, "Late.", by=given.EDITOR)


@pytest.mark.parametrize("late", [revise, unpublish, publish_again])
def test_two_editors_never_overwrite_one_another(late: object) -> None:
    seen = given.entry()
    actions.revise(seen, given.document(title="The first to come"), "First.", by=given.EDITOR)
    with pytest.raises(EntryChanged):
        late(seen)  # type: ignore[operator]
    assert queries.entry(seen.id).document.title == "The first to come"
    assert len(queries.revisions(seen)) == 2


def test_a_withdrawn_entry_says_why_and_can_come_back() -> None:
    withdrawn = actions.unpublish(given.entry(), "Duplicate of another.", by=given.EDITOR)
    with pytest.raises(EntryWithdrawn, match="Duplicate of another"):
        queries.entry(withdrawn.id)
    again = actions.publish_again(withdrawn, "A mistake.", by=given.EDITOR)
    assert queries.entry(again.id).document == withdrawn.document


def test_a_key_belongs_to_one_entry() -> None:
    actions.publish(given.document(), "Once.", actions.Origin(key="a-key"), by=given.EDITOR)
    with pytest.raises(EntryExists, match="a-key"):
        actions.publish(given.document(), "Twice.", actions.Origin(key="a-key"), by=given.EDITOR)


def test_a_document_that_breaks_a_rule_is_not_published() -> None:
    count = queries.count()
    with pytest.raises(DocumentInvalid, match="not in the vocabulary"):
        given.entry(topics=["no-such-topic"])
    assert queries.count() == count


def test_a_reader_changes_nothing() -> None:
    seen = given.entry()
    head = queries.content_hash()
    with pytest.raises(NotAllowed):
        actions.publish(given.document(), "No.", by=given.READER)
    with pytest.raises(NotAllowed):
        actions.unpublish(seen, "No.", by=given.READER)
    assert queries.content_hash() == head


@pytest.mark.parametrize("text", ["PPD-999999", "PPD-", "1", "", "PPD-²²²²²²", *given.NASTY[:20]])
def test_an_unknown_identifier_is_told_so(text: str) -> None:
    with pytest.raises(NoSuchEntry):
        queries.entry(text)


def test_the_change_log_gives_each_changed_entry_once_withdrawn_ones_too() -> None:
    before = max(entry.changed for entry in queries.changed_since(0))
    one, other = given.entry(), given.entry()
    actions.unpublish(one, "Gone.", by=given.EDITOR)
    changed = list(queries.changed_since(before, size=1))
    assert [(entry.id, entry.published) for entry in changed] == [(other.id, True), (one.id, False)]
