"""Reading calls. They are kept in memory until one changes; how each stands is a matter of the day."""

from datetime import date

from precedent.audit.remembering import remembered
from precedent.calls.models import CallRow
from precedent.calls.records import Call, Standing, today
from precedent.calls.refusals import NoSuchCall
from precedent.search import facets


@remembered
def calls() -> tuple[Call, ...]:
    """Every call, the newest first. One database query, once a revision."""
    return tuple(row.record() for row in CallRow.objects.order_by("-number"))


def call(number: int) -> Call:
    """One call, however it stands. Raises NoSuchCall."""
    found = next((call for call in calls() if call.number == number), None)
    if found is None:
        raise NoSuchCall(number=number)
    return found


def standing(wanted: Standing, day: date | None = None) -> list[Call]:
    """The calls that stand so on a day, the soonest end first; of closed ones, the last end first."""
    day = day or today()
    found = [call for call in calls() if call.standing(day) is wanted]
    return sorted(found, key=lambda call: (call.ended, call.number), reverse=wanted is Standing.CLOSED)


def open_calls(day: date | None = None) -> list[Call]:
    """The calls that are open on a day (today, where none is named), the soonest end first."""
    return standing(Standing.OPEN, day)


def questions_now(call: Call, edition: int | None = None) -> tuple[str, ...]:
    """What a call asks in an edition (the one in force): several after a split, none where it was retired."""
    return facets.codes_now(facets.facets()["question"], call.question, edition)


def open_for(question: str, perspective: str = "", day: date | None = None) -> list[Call]:
    """The open calls for a question of the edition in force, from a perspective where one is named."""
    return [
        call
        for call in open_calls(day)
        if question in questions_now(call)
        and (not perspective or not call.perspective or call.perspective == perspective)
    ]


def open_by_question(day: date | None = None) -> dict[str, list[Call]]:
    """The open calls of each question that has any, for pages that show many questions."""
    found: dict[str, list[Call]] = {}
    for call in open_calls(day):
        for question in questions_now(call):
            found.setdefault(question, []).append(call)
    return found
