"""Published entries are kept true: owners asked, links that confirm, mergers that lead on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing

from precedent.aftercare import actions, links, reminding
from precedent.aftercare.refusals import LinkExpired, LinkUnknown, NotTheOwner
from precedent.audit import queries as audit
from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries
from precedent.catalogue.actions import Origin
from precedent.catalogue.records import Entry
from precedent.catalogue.refusals import EntryChanged, EntryMerged, MergeInCircle
from precedent.kernel.acting import Actor
from precedent.kernel.refusals import NotAllowed
from precedent.notices import queries as notices
from precedent.people.actors import PRODUCT, VISITOR
from precedent.people.records import Person
from precedent.submissions import actions as submissions
from precedent.submissions.queries import any_submission
from precedent.submissions.refusals import MoveNotYours, NoSuchSubmission
from tests import given
from tests.people import persons

pytestmark = pytest.mark.django_db

TODAY = datetime.now(UTC).date()
LATER = TODAY + timedelta(days=400)


def owned(owner: Person) -> Entry:
    return catalogue.publish(given.document(), "For a test.", Origin(owner=owner.id), by=given.EDITOR)


def kinds(person: Person) -> list[str]:
    """What somebody was told since they came in."""
    told = [notice.kind.code for notice in notices.inbox(person.id).notices]
    return [code for code in told if code != "invited"]


def test_an_owner_is_asked_once_a_year_and_not_twice() -> None:
    owner = persons.joined()
    entry = owned(owner)
    assert reminding.ask_owners(TODAY) == 0
    assert reminding.ask_owners(LATER) == 1
    assert kinds(owner) == ["confirm"]
    assert reminding.ask_owners(LATER) == 0
    assert reminding.ask_owners(LATER + timedelta(days=30)) == 0
    assert reminding.ask_owners(LATER + timedelta(days=61)) == 1
    assert queries.entry(entry.id).revision.number == 1


def test_nobody_is_asked_about_an_entry_without_an_owner() -> None:
    given.entry()
    assert reminding.ask_owners(LATER) == 0


def test_the_link_confirms_without_signing_in() -> None:
    entry = owned(persons.joined())
    assert not entry.verified
    confirmed = actions.confirm_by_link(links.token(entry), by=VISITOR)
    assert confirmed.confirmed_on == TODAY and confirmed.verified
    assert actions.confirm_by_link(links.token(entry), by=VISITOR).changed == confirmed.changed


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "{}"])
def test_a_forged_link_confirms_nothing(token: str) -> None:
    with pytest.raises(LinkUnknown):
        actions.confirm_by_link(token, by=VISITOR)


def test_an_altered_link_confirms_nothing() -> None:
    told = links.token(owned(persons.joined()))
    with pytest.raises(LinkUnknown):
        links.opened(told[:-1] + ("A" if told[-1] != "A" else "B"))


def test_a_link_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    told = links.token(owned(persons.joined()))
    now = signing.time.time()  # type: ignore[attr-defined]
    monkeypatch.setattr(signing.time, "time", lambda: now + 61 * 24 * 3600)  # type: ignore[attr-defined]
    with pytest.raises(LinkExpired):
        links.opened(told)


def test_the_link_of_a_former_owner_confirms_nothing() -> None:
    entry = owned(persons.joined())
    told = links.token(entry)
    catalogue.give_owner(entry, persons.joined().id, "Another office.", by=given.EDITOR)
    with pytest.raises(LinkUnknown):
        links.opened(told)


@pytest.mark.parametrize(
    ("by", "may"),
    [
        (given.CONTRIBUTOR, False),
        (given.REVIEWER, False),
        (given.FOCAL_POINT, True),
        (Actor("person:1", "x", given.FOCAL_POINT.permissions, countries=frozenset({"NP"})), False),
        (given.REVIEWING_EDITOR, True),
    ],
)
def test_who_may_confirm(by: Actor, may: bool) -> None:
    entry = given.entry()
    if may:
        assert actions.confirm(entry, by=by).confirmed_on == TODAY
    else:
        with pytest.raises(NotTheOwner):
            actions.confirm(entry, by=by)


def test_a_merged_entry_leads_to_the_one_that_stays_and_so_do_those_merged_into_it() -> None:
    first, second, third = (given.entry(title=f"The same practice, told {n}") for n in range(3))
    actions.merge(first, second, "The same.", by=given.EDITOR)
    actions.merge(queries.entry(second.id), third, "The same.", by=given.EDITOR)
    for merged in (first, second):
        with pytest.raises(EntryMerged) as refused:
            queries.entry(merged.id)
        assert refused.value.facts["into"] == third.id


def test_nothing_is_merged_in_a_circle() -> None:
    first, second = given.entry(), given.entry()
    with pytest.raises(MergeInCircle):
        actions.merge(first, first, "Itself.", by=given.EDITOR)
    actions.merge(first, second, "The same.", by=given.EDITOR)
    with pytest.raises(EntryMerged):
        actions.merge(second, first, "Back.", by=given.EDITOR)


def test_a_merger_can_be_taken_back() -> None:
    first, second = given.entry(), given.entry()
    merged = actions.merge(first, second, "The same.", by=given.EDITOR)
    assert catalogue.publish_again(merged, "Not the same after all.", by=given.EDITOR).merged_into is None


def test_the_owner_learns_of_a_withdrawal_and_of_a_merger() -> None:
    owner = persons.joined()
    actions.withdraw(owned(owner), "It never took place.", by=given.EDITOR)
    actions.merge(owned(owner), given.entry(), "The same.", by=given.EDITOR)
    assert sorted(kinds(owner)) == ["entry-merged", "entry-withdrawn"]


def test_of_two_editors_the_second_is_told() -> None:
    entry = given.entry()
    actions.withdraw(entry, "Not true.", by=given.EDITOR)
    with pytest.raises(EntryChanged):
        actions.merge(entry, given.entry(), "The same.", by=given.REVIEWING_EDITOR)


@pytest.mark.parametrize("by", [given.READER, given.CONTRIBUTOR, given.FOCAL_POINT, given.REVIEWER])
def test_only_editors_withdraw_merge_and_verify(by: Actor) -> None:
    entry, other = given.entry(), given.entry()
    for refused in (
        lambda: actions.withdraw(entry, "Why.", by=by),
        lambda: actions.merge(entry, other, "Why.", by=by),
        lambda: catalogue.verify(entry, True, "Why.", by=by),
        lambda: catalogue.give_owner(entry, by.id, "Why.", by=by),
        lambda: actions.ask_owner(entry, date(2026, 1, 1), by=by),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_reminder_belongs_to_one_process() -> None:
    entry = owned(persons.joined())
    assert [actions.ask_owner(entry, LATER, by=PRODUCT) for _process in range(2)] == [True, False]


def test_withdrawing_a_persons_data_forgets_what_was_never_sent_and_keeps_the_record() -> None:
    person = persons.joined()
    by = persons.acting(person)
    unsent = submissions.start({"title": "Known to nobody"}, by=by)
    sent = given.submission("send", "claim", "publish", by=by)
    actions.withdraw_person(person, "", by=by)
    with pytest.raises(NoSuchSubmission):
        any_submission(unsent.number)
    assert any_submission(sent.number).state == "published"
    assert queries.entry(str(sent.entry)).owner == person.id
    assert [*audit.breaks()] == []


def test_nobody_forgets_what_another_one_wrote() -> None:
    unsent = submissions.start({"title": "Mine"}, by=given.CONTRIBUTOR)
    with pytest.raises(MoveNotYours):
        submissions.forget_unsent(given.CONTRIBUTOR.id, by=given.OTHER_CONTRIBUTOR)
    assert any_submission(unsent.number).draft == {"title": "Mine"}
