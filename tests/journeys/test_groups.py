"""A contact registers a group by keyboard and without any script, changes one and cancels for one.

A11Y-01 for the pages of groups, which everybody else meets only by an own link.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.inspection import AXE, inspect, window_of
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser

SAID = {"given_name": "Anna", "family_name": "Alt", "email": "anna.alt@example.org"}
OTHER = {"given_name": "Max", "family_name": "Neu", "email": "max.neu@example.org"}


@pytest.fixture
def without_script(browser):
    context = browser.new_context(
        locale="de-DE", viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def enter(keyboard: Keyboard, number: int, said: dict[str, str]) -> None:
    """Enter one person: who it is, on site, in the first workshop."""
    for name, words in said.items():
        keyboard.go_to(keyboard.page.locator(f"#p{number}-{name}"))
        keyboard.type(words)
    for choice in ("mode", "slot-1"):
        keyboard.go_to(keyboard.page.locator(f"#p{number}-{choice}"))
        keyboard.press("ArrowDown")


def test_a_contact_registers_and_changes_a_group_by_keyboard_without_script(stage, without_script):
    page, keyboard = without_script, Keyboard(without_script)
    page.goto(f"{stage.url}/groups/register")
    keyboard.skip()
    keyboard.open(page.get_by_role("link", name="Gruppe anmelden"))
    enter(keyboard, 1, SAID)
    keyboard.open(page.get_by_role("button", name="Weitere Person", exact=True))
    expect(page.locator("#p3-person")).to_be_visible()
    expect(page.locator("#p1-email")).to_have_value(SAID["email"])
    keyboard.skip()
    enter(keyboard, 2, OTHER)
    keyboard.go_to(page.locator("#privacy_notice"))
    keyboard.press("Space")
    keyboard.open(page.get_by_role("button", name="Gruppe verbindlich anmelden"))

    expect(page).to_have_url(re.compile("/group/"))
    people = page.locator("main section.card")
    expect(people).to_have_count(2)
    expect(people.nth(1)).to_contain_text("Vor Ort")
    keyboard.skip()
    keyboard.open(page.get_by_role("link", name="Auswahl von Max Neu"))
    keyboard.skip()
    keyboard.open(page.get_by_role("button", name="Auf „online“ umstellen"))
    expect(people.nth(1)).to_contain_text("Online")
    expect(people.first).to_contain_text("Vor Ort")
    keyboard.skip()
    keyboard.open(page.get_by_role("link", name="Max Neu abmelden"))
    keyboard.skip()
    keyboard.open(page.get_by_role("button", name="Ja, abmelden"))
    expect(people.nth(1)).to_contain_text("Nicht mehr angemeldet")
    expect(people.first).to_contain_text("Platz bestätigt")


def fill(page: Page) -> None:
    """Enter two people with the mouse, and send it."""
    for number, said in ((1, SAID), (2, OTHER)):
        for name, words in said.items():
            page.locator(f"#p{number}-{name}").fill(words.replace(".", f"{number}.", 1))
        for choice in ("mode", "slot-1"):
            page.locator(f"#p{number}-{choice}").select_option(index=1)
    page.locator("#privacy_notice").check()
    page.get_by_role("button", name="Gruppe verbindlich anmelden").click()
    page.wait_for_url(re.compile("/group/"))


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/foreign")
def test_the_pages_of_a_group_are_for_everybody(stage, visitor):
    form = f"{stage.url}/groups/register/group"
    with window_of(visitor) as (page, witness):
        page.goto(form)
        page.get_by_role("button", name="Gruppe verbindlich anmelden").click()
        expect(page.locator("#fehlerliste")).to_be_focused()
        faults = inspect(page) + witness.faults
    with window_of(visitor) as (page, witness):
        page.goto(form)
        fill(page)
        address = page.url.partition("?")[0]
        person = page.get_by_role("link", name="Auswahl von Max Neu").get_attribute("href")
        faults += inspect(page)
        for each in (f"{stage.url}{person}", f"{stage.url}{person}/withdraw", f"{address}/add"):
            page.goto(each)
            faults += inspect(page)
        faults += witness.faults
    assert faults == []
