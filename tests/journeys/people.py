"""People at a browser who came in as people do: invited by the command, by a link, with a second factor."""

import json
import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Page

from precedent.people.permissions import NEED_SECOND_FACTOR, Role
from tests.journeys.conftest import follow

NUMBERS = count(1)
INVITE = "import sys, django; django.setup(); from precedent.console.people import person; person(sys.argv[1:])"
PASSWORD = "nine lanterns on a quiet pier"


def data_of(base: pytest.TempPathFactory) -> Path:
    """The data folder of the service that is running."""
    return max(base.getbasetemp().glob("service*"))


def invited(data: Path, name: str, role: Role, *options: str) -> str:
    """The path of a link by which somebody opens an account of the service on this data folder."""
    email = f"journey-{next(NUMBERS)}@example.org"
    told = [sys.executable, "-c", INVITE, "add", name, "--email", email, "--role", role.value, *options, "--json"]
    where = {"PRECEDENT_DATA": str(data), "DJANGO_SETTINGS_MODULE": "precedent.project.settings"}
    done = subprocess.run(told, env={**os.environ, **where}, capture_output=True, text=True, check=True)
    link: str = json.loads(done.stdout)["link"]
    return "/" + link.split("/", 3)[3]


class Somebody:
    """A person with an account, signed in in a browser of their own."""

    def __init__(self, context: BrowserContext, service: str, link: str) -> None:
        self.service = service
        self.page: Page = context.new_page()
        self.go(link)
        self.page.fill("#password", PASSWORD)
        self.page.fill("#password2", PASSWORD)
        self.press("Open the account")

    def go(self, path: str) -> Page:
        self.page.goto(self.service + path)
        return self.page

    def press(self, button: str) -> None:
        follow(self.page.get_by_role("button", name=button, exact=True).first)

    def link(self, name: str) -> None:
        follow(self.page.get_by_role("link", name=name).first)

    def fold(self, name: str) -> None:
        """Open a fold by what it says."""
        self.page.locator("summary", has_text=name).first.click()

    def said(self) -> str:
        """What the page's main matter says, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def set_up_second_factor(self) -> None:
        """As with an app on a telephone: it takes the key, and shows a code every half minute."""
        self.go("/en/account/second-factor/set-up")
        secret = self.page.locator("strong bdi").inner_text().replace(" ", "")
        self.page.fill("[name=code]", str(format_hotp_value(hotp_value(secret, int(time.time()) // 30))))
        self.press("Set it up")


def somebody(browser: Browser, service: str, data: Path, name: str, role: Role, *options: str) -> Somebody:
    """Somebody new at a telephone without scripts."""
    context = browser.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    made = Somebody(context, service, invited(data, name, role, *options))
    if role in NEED_SECOND_FACTOR:
        made.set_up_second_factor()
    return made
