"""What is offered to a registration is held for the one that it becomes, as long as before."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.registration import BookingState
from congress.domain.registration import RegistrationState as State
from congress.models import Booking, OutboxMessage, Registration
from congress.queries import congresses, invariants
from congress.services import changing, merging, registering
from congress.services.merging import Merging
from tests.builders import OPEN, a_congress, a_request, a_workshop

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
LATER = OPEN + timedelta(hours=5)


@pytest.fixture(autouse=True)
def right(session):
    """REL-07."""
    yield
    session.rollback()
    assert invariants.list_broken() == []


def merge(congress, kept, other):
    wanted = Merging(kept, other)
    seen = merging.foresee(congresses.get_heading(congress.id), wanted, now=LATER).seen
    merging.merge(wanted, seen=seen, actor=ORGANISER, now=LATER)


def offered(session):
    letters = select(OutboxMessage.facts).where(OutboxMessage.kind == "place_offered")
    return [each["family_name"] for each in session.scalars(letters.order_by(OutboxMessage.id))]


def test_a_place_in_a_workshop(session):
    congress = a_congress(capacity=9, rules={"offer_hours": 24})
    full = a_workshop(congress, number=1, capacity=1)
    requests = [a_request(1, full), a_request(2), a_request(3, full), a_request(4, full)]
    first, kept, other, behind = (
        registering.register(congress.id, each, now=OPEN).registration_id for each in requests
    )
    place = session.scalars(select(Booking.id).where(Booking.registration_id == first)).one()
    changing.leave(first, place, actor=ATTENDEE, now=OPEN)
    merge(congress, kept, other)

    held = select(Booking.registration_id, Booking.offered_until).where(
        Booking.state == BookingState.OFFERED
    )
    assert session.execute(held).all() == [(kept, OPEN + timedelta(hours=24))]
    waits = select(Booking.registration_id).where(Booking.state == BookingState.WAITING)
    assert session.scalars(waits).all() == [behind]
    assert offered(session) == ["Muster-2"]  # that to the other one had not gone out


def test_a_place_at_the_event(session):
    congress = a_congress(capacity=1, rules={"offer_hours": 24})
    first, other, behind, kept = (
        registering.register(congress.id, a_request(number), now=OPEN).registration_id
        for number in (1, 2, 3, 4)
    )
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    merge(congress, kept, other)

    states = dict(session.execute(select(Registration.id, Registration.state)).all())
    assert (states[kept], states[behind]) == (State.OFFERED, State.WAITING)
    until = session.scalars(select(Registration.offered_until).where(Registration.id == kept)).one()
    assert until == OPEN + timedelta(hours=24)
