"""Calls: what is refused, how they stand by date and by hand, and what they bring."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as some

from precedent.audit import queries as audit
from precedent.calls import actions, beginning, queries, rules
from precedent.calls.records import Call, Standing, Terms, today
from precedent.calls.refusals import CallChanged, CallInvalid, CallIsClosed, CallNotClosed, NoSuchCall
from precedent.catalogue import actions as catalogue
from precedent.catalogue import queries as entries
from precedent.forms import draft as drafts
from precedent.kernel.refusals import NotAllowed
from precedent.notices import queries as notices
from precedent.notices.kinds import Kind
from precedent.notices.records import Notice
from precedent.people.permissions import Role
from precedent.people.records import Person
from precedent.submissions import actions as submissions
from precedent.submissions import queries as sent
from precedent.submissions.queries import Brought
from precedent.submissions.records import State
from tests import given
from tests.calls.given_calls import call, terms
from tests.given import ADMINISTRATOR, CONTRIBUTOR, EDITOR, REVIEWER
from tests.people.persons import joined

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fields_refused(do: Callable[[], Any]) -> list[str]:
    with pytest.raises(CallInvalid) as refused:
        do()
    assert all(finding.message for finding in refused.value.findings)
    return [finding.field for finding in refused.value.findings]


def test_a_call_is_kept_as_it_was_told() -> None:
    told = terms(
        chosen=(("group", ("domestic-workers",)), ("region", ("142",))),
        countries=("NP", "PH"),
        languages=("fr",),
        organisations="Social security institutions",
    )
    made = actions.open_call(told, by=EDITOR)
    assert made.terms == told
    assert queries.call(made.number) == made and queries.open_calls() == [made]
    assert [event.verb for event in audit.trail(made.id)] == ["call.opened"]


def test_its_first_line_is_tidied_and_its_paragraphs_stay() -> None:
    made = call(
        title="  Pensions \u200b that\tmove ", sought="One.\r\n\r\n\r\n\r\nTwo. \x00", countries=("NP", "NP")
    )
    assert made.title == "Pensions that move"
    assert made.sought == "One.\n\nTwo."
    assert made.countries == ("NP",)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"until": today() - DAY, "opens": today()}, ["until"]),
        ({"opens": today() + 9 * DAY, "until": today() + 8 * DAY}, ["until"]),
        ({"opens": today() - DAY, "until": today() - DAY}, ["until"]),
        ({"opens": today() - 2 * DAY}, ["opens"]),
        ({"until": today() + 1200 * DAY}, ["until"]),
        ({"opens": date.max, "until": date.max}, ["until"]),
        ({"opens": date.min, "until": date.min}, ["opens", "until"]),
        ({"question": "Z99"}, ["question"]),
        ({"question": ""}, ["question"]),
        ({"perspective": "sideways"}, ["perspective"]),
        ({"chosen": (("group", ("nobody",)),)}, ["chosen"]),
        ({"chosen": (("colour", ("red",)),)}, ["chosen"]),
        ({"chosen": (("question", ("A01",)),)}, ["chosen"]),
        ({"title": " "}, ["title"]),
        ({"sought": "\n"}, ["sought"]),
        ({"why": "\u200b"}, ["why"]),
        ({"title": "x" * 121}, ["title"]),
        ({"sought": "x" * 701}, ["sought"]),
        ({"why": "x" * 501}, ["why"]),
        ({"contact": "x" * 201}, ["contact"]),
        ({"organisations": "x" * 201}, ["organisations"]),
        ({"wanted": 0}, ["wanted"]),
        ({"wanted": -1}, ["wanted"]),
        ({"wanted": 10**9}, ["wanted"]),
        ({"countries": ("ZZ",)}, ["countries"]),
        ({"languages": ("xx-nothing",)}, ["languages"]),
        ({"written_in": "tlh"}, ["written_in"]),
        ({"title": "", "why": "", "wanted": 0}, ["title", "why", "wanted"]),
    ],
)
def test_what_is_wrong_is_refused_with_its_field_and_nothing_is_kept(
    changes: dict[str, Any], fields: list[str]
) -> None:
    before = audit.head()
    assert fields_refused(lambda: call(**changes)) == fields
    assert queries.calls() == () and audit.head() == before


def test_a_call_that_ends_before_it_begins_says_so() -> None:
    with pytest.raises(CallInvalid, match="would end before it begins") as refused:
        call(opens=today() + 2 * DAY, until=today() + DAY)
    assert "Nothing was changed" in refused.value.advice


@examples(opens=some.integers(-5, 1200), until=some.integers(-5, 1200))
def test_days_are_right_or_named_and_what_is_right_is_a_call_that_is_not_over(opens: int, until: int) -> None:
    first, last = today() + opens * DAY, today() + until * DAY
    found = list(rules.days(first, last, today()))
    assert bool(found) == (opens < -1 or until < opens or until < 0 or max(opens, until) > 3 * 366)
    if not found:
        stands = Call(
            **_told(terms(opens=first, until=last)), number=1, opened_by="", version=1, **_moments()
        ).standing()
        assert stands is (Standing.OPEN if opens <= 0 else Standing.PLANNED)


def _told(told: Terms) -> dict[str, Any]:
    return {name: getattr(told, name) for name in Terms.__dataclass_fields__}


def _moments() -> dict[str, Any]:
    return {"opened_at": datetime.now(UTC), "changed": datetime.now(UTC)}


def test_it_stands_by_its_days_both_included() -> None:
    made = call(opens=today() + DAY, until=today() + 3 * DAY)
    stands = [made.standing(today() + n * DAY) for n in range(6)]
    assert stands == [
        Standing.PLANNED,
        Standing.OPEN,
        Standing.OPEN,
        Standing.OPEN,
        Standing.CLOSED,
        Standing.CLOSED,
    ]
    assert queries.open_calls() == [] and queries.standing(Standing.PLANNED) == [made]
    assert queries.open_calls(today() + 3 * DAY) == [made]
    assert queries.standing(Standing.CLOSED, today() + 4 * DAY) == [made]


def test_a_call_may_open_and_end_today() -> None:
    assert call(until=today()).is_open


def test_it_moves_with_the_calendar_and_by_hand() -> None:
    made = call(opens=today() + DAY, until=today() + 2 * DAY)
    midnight = [datetime.combine(today() + n * DAY, datetime.min.time(), UTC) for n in range(5)]
    just = timedelta(seconds=1)
    assert made.moved(midnight[1] - just) == made.changed
    assert made.moved(midnight[1]) == midnight[1]
    assert made.moved(midnight[3] - just) == midnight[1]
    assert made.moved(midnight[3]) == made.moved(midnight[4]) == midnight[3]


def test_open_calls_stand_with_the_soonest_end_first() -> None:
    late, soon = call(until=today() + 20 * DAY), call(until=today() + 2 * DAY)
    assert queries.open_calls() == [soon, late]


def test_a_question_finds_its_open_calls_from_its_perspective() -> None:
    origin, both = call(perspective="origin"), call(perspective="", until=today() + 40 * DAY)
    assert queries.open_for("A05") == [origin, both]
    assert queries.open_for("A05", "origin") == [origin, both]
    assert queries.open_for("A05", "destination") == [both]
    assert queries.open_for("A06") == []
    actions.close_call(both, "Enough was sent.", by=EDITOR)
    assert queries.open_for("A05", "destination") == []


def test_a_call_that_is_none_is_not_found() -> None:
    for number in (0, 1, 10**12):
        with pytest.raises(NoSuchCall):
            queries.call(number)


def test_a_change_is_told_in_the_trail_with_what_stood_before() -> None:
    made = call()
    changed = actions.change_call(made, replace(made.terms, wanted=5), by=ADMINISTRATOR)
    assert changed.wanted == 5 and changed.version == 2 and queries.call(made.number) == changed
    assert audit.trail(made.id)[-1].detail["changes"] == {"wanted": [3, 5]}
    assert actions.change_call(changed, changed.terms, by=EDITOR) == changed


def test_two_editors_do_not_overwrite_one_another() -> None:
    seen = call()
    first = actions.change_call(seen, replace(seen.terms, wanted=5), by=EDITOR)
    later: list[Callable[[], Call]] = [
        lambda: actions.change_call(seen, replace(seen.terms, title="Another"), by=ADMINISTRATOR),
        lambda: actions.close_call(seen, "Enough was sent.", by=ADMINISTRATOR),
        lambda: actions.reopen_call(seen, today() + DAY, by=ADMINISTRATOR),
    ]
    for second in later:
        with pytest.raises(CallChanged):
            second()
    assert queries.call(seen.number) == first


def test_a_change_is_refused_as_a_call_is_and_leaves_it_as_it_was() -> None:
    made = call()
    wrong = replace(made.terms, until=today() - DAY, wanted=0)
    assert fields_refused(lambda: actions.change_call(made, wrong, by=EDITOR)) == ["until", "wanted"]
    assert queries.call(made.number) == made


def test_what_was_right_once_does_not_stand_in_the_way_of_another_change(monkeypatch: pytest.MonkeyPatch) -> None:
    made = call()
    for module in (actions, queries):
        monkeypatch.setattr(module, "today", lambda: date.today() + 60 * DAY)
    changed = actions.change_call(made, replace(made.terms, contact="Somebody else"), by=EDITOR)
    assert changed.contact == "Somebody else"


def test_it_is_closed_by_hand_with_what_came_of_it_and_opened_again() -> None:
    made = call()
    assert fields_refused(lambda: actions.close_call(made, "  ", by=EDITOR)) == ["outcome"]
    assert fields_refused(lambda: actions.close_call(made, "x" * 501, by=EDITOR)) == ["outcome"]
    closed = actions.close_call(made, "Two agreements were told.", by=EDITOR)
    assert closed.standing() is Standing.CLOSED and closed.outcome == "Two agreements were told."
    assert closed.ended == today()
    with pytest.raises(CallIsClosed):
        actions.close_call(closed, "Again.", by=EDITOR)
    assert fields_refused(lambda: actions.reopen_call(closed, today() - DAY, by=EDITOR)) == ["until"]
    again = actions.reopen_call(closed, today() + 5 * DAY, by=EDITOR)
    assert again.is_open and again.outcome == "" and again.until == today() + 5 * DAY
    with pytest.raises(CallNotClosed):
        actions.reopen_call(again, today() + 9 * DAY, by=EDITOR)
    told = [event.verb for event in audit.trail(made.id)]
    assert told == ["call.opened", "call.closed", "call.reopened"]


def test_of_a_call_that_ended_it_can_be_said_what_came_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = call(until=today() + DAY)
    monkeypatch.setattr(actions, "today", lambda: date.today() + 9 * DAY)
    closed = actions.close_call(made, "Nothing was sent.", by=EDITOR)
    assert closed.outcome == "Nothing was sent." and closed.ended == made.until


def test_a_call_that_has_not_begun_can_be_called_off() -> None:
    planned = call(opens=today() + 5 * DAY)
    assert actions.close_call(planned, "It was not needed.", by=EDITOR).standing() is Standing.CLOSED


@pytest.mark.parametrize("by", [CONTRIBUTOR, REVIEWER, given.FOCAL_POINT, given.READER])
def test_only_editors_and_administrators_call(by: Any) -> None:
    made = call()
    deeds: list[Callable[[], Call]] = [
        lambda: actions.open_call(terms(), by=by),
        lambda: actions.change_call(made, terms(), by=by),
        lambda: actions.close_call(made, "No.", by=by),
        lambda: actions.reopen_call(made, today(), by=by),
    ]
    for act in deeds:
        with pytest.raises(NotAllowed):
            act()


def test_every_change_renews_what_readers_see() -> None:
    made = call()
    seen = [audit.head().revision]
    made = actions.change_call(made, replace(made.terms, wanted=9), by=EDITOR)
    seen.append(audit.head().revision)
    made = actions.close_call(made, "Enough.", by=EDITOR)
    seen.append(audit.head().revision)
    actions.reopen_call(made, today(), by=EDITOR)
    seen.append(audit.head().revision)
    assert len(set(seen)) == 4


# ---------- what it brings ----------


def test_an_example_begins_with_what_the_call_is_about() -> None:
    made = call(
        chosen=(
            ("barrier", ("language",)),
            ("country", ("NP",)),
            ("group", ("domestic-workers",)),
            ("level", ("municipal",)),
            ("stage", ("return",)),
            ("status", ("irregular",)),
            ("outcome", ("negative",)),
            ("region", ("142",)),
            ("from", ("NP",)),
            ("to", ("QA",)),
        ),
        languages=("fr",),
    )
    told = beginning.draft(made)
    assert told == {
        "answers": ["A05"],
        "perspectives": ["origin"],
        "barriers": [{"code": "language", "id": "b1"}],
        "countries": [{"code": "NP", "role": "origin"}],
        "corridors": [["NP", "QA"]],
        "groups": ["domestic-workers"],
        "level": "municipal",
        "stages": ["return"],
        "legal_statuses": ["irregular"],
        "language": "fr",
    }


def test_an_open_choice_is_left_to_the_contributor() -> None:
    told = beginning.draft(
        call(perspective="", chosen=(("level", ("municipal", "national")),), languages=("fr", "ar"))
    )
    assert told == {"answers": ["A05"]}


def test_a_call_is_kept_with_the_example_to_the_end_and_counted() -> None:
    made, other = call(), call()
    begun = submissions.start(beginning.draft(made), call=made.number, by=CONTRIBUTOR)
    assert sent.brought([made.number, other.number]) == {made.number: Brought(), other.number: Brought()}
    told = {**given.draft(), **beginning.draft(made)}
    saved = submissions.save(begun.id, begun.version.number, told, by=CONTRIBUTOR)
    before = audit.head().revision
    for name in ("send", "take-back", "send", "claim"):
        saved = given.moved(saved, name)
        assert saved.call == made.number
        assert sent.brought([made.number])[made.number] == Brought(1)
    assert audit.head().revision != before
    published = given.moved(saved, "publish")
    assert published.state is State.PUBLISHED and published.call == made.number
    assert sent.brought([made.number, other.number]) == {
        made.number: Brought(1, (str(published.entry),)),
        other.number: Brought(),
    }
    assert "A05" in entries.entry(str(published.entry)).document.answers
    answered = [event for event in audit.trail(made.id) if event.verb == "call.answered"]
    assert [event.detail["submission"] for event in answered] == [published.id]


def published_for(made: Call, **changes: Any) -> str:
    begun = submissions.start(given.draft(**changes), call=made.number, by=CONTRIBUTOR)
    for name in ("send", "claim", "publish"):
        begun = given.moved(begun, name)
    return str(begun.entry)


def test_an_entry_that_was_withdrawn_or_merged_is_counted_as_readers_find_it() -> None:
    made = call()
    first, second = published_for(made), published_for(made, title="Another")
    assert sent.brought([made.number])[made.number].entries == (first, second)
    catalogue.merge(entries.entry(second), entries.entry(first), "The same.", by=EDITOR)
    assert sent.brought([made.number])[made.number] == Brought(2, (first,))
    catalogue.unpublish(entries.entry(first), "An error.", by=EDITOR)
    assert sent.brought([made.number])[made.number] == Brought(2, ())


def test_progress_of_any_number_of_calls_costs_at_most_three_queries(django_assert_max_num_queries: Any) -> None:
    made = [call() for _ in range(5)]
    for one in made:
        published_for(one)
    with django_assert_max_num_queries(3):
        assert [one.published for one in sent.brought(c.number for c in made).values()] == [1] * 5


def test_an_example_for_a_call_that_closed_meanwhile_goes_on() -> None:
    made = call()
    begun = submissions.start(given.draft(), call=made.number, by=CONTRIBUTOR)
    actions.close_call(made, "Enough was sent.", by=EDITOR)
    assert given.moved(begun, "send").call == made.number
    assert submissions.start({}, call=made.number, by=CONTRIBUTOR).call == made.number


def test_an_example_cannot_answer_a_call_that_is_none() -> None:
    with pytest.raises(NoSuchCall):
        submissions.start({}, call=99, by=CONTRIBUTOR)


# ---------- who is told ----------


def told_to(person: Person) -> list[Notice]:
    return [notice for notice in notices.inbox(person.id).notices if notice.kind is Kind.CALL_OPENED]


def test_focal_points_of_the_countries_it_addresses_are_told_once() -> None:
    nepal, reader = joined(Role.FOCAL_POINT), joined(Role.CONTRIBUTOR)
    made = call(countries=("NP",))
    (notice,) = told_to(nepal)
    assert notice.kind.code == "call-opened" and notice.facts["call"] == str(made.number)
    assert told_to(reader) == []
    actions.change_call(made, replace(made.terms, wanted=7), by=EDITOR)
    assert len(told_to(nepal)) == 1


def test_a_call_to_others_tells_them_nothing_until_it_addresses_them() -> None:
    nepal = joined(Role.FOCAL_POINT)
    made = call(countries=("PH",))
    call(organisations="Trade unions")
    assert told_to(nepal) == []
    actions.change_call(made, replace(made.terms, countries=("NP", "PH")), by=EDITOR)
    assert len(told_to(nepal)) == 1


def test_a_call_to_everybody_tells_every_focal_point() -> None:
    nepal = joined(Role.FOCAL_POINT)
    call()
    assert len(told_to(nepal)) == 1


def test_a_draft_from_a_call_breaks_no_rule_of_the_form() -> None:
    wrong = drafts.judge({**given.draft(), **beginning.draft(call())}).findings
    assert wrong == []
