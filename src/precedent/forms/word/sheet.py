"""What a Word form carries beside its answers, and what was read from one."""

import re
from dataclasses import dataclass, field
from typing import Any

from precedent.catalogue.records import Finding
from precedent.forms.draft import Draft


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form belongs: the entry and revision it was filled from, or the submission; else it tells a new one.

    `key` is the entry's name in a bulk file. A file can claim anything: who takes it in looks at what may be done.
    """

    entry: str | None = None
    revision: int | None = None
    submission: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class SheetFinding(Finding):
    """A finding with the place where a person sees it in the file. A note asks for nothing to be corrected."""

    where: str = ""
    note: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True, slots=True)
class Made:
    """With which form a file was made. `form` is the fingerprint of its texts."""

    language: str
    edition: int | None = None
    form: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form that was sent in. What could not be understood stands in the draft as it was written.

    `asked`: the fields that the form asked for; a short one says nothing of the others.
    """

    draft: Draft
    findings: list[SheetFinding]
    origin: Origin
    made: Made
    asked: frozenset[str] = field(default_factory=frozenset)

    def onto(self, before: Draft) -> Draft:
        """What the form says, laid over the draft it was filled from, of which a short form shows only a part."""
        told = {name: self.draft[name] for name in self.asked if name in self.draft}
        kept = {name: value for name, value in before.items() if name not in self.asked}
        return {
            **kept,
            **{name: _over(before.get(name), value) if self.short else value for name, value in told.items()},
        }

    @property
    def language(self) -> str:
        return self.made.language

    @property
    def edition(self) -> int | None:
        return self.made.edition

    @property
    def form(self) -> str:
        return self.made.form

    @property
    def short(self) -> bool:
        return self.made.short


def _over(before: object, after: Any) -> Any:
    """Each part as the form shows it, with what the form does not ask of it. A country is known by its code."""
    if not isinstance(before, list) or not isinstance(after, list):
        return after
    known = {_name(part): part for part in before if isinstance(part, dict) and _name(part)}
    return [{**known.get(_name(part), {}), **part} if isinstance(part, dict) else part for part in after]


def _name(part: dict[str, Any]) -> str:
    return str(part.get("id") or part.get("code") or "")


LINE_BEGINS = "precedent-form"
FACT = re.compile(r"(\w+)=(\S+)")


def as_facts(origin: Origin, made: Made) -> dict[str, str]:
    """Where a form belongs and how it was made, as words; what is not known is left out."""
    told = {
        "entry": origin.entry,
        "revision": origin.revision,
        "submission": origin.submission,
        "key": origin.key,
        "language": made.language,
        "edition": made.edition,
        "form": made.form,
        "short": "yes" if made.short else None,
    }
    words = {name: re.sub(r"\s+", "", str(value)) for name, value in told.items() if value is not None}
    return {name: word for name, word in words.items() if word}


def as_line(facts: dict[str, str]) -> str:
    """The facts in the line that stands at the end of a form, where every program leaves it."""
    return " ".join([LINE_BEGINS, *(f"{name}={value}" for name, value in facts.items())])


def facts_in(line: str) -> dict[str, str]:
    """The facts that such a line tells; none where it is another line."""
    return dict(FACT.findall(line)) if line.strip().startswith(LINE_BEGINS) else {}


def origin_of(facts: dict[str, str]) -> Origin:
    return Origin(facts.get("entry"), _number(facts.get("revision")), facts.get("submission"), facts.get("key"))


def made_of(facts: dict[str, str], language: str) -> Made:
    """How a form was made, in `language` where it does not say so itself."""
    edition = _number(facts.get("edition"))
    return Made(facts.get("language", language), edition, facts.get("form", ""), facts.get("short") == "yes")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None
