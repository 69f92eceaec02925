"""The steps of the form: one page each, in the order in which an example is easiest to tell."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.catalogue.about import Step


@dataclass(frozen=True, slots=True)
class Page:
    """A step as people meet it: its title, what to do there, and what makes a good answer."""

    step: Step
    title: str | Promise
    lead: str | Promise
    advice: str | Promise = ""


PAGES = (
    Page(
        Step.ABOUT,
        _("About the practice"),
        _("What it is, in a few words. A title, a summary, a place and a source are enough to begin."),
        _("Write for someone in another country who faces the same problem. Name who acts. Leave out praise."),
    ),
    Page(
        Step.PLACE,
        _("Where and for whom"),
        _("The countries, and the people it reaches. Choose only what you know."),
        _("Regular and irregular migrants are told apart, because what reaches one may not reach the other."),
    ),
    Page(
        Step.CHAIN,
        _("Barriers and measures"),
        _("What stood in the way, and what was done about it. Start with the barrier that mattered most."),
        _("One barrier and one measure are enough. Say of each measure which barrier it was taken against."),
    ),
    Page(
        Step.RESULTS,
        _("Results"),
        _("What came of it? And what did not work, and for whom?"),
        _("It did not work? That is worth recording, too. A figure carries its year."),
    ),
    Page(
        Step.LESSONS,
        _("Lessons"),
        _("What should others know before they copy it?"),
        _("What would you do otherwise? Whom did it leave out?"),
    ),
    Page(
        Step.SOURCES,
        _("Sources"),
        _("Public pages or documents that show it. One is enough to begin; files can be added here."),
        _("First the page or document from which you tell it. A source in any language is welcome."),
    ),
    Page(
        Step.BELONGS,
        _("Where it belongs"),
        _("Which guiding questions it answers, and under which topics people will find it."),
        _("Not sure? Leave it: the reviewers know the framework well."),
    ),
)


def page_of(step: Step) -> Page:
    return next(page for page in PAGES if page.step is step)
