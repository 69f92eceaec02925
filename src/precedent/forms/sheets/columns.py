"""The columns of a table: the form's fields, each by its key or by its label in any of the six languages.

A part has one column for each of its fields, with its number: `barriers.1.code`, `barriers.1.text`,
`barriers.2.code`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rapidfuzz import process

from precedent.forms.asks import Ask, Kind, asks
from precedent.forms.draft import Draft, place_label
from precedent.kernel.languages import LANGUAGES, current
from precedent.kernel.text import folded, one_line

OWN: dict[str, str | Promise] = {"id": _("Key of the row"), "doubt": _("Note for the editors")}
"""What a row says of itself, beside the entry it tells."""

MOST = 1_000
"""Columns that are read: the form has 26 fields, and a full entry some 120 columns."""
LIKE = 80
"""Of 100: how much a header has to be like one of ours to be proposed."""

KEY = re.compile(r"(?P<name>[a-z_]+)(?:\.(?P<number>[0-9]{1,3}))?(?:\.(?P<field>[a-z_]+))?")
BRACKETS = re.compile(r"\[(?P<key>[^\[\]]+)\][\s*]*$")
NUMBER = re.compile(r"\d{1,3}")
ANY = "#"
"""Stands for the number of a part."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: `header` as it is written there; `key` is empty where it is none of ours.

    What a row says of itself, and the ids of parts, are not asked for: they have a key and no `ask`.
    """

    header: str
    key: str = ""
    ask: Ask | None = None

    @property
    def group(self) -> tuple[str, int, str] | None:
        """For a field of one of several parts: the parts' name, which of them, and the field."""
        steps = self.key.split(".")
        return (steps[0], int(steps[1]), steps[2]) if len(steps) == 3 else None


def column(header: str) -> Column:
    """The column under a header, with no key where it is none of ours."""
    key = _by_key(header) or _by_label(header) or _in_brackets(header)
    return Column(one_line(header), key or "", _asked(key) if key else None)


def header(key: str, language: str) -> str:
    """The label of a column, by which it is found again; with its key where the label names another, too."""
    told = label(key, language)
    return told if _by_label(told) == key else f"{told} [{key}]"


def language_of(headers: Sequence[str]) -> str | None:
    """The language in which most of the labels are written; None where keys are."""
    found = [code for header in headers if not _by_key(header) for code in _labelled(header)[1]]
    return max((language.code for language in LANGUAGES), key=found.count) if found else None


def near(header: str) -> str | None:
    """The column that may have been meant by a header that is none of ours."""
    names = {_plain(key): key for key in own_and_asked()} | {label: key for label, (key, _of) in _labels().items()}
    best = process.extractOne(_plain(header), names.keys(), score_cutoff=LIKE)
    number = NUMBER.search(header)
    return names[best[0]].replace(ANY, number[0] if number else "1") if best else None


def label(key: str, language: str) -> str:
    """What a column is called in a language: “Barrier 2: the step taken”."""
    with override(language):
        if key in OWN:
            return str(OWN[key])
        name, *rest = key.split(".")
        if rest and rest[0].isdecimal():
            return place_label(".".join((name, str(int(rest[0]) - 1), *rest[1:])), {})
        return place_label(key, {})


def own_and_asked() -> list[str]:
    """The key of each column there may be, in the form's order; parts with # for their number."""
    return [*OWN, *(key for ask in asks() for key in keys_of(ask, [ANY]))]


def keys_of(ask: Ask, numbers: Iterable[object]) -> Iterator[str]:
    """The columns of a field; of several parts, those of each number."""
    if ask.kind is Kind.PARTS:
        yield from (f"{ask.name}.{number}.{part.name}" for number in numbers for part in ask.parts)
    elif ask.kind is Kind.PART:
        yield from (f"{ask.name}.{part.name}" for part in ask.parts)
    else:
        yield ask.name


def columns_for(drafts: Iterable[Draft], parts: int = 0) -> list[str]:
    """The columns that drafts need, with at least so many for each of several parts."""
    drafts = list(drafts)
    found = [name for name in OWN if any(draft.get(name) for draft in drafts)]
    for ask in asks():
        held = [draft[ask.name] for draft in drafts if ask.name in draft]
        plain = [value for value in held if not _fits(ask, value)]
        if plain:
            found.append(ask.name)
        most = max((len(value) for value in held if _fits(ask, value) and isinstance(value, list)), default=0)
        ids = ask.identified and any(_has_ids_of_its_own(value) for value in held)
        for number in range(1, max(most, parts) + 1) if ask.kind is Kind.PARTS else (1,):
            found += [f"{ask.name}.{number}.id"] if ids else []
            found += keys_of(ask, [number])
    return list(dict.fromkeys(found))


