"""A text as reviewers read it: each field as a section, whole or with what changed, and with its comments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from precedent.catalogue.about import Step
from precedent.forms import languages
from precedent.forms.asks import Ask, Kind, ask, asked_in, asks
from precedent.forms.difference import RUNNING, Change, compare
from precedent.forms.draft import Draft, place_label
from precedent.forms.saying import said_value, written_in
from precedent.forms.steps import PAGES
from precedent.web.review.threads import Thread, home


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one thing: in running text, or in phrases. A field of several things has several lines."""

    label: str | Promise
    phrases: tuple[str, ...]
    running: bool
    language: str


@dataclass(frozen=True, slots=True)
class Section:
    """A field or a part. `changes`: what changed in it, each named where it is one of several in a part.

    Where nothing changed, its `lines` say it whole.
    """

    place: str
    label: str
    step: Step | None
    language: str
    changes: tuple[tuple[str, Change], ...] = ()
    lines: tuple[Line, ...] = ()
    threads: tuple[Thread, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A step of the form, as far as something is said there; `unsaid` are the questions left open."""

    title: str | Promise
    sections: tuple[Section, ...]
    unsaid: tuple[str, ...]


def in_its_language(told: Draft) -> Draft:
    """The text with its language: the one that was chosen, else the one in which it seems to be written."""
    return told if told.get("language") else {**told, "language": languages.language_of(told).code}


def changed(before: Draft, after: Draft, threads: Sequence[Thread]) -> list[Section]:
    """The fields that changed, and those that did not but are talked about."""
    grouped: dict[str, list[Change]] = {}
    for change in compare(before, after):
        # What changed in one part is read together: a new source is one change, not five.
        grouped.setdefault(".".join(change.place.split(".")[:2]), []).append(change)
    sections = [_changed(place, changes, before, after) for place, changes in grouped.items()]
    places = [section.place for section in sections]
    left = dict.fromkeys(thread.place for thread in threads if home(thread.place, places) is None)
    sections += [section for place in left if (section := _whole(place, after))]
    return _with_threads(sections, threads)


def whole(told: Draft, threads: Sequence[Thread]) -> list[Chapter]:
    """Everything, step by step."""
    sections = _with_threads(list(_sections(told)), threads)
    return [
        Chapter(
            page.title,
            tuple(section for section in sections if section.step is page.step),
            tuple(str(ask.label) for ask in asked_in(page.step) if ask.name not in told),
        )
        for page in PAGES
    ]


def elsewhere(threads: Sequence[Thread], sections: Iterable[Section]) -> list[Thread]:
    """The threads that stand at no section: on the whole, or on what is not there any more."""
    shown = {thread.root.number for section in sections for thread in section.threads}
    return [thread for thread in threads if thread.root.number not in shown]


def about(thread: Thread, told: Draft) -> str:
    """What a thread is about, where it does not stand beside it."""
    if not thread.place:
        return _("On the whole")
    if _value(thread.place, told)[1] is None and "." in thread.place:
        found = ask(thread.place.partition(".")[0])
        return _("{field}: a part that is not there any more").format(field=found.label if found else thread.place)
    return place_label(thread.place, told)


def _with_threads(sections: list[Section], threads: Sequence[Thread]) -> list[Section]:
    places = [section.place for section in sections]
    at = [(home(thread.place, places), thread) for thread in threads]
    return [
        replace(section, threads=tuple(thread for place, thread in at if place == section.place))
        for section in sections
    ]


def _changed(place: str, changes: list[Change], before: Draft, after: Draft) -> Section:
    there = after if _value(place, after)[1] is not None else before
    alone = changes[0] if len(changes) == 1 else None
    return Section(
        alone.place if alone else place,
        alone.label if alone else place_label(place, there),
        _step(place),
        written_in(place, there),
        tuple(("" if alone else _inner_label(change.place), change) for change in changes),
    )


def _inner_label(place: str) -> str:
    found = ask(place)
    return str(found.label) if found else place


def _step(place: str) -> Step | None:
    found = ask(place.partition(".")[0])
    return found.about.step if found else None


def _sections(told: Draft) -> Iterator[Section]:
    """Every field that says something; where parts have ids, every part."""
    for asked in asks():
        value = told.get(asked.name)
        parts = value if isinstance(value, list) and asked.identified else []
        ids = [part.get("id") for part in parts if isinstance(part, dict)]
        places = [f"{asked.name}.{id}" for id in ids] if asked.identified and parts else [asked.name]
        yield from (section for place in places if (section := _whole(place, told)))


def _whole(place: str, told: Draft) -> Section | None:
    """A place, said whole; None where nothing is said there."""
    asked, value = _value(place, told)
    if asked is None or value is None:
        return None
    lines = tuple(_lines(asked, value, place, told))
    return Section(place, place_label(place, told), _step(place), written_in(place, told), lines=lines)


def _value(place: str, told: Draft) -> tuple[Ask | None, Any]:
    """What is asked at a place, and what is said there: `barriers.b2` is a part, `barriers.b2.text` its text."""
    first, *rest = place.split(".")
    asked, value = ask(place), told.get(first)
    if rest and isinstance(value, list):
        value = next((part for part in value if isinstance(part, dict) and part.get("id") == rest[0]), None)
        rest = rest[1:]
    for step in rest:
        value = value.get(step) if isinstance(value, dict) else None
    return asked, value


def _lines(asked: Ask, value: Any, place: str, told: Draft) -> Iterator[Line]:
    language = written_in(place, told)
    if asked.parts and isinstance(value, dict):
        for inner in asked.parts:
            if phrases := said_value(inner, value.get(inner.name)):
                yield Line(inner.label, tuple(phrases), inner.kind in RUNNING, language)
    elif asked.kind is Kind.PARTS and asked.identified and isinstance(value, list):
        for part in value:
            yield from _lines(asked, part, place, told)
    else:
        yield Line("", tuple(said_value(asked, value)), asked.kind in RUNNING, language)
