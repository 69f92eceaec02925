"""Somebody with an account, and their browser."""

import pytest
from django.test import Client

from precedent.people.records import Person
from tests.people.persons import joined
from tests.web.readers import signed_in


@pytest.fixture
def me() -> Person:
    return joined()


@pytest.fixture
def mine(me: Person) -> Client:
    return signed_in(me)