def in_groups(ask: Ask, value: object) -> bool:
    """Does a value go into the columns of its parts? If not, it goes as JSON into one of the whole field."""
    return ask.kind in (Kind.PARTS, Kind.PART) and _fits(ask, value)


def _fits(ask: Ask, value: object) -> bool:
    names = {"id", *(part.name for part in ask.parts)}
    match ask.kind:
        case Kind.PART:
            return isinstance(value, dict) and value.keys() <= names
        case Kind.PARTS:
            return isinstance(value, list) and all(
                isinstance(part, dict) and part.keys() <= names for part in value
            )
        case _:
            return True


def _has_ids_of_its_own(parts: object) -> bool:
    """Are there ids that would not be given again, in their order, to parts that have none?"""
    ids = [part.get("id") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return any(id is not None and str(id)[1:] != str(number) for number, id in enumerate(ids, start=1))


def _asked(key: str) -> Ask | None:
    name, *rest = key.split(".")
    ask = next((ask for ask in asks() if ask.name == name), None)
    if ask is None or not rest or (len(rest) == 1 and rest[0].isdecimal()):
        return ask
    return next((part for part in ask.parts if part.name == rest[-1]), None)


def _by_key(header: str) -> str | None:
    found = KEY.fullmatch("".join(header.split()).lower())
    if found is None:
        return None
    name, number, field = found["name"], found["number"], found["field"]
    if name in OWN:
        return name if number is None and field is None else None
    ask = next((ask for ask in asks() if ask.name == name), None)
    if ask is None or (number is not None and (ask.kind is not Kind.PARTS or int(number) == 0)):
        return None
    names = [part.name for part in ask.parts] + (["id"] if ask.identified else [])
    if number is not None:
        field = field or names[0]
        return f"{name}.{int(number)}.{field}" if field in names else None
    if field is None:
        return name
    return f"{name}.{field}" if field in names and ask.kind is Kind.PART else None


def _by_label(header: str) -> str | None:
    key = _labelled(header)[0]
    number = NUMBER.search(header)
    return key.replace(ANY, str(int(number[0])) if number else "1") if key else None


def _in_brackets(header: str) -> str | None:
    found = BRACKETS.search(header)
    return _by_key(found["key"]) if found else None


def _labelled(header: str) -> tuple[str, frozenset[str]]:
    return _labels().get(_plain(header), ("", frozenset()))


def _plain(header: str) -> str:
    """As headers are compared: without case and accents, the mark of a field that is needed, and its number."""
    return NUMBER.sub(ANY, folded(one_line(header)).strip(" *:"), count=1)


@cache
def _labels() -> dict[str, tuple[str, frozenset[str]]]:
    """For each label the column it names, and the languages in which it does. What names two columns names none.

    A part's field may be named without its part (“Country”): the first part is meant. “Lesson 2” is its text.
    """
    return {**_unambiguous(_short_names), **_unambiguous(_full_names)}


def _unambiguous(names: Callable[[str], Iterable[str]]) -> dict[str, tuple[str, frozenset[str]]]:
    meant: dict[str, dict[str, set[str]]] = {}
    for language in LANGUAGES:
        with override(language.code):
            for key in own_and_asked():
                for name in names(key):
                    meant.setdefault(_plain(name), {}).setdefault(key, set()).add(language.code)
    return {
        name: (key, frozenset(languages))
        for name, keys in meant.items()
        if len(keys) == 1
        for key, languages in keys.items()
    }


def _full_names(key: str) -> Iterable[str]:
    return [label(key.replace(ANY, "1"), current().code)]


def _short_names(key: str) -> Iterable[str]:
    whole, ask = _asked(key.split(".")[0]), _asked(key)
    if ANY not in key or whole is None or ask is None:
        return []
    first = [str(whole.about.each).format(number=1)] if ask is whole.parts[0] else []
    return [str(ask.label), *first]
