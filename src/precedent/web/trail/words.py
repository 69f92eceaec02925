"""The events of the trail in words: what happened, and what of it is worth saying in the same breath."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from precedent.audit.records import Event
from precedent.audit.verbs import Verb
from precedent.forms.asks import ask
from precedent.people.permissions import ROLE_NAMES
from precedent.submissions.moves import BY_NAME
from precedent.submissions.records import Way

PHRASES: dict[Verb, str | Promise] = {
    Verb.FRAMEWORK_LOADED: gettext_lazy("An edition of the framework was loaded"),
    Verb.EDITION_BEGUN: gettext_lazy("An edition of the framework was begun"),
    Verb.EDITION_REVISED: gettext_lazy("The draft of an edition was changed"),
    Verb.EDITION_DISCARDED: gettext_lazy("The draft of an edition was thrown away"),
    Verb.EDITION_DECIDED: gettext_lazy("It was decided what an entry answers in the draft of an edition"),
    Verb.EDITION_UNDECIDED: gettext_lazy("Decisions on the draft of an edition fell away with what they spoke of"),
    Verb.EDITION_PUBLISHED: gettext_lazy("An edition of the framework was published"),
    Verb.EDITION_TAKEN_BACK: gettext_lazy("An edition of the framework was taken back"),
    Verb.VOCABULARIES_LOADED: gettext_lazy("A vocabulary was loaded"),
    Verb.VOCABULARY_CHANGED: gettext_lazy("A vocabulary was changed"),
    Verb.COUNTRIES_LOADED: gettext_lazy("The countries were loaded"),
    Verb.STARTER_LOADED: gettext_lazy("The starter catalogue was loaded"),
    Verb.ENTRY_PUBLISHED: gettext_lazy("An entry was published"),
    Verb.ENTRY_REVISED: gettext_lazy("An entry was revised"),
    Verb.ENTRY_UNPUBLISHED: gettext_lazy("An entry was withdrawn"),
    Verb.ENTRY_CONFIRMED: gettext_lazy("An entry was confirmed by its owner"),
    Verb.ENTRY_VERIFIED: gettext_lazy("An entry was marked as verified, or as not yet verified"),
    Verb.ENTRY_MERGED: gettext_lazy("An entry was merged into another"),
    Verb.ENTRY_ATTRIBUTED: gettext_lazy("It was set who answers for an entry"),
    Verb.ENTRY_PLACED: gettext_lazy("It was decided which questions an entry answers"),
    Verb.ENTRY_REMINDED: gettext_lazy("An owner was asked whether an entry is still true"),
    Verb.NOTE_WRITTEN: gettext_lazy("An editors’ note was written"),
    Verb.SUBMISSION_STARTED: gettext_lazy("An example was begun"),
    Verb.SUBMISSION_SAVED: gettext_lazy("The text of an example was changed"),
    Verb.SUBMISSION_MOVED: gettext_lazy("An example took a step from draft to decision"),
    Verb.SUBMISSION_COMMENTED: gettext_lazy("A comment was made or settled"),
    Verb.SUBMISSION_CHECKED: gettext_lazy("The checklist was ticked"),
    Verb.SUBMISSION_FORGOTTEN: gettext_lazy("A draft that was never sent was deleted"),
    Verb.FILE_ADDED: gettext_lazy("A file was added"),
    Verb.FILE_REMOVED: gettext_lazy("A file was removed"),
    Verb.CALL_OPENED: gettext_lazy("A call for examples was opened"),
    Verb.CALL_CHANGED: gettext_lazy("A call for examples was changed"),
    Verb.CALL_CLOSED: gettext_lazy("A call for examples was closed"),
    Verb.CALL_REOPENED: gettext_lazy("A call for examples was opened again"),
    Verb.CALL_ANSWERED: gettext_lazy("An example was sent for a call"),
    Verb.ROUNDTABLE_MARKED: gettext_lazy("Something was marked for a related roundtable"),
    Verb.ROUNDTABLE_UNMARKED: gettext_lazy("A mark for a related roundtable was taken away"),
    Verb.PERSON_INVITED: gettext_lazy("Somebody was invited"),
    Verb.PERSON_ASKED: gettext_lazy("Somebody asked for an account"),
    Verb.PERSON_APPROVED: gettext_lazy("A request for an account was granted"),
    Verb.PERSON_REFUSED: gettext_lazy("A request for an account was refused"),
    Verb.PERSON_JOINED: gettext_lazy("Somebody opened their account"),
    Verb.PERSON_CHANGED: gettext_lazy("What is known of a person was changed"),
    Verb.PERSON_ROLE_GIVEN: gettext_lazy("A role was given"),
    Verb.PERSON_CLOSED: gettext_lazy("An account was closed"),
    Verb.PERSON_ERASED: gettext_lazy("A person’s data was erased"),
    Verb.TOKEN_MADE: gettext_lazy("A token was made"),
    Verb.TOKEN_REVOKED: gettext_lazy("A token was revoked"),
    Verb.ORGANISATION_ADDED: gettext_lazy("An organisation was added"),
}
"""What each verb says, in the trail and in its list of verbs to choose from."""

BY_CODE = {verb.code: phrase for verb, phrase in PHRASES.items()}


def said(event: Event) -> str:
    """What happened, in a phrase."""
    fuller = FULLER.get(event.verb)
    return (fuller(event.detail) if fuller else "") or str(BY_CODE.get(event.verb, event.verb))


def _moved(detail: dict[str, Any]) -> str:
    move = BY_NAME.get(str(detail.get("move")))
    return str(move.done) if move else ""


WAYS: dict[str, str | Promise] = {
    Way.EDIT.value: gettext_lazy("A reviewer changed the text: version {version}"),
    Way.WORD.value: gettext_lazy("The text came as a Word file: version {version}"),
    Way.ENTRY.value: gettext_lazy("The entry’s newer revision was taken in: version {version}"),
}
"""How a version came, where it was not through the form."""


def _saved(detail: dict[str, Any]) -> str:
    told = WAYS.get(str(detail.get("way")), _("The text was changed: version {version}"))
    return str(told).format(version=detail.get("version", ""))


def _commented(detail: dict[str, Any]) -> str:
    match detail.get("closed"):
        case True:
            return _("A comment was settled")
        case False:
            return _("A comment was opened again")
    asked = ask(str(detail.get("field", "")))
    if asked is None:
        return _("A comment was made on the whole")
    return _("A comment was made: {field}").format(field=asked.label)


def _revised(detail: dict[str, Any]) -> str:
    return _("Revision {number} was published").format(number=detail.get("revision", ""))


def _verified(detail: dict[str, Any]) -> str:
    return _("It was marked as verified") if detail.get("verified") else _("It was marked as not yet verified")


def _merged(detail: dict[str, Any]) -> str:
    return _("It was merged into {entry}").format(entry=detail.get("into", ""))


def _marked(detail: dict[str, Any]) -> str:
    return _("It was marked for Roundtable {code}").format(code=detail.get("roundtable", ""))


def _unmarked(detail: dict[str, Any]) -> str:
    return _("Its mark for Roundtable {code} was taken away").format(code=detail.get("roundtable", ""))


def _given(detail: dict[str, Any]) -> str:
    after = detail.get("after")
    role = after.get("role") if isinstance(after, dict) else None
    named = {known.value: name for known, name in ROLE_NAMES.items()}.get(str(role))
    return _("The role is now: {role}").format(role=named) if named else ""


FULLER: dict[str, Callable[[dict[str, Any]], str]] = {
    Verb.SUBMISSION_MOVED.code: _moved,
    Verb.SUBMISSION_SAVED.code: _saved,
    Verb.SUBMISSION_COMMENTED.code: _commented,
    Verb.ENTRY_REVISED.code: _revised,
    Verb.ENTRY_VERIFIED.code: _verified,
    Verb.ENTRY_MERGED.code: _merged,
    Verb.PERSON_ROLE_GIVEN.code: _given,
    Verb.ROUNDTABLE_MARKED.code: _marked,
    Verb.ROUNDTABLE_UNMARKED.code: _unmarked,
}
"""Verbs whose event says more than that it happened."""
