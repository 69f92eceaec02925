"""Suggestions in the search box, by keyboard and by touch; and a search that found nothing, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open, follow
from tests.journeys.rules import assert_accessible, assert_narrow


def typed(page: Page, text: str) -> None:
    page.locator("#q").press_sequentially(text)
    expect(page.get_by_role("listbox")).to_be_visible()


def chosen(page: Page) -> str:
    """The label of the option that is marked."""
    return page.locator(f"[id='{page.locator('#q').get_attribute('aria-activedescendant')}'] bdi").inner_text()


def test_the_keyboard_chooses_a_suggestion(opened: Open) -> None:
    page = opened("/en/")
    box, options = page.locator("#q"), page.get_by_role("option")
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    typed(page, "nepa")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    assert chosen(page) == options.first.locator("bdi").inner_text() == "Nepal"
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowUp")
    assert chosen(page) == options.last.locator("bdi").inner_text()
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    with page.expect_navigation():
        box.press("Enter")
    assert page.url.endswith("/en/search?country=NP")
    expect(page.locator(".chips")).to_contain_text("Nepal")


def test_escape_closes_the_list_and_enter_searches_for_what_is_typed(opened: Open) -> None:
    page = opened("/en/")
    typed(page, "nepa")
    page.locator("#q").press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("nepa")
    with page.expect_navigation():
        page.locator("#q").press("Enter")
    assert page.url.endswith("/en/search?q=nepa")


def test_the_list_closes_when_one_goes_on_and_when_nothing_fits(opened: Open) -> None:
    page = opened("/en/search")
    typed(page, "nepa")
    page.locator("#q").press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.locator("#q").fill("")
    typed(page, "nepa")
    page.locator("#q").press_sequentially("qqqq")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(("language", "begun"), [("en", "migra"), ("ar", "العم"), ("zh", "移")])
def test_the_open_list_keeps_the_rules_and_is_never_wider_than_the_page(
    opened: Open, language: str, begun: str
) -> None:
    page = opened(f"/{language}/", width=375)
    typed(page, begun)
    page.locator("#q").press("ArrowDown")
    assert_accessible(page, 375, 1280)
    assert_narrow(page, 320, 375)


def test_a_touch_leads_to_an_entry(opened: Open) -> None:
    page = opened("/en/", width=375)
    typed(page, "neighbourhood mothers")
    option = page.get_by_role("option").filter(has_text="PPD-").first
    title = option.locator("bdi").inner_text()
    with page.expect_navigation():
        option.click()
    expect(page.locator("h1")).to_have_text(title)


def test_a_network_that_is_away_leaves_a_search_box(opened: Open) -> None:
    page = opened("/en/")
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=503, body="{}"))
    page.locator("#q").press_sequentially("nepal")
    page.wait_for_timeout(300)
    expect(page.get_by_role("listbox")).to_be_hidden()
    with page.expect_navigation():
        page.locator("#q").press("Enter")
    expect(page.locator("#n")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_found_leads_on_without_scripts(opened: Open, language: str) -> None:
    page = opened(f"/{language}/search?q=recruitmnet&country=PH&country=NP&group=women", 375, scripts=False)
    follow(page.locator(".note a[href*='recruitment']"))
    assert re.match(r"\d", page.locator("#n").inner_text())
    assert page.locator(".hits > li").count() > 0
    page.goto(page.url.split("/search")[0] + "/search?q=recruitment&country=NR")
    way = page.locator("[aria-labelledby=less] a").first
    told = re.findall(r"\d+", way.inner_text())[-1]
    follow(way)
    assert told in page.locator("#n").inner_text()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_of_nothing_found_keeps_the_rules(opened: Open, language: str) -> None:
    for asked in ("q=recruitmnet&country=NR&group=women", "q=zzzz&question=A13", "q=recruitmnet+fees"):
        page = opened(f"/{language}/search?{asked}")
        assert_accessible(page, 375, 1280)
        assert_narrow(page, 320, 375)
