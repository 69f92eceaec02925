"""The verbs about people: inviting somebody, and seeing who is there."""

from collections.abc import Iterator
from typing import Any

import click
from django.conf import settings

from precedent.console.verbs import as_json, told
from precedent.framework import queries as framework
from precedent.keeping import database
from precedent.kernel.languages import FALLBACK, LANGUAGES
from precedent.people import actions, queries
from precedent.people.actors import operator
from precedent.people.permissions import Role
from precedent.people.records import Person, Standing
from precedent.people.refusals import PersonInvalid
from precedent.people.rules import GIVEN_ROLES, INVITATION_DAYS
from precedent.places import queries as places

ROLES = click.Choice([role.value for role in GIVEN_ROLES])


@click.group()
def person() -> None:
    """People and roles.

    \b
    Invite somebody:  precedent person add "Name" --email name@example.org --role editor
    Who is there:     precedent person list
    """


@person.command()
@click.argument("name")
@click.option("--email", required=True, help="Where the invitation goes; they sign in with it.")
@click.option("--role", type=ROLES, default=Role.CONTRIBUTOR.value, show_default=True, help="What they may do.")
@click.option("--area", "areas", multiple=True, help="Issue area of a reviewer, such as A. Repeat it; none: all.")
@click.option("--country", "countries", multiple=True, help="Country of a focal point, such as NP. Repeat it.")
@click.option("--organisation", default="", help="Where they belong.")
@click.option(
    "--language",
    type=click.Choice([language.code for language in LANGUAGES]),
    default=FALLBACK,
    show_default=True,
    help="In which we write to them.",
)
@as_json
def add(
    name: str,
    email: str,
    role: str,
    areas: tuple[str, ...],
    countries: tuple[str, ...],
    organisation: str,
    language: str,
    as_json: bool,
) -> int:
    """Invite somebody, and print the link with which they open their account.

    The link goes by mail as well. Whoever has it opens the account, so hand it to nobody else.

    \b
    Example:  precedent person add "Review desk" --email desk@example.org --role reviewer --area A --area C
    """
    database.must_be_ready()
    areas, countries = (tuple(code.upper() for code in codes) for codes in (areas, countries))
    _must_be_known("--area", areas, framework.current_edition().areas)
    _must_be_known("--country", countries, places.places().countries)
    try:
        invitation = actions.invite(
            name, email, Role(role), areas, countries, organisation=organisation, language=language, by=operator()
        )
    except PersonInvalid as refusal:
        for finding in refusal.findings:
            click.echo(f"{finding.field}: {finding.message}", err=True)
        return 1
    link = f"{settings.SITE}{invitation.path}"
    if as_json:
        told({**_as_data(invitation.person), "link": link, "until": str(invitation.person.invited_until)})
        return 0
    click.echo(f"{name} is invited. This link is good for {INVITATION_DAYS} days and is shown this once:\n{link}")
    return 0


def _must_be_known(option: str, codes: tuple[str, ...], known: dict[str, Any]) -> None:
    for code in codes:
        if code not in known:
            raise click.BadParameter(f"“{code}” is none that is known.", param_hint=option)


@person.command("list")
@click.option("--role", type=ROLES, help="Only those with this role.")
@click.option("--standing", type=click.Choice([s.value for s in Standing]), help="Only those who stand so.")
@as_json
def list_(role: str | None, standing: str | None, as_json: bool) -> None:
    """Say who is there, newest first.

    \b
    Example:  precedent person list --role administrator --json
    """
    database.must_be_ready()
    found = list(_everybody(Role(role) if role else None, Standing(standing) if standing else None))
    if as_json:
        told([_as_data(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.id:<12} {one.standing:<9} {one.role:<14} {one.name or '–'} <{one.email or '–'}>")
    click.echo("1 person." if len(found) == 1 else f"{len(found)} people.", err=True)


def _everybody(role: Role | None, standing: Standing | None) -> Iterator[Person]:
    page = queries.persons(role, standing)
    yield from page.persons
    for number in range(2, page.pages + 1):
        yield from queries.persons(role, standing, page=number).persons


def _as_data(one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "role": one.role,
        "standing": one.standing,
        "areas": one.areas,
        "countries": one.countries,
        "organisation": one.organisation.name if one.organisation else None,
        "language": one.language,
        "since": one.since.isoformat(),
    }
