"""Workshops that go only with another, in the queues as they are stored."""

from congress.domain.access import ATTENDEE
from congress.domain.registration_request import WishedWorkshop
from congress.queries.invariants import list_broken
from congress.services import changing, registering
from tests.builders import OPEN, TWO_HOURS, WORKSHOPS_START, a_congress, a_request, a_workshop


def test_what_goes_with_the_other_time_of_the_same_is_waited_for_beside_a_free_place(session):
    congress, later = a_congress(), WORKSHOPS_START + TWO_HOURS
    full = a_workshop(congress, number=1, capacity=1)
    again = a_workshop(congress, number=2, same_as=full.code, starts_at=later)
    bound = a_workshop(congress, number=3, only_with=full.code, starts_at=later)
    first, number = (
        registering.register(congress.id, a_request(*each), now=OPEN).registration_id
        for each in ((1, full), (2, again))
    )
    wishes = [WishedWorkshop(each.id) for each in (full, bound)]
    changing.change_workshops(number, wishes, actor=ATTENDEE, now=OPEN)
    session.refresh(bound)

    assert (bound.taken, bound.waiting) == (0, 1)
    assert list_broken() == []
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    session.refresh(bound)
    assert (bound.taken, bound.waiting) == (1, 0)
    assert list_broken() == []
