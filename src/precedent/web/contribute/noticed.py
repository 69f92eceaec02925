"""What the product notices in a text: its language, what it speaks for, entries that tell the same."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from precedent.catalogue.about import Step
from precedent.forms import draft as drafts
from precedent.forms import duplicates, languages
from precedent.forms.asks import Ask, Kind, asked_in, asks
from precedent.forms.draft import Draft
from precedent.forms.duplicates import Alike
from precedent.forms.suggesting import SUGGESTED, Suggestion, suggest
from precedent.kernel.languages import language_name
from precedent.submissions.records import Submission
from precedent.web.contribute.given import TAKEN
from precedent.web.contribute.shown import Suggested


def language_asked() -> Ask | None:
    """The question for the language of the text."""
    return next((ask for ask in asks() if ask.kind is Kind.LANGUAGE), None)


def with_language(told: Draft, saved: Draft) -> tuple[Draft, str]:
    """What was typed, with its language where nobody has chosen one and it is certain; and that language."""
    asked = language_asked()
    whole = drafts.tidy({**saved, **told})
    if asked is None or whole.get(asked.name):
        return told, ""
    guess = languages.language_of(whole)
    return ({**told, asked.name: guess.code}, guess.code) if guess.sure else (told, "")


def notes(told: Draft, step: Step) -> dict[str, str]:
    """What is to be said at a question: that the text seems to be written in another language than was chosen."""
    asked = language_asked()
    if asked is None or asked.about.step is not step:
        return {}
    guess = languages.language_of(told)
    if not guess.sure or told.get(asked.name) == guess.code:
        return {}
    return {asked.name: seems(guess.code)}


def seems(code: str) -> str:
    return _("This seems to be written in {language}.").format(language=language_name(code))


def suggested(submission: Submission, told: Draft, step: Step) -> Mapping[str, Sequence[Suggested]]:
    """What the text speaks for, by the questions of a step that have suggestions."""
    asked = {ask.name: ask for ask in asked_in(step) if ask.name in SUGGESTED}
    if not asked:
        return {}
    found = suggest(told, submission.entry or "")
    return {name: [_suggested(ask, one) for one in found[name]] for name, ask in asked.items()}


def _suggested(ask: Ask, found: Suggestion) -> Suggested:
    inner = SUGGESTED[ask.name].partition(".")[2]
    name = f"{TAKEN}.{ask.name}.{inner}" if inner else ask.name
    return Suggested(name, found.code, found.label, found.because)


EARLY = (Step.ABOUT, Step.PLACE)
"""The steps on which somebody is asked whether the catalogue tells it already, before more is typed in vain."""


def alike(submission: Submission, told: Draft, step: Step) -> list[Alike]:
    """Entries that may tell the same; not the one that this is a change to."""
    return duplicates.alike(told, leaving_out=submission.entry or "") if step in EARLY else []
