"""Undoing that a workshop place was given back."""

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE
from congress.domain.registration import NothingToTakeBack, PlaceTaken
from congress.domain.registration_request import WishedWorkshop
from congress.models import Booking
from congress.queries.invariants import list_broken
from congress.services import changing, registering
from tests.builders import LATE, OPEN, a_congress, a_request, a_workshop


@pytest.fixture
def full(session):
    """A congress whose first workshop has one place, held by the first person."""
    congress = a_congress()
    first, second = (a_workshop(congress, number=number, capacity=1) for number in (1, 2))
    mine = registering.register(
        congress.id,
        a_request(1, WishedWorkshop(first.id, None, "Wie fängt man an?")),
        now=OPEN,
    ).registration_id
    booking = session.scalars(select(Booking.id)).one()
    return congress.id, first, second, mine, booking


def leave(mine, booking, now=OPEN):
    changing.leave(mine, booking, actor=ATTENDEE, now=now)


def take_back(mine, booking, now=OPEN):
    changing.take_back(mine, booking, actor=ATTENDEE, now=now)


@pytest.mark.parametrize("now", [OPEN, LATE], ids=["open", "after the deadline"])
def test_it_is_the_same_place_again_with_its_question(session, full, now):
    *_, mine, booking = full
    leave(mine, booking, now)

    take_back(mine, booking, now)
    take_back(mine, booking, now)  # a second click

    rows = session.execute(select(Booking.id, Booking.state, Booking.question)).all()
    assert [tuple(row) for row in rows] == [(booking, "confirmed", "Wie fängt man an?")]
    assert list_broken() == []


def test_a_place_that_somebody_has_by_now_is_theirs(session, full):
    congress, first, _, mine, booking = full
    leave(mine, booking)
    registering.register(congress, a_request(2, first), now=OPEN)

    with pytest.raises(PlaceTaken):
        take_back(mine, booking)

    assert list_broken() == []


def test_only_the_last_act_can_be_undone(session, full):
    """Else it would be a door to workshops after the deadline."""
    _, first, second, mine, booking = full
    changing.change_workshops(mine, [WishedWorkshop(second.id)], actor=ATTENDEE, now=OPEN)
    other = session.scalars(select(Booking.id).where(Booking.item_id == second.id)).one()
    leave(mine, other, LATE)

    with pytest.raises(NothingToTakeBack):
        take_back(mine, booking, LATE)

    states = dict(session.execute(select(Booking.item_id, Booking.state)).all())
    assert states == {first.id: "cancelled", second.id: "cancelled"}


def test_a_place_in_a_queue_and_a_place_of_somebody_else_cannot_be_taken_back(session, full):
    congress, first, _, mine, booking = full
    waits = registering.register(congress, a_request(2, first), now=OPEN).registration_id
    theirs = session.scalars(select(Booking.id).where(Booking.registration_id == waits)).one()
    leave(waits, theirs)
    leave(mine, booking)

    for person, wanted in ((waits, theirs), (waits, booking), (mine, theirs), (mine, 999)):
        with pytest.raises(NothingToTakeBack):
            take_back(person, wanted)

    assert list_broken() == []


def test_whoever_waited_and_kept_the_place_meanwhile_keeps_it_again(session, full):
    congress, _, second, mine, booking = full
    registering.register(congress, a_request(2, second), now=OPEN)
    changing.change_workshops(mine, [WishedWorkshop(second.id)], actor=ATTENDEE, now=OPEN)
    leave(mine, booking)

    take_back(mine, booking)

    waiting = session.scalars(select(Booking).where(Booking.state == "waiting")).one()
    assert (waiting.item_id, waiting.instead_of_id) == (second.id, booking)
    assert list_broken() == []
