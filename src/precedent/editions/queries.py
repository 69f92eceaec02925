"""Reading what an edition does: the framework, every entry's answers, the decisions and the calls, together."""

from precedent.calls import queries as calls
from precedent.catalogue import queries as catalogue
from precedent.editions import effects as working_out
from precedent.editions.effects import Step
from precedent.editions.records import Effects, TakingBack
from precedent.framework import queries as framework
from precedent.framework.records import Edition
from precedent.framework.refusals import NoDraft, NothingToTakeBack


def lineages() -> list[tuple[Edition, ...]]:
    """Every text under which entries stand or stood, oldest first: as it is, and as it will be with the draft."""
    draft, lineage = framework.draft(), framework.lineage()
    return [lineage, Step.to(draft.edition, lineage).with_it] if draft else [lineage]


def effects() -> Effects:
    """What publishing the draft would do. Four database queries. Raises NoDraft."""
    draft = framework.draft()
    if draft is None:
        raise NoDraft
    return _of(draft.edition)


def effects_in_force() -> Effects:
    """What the edition in force did, and what is decided and still open of it. Three database queries.

    The first did nothing; but entries may be left without a question where a second was taken back.
    """
    edition = framework.current_edition()
    if len(framework.editions()) > 1:
        return _of(edition)
    entries, decided = catalogue.answering(), catalogue.decided()
    asked = working_out.left_open(framework.lineage(), edition.number, entries, decided)
    return Effects(number=edition.number, asked=tuple(asked))


def taking_back() -> TakingBack:
    """What taking back the edition in force would do. Two database queries. Raises NothingToTakeBack."""
    entries, decided = catalogue.answering(), catalogue.decided()
    return working_out.taking_back(_follower(), framework.lineage(), entries, decided)


def _follower() -> Edition:
    """The edition in force, if one was before it."""
    found = framework.current_edition()
    if len(framework.editions()) == 1:
        raise NothingToTakeBack(number=found.number)
    return found


def _of(edition: Edition) -> Effects:
    step = Step.to(edition, framework.lineage())
    return working_out.effects(step, catalogue.answering(), catalogue.decided(), calls.calls())
