from django.utils.translation import gettext_lazy as _

from precedent.kernel.refusals import Invalid


class CommentTooLong(Invalid):
    code = "comment-too-long"
    message = _("A comment has at most {most} characters; this one has {size}.")
    hint = _("It is still in its field. Shorten it, or say it in two.")


class NothingChosen(Invalid):
    code = "decision-missing"
    message = _("No decision was chosen.")
    hint = _("Choose one, or save without deciding.")
