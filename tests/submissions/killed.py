"""One contributor and one editor at work, with the mailman beside them, until the program is killed.

    python -m tests.submissions.killed prepare | work NAME | verify FILE

`work` prints a line of JSON for each thing that was acknowledged. `verify` reads those lines of all the programs
that were killed and prints what is lost, or was mailed without having happened.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import django

FILE = "people.json"


def prepare() -> None:
    from precedent.notices.records import Mail
    from precedent.people import actions
    from precedent.people.permissions import Role
    from tests.people import persons
    from tests.submissions import crowd

    crowd.prepare()
    ids = []
    for role in (Role.CONTRIBUTOR, Role.EDITOR):
        person = persons.joined(role)
        actions.set_mail(person.id, Mail.AT_ONCE, by=_product())
        ids.append(person.id)
    _folder().joinpath(FILE).write_text(json.dumps(ids))


def _folder() -> Path:
    from django.conf import settings

    return Path(settings.DATA)


def _product() -> Any:
    from precedent.people.actors import PRODUCT

    return PRODUCT


def say(**told: Any) -> None:
    print(json.dumps(told), flush=True)


def work(name: str) -> None:
    from precedent.notices.mailman import Mailman
    from precedent.people import queries as people
    from precedent.submissions import actions
    from precedent.submissions.checklist import CODES
    from tests import given

    owner, editor = (
        people.actor(people.person(id), strong=True) for id in json.loads(_folder().joinpath(FILE).read_text())
    )
    Mailman(_product()).start()
    say(did="began")
    for turn in range(1_000):
        title = f"Trial {name}, example {turn}"
        made = actions.start({"title": title}, by=owner)
        say(did="start", id=made.id)
        made = actions.save(made.id, 1, given.draft(title=title), by=owner)
        say(did="save", id=made.id, sha256=made.version.sha256)
        made = actions.move(made, "send", by=owner)
        say(did="send", id=made.id)
        made = actions.move(made, "claim", by=editor)
        say(did="claim", id=made.id)
        actions.check(made, CODES, by=editor)
        say(did="check", id=made.id)
        made = actions.move(made, "publish", by=editor)
        say(did="publish", id=made.id, entry=made.entry)


def verify(file: str) -> dict[str, Any]:
    from precedent.audit import queries as audit
    from precedent.catalogue import queries as catalogue
    from precedent.submissions import queries

    _send_the_rest()
    lost: list[str] = []
    acknowledged = [json.loads(line) for line in Path(file).read_text().splitlines()]
    for told in acknowledged:
        if told["did"] != "began":
            lost += _lost(told)
    faults = [*audit.breaks(), *queries.faults(), *catalogue.faults()]
    counts = {
        did: sum(told["did"] == did for told in acknowledged) for did in ("began", "save", "send", "publish")
    }
    return {"lost": lost, "faults": faults, **counts, **_mails()}


def _send_the_rest() -> None:
    """A killed mailman still holds what it had claimed, for as long as its lease lasts."""
    from precedent.notices.mailman import deliver_due
    from precedent.notices.models import NoticeRow

    end = time.monotonic() + 180
    while NoticeRow.objects.filter(mailed_at=None, due_at__lte=datetime.now(UTC)).exists():
        assert time.monotonic() < end, "mail is due and does not go"
        if not deliver_due(by=_product()):
            time.sleep(1)


def _lost(told: dict[str, Any]) -> list[str]:
    from precedent.catalogue import queries as catalogue
    from precedent.submissions import queries

    stands = queries.any_submission(int(told["id"][4:]))
    versions = {version.sha256 for version in queries.versions(stands)}
    reached = ["draft", "submitted", "in-review", "published"].index(stands.state.value)
    least = {"start": 0, "save": 0, "send": 1, "claim": 2, "check": 2, "publish": 3}[told["did"]]
    faults = [f"{told} is at {stands.state}"] if reached < least else []
    if told["did"] == "save" and told["sha256"] not in versions:
        faults.append(f"{told}: the text is gone")
    if told["did"] == "publish" and catalogue.entry(told["entry"]).document.title != stands.title:
        faults.append(f"{told}: another entry")
    return faults


def _mails() -> dict[str, Any]:
    """Each mail tells of what happened, and each notice was mailed at least once."""
    from django.conf import settings

    from precedent.notices.models import NoticeRow

    sent: dict[str, int] = {}
    cut = 0
    for file in Path(settings.MAIL_FOLDER).iterdir():
        for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            mail = message_from_bytes(part.lstrip())
            if key := str(mail["Message-ID"] or "").strip("<>").partition("@")[0]:
                sent[key] = sent.get(key, 0) + 1
            elif part.strip():
                cut += 1
    notices = {row.letter: row for row in NoticeRow.objects.exclude(letter="")}
    unsent = NoticeRow.objects.filter(due_at__isnull=False).exclude(letter__in=list(sent))
    return {
        "invented": [key for key in sent if key not in notices],
        "unsent": [str(row) for row in unsent],
        "mails": len(sent),
        "twice": sum(times > 1 for times in sent.values()),
        "cut": cut,
        "untold": _untold(),
    }


def _untold() -> list[str]:
    """Moves of which nobody was told, and notices of moves that nobody made."""
    from precedent.audit import queries as audit
    from precedent.notices.models import NoticeRow
    from precedent.submissions.models import SubmissionRow
    from precedent.submissions.records import identifier

    kinds = {"send": "sent", "claim": "claimed", "publish": "published"}
    wrong = []
    for number in SubmissionRow.objects.values_list("number", flat=True):
        id = identifier(number)
        made = {kinds[e.detail["move"]] for e in audit.trail(id) if e.verb == "submission.moved"}
        told = set(NoticeRow.objects.filter(subject=id).values_list("kind", flat=True))
        if made != told:
            wrong.append(f"{id}: moved {sorted(made)}, told {sorted(told)}")
    return wrong


def lend_shortly() -> None:
    """A killed mailman holds its mail for minutes; here nobody wants to wait so long."""
    from precedent.notices import schedule

    schedule.LEASE = timedelta(seconds=3)


if __name__ == "__main__":
    django.setup()
    lend_shortly()
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["work", name]:
            work(name)
        case ["verify", file]:
            print(json.dumps(verify(file)))
