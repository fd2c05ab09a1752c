"""One thing done with several people of the list, in the browser."""

import pytest
import time_machine
from sqlalchemy import select, update

from congress.domain.access import Role
from congress.extensions import db
from congress.models import Booking, Congress, OutboxMessage, Registration
from congress.services import registering
from tests import builders
from tests.builders import OPEN, a_request
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post

pytestmark = pytest.mark.sqlite_only

HERE = "/organiser/fachkongress/attendees"
SEVERAL = f"{HERE}/several"


@pytest.fixture(autouse=True)
def before_it_begins():
    with time_machine.travel(OPEN, tick=False):
        yield


@pytest.fixture
def house(app):
    """Three people on two places of a workshop, one of them without an address."""
    with app.app_context():
        congress = builders.a_congress()
        full = builders.a_workshop(congress, code="full", number=1, capacity=2)
        builders.a_workshop(congress, code="free", number=2, capacity=9)
        ids = [
            registering.register(congress.id, a_request(each, full), now=OPEN).registration_id
            for each in range(3)
        ]
        silent = update(Registration).where(Registration.id == ids[1])
        db.session.execute(silent.values(email="", email_key=""))
        db.session.commit()
        congress_id = congress.id
    an_organiser(app, "organiser@example.org", {congress_id: Role.ORGANISER})
    an_organiser(app, "reader@example.org", {congress_id: Role.READER})
    return ids


def words(page):
    return pages.words(pages.get(page, "main"))


def test_marked_people_are_shown_what_would_come_of_it_and_then_it_is_done(app, house):
    client = logged_in(app, "organiser@example.org")
    first, second, third = house
    boxes = pages.find_all(pages.read(client.get(HERE)), "input", name="ids", type="checkbox")
    assert {each.get("value") for each in boxes} == {str(each) for each in house}
    nobody = client.get(f"{SEVERAL}?of=marked&lang=de", follow_redirects=True)
    assert "Bitte markieren Sie zuerst Personen" in words(pages.read(nobody))

    these = f"ids={first}&ids={second}&of=marked&lang=de"
    assert "Mit 2 Personen …" in words(pages.read(client.get(f"{SEVERAL}?{these}")))
    address = f"{SEVERAL}?{these}&act=give&in=free&full=leave"
    page = words(pages.read(client.get(address)))
    for sentence in (
        "2 Personen einen Platz in „2 Engagement entwickeln 2“ geben?",
        "bekommt den Platz, gibt „1 Engagement entwickeln 1“ ab: 2",
        "1 andere Person rückt nach: Erika Muster-2",
        "2 Mails gehen hinaus.",
        "1 Person hat keine E-Mail-Adresse; bitte sagen Sie es ihr selbst",
    ):
        assert sentence in page, sentence
    with app.app_context():
        before = db.session.scalars(select(OutboxMessage.id)).all()
        assert len(active()) == 3  # a look changes nothing

    seen = hidden(client, address, "seen")
    assert post(client, address, address, seen=f"{seen}-9") == 409
    with app.app_context():
        assert len(active()) == 3
    assert post(client, address, address, seen=seen) == 303
    page = words(pages.read(client.get(f"{HERE}?ids={first},{second}&lang=de")))
    assert (
        "„2 Engagement entwickeln 2“: 2 Personen haben dort jetzt einen Platz oder warten darauf."
        in page
    )
    assert "2 Personen markiert" in page
    with app.app_context():
        assert sorted(active()) == [
            (first, "free", "confirmed"),
            (second, "free", "confirmed"),
            (third, "full", "confirmed"),
        ]
        told = select(OutboxMessage.registration_id).where(OutboxMessage.id.not_in(before))
        assert set(db.session.scalars(told)) == {first, third}
    assert post(client, address, address, seen=seen) == 409  # the same button once more
    assert logged_in(app, "reader@example.org").get(SEVERAL).status_code == 403


def test_refused_ones_stay_and_are_named(app, house):
    client = logged_in(app, "organiser@example.org")
    address = f"{SEVERAL}?act=admit&in=full&full=leave&lang=de"
    page = words(pages.read(client.get(address)))
    assert "bleibt, wie es ist: 2" in page
    assert post(client, address, address, seen=hidden(client, address, "seen")) == 303
    assert "1 Person ist wie zuvor:" in words(pages.read(client.get(f"{HERE}?lang=de")))


@pytest.mark.parametrize(
    "query", ["ids=x&of=marked", "ids=99999&act=cancel", "act=give&in=unknown", "act=nothing", ""]
)
def test_what_an_address_does_not_say_is_asked(app, house, query):
    client = logged_in(app, "organiser@example.org")
    assert client.get(f"{SEVERAL}?{query}").status_code in {200, 303}
    assert post(client, f"{SEVERAL}?{query}", HERE, seen="1") in {200, 303, 422}
    with app.app_context():
        assert len(active()) == 3


def test_a_draft_changes_nobodys_places(app, house):
    with app.app_context():
        db.session.execute(update(Congress).values(state="draft"))
        db.session.commit()
    client = logged_in(app, "organiser@example.org")
    page = pages.read(client.get(f"{SEVERAL}?lang=de"))
    assert "solange der Kongress veröffentlicht ist" in words(page)


def active():
    rows = db.session.execute(
        select(Booking.registration_id, Booking.item_id, Booking.state).where(
            Booking.state != "cancelled"
        )
    )
    names = {1: "full", 2: "free"}
    return [(row[0], names[row[1]], row[2]) for row in rows]
