"""What an editor may decide: what an edition really left open, among what it has."""

from collections.abc import Iterable, Sequence

from precedent.catalogue.queries import Answering
from precedent.catalogue.records import identifier
from precedent.editions.records import Decision
from precedent.framework.lineage import NONE_LEFT, Decisions, placed
from precedent.framework.records import Edition, EditionStatus
from precedent.framework.refusals import DecisionUnknown


class Judge:
    """Knows the texts of the framework, as they are and with the draft, and the entries that are decided on."""

    def __init__(self, lineages: Sequence[tuple[Edition, ...]], entries: Iterable[Answering]) -> None:
        self._lineages = [
            (texts, {text.number: text for text in texts if text.status is not EditionStatus.DRAFT})
            for texts in lineages
        ]
        self._in_force = self._lineages[-1][1]
        self._entries = {entry.number: entry for entry in entries}

    def must_hold(self, decision: Decision, made: Decisions) -> None:
        """`made`: what else is decided on the entry. Raises DecisionUnknown."""
        named = ", ".join(decision.into) or decision.code
        refused = DecisionUnknown(code=named, entry=identifier(decision.entry))
        if not self._may_choose(decision):
            raise refused
        entry = self._entries.get(decision.entry)
        if entry is None or not self._is_asked(decision, entry, made):
            raise refused

    def _may_choose(self, decision: Decision) -> bool:
        """An entry may speak to none of the parts of a split; without a question at all it may not stay."""
        edition = self._in_force.get(decision.edition)
        if edition is None or len(set(decision.into)) != len(decision.into):
            return False
        if decision.code == NONE_LEFT:
            return bool(decision.into) and set(decision.into) <= edition.questions.keys()
        parts = edition.successors.get(decision.code, ())
        return len(parts) > 1 and set(decision.into) <= set(parts)

    def _is_asked(self, decision: Decision, entry: Answering, made: Decisions) -> bool:
        """Would it be open without the decision?"""
        rest = {key: into for key, into in made.items() if key != decision.key}
        return any(
            decision.key in placed(codes, texts, max(in_force), rest, needs_one=needs_one).undecided
            for texts, in_force in self._lineages
            for codes, needs_one in ((entry.answers, True), (entry.headings, False))
        )
