from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Conflict, Invalid, NotFound


class NoSuchRoundtable(NotFound):
    code = "roundtable-unknown"
    message = _("The framework names no related roundtable {code}.")
    hint = _("The page of related roundtables lists those that it names.")


class QuestionNotAsked(Invalid):
    code = "mark-question-unknown"
    message = _("“{code}” is no guiding question of the edition in force.")
    hint = _("Choose one of the list.")


class EntryNotPublished(Invalid):
    code = "mark-entry-not-published"
    message = _("Entry {id} is not published.")
    hint = _("Mark an entry that readers see; of a merged one, the one that stays.")


class ReasonInvalid(Invalid):
    code = "mark-reason-invalid"
    message = _("Say why, in a sentence of at most {longest} characters.")
    hint = _("Everybody can read it beside the mark.")


class AlreadyMarked(Conflict):
    code = "mark-there-already"
    message = _("{what} is marked for Roundtable {roundtable} already.")
    hint = _("Read why on the roundtable's page. Nothing was changed.")


class NotMarked(Conflict):
    code = "mark-gone"
    message = _("{what} is not marked for Roundtable {roundtable}, or not any more.")
    hint = _("The roundtable's page shows what is marked for it now. Nothing was changed.")
