"""What several people come as: foreseen with what it does to places, and taken back."""

import random

import pytest
from sqlalchemy import select

from congress.domain import editing
from congress.domain.access import Actor, ActorKind
from congress.domain.hall import CONGRESS
from congress.domain.kinds import PersonKind
from congress.domain.modes import Mode
from congress.domain.room import ByHand
from congress.domain.rules import Rules
from congress.extensions import db
from congress.models import Registration
from congress.queries import bulk_acts, congresses
from congress.queries.invariants import list_broken
from congress.services import changing, entering, kinds, quotas, registering
from congress.services.entering import Entering
from congress.services.planning import ruling
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


def enter(congress, number, chance):
    request = a_request(
        number,
        organisation=chance.choice(["Hamm", "Unna", "Marl", "Selm"]),
        kind=chance.choice(list(PersonKind)),
        mode=chance.choice(list(Mode)),
    )
    told = Entering(ByHand(waits=frozenset({CONGRESS})))
    return entering.enter(congress, request, told, actor=ORGANISER, now=OPEN)


def choose(congress, rules):
    version = editing.version_of(congresses.get_congress(congress).rules.values)
    ruling.rule(congress, rules, version=version, actor=ORGANISER, now=OPEN)


def standing():
    rows = db.session.execute(select(Registration.id, Registration.state))
    return {row.id: row.state for row in rows}


def otherwise(before):
    """Return who stands otherwise than before."""
    return {person for person, state in standing().items() if state != before[person]}


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
@pytest.mark.parametrize(
    "rules",
    [{"quota": 2}, {"offer_hours": 3}, {"quota": 1, "mode": "hybrid", "online_places": 3}],
)
def test_what_is_foreseen_comes_true(database, rules):
    """People of all kinds come, and go, and turn out to be something else; rules change."""
    held = {"held_for_guests": 3, "held_for_press": 1}
    congress = a_congress(
        capacity=8,
        rules=held | rules,
        fields={"organisation": "required"},
        held_back=4,
        online_capacity=rules.get("online_places"),
    ).id
    chance, there = random.Random(15), list[int]()
    for number in range(30):
        act = chance.random()
        before = standing()
        if number < 14:
            there.append(enter(congress, number, chance))
        elif act < 0.3:
            gone = there.pop(chance.randrange(len(there)))
            changing.withdraw(gone, actor=ORGANISER, now=OPEN)
        elif act < 0.5:
            held = {"held_for_guests": chance.randrange(4), "quota": chance.randrange(4)}
            rule = Rules.of(congresses.get_congress(congress).rules.stored | held)
            seen = quotas.foresee(congresses.get_heading(congress), rule, now=OPEN)
            choose(congress, rule)
            assert otherwise(before) == {*seen.moved_up, *seen.offered}
        else:
            wanted = {each: chance.choice(list(PersonKind)) for each in chance.sample(there, 2)}
            found = foreseen(congress, wanted)
            kinds.take_over(congress, wanted, actor=ORGANISER, now=OPEN)
            assert otherwise(before) == set(found.gaining)
            assert congresses.get_heading(congress).places.left == found.free[1]
    assert list_broken() == []
