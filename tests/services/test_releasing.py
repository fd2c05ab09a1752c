"""Publishing and states, and what follows for those who are registered."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.models import CalendarEntry, OutboxMessage, ProgrammeItem
from congress.queries.invariants import list_broken
from congress.services import changing, registering
from congress.services.planning import previewing, releasing
from tests.builders import AFTERWARDS, OPEN, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


@pytest.mark.parametrize(("now", "mails"), [(OPEN, 3), (AFTERWARDS, 2)])
def test_a_correction_after_the_congress_is_told_nobody(session, now, mails):
    congress = a_congress()
    workshop = a_workshop(congress)
    registering.register(congress.id, a_request(1, workshop), now=OPEN)
    send_everything()
    session.execute(update(ProgrammeItem).values(title={"de": "Mit dem Namen, den er hatte"}))
    session.commit()

    assert releasing.release(congress.id, actor=ORGANISER, now=now) == 1

    assert len(session.scalars(select(OutboxMessage.id)).all()) == mails
    assert session.scalars(select(CalendarEntry.sequence)).all() == [mails - 2]


def test_who_waited_moves_up_when_a_finished_congress_is_opened_again(session):
    """REL-07: a place that became free while nobody could move up is not left empty."""
    congress = a_congress(capacity=1)
    workshop = a_workshop(congress, capacity=1)
    inside, _waiting = (
        registering.register(congress.id, a_request(number, workshop), now=OPEN).registration_id
        for number in (1, 2)
    )
    congress.state = CongressState.FINISHED  # too early, as it once was possible
    session.commit()
    nobody = previewing.reopening(congress.id, now=OPEN, with_names=True).moving_up
    changing.withdraw(inside, actor=ATTENDEE, now=OPEN)
    somebody = previewing.reopening(congress.id, now=OPEN, with_names=True).moving_up

    change(congress, CongressState.PUBLISHED)

    assert list_broken() == []
    kinds = session.scalars(select(OutboxMessage.kind).order_by(OutboxMessage.id)).all()
    assert kinds[-1:] == ["place_gained"]
    assert (nobody, somebody) == (0, kinds.count("place_gained"))


def change(congress, state):
    releasing.change_state(congress.id, state, actor=ORGANISER, now=OPEN)
