"""The link for taking part online on pages: set by organisers, seen by whoever has a place."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, OutboxMessage, ProgrammeItem
from congress.web.access import Who
from congress.web.addresses import MATRIX
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

ROOM = "https://meet.example.org/kongress"
OF_WORKSHOP = "https://meet.example.org/workshop"
PAGE = "/organiser/fachkongress/settings"


@pytest.fixture
def congress(app):
    with app.app_context():
        congress = builders.a_congress(capacity=1, online_link=ROOM)
        builders.an_organisation("Forum", congress=congress)
        workshop = builders.a_workshop(congress, code="ws", number=1, online_link=OF_WORKSHOP)
        workshop.released = {**(workshop.released or {}), "online_link": OF_WORKSHOP}
        db.session.commit()
        return congress.id


def has_room(page):
    return pages.has(pages.read(page), "a", href=ROOM)


def test_whoever_has_a_place_finds_it_on_their_page_and_in_their_calendar(visitor, congress):
    page = visitor.own_page()

    assert has_room(visitor.open(page))
    calendar = visitor.open(f"{page}/calendar.ics").data.replace(b"\r\n ", b"")
    label = "Link zur Online-Teilnahme"
    room = f"CONFERENCE;FEATURE=AUDIO,VIDEO;LABEL={label};VALUE=URI:{ROOM}"
    assert room.encode() in calendar.split(b"\r\n")
    assert f"DESCRIPTION:{label}: {ROOM}".encode() in calendar
    assert page.rpartition("/")[2].encode() not in calendar


def test_nobody_else_finds_it_on_theirs(visitor, congress):
    page, waiting = visitor.own_page(), visitor.own_page(email="max@example.org")
    assert pages.has(pages.read(visitor.open(waiting)), data_state="waiting")
    assert ROOM not in visitor.open(waiting).text

    visitor.act(page, "withdraw")

    assert pages.has(pages.read(visitor.open(page)), data_state="cancelled")
    assert ROOM not in visitor.open(page).text
    assert has_room(visitor.open(waiting))  # who has the place now


def test_it_stands_on_no_page_that_everybody_may_see(app, visitor, congress):
    visitor.register()
    values = {"slug": "fachkongress", "code": "ws"}
    seen = set()
    for rule in app.url_map.iter_rules():
        is_public = MATRIX.get(rule.endpoint) is Who.PUBLIC and "GET" in rule.methods
        if is_public and rule.arguments <= set(values):
            with app.test_request_context():
                chosen = {name: values[name] for name in rule.arguments}
                address = app.url_map.bind("congress.test").build(rule.endpoint, chosen)
            answer = visitor.open(address)
            assert b"meet.example.org" not in answer.data, address
            seen |= {address} if answer.status_code == 200 else set()
    expected = {"/fachkongress", "/fachkongress/programme/ws", "/calendar.ics"}
    assert expected | {"/fachkongress/calendar.ics", "/fachkongress/register"} <= seen


def test_an_organiser_is_asked_before_people_are_told_another(app, visitor, congress):
    visitor.register()
    with app.app_context():
        builders.send_everything()
    an_organiser(app, "organiser@example.org", {congress: Role.ORGANISER})
    browser = Browser(logged_in(app, "organiser@example.org"))
    browser.load(f"{PAGE}?lang=de")

    browser.submit("Speichern", online_link="http://meet.example.org/2", town="Hamm")
    assert browser.status == 422
    assert "Er beginnt mit https://" in pages.words(browser.page)
    assert pages.get(browser.page, "input", id="town").get("value") == "Hamm"
    browser.submit("Speichern", online_link="https://meet.example.org/2", town="Lünen")

    assert browser.status == 200
    assert "Der bisherige Link zur Online-Teilnahme gilt nicht mehr." in pages.words(browser.page)
    with app.app_context():
        assert db.session.scalars(select(Congress.online_link)).one() == ROOM
        queued = select(OutboxMessage).where(OutboxMessage.state == "queued")
        assert db.session.scalars(queued).all() == []


def test_the_link_of_a_workshop_is_for_whoever_has_a_place_in_it(app, visitor, congress):
    with app.app_context():
        db.session.execute(update(Congress).values(capacity=None, online_link=""))
        db.session.execute(update(ProgrammeItem).values(capacity=1))
        db.session.commit()
    page, waits = (
        visitor.own_page(slot_1="ws"),
        visitor.own_page(email="m@example.org", slot_1="ws"),
    )

    own = pages.section(pages.read(visitor.open(page)), "karte")
    assert pages.has(own, "a", href=OF_WORKSHOP)
    assert OF_WORKSHOP not in visitor.open(waits).text
    assert OF_WORKSHOP.encode() not in visitor.open(f"{waits}/calendar.ics").data


def test_only_a_workshop_has_a_link_of_its_own(app, on_a_day, congress):
    an_organiser(app, "organiser@example.org", {congress: Role.ORGANISER})
    browser = Browser(logged_in(app, "organiser@example.org"))
    edit = "/organiser/fachkongress/programme/ws/edit"
    browser.load(f"{edit}?lang=de")
    browser.submit("Speichern", online_link="http://meet.example.org/neu")
    assert browser.status == 422
    assert "Er beginnt mit https://" in pages.words(browser.page)
    browser.submit("Speichern", online_link="https://meet.example.org/neu")
    assert browser.status == 200
    browser.load(f"{edit}?lang=de")
    field = pages.get(browser.page, "input", id="online_link")
    assert field.get("value") == "https://meet.example.org/neu"

    browser.load("/organiser/fachkongress/programme/new?lang=de")
    new = {"kind": "talk", "title_de": "Vortrag", "starts": "10", "ends": "11"}
    browser.submit("Speichern", online_link="https://meet.example.org/neu", **new)
    assert browser.status == 422
    assert (
        "Wählen kann man nur Workshops, Einsätze, Tage, Abendveranstaltungen und Essen."
        in pages.words(browser.page)
    )
