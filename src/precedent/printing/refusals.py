from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Invalid


class NotPrintable(Invalid):
    code = "not-printable"
    message = _("This cannot be put on paper: {reason}.")
    hint = _("Tell whoever runs the service, with the address of the page you came from.")
