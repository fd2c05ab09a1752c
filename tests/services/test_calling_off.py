"""Calling a congress off, and what a cancelled workshop means to those who are in it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from congress.domain.access import Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.domain.planning.release import StateUnreachable
from congress.domain.registration import CongressNotTakingPart
from congress.models import CalendarEntry, Congress, OutboxMessage, ProgrammeItem
from congress.queries.invariants import list_broken
from congress.services import changing, registering
from congress.services.planning import releasing
from tests.builders import (
    AFTERWARDS,
    OPEN,
    a_congress,
    a_request,
    a_workshop,
    send_everything,
)

LATER = OPEN + timedelta(hours=1)
ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


def test_everybody_is_told_and_every_entry_is_cancelled(session):
    """ICS-07, ICS-22."""
    congress = a_congress(capacity=1)
    for number in (1, 2):
        registering.register(congress.id, a_request(number), now=OPEN)
    send_everything()

    told = releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    assert told.people == 2
    assert kinds(session)[3:] == ["congress_cancelled", "congress_cancelled"]
    entry = session.execute(select(CalendarEntry.status, CalendarEntry.sequence)).one()
    assert tuple(entry) == ("CANCELLED", 1)
    assert session.scalars(select(Congress.sequence)).one() == 1
    assert list_broken() == []


def test_nobody_can_register_any_more_and_the_way_back_has_a_door_of_its_own(session):
    congress = a_congress()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    with pytest.raises(CongressNotTakingPart):
        registering.register(congress.id, a_request(1), now=OPEN)
    with pytest.raises(StateUnreachable):
        releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    with pytest.raises(StateUnreachable):
        releasing.change_state(congress.id, CongressState.PUBLISHED, actor=ORGANISER, now=OPEN)


def test_what_takes_place_after_all_is_told_everybody_with_the_entry_of_before(session):
    """ICS-07: the same UID, REQUEST, the next SEQUENCE; who left meanwhile is left alone."""
    congress = a_congress(capacity=2)
    stays, leaves, waits = (
        registering.register(congress.id, a_request(number), now=OPEN).registration_id
        for number in (1, 2, 3)
    )
    [uid, *_others] = session.scalars(select(CalendarEntry.uid).order_by(CalendarEntry.id)).all()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    changing.withdraw(leaves, actor=ORGANISER, now=OPEN)
    send_everything()

    told = releasing.hold_after_all(congress.id, actor=ORGANISER, now=LATER)

    letters = session.execute(
        select(OutboxMessage.registration_id, OutboxMessage.kind)
        .where(OutboxMessage.created_at == LATER, OutboxMessage.kind.not_like("calendar_%"))
        .order_by(OutboxMessage.registration_id)
    ).all()
    assert [tuple(row) for row in letters] == [(stays, "held_after_all"), (waits, "place_gained")]
    assert told.people == 1
    entries = session.execute(
        select(
            CalendarEntry.registration_id,
            CalendarEntry.uid == uid,
            CalendarEntry.status,
            CalendarEntry.sequence,
        ).order_by(CalendarEntry.id)
    ).all()
    assert [tuple(row) for row in entries] == [
        (stays, True, "CONFIRMED", 2),
        (leaves, False, "CANCELLED", 2),  # once called off, once left
        (waits, False, "CONFIRMED", 0),
    ]
    assert session.scalars(select(Congress.sequence)).one() == 2
    assert registering.register(congress.id, a_request(4), now=LATER).token
    assert list_broken() == []


def test_what_is_overstays_called_off(session):
    congress = a_congress()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    with pytest.raises(StateUnreachable):
        releasing.hold_after_all(congress.id, actor=ORGANISER, now=AFTERWARDS)


def test_a_cancelled_workshop_is_named_so_in_the_letter_and_the_entry(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=4, title="Junges Engagement fördern")
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    send_everything()
    cancel(session, workshop)

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    assert kinds(session)[2:] == ["programme_changed"]
    [letter] = session.scalars(
        select(OutboxMessage.facts).where(OutboxMessage.kind == "programme_changed")
    ).all()
    assert letter["confirmed"][0]["cancelled"]
    entry = session.scalars(select(CalendarEntry)).one()
    assert entry.sequence == 1
    said = entry.content["description"]
    assert said.startswith("Fällt aus:\nWorkshop 4: Junges Engagement fördern\n")


def test_a_workshop_that_takes_place_after_all_lets_its_queue_move_up(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=4, capacity=0)
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    cancel(session, workshop)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    session.execute(update(ProgrammeItem).values(capacity=1, cancelled=False))
    session.commit()

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    assert kinds(session)[-1:] == ["place_gained"]
    assert list_broken() == []


def cancel(session, workshop):
    session.get_one(ProgrammeItem, workshop.id).cancelled = True
    session.commit()


def kinds(session):
    return session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
