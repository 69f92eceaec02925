from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Invalid, Unavailable


class IndexAway(Unavailable):
    code = "index-away"
    message = _("Search is coming back.")
    hint = _("Its index is being built anew from the catalogue, which is whole. Try again in a few seconds.")


class RequestNotUnderstood(Invalid):
    code = "request-not-understood"
    message = _("The request has {count} parameters that are not understood: {first}")
    hint = _("Leave them out or correct them; openapi.json lists every parameter.")
