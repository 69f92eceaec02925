"""What holds for every page: the rules of accessibility, and that it is never wider than a telephone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def assert_accessible(page: Page, *widths: int) -> None:
    """The page keeps the rules at each of these widths, in pixels. They are read by a script."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{page.url} at {width}: {found.generate_report()}"


def assert_narrow(page: Page, *widths: int) -> None:
    """The page does not scroll sideways at any of these widths, in pixels."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
