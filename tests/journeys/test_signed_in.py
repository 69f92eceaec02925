"""The pages of people with an account: read by the rules of accessibility, at a desk and on a narrow telephone."""

import pytest
from playwright.sync_api import Browser

from precedent.people.permissions import Role
from tests.journeys.people import data_of, somebody
from tests.journeys.rules import assert_accessible, assert_narrow

PAGES = {
    Role.CONTRIBUTOR: [
        "/account",
        "/account/profile",
        "/account/inbox",
        "/account/email",
        "/account/password",
        "/account/second-factor/set-up",
        "/account/sessions",
        "/contribute",
        "/contribute/mine",
        "/contribute/upload",
        "/contribute/bulk",
        "/entries/PPD-000003",
        "/entries/PPD-000003/propose",
    ],
    Role.ADMINISTRATOR: [
        "/account/second-factor",
        "/account/people",
        "/account/people/invite",
        "/account/people/1",
        "/review",
        "/review/trail",
        "/entries/PPD-000003",
        "/entries/PPD-000003/keep",
    ],
}


@pytest.mark.parametrize("role", PAGES, ids=lambda role: role.value)
def test_a_signed_in_page_passes_the_rules_and_never_scrolls_sideways(
    browser: Browser, service: str, tmp_path_factory: pytest.TempPathFactory, role: Role
) -> None:
    reader = somebody(browser, service, data_of(tmp_path_factory), "Somebody who reads", role)
    # The rules are read by a script; the pages need none.
    context = browser.new_context(storage_state=reader.page.context.storage_state())
    page = context.new_page()
    for language in ("en", "ar"):
        for path in PAGES[role]:
            answer = page.goto(f"{service}/{language}{path}")
            assert answer is not None and answer.status == 200, path
            assert_accessible(page, 1280, 320)
            assert_narrow(page, 320)
    context.close()
