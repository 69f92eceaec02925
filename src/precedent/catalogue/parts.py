"""The parts of an entry's story, and the texts and codes they are made of: each field declared once."""

from typing import Annotated, Any, Literal

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
    language: Annotated[LanguageCode, About(_("Language of the name"), _("A code such as es or ar."))]
    text: Annotated[
        Name,
        About(
            _("Name in the original language"),
            _("What those who run it call it, where that is not the title."),
            words=Words.TITLE,
        ),
    ]


class CountryInRole(Stored):
    code: Annotated[
        Code,
        About(_("Country"), _("Its two-letter code."), vocabulary="country", facet="country", words=Words.NAMES),
    ]
    role: Annotated[
        Literal["origin", "destination", "transit", "partner"],
        About(_("Role of the country"), _("Its side of the journey; a partner helps from outside."), facet="role"),
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
            _("The barrier as it stood"), _("One sentence: who could not reach what, and why."), words=Words.STORY
        ),
    ]


class Measure(Part):
    """A step that was taken. `overcomes` holds the codes of the entry's own barriers."""

    text: Annotated[Sentence, About(_("The step taken"), _("One sentence: who did what."), words=Words.STORY)]
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
        ),
    ] = ()


class Result(Part):
    """What came of it. Failures are first-class: the outcome says so."""

    text: Annotated[
        Sentence, About(_("What came of it"), _("One sentence, with the figure and its year."), words=Words.STORY)
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
            _("What others should know before copying it"), _("One sentence for each lesson."), words=Words.STORY
        ),
    ]


class Reference(Part):
    """A source. The first one is the page from which the entry was told."""

    url: Annotated[WebAddress, About(_("Address of the source"), _("It begins with http:// or https://."))]
    title: Annotated[Name, About(_("Title of the source"), _("As it stands on the page."))]
    publisher: Annotated[Name, About(_("Published by"), _("Who answers for what it says."))]
    year: Annotated[Year | None, About(_("Year of the source"), _("Empty where the page states none."))] = None
    language: Annotated[
        LanguageCode, About(_("Language of the source"), _("The language in which it is written."))
    ]
