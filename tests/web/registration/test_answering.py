"""The offer of a place on one's own page: only shown by a link, taken once, declined when sure."""

from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.extensions import db
from congress.formats import letters
from congress.models import Booking, OutboxMessage, Registration
from congress.services import changing
from tests.builders import OPEN
from tests.web import pages
from tests.web.pages import BERLIN
from tests.web.registration.visitors import change

pytestmark = pytest.mark.sqlite_only

HOURS = 48


@pytest.fixture
def offered(app, visitor, congress):
    """Somebody waits for workshop 2, has workshop 1, and the place in workshop 2 becomes free."""
    change(app, congress, rules={"offer_hours": HOURS})
    visitor.own_page(slot_1="workshop-2", email="first@example.org", given_name="Adam")
    page = visitor.own_page(slot_1="workshop-2", safe_1="workshop-1")
    with app.app_context():
        changing.leave(1, 1, actor=ATTENDEE, now=OPEN)
    return page


@pytest.fixture
def waits(app, visitor, congress):
    """Somebody is offered the only place of the congress."""
    change(app, congress, rules={"offer_hours": HOURS}, capacity=1)
    visitor.own_page(email="first@example.org", given_name="Adam")
    page = visitor.own_page()
    with app.app_context():
        changing.withdraw(1, actor=ATTENDEE, now=OPEN)
    return page


def offer(visitor, page):
    found = pages.find_all(pages.read(visitor.open(page)), "section", data_offer="open")
    return pages.words(found[0]) if found else ""


def bookings(app):
    with app.app_context():
        rows = db.session.execute(
            select(Booking.item_id, Booking.state)
            .where(Booking.registration_id == 2)
            .order_by(Booking.item_id)
        )
        return [tuple(row) for row in rows]


def state(app):
    with app.app_context():
        return db.session.get_one(Registration, 2).state


def test_the_page_says_what_is_offered_until_when_and_what_is_given_up(visitor, app, offered):
    said = offer(visitor, offered)

    assert "Workshop 2: Sozialraum" in said
    assert "bis Freitag, 2. Oktober 2015" in said
    assert "geben wir Ihren Platz in „Workshop 1: Junges Engagement“ frei" in said
    assert bookings(app) == [(1, "confirmed"), (2, "offered")]


@pytest.mark.parametrize("act", ["bookings/3/accept", "bookings/3/decline", "accept", "decline"])
def test_opening_an_address_changes_nothing(visitor, app, offered, act):
    visitor.open(f"{offered}/{act}")

    assert bookings(app) == [(1, "confirmed"), (2, "offered")]


def test_two_tabs_accept_once(visitor, app, offered):
    """REL-08."""
    hidden, address = visitor.hidden(offered), f"{offered}/bookings/3/accept"

    answers = [visitor.send(address, **hidden) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert bookings(app) == [(1, "cancelled"), (2, "confirmed")]
    assert "Der Platz gehört Ihnen." in visitor.open(answers[1].location).text
    with app.app_context():
        kinds = db.session.scalars(
            select(OutboxMessage.kind).where(OutboxMessage.registration_id == 2)
        ).all()
    assert kinds.count("place_gained") == 1


def test_declining_is_asked_once_more_and_keeps_what_one_has(visitor, app, offered):
    asked = visitor.open(f"{offered}/bookings/3/decline")
    assert "Alles andere bleibt, wie es ist." in asked.text

    done = visitor.act(offered, "bookings/3/decline")

    assert "Sie haben den angebotenen Platz abgelehnt." in visitor.open(done.location).text
    assert bookings(app) == [(1, "confirmed"), (2, "cancelled")]


def test_accepting_too_late_is_refused_in_words(visitor, app, offered, on_a_day):
    hidden = visitor.hidden(offered)
    on_a_day.move_to(OPEN + timedelta(hours=HOURS))

    late = visitor.send(f"{offered}/bookings/3/accept", **hidden)

    assert late.status_code == 422
    assert "Das Angebot ist abgelaufen" in late.text
    assert offer(visitor, offered) == ""
    assert bookings(app) == [(1, "confirmed"), (2, "offered")]


def test_the_place_in_the_congress_is_offered_and_taken(visitor, app, waits):
    page = visitor.open(waits).text
    assert "Ein Platz ist für Sie frei, Erika Muster." in page
    assert "Sobald Sie einen Platz haben, kommt Ihr Eintrag per Mail" in page

    visitor.act(waits, "accept")

    assert state(app) == "confirmed"
    assert "Sie sind dabei, Erika Muster." in visitor.open(waits).text


def test_whoever_declines_the_congress_is_told_that_the_registration_ends(visitor, app, waits):
    assert "Ihre Anmeldung endet" in visitor.open(f"{waits}/decline").text

    visitor.act(waits, "decline")

    assert state(app) == "cancelled"
    assert "Ich melde mich neu an" not in offer(visitor, waits)


@pytest.mark.parametrize("hours", [0, HOURS])
@pytest.mark.parametrize("quota", [0, 1])
def test_whoever_waits_reads_whether_a_place_is_to_be_accepted(
    visitor, app, congress, hours, quota
):
    """On the page and in the letter, for the congress and for a workshop."""
    change(app, congress, rules={"offer_hours": hours, "quota": quota}, capacity=2 - quota)
    visitor.own_page(slot_1="workshop-2", email="first@example.org", given_name="Adam")
    queued = visitor.own_page(
        slot_1="workshop-2", safe_1="none", email="second@example.org", organisation="Stadt Köln"
    )
    waiting = visitor.own_page()
    said = [pages.words(pages.read(visitor.open(page))) for page in (queued, waiting)]
    for email in ("second@example.org", "erika.muster@example.org"):
        with app.app_context():
            where = OutboxMessage.recipient == email
            row = db.session.scalars(select(OutboxMessage).where(where)).first()
            said.append(_text(row))
    for each in said:
        assert ("Bitte nehmen Sie ihn in der Frist an" in " ".join(each.split())) is bool(hours)


def test_of_a_hybrid_congress_it_says_where_there_is_no_place(visitor, app, congress):
    change(app, congress, rules={"mode": "hybrid"}, capacity=1)
    visitor.own_page(email="first@example.org", given_name="Adam", mode="onsite")
    page = visitor.own_page(mode="onsite")
    said = pages.words(pages.read(visitor.open(page)))
    assert said.count("Alle Plätze vor Ort sind vergeben.") == 2
    with app.app_context():
        letter = select(OutboxMessage).where(OutboxMessage.kind == "waiting")
        words = " ".join(_text(db.session.scalars(letter).one()).split())
    assert "„Engagement vor Ort“ vor Ort noch kein Platz frei" in words


def _text(row):
    links: defaultdict[str, str] = defaultdict(lambda: "https://x.test")
    return letters.compose(
        row.kind, "de", row.facts, links=links, zone=BERLIN, written_at=OPEN
    ).text
