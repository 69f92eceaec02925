"""The parts of an entry's story, and the texts and codes they are made of: each field declared once."""

from typing import Annotated, Any, Literal, TypeVar

from django.utils.translation import gettext_lazy as _
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
)
from pydantic import Field as Limits

from precedent.catalogue.about import About, Words
from precedent.kernel.text import one_line


def line(shortest: int, longest: int) -> Any:
    """A text of one line; the limits count what is left once needless blanks are gone."""
    return (
        StringConstraints(min_length=shortest, max_length=longest),
        BeforeValidator(lambda value: one_line(value) if isinstance(value, str) else value),
    )


Title = Annotated[str, *line(5, 200)]
Sentence = Annotated[str, *line(5, 600)]
Prose = Annotated[str, *line(40, 3000)]
Name = Annotated[str, *line(2, 300)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,59}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
Year = Annotated[int, Limits(ge=1850, le=2100)]


class Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(Stored):
    """A part of the story. `id` is stable: comments, translations and comparisons hold on to it."""

    id: str = ""


class OriginalTitle(Stored):
    language: Annotated[
        LanguageCode, About(_("Language of the name"), _("A code such as es or ar."), vocabulary="language")
    ]
    text: Annotated[
        Name,
        About(
            _("Name in the original language"),
            _("What those who run it call it, where that is not the title."),
            words=Words.TITLE,
        ),
    ]


ROLES = {
    "origin": _("Country of origin"),
    "destination": _("Country of destination"),
    "transit": _("Country of transit"),
    "partner": _("Partner"),
}
"""A country's side of the journey."""


class CountryInRole(Stored):
    code: Annotated[
        Code,
        About(
            _("Country"),
            _("By its name, or its two-letter code."),
            vocabulary="country",
            facet="country",
            words=Words.NAMES,
        ),
    ]
    role: Annotated[
        Literal["origin", "destination", "transit", "partner"],
        About(
            _("Role of the country"),
            _("Its side of the journey; a partner helps from outside."),
            vocabulary="role",
            facet="role",
        ),
    ]


class Party(Part):
    name: Annotated[Name, About(_("Name"), _("The full name, in the language of the text."), words=Words.NAMES)]
    actor_type: Annotated[
        Code, About(_("Actors"), _("What kind of organisation it is."), vocabulary="actor_type", facet="actor")
    ]


class Barrier(Part):
    """What stood in the way: a code and a sentence."""

    code: Annotated[
        Code,
        About(
            _("Barrier"), _("The term that fits best."), vocabulary="barrier", facet="barrier", words=Words.NAMES
        ),
    ]
    text: Annotated[
        Sentence,
        About(
            _("The barrier as it stood"),
            _("One sentence: who could not reach what, and why."),
            words=Words.STORY,
            example=_("Workers who came home did not know that a fund of their own would pay for retraining."),
        ),
    ]


class Measure(Part):
    """A step that was taken. `overcomes` holds the codes of the entry's own barriers."""

    text: Annotated[
        Sentence,
        About(
            _("The step taken"),
            _("One sentence: who did what."),
            words=Words.STORY,
            example=_(
                "The labour office put two advisers at the bus park on arrival days, with forms for the fund."
            ),
        ),
    ]
    instrument: Annotated[
        Code,
        About(
            _("Instrument"),
            _("By what means this step works."),
            vocabulary="instrument",
            facet="instrument",
            words=Words.NAMES,
        ),
    ]
    addressees: Annotated[
        tuple[Code, ...],
        About(
            _("Addressed to"),
            _("Which governments or partnerships could take this step."),
            vocabulary="measure_addressee",
            facet="addressee",
        ),
    ] = ()
    overcomes: Annotated[
        tuple[Code, ...],
        About(
            _("Against which barriers"),
            _("Barriers of this entry that the step was to overcome."),
            vocabulary="barrier",
            among=("barriers", "code"),
        ),
    ] = ()


class Result(Part):
    """What came of it. Failures are first-class: the outcome says so."""

    text: Annotated[
        Sentence,
        About(
            _("What came of it"),
            _("One sentence, with the figure and its year."),
            words=Words.STORY,
            example=_("1,200 people applied in 2023; women, who mostly arrive by air, were not reached."),
        ),
    ]
    outcome: Annotated[
        Code,
        About(_("Outcome"), _("Failures are as welcome as successes."), vocabulary="outcome", facet="outcome"),
    ]
    evidence: Annotated[
        Code,
        About(_("Strength of evidence"), _("How the result is known."), vocabulary="evidence", facet="evidence"),
    ]


class Lesson(Part):
    text: Annotated[
        Sentence,
        About(
            _("What others should know before copying it"),
            _("One sentence for each lesson."),
            words=Words.STORY,
            example=_("Advisers who speak the languages of the returning workers matter more than the place."),
        ),
    ]


class Reference(Part):
    """A source. The first one is the page from which the entry was told."""

    url: Annotated[WebAddress, About(_("Address of the source"), _("It begins with http:// or https://."))]
    title: Annotated[Name, About(_("Title of the source"), _("As it stands on the page."))]
    publisher: Annotated[Name, About(_("Published by"), _("Who answers for what it says."))]
    year: Annotated[Year | None, About(_("Year of the source"), _("Empty where the page states none."))] = None
    language: Annotated[
        LanguageCode,
        About(_("Language of the source"), _("The language in which it is written."), vocabulary="language"),
    ]


PART_LETTERS = {
    "implementers": "i",
    "partners": "p",
    "barriers": "b",
    "measures": "m",
    "results": "r",
    "lessons": "l",
    "references": "s",
}

P = TypeVar("P", bound=Part)


def numbered(parts: tuple[P, ...], letter: str) -> tuple[P, ...]:
    """Give an id to each part that has none: the letter and the next number not used in this document."""
    used = [int(part.id[1:]) for part in parts if part.id[1:].isdecimal()]
    following = max(used, default=0)
    all_named = []
    for part in parts:
        if not part.id:
            following += 1
            part = part.model_copy(update={"id": f"{letter}{following}"})
        all_named.append(part)
    return tuple(all_named)
