"""Moves become rows in a fixed number of statements, whoever and however many are concerned."""

import pytest
from sqlalchemy import select

from congress.domain.hall import CONGRESS
from congress.domain.moves import Grant, Move, Queue, Release
from congress.models import Booking, Registration
from congress.services import applying
from tests.builders import OPEN, a_booking, a_congress, a_registration, a_workshop
from tests.queries_counter import count_queries

FEW, MANY = 2, 40


@pytest.mark.parametrize("count", [FEW, MANY], ids=["few", "many"])
def test_every_kind_of_move_takes_its_statements_however_many_people_move(session, count):
    """Let in, ended, moved up, given back, newly booked, queued, queued with a place held."""
    congress = a_congress()
    first, second, third = (a_workshop(congress, capacity=None) for _ in range(3))
    in_queue = [a_registration(congress, state="waiting") for _ in range(count)]
    inside = [a_registration(congress) for _ in range(count)]
    waits = {(p.id, first.id): a_booking(p, first, state="waiting").id for p in in_queue}
    holds = {(p.id, first.id): a_booking(p, first).id for p in inside}
    leaving = [a_registration(congress).id for _ in range(count)]
    moves = [
        move
        for one, other, gone in zip(in_queue, inside, leaving, strict=True)
        for move in (
            Grant(one.id, CONGRESS, moved_up=True),
            Grant(one.id, first.id, moved_up=True),
            Release(other.id, first.id),
            Grant(other.id, second.id),
            Queue(other.id, third.id, instead_of=second.id),
            Queue(one.id, third.id),
            Release(gone, CONGRESS),
        )
    ]

    with count_queries() as statements:
        applying.carry_out(moves, waits | holds, {}, questions={}, now=OPEN)
        session.flush()

    inserts = [each for each in statements if each.startswith("INSERT")]
    assert len(statements) - len(inserts) == 6  # one lets go of what those who end needed
    assert len(inserts) == 2
    assert states_of(session, [each.id for each in in_queue]) == {"confirmed"}
    assert states_of(session, [each.id for each in inside]) == {"confirmed"}
    assert states_of(session, leaving) == {"cancelled"}
    assert bookings_of(session, in_queue, first) == ["confirmed"] * count
    assert bookings_of(session, in_queue, third) == ["waiting"] * count
    assert bookings_of(session, inside, first) == ["cancelled"] * count
    assert bookings_of(session, inside, second) == ["confirmed"] * count
    assert bookings_of(session, inside, third) == ["waiting"] * count


def test_who_waits_holds_the_place_of_the_same_decision(session):
    congress = a_congress()
    kept, wanted = a_workshop(congress), a_workshop(congress)
    person = a_registration(congress).id
    moves: list[Move] = [Queue(person, wanted.id, instead_of=kept.id), Grant(person, kept.id)]

    applying.carry_out(moves, {}, {}, questions={wanted.id: "Wer ist dabei?"}, now=OPEN)

    rows = {row.item_id: row for row in session.scalars(select(Booking))}
    assert rows[wanted.id].instead_of_id == rows[kept.id].id
    assert (rows[wanted.id].question, rows[kept.id].question) == ("Wer ist dabei?", "")


def test_of_several_moves_to_one_place_the_last_counts(session):
    congress = a_congress()
    workshop = a_workshop(congress)
    person = a_registration(congress)
    booking = a_booking(person, workshop, state="waiting")
    moves: list[Move] = [
        Grant(person.id, workshop.id, moved_up=True),
        Release(person.id, workshop.id),
    ]

    applying.carry_out(moves, {(person.id, workshop.id): booking.id}, {}, questions={}, now=OPEN)

    assert bookings_of(session, [person], workshop) == ["cancelled"]


def test_nothing_to_move_asks_the_database_nothing(session):
    with count_queries() as statements:
        applying.carry_out([], {}, {}, questions={}, now=OPEN)

    assert statements == []
    assert session.scalars(select(Booking)).all() == []


def states_of(session, people):
    return set(session.scalars(select(Registration.state).where(Registration.id.in_(people))))


def bookings_of(session, people, workshop):
    mine = Booking.registration_id.in_([each.id for each in people])
    return session.scalars(select(Booking.state).where(mine, Booking.item_id == workshop.id)).all()
