"""The whole job without a mouse, the focus always in sight (A11Y-02, A11Y-03)."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.house import PASSWORD
from tests.journeys.keyboard import REACHABLE, Keyboard
from tests.journeys.scenes import WORK
from tests.journeys.stage import UNBROKEN

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


def test_somebody_registers_by_keyboard(stage, page):
    keyboard = Keyboard(page)
    page.goto(stage.url)
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    keyboard.go_to(skip)
    expect(skip).to_be_in_viewport()
    keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keyboard.open(page.locator(f"main a[href='/{stage.open}']"))
    keyboard.open(page.get_by_role("link", name="Jetzt anmelden").first)

    submit = page.get_by_role("button", name="Verbindlich anmelden")
    keyboard.open(submit)
    summary = page.locator("#fehlerliste")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Fehler: "))
    keyboard.go_to(summary.get_by_role("link").nth(1))
    keyboard.press("Enter")
    given = page.get_by_label("Vorname")
    expect(given).to_be_focused()
    expect(given).to_have_attribute("aria-invalid", "true")
    errors = given.get_attribute("aria-describedby")
    expect(page.locator(f"#{errors}")).to_contain_text("Namen")

    keyboard.type("Tasta")
    for label, words in (("Nachname", "Tur-Beispiel"), ("E-Mail", "tasta@example.org")):
        keyboard.go_to(page.get_by_label(label))
        keyboard.type(words)
    radios = page.locator("main input[type=radio]:enabled")
    keyboard.go_to(radios.first)
    keyboard.press("Space")
    keyboard.go_to(radios.nth(1), "ArrowDown")
    expect(radios.nth(1)).to_be_checked()
    keyboard.go_to(page.locator("textarea:visible").first)
    keyboard.type("Wie fängt man an?")
    keyboard.go_to(page.get_by_label("Hinweise zum Datenschutz"))
    keyboard.press("Space")
    keyboard.open(submit)
    expect(page).to_have_url(re.compile("/registration/"))
    expect(page.locator("h1")).to_contain_text("Sie sind dabei")
    expect(page.locator("main")).to_contain_text("Wie fängt man an?")


def test_an_organiser_works_by_keyboard(stage, page):
    keyboard = Keyboard(page)
    page.goto(f"{stage.url}/login")
    keyboard.go_to(page.get_by_label("E-Mail"))
    keyboard.type("organiser@example.org")
    keyboard.go_to(page.get_by_label("Passwort"))
    keyboard.type(PASSWORD)
    with page.expect_navigation():
        keyboard.press("Enter")
    keyboard.open(page.locator(f"main a[href='/organiser/{stage.open}']"))
    keyboard.open(page.get_by_role("link", name="Anmeldungen").first)
    keyboard.go_to(page.get_by_role("searchbox", name="Suche"))
    keyboard.type("Confirmed")
    with page.expect_navigation():
        keyboard.press("Enter")
    person = page.locator("main tbody a:not(.correct)")
    expect(person).to_have_count(1)
    export = page.locator("a[href*='attendees.csv']").first
    keyboard.go_to(export)
    with page.expect_download() as download:
        keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")
    page.reload()
    keyboard.open(person)
    expect(page.locator("h1")).to_contain_text(f"Confirmed {UNBROKEN}")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "address", ["/", "/{open}", "/{open}/register", "/registration/{waiting}", "/login"]
)
def test_the_focus_reaches_everything_and_is_seen(stage, page, address, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(stage.url + address.format_map(stage.names))
    assert Keyboard(page).walk() == page.evaluate(REACHABLE)


@pytest.mark.parametrize(
    "address",
    ["", "/attendees?state=cancelled", "/programme", "/programme/workshop-1/edit", "/outbox"],
)
def test_the_focus_reaches_everything_of_an_organiser(stage, organiser, address):
    page = organiser.new_page()
    page.set_viewport_size({"width": 1280, "height": 640})
    page.goto(stage.url + (WORK + address).format_map(stage.names))
    assert Keyboard(page).walk() == page.evaluate(REACHABLE)
    page.close()
