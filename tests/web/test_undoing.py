"""What was just done to the programme is offered to be undone, once and with one button."""

import pytest

from congress.domain.access import Role
from congress.domain.planning.scheduling import ChangedSince
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, post

HERE = "/organiser/fachkongress"
PROGRAMME, ALL = f"{HERE}/programme", f"{HERE}/programme/take-back"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def browser(app):
    with app.app_context():
        congress = builders.a_congress()
        builders.a_workshop(congress, code="ws", number=4, title="Netzwerke")
        number = congress.id
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    return Browser(logged_in(app, "organiser@example.org"))


def said(browser):
    return pages.words(pages.get(browser.page, role="status", class_="note note--ok"))


def offers(browser):
    return pages.has(browser.page, "form", action=f"{PROGRAMME}/undo")


def move(browser, starts):
    browser.load(f"{PROGRAMME}/ws/move")
    browser.submit("Verschieben", starts=starts)


def test_it_is_undone_in_the_view_it_was_done_in_and_done_again(app, browser):
    move(browser, "10")
    browser.submit("Rückgängig")
    assert said(browser) == "Rückgängig gemacht: „Netzwerke“ ist wieder wie zuvor."
    assert browser.address == f"{PROGRAMME}?view=rooms"
    assert not pages.has(browser.page, aria_labelledby="changes")
    browser.submit("Rückgängig")
    assert pages.has(browser.page, aria_labelledby="changes")
    assert offers(browser)
    browser.load(PROGRAMME)
    assert not offers(browser)  # it was for the last act
    browser.load(f"{PROGRAMME}/ws/edit")
    browser.submit("Speichern")
    assert not offers(browser)  # nothing was done
    browser.load(f"{HERE}/log")
    assert "An „4 Netzwerke“ wurde eine Änderung rückgängig gemacht" in pages.words(browser.page)

    move(browser, "11")
    move(Browser(browser.client), "12")
    browser.submit("Rückgängig")
    assert browser.status == 409
    alert = pages.words(pages.get(browser.page, role="alert"))
    assert alert.endswith(pages.sentence(app, ChangedSince()))
    assert post(browser.client, f"{PROGRAMME}/undo", PROGRAMME, at="gestern") == 409


@pytest.mark.parametrize(
    "at", ["", "x", "2015-10-21", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
def test_a_moment_that_is_none_undoes_nothing(browser, at):
    address = f"{PROGRAMME}/undo"
    assert post(browser.client, address, PROGRAMME, at=at) == 409


def test_all_drafts_are_listed_before_they_are_taken_back(browser):
    assert browser.client.get(ALL).status_code == 303  # there are none
    move(browser, "10")
    browser.load(PROGRAMME)
    assert not pages.has(browser.page, "a", href=ALL)  # of one there is its own
    browser.load(f"{PROGRAMME}/new")
    browser.submit("Speichern", kind="talk", title_de="Impuls", starts="9.30", ends="10")
    assert pages.has(browser.page, "a", href=ALL)
    browser.load(ALL)
    listed = pages.words(pages.section(browser.page, "changes"))
    assert "Netzwerke" in listed
    assert "Impuls" in listed

    move(Browser(browser.client), "11")
    browser.submit("Zurücknehmen")
    assert browser.status == 409
    browser.submit("Zurücknehmen")
    assert said(browser) == "2 Änderungen sind zurückgenommen."
    assert not pages.has(browser.page, aria_labelledby="changes")
    browser.submit("Rückgängig")
    assert "Impuls" in pages.words(pages.section(browser.page, "changes"))
