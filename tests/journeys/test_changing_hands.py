"""A place changes hands by keyboard and without any script: offered, handed over, asked for."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import patiently
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser


FINN = "finn@example.org"


@pytest.fixture
def without_script(browser):
    context = browser.new_context(
        locale="de-DE", viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    yield context
    context.close()


def enter(page: Page, name: str) -> None:
    """Enter one person, with the first that can be chosen, and send the form."""
    keyboard = Keyboard(page)
    keyboard.skip()
    for field, words in (
        ("given_name", name),
        ("family_name", "Beispiel"),
        ("email", f"{name.lower()}@example.org"),
    ):
        keyboard.go_to(page.locator(f"#{field}"))
        keyboard.type(words)
    keyboard.go_to(page.locator("main input[type=radio]:enabled").first)
    keyboard.press("Space")
    keyboard.go_to(page.locator("#privacy_notice"))
    keyboard.press("Space")
    keyboard.open(page.locator("main form button").last)
    expect(page).to_have_url(re.compile("/registration/"))


def registered(context: BrowserContext, address: str, name: str) -> Page:
    """Give the window of somebody who has just registered, with their own page."""
    page = context.new_page()
    page.goto(address)
    enter(page, name)
    return page


def act(page: Page, *targets: str) -> None:
    """Follow links and press buttons one after the other."""
    keyboard = Keyboard(page)
    for target in targets:
        keyboard.skip()
        keyboard.open(page.locator(f"main {target}"))


def test_a_place_is_given_up_offered_declined_and_taken(stage, without_script):
    form = f"{stage.url}/ruled/register"
    ada, ben, cleo = (registered(without_script, form, name) for name in ("Ada", "Ben", "Cleo"))
    expect(ada.locator("h1")).to_contain_text("Sie sind dabei")
    expect(ben.locator("main")).to_contain_text("Warteliste")

    act(ada, "a[href$='/withdraw']", "form button")
    expect(ada.locator("h1")).to_contain_text("nicht mehr angemeldet")
    ben.reload()
    act(ben, "a[href$='/decline']", "form button")
    expect(ben.locator("main")).to_contain_text("abgelehnt")
    cleo.reload()
    act(cleo, "form[action$='/accept'] button")
    expect(cleo.locator("h1")).to_contain_text("Sie sind dabei")


def test_a_place_is_handed_over_to_a_colleague(stage, without_script):
    eva = registered(without_script, f"{stage.url}/{stage.open}/register", "Eva")
    act(eva, "a[href$='/substitute']")
    keyboard = Keyboard(eva)
    keyboard.skip()
    for field, words in (
        ("given_name", "Finn"),
        ("family_name", "Beispiel"),
        ("email", FINN),
    ):
        keyboard.go_to(eva.locator(f"#{field}"))
        keyboard.type(words)
    keyboard.open(eva.locator("main form button").last)
    expect(eva.locator("main")).to_contain_text("Finn")

    finn = without_script.new_page()
    patiently(lambda: arrived(finn, stage.url))
    act(finn, f"a:has-text('{FINN}')", "a[href*='/substitute/']")
    keyboard = Keyboard(finn)
    keyboard.skip()
    keyboard.go_to(finn.locator("#privacy_notice"))
    keyboard.press("Space")
    keyboard.open(finn.locator("main form button").last)
    expect(finn.locator("h1")).to_contain_text("Sie sind dabei")
    eva.reload()
    expect(eva.locator("h1")).not_to_contain_text("Sie sind dabei")


def arrived(page: Page, url: str) -> bool:
    """Return whether the mail with the link is in the mailbox of the demo."""
    page.goto(f"{url}/demo/mailbox")
    return bool(page.locator("main a", has_text=FINN).count())


def test_after_the_deadline_somebody_asks_and_takes_it_back(stage, without_script):
    gil = registered(without_script, f"{stage.url}/late/register", "Gil")
    expect(gil.locator("main")).to_contain_text("Anfrage")
    act(gil, "a[href$='/withdraw']", "form button")
    expect(gil.locator("main")).to_contain_text("zurückgezogen")
