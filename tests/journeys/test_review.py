"""From an example that was sent to an entry: two comments, changes, sent again, published and found."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from precedent.people.permissions import Role
from tests.journeys.people import Somebody, data_of, somebody
from tests.journeys.rules import assert_accessible, assert_narrow

SHORT = "Night ferry with advisers"
TITLE = "Advisers on the night ferry for returning seasonal workers"

ANSWERS: dict[str, dict[str, str]] = {
    "about": {
        "title": SHORT,
        "summary": "Two advisers of the labour office travel on the night ferry in autumn, and help with claims.",
        "entry_kind": "service",
        "status": "ongoing",
        "level": "national",
    },
    "where-and-for-whom": {
        "gender_focus": "considered",
        "countries.0.code": "NP",
        "countries.0.role": "origin",
        "perspectives": "origin",
    },
    "barriers-and-measures": {
        "barriers.0.code": "lack-of-information",
        "barriers.0.text": "Workers came home without knowing what they could still claim.",
        "measures.0.text": "Put two advisers on the ferry in the months of return.",
        "measures.0.instrument": "one-stop-shop",
    },
    "sources": {
        "references.0.url": "https://example.org/ferry",
        "references.0.title": "Advice on board",
        "references.0.publisher": "Labour office",
        "references.0.language": "en",
    },
    "where-it-belongs": {"answers": "B12"},
}


@pytest.fixture
def contributor(browser: Browser, service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Somebody]:
    made = somebody(browser, service, data_of(tmp_path_factory), "Whoever contributes", Role.CONTRIBUTOR)
    yield made
    made.page.context.close()


@pytest.fixture
def editor(browser: Browser, service: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Somebody]:
    made = somebody(browser, service, data_of(tmp_path_factory), "Whoever reviews", Role.EDITOR)
    yield made
    made.page.context.close()


def answer(contributor: Somebody, draft: str, step: str) -> None:
    """Fill in one step of the form and save it."""
    contributor.go(f"/en/contribute/{draft}/{step}")
    for name, value in ANSWERS[step].items():
        field = contributor.page.locator(f'[name="{name}"]')
        if field.first.get_attribute("type") == "checkbox":
            box = contributor.page.locator(f'[name="{name}"][value="{value}"]').first
            box.evaluate("e => { while ((e = e.parentElement)) if (e.tagName == 'DETAILS') e.open = true }")
            box.check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    contributor.page.get_by_role("button", name="Save", exact=True).click()
    expect(contributor.page.locator("main [role=status]").filter(has_text="Saved at")).to_be_visible()


def sent(contributor: Somebody) -> str:
    """An example, told and sent; its identifier."""
    contributor.go("/en/contribute")
    contributor.press("Begin an example")
    draft = contributor.page.url.removeprefix(contributor.service).split("/")[3]
    for step in ANSWERS:
        answer(contributor, draft, step)
    contributor.go(f"/en/contribute/{draft}/check")
    contributor.press("Send to the reviewers")
    return draft


def remark(editor: Somebody, field: str, text: str) -> None:
    """Write a comment under a field, and leave it there."""
    editor.fold(f"Comment on “{field}”")
    editor.page.locator("details[open] textarea").last.fill(text)


def test_from_a_sent_example_to_an_entry_that_is_found(contributor: Somebody, editor: Somebody) -> None:
    example = sent(contributor)
    _reviewed_with_two_comments(editor, example)
    _sent_again(contributor, example)
    _published(editor, example)
    _found(contributor)


def _reviewed_with_two_comments(editor: Somebody, example: str) -> None:
    editor.go("/en/review")
    editor.page.get_by_label(f"Take {example} into review").check()
    editor.press("Take the ticked ones into review")
    expect(editor.page.locator("main [role=status]")).to_have_text("You took 1 example into review.")
    editor.link(SHORT)
    remark(editor, "Title", "Say for whom.")
    remark(editor, "Source 1", "Is there a report as well?")
    editor.page.get_by_label("Ask for changes").check()
    editor.press("Send decision")
    expect(editor.page.locator(".sum")).to_contain_text("“Ask for changes” needs a reason.")
    editor.page.get_by_label("Reason, in one or two sentences").fill("Two questions stand at their fields.")
    editor.press("Send decision")
    expect(editor.page.locator("main [role=status]")).to_have_text("Changes were asked for.")
    assert all(text in editor.said() for text in ("Say for whom.", "Is there a report as well?"))


def _sent_again(contributor: Somebody, example: str) -> None:
    contributor.go(f"/en/contribute/{example}")
    said = contributor.said()
    assert "Two questions stand at their fields." in said and "Say for whom." in said
    contributor.go(f"/en/contribute/{example}/about")
    contributor.page.fill("[name=title]", TITLE)
    contributor.page.get_by_role("button", name="Save", exact=True).click()
    contributor.go(f"/en/contribute/{example}/check")
    contributor.press("Send again")


def _published(editor: Somebody, example: str) -> None:
    editor.go(f"/en/review/{example}")
    said = editor.said()
    assert "One field changed since it was reviewed." in said and "for returning seasonal workers" in said
    editor.press("Take into review")
    for box in editor.page.locator("[name=check]").all():
        box.check()
    editor.page.locator("[name=move][value=publish]").check()
    editor.press("Send decision")
    expect(editor.page.locator("main [role=status]")).to_have_text("It was published.")
    editor.page.locator("main .note a").first.click()
    expect(editor.page.locator("h1")).to_contain_text("History of PPD-")


def _found(contributor: Somebody) -> None:
    """The index follows half a second later."""
    end = time.monotonic() + 20
    while TITLE not in contributor.go("/en/search?q=night+ferry+advisers").locator("main").inner_text():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_the_reviewers_pages_pass_the_rules_of_accessibility_and_never_scroll_sideways(
    browser: Browser, service: str, contributor: Somebody, editor: Somebody
) -> None:
    example = sent(contributor)
    editor.go(f"/en/review/{example}")
    editor.press("Take into review")
    remark(editor, "Summary", "averylongwordwithoutanyblank" * 12)
    editor.press("Send comment")
    pages = [
        "",
        f"/{example}",
        f"/{example}?show=whole",
        f"/{example}/compare",
        f"/{example}/edit/sources",
        "/trail",
    ]
    # The rules are read by a script; the pages need none.
    context = browser.new_context(storage_state=editor.page.context.storage_state())
    page = context.new_page()
    for language in ("en", "ar"):
        for path in pages:
            page.goto(f"{service}/{language}/review{path}")
            assert_accessible(page, 1280, 320)
            assert_narrow(page, 320)
    context.close()


def test_two_reviewers_at_once_lose_nothing(
    browser: Browser,
    service: str,
    tmp_path_factory: pytest.TempPathFactory,
    contributor: Somebody,
    editor: Somebody,
) -> None:
    example = sent(contributor)
    other = somebody(browser, service, data_of(tmp_path_factory), "Whoever else reviews", Role.REVIEWER)
    for reader in (editor, other):
        reader.go(f"/en/review/{example}")
    remark(other, "Title", "A remark that took some time.")
    editor.press("Take into review")
    other.press("Take into review")
    expect(other.page.locator(".sum")).to_contain_text("Somebody was first: It was taken into review at")
    expect(other.page.locator("details[open] textarea").first).to_have_value("A remark that took some time.")
    assert re.search(r"Whoever reviews \(Editor\) holds it since", other.said())
    other.page.context.close()
