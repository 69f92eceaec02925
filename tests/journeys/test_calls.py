"""From a question without an answer to a call, its letter, and an example for it: at 375 pixels, no script."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from precedent.people.permissions import Role
from tests.journeys.people import Somebody, data_of, somebody
from tests.journeys.rules import assert_accessible, assert_narrow

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
UNTIL = (datetime.now(UTC) + timedelta(days=60)).date().isoformat()


def open_call(editor: Somebody) -> str:
    """Open a call from the first question of the framework that has none. Gives its path without the language."""
    page = editor.go("/en/framework")
    page.locator("tr#a17").get_by_role("link", name="Call for examples").click()
    page.fill("#title", "Portable pensions between countries of origin")
    page.fill("#sought", "Agreements by which pension rights are kept.\n\nWith results.")
    page.fill("#why", "No entry answers this question from the perspective of origin.")
    page.select_option("#perspective", "origin")
    page.fill("#until", YESTERDAY)
    editor.press("Open the call")
    assert "The call would end before it begins" in editor.said()
    assert page.input_value("#title") == "Portable pensions between countries of origin"
    page.fill("#until", UNTIL)
    editor.press("Open the call")
    assert "The call is open." in editor.said()
    return page.url.removeprefix(f"{editor.service}/en")


def test_a_call_is_opened_read_as_a_letter_and_answered(
    browser: Browser, service: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = data_of(tmp_path_factory)
    editor = somebody(browser, service, data, "An editor who calls", Role.EDITOR)
    call = open_call(editor)
    with editor.page.expect_download() as letter:
        editor.page.get_by_role("link", name="PDF العربية").click()
    assert Path(letter.value.path()).read_bytes().startswith(b"%PDF")

    contributor = somebody(browser, service, data, "Somebody who answers", Role.CONTRIBUTOR)
    contributor.go("/en/")
    contributor.link("Portable pensions between countries of origin")
    contributor.link("Contribute an example")
    contributor.press("Begin an example")
    assert "Answers the call Portable pensions" in contributor.said()
    contributor.go(contributor.page.url.removeprefix(service).replace("/about", "/where-it-belongs"))
    assert contributor.page.locator("input[name=answers][value=A17]").is_checked()
    contributor.go("/en/contribute/mine")
    assert "Answers the call Portable pensions" in contributor.said()

    context = browser.new_context(storage_state=editor.page.context.storage_state())
    page = context.new_page()
    for language in ("en", "ar"):
        for path in (
            "/",
            "/calls",
            call,
            f"{call}/change",
            f"{call}/close",
            "/calls/new?region=142",
            "/framework",
        ):
            answer = page.goto(f"{service}/{language}{path}")
            assert answer is not None and answer.status == 200, path
            assert_accessible(page, 1280, 320)
            assert_narrow(page, 320)
    context.close()
