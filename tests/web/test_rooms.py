"""All rooms of a congress on one page."""

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import ProgrammeItem, Room
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in, publish

HERE = "/organiser/fachkongress"
ROOMS = f"{HERE}/rooms"


@pytest.fixture
def congress(app):
    with app.app_context():
        congress = builders.a_congress()
        rooms = [
            builders.add(
                Room(
                    congress_id=congress.id,
                    code=f"raum-{number}",
                    name={"de": f"Raum {number}", "fr": f"Salle {number}"},
                    seats=30,
                    position=number,
                )
            )
            for number in (1, 2)
        ]
        item = builders.a_workshop(
            congress, code="ws", number=4, title="Netzwerke", room={"de": "Raum 1", "fr": "Salle 1"}
        )
        item.room_id = rooms[0].id
        db.session.commit()
        builders.a_booking(builders.a_registration(congress), item)
        number = congress.id
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    return number


@pytest.fixture
def browser(app, congress):
    browser = Browser(logged_in(app, "organiser@example.org"))
    browser.load(ROOMS)
    return browser


def stored(app):
    with app.app_context():
        rows = db.session.scalars(select(Room).order_by(Room.position, Room.id))
        return [(room.code, dict(room.name), room.seats) for room in rows]


def test_rooms_come_and_go_and_change_places(app, browser):
    browser.submit("Raum hinzufügen")
    browser.submit("Speichern", **{"room-2-name_de": "Großer Saal", "room-2-seats": "200"})
    assert pages.words(pages.get(browser.page, role="status")) == "Die Räume sind gespeichert."
    assert stored(app)[2] == ("grosser-saal", {"de": "Großer Saal"}, 200)

    up = pages.get(browser.page, "button", name="up", value="2")
    assert pages.words(up) == "Nach oben"
    sent = {each.get("name"): each.get("value", "") for each in browser.page.iter("input")}
    moved = pages.read(browser.client.post(ROOMS, data=sent | {"up": "2"}))
    names = [pages.get(moved, "input", id=f"room-{at}-name_de").get("value") for at in range(3)]
    assert names == ["Raum 1", "Großer Saal", "Raum 2"]
    removed = pages.read(browser.client.post(ROOMS, data=sent | {"remove": "1"}))
    assert not pages.has(removed, id="room-2-name_de")

    browser.page = removed
    browser.submit("Speichern")
    assert [code for code, *_ in stored(app)] == ["raum-1", "grosser-saal"]
    browser.load(f"{HERE}/log")
    said = pages.words(browser.page)
    assert "Die Räume wurden geändert: „Großer Saal“ ist neu." in said
    assert "„Raum 2“ entfällt" in said


def test_a_new_name_is_public_once_it_is_published(app, browser):
    browser.submit("Speichern", **{"room-0-name_de": "Aula", "room-0-seats": ""})
    assert stored(app)[0] == ("raum-1", {"de": "Aula", "fr": "Salle 1"}, None)
    assert "Aula" not in browser.client.get("/fachkongress").text
    browser.load(f"{HERE}/programme")
    assert "Aula" in pages.words(pages.section(browser.page, "changes"))
    # It is the room's change; there is nothing of the item to take back.
    assert "Zurücknehmen …" not in pages.words(browser.page)

    assert publish(browser.client, HERE) == 303
    assert "Aula" in browser.client.get("/fachkongress").text


def test_a_room_in_use_says_by_what_and_stays(app, browser):
    assert not pages.has(browser.page, "button", name="remove", value="0")
    assert pages.has(browser.page, "button", name="remove", value="1")
    assert "4 Netzwerke" in pages.words(browser.page)
    sent = {each.get("name"): each.get("value", "") for each in browser.page.iter("input")}
    browser.page = pages.read(browser.client.post(ROOMS, data=sent | {"remove": "0"}))
    browser.submit("Speichern", **{"room-0-name_de": "Nebenraum"})

    assert browser.status == 409
    assert pages.refusal_heading(browser.page) == "„Raum 1“ ist belegt"
    [fault] = pages.faults(browser.page)
    assert "4 Netzwerke" in fault
    assert pages.get(browser.page, "input", id="room-0-name_de").get("value") == "Nebenraum"
    assert [name["de"] for _, name, _ in stored(app)] == ["Raum 1", "Raum 2"]
    browser.submit("Speichern")  # the room is there again
    assert [name["de"] for _, name, _ in stored(app)] == ["Nebenraum", "Raum 1"]
    with app.app_context():
        assert db.session.scalars(select(ProgrammeItem)).one().room.code == "raum-1"


@pytest.mark.sqlite_only
def test_whoever_saves_second_sees_both(app, browser):
    other = Browser(browser.client)
    other.load(ROOMS)
    other.submit("Raum hinzufügen")
    other.submit("Speichern", **{"room-2-name_de": "Keller"})
    browser.submit("Speichern", **{"room-1-seats": "12"})

    assert browser.status == 409
    assert pages.refusal_heading(browser.page).startswith("Jemand anderes hat die Räume")
    assert "Keller" in pages.words(pages.section(browser.page, "meanwhile"))
    browser.submit("Speichern")
    assert [(name["de"], seats) for _, name, seats in stored(app)] == [
        ("Raum 1", 30),
        ("Raum 2", 12),
        ("Keller", None),
    ]


WRONG = [
    {"room-0-name_de": ""},
    {"room-0-name_de": "", "room-0-name_en": "Room"},
    {"room-0-name_de": "x" * 201},
    {"room-0-name_en": "x" * 201},
    {"room-0-name_de": "raum 2"},
    {"room-0-seats": "viele"},
    {"room-0-seats": "0"},
    {"room-0-seats": "-3"},
    {"room-0-seats": "100001"},
    {"room-0-seats": "٣"},
]


@pytest.mark.sqlite_only
def test_what_is_wrong_is_said_and_nothing_is_lost(app, browser):
    """SEC-31, A11Y-03."""
    before = stored(app)
    for wrong in WRONG:
        browser.load(ROOMS)
        browser.submit("Speichern", **{"room-1-name_en": "Kept"} | wrong)

        assert browser.status == 422, wrong
        [_fault] = pages.faults(browser.page)
        assert pages.get(browser.page, "input", id="room-1-name_en").get("value") == "Kept"
    assert stored(app) == before
