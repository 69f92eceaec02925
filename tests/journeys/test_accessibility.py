import pytest

from tests.journeys.conftest import Open
from tests.journeys.pages import PAGES
from tests.journeys.rules import assert_accessible, assert_narrow


# What is scanned depends on the direction, and colours not even on that. Widths are tried in every language below.
@pytest.mark.parametrize(("language", "dark"), [("en", False), ("en", True), ("ar", False)])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_violation(opened: Open, name: str, language: str, dark: bool) -> None:
    page = opened(PAGES[name].format(lang=language), dark=dark)
    # A narrow screen has the same colours: it is scanned once.
    assert_accessible(page, *((1280,) if dark else (1280, 375)))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_on_a_narrow_screen(opened: Open, service: str, name: str) -> None:
    page = opened("/healthz")
    for language in ("en", "fr", "ar", "es", "ru", "zh"):
        page.goto(service + PAGES[name].format(lang=language))
        assert_narrow(page, 320, 375)


def test_every_target_is_large_enough_to_touch(opened: Open) -> None:
    page = opened("/en/search", width=375)
    page.get_by_text("Filters", exact=True).first.click()
    for label in page.locator("label.pick:visible").all()[:10]:
        box = label.bounding_box()
        assert box is not None and box["height"] >= 24
