"""The form's questions as a page shows them: what stands in each, what it offers, what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from precedent.catalogue.records import Finding
from precedent.forms.asks import Ask, Kind, Need
from precedent.forms.draft import Draft
from precedent.forms.saying import said_value
from precedent.submissions.merging import Clash
from precedent.web.contribute import beginnings, choices, findings
from precedent.web.contribute.beginnings import Beginning
from precedent.web.contribute.choices import Offered
from precedent.web.wording import lower_first


@dataclass(frozen=True, slots=True)
class Suggested:
    """A code that the text speaks for: what is posted where somebody ticks it, and why it is suggested."""

    name: str
    value: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of the form is made of, besides its questions.

    `blanks`: how each blank part to be shown begins, by the name of its group. `clashes`: what somebody else saved
    in the same field. `suggested` and `notes` (what was noticed) by the place of the question.
    """

    told: Draft
    wrong: Mapping[str, Finding] = field(default_factory=dict)
    blanks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    suggested: Mapping[str, Sequence[Suggested]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several parts. `own` is its id (empty: it has none yet), `remove` the value of its button."""

    title: str
    name: str
    id: str
    own: str
    remove: str
    begun: Beginning | None
    fields: tuple["Shown", ...]

    @property
    def brief(self) -> bool:
        """Is it no more than a few choices, which stand in a row?"""
        return all(asked.ask.kind in (Kind.ONE, Kind.PAIRS) for asked in self.fields)


@dataclass(frozen=True, slots=True)
class Shown:
    """A question. `name` is what is posted, `id` where findings lead; `theirs` what somebody else saved here.

    `inside`: it is part of another one. `again`: it was explained above, at the part before.
    """

    ask: Ask
    name: str
    id: str
    value: Any = ""
    error: str = ""
    offered: Offered | None = None
    parts: tuple[Part, ...] = ()
    fields: tuple["Shown", ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    theirs: tuple[str, ...] | None = None
    suggested: tuple[Suggested, ...] = ()
    note: str = ""
    inside: bool = False
    again: bool = False

    @property
    def need(self) -> str:
        """By when it is needed, in words."""
        return str(NEEDED[self.ask.need]()) if not self.inside else ""

    @property
    def hint(self) -> str:
        """What to put there: the help, how many, a model answer, and what was noticed. It is said once a page."""
        if self.again:
            return self.note
        said = [str(self.ask.about.help)]
        if self.ask.kind is Kind.SEVERAL:
            most = _("At most {count}.").format(count=self.ask.most) if self.ask.most else ""
            said.append(most or _("Choose all that apply."))
        if self.ask.about.example:
            said.append(_("Example: “{text}”").format(text=self.ask.about.example))
        return " ".join([*said, self.note] if self.note else said)

    @property
    def filled(self) -> bool:
        return bool(self.value) or bool(self.error) or any(inner.filled for inner in self.fields)


GROUPS = (Kind.PART, Kind.PARTS, Kind.PAIRS)
"""Questions made of questions: what is wrong with one of those stands there."""

NEEDED = {
    Need.SENDING: lambda: _("needed to send it"),
    Need.PUBLICATION: lambda: _("needed before publication"),
    Need.NONE: lambda: _("optional"),
}


def questions(asked: Iterable[Ask], page: Asked) -> list[Shown]:
    """The questions of a page, in their order."""
    return [_shown(ask, ask.name, ask.name, page.told.get(ask.name), page) for ask in asked]


def _shown(ask: Ask, name: str, id: str, value: Any, page: Asked) -> Shown:
    wrong = _error(id, page, below=ask.kind not in GROUPS)
    clash = page.clashes.get(id)
    theirs = tuple(said_value(ask, clash.theirs)) if clash else None
    suggested = tuple(page.suggested.get(id, ()))
    note = page.notes.get(id, "")
    plain = Shown(ask, name, id, error=wrong, theirs=theirs, suggested=suggested, note=note)
    return SHAPES.get(ask.kind, _text)(plain, value, page)


def _error(id: str, page: Asked, below: bool) -> str:
    """What is wrong here; with a list of choices, also what is wrong with one of them."""
    for place, finding in page.wrong.items():
        if place == id or (below and place.startswith(f"{id}.")):
            return findings.sentence(finding)
    return ""


def _text(plain: Shown, value: Any, page: Asked) -> Shown:
    return replace(plain, value="" if value is None else str(value))


def _choice(plain: Shown, value: Any, page: Asked) -> Shown:
    places = _count(plain.ask.about.among[0], page) if plain.ask.about.among else 0
    return replace(plain, value=value or "", offered=choices.offered(plain.ask, value, page.told, places))


def _count(group: str, page: Asked) -> int:
    stands = page.told.get(group)
    return (len(stands) if isinstance(stands, list) else 0) + len(page.blanks.get(group, ()))


def _part(plain: Shown, value: Any, page: Asked) -> Shown:
    stands = value if isinstance(value, dict) else {}
    return replace(plain, fields=_inside(plain.ask, plain.name, plain.id, stands, page))


def _inside(
    ask: Ask, name: str, id: str, stands: Mapping[str, Any], page: Asked, again: bool = False
) -> tuple[Shown, ...]:
    return tuple(
        replace(
            _shown(part, f"{name}.{part.name}", f"{id}.{part.name}", stands.get(part.name), page),
            inside=True,
            again=again,
        )
        for part in ask.parts
    )


def _parts(plain: Shown, value: Any, page: Asked) -> Shown:
    ask = plain.ask
    stand = [part if isinstance(part, dict) else {} for part in value] if isinstance(value, list) else []
    told = [_one_part(ask, number, part, None, page) for number, part in enumerate(stand)]
    blank = [beginnings.named(ask, code) for code in page.blanks.get(ask.name, ())]
    begun = [
        _one_part(ask, number, dict(way.preset), way, page) for number, way in enumerate(blank, start=len(stand))
    ]
    return replace(plain, value=stand, parts=(*told, *begun), more=_more(ask, len(stand) + len(blank)))


def _one_part(ask: Ask, number: int, stands: Mapping[str, Any], begun: Beginning | None, page: Asked) -> Part:
    own = str(stands.get("id", ""))
    place, name = f"{ask.name}.{own or number}", f"{ask.name}.{number}"
    fields = _inside(ask, name, place, stands, page, again=number > 0)
    remove = f"remove-{ask.name}-{own or number}"
    return Part(choices.part_name(ask.name, number), name, place, own, remove, begun, fields)


def _more(ask: Ask, count: int) -> tuple[tuple[str, str], ...]:
    """The buttons that add another one: the value of each, and its words."""
    if ask.most and count >= ask.most:
        return ()
    named = choices.part_name(ask.name, count)
    plain = _("Add {part}").format(part=lower_first(named))
    ways = beginnings.of(ask)
    return tuple((f"add-{ask.name}-{way.code}".rstrip("-"), str(way.button) or plain) for way in ways)


def _pairs(plain: Shown, value: Any, page: Asked) -> Shown:
    ask = plain.ask
    stand = [pair if isinstance(pair, list) else [] for pair in value] if isinstance(value, list) else []
    stand += [[] for _blank in page.blanks.get(ask.name, ())]
    parts = tuple(_pair(ask, number, pair, page) for number, pair in enumerate(stand))
    return replace(plain, value=stand, parts=parts, more=_more(ask, len(stand)))


def _pair(ask: Ask, number: int, pair: Sequence[Any], page: Asked) -> Part:
    name = f"{ask.name}.{number}"
    ends = [
        Shown(ask, f"{name}.{end}", f"{name}.{end}", offered=choices.offered(ask, code, page.told), inside=True)
        for end, code in enumerate([*pair, "", ""][:2])
    ]
    title, remove = choices.part_name(ask.name, number), f"remove-{ask.name}-{number}"
    return Part(title, name, name, "", remove, None, tuple(ends))


SHAPES = {
    Kind.ONE: _choice,
    Kind.LANGUAGE: _choice,
    Kind.SEVERAL: _choice,
    Kind.PAIRS: _pairs,
    Kind.PART: _part,
    Kind.PARTS: _parts,
}


def blanks(asked: Sequence[Ask], told: Draft, wished: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The blank parts that a page shows: those wished for; and where nothing is told, one to begin with."""
    found = {}
    for place, ask in enumerate(asked):
        if ask.kind not in (Kind.PARTS, Kind.PAIRS):
            continue
        if ask.name in wished:
            found[ask.name] = list(wished[ask.name])
        elif not told.get(ask.name) and (ask.need is not Need.NONE or place == 0):
            found[ask.name] = [way.code for way in beginnings.of(ask)]
    return found
