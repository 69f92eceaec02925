"""How persons are named: in public as each of them wishes, among colleagues by name and role.

Identifiers that are no person's (the command's operator, the product itself) are left out; callers fall back to
the name in the trail.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from precedent.people import queries
from precedent.people.permissions import ROLE_NAMES
from precedent.people.records import Attribution, Person, Standing


def signature(person: Person) -> str:
    """How a person is named in public, beside what they contributed."""
    if person.standing is Standing.ERASED:
        return _("a person whose data was withdrawn")
    organisation = str(person.organisation or "")
    match person.attribution:
        case Attribution.NAME_AND_ORGANISATION if organisation:
            return _("{name}, {organisation}").format(name=person.name, organisation=organisation)
        case Attribution.NAME_AND_ORGANISATION:
            return person.name
        case Attribution.ORGANISATION if organisation:
            return organisation
        case _nobody:
            return _("a contributor")


def name(person: Person) -> str:
    """How colleagues name a person: in full, with the role."""
    if person.standing is Standing.ERASED:
        return signature(person)
    return _("{name} ({role})").format(name=person.name, role=ROLE_NAMES[person.role])


def signatures(ids: Iterable[str]) -> dict[str, str]:
    """The public signature of each person among the identifiers. One database query."""
    return {id: signature(person) for id, person in queries.persons_by_id(ids).items()}


def names(ids: Iterable[str]) -> dict[str, str]:
    """What colleagues read for each person among the identifiers. One database query."""
    return {id: name(person) for id, person in queries.persons_by_id(ids).items()}
