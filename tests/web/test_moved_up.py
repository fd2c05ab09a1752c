"""Whatever an organiser does that lets people move up: the page says who, and whom to phone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Booking, Congress, ProgrammeItem
from congress.services import places
from tests import builders
from tests.web import pages
from tests.web.forms import Browser
from tests.web.organisers import an_organiser, change_state, logged_in, post, publish

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress"
EDIT = f"{HERE}/programme/ws-1/edit"
NOW = datetime.now(UTC)
BEGINS = (NOW + timedelta(days=3)).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def house(app):
    """A full workshop that two wait for, the second without an address; another has places."""
    with app.app_context():
        congress = builders.a_congress(
            opens_at=NOW - timedelta(days=30),
            closes_at=NOW + timedelta(days=1),
            days=((BEGINS, BEGINS + timedelta(hours=8)),),
        )
        at = {"starts_at": BEGINS + timedelta(hours=1)}
        full = builders.a_workshop(congress, number=1, code="ws-1", capacity=1, **at)
        other = builders.a_workshop(congress, number=2, code="ws-2", **at)
        people = {}
        for name, email in (("Erika", "e@example.org"), ("Max", "m@example.org"), ("Petra", "")):
            person = builders.a_registration(
                congress, given_name=name, family_name="Muster", email=email
            )
            people[name] = person.id
            if name == "Max":
                held = builders.a_booking(person, other)
            state = "confirmed" if name == "Erika" else "waiting"
            builders.a_booking(
                person,
                full,
                state=state,
                instead_of_id=held.id if name == "Max" else None,
                joined_at=builders.OPEN + timedelta(minutes=len(people)),
            )
        people["congress"] = congress.id
        an_organiser(app, "organiser@example.org", {congress.id: Role.ORGANISER})
        an_organiser(app, "programme@example.org", {congress.id: Role.PROGRAMME})
    return people


def said(client, address):
    page = pages.read(client.get(f"{address}?lang=de"))
    return next(iter(pages.find_all(page, "div", id="moved-up")), None)


def set_places(client, number):
    browser = Browser(client)
    browser.load(f"{EDIT}?lang=de")
    browser.submit("Speichern", capacity=str(number))
    return pages.get(browser.page, "div", id="moved-up")


def test_more_places_say_who_moved_up_and_who_must_be_phoned(app, house):
    client = logged_in(app, "organiser@example.org")
    note = set_places(client, 3)

    assert "2 Personen sind nachgerückt: Max Muster, Petra Muster." in (pages.words(note))
    assert "1 Person hat keine E-Mail-Adresse, bitte anrufen: Petra Muster." in pages.words(note)
    addresses = [each.get("href") for each in pages.find_all(note, "a")]
    assert addresses[-1] == f"{HERE}/attendees/{house['Petra']}?lang=de"
    assert said(client, f"{HERE}/programme") is None  # once

    for name, line in (
        (
            "Max",
            "ist nachgerückt: „1 Engagement entwickeln 1“. Dafür abgegeben: „2 ",
        ),
        ("Petra", "Petra Muster ist nachgerückt: „1 Engagement entwickeln 1“."),
    ):
        page = pages.read(client.get(f"{HERE}/attendees/{house[name]}?lang=de"))
        assert line in pages.words(pages.get(page, "ol", class_="log plain"))
    overview = pages.read(client.get(f"{HERE}?lang=de"))
    assert "ist nachgerückt: " not in pages.words(overview)
    assert "2 Personen sind nachgerückt" in pages.words(overview)


def test_where_more_move_up_than_at_once_the_page_and_the_log_say_so(app, house, monkeypatch):
    monkeypatch.setattr(places, "AT_ONCE", 1)
    client = logged_in(app, "organiser@example.org")
    more = "Weitere Personen rücken in den nächsten Minuten nach."

    said = pages.words(set_places(client, 3))

    assert "1 Person ist nachgerückt: Max Muster." in said
    assert more in said
    assert more in pages.words(pages.read(client.get(f"{HERE}/log?lang=de")))


def test_where_places_are_offered_the_page_says_to_whom(app, house):
    with app.app_context():
        db.session.get_one(Congress, house["congress"]).rules = {"offer_hours": 24}
        db.session.commit()
    said = pages.words(set_places(logged_in(app, "organiser@example.org"), 3))

    assert "2 Personen wurden Plätze angeboten: Max Muster, Petra Muster." in said
    assert "nachgerückt" not in said
    assert "1 Person hat keine E-Mail-Adresse, bitte anrufen: Petra Muster." in said


def test_whoever_may_see_nobody_is_told_the_numbers(app, house):
    note = set_places(logged_in(app, "programme@example.org"), 3)

    assert pages.numbers(note) == [2, 1]
    assert "Muster" not in pages.words(note)
    assert not pages.find_all(note, "a")


def test_an_ended_registration_and_another_workshop_say_it(app, house):
    client = logged_in(app, "organiser@example.org")
    here = f"{HERE}/attendees/{house['Erika']}"

    address = f"{here}/workshops"
    assert post(client, address, address, **{"slot-1": "ws-2"}) == 303
    assert "1 Person ist nachgerückt: Max" in pages.words(said(client, here))

    here = f"{HERE}/attendees/{house['Max']}"
    assert post(client, f"{here}/cancel", f"{here}/cancel") == 303
    assert "bitte anrufen: Petra Muster" in pages.words(said(client, here))


def test_more_places_at_the_event_say_it(app, house):
    with app.app_context():
        row = db.session.get_one(Congress, house["congress"])
        row.capacity = 3
        nora = builders.a_registration(
            row, given_name="Nora", family_name="Muster", state="waiting"
        )
        builders.a_registration(row, given_name="Omar", email="", state="waiting")
        nora_id = nora.id
    client = logged_in(app, "organiser@example.org")
    browser = Browser(client)
    browser.load(f"{HERE}/settings?lang=de")
    browser.submit("Speichern", capacity="5")
    browser.submit("1 Person informieren und speichern")

    assert "2 Personen sind nachgerückt" in pages.words(pages.get(browser.page, id="moved-up"))
    assert "bitte anrufen: Omar" in pages.words(pages.get(browser.page, id="moved-up"))
    page = pages.words(pages.read(client.get(f"{HERE}/attendees/{nora_id}?lang=de")))
    assert "Nora Muster ist nachgerückt: Platz im Kongress." in page


@pytest.mark.parametrize("act", ["reopened", "published", "by hand"])
def test_other_acts_say_it_as_well(app, house, act):
    with app.app_context():
        row = db.session.get_one(Congress, house["congress"])
        full, other = db.session.scalars(select(ProgrammeItem).order_by(ProgrammeItem.id)).all()
        of_max = select(Booking.id).where(Booking.registration_id == house["Max"])
        waits = db.session.scalars(of_max.where(Booking.item_id == full.id)).one()
        if act == "by hand":  # what Max gives up for it is free for somebody else
            other.capacity = 1
            person = builders.a_registration(row, given_name="Nora", family_name="Muster")
            builders.a_booking(person, other, state="waiting")
        else:
            full.capacity = 3
            if act == "reopened":
                row.state = "finished"
            else:  # called off until now
                full.released = {**(full.released or {}), "cancelled": True}
        db.session.commit()
    client = logged_in(app, "organiser@example.org")

    if act == "reopened":
        assert change_state(client, HERE, "published") == 303
        page, names = HERE, "Max Muster, Petra Muster"
    elif act == "published":
        assert publish(client, HERE) == 303
        page, names = f"{HERE}/programme", "Max Muster, Petra Muster"
    else:
        page, names = f"{HERE}/attendees/{house['Max']}", "Nora Muster"
        address = f"{page}/bookings/{waits}/promote"
        assert post(client, address, page, beyond="y") == 303
    assert f"nachgerückt: {names}." in pages.words(said(client, page))
