from datetime import timedelta

import pytest

from precedent.audit import queries as audit
from precedent.kernel.refusals import NotAllowed
from precedent.kernel.text import canonical
from precedent.notices import queries as notices
from precedent.notices.kinds import Kind
from precedent.people import actions, queries
from precedent.people.actors import VISITOR
from precedent.people.models import PersonRow
from precedent.people.permissions import Role
from precedent.people.records import Person, Standing
from precedent.people.refusals import (
    AddressTaken,
    InvitationExpired,
    InvitationUsed,
    NoSuchInvitation,
    NotOpen,
    PersonChanged,
    PersonInvalid,
    TooManyWaiting,
)
from tests.people.persons import (
    OPERATOR,
    PASSWORD,
    account_of,
    acting,
    asking,
    invited,
    joined,
    let_time_pass,
    somewhere,
)

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[Kind]:
    return [notice.kind for notice in notices.inbox(person.id).notices]


def move(person: Person, email: str) -> None:
    """Change an account's address, as its library does."""
    account = account_of(person)
    account.email = email
    account.save()


def test_an_invitation_opens_an_account_whose_address_is_proven() -> None:
    invitation = invited(Role.REVIEWER, "A reviewer", "Reviewer@Example.org")
    assert invitation.path == f"/en/join/{invitation.token}"
    assert told(invitation.person) == [Kind.INVITED]
    person = actions.join(invitation.token, PASSWORD, by=VISITOR)
    assert (person.standing, person.role, person.email) == (Standing.ACTIVE, Role.REVIEWER, "reviewer@example.org")
    account = account_of(person)
    assert account.check_password(PASSWORD)
    address = account.emailaddress_set.get()  # type: ignore[attr-defined]
    assert (address.email, address.verified, address.primary) == ("reviewer@example.org", True, True)
    assert queries.person_of_account(account.pk) == person


def test_a_link_is_good_for_fourteen_days() -> None:
    invitation = invited()
    let_time_pass(invitation.person, timedelta(days=14) - timedelta(minutes=1))
    assert queries.invited(invitation.token) == queries.person(invitation.person.id)
    let_time_pass(invitation.person, timedelta(minutes=2))
    with pytest.raises(InvitationExpired, match="14 days"):
        queries.invited(invitation.token)
    with pytest.raises(InvitationExpired):
        actions.join(invitation.token, PASSWORD, by=VISITOR)


@pytest.mark.parametrize("forged", ["", "x", "\x00", "a" * 10_000, "../../etc", "%"])
def test_a_forged_link_opens_nothing(forged: str) -> None:
    joined()
    asking()
    with pytest.raises(NoSuchInvitation):
        actions.join(forged, PASSWORD, by=VISITOR)


def test_a_link_is_used_once() -> None:
    invitation = invited()
    actions.join(invitation.token, PASSWORD, by=VISITOR)
    with pytest.raises(InvitationUsed):
        actions.join(invitation.token, "another " + PASSWORD, by=VISITOR)


def test_a_new_link_replaces_the_one_before() -> None:
    first = invited()
    second = actions.invite_again(first.person, by=OPERATOR)
    with pytest.raises(NoSuchInvitation):
        queries.invited(first.token)
    assert queries.invited(second.token).id == first.person.id


def test_an_invitation_that_was_taken_back_opens_nothing() -> None:
    invitation = invited()
    actions.close(invitation.person, "Asked for by mistake.", by=OPERATOR)
    with pytest.raises(NoSuchInvitation):
        actions.join(invitation.token, PASSWORD, by=VISITOR)


def test_of_links_and_tokens_no_more_than_a_fingerprint_is_kept() -> None:
    invitation = invited()
    assert invitation.token not in canonical(list(PersonRow.objects.values_list("invitation", "words", "asked")))
    person = joined()
    secret = actions.make_token(person, "Reports", by=acting(person))
    assert secret not in repr(queries.tokens(person))
    assert queries.person_of_token(secret) == person


@pytest.mark.parametrize(
    "weak", ["", "short", "password1234", "somebody-else@example.org", "a nameworthy somebody", "x" * 1_001]
)
def test_a_weak_password_is_refused_with_what_to_do(weak: str) -> None:
    invitation = invited(name="A nameworthy somebody", email="somebody-else@example.org")
    with pytest.raises(PersonInvalid) as refused:
        actions.join(invitation.token, weak, by=VISITOR)
    assert [finding.field for finding in refused.value.findings if len(finding.message) > 10]
    assert queries.invited(invitation.token) == queries.person(invitation.person.id)


def test_an_address_is_the_same_in_capitals() -> None:
    person = joined(email="Someone@Example.org")
    invited(email="another@example.org")
    for email in ("SOMEONE@example.ORG", " someone@example.org ", "Another@Example.Org"):
        with pytest.raises(AddressTaken):
            invited(email=email)
    assert queries.person_of_address("someone@example.org") == person


def test_an_address_that_an_account_took_meanwhile_is_refused() -> None:
    invitation = invited(email="wanted@example.org")
    person = joined()
    move(person, "wanted@example.org")
    with pytest.raises(AddressTaken):
        actions.join(invitation.token, PASSWORD, by=VISITOR)


