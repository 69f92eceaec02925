"""The library's pages under our addresses, by its names. Its signing-up is closed."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp.views import deactivate_totp
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from precedent.web.account import views

Page = Callable[..., Any]


def form(address: str, page: Page, name: str) -> URLPattern:
    """A page with a form."""
    return path(f"account/{address}", require_http_methods(["GET", "HEAD", "POST"])(page), name=name)


def told(address: str, page: Page, name: str) -> URLPattern:
    """A page to be read."""
    return path(f"account/{address}", require_safe(page), name=name)


NEW_PASSWORD = r"^account/password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$"  # noqa: S105 - an address

urlpatterns = [
    path("account", views.overview, name="account"),
    form("sign-in", account.login, "account_login"),
    form("sign-out", account.logout, "account_logout"),
    told("closed", account.account_inactive, "account_inactive"),
    told("sign-up", views.signing_up, "account_signup"),
    form("confirm", account.reauthenticate, "account_reauthenticate"),
    form("email", account.email, "account_email"),
    told("email/sent", account.email_verification_sent, "account_email_verification_sent"),
    form("email/confirm/<str:key>", account.confirm_email, "account_confirm_email"),
    form("password", account.password_change, "account_change_password"),
    form("password/set", account.password_set, "account_set_password"),
    form("password/forgotten", account.password_reset, "account_reset_password"),
    told("password/forgotten/sent", account.password_reset_done, "account_reset_password_done"),
    told("password/saved", account.password_reset_from_key_done, "account_reset_password_from_key_done"),
    re_path(
        NEW_PASSWORD,
        require_http_methods(["GET", "HEAD", "POST"])(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    told("second-factor", mfa.index, "mfa_index"),
    form("second-factor/code", mfa.authenticate, "mfa_authenticate"),
    form("second-factor/show", mfa.reauthenticate, "mfa_reauthenticate"),
    form("second-factor/set-up", views.set_up, "mfa_activate_totp"),
    form("second-factor/remove", deactivate_totp, "mfa_deactivate_totp"),
    told("second-factor/recovery", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    form("second-factor/recovery/new", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    told("second-factor/recovery/file", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
    form("sessions", views.sessions, "usersessions_list"),
]
