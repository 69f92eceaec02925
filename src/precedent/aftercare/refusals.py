from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Gone, NotAllowed


class LinkExpired(Gone):
    code = "confirmation-expired"
    message = _("This link was good for {days} days, and has expired.")
    hint = _("Sign in to confirm the entry, or wait for the next reminder. You can also propose a change to it.")


class LinkUnknown(Gone):
    code = "confirmation-unknown"
    message = _("This link does not confirm any entry.")
    hint = _("Open it whole, as it stands in the mail; mail programs sometimes cut long links.")


class NotTheOwner(NotAllowed):
    code = "not-the-owner"
    message = _("Entry {id} is not yours to confirm.")
    hint = _("Its owner, a focal point of one of its countries, or an editor can. Anybody may propose a change.")
