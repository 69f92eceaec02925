"""The journeys of a reader who looks for a precedent: wide and narrow, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Open, follow
from tests.journeys.pages import PAGES

WAYS = [(1280, True), (1280, False), (375, True), (375, False)]


@pytest.mark.parametrize(("width", "scripts"), WAYS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_from_a_word_to_an_entry_and_on_to_a_similar_one(
    opened: Open, service: str, language: str, width: int, scripts: bool
) -> None:
    page = opened(f"/{language}/", width, scripts)
    page.locator("#q").fill("recruitment")
    follow(page.locator("form[role=search] .btn"))
    heading = page.locator("#n")
    told = page.request.get(f"{service}/api/v1/entries?q=recruitment")
    expect(heading).to_contain_text(str(told.json()["count"]))
    fold = page.locator("details.fold > summary.btn")
    if fold.is_visible():
        fold.click()
    page.locator("input[name=barrier][value=cost]").check()
    page.locator("input[name=barrier][value=lack-of-information]").check()
    follow(page.locator("p.facet .btn"))
    told = page.request.get(service + "/api/v1/entries?q=recruitment&barrier=cost&barrier=lack-of-information")
    expect(heading).to_contain_text(str(told.json()["count"]))
    expect(page.locator("#q")).to_have_value("recruitment")
    chips = page.locator(".chips a:not(.bare)")
    assert chips.count() == 2
    follow(chips.first)
    assert chips.count() == 1
    follow(page.locator(".count a").first)
    assert page.locator(".chips a:not(.bare)").count() == 3
    first = page.locator(".hits h3 a").first
    title = first.inner_text()
    follow(first)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".node.bar").first).to_be_visible()
    expect(page.locator(".node.mea").first).to_be_visible()
    follow(page.locator("section .hits h3 a").first)
    assert page.locator("h1").inner_text() != title


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_without_javascript(opened: Open, name: str) -> None:
    for language in ("en", "ar"):
        address = PAGES[name].format(lang=language)
        # The script counts the characters that are left, of the most that are told without it.
        pages = [opened(address, scripts=scripts) for scripts in (True, False)]
        for page in pages:
            page.locator("main").evaluate("e => e.querySelectorAll('[data-say]').forEach(said => said.remove())")
        texts = [page.locator("main").inner_text() for page in pages]
        # It adds a button for copying; nothing else may be missing without it.
        told, without = (re.sub(r"\n(Copy citation|نسخ نص الاستشهاد)\n", "\n", text).split() for text in texts)
        assert without == told and len(told) > 5


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_guiding_question_to_exactly_its_entries(opened: Open, scripts: bool) -> None:
    page = opened("/en/framework", scripts=scripts)
    cell = page.locator("#a13 td a").first
    count = re.match(r"\d+", cell.inner_text().strip())
    follow(cell)
    assert count is not None
    expect(page.locator("#n")).to_have_text(re.compile(rf"^{count[0]} entr"))
    expect(page.locator(".chips")).to_contain_text("Guiding questions")


@pytest.mark.parametrize("width", [1280, 375])
def test_the_same_search_in_another_language(opened: Open, width: int) -> None:
    page = opened("/en/search?q=health&country=TH", width)
    count = re.match(r"\d+", page.locator("#n").inner_text())
    if width == 375:
        page.locator("details.lang > summary").click()
    follow(page.locator(".lang a[hreflang=ar]"))
    assert count is not None and count[0] in page.locator("#n").inner_text()
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.locator("#q")).to_have_value("health")
    box = page.locator(".brand").bounding_box()
    assert box is not None and box["x"] + box["width"] > width * 0.6


def test_sorting_and_paging_lead_through_the_whole_list(opened: Open) -> None:
    page = opened("/en/search?topic=data", scripts=False)
    page.locator("#sort").select_option("title")
    follow(page.get_by_role("button", name="Sort"))
    seen = page.locator(".hits .meta .num bdi").all_inner_texts()
    while page.get_by_role("link", name="Next page").count():
        follow(page.get_by_role("link", name="Next page"))
        seen += page.locator(".hits .meta .num bdi").all_inner_texts()
    ids = [text for text in seen if text.startswith("PPD-")]
    assert page.locator("#n").inner_text().startswith(str(len(set(ids)))) and len(ids) == len(set(ids))


def test_a_term_is_said_in_six_languages_and_leads_to_its_entries(opened: Open) -> None:
    page = opened("/fr/vocabularies/group/domestic-workers")
    expect(page.locator("h1")).to_have_text("Travailleurs domestiques")
    expect(page.locator("[lang=ar]").last).to_be_visible()
    assert page.locator("#names + table tr, .facts tr").count() == 5
    assert page.locator(".hits > li").count() == 5


def test_a_citation_can_be_copied(opened: Open) -> None:
    page = opened("/en/entries/PPD-000003")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert "PPD-000003" in page.evaluate("navigator.clipboard.readText()")


def test_the_keyboard_reaches_the_content_first(opened: Open) -> None:
    page = opened("/en/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_on_paper_the_story_is_whole_and_the_controls_are_gone(opened: Open) -> None:
    page = opened("/en/entries/PPD-000003")
    page.emulate_media(media="print")
    expect(page.locator(".mast nav")).to_be_hidden()
    expect(page.locator(".chain")).to_be_visible()
    address = page.evaluate("getComputedStyle(document.querySelector('.sources a'), '::after').content")
    assert "http" in address


def test_the_arabic_pages_run_from_right_to_left_and_keep_foreign_text_apart(opened: Open) -> None:
    page = opened("/ar/entries/PPD-000003")
    title = page.locator("h1")
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("en", "ltr")
    assert page.evaluate("getComputedStyle(document.querySelector('.loc')).transform").startswith("matrix(-1")
    arrows = page.locator(".mini > span + span").first.evaluate("e => getComputedStyle(e, '::before').content")
    assert "←" in arrows
