from collections.abc import Callable
from itertools import product

import pytest
from django.db import transaction

from precedent.audit import queries as audit
from precedent.kernel.acting import ACTIONS, Actor
from precedent.kernel.refusals import NotAllowed
from precedent.notices import queries as notices
from precedent.notices.kinds import Kind
from precedent.notices.models import NoticeRow
from precedent.notices.records import Mail
from precedent.people import actions, queries
from precedent.people.actors import PRODUCT, VISITOR
from precedent.people.moves import FROM, Move, open_to
from precedent.people.permissions import MAY, Permission, Role
from precedent.people.records import Attribution, Person, Standing
from precedent.people.refusals import (
    LastAdministrator,
    NoSuchPerson,
    NotOpen,
    PersonChanged,
    PersonInvalid,
    TooManyTokens,
)
from tests.people.persons import OPERATOR, PASSWORD, account_of, acting, asking, invited, joined, somewhere

pytestmark = pytest.mark.django_db

NOBODY: set[Role] = set()
ALL = set(Role)
OWN = ALL - {Role.READER}
KEEPERS = {Role.EDITOR, Role.ADMINISTRATOR}
GIVERS = {Role.ADMINISTRATOR}

Deed = Callable[[Actor], object]


def invite_contributor() -> Deed:
    return lambda by: actions.invite("Somebody", somewhere(), Role.CONTRIBUTOR, by=by)


def invite_editor() -> Deed:
    return lambda by: actions.invite("Somebody", somewhere(), Role.EDITOR, by=by)


def invite_contributor_again() -> Deed:
    seen = invited().person
    return lambda by: actions.invite_again(seen, by=by)


def invite_administrator_again() -> Deed:
    seen = invited(Role.ADMINISTRATOR).person
    return lambda by: actions.invite_again(seen, by=by)


def ask() -> Deed:
    return lambda by: actions.ask_for_account("Somebody", somewhere(), "", "", "en", "A help line.", by=by)


def approve_contributor() -> Deed:
    seen = asking()
    return lambda by: actions.approve(seen, Role.CONTRIBUTOR, by=by)


def approve_editor() -> Deed:
    seen = asking()
    return lambda by: actions.approve(seen, Role.EDITOR, by=by)


def refuse() -> Deed:
    seen = asking()
    return lambda by: actions.refuse(seen, "Nothing was said.", by=by)


def join() -> Deed:
    token = invited().token
    return lambda by: actions.join(token, PASSWORD, by=by)


def keep_anothers_profile() -> Deed:
    seen = joined()
    return lambda by: actions.keep_profile(seen, "Else", "", "en", Mail.NEVER, Attribution.NOBODY, by=by)


def stop_anothers_mail() -> Deed:
    seen = joined()
    return lambda by: actions.set_mail(seen.id, Mail.NEVER, by=by)


def make_anothers_token() -> Deed:
    seen = joined()
    return lambda by: actions.make_token(seen, "Reports", by=by)


def revoke_anothers_token() -> Deed:
    seen = joined()
    actions.make_token(seen, "Reports", by=acting(seen))
    return lambda by: actions.revoke_token(seen, queries.tokens(seen)[0].number, by=by)


def make_a_reviewer() -> Deed:
    seen = joined()
    return lambda by: actions.give_role(seen, Role.REVIEWER, ("A",), (), "Reviews now.", by=by)


def make_an_editor() -> Deed:
    seen = joined()
    return lambda by: actions.give_role(seen, Role.EDITOR, (), (), "Edits now.", by=by)


def unmake_an_editor() -> Deed:
    seen = joined(Role.EDITOR)
    return lambda by: actions.give_role(seen, Role.CONTRIBUTOR, (), (), "Left the Secretariat.", by=by)


def close_a_contributor() -> Deed:
    seen = joined()
    return lambda by: actions.close(seen, "Left the ministry.", by=by)


def close_an_editor() -> Deed:
    seen = joined(Role.EDITOR)
    return lambda by: actions.close(seen, "Left the Secretariat.", by=by)


def reopen_a_contributor() -> Deed:
    seen = actions.close(joined(), "Left the ministry.", by=OPERATOR)
    return lambda by: actions.reopen(seen, "Came back.", by=by)


def reopen_an_editor() -> Deed:
    seen = actions.close(joined(Role.EDITOR), "Left the Secretariat.", by=OPERATOR)
    return lambda by: actions.reopen(seen, "Came back.", by=by)


