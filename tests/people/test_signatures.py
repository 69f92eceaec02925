from typing import Any

import pytest
from django.utils import translation

from precedent.people import actions
from precedent.people.permissions import Role
from precedent.people.records import Attribution, Person
from precedent.people.signatures import names, signature, signatures
from tests.people.persons import OPERATOR, acting, joined

pytestmark = pytest.mark.django_db


def wishing(attribution: Attribution, organisation: str = "Ministry of Labour") -> Person:
    person = joined(organisation=organisation)
    by = acting(person)
    return actions.keep_profile(person, "Somebody", organisation, "en", person.mail, attribution, by=by)


@pytest.mark.parametrize(
    ("attribution", "organisation", "said"),
    [
        (Attribution.NAME_AND_ORGANISATION, "Ministry of Labour", "Somebody, Ministry of Labour"),
        (Attribution.NAME_AND_ORGANISATION, "", "Somebody"),
        (Attribution.ORGANISATION, "Ministry of Labour", "Ministry of Labour"),
        (Attribution.ORGANISATION, "", "a contributor"),
        (Attribution.NOBODY, "Ministry of Labour", "a contributor"),
    ],
)
def test_everybody_is_named_in_public_as_they_wish(attribution: Attribution, organisation: str, said: str) -> None:
    assert signature(wishing(attribution, organisation)) == said


def test_colleagues_read_the_full_name_and_the_role() -> None:
    person = actions.give_role(wishing(Attribution.NOBODY), Role.REVIEWER, (), (), "Reviews now.", by=OPERATOR)
    assert names([person.id]) == {person.id: "Somebody (Reviewer)"}
    erased = actions.erase(person, "", by=OPERATOR)
    assert names([erased.id]) == signatures([erased.id]) == {erased.id: "a person whose data was withdrawn"}


def test_who_is_no_person_is_left_out() -> None:
    assert signatures(["operator:root", "starter-catalogue", "precedent", "person:999999", "person:x", ""]) == {}


def test_many_are_named_with_one_question(django_assert_num_queries: Any) -> None:
    ids = [joined(organisation=f"Ministry {number}").id for number in range(3)]
    with django_assert_num_queries(1):
        assert set(signatures([*ids, *ids])) == set(ids)
    with django_assert_num_queries(1), translation.override("ar"):
        assert set(names(ids)) == set(ids)
