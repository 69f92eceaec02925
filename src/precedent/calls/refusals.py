from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from precedent.calls.records import Finding
from precedent.kernel.refusals import Conflict, Invalid, NotFound


class NoSuchCall(NotFound):
    code = "call-unknown"
    message = _("There is no call {number}.")
    hint = _("The page of calls lists them all, closed ones too.")


class CallInvalid(Invalid):
    """`findings`: every field that is not as it has to be."""

    code = "call-invalid"
    message = _("The call cannot be kept like this: {first}")
    hint = _("Correct what is named. Nothing was changed.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(first=findings[0].message, place=findings[0].field)
        self.findings = tuple(findings)


class CallChanged(Conflict):
    code = "call-changed"
    message = _("Somebody else changed this call meanwhile; what you sent was not saved.")
    hint = _("Read how it stands now. What you typed is still here; send it again if it still fits.")


class CallIsClosed(Conflict):
    code = "call-closed"
    message = _("The call was closed already.")
    hint = _("Read what came of it. It can be opened again.")


class CallNotClosed(Conflict):
    code = "call-not-closed"
    message = _("The call is not closed.")
    hint = _("Change its last day if it should go on for longer.")
