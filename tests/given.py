"""Test data, made as people make it: through actions. Each builder takes only what the test is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from precedent.catalogue import actions
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Entry
from precedent.forms import draft as drafts
from precedent.kernel.acting import Actor
from precedent.people.permissions import MAY, Role
from precedent.submissions import actions as submissions
from precedent.submissions.checklist import CODES
from precedent.submissions.records import Submission

EDITOR = Actor("editor", "An editor", MAY[Role.EDITOR])
READER = Actor("reader", "A reader", MAY[Role.READER])
CONTRIBUTOR = Actor("person:9001", "Person 9001", MAY[Role.CONTRIBUTOR])
OTHER_CONTRIBUTOR = Actor("person:9002", "Person 9002", MAY[Role.CONTRIBUTOR])
FOCAL_POINT = Actor("person:9003", "Person 9003", MAY[Role.FOCAL_POINT], countries=frozenset({"PH"}))
REVIEWER = Actor("person:9004", "Person 9004", MAY[Role.REVIEWER])
REVIEWER_OF_C = Actor("person:9005", "Person 9005", MAY[Role.REVIEWER], areas=frozenset({"C"}))
REVIEWING_EDITOR = Actor("person:9006", "Person 9006", MAY[Role.EDITOR])
ADMINISTRATOR = Actor("person:9007", "Person 9007", MAY[Role.ADMINISTRATOR])

NASTY = [
    "\x00",
    "²",
    "½ ⅓ Ⅷ",
    '"',
    '"" ""',
    "“unclosed",
    "-",
    "--",
    '-"',
    "- -a",
    "-nepal",
    "()[]{}",
    "a:b",
    "title:(",
    "AND OR NOT",
    "a AND",
    "+",
    "*",
    "?",
    "~1",
    "^2",
    "\\",
    "/",
    "/.*/",
    "[a TO b]",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "&lt;",
    "%",
    "%%s",
    "{0}",
    "{",
    "🙂",
    "\u200f\u200e",
    "\ufeff",
    "a\u0301",
    "İstanbul",
    "ǅ",
    "ﱞ",
    "0:ﱞ",
    "والمهاجر",
    "العُمّال",
    "ـــ",
    "移",
    "移民工人",
    "カタカナ",
    "แรงงานข้ามชาติ",
    "трудящиеся-мигранты",
    "ё",
    "한국어",
    "हिन्दी",
    "\n\t\r",
    "\u2028",
    "a" * 10_000,
    "移" * 10_000,
    "a " * 5_000,
    '"' * 10_000,
    "\ud7ff\ue000",
    "NaN",
    "1e309",
    "-0",
]
"""Text that has broken software before. Random text seldom hits it."""


def record(**changes: Any) -> dict[str, Any]:
    """A small, complete entry with the keys of the bulk file."""
    return {
        "title": "Help line for domestic workers in a port city",
        "entry_kind": "service",
        "status": "ongoing",
        "level": "municipal",
        "gender_focus": "considered",
        "year_start": 2019,
        "countries": [{"code": "PH", "role": "origin"}, {"code": "JO", "role": "destination"}],
        "corridors": [["PH", "JO"]],
        "implementers": [{"name": "City council", "actor_type": "local-government"}],
        "answers": ["A13", "B12"],
        "annex_headings": ["A-D1"],
        "perspectives": ["destination"],
        "groups": ["domestic-workers"],
        "topics": ["legal-aid"],
        "instruments": ["hotline-or-app"],
        "summary": "The city answers questions of domestic workers by telephone, in four languages, at any hour.",
        "barriers": [{"code": "language", "text": "Nobody at the office spoke their language."}],
        "measures": [
            {
                "text": "Opened a help line in four languages.",
                "instrument": "hotline-or-app",
                "addressees": ["residence-government"],
                "overcomes": ["language"],
            }
        ],
        "results": [{"text": "It took 4,000 calls in 2020.", "outcome": "positive", "evidence": "monitoring"}],
        "lessons": ["Pay the interpreters, or they leave."],
        "references": [
            {"url": "https://example.org/line", "title": "The line", "publisher": "City", "language": "en"}
        ],
        **changes,
    }


def document(**changes: Any) -> EntryDocument:
    return EntryDocument.model_validate(record(**changes))


def entry(**changes: Any) -> Entry:
    return actions.publish(document(**changes), "For a test.", by=EDITOR)


def draft(**changes: Any) -> drafts.Draft:
    """A complete draft."""
    return drafts.of(document(**changes))


def tomorrow() -> datetime:
    return datetime.now(UTC) + timedelta(days=1)


def submission(*moves: str, by: Actor = CONTRIBUTOR, **changes: Any) -> Submission:
    """An example of a contributor, after some moves; a reviewing editor makes the reviewers'."""
    made = submissions.start(draft(**changes), by=by)
    for name in moves:
        made = moved(made, name, by=by)
    return made


def moved(seen: Submission, name: str, by: Actor = CONTRIBUTOR) -> Submission:
    """A submission after a move, with all that the move needs."""
    mover = by if name in ("send", "send-again", "take-back", "withdraw", "reopen") else REVIEWING_EDITOR
    if name in ("publish", "schedule"):
        submissions.check(seen, CODES, by=mover)
    at = tomorrow() if name == "schedule" else None
    return submissions.move(seen, name, "For a test.", at, by=mover)
