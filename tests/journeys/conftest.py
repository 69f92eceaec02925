"""A real service, started as people start it, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from precedent.project.environment import Environment

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process drives the browser, so that one service is enough."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("journeys"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


def follow(link: Locator) -> None:
    """Click on what leads to another page, and be there."""
    with link.page.expect_navigation():
        link.click()


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service on a new data folder."""
    port = free_port()
    data = tmp_path_factory.mktemp("service")
    told = {**os.environ, "PRECEDENT_DATA": str(data), "PRECEDENT_PORT": str(port)}
    with (data / "said").open("w") as said:
        process = subprocess.Popen([sys.executable, "-m", "precedent", "up"], env=told, stdout=said, stderr=said)
        address = f"http://127.0.0.1:{port}"
        try:
            end = time.monotonic() + 60
            while not answers(address):
                assert process.poll() is None and time.monotonic() < end, (data / "said").read_text()
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(Environment().chromium), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser, service: str) -> Iterator[Open]:
    """Open a page; whatever the browser complains of (its policy above all) fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(address: str, width: int = 1280, scripts: bool = True, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(service + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if "the server responded with a status of" not in text] == []
