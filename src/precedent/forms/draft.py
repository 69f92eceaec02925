"""A draft: an entry's document on its way. It has the document's keys, and may be incomplete or break every rule.

What is typed is kept as it was typed; what is wrong with it is said by findings, each with its place:
`title`, `barriers.b2.text`, `countries.0.code`.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from precedent.catalogue import rules
from precedent.catalogue.document import SCHEMA, EntryDocument
from precedent.catalogue.parts import PART_LETTERS
from precedent.catalogue.records import Finding
from precedent.forms.asks import Ask, Need, ask, asks

Draft = dict[str, Any]
"""JSON values by the document's keys. `schema_number` is left out: a draft is always of today's form."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A draft, judged: the document it makes where it keeps every rule, else what is wrong."""

    document: EntryDocument | None
    findings: list[Finding] = field(default_factory=list)


def of(document: EntryDocument) -> Draft:
    """A document as a draft, to be changed."""
    told = document.model_dump(mode="json", exclude={"schema_number"})
    return tidy(told)


def tidy(told: Draft) -> Draft:
    """Without what is empty, and with an id for each part that keeps one; texts stay as they were typed."""
    kept = {name: value for name, given in told.items() if not is_blank(value := _tidied(given))}
    for name, letter in PART_LETTERS.items():
        if isinstance(kept.get(name), list):
            kept[name] = _numbered(kept[name], letter)
    return kept


def is_blank(value: object) -> bool:
    """Is nothing stated? A part that has nothing but its id is blank, too."""
    match value:
        case None:
            return True
        case str():
            return not value.strip()
        case list():
            return all(is_blank(item) for item in value)
        case dict():
            return all(is_blank(inner) for name, inner in value.items() if name != "id")
        case _:
            return False


def _tidied(value: Any) -> Any:
    match value:
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n")
        case list() | tuple():
            return [tidied for item in value if not is_blank(tidied := _tidied(item))]
        case dict():
            return {name: tidied for name, inner in value.items() if not is_blank(tidied := _tidied(inner))}
        case _:
            return value


def _numbered(parts: list[Any], letter: str) -> list[Any]:
    """Give an id to each part that has none, so that comments and comparisons hold on to it."""
    parts = [part if isinstance(part, dict) else {"text": str(part)} for part in parts]
    used = [part.get("id", "") for part in parts]
    following = max((int(id[1:]) for id in used if isinstance(id, str) and id[1:].isdecimal()), default=0)
    numbered, seen = [], set()
    for part in parts:
        id = part.get("id")
        if not isinstance(id, str) or not id or id in seen:
            following += 1
            id = f"{letter}{following}"
        seen.add(id)
        numbered.append({**part, "id": id})
    return numbered


def judge(told: Draft) -> Judgement:
    """The document that a draft makes, or what keeps it from being published."""
    told = tidy(told)
    try:
        document = EntryDocument.model_validate({"schema_number": SCHEMA, **told})
    except ValidationError as error:
        return Judgement(None, [_placed(finding, told) for finding in rules.breaches(error)])
    findings = rules.findings(document)
    return Judgement(None if findings else document, findings)


def to_send(told: Draft) -> list[Finding]:
    """What a reviewer cannot do without and is not there yet. Empty: it may be sent."""
    told = tidy(told)
    missing = [ask for ask in asks() if ask.need is Need.SENDING and ask.name not in told]
    # A practice of a whole region, or of no place, names no country.
    if "region_note" in told or told.get("level") in ("regional", "global"):
        missing = [ask for ask in missing if ask.name != "countries"]
    return [Finding(ask.name, "missing", str(_("is missing")), str(_("Fill it in."))) for ask in missing]


def _placed(finding: Finding, told: Draft) -> Finding:
    """A finding of the shape counts parts; here each is called by its id."""
    first, *rest = finding.field.split(".")
    parts = told.get(first)
    if rest and rest[0].isdecimal() and isinstance(parts, list) and int(rest[0]) < len(parts):
        part = parts[int(rest[0])]
        if isinstance(part, dict) and "id" in part:
            place = ".".join((first, part["id"], *rest[1:]))
            return Finding(place, finding.code, finding.message, finding.hint)
    return finding


def place_label(place: str, told: Draft) -> str:
    """What a place is called: “Barrier 2: the step taken”, “Title”."""
    found = ask(place)
    steps = place.split(".")
    if found is None:
        return place
    group = ask(steps[0])
    if group is None or len(steps) == 1 or not group.about.each:
        return str(found.label)
    named = str(group.about.each).format(number=_position(steps[1], told.get(steps[0])) + 1)
    return named if found is group else str(_("{part}: {field}")).format(part=named, field=_inside(found))


def _inside(found: Ask) -> str:
    label = str(found.label)
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _position(step: str, parts: object) -> int:
    """Where a part stands among its fellows, counted from 0: by its id, or by its number."""
    if isinstance(parts, list):
        ids = [part.get("id") if isinstance(part, dict) else None for part in parts]
        if step in ids:
            return ids.index(step)
    return int(step) if step.isdecimal() else 0
