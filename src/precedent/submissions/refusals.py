from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound


class NoSuchSubmission(NotFound):
    """Also what somebody is told who may not see it: nobody learns what others have sent."""

    code = "submission-unknown"
    message = _("There is no example {id} that you may see.")
    hint = _("Your own examples are listed under “My examples”.")


class SubmissionChanged(Conflict):
    """`what`: what happened meanwhile, in words; `now`: the submission as it stands."""

    code = "submission-changed"
    message = _("Somebody was first: {what}.")
    hint = _("This is how it stands now. What you typed is still here; decide again.")


class FieldsChanged(Conflict):
    """`fields`: the places that two people changed; `now`: the submission as it stands, with the other's text."""

    code = "fields-changed"
    message = _("Somebody else saved this meanwhile: {named}.")
    hint = _("Here are both texts. Choose one, or combine them, and save again.")


class MoveNotOpen(Conflict):
    code = "move-not-open"
    message = _("“{move}” is not possible while it stands at “{state}”.")
    hint = _("Look at what has happened to it since you opened the page.")


class MoveUnknown(Invalid):
    code = "move-unknown"
    message = _("There is no move “{move}”.")
    hint = _("The answer for an example lists the moves that are open now.")


class MoveNotYours(NotAllowed):
    code = "move-not-yours"
    message = _("“{move}” is not yours to do here.")
    hint = _("Another reviewer may hold it, or it is your own example, which somebody else reviews.")


class ReasonMissing(Invalid):
    code = "reason-missing"
    message = _("“{move}” needs a reason.")
    hint = _("Say in one or two sentences why. The contributor reads it.")


class NotReadyToSend(Invalid):
    """`findings`: what a reviewer cannot do without."""

    code = "not-ready-to-send"
    message = _("Something is missing that a reviewer cannot do without: {named}.")
    hint = _("Fill it in and send it again. Everything else can come later.")


class NotReadyToPublish(Invalid):
    """`needs`: what stands against publication, in words."""

    code = "not-ready-to-publish"
    message = _("It cannot be published yet: {first}")
    hint = _("Complete what is listed, or ask the contributor for it.")


class TimePassed(Invalid):
    code = "time-passed"
    message = _("The time for publication has to lie ahead.")
    hint = _("Times are in UTC. Choose a later one, or publish now.")


class EntryMovedOn(Conflict):
    code = "entry-moved-on"
    message = _("Entry {id} was revised after this change was begun: from revision {base} to {now}.")
    hint = _("Take the newer revision in, look at both, and decide again.")


class ChangePending(Conflict):
    code = "change-pending"
    message = _("You have already begun a change to {entry}: {id}.")
    hint = _("Go on with that one.")


class TooManyFiles(Invalid):
    code = "too-many-files"
    message = _("An example carries at most {most} files.")
    hint = _("Remove one first, or give the address where it can be read.")


class DraftTooLarge(Invalid):
    code = "draft-too-large"
    message = _("This is more text than an example can hold: {size} of {most} characters.")
    hint = _("Shorten it; whole documents can be added as files.")


class CommentEmpty(Invalid):
    code = "comment-empty"
    message = _("The comment has no text.")
    hint = _("Write what you would like to know or see changed.")
