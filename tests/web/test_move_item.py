"""An item is moved by a short form, which the room plan sends when it is dragged."""

from datetime import timedelta

import pytest

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Congress, CongressDay, Room
from tests import builders
from tests.queries_counter import count_queries
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, logged_in

HERE = "/organiser/fachkongress"
PLAN, MOVE = f"{HERE}/programme?view=rooms", f"{HERE}/programme/ws/move"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def congress(app):
    with app.app_context():
        congress = builders.a_congress()
        for at, code in enumerate(("saal", "studio")):
            name = {"de": code.title()}
            builders.add(Room(congress_id=congress.id, code=code, name=name, position=at))
        builders.a_workshop(congress, code="ws", number=4, title="Netzwerke")
        builders.a_workshop(congress, code="other", number=5, title="Daneben")
        builders.an_item(congress, code="new", is_released=False)
        db.session.commit()
        number = congress.id
    an_organiser(app, "organiser@example.org", {number: Role.ORGANISER})
    return number


@pytest.fixture
def browser(app, congress):
    return Browser(logged_in(app, "organiser@example.org"))


def said(browser):
    return pages.words(pages.get(browser.page, class_="note note--ok"))


def test_it_is_moved_as_a_draft_and_nothing_is_overwritten(browser):
    public = browser.client.get("/fachkongress").text
    browser.load(PLAN)
    item = pages.get(browser.page, id="item-ws")
    assert (item.get("data-room"), item.get("data-length")) == ("", "120")
    assert pages.has(browser.page, "a", href=MOVE)
    other = Browser(browser.client)
    other.load(MOVE)
    browser.load(MOVE)
    browser.submit("Verschieben", starts="10.35", room="studio")

    assert browser.address == f"{PLAN}#item-ws"
    assert said(browser) == (
        "„Netzwerke“ ist verschoben: Mittwoch, 21. Oktober 2015, 10.35 bis 12.35 Uhr, Studio. "
        "Davon erfährt niemand, bis Sie es veröffentlichen."
    )
    assert "Netzwerke" in pages.words(pages.section(browser.page, "changes"))
    assert browser.client.get("/fachkongress").text == public

    other.submit("Verschieben", starts="13.15", room="saal")
    assert other.status == 409
    [fault] = pages.faults(other.page)
    assert "10.35 bis 12.35 Uhr, Studio" in fault  # theirs; one's own is still in the form
    assert pages.get(other.page, "input", id="starts").get("value") == "13.15"
    other.submit("Verschieben")
    assert other.status == 200
    assert "13.15 bis 15.15 Uhr, Saal" in said(other)

    browser.load(f"{HERE}/programme/other/move")
    browser.submit("Verschieben", room="saal")
    assert "Bitte beachten" in said(browser)
    assert "item--bad" in (pages.get(browser.page, id="item-ws").get("class") or "")
    browser.load(MOVE)
    browser.submit("Verschieben")
    assert said(browser).startswith("„Netzwerke“ bleibt, wo es war")

    browser.load(f"{HERE}/programme/new/move")
    other.load(f"{HERE}/programme/new/remove")
    other.submit("Entfernen")
    browser.submit("Verschieben", starts="11")
    assert said(browser).startswith("Jemand anderes hat")
    assert browser.client.get(f"{HERE}/programme/new/move").status_code == 404


def test_what_cannot_be_is_said_and_nothing_is_lost(browser):
    wrong = {"day": "2015-02-30", "starts": "halb elf", "room": "keller"}
    for name, typed in (*wrong.items(), ("starts", "23:30")):  # the last one: the day is over
        browser.load(MOVE)
        browser.submit("Verschieben", **{name: typed})
        assert browser.status == (409 if typed == "23:30" else 422)
        assert len(pages.faults(browser.page)) == 1
        if name == "starts":
            assert pages.get(browser.page, "input", id="starts").get("value") == typed


def test_the_plan_of_a_large_programme_asks_the_same_as_that_of_a_small_one(app, browser, congress):
    counts = []
    for items in (0, 40):
        with app.app_context():
            days = [builders.STARTS + timedelta(days=day) for day in range(1, 4)]
            rooms = list(db.session.scalars(db.select(Room.id)))
            for at in range(items):
                start = days[at % 3] + timedelta(minutes=30 * (at // 3))
                row = db.session.get_one(Congress, congress)
                builders.an_item(row, starts_at=start, room_id=rooms[at % 2])
            if items:
                for day in days:
                    ends = day + timedelta(hours=8)
                    builders.add(
                        CongressDay(
                            congress_id=congress, day=day.date(), starts_at=day, ends_at=ends
                        )
                    )
            db.session.commit()
        browser.load(PLAN)
        with count_queries() as found:
            browser.load(PLAN)
        counts.append(len(found))

    assert len(pages.find_all(browser.page, "table")) == 4
    assert counts[0] == counts[1] <= 16
