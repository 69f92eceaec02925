import json

import click
import pytest
from click.testing import CliRunner, Result

from precedent.console.people import person
from precedent.people import actions, queries
from precedent.people.actors import VISITOR
from precedent.people.permissions import Role
from precedent.people.records import Standing
from precedent.people.refusals import AddressTaken
from tests.people.persons import PASSWORD, asking, invited, joined

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    """As the whole command runs it."""
    return CliRunner().invoke(person, arguments, standalone_mode=False)


def test_whoever_runs_the_command_invites_and_is_given_the_link() -> None:
    said = run(
        "add", "The desk", "--email", "Desk@example.org", "--role", "reviewer", "--area", "a", "--area", "C"
    )
    assert said.exit_code == 0, said.output
    link = said.stdout.splitlines()[-1]
    assert link.startswith("http://localhost:") and "/en/join/" in link
    opened = actions.join(link.rpartition("/")[2], PASSWORD, by=VISITOR)
    assert (opened.email, opened.role, opened.areas) == ("desk@example.org", Role.REVIEWER, ("A", "C"))


def test_the_first_administrator_comes_by_the_command() -> None:
    said = run(
        "add", "The desk", "--email", "desk@example.org", "--role", "administrator", "--organisation", "Union",
        "--language", "fr", "--json",
    )  # fmt: skip
    told = json.loads(said.stdout)
    assert (told["role"], told["standing"], told["organisation"]) == ("administrator", "invited", "Union")
    assert "/fr/join/" in told["link"] and told["until"]
    assert queries.person(told["id"]).email == "desk@example.org"


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("--email", "nowhere"), "email: Write an e-mail address", 1),
        (("--email", "x@example.org", "--role", "focal-point"), "countries: Choose the country", 1),
        (("--email", "x@example.org", "--country", "XX"), "“XX” is none that is known", 2),
        (("--email", "x@example.org", "--area", "Z"), "“Z” is none that is known", 2),
        (("--email", "x@example.org", "--role", "reader"), "'reader' is not one of", 2),
        ((), "--email", 2),
    ],
)
def test_what_cannot_be_right_is_told_and_nobody_is_invited(
    arguments: tuple[str, ...], said: str, code: int
) -> None:
    answer = run("add", "The desk", *arguments)
    if isinstance(answer.exception, click.ClickException):
        assert (code, True) == (answer.exception.exit_code, said in answer.exception.format_message())
    else:
        assert (code, True) == (answer.return_value, said in answer.stderr)
    assert queries.persons(words="desk").count == 0


def test_a_known_address_is_refused() -> None:
    known = joined()
    assert isinstance(run("add", "The desk", "--email", known.email.upper()).exception, AddressTaken)


def test_the_command_lists_everybody_or_those_who_are_asked_for() -> None:
    waiting, editor = asking("Somebody waiting"), joined(Role.EDITOR, "Somebody editing")
    for _number in range(50):
        invited()
    everybody = json.loads(run("list", "--json").stdout)
    assert len(everybody) == 52 and everybody[-1]["id"] == waiting.id
    assert [one["email"] for one in json.loads(run("list", "--role", "editor", "--json").stdout)] == [editor.email]
    said = run("list", "--standing", Standing.ASKED.value)
    assert waiting.id in said.stdout and editor.id not in said.stdout and "1 person." in said.stderr
