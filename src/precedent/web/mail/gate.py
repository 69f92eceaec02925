"""Who may read the mails in the data folder: somebody at the machine itself, and nobody through anything."""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

NAMES = {"localhost", "127.0.0.1", "::1"}
"""What the machine is called by whoever sits at it. A page elsewhere could have another name lead here."""

PASSED_ON = ("X-Forwarded", "Forwarded", "Via", "X-Real-Ip", "Cf-Connecting-Ip", "True-Client-Ip")
"""How the names of headers begin that something in between adds."""


def is_here(request: HttpRequest) -> bool:
    """Are mails in the folder, does the service listen to this machine alone, and comes the request from it?"""
    return bool(
        settings.MAIL_IS_SHOWN
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and _name(request) in NAMES
        and not any(header.startswith(PASSED_ON) for header in request.headers)
    )


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _name(request: HttpRequest) -> str | None:
    try:
        return urlsplit(f"//{request.get_host()}").hostname
    except DisallowedHost:
        return None
