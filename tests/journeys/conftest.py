"""One browser for all journeys, and one house with a stage set for the tests of pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.journeys.house import PASSWORD, open_house
from tests.journeys.stage import Stage, set_stage

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
expect.set_options(timeout=30_000)  # milliseconds: a busy machine takes more than the usual five


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    with open_house(folder, MAIL_URL="maildir:") as house:
        yield set_stage(folder, house.url)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers: one for each process, which bears no second."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> BrowserContext:
    """Somebody who is not logged in."""
    return browser.new_context(locale="de-DE")


@pytest.fixture(scope="session")
def organiser(browser: Browser, stage: Stage) -> BrowserContext:
    """The demo's organiser, logged in."""
    return log_in(browser, stage.url)


def log_in(browser: Browser, url: str) -> BrowserContext:
    """Open a browser in which the demo's organiser is logged in."""
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{url}/login")
    page.get_by_label("E-Mail").fill("organiser@example.org")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Einloggen").click()
    page.wait_for_url("**/organiser/**")
    page.close()
    return context
