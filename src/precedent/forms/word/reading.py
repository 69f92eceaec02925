"""Reading a form that was sent in: a draft to go on with, and each thing in it that could not be understood.

What is wrong with the draft itself, `draft.judge` says; here is only what gets lost between paper and draft.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _

from precedent.audit.remembering import one_revision, remembered
from precedent.forms.refusals import FileUnsafe, NotOurForm
from precedent.forms.word import layout
from precedent.forms.word.gathering import Gathered, gathered
from precedent.forms.word.package_safety import WordFile, opened
from precedent.forms.word.scanning import scanned
from precedent.forms.word.sheet import Made, Origin, Sheet, SheetFinding, made_of, origin_of
from precedent.forms.word.understanding import place_on_paper, understood
from precedent.forms.word.writing import made_today, write
from precedent.framework import queries as framework
from precedent.kernel.languages import BY_CODE, current
from precedent.kernel.text import one_line

LONGEST_QUOTE = 300
MOST_BESIDE = 20
"""Texts beside the answers that are told of, one by one."""
CHANGING = re.compile(r"#\S+( \S+)?|\bPPD-\d+|\d+|\s+")
"""In what two forms of the same texts differ: codes, numbers, blanks."""


def read(data: bytes) -> Sheet:
    """A form as it was sent in. Raises a refusal where it is none, or cannot be opened."""
    with one_revision():
        file = opened(data)
        found = _gathered(file)
        if not found.seen:
            raise NotOurForm
        facts = {**found.facts, **_properties(file)}
        made = _made(facts)
        told, findings = understood(found, made)
        findings = [*_about_the_form(made), *findings, *_missing(found, made), *_beside(found, made)]
        asked = frozenset(slot.group for slot in layout.slots(made.short).values())
        return Sheet(told, findings, origin_of(facts), made, asked)


def _gathered(file: WordFile) -> Gathered:
    try:
        return gathered(scanned(file.document))
    except RecursionError as error:
        raise FileUnsafe(reason=_("it is nested deeper than a text needs")) from error


def _made(facts: dict[str, str]) -> Made:
    """How the form was made; in the reader's language where it names none of ours."""
    known = facts if facts.get("language") in BY_CODE else {**facts, "language": current().code}
    return made_of(known, current().code)


def _properties(file: WordFile) -> dict[str, str]:
    """The facts in the file's custom properties. LibreOffice keeps them, other programs may not."""
    found: dict[str, str] = {}
    for node in file.properties if file.properties is not None else ():
        name, text = node.get("name", ""), "".join(node.itertext())
        if name.startswith("precedent-") and text:
            found[name.removeprefix("precedent-")] = text
    return found


def _about_the_form(made: Made) -> Iterator[SheetFinding]:
    """Codes are for ever, so a form of an older edition is read; the new questions are worth a look."""
    now = framework.current_edition().number
    if made.edition is not None and made.edition != now:
        message = _("The form was made for edition {edition} of the framework; edition {now} is in force.")
        hint = _("Look at the guiding questions and the headings of the Annex once more.")
        told = message.format(edition=made.edition, now=now)
        yield SheetFinding("form", "form-of-another-edition", told, hint, note=True)


def _missing(found: Gathered, made: Made) -> Iterator[SheetFinding]:
    """Questions that are not in the file: each field once."""
    slots = layout.slots(made.short)
    groups = {slot.group: slot for path, slot in reversed(slots.items()) if path not in found.seen}
    for slot in slots.values():
        if groups.pop(slot.group, None):
            message = _("The question is not in the file, so it counts as not answered")
            hint = _("If that is not meant, answer it in the browser.")
            where = place_on_paper(slot, made.short)
            yield SheetFinding(slot.group, "question-missing", message, hint, where)


def _beside(found: Gathered, made: Made) -> Iterator[SheetFinding]:
    """What somebody wrote outside the answers. In a form of other texts it cannot be told from those."""
    if made.form != made_today(made.language, made.short).form:
        return
    own = _own_texts(made.language, made.short)
    strange = [text for line in found.beside if (text := one_line(line)) and _unchanging(text) not in own]
    for text in strange[:MOST_BESIDE]:
        quoted = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
        message = _("“{text}” stands beside the answers, so it was not taken over").format(text=quoted)
        yield SheetFinding("form", "text-beside", message, _("Copy it to where it belongs."))


@remembered
def _own_texts(language: str, short: bool) -> frozenset[str]:
    """Every text of the form itself: that of a new one, and that of a change to an entry."""
    forms = (write({}, language, origin, short) for origin in (Origin(), Origin("PPD-000001", 1)))
    lines = (line for form in forms for line in gathered(scanned(opened(form).document)).beside)
    return frozenset(map(_unchanging, lines))


@lru_cache(maxsize=5_000)
def _unchanging(text: str) -> str:
    return CHANGING.sub("", text)
