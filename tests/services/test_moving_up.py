"""Very many move up in steps: each is true, the last one leaves no place empty."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress.domain import editing
from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS
from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import AuditLine, Congress, OutboxMessage, Registration
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.services import changing, moving_up, places, registering
from congress.services.planning import ruling
from tests.builders import OPEN, a_congress, a_request, set_places

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
IN, WAITS = "confirmed", "waiting"


@pytest.fixture
def congress(database, monkeypatch):
    monkeypatch.setattr(places, "AT_ONCE", 2)
    fields = {"organisation": "required"}
    return a_congress(capacity=20, rules={"quota": 1}, fields=fields).id


def register(congress, number, town="Rheine"):
    request = a_request(number, organisation=town)
    return registering.register(congress, request, now=OPEN).registration_id


def choose(congress, quota):
    before = congresses.get_congress(congress).rules
    version = editing.version_of(before.values)
    rules = replace(before, quota=quota)
    ruling.rule(congress, rules, version=version, actor=ORGANISER, now=OPEN)


def states():
    db.session.expire_all()
    return list(db.session.scalars(select(Registration.state).order_by(Registration.id)))


def count(verb):
    return db.session.scalars(select(AuditLine.verb)).all().count(verb)


def told():
    kind = OutboxMessage.kind == MessageKind.PLACE_GAINED
    return sorted(db.session.scalars(select(OutboxMessage.registration_id).where(kind)))


def step():
    """Do one step of the worker; every state in between is a right one."""
    is_there = moving_up.next_step(now=OPEN)
    assert list_broken() == []
    return is_there


def test_a_higher_quota_lets_many_in_and_each_is_told_once(congress):
    people = [register(congress, number) for number in range(1, 7)]

    choose(congress, 6)

    assert states() == [IN] * 3 + [WAITS] * 3
    assert list_broken() == []
    assert step()
    assert states() == [IN] * 5 + [WAITS]
    assert step()
    assert states() == [IN] * 6
    assert not step()
    assert told() == people[1:]
    assert (count("moved_up"), count("moving_up_goes_on")) == (5, 1)


def test_nobody_new_overtakes_and_what_comes_between_goes_on(congress):
    first = register(congress, 1)
    for number in range(2, 8):
        register(congress, number)
    choose(congress, 8)

    register(congress, 8)  # moves two up and waits behind the others

    assert states() == [IN] * 5 + [WAITS] * 3
    changing.withdraw(first, actor=ATTENDEE, now=OPEN)
    assert states() == ["cancelled", *[IN] * 6, WAITS]
    assert step()
    assert states() == ["cancelled", *[IN] * 7]
    assert not step()
    assert count("moving_up_goes_on") == 1


def test_more_places_are_given_in_steps(congress):
    choose(congress, 0)
    set_places(congress, CONGRESS, 1, actor=ORGANISER, now=OPEN)
    for number in range(1, 7):
        register(congress, number)

    set_places(congress, CONGRESS, 5, actor=ORGANISER, now=OPEN)

    assert states() == [IN] * 3 + [WAITS] * 3
    assert step()
    assert states() == [IN] * 5 + [WAITS]
    assert not step()


def test_nobody_moves_up_where_the_congress_was_called_off_meanwhile(congress):
    for number in range(1, 7):
        register(congress, number)
    choose(congress, 6)
    db.session.get_one(Congress, congress).state = CongressState.CANCELLED
    db.session.commit()

    assert moving_up.next_step(now=OPEN)
    assert states() == [IN] * 3 + [WAITS] * 3
    assert not moving_up.next_step(now=OPEN)
