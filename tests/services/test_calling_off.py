"""Calling a congress off, and what a cancelled workshop means to those who are in it."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.domain.planning.release import StateUnreachable
from congress.domain.registration import CongressNotTakingPart
from congress.models import CalendarEntry, Congress, OutboxMessage, ProgrammeItem
from congress.queries.invariants import list_broken
from congress.services import registering
from congress.services.planning import releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


def test_everybody_is_told_and_every_entry_is_cancelled(session):
    """ICS-07, ICS-22."""
    congress = a_congress(capacity=1)
    for number in (1, 2):
        registering.register(congress.id, a_request(number), now=OPEN)

    told = releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    assert told == 2
    assert kinds(session)[3:] == ["congress_cancelled", "calendar_cancel", "congress_cancelled"]
    entry = session.execute(select(CalendarEntry.status, CalendarEntry.sequence)).one()
    assert tuple(entry) == ("CANCELLED", 1)
    assert session.scalars(select(Congress.sequence)).one() == 1
    assert list_broken() == []


def test_nobody_can_register_any_more_and_there_is_no_way_back(session):
    congress = a_congress()
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    with pytest.raises(CongressNotTakingPart):
        registering.register(congress.id, a_request(1), now=OPEN)
    with pytest.raises(StateUnreachable):
        releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)
    with pytest.raises(StateUnreachable):
        releasing.change_state(congress.id, CongressState.PUBLISHED, actor=ORGANISER, now=OPEN)


def test_a_cancelled_workshop_is_named_so_in_the_letter_and_the_entry(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=4, title="Junges Engagement fördern")
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    cancel(session, workshop)

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    assert kinds(session)[2:] == ["programme_changed", "calendar_request"]
    [letter] = session.scalars(
        select(OutboxMessage.facts).where(OutboxMessage.kind == "programme_changed")
    ).all()
    assert letter["confirmed"][0]["title"] == "Abgesagt: Junges Engagement fördern"
    entry = session.scalars(select(CalendarEntry)).one()
    assert entry.sequence == 1
    assert "Abgesagt: Junges Engagement fördern" in entry.content["description"]


def test_a_workshop_that_takes_place_after_all_lets_its_queue_move_up(session):
    congress = a_congress()
    workshop = a_workshop(congress, number=4, capacity=0)
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    cancel(session, workshop)
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)
    session.execute(update(ProgrammeItem).values(capacity=1, cancelled=False))
    session.commit()

    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    assert kinds(session)[-2:] == ["place_gained", "calendar_request"]
    assert list_broken() == []


def cancel(session, workshop):
    session.get_one(ProgrammeItem, workshop.id).cancelled = True
    session.commit()


def kinds(session):
    return session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
