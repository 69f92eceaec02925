"""The page behind a mail's last line: change when mail comes, without signing in."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from precedent.notices.letters import STOP
from precedent.notices.records import Mail
from precedent.people import actions, queries
from precedent.people.actors import PRODUCT
from precedent.people.records import Person, Standing
from precedent.people.refusals import NoSuchPerson, StopLinkExpired, StopLinkForged
from precedent.web.page import show
from precedent.web.people.wording import MAIL_CHOICES

DAYS = 90
"""How long the link in a mail works."""


@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, signed: str) -> HttpResponse:
    """When somebody gets mail. Opening the link changes nothing: programs that read mail open links, too."""
    person = _person(signed)
    wish = request.POST.get("mail", "")
    if request.method == "POST" and wish in set(Mail):
        actions.set_mail(person.id, Mail(wish), by=PRODUCT)
        messages.success(request, _("Saved. Mail comes as you chose from now on."))
        return HttpResponseRedirect(request.path)
    return show(request, "people/stop_mail.html", {"mail": person.mail, "mail_choices": MAIL_CHOICES})


def _person(signed: str) -> Person:
    """For whom a link was signed. Raises StopLinkExpired, StopLinkForged."""
    try:
        found = queries.person(signing.loads(signed, salt=STOP, max_age=DAYS * 24 * 3600)["person"])
    except signing.SignatureExpired:
        raise StopLinkExpired(days=DAYS) from None
    except (signing.BadSignature, NoSuchPerson):
        raise StopLinkForged from None
    if found.standing is Standing.ERASED:
        raise StopLinkForged
    return found
