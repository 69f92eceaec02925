"""Reading marks, and what they hand over. All of it is kept in memory until readers would see something else."""

from dataclasses import replace

from precedent.audit.remembering import remembered
from precedent.catalogue import placing
from precedent.catalogue import queries as catalogue
from precedent.catalogue.records import Entry, number_of
from precedent.framework import queries as framework
from precedent.framework.lineage import UNDECIDED, every_part, placed
from precedent.framework.records import Roundtable
from precedent.roundtables.models import MarkRow
from precedent.roundtables.records import Belonging, Handed, Kind, Mark
from precedent.roundtables.refusals import NoSuchRoundtable, NotMarked


def roundtables() -> dict[str, Roundtable]:
    """The related roundtables that the edition in force names, by their codes."""
    return {roundtable.code: roundtable for roundtable in framework.current_edition().related_roundtables}


def roundtable(code: str) -> Roundtable:
    """One of them. Raises NoSuchRoundtable."""
    found = roundtables().get(code)
    if found is None:
        raise NoSuchRoundtable(code=code[:20])
    return found


@remembered
def marks() -> tuple[Mark, ...]:
    """Every mark: questions first, each kind by its code, as far as readers see them. One database query."""
    return standing_marks()


def standing_marks() -> tuple[Mark, ...]:
    """The same as they stand now. One database query."""
    told = [row.record() for row in MarkRow.objects.order_by("-kind", "what", "roundtable")]
    lineage = framework.lineage()
    parts, now = every_part(lineage), framework.current_edition().number
    return tuple(
        replace(mark, questions=placed((mark.what,), lineage, now, parts).codes)
        if mark.kind is Kind.QUESTION
        else mark
        for mark in told
    )


def marks_for(code: str) -> list[Mark]:
    """The marks for a roundtable."""
    return [mark for mark in marks() if mark.roundtable == code]


def mark(code: str, kind: str, what: str) -> Mark:
    """The mark of something for a roundtable. Raises NotMarked."""
    found = next((mark for mark in marks_for(code) if (mark.kind, mark.what) == (kind, what)), None)
    if found is None:
        raise NotMarked(what=what[:20], roundtable=code[:20])
    return found


def marked_questions(code: str) -> tuple[str, ...]:
    """The questions of the edition in force that are marked for a roundtable, in the framework's order."""
    marked = {question for mark in marks_for(code) for question in mark.questions}
    return _in_order(marked)


def by_question() -> dict[str, list[Roundtable]]:
    """The roundtables for which each question of the edition in force is marked; unmarked ones are not in it."""
    found: dict[str, list[Roundtable]] = {}
    for code, roundtable in roundtables().items():
        for question in marked_questions(code):
            found.setdefault(question, []).append(roundtable)
    return found


def belongings(entry: Entry) -> list[Belonging]:
    """The roundtables to which a published entry also belongs. No database query, once marks are remembered."""
    answers = placing.answers(entry)
    told = (
        Belonging(
            roundtable,
            tuple(question for question in marked_questions(code) if question in answers),
            _marks_of_entries(code).get(entry.number, ()),
        )
        for code, roundtable in roundtables().items()
    )
    return [belonging for belonging in told if belonging.questions or belonging.marks]


@remembered
def handed_over(code: str) -> dict[int, Handed]:
    """What there is to hand over to a roundtable, by the entries' numbers, ordered by question.

    Those that are marked and those that answer a marked question, each once and published. First those of the
    first marked question, and so on; then those that answer none of them. At most four database queries.
    """
    questions = marked_questions(code)
    marks_of = _marks_of_entries(code)
    answered = _answers(questions)
    entries = catalogue.entries([*{*marks_of, *answered}]) if marks_of or answered else {}
    found = [
        Handed(entry, answered.get(number, ()), marks_of.get(number, ())) for number, entry in entries.items()
    ]
    order = {question: place for place, question in enumerate(framework.current_edition().questions)}

    def place(handed: Handed) -> tuple[bool, int, int]:
        first = (handed.questions or placing.answers(handed.entry) or ("",))[0]
        return not handed.questions, order.get(first, len(order)), handed.entry.number

    return {handed.entry.number: handed for handed in sorted(found, key=place)}


@remembered
def _marks_of_entries(code: str) -> dict[int, tuple[Mark, ...]]:
    """The marks of entries for a roundtable, by the number of the published one that stands for each.

    At most two database queries; none, where no entry is marked.
    """
    marked = [(number_of(mark.what), mark) for mark in marks_for(code) if mark.kind is Kind.ENTRY]
    stands = catalogue.standing_for(number for number, _mark in marked if number) if marked else {}
    found: dict[int, tuple[Mark, ...]] = {}
    for number, mark in marked:
        if number in stands:
            found[stands[number]] = (*found.get(stands[number], ()), mark)
    return found


def _answers(questions: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """The published entries that answer one of some questions, each with those that it answers, in their order."""
    if not questions:
        return {}
    lineage, now, decided = framework.lineage(), framework.current_edition().number, catalogue.placements()
    found = {}
    for told in catalogue.answering():
        if told.published:
            stands = placed(told.answers, lineage, now, decided.get(told.number, UNDECIDED), needs_one=True)
            found[told.number] = tuple(question for question in questions if question in stands.codes)
    return {number: codes for number, codes in found.items() if codes}


def _in_order(codes: set[str]) -> tuple[str, ...]:
    return tuple(code for code in framework.current_edition().questions if code in codes)