def test_a_person_has_the_address_that_the_account_has_now() -> None:
    person = joined()
    move(person, "moved@example.org")
    assert queries.person(person.id).email == "moved@example.org"
    assert queries.person_of_address("moved@example.org") == queries.person(person.id)
    assert queries.persons(words="moved").count == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b"),
        ("name", "a" * 201),
        ("email", ""),
        ("email", "nobody"),
        ("email", "a@b@example.org"),
        ("email", "two@example.org,three@example.org"),
        ("email", "a" * 250 + "@example.org"),
        ("organisation", "a" * 201),
        ("country", "Nepal"),
        ("language", "xx"),
        ("role", Role.READER),
        ("areas", ("a",)),
        ("countries", ("np",)),
    ],
)
def test_what_cannot_be_right_is_named_with_its_field(field: str, value: object) -> None:
    given = {"name": "Somebody", "email": somewhere(), "role": Role.REVIEWER, field: value}
    with pytest.raises(PersonInvalid) as refused:
        actions.invite(**given, by=OPERATOR)  # type: ignore[arg-type]
    assert [finding.field for finding in refused.value.findings] == [field]
    assert queries.persons(words="somebody").count == 0


def test_a_focal_point_speaks_for_a_country() -> None:
    with pytest.raises(PersonInvalid, match="country"):
        actions.invite("Somebody", somewhere(), Role.FOCAL_POINT, by=OPERATOR)
    person = invited(Role.FOCAL_POINT).person
    assert acting(person).countries == {"NP"}


def test_areas_are_a_reviewers_and_countries_a_focal_points() -> None:
    for role, areas, countries in [
        (Role.REVIEWER, ("A", "C"), ()),
        (Role.FOCAL_POINT, (), ("NP",)),
        (Role.EDITOR, (), ()),
    ]:
        person = actions.invite("Somebody", somewhere(), role, ("C", "A", "A"), ("NP",), by=OPERATOR).person
        assert (person.areas, person.countries) == (areas, countries)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(PersonInvalid) as refused:
        actions.ask_for_account("", "nowhere", "", "", "en", " ", by=VISITOR)
    assert [finding.field for finding in refused.value.findings] == ["name", "email", "why"]


def test_organisations_are_known_again_however_they_are_written() -> None:
    first = joined(organisation="Ministère du Travail", country="FR")
    second = joined(organisation="ministere du  TRAVAIL")
    elsewhere = joined(organisation="Ministère du Travail", country="SN")
    assert first.organisation == second.organisation != elsewhere.organisation
    assert [o.name for o in queries.organisations()] == ["Ministère du Travail"] * 2


# ---------- asking for an account ----------


def test_who_keeps_people_learns_of_a_request_and_nobody_else() -> None:
    editor, reviewer = joined(Role.EDITOR), joined(Role.REVIEWER)
    person = asking(why="  A help line in four languages. ")
    assert (person.standing, person.asked) == (Standing.ASKED, "A help line in four languages.")
    assert told(editor) == [Kind.ASKED, Kind.INVITED]
    assert told(reviewer) == [Kind.INVITED]
    assert queries.counts()[Standing.ASKED] == 1


def test_asking_with_a_known_address_changes_nothing_and_says_the_same() -> None:
    editor = joined(Role.EDITOR)
    shut = joined()
    shut = actions.close(shut, "Left the ministry.", by=acting(editor))
    known = [joined(), invited().person, asking(), shut]
    before, events = told(editor), audit.head().sequence
    for person in known:
        answer = actions.ask_for_account("Another", person.email.upper(), "", "", "en", "Else.", by=VISITOR)
        assert answer is None
        assert queries.person(person.id) == person
    assert (told(editor), audit.head().sequence) == (before, events)


def test_whoever_was_refused_may_ask_again() -> None:
    person = actions.refuse(asking(), "Nothing was said of the practice.", by=OPERATOR)
    assert told(person) == [Kind.REFUSED]
    again = asking(email=person.email, why="Now with a practice.")
    assert (again.id, again.standing, again.asked) == (person.id, Standing.ASKED, "Now with a practice.")


def test_whoever_let_the_invitation_expire_may_ask() -> None:
    invitation = invited()
    let_time_pass(invitation.person, timedelta(days=15))
    again = asking(email=invitation.person.email)
    assert again.standing is Standing.ASKED
    with pytest.raises(NoSuchInvitation):
        queries.invited(invitation.token)


def test_no_more_requests_wait_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("precedent.people.rules.MOST_WAITING", 2)
    asking(), asking()
    with pytest.raises(TooManyWaiting):
        asking()


def test_a_request_is_granted_in_a_role() -> None:
    invitation = actions.approve(asking(), Role.FOCAL_POINT, countries=("NP",), by=OPERATOR)
    person = actions.join(invitation.token, PASSWORD, by=VISITOR)
    assert (person.role, person.countries) == (Role.FOCAL_POINT, ("NP",))
    assert [event.verb for event in audit.trail(person.id)] == [
        "person.asked",
        "person.approved",
        "person.joined",
    ]


def test_two_editors_never_decide_the_same_request() -> None:
    seen = asking()
    actions.approve(seen, Role.CONTRIBUTOR, by=OPERATOR)
    with pytest.raises(PersonChanged):
        actions.refuse(seen, "Too late.", by=OPERATOR)
    with pytest.raises(NotOpen):
        actions.refuse(queries.person(seen.id), "Too late.", by=OPERATOR)
    assert queries.person(seen.id).standing is Standing.INVITED
    assert told(seen) == [Kind.INVITED]


def test_a_refusal_says_why() -> None:
    with pytest.raises(PersonInvalid, match="Say why"):
        actions.refuse(asking(), " ", by=OPERATOR)


def test_an_editor_makes_no_editor_and_holds_no_link_of_one() -> None:
    editor = acting(joined(Role.EDITOR))
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        waiting = invited(role).person
        with pytest.raises(NotAllowed):
            actions.invite("Somebody", somewhere(), role, by=editor)
        with pytest.raises(NotAllowed):
            actions.invite_again(waiting, by=editor)
        with pytest.raises(NotAllowed):
            actions.approve(asking(), role, by=editor)