def erase_a_contributor() -> Deed:
    seen = joined()
    return lambda by: actions.erase(seen, "At their wish.", by=by)


def erase_an_editor() -> Deed:
    seen = joined(Role.EDITOR)
    return lambda by: actions.erase(seen, "At their wish.", by=by)


def add_organisation() -> Deed:
    return lambda by: actions.add_organisation("Ministry of Labour", "NP", "", by=by)


DEEDS: dict[Callable[[], Deed], set[Role]] = {
    invite_contributor: KEEPERS,
    invite_editor: GIVERS,
    invite_contributor_again: KEEPERS,
    invite_administrator_again: GIVERS,
    ask: ALL,
    approve_contributor: KEEPERS,
    approve_editor: GIVERS,
    refuse: KEEPERS,
    join: ALL,
    keep_anothers_profile: NOBODY,
    stop_anothers_mail: GIVERS,
    make_anothers_token: NOBODY,
    revoke_anothers_token: NOBODY,
    make_a_reviewer: KEEPERS,
    make_an_editor: GIVERS,
    unmake_an_editor: GIVERS,
    close_a_contributor: KEEPERS,
    close_an_editor: GIVERS,
    reopen_a_contributor: KEEPERS,
    reopen_an_editor: GIVERS,
    erase_a_contributor: KEEPERS,
    erase_an_editor: GIVERS,
    add_organisation: KEEPERS,
}
"""What can be done about somebody else, and the roles that may."""


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_each_role_may_do_what_the_table_says_and_no_more(deed: Callable[[], Deed]) -> None:
    do = deed()
    for role in Role:
        by, before = Actor("person:999999", "Person 999999", MAY[role]), audit.head().sequence
        with transaction.atomic():
            if role in DEEDS[deed]:
                do(by)
            else:
                with pytest.raises(NotAllowed):
                    do(by)
            assert (audit.head().sequence > before) == (role in DEEDS[deed])
            # Each role finds the same as the one before.
            transaction.set_rollback(True)


def test_every_action_of_the_room_is_in_the_table() -> None:
    ours = {name.rpartition(".")[2] for name in ACTIONS if name.startswith("precedent.people.")}
    covered = {deed.__name__ for deed in DEEDS}
    named = {
        "invite": "invite_contributor",
        "invite_again": "invite_contributor_again",
        "ask_for_account": "ask",
        "approve": "approve_contributor",
        "keep_profile": "keep_anothers_profile",
        "set_mail": "stop_anothers_mail",
        "make_token": "make_anothers_token",
        "revoke_token": "revoke_anothers_token",
        "give_role": "make_a_reviewer",
        "close": "close_a_contributor",
        "reopen": "reopen_a_contributor",
        "erase": "erase_a_contributor",
    }
    assert {named.get(action, action) for action in ours} <= covered


@pytest.mark.parametrize("role", sorted(OWN))
def test_everybody_keeps_their_own_matters(role: Role) -> None:
    joined(Role.ADMINISTRATOR)
    person = joined(role)
    by = queries.actor(person)
    person = actions.keep_profile(
        person, "Else", "Union", "fr", Mail.NEVER, Attribution.NOBODY, country="FR", by=by
    )
    assert (person.name, str(person.organisation), person.language, person.mail, person.attribution) == (
        "Else",
        "Union",
        "fr",
        Mail.NEVER,
        Attribution.NOBODY,
    )
    secret = actions.make_token(person, "Reports", by=by)
    token = queries.tokens(person)[0]
    assert (token.name, token.ends_with, token.revoked_at) == ("Reports", secret[-4:], None)
    actions.revoke_token(person, token.number, by=by)
    assert queries.person_of_token(secret) is None
    assert actions.erase(person, "", by=by).standing is Standing.ERASED


# ---------- what follows from a role ----------


@pytest.mark.parametrize("role", sorted(OWN))
def test_whoever_needs_a_second_factor_may_without_it_what_contributors_may(role: Role) -> None:
    person = joined(role)
    weak, strong = queries.actor(person), queries.actor(person, strong=True)
    assert strong.permissions == MAY[role]
    assert weak.permissions == (MAY[Role.CONTRIBUTOR] if role in KEEPERS else MAY[role])
    assert (strong.id, strong.name) == (f"person:{person.number}", f"Person {person.number}")


