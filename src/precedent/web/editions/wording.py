"""How what happens to an edition is said, and where each of its places is changed."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from precedent.editions.records import CallOutcome, Outcome
from precedent.framework.lineage import Fate
from precedent.framework.records import Edition

FATES: dict[Fate, str | Promise] = {
    Fate.KEPT: _("Kept"),
    Fate.REWORDED: _("Reworded"),
    Fate.MERGED: _("Merged"),
    Fate.SPLIT: _("Split"),
    Fate.RETIRED: _("Retired"),
    Fate.NEW: _("New"),
}

PLACES: dict[str, str | Promise] = {
    "edition.label": _("Name of the edition"),
    "edition.number": _("Number of the edition"),
    "issue_areas": _("Issue areas"),
    "title": _("Title"),
    "aim": _("Aim"),
    "expected_outcome": _("What is expected of it"),
}
"""What places that are no codes are called."""

OUTCOMES: dict[Outcome, str | Promise] = {
    Outcome.KEPT: _("Go on: the question is kept as it is"),
    Outcome.REWORDED: _("Go on: the question is reworded"),
    Outcome.MERGED: _("Go on under the question it is merged into"),
    Outcome.CHOSEN: _("Go on as an editor decided"),
    Outcome.LEFT_OUT: _("Left out as an editor decided: none of the parts"),
    Outcome.DROPPED: _("End with the question: it is retired, and the entry has others"),
    Outcome.OPEN: _("Wait for an editor’s decision"),
}
"""What becomes of answers."""

CALLS: dict[CallOutcome, str | Promise] = {
    CallOutcome.KEPT: _("asks for the same question"),
    CallOutcome.MOVED: _("asks for the question that it is merged into"),
    CallOutcome.SPLIT: _("asks for all of the parts: look whether that is meant"),
    CallOutcome.NONE: _("would ask for no question any more: close it, or change it"),
}


def address(edition: Edition, place: str) -> str:
    """The page on which a place that `checking` names is changed."""
    code, _dot, _field = place.removeprefix("successors.").partition(".")
    if code in edition.areas:
        return reverse("edition-draft-area", args=[code])
    if code in edition.items or code in edition.successors:
        return reverse("edition-draft-item", args=[code])
    if place in ("edition.label", "title", "aim", "expected_outcome"):
        return reverse("edition-draft-frame")
    return reverse("edition-draft-file")
