"""How accounts behave: the library's adapter. An account is how one signs in; who one is, is a person's matter.

Accounts come by invitation alone, so the library's signing-up is closed.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from precedent.kernel.languages import current
from precedent.people import queries, signed_in
from precedent.people.account_words import AWAITED, DONE, ERRORS, FOOT, LETTERS, Letter
from precedent.people.permissions import Permission
from precedent.people.records import Standing
from precedent.people.refusals import MailIsAway

log = logging.getLogger(__name__)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Who may sign in, where they arrive, and what they are told."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages answer as pages, whatever a client says that it accepts."""
        return False

    # ---------- signing in ----------

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Whoever is shut out does not come in, with the right password neither."""
        person = queries.person_of_account(user.pk)
        if user.is_active and person and person.standing is Standing.ACTIVE:
            return None
        clear_login(request)
        response: HttpResponse = self.respond_user_inactive(request, user)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and keep the token of the forms that are open in other tabs.

        Django changes it here, and a text that was kept while somebody signed in could not be sent again. The form
        that signed in has just proved that the token is this browser's.
        """
        secret = request.META.get("CSRF_COOKIE")
        super().login(request, user)
        if secret:
            request.META["CSRF_COOKIE"] = secret

    def post_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse:
        """Come in, and forget the sessions that have expired meanwhile; nobody else clears them away."""
        request.session.clear_expired()
        response: HttpResponse = super().post_login(request, user, **login)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Reviewers arrive at what waits for them, others at their examples."""
        return reverse("review" if signed_in.actor_of(request).may(Permission.REVIEW) else "my-examples")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account" if self.request.user.is_authenticated else "account_login")

    # ---------- telling ----------

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: Mapping[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say on the next page what was done."""
        text = DONE.get(message_template or "")
        said = str(text).format(**(message_context or {})) if text else message
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Send a mail in its reader's language. Raises MailIsAway, where somebody waits for it."""
        with translation.override(_language(email)):
            letter = LETTERS[template_prefix]
            mail = EmailMessage(str(letter.subject), _body(letter, {**context, "email": email}), to=[email])
        try:
            mail.send()
        except OSError as error:
            # The mail server's refusals are OSErrors, too.
            log.exception("A mail about an account could not be sent.")
            if template_prefix in AWAITED:
                raise MailIsAway from error


def _language(email: str) -> str:
    person = queries.person_of_address(email.lower())
    return person.language if person else current().code


def _body(letter: Letter, facts: Mapping[str, Any]) -> str:
    """The mail's text: what happened, the link, why it came."""
    when = facts.get("timestamp")
    said = {**facts, "when": f"{when:%Y-%m-%d %H:%M} UTC" if isinstance(when, datetime) else ""}
    address = reverse(letter.page, kwargs={name: facts[fact] for name, fact in letter.args.items()})
    told = "\n\n".join(str(text).format(**said) for text in letter.said)
    foot = str(FOOT).format(reason=letter.why)
    return f"{told}\n{settings.SITE}{address}\n\n-- \n{foot}\n"
