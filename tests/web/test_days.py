"""All days of a congress on one page; whoever moves one sees first who is told."""

from datetime import date

import pytest
import time_machine

from congress.domain.access import Role
from congress.queries.planning import days
from congress.services import registering
from tests import builders
from tests.builders import OPEN
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
DAYS = f"{HERE}/days"
SAVE, NOTIFY = "Speichern", "1 Person informieren und speichern"


@pytest.fixture
def congress(app):
    with time_machine.travel(OPEN, tick=False):
        with app.app_context():
            congress = builders.a_congress()
            item = builders.a_workshop(congress, number=4, title="Netzwerke")
            registering.register(congress.id, builders.a_request(1, item), now=OPEN)
            number = congress.id
        an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
        yield number


@pytest.fixture
def browser(app, congress):
    browser = Browser(logged_in(app, "organiser@example.org"))
    browser.load(DAYS)
    return browser


def stored(app, congress):
    with app.app_context():
        return [day.day for day in days.days(congress)]


def test_moving_a_day_asks_first_how_many_are_told(app, browser, congress):
    browser.submit(SAVE, **{"day-0-day": "28.10.2015"})
    assert browser.status == 200
    assert pages.words(pages.get(browser.page, "h1")) == "1 Person informieren?"
    changes = pages.words(pages.section(browser.page, "changes"))
    assert "28. Oktober 2015" in changes
    assert "1 Programmpunkt geht mit" in changes
    assert "Der Anmeldeschluss bleibt, wie er ist: bis einschließlich 7. Oktober" in changes
    assert pages.has(browser.page, id="letter")
    assert stored(app, congress) == [date(2015, 10, 21)]

    browser.submit("Zurück zum Formular")
    assert pages.get(browser.page, "input", id="day-0-day").get("value") == "28.10.2015"
    browser.submit(SAVE)
    browser.submit(NOTIFY)
    said = pages.words(pages.get(browser.page, role="status"))
    assert said == "Die Tage sind gespeichert. 1 Person bekommt gleich eine Mail."
    assert stored(app, congress) == [date(2015, 10, 28)]
    assert "28. Oktober" in browser.client.get("/fachkongress").text
    browser.load(f"{HERE}/log")
    assert "Die Tage wurden geändert: 21. Oktober 2015" in pages.words(browser.page)


def test_the_event_is_not_moved_to_before_its_deadline(app, browser, congress):
    browser.submit(SAVE, **{"day-0-day": "5.10.2015"})
    assert browser.status == 409
    said = pages.words(browser.page)
    assert "Eine Frist läge nach dem Kongress" in said
    assert "Sie gilt bis einschließlich 7. Oktober 2015, 24.00 Uhr" in said
    assert pages.get(browser.page, "input", id="day-0-day").get("value") == "5.10.2015"
    assert stored(app, congress) == [date(2015, 10, 21)]


def test_a_day_with_items_stays_and_says_why(app, browser, congress):
    assert not pages.has(browser.page, "button", name="remove")
    browser.submit("Tag hinzufügen")
    browser.submit(SAVE, **{"day-1-day": "22.10.2015"})
    browser.submit(NOTIFY)
    assert stored(app, congress) == [date(2015, 10, 21), date(2015, 10, 22)]
    sent = {each.get("name"): each.get("value", "") for each in browser.page.iter("input")}
    browser.page = pages.read(browser.client.post(DAYS, data=sent | {"remove": "0"}))
    browser.submit(SAVE)

    assert browser.status == 409
    assert pages.refusal_heading(browser.page) == "Mittwoch, 21. Oktober 2015 ist belegt"
    assert "4 Netzwerke" in pages.faults(browser.page)[0]
    assert len(stored(app, congress)) == 2


def test_hours_that_leave_an_item_outside_are_refused(app, browser, congress):
    browser.submit(SAVE, **{"day-0-ends": "14.00"})

    assert browser.status == 409
    assert "4 Netzwerke" in pages.faults(browser.page)[0]
    assert pages.get(browser.page, "input", id="day-0-ends").get("value") == "14.00"


@pytest.mark.sqlite_only
def test_whoever_saves_second_sees_both(app, browser, congress):
    other = Browser(browser.client)
    other.load(DAYS)
    other.submit("Tag hinzufügen")
    other.submit(SAVE, **{"day-1-day": "22.10.2015"})
    other.submit(NOTIFY)
    browser.submit(SAVE, **{"day-0-ends": "18.00"})

    assert browser.status == 409
    assert pages.refusal_heading(browser.page).startswith("Jemand anderes hat die Tage")
    assert "22. Oktober 2015" in pages.words(pages.section(browser.page, "meanwhile"))
    browser.submit(SAVE)
    browser.submit(NOTIFY)
    assert len(stored(app, congress)) == 2


WRONG = [
    {"day-0-day": ""},
    {"day-0-day": "31.02.2015"},
    {"day-0-day": "bald"},
    {"day-0-day": "21.10.9999"},
    {"day-0-starts": "halb zehn"},
    {"day-0-starts": ""},
    {"day-0-ends": "25:00"},
    {"day-0-ends": "9.00"},
    {"day-0-starts": "16.30"},
    {"day-1-day": "21.10.2015"},
    {"day-1-day": "\x00"},
]


@pytest.mark.sqlite_only
def test_what_is_wrong_is_said_and_nothing_is_lost(app, browser, congress):
    """SEC-31, A11Y-03."""
    for wrong in WRONG:
        browser.load(DAYS)
        browser.submit("Tag hinzufügen")
        browser.submit(SAVE, **{"day-1-day": "22.10.2015", "day-1-ends": "12.34"} | wrong)

        assert browser.status == 422, wrong
        assert pages.faults(browser.page), wrong
        assert pages.get(browser.page, "input", id="day-1-ends").get("value") == "12.34"
    assert stored(app, congress) == [date(2015, 10, 21)]