def test_who_is_not_active_may_no_more_than_a_visitor() -> None:
    for person in (asking(), invited(Role.EDITOR).person, actions.close(joined(), "Left.", by=OPERATOR)):
        assert queries.actor(person, strong=True).permissions == VISITOR.permissions


def test_notices_go_to_those_whose_role_may_and_whose_areas_fit() -> None:
    of_a = actions.invite("Somebody", somewhere(), Role.REVIEWER, ("A",), by=OPERATOR)
    of_c = actions.invite("Somebody", somewhere(), Role.REVIEWER, ("C",), by=OPERATOR)
    invited(Role.REVIEWER), joined(Role.CONTRIBUTOR)
    first, second, every = actions.join(of_a.token, PASSWORD, by=VISITOR), of_c, joined(Role.EDITOR)
    third = actions.join(second.token, PASSWORD, by=VISITOR)
    assert queries.with_permission(Permission.REVIEW) == [first, third, every]
    assert queries.with_permission(Permission.REVIEW, area="C") == [third, every]


def test_a_new_role_is_told_and_stands_in_the_trail() -> None:
    person = joined(language="fr")
    person = actions.give_role(person, Role.REVIEWER, ("C", "A"), ("NP",), "Reviews now.", by=OPERATOR)
    assert (person.role, person.areas, person.countries) == (Role.REVIEWER, ("A", "C"), ())
    event = audit.trail(person.id)[-1]
    assert (event.verb, event.reason) == ("person.role-given", "Reviews now.")
    assert event.detail == {
        "before": {"role": "contributor", "areas": [], "countries": []},
        "after": {"role": "reviewer", "areas": ["A", "C"], "countries": []},
    }
    notice = notices.inbox(person.id).notices[0]
    assert (notice.kind, list(notice.facts)) == (Kind.ROLE_GIVEN, ["role"])


def test_two_editors_never_overwrite_one_another() -> None:
    seen = joined()
    actions.give_role(seen, Role.REVIEWER, ("A",), (), "Reviews now.", by=OPERATOR)
    late: list[Callable[[], object]] = [
        lambda: actions.give_role(seen, Role.FOCAL_POINT, (), ("NP",), "Speaks for Nepal.", by=OPERATOR),
        lambda: actions.close(seen, "Left.", by=OPERATOR),
        lambda: actions.erase(seen, "At their wish.", by=OPERATOR),
        lambda: actions.keep_profile(seen, "Else", "", "en", seen.mail, seen.attribution, by=acting(seen)),
    ]
    for deed in late:
        with pytest.raises(PersonChanged):
            deed()
    assert queries.person(seen.id).role is Role.REVIEWER
    assert account_of(seen).is_active


def test_the_last_administrator_stays() -> None:
    last = joined(Role.ADMINISTRATOR)
    invited(Role.ADMINISTRATOR)
    actions.close(joined(Role.ADMINISTRATOR), "Left.", by=OPERATOR)
    deeds: list[Callable[[Person], object]] = [
        lambda seen: actions.give_role(seen, Role.EDITOR, (), (), "Enough.", by=OPERATOR),
        lambda seen: actions.close(seen, "Left.", by=OPERATOR),
        lambda seen: actions.erase(seen, "", by=acting(seen)),
    ]
    for deed in deeds:
        with pytest.raises(LastAdministrator):
            deed(last)
    assert queries.person(last.id) == last
    joined(Role.ADMINISTRATOR)
    deeds[1](last)


def test_a_move_starts_from_a_standing_of_the_table() -> None:
    persons = {
        Standing.ASKED: asking(),
        Standing.INVITED: invited().person,
        Standing.ACTIVE: joined(),
        Standing.CLOSED: actions.close(joined(), "Left.", by=OPERATOR),
        Standing.ERASED: actions.erase(joined(), "", by=OPERATOR),
    }
    do: dict[Move, Callable[[Person], object]] = {
        Move.APPROVE: lambda seen: actions.approve(seen, Role.CONTRIBUTOR, by=OPERATOR),
        Move.REFUSE: lambda seen: actions.refuse(seen, "No.", by=OPERATOR),
        Move.INVITE_AGAIN: lambda seen: actions.invite_again(seen, by=OPERATOR),
        Move.GIVE_ROLE: lambda seen: actions.give_role(seen, Role.REVIEWER, (), (), "Yes.", by=OPERATOR),
        Move.CLOSE: lambda seen: actions.close(seen, "No.", by=OPERATOR),
        Move.REOPEN: lambda seen: actions.reopen(seen, "", by=OPERATOR),
        Move.ERASE: lambda seen: actions.erase(seen, "", by=OPERATOR),
    }
    for move, (standing, person) in product(Move, persons.items()):
        assert (move in open_to(OPERATOR, person)) == (standing in FROM[move])
        if standing not in FROM[move]:
            with pytest.raises(NotOpen):
                do[move](person)


