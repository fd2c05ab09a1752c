"""Moving up by hand, where there is nothing to move up to."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import Actor, ActorKind
from congress.domain.registration import CongressNotTakingPart, WorkshopCancelled
from congress.domain.registration_request import WishedWorkshop
from congress.models import OutboxMessage, ProgrammeItem
from congress.queries.registrations import get_own
from congress.services import changing, promoting, registering
from congress.services.planning import releasing
from tests.builders import OPEN, a_congress, a_request, a_workshop

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


def test_nobody_moves_up_into_a_congress_that_was_called_off(session):
    congress = a_congress(capacity=0)
    waiting = register(congress)
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    with pytest.raises(CongressNotTakingPart):
        promoting.promote_registration(waiting, overbook=True, actor=ORGANISER, now=OPEN)

    assert "place_gained" not in session.scalars(select(OutboxMessage.kind)).all()


def test_nobody_moves_up_into_a_workshop_that_does_not_take_place(session):
    congress = a_congress()
    workshop = a_workshop(congress, capacity=0)
    [booking] = get_own(register(congress, workshop)).standing.waiting
    session.execute(update(ProgrammeItem).values(cancelled=True))
    session.commit()
    releasing.release(congress.id, actor=ORGANISER, now=OPEN)

    with pytest.raises(WorkshopCancelled):
        promoting.promote_booking(booking.id, overbook=True, actor=ORGANISER, now=OPEN)


def test_nobody_changes_workshops_of_a_congress_that_was_called_off(session):
    congress = a_congress()
    workshop = a_workshop(congress)
    person = register(congress)
    releasing.call_off(congress.id, actor=ORGANISER, now=OPEN)

    with pytest.raises(CongressNotTakingPart):
        changing.change_workshops(person, [WishedWorkshop(workshop.id)], actor=ORGANISER, now=OPEN)


def register(congress, *workshops: ProgrammeItem):
    request = a_request(1, *workshops)
    return registering.register(congress.id, request, now=OPEN).registration_id
