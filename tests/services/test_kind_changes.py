"""What several people come as: foreseen with what it does to places, and taken back."""

import pytest
from sqlalchemy import select

from congress.domain.access import Actor, ActorKind
from congress.domain.kinds import PersonKind
from congress.extensions import db
from congress.models import Registration
from congress.queries import bulk_acts, congresses
from congress.queries.invariants import list_broken
from congress.services import kinds, registering
from tests.builders import OPEN, a_congress, a_request

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
ATTENDS, GUEST, PRESS = PersonKind.ATTENDEE, PersonKind.GUEST, PersonKind.PRESS
IN, WAITS = "confirmed", "waiting"


@pytest.fixture
def congress(database):
    return a_congress(capacity=6, rules={"held_for_guests": 2}, held_back=2).id


def register(congress, number):
    return registering.register(congress, a_request(number), now=OPEN).registration_id


def states(*people: int):
    rows = db.session.execute(
        select(Registration.id, Registration.state).where(Registration.id.in_(people))
    )
    found = {row.id: row.state for row in rows}
    return [found[each] for each in people]


def foreseen(congress, wanted):
    return kinds.foresee(congresses.get_heading(congress), wanted, now=OPEN)


def test_it_is_foreseen_who_moves_up_and_taken_back_as_far_as_nobody_said_otherwise(congress):
    people = [register(congress, number) for number in range(7)]  # four are in
    seen = foreseen(congress, dict.fromkeys((people[0], people[6]), GUEST))
    assert [each.person for each in seen.changes] == [people[0], people[6]]
    assert (seen.moved_up, seen.offered, seen.free) == ((people[4], people[6]), (), (0, 0))
    assert (seen.before[GUEST].taken, seen.after[GUEST].taken) == (0, 2)
    assert states(*people) == [IN] * 4 + [WAITS] * 3  # only looked at
    many, line = kinds.set_kinds(
        congress, people[:1] + people[6:], GUEST, actor=ORGANISER, now=OPEN
    )
    assert (many, states(*people)) == (2, [IN] * 5 + [WAITS, IN])
    kinds.set_kind(congress, people[6], PRESS, actor=ORGANISER, now=OPEN)
    assert line
    act = bulk_acts.find(congress, line)
    assert act
    assert bulk_acts.is_open(act, now=OPEN)
    assert kinds.take_back(congress, act, actor=ORGANISER, now=OPEN) == 1
    found = [db.session.get_one(Registration, each).kind for each in (people[0], people[6])]
    assert found == [ATTENDS, PRESS]
    assert states(*people) == [IN] * 5 + [WAITS, IN]
    assert not bulk_acts.is_open(bulk_acts.find(congress, line) or act, now=OPEN)
    assert list_broken() == []


@pytest.mark.sqlite_only
def test_what_is_foreseen_comes_true_with_a_quota_and_offers(database):
    rules = {"quota": 1, "held_for_guests": 1, "offer_hours": 1}
    fields = {"organisation": "required"}
    congress = a_congress(capacity=3, rules=rules, fields=fields, held_back=1).id
    people = [register(congress, number) for number in (1, 2, 3)]
    seen = foreseen(congress, {people[0]: GUEST})
    assert (seen.moved_up, seen.offered) == ((), (people[1],))
    kinds.set_kinds(congress, people[:1], GUEST, actor=ORGANISER, now=OPEN)
    assert states(*people) == [IN, "offered", WAITS]
    back = foreseen(congress, {people[0]: ATTENDS})
    assert (back.moved_up, back.offered) == ((), ())
    assert list_broken() == []
