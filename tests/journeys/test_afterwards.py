"""What comes after an event, by keyboard and without any script: feedback, certificate, results."""

import re

import pikepdf
import pytest
from playwright.sync_api import Download, Page, expect

from tests.journeys.afterwards import NAME, RESULT
from tests.journeys.house import patiently
from tests.journeys.inspection import AXE, inspect, window_of
from tests.journeys.keyboard import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture
def without_script(browser):
    context = browser.new_context(
        locale="de-DE", viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def asked(page: Page, address: str) -> bool:
    """Return whether the page of somebody leads to the survey, which the worker begins."""
    page.goto(address)
    return bool(page.get_by_role("link", name="Feedback geben").count())


def checked_at(download: Download) -> str:
    """Return the address that stands on a certificate, as its link has it."""
    with pikepdf.open(download.path()) as file:
        found = [str(each.A.URI) for each in file.pages[0].Annots if "/A" in each]
    return next(each for each in found if "/certificates/" in each)


@pytest.mark.skipif(not AXE.exists(), reason="no axe-core: npm ci in tests/foreign")
def test_what_comes_after_is_for_everybody(stage, visitor):
    """Before anybody has answered: a ballot is used once."""
    own = f"{stage.url}/registration/{stage.people['was_there'].token}"
    with window_of(visitor) as (page, witness):

        def faults_at(address: str, *buttons: str) -> list[str]:
            page.goto(address)
            for each in buttons:
                page.get_by_role("button", name=each).click()
                expect(page.locator("#fehlerliste")).to_be_focused()
            return inspect(page)

        patiently(lambda: asked(page, own))
        ballot = str(page.get_by_role("link", name="Feedback geben").get_attribute("href"))
        with page.expect_download() as taken:
            page.get_by_role("button", name="Teilnahmebescheinigung").click()
        checked = checked_at(taken.value)
        faults = [*faults_at(own), *faults_at(checked), *faults_at(checked, "Prüfen")]
        for send in ((), ("Feedback abschicken",)):
            faults += faults_at(f"{stage.url}{ballot}", *send)
        for address in ("over/results", "over", "archive", "archive?q=qqq", "called-off/results"):
            faults += faults_at(f"{stage.url}/{address}")
        faults += witness.faults
    assert faults == []


def test_somebody_who_was_there_finds_all_that_comes_after(stage, without_script):
    page, keyboard = without_script, Keyboard(without_script)
    own = f"{stage.url}/registration/{stage.people['was_there'].token}"
    patiently(lambda: asked(page, own))
    keyboard.skip()
    keyboard.open(page.get_by_role("link", name="Feedback geben"))
    ballot = page.url
    keyboard.skip()
    keyboard.open(page.get_by_role("button", name="Feedback abschicken"))
    expect(page.locator("main")).to_contain_text("mindestens eine Frage")
    keyboard.skip()
    keyboard.go_to(page.locator("#event-whole--none"))
    keyboard.press("ArrowUp")
    keyboard.open(page.get_by_role("button", name="Feedback abschicken"))
    expect(page.locator("h1")).to_contain_text("Danke für Ihr Feedback")
    page.goto(ballot)
    expect(page.locator("main form")).to_have_count(0)

    assert not asked(page, own)
    keyboard.skip()
    keyboard.go_to(page.get_by_role("button", name="Teilnahmebescheinigung"))
    with page.expect_download() as taken:
        keyboard.press("Enter")
    for name, answer in (("Ida Überal", "gilt nicht für"), (NAME, "ist echt")):
        page.goto(checked_at(taken.value))
        keyboard.skip()
        keyboard.go_to(page.locator("#name"))
        keyboard.type(name)
        keyboard.open(page.get_by_role("button", name="Prüfen"))
        expect(page.locator("main")).to_contain_text(answer)

    page.goto(f"{stage.url}/over")
    keyboard.skip()
    keyboard.open(page.get_by_role("link", name="Ergebnisse lesen"))
    expect(page.locator("main")).to_contain_text(RESULT)
    page.goto(f"{stage.url}/archive")
    keyboard.skip()
    keyboard.go_to(page.locator("#q"))
    keyboard.type("staedte gruenden")
    keyboard.open(page.get_by_role("button", name="Suchen"))
    keyboard.skip()
    keyboard.open(page.locator("main li li a"))
    expect(page).to_have_url(re.compile("/over/programme/"))
