"""All that is kept about a person, as data that they may take along."""

from collections.abc import Iterator
from typing import Any

from precedent.audit import queries as audit
from precedent.notices import queries as notices
from precedent.notices.kinds import TOKEN
from precedent.notices.records import Notice
from precedent.people import queries
from precedent.people.records import Person
from precedent.people.signatures import signature
from precedent.submissions import queries as submissions
from precedent.submissions.records import Submission


def own_data(me: Person) -> dict[str, Any]:
    return {
        "person": _person(me),
        "tokens": [
            {
                "name": token.name,
                "ends_with": token.ends_with,
                "made_at": token.made_at,
                "revoked_at": token.revoked_at,
            }
            for token in queries.tokens(me)
        ],
        "examples": [
            {"id": found.id, "state": found.state, "started": found.started, "text": found.draft}
            for found in _examples(me)
        ],
        "notices": [
            {"at": notice.at, "kind": notice.kind.code, "about": notice.subject, "facts": _facts(notice)}
            for notice in _notices(me)
        ],
        "happened": [
            {"at": event.at, "by": event.by, "what": event.verb, "reason": event.reason, "detail": event.detail}
            for event in audit.trail(me.id)
        ],
    }


def _person(me: Person) -> dict[str, Any]:
    organisation = me.organisation
    return {
        "id": me.id,
        "name": me.name,
        "email": me.email,
        "organisation": organisation.name if organisation else None,
        "country": organisation.country if organisation else None,
        "role": me.role,
        "issue_areas": me.areas,
        "countries": me.countries,
        "language": me.language,
        "mail": me.mail,
        "attribution": me.attribution,
        "signature": signature(me),
        "asked": me.asked,
        "since": me.since,
    }


def _examples(me: Person) -> Iterator[Submission]:
    by, number, more = queries.actor(me), 1, True
    while more:
        page = submissions.mine(by, number)
        yield from page.items
        number, more = number + 1, page.more


def _notices(me: Person) -> Iterator[Notice]:
    first = notices.inbox(me.id)
    yield from first.notices
    for number in range(2, first.pages + 1):
        yield from notices.inbox(me.id, number).notices


def _facts(notice: Notice) -> dict[str, str]:
    """What opens something to whoever holds it stays out of a file that may lie around."""
    return {name: value for name, value in notice.facts.items() if name != TOKEN}
