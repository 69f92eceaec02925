"""Test data, made as people make it: through actions. Each builder takes only what the test is about."""

from typing import Any

from precedent.catalogue import actions
from precedent.catalogue.document import EntryDocument
from precedent.catalogue.records import Entry
from precedent.kernel.acting import Actor
from precedent.people.permissions import MAY, Role

EDITOR = Actor("editor", "An editor", MAY[Role.EDITOR])
READER = Actor("reader", "A reader", MAY[Role.READER])

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
