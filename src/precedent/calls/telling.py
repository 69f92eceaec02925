"""Who is told of a call: the focal points of the countries that it addresses."""

from datetime import UTC, datetime, time

from precedent.calls.records import Call, Standing
from precedent.kernel.acting import Actor
from precedent.notices import actions as notices
from precedent.notices.kinds import Kind
from precedent.people import queries as people
from precedent.people.permissions import Permission, Role
from precedent.people.records import Person


def tell_of(call: Call, before: Call | None, by: Actor) -> None:
    """Tell those whom it addresses; after a change, those whom it did not address before."""
    if call.standing() is Standing.CLOSED:
        return
    end = datetime.combine(call.until, time(23, 59), UTC)
    for person in _focal_points():
        new = _addresses(call, person) and not (before and _addresses(before, person))
        if new and person.id != by.id:
            notices.tell(
                person.recipient, Kind.CALL_OPENED, call.id, call=call.number, title=call.title, when=end, by=by
            )


def _focal_points() -> list[Person]:
    """One database query."""
    able = people.with_permission(Permission.CONFIRM_ENTRIES)
    return [person for person in able if person.role is Role.FOCAL_POINT]


def _addresses(call: Call, person: Person) -> bool:
    """A call that names neither countries nor organisations addresses everybody."""
    if call.countries:
        return bool(set(call.countries) & set(person.countries))
    return not call.organisations
