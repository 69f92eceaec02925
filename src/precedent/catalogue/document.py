"""The entry as a document: one frozen, typed text, told as context → barriers → measures → results → lessons.

A field is declared here once; see `about` for what each declaration says. The keys are those of the bulk file.
"""

from functools import cache
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field as Limits
from pydantic import (
    field_validator,
    model_validator,
)

from precedent.catalogue.about import About, Field, Section, Step, Words, declared
from precedent.catalogue.parts import (
    PART_LETTERS,
    Barrier,
    Code,
    CountryInRole,
    LanguageCode,
    Lesson,
    Measure,
    OriginalTitle,
    Part,
    Party,
    Prose,
    Reference,
    Result,
    Stored,
    Title,
    Year,
    line,
    numbered,
)
from precedent.kernel.text import canonical

SCHEMA: Literal[1] = 1
"""The number of the document's shape. It grows by one with each change that old documents do not fit."""


class EntryDocument(Stored):
    """A policy or practice, whole."""

    schema_number: Literal[1] = SCHEMA
    title: Annotated[
        Title,
        About(
            _("Title"),
            _("What it is, not a slogan."),
            words=Words.TITLE,
            shown=Section.HEAD,
            step=Step.ABOUT,
            to_send=True,
            example=_("Help desk for returning workers at the city bus park"),
        ),
    ]
    title_original: Annotated[
        OriginalTitle | None,
        About(_("Another name"), _("Where those who run it call it otherwise."), step=Step.ABOUT),
    ] = None
    summary: Annotated[
        Prose,
        About(
            _("Summary"),
            _("Who does what, for whom, since when, how: 60 to 160 words."),
            words=Words.SUMMARY,
            shown=Section.SUMMARY,
            step=Step.ABOUT,
            to_send=True,
        ),
    ]
    entry_kind: Annotated[
        Code,
        About(
            _("Kind of example"),
            _("What it mainly is; a law with a programme under it is a law."),
            vocabulary="entry_kind",
            facet="kind",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.ABOUT,
        ),
    ]
    status: Annotated[
        Code,
        About(
            _("Status"),
            _("How it stood when the sources were last read."),
            vocabulary="status",
            shown=Section.FACTS,
            step=Step.ABOUT,
        ),
    ]
    level: Annotated[
        Code,
        About(
            _("Level"),
            _("Who carries it out?"),
            vocabulary="level",
            facet="level",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.ABOUT,
        ),
    ]
    gender_focus: Annotated[
        Code,
        About(
            _("Gender"),
            _("Only what the sources state."),
            vocabulary="gender_focus",
            facet="gender",
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ]
    year_start: Annotated[
        Year | None,
        About(_("First year"), _("Empty where it is not known."), shown=Section.FACTS, step=Step.ABOUT),
    ] = None
    year_end: Annotated[
        Year | None, About(_("Last year"), _("Empty while it goes on."), shown=Section.FACTS, step=Step.ABOUT)
    ] = None
    countries: Annotated[
        tuple[CountryInRole, ...],
        About(
            _("Countries"),
            _("Where it takes place, on which side of the journey."),
            shown=Section.FACTS,
            step=Step.PLACE,
            to_send=True,
            each=_("Country {number}"),
        ),
    ] = ()
    corridors: Annotated[
        tuple[tuple[Code, Code], ...],
        About(
            _("Corridors"),
            _("From which country to which."),
            vocabulary="country",
            shown=Section.FACTS,
            step=Step.PLACE,
            each=_("Corridor {number}"),
        ),
    ] = ()
    region_note: Annotated[
        Annotated[str, *line(2, 600)] | None,
        About(
            _("Region"),
            _("Where a region is meant, not countries."),
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ] = None
    implementers: Annotated[
        tuple[Party, ...],
        About(
            _("Who carries it out"),
            _("Those who answer for it, by their full names."),
            shown=Section.FACTS,
            step=Step.ABOUT,
            each=_("Organisation {number}"),
        ),
        Limits(max_length=20),
    ] = ()
    partners: Annotated[
        tuple[Party, ...],
        About(
            _("Partners"),
            _("Those who pay for it or help."),
            shown=Section.FACTS,
            step=Step.ABOUT,
            each=_("Partner {number}"),
        ),
        Limits(max_length=20),
    ] = ()
    answers: Annotated[
        tuple[Code, ...],
        About(
            _("Guiding questions"),
            _("Those it speaks to, best first."),
            vocabulary="question",
            facet="question",
            shown=Section.PLACE,
            step=Step.BELONGS,
        ),
        Limits(min_length=1, max_length=5),
    ]
    annex_headings: Annotated[
        tuple[Code, ...],
        About(
            _("Headings of the Annex"),
            _("Those it belongs under, at most three."),
            vocabulary="heading",
            shown=Section.FACTS,
            step=Step.BELONGS,
        ),
        Limits(max_length=3),
    ] = ()
    perspectives: Annotated[
        tuple[Code, ...],
        About(
            _("Perspective"),
            _("Whose view it takes, as the sources tell it."),
            vocabulary="perspective",
            facet="perspective",
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
        Limits(min_length=1),
    ]
    groups: Annotated[
        tuple[Code, ...],
        About(
            _("Groups of people"),
            _("Those it reaches; the narrowest terms that fit."),
            vocabulary="group",
            facet="group",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ] = ()
    empowers: Annotated[
        tuple[Code, ...],
        About(
            _("Whom it empowers"),
            _("Migrants, their households, their communities, or several."),
            vocabulary="empowers",
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ] = ()
    legal_statuses: Annotated[
        tuple[Code, ...],
        About(
            _("Legal status"),
            _("Of the people it reaches. Regular and irregular are kept apart."),
            vocabulary="legal_status",
            facet="status",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ] = ()
    skill_levels: Annotated[
        tuple[Code, ...],
        About(
            _("Skill level"),
            _("Only where the measure depends on it."),
            vocabulary="skill_level",
            facet="skill",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ] = ()
    stages: Annotated[
        tuple[Code, ...],
        About(
            _("Stages of the journey"),
            _("When in the journey it helps."),
            vocabulary="stage",
            facet="stage",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.PLACE,
        ),
    ] = ()
    topics: Annotated[
        tuple[Code, ...],
        About(
            _("Topics"),
            _("What it is about; the narrowest terms that fit."),
            vocabulary="topic",
            facet="topic",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.BELONGS,
        ),
    ] = ()
    instruments: Annotated[
        tuple[Code, ...],
        About(
            _("Instruments"),
            _("By what means it works."),
            vocabulary="instrument",
            facet="instrument",
            words=Words.NAMES,
            shown=Section.FACTS,
            step=Step.BELONGS,
        ),
    ] = ()
    language: Annotated[
        LanguageCode,
        About(
            _("Language of the text"),
            _("The language in which this entry is written."),
            vocabulary="language",
            facet="language",
            shown=Section.FACTS,
            step=Step.ABOUT,
        ),
    ] = "en"
    barriers: Annotated[
        tuple[Barrier, ...],
        About(
            _("What stood in the way"),
            _("Each barrier as it stood before, with its code and one sentence."),
            shown=Section.CHAIN,
            step=Step.CHAIN,
            each=_("Barrier {number}"),
        ),
        Limits(min_length=1),
    ]
    measures: Annotated[
        tuple[Measure, ...],
        About(
            _("What was done about it"),
            _("Each step that was taken, and the barriers it was taken against."),
            shown=Section.CHAIN,
            step=Step.CHAIN,
            each=_("Measure {number}"),
        ),
        Limits(min_length=1),
    ]
    results: Annotated[
        tuple[Result, ...],
        About(
            _("What came of it"),
            _("Each result with its figure and year; empty where the sources state none."),
            shown=Section.CHAIN,
            step=Step.RESULTS,
            each=_("Result {number}"),
        ),
    ] = ()
    lessons: Annotated[
        tuple[Lesson, ...],
        About(
            _("Lessons"),
            _("What did not work, and for whom, belongs here, too."),
            shown=Section.LESSONS,
            step=Step.LESSONS,
            each=_("Lesson {number}"),
        ),
    ] = ()
    references: Annotated[
        tuple[Reference, ...],
        About(
            _("Sources"),
            _("Public pages or documents; first the one from which the entry was told."),
            shown=Section.SOURCES,
            step=Step.SOURCES,
            to_send=True,
            each=_("Source {number}"),
        ),
        Limits(min_length=1),
    ]

    @field_validator("lessons", mode="before")
    @classmethod
    def _a_lesson_may_be_a_sentence(cls, value: object) -> object:
        """The bulk file tells lessons as plain sentences."""
        if not isinstance(value, list | tuple):
            return value
        return [{"text": lesson} if isinstance(lesson, str) else lesson for lesson in value]

    @field_validator(*PART_LETTERS)
    @classmethod
    def _every_part_has_an_id(cls, parts: tuple[Part, ...], info: Any) -> tuple[Part, ...]:
        return numbered(parts, PART_LETTERS[info.field_name])

    @model_validator(mode="after")
    def _part_ids_are_used_once(self) -> "EntryDocument":
        ids = [part.id for name in PART_LETTERS for part in getattr(self, name)]
        if len(ids) != len(set(ids)):
            raise ValueError("two parts of the entry have the same id")
        return self

    def canonical(self) -> str:
        """The document as it is stored and fingerprinted: canonical JSON."""
        return canonical(self.model_dump(mode="json"))

    def as_record(self) -> dict[str, Any]:
        """The document with the keys and shapes of the bulk file: lessons are plain sentences there."""
        told = self.model_dump(mode="json")
        return {**told, "lessons": [lesson.text for lesson in self.lessons]}


@cache
def fields() -> tuple[Field, ...]:
    """Every declared field of the entry, those of its parts included, in the document's order."""
    return tuple(declared(EntryDocument))
