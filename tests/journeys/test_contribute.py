"""The journey of a person with an example: from an invitation to the reviewers, by telephone, without a script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from precedent.people.permissions import Role
from tests.journeys.people import Somebody, data_of, invited
from tests.journeys.rules import assert_accessible, assert_narrow

STEPS = (
    "about",
    "where-and-for-whom",
    "barriers-and-measures",
    "results",
    "lessons",
    "sources",
    "where-it-belongs",
)


class Contributor(Somebody):
    """Somebody who fills in the form."""

    def type(self, **texts: str) -> None:
        """Fill in fields by their names, with __ for the dots."""
        for name, text in texts.items():
            field = self.page.locator(f'[name="{name.replace("__", ".")}"]')
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)

    def heading(self, text: str) -> None:
        expect(self.page.locator("h1")).to_have_text(text)


@pytest.fixture(params=[(375, False), (1280, True)], ids=["telephone without script", "desk"])
def somebody(
    browser: Browser, service: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Contributor]:
    width, scripts = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    yield Contributor(context, service, invited(data_of(tmp_path_factory), "Somebody", Role.CONTRIBUTOR))
    context.close()


def test_from_an_invitation_through_all_steps_to_the_reviewers(somebody: Contributor) -> None:
    somebody.go("/en/contribute")
    somebody.press("Begin an example")
    somebody.heading("About the practice")
    somebody.type(
        title="Help desk for returning workers at the city bus park",
        summary="The labour office put two advisers at the bus park on arrival days, with forms for the fund.",
        entry_kind="service",
        status="ongoing",
        level="municipal",
        year_start="soon",
    )
    somebody.press("Save and continue")
    expect(somebody.page).to_have_title("Error: About the practice, step 1 of 8 | Precedent")
    follow_up = somebody.page.locator(".sum a")
    expect(follow_up).to_have_text("First year is not a whole number. Write the year in four digits.")
    follow_up.click()
    somebody.type(year_start="2019")
    somebody.press("Save and continue")
    _tell_where_and_what(somebody)
    _tell_sources_and_place(somebody)
    somebody.heading("Check and send")
    expect(somebody.page.locator(".chain")).to_contain_text("Put two advisers at the bus park on arrival days.")
    somebody.press("Send to the reviewers")
    expect(somebody.page.locator("main [role=status]")).to_contain_text("It was sent")
    somebody.heading("Help desk for returning workers at the city bus park")
    somebody.press("Take it back to change it")
    expect(somebody.page.locator(".meta").first).to_contain_text("Draft")


def _tell_where_and_what(somebody: Contributor) -> None:
    somebody.heading("Where and for whom")
    somebody.type(gender_focus="considered", countries__0__code="NP", countries__0__role="origin")
    somebody.page.get_by_label("Country of origin", exact=True).last.check()
    fold = somebody.page.locator("summary", has_text="Choose from the list").first
    fold.click()
    somebody.page.get_by_label("Returning migrants", exact=True).check()
    somebody.press("Add country 2")
    somebody.type(countries__1__code="QA", countries__1__role="destination")
    somebody.press("Save and continue")
    somebody.heading("Barriers and measures")
    somebody.type(
        barriers__0__code="lack-of-information",
        barriers__0__text="People who came home did not know of the fund.",
        measures__0__text="Put two advisers at the bus park on arrival days.",
        measures__0__instrument="one-stop-shop",
    )
    somebody.page.get_by_label("Barrier 1", exact=True).check()
    somebody.press("Save and continue")
    somebody.heading("Results")
    expect(somebody.page.get_by_role("heading", name="What did not work, and for whom?")).to_be_visible()
    somebody.type(
        results__1__text="Women, who mostly arrive by air, were not reached.", results__1__evidence="monitoring"
    )
    somebody.press("Save and continue")
    somebody.type(lessons__0__text="Advisers who speak the languages of the workers matter most.")
    somebody.press("Save and continue")


def _tell_sources_and_place(somebody: Contributor) -> None:
    somebody.heading("Sources")
    somebody.type(
        references__0__url="https://example.org/desk",
        references__0__title="The desk at the bus park",
        references__0__publisher="City labour office",
        references__0__language="en",
    )
    somebody.press("Save and come back later")
    somebody.heading("My examples")
    somebody.link("Help desk for returning workers at the city bus park")
    somebody.heading("Where it belongs")
    somebody.page.locator("summary", has_text="B Information and equity").first.click()
    somebody.page.locator('[name="answers"][value^="B"]').first.check()
    somebody.press("Save and continue")


AT_A_DESK = pytest.mark.parametrize("somebody", [(1280, True)], ids=["desk"], indirect=True)


@AT_A_DESK
def test_every_page_of_the_form_is_accessible_and_never_scrolls_sideways(somebody: Contributor) -> None:
    for path in _pages(somebody):
        page = somebody.go(path)
        assert_accessible(page, 1280, 375)
        assert_narrow(page, 320)


def _pages(somebody: Contributor) -> list[str]:
    """Every page of a draft with an error in it, in two directions."""
    somebody.go("/en/contribute")
    somebody.press("Begin an example")
    draft = somebody.page.url.removeprefix(somebody.service).split("/")[3]
    somebody.type(title="A desk at the bus park " * 20, year_start="soon")
    somebody.press("Save and continue")
    own = [f"contribute/{draft}", *(f"contribute/{draft}/{step}?checked=1" for step in STEPS)]
    own += [f"contribute/{draft}/{page}" for page in ("check", "history")]
    return [f"/{language}/{path}" for language in ("en", "ar") for path in own]


def test_what_is_too_long_is_counted_and_never_cut(somebody: Contributor) -> None:
    somebody.go("/en/contribute")
    somebody.press("Begin an example")
    somebody.type(title="x" * 205)
    somebody.press("Save and continue")
    expect(somebody.page.locator("#title")).to_have_value("x" * 205)
    told = somebody.page.locator("#title-left")
    script = told.inner_text() != "At most 200 characters"
    if script:
        expect(told).to_have_text("5 characters too many")
        somebody.type(title="x" * 190)
        expect(told).to_have_text("10 characters left")