def test_a_closed_account_is_shut_everywhere_until_it_is_opened_again() -> None:
    person = joined()
    secret = actions.make_token(person, "Reports", by=acting(person))
    closed = actions.close(person, "Left the ministry.", by=OPERATOR)
    assert not account_of(person).is_active
    assert queries.person_of_token(secret) is None
    assert notices.inbox(person.id).notices[0].kind is Kind.CLOSED
    again = actions.reopen(closed, "Came back.", by=OPERATOR)
    assert (again.standing, account_of(person).is_active) == (Standing.ACTIVE, True)
    assert queries.person_of_token(secret) == again


def test_whoever_never_had_an_account_waits_again_when_let_in_again() -> None:
    closed = actions.close(invited().person, "By mistake.", by=OPERATOR)
    assert actions.reopen(closed, "", by=OPERATOR).standing is Standing.ASKED


@pytest.mark.parametrize("reason", ["", "a" * 501, "SOMEBODY Námed left.", "Ask who@example.org."])
def test_a_reason_is_given_and_names_nobody_for_the_trail_forgets_nothing(reason: str) -> None:
    person = joined(name="Somebody named", email="who@example.org")
    with pytest.raises(PersonInvalid) as refused:
        actions.close(person, reason, by=OPERATOR)
    assert [finding.field for finding in refused.value.findings] == ["reason"]


# ---------- finding persons ----------


def test_persons_are_found_by_role_standing_and_words() -> None:
    ministry = joined(Role.FOCAL_POINT, "Старший редактор", organisation="Ministère du Travail")
    waiting = asking("Somebody else", "Wants.In@example.org")
    assert queries.persons(words="РЕДАК MINISTERE").persons == (ministry,)
    assert queries.persons(words="wants.in").persons == (waiting,)
    assert queries.persons(role=Role.FOCAL_POINT).persons == (ministry,)
    assert queries.persons(standing=Standing.ASKED).persons == (waiting,)
    assert queries.persons().persons == (waiting, ministry)
    assert queries.persons(words="nobody%").count == 0


def test_fifty_persons_stand_on_a_page() -> None:
    for _number in range(51):
        invited()
    first, second = queries.persons(), queries.persons(page=2)
    assert (len(first.persons), first.count, first.pages) == (50, 51, 2)
    assert len(second.persons) == 1
    assert queries.persons(page=99).page == 2 and queries.persons(page=-1).page == 1


@pytest.mark.parametrize(
    "id", ["", "person:", "person:0", "person:²", "person:-1", "operator:x", "person:" + "9" * 40]
)
def test_an_identifier_that_is_nobodys_is_refused(id: str) -> None:
    with pytest.raises(NoSuchPerson):
        queries.person(id)


def test_somebody_has_no_more_tokens_than_they_can_oversee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("precedent.people.rules.MOST_TOKENS", 1)
    person = joined()
    actions.make_token(person, "One", by=acting(person))
    with pytest.raises(TooManyTokens):
        actions.make_token(person, "Two", by=acting(person))


def test_the_wish_about_mail_holds_for_what_waits_to_be_sent() -> None:
    editor = joined(Role.EDITOR)
    asking()
    waiting = NoticeRow.objects.get(recipient=editor.id, kind=Kind.ASKED.code)
    assert waiting.due_at is not None
    assert actions.set_mail(editor.id, Mail.NEVER, by=PRODUCT).mail is Mail.NEVER
    waiting.refresh_from_db()
    assert waiting.due_at is None
    head = audit.head()
    actions.set_mail(editor.id, Mail.NEVER, by=PRODUCT)
    assert audit.head() == head


def test_a_changed_profile_holds_for_what_waits_to_be_sent() -> None:
    editor = joined(Role.EDITOR)
    asking()
    by = acting(editor)
    actions.keep_profile(editor, editor.name, "", "fr", Mail.NEVER, editor.attribution, by=by)
    waiting = NoticeRow.objects.get(recipient=editor.id, kind=Kind.ASKED.code)
    assert (waiting.language, waiting.due_at) == ("fr", None)
