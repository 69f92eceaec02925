"""What there is to choose from, in groups, with what is chosen. Nothing that is stored is left out of a list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import localedata
from django.utils.translation import gettext as _

from precedent.audit.remembering import remembered
from precedent.forms import matching
from precedent.forms.asks import Ask, Kind
from precedent.forms.draft import Draft, place_label
from precedent.forms.saying import said_code
from precedent.framework import queries as framework
from precedent.kernel.languages import LANGUAGES, current
from precedent.kernel.text import folded
from precedent.web.contribute.given import PLACE_MARK
from precedent.web.wording import label, pair

SHORT = 12
"""Choices that are shown at once; more of them lie in a fold, with the chosen ones before it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is posted; `code` is shown before the label where people know it. `below`: it is a narrower term."""

    value: str
    label: str
    chosen: bool = False
    code: str = ""
    below: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Choices that belong together; `label` is empty where there is but one group."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices as they are laid out: those that are seen at once, and those in folds."""

    first: tuple[Choice, ...]
    folded: tuple[Group, ...] = ()

    @property
    def count(self) -> int:
        return len(self.first) + sum(len(group.choices) for group in self.folded)


def offered(ask: Ask, value: Any, told: Draft, places: int = 0) -> Offered:
    """What a question offers. `places`: the parts shown on the page that a choice may point at."""
    chosen = [str(code) for code in value if code] if isinstance(value, list) else [str(value)] if value else []
    if ask.about.among:
        return Offered(tuple(_among(ask, chosen, told, places)))
    groups = _groups(ask.about.vocabulary or "", current().code)
    if ask.kind is Kind.SEVERAL and sum(len(group.choices) for group in groups) > SHORT:
        return _chosen_first(ask, groups, chosen)
    marked = tuple(Group(group.label, tuple(_marked(group.choices, chosen))) for group in groups)
    unknown = _unknown(ask, groups, chosen)
    if len(marked) == 1:
        return Offered((*unknown, *marked[0].choices))
    return Offered(unknown, marked)


def _marked(choices: Sequence[Choice], chosen: Sequence[str]) -> Iterator[Choice]:
    for choice in choices:
        yield Choice(choice.value, choice.label, choice.value in chosen, choice.code, choice.below)


def _unknown(ask: Ask, groups: Sequence[Group], chosen: Sequence[str]) -> tuple[Choice, ...]:
    """What is chosen and in no list: retired, or never heard of."""
    known = {choice.value for group in groups for choice in group.choices}
    missing = [code for code in chosen if code not in known]
    return tuple(Choice(code, said_code(ask.about.vocabulary, code), True) for code in missing)


def _chosen_first(ask: Ask, groups: Sequence[Group], chosen: Sequence[str]) -> Offered:
    """The chosen ones, in their order, then all others in folds."""
    known = {choice.value: choice for group in groups for choice in group.choices}
    plain = [known.get(code) or Choice(code, said_code(ask.about.vocabulary, code)) for code in chosen]
    first = tuple(Choice(choice.value, choice.label, True, choice.code) for choice in plain)
    rest = [
        Group(group.label, tuple(choice for choice in group.choices if choice.value not in chosen))
        for group in groups
    ]
    return Offered(first, tuple(group for group in rest if group.choices))


def _among(ask: Ask, chosen: Sequence[str], told: Draft, places: int) -> Iterator[Choice]:
    """The draft's own parts, each by where it stands, so that a choice follows when the part's code is changed."""
    group, inner = ask.about.among
    parts = _told_parts(told, group)
    codes = [str(part.get(inner, "")) for part in parts]
    for number in range(max(places, len(parts))):
        code = codes[number] if number < len(codes) else ""
        named = part_name(group, number)
        shown = pair(named, said_code(ask.about.vocabulary, code)) if code else named
        yield Choice(f"{PLACE_MARK}{number}", shown, bool(code) and code in chosen)
    for code in chosen:
        if code not in codes:
            yield Choice(code, said_code(ask.about.vocabulary, code), True)


def _told_parts(told: Draft, group: str) -> list[Mapping[str, Any]]:
    parts = told.get(group)
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def part_name(group: str, number: int) -> str:
    """What a part is called: “Barrier 2”."""
    return place_label(f"{group}.{number}", {})


@remembered
def _groups(vocabulary: str, language: str) -> tuple[Group, ...]:
    """A vocabulary's choices, grouped as people look for them."""
    labels = matching.choices(language, vocabulary)
    match vocabulary:
        case "language":
            return _languages(labels)
        case "country":
            by_name = sorted(labels, key=lambda code: folded(labels[code]))
            return (Group("", tuple(Choice(code, labels[code]) for code in by_name)),)
        case "question" | "heading":
            return tuple(_by_area(vocabulary, labels))
        case _:
            return (Group("", tuple(_by_broader(vocabulary, labels))),)


def _languages(labels: Mapping[str, str]) -> tuple[Group, ...]:
    """Those of the pages, then those of which CLDR knows more than the name: there would be hundreds else."""
    ours = [language.code for language in LANGUAGES if language.code in labels]
    rest = [code for code in labels if code not in ours and "-" not in code and localedata.exists(code)]
    groups = ((_("Languages of these pages"), ours), (_("Other languages"), rest))
    return tuple(Group(named, tuple(Choice(code, labels[code]) for code in codes)) for named, codes in groups)


def _by_area(vocabulary: str, labels: Mapping[str, str]) -> Iterator[Group]:
    for area in framework.current_edition().issue_areas:
        codes = [item.code for item in (area.questions if vocabulary == "question" else area.headings)]
        choices = tuple(Choice(code, labels[code], code=code) for code in codes if code in labels)
        yield Group(f"{area.code} {label('area', area.code)}", choices)


def _by_broader(vocabulary: str, labels: Mapping[str, str]) -> Iterator[Choice]:
    """Each term, and right below it the narrower ones."""
    known = framework.vocabularies().get(vocabulary)
    terms = known.terms if known else ()
    broader = {term.code: term.broader for term in terms if term.code in labels and term.broader in labels}
    for code in labels:
        if code not in broader:
            yield Choice(code, labels[code])
            yield from (Choice(below, labels[below], below=True) for below in _below(code, broader))


def _below(code: str, broader: Mapping[str, str | None]) -> Iterator[str]:
    """The narrower terms of a term, each followed by its own."""
    for narrower, above in broader.items():
        if above == code:
            yield narrower
            yield from _below(narrower, broader)
