"""Priority groups: who moves up first, whatever puts people into groups or names groups anew."""

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.editing import version_of
from congress.domain.hall import ONLINE
from congress.domain.modes import Mode
from congress.domain.priority import LOWEST, OTHERS, NoSuchGroup, Shift
from congress.domain.registration import RegistrationState as State
from congress.domain.room import ByHand
from congress.domain.rules import Rules
from congress.models import AuditLine, OutboxMessage, Registration
from congress.queries import congresses
from congress.queries.invariants import list_broken
from congress.queries.registrations import get_own, standings
from congress.services import changing, entering, handing_over, merging, priorities, registering
from congress.services.entering import Entering
from congress.services.merging import Merging
from congress.services.planning import ruling
from tests.builders import OPEN, a_congress, a_request, a_workshop

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)
GROUPS = "Mitglieder\nMitwirkende\nÜbrige"
MEMBERS, PARTNERS = LOWEST, LOWEST + 1


class House:
    """One with a place in congress and workshop; one waits for the workshop, three for all."""

    def __init__(self) -> None:
        congress = a_congress(capacity=2, rules={"priority": GROUPS})
        self.id, self.item = congress.id, a_workshop(congress, capacity=1)
        self.first, self.inside, *self.waiting = (self.register(number) for number in range(5))

    def register(self, number):
        request = a_request(number, self.item)
        return registering.register(self.id, request, now=OPEN).registration_id

    def put(self, person, name="Mitglieder"):
        return priorities.set_group(self.id, [person], name, actor=ORGANISER, now=OPEN)

    def leave(self, person):
        changing.withdraw(person, actor=ATTENDEE, now=OPEN)

    def order(self, people=()):
        return [each.position for each in standings(people or self.waiting)]

    def rule(self, priority):
        before = congresses.get_congress(self.id).rules
        rules = Rules(priority=priority)
        version = version_of(before.values)
        ruling.rule(self.id, rules, version=version, actor=ORGANISER, now=OPEN)


@pytest.fixture
def house(session):
    return House()


def test_who_is_put_into_a_group_moves_up_before_who_came_earlier(session, house):
    *_, last = house.waiting
    written = session.scalars(select(OutboxMessage.id)).all()
    found = house.put(last)
    assert found.shifts == {last: [Shift(None, 3, 1)]}
    assert (found.before, found.others) == ({last: OTHERS}, 2)
    assert house.order() == [2, 3, 1]
    assert house.put(last).before == {}  # again
    assert session.scalars(select(OutboxMessage.id)).all() == written
    line = session.scalars(select(AuditLine).where(AuditLine.verb == "priority_set")).one()
    assert (line.registration_id, line.details) == (
        last,
        {"before": "Übrige", "after": "Mitglieder"},
    )
    house.leave(house.first)
    assert get_own(last).standing.state is State.CONFIRMED
    assert house.order() == [1, 2, None]
    assert list_broken() == []


def test_a_group_counts_in_queues_that_are_joined_later(session, house):
    *_, last = house.waiting
    house.put(last)
    house.leave(house.first)
    # With the place in the congress came the one in the workshop, before who waited for it.
    assert get_own(last).standing.confirmed
    assert [each.position for each in get_own(house.inside).standing.waiting] == [1]
    newcomer = house.register(7)
    house.put(newcomer, "Mitwirkende")
    assert house.order([newcomer, *house.waiting[:2]]) == [2, 3, 1]
    assert list_broken() == []


def test_who_takes_part_online_stands_in_a_line_of_their_own(session, house):
    _, two, three = house.waiting
    online = update(Registration).where(Registration.id.in_([two, three]))
    session.execute(online.values(mode=Mode.ONLINE))
    session.commit()
    assert house.put(three).shifts == {three: [Shift(ONLINE, 2, 1)]}
    assert house.order() == [1, 2, 1]


def test_nobody_is_put_into_a_group_that_there_is_not(session, house):
    with pytest.raises(NoSuchGroup):
        house.put(house.waiting[0], "Presse")
    assert "priority_set" not in session.scalars(select(AuditLine.verb)).all()


def test_people_follow_their_groups_when_these_are_named_anew(session, house):
    _, two, three = house.waiting
    house.put(three)
    house.put(two, "Mitwirkende")
    assert house.order() == [3, 2, 1]
    assert priorities.foresee_groups(house.id, rules(house), Rules().priority_groups) == (
        {"Mitglieder": 1, "Mitwirkende": 1},
        2,
    )
    house.rule("Mitwirkende\nMitglieder\nÜbrige")
    assert house.order() == [3, 1, 2]
    house.rule("")
    assert house.order() == [1, 2, 3]
    assert set(session.scalars(select(Registration.priority))) == {OTHERS}
    assert list_broken() == []


def rules(house):
    return congresses.get_congress(house.id).rules.priority_groups


def test_who_comes_instead_stands_in_the_same_group(session, house):
    *_, last = house.waiting
    house.put(last)
    colleague = a_request(8, form_key="colleague")
    came = handing_over.see_to(last, colleague, Entering(ByHand()), actor=ORGANISER, now=OPEN)
    assert house.order([came, *house.waiting[:2]]) == [2, 3, 1]
    assert get_own(came).standing.priority == MEMBERS
    assert list_broken() == []


def test_who_is_registered_twice_keeps_the_group_that_moves_up_first(session, house):
    one, _, three = house.waiting
    house.put(three)
    wanted = Merging(one, three)
    seen = merging.foresee(congresses.get_heading(house.id), wanted, now=OPEN).seen
    merging.merge(wanted, seen=seen, actor=ORGANISER, now=OPEN)
    assert get_own(one).standing.priority == MEMBERS
    assert house.order(house.waiting[:2]) == [1, 2]
    assert list_broken() == []


def test_who_is_entered_into_a_group_is_told_their_position_in_it(session, house):
    hand = ByHand(waits=frozenset({None, house.item.id}))
    entered = Entering(hand, priority=MEMBERS)
    number = entering.enter(house.id, a_request(9), entered, actor=ORGANISER, now=OPEN)
    letter = session.scalars(
        select(OutboxMessage).where(OutboxMessage.registration_id == number)
    ).one()
    assert letter.facts["position"] == 1
    assert "first" not in letter.facts
    assert house.order() == [2, 3, 4]
    later = house.register(10)
    stated = select(OutboxMessage.facts).where(OutboxMessage.registration_id == later)
    assert session.scalars(stated).one()["first"] == ["Mitglieder", "Mitwirkende"]
    assert list_broken() == []


def test_the_invariants_notice_who_stands_in_another_group_than_their_own(session, house):
    """A negative control."""
    session.get_one(Registration, house.waiting[0]).priority = PARTNERS
    session.commit()
    assert [each.partition(":")[0] for each in list_broken()] == [
        "somebody stands in a workshop’s queue in another group than their own"
    ]
