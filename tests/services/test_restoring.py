"""What was done with several people is taken back, and everybody reads the truth of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE
from congress.domain.errors import Refused
from congress.domain.registration_request import WishedWorkshop
from congress.domain.restoration import StandsOtherwise
from congress.domain.room import ByHand
from congress.domain.selection import Act, Acting
from congress.models import AuditLine, CalendarEntry, OutboxMessage, Registration
from congress.queries import bulk_acts, congresses, invariants
from congress.queries.registrations import standings
from congress.services import changing, foreseeing, merging, registering, restoring
from congress.services.merging import Merging
from congress.services.planning import undoing
from tests.builders import OPEN, a_congress, a_request, a_workshop, send_everything
from tests.services.mail_house import ORGANISER, method_of

ACTED, UNDONE = OPEN + timedelta(minutes=1), OPEN + timedelta(minutes=5)


@dataclass
class House:
    """Five people on three places of workshop 1, two of them in its queue; 2 has a place for each.

    The workshops are at the same hour.
    """

    session: Any
    capacity: int = 9
    people: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.congress = a_congress(capacity=self.capacity)
        self.full = a_workshop(self.congress, number=1, capacity=3).id
        self.other = a_workshop(self.congress, number=2, capacity=9).id
        self.people = [self.register(each, self.full) for each in range(5)]
        send_everything()

    def register(self, number: int, *workshops: int, at: datetime = OPEN) -> int:
        wishes = map(WishedWorkshop, workshops)
        request = replace(a_request(number, *wishes), form_key=f"{number}-{at:%H%M}")
        return registering.register(self.congress.id, request, now=at).registration_id

    def act(self, act: Act, *numbers: int, key: int | None = None) -> int:
        """Do it as the page does, one after the other."""
        people, acting = [self.people[each] for each in numbers], Acting(act, key)
        before = bulk_acts.look(self.congress.id, people)
        for each in people:
            if act is Act.CANCEL:
                changing.withdraw(each, actor=ORGANISER, now=ACTED)
            else:
                self.assign(each, acting)
        return restoring.keep(self.congress.id, acting, people, before, actor=ORGANISER, now=ACTED)

    def assign(self, person, acting):
        is_given = acting.act is Act.GIVE
        changing.assign_workshops(
            person,
            [WishedWorkshop(acting.key)] if is_given else [],
            [] if is_given else [acting.key],
            by_hand=ByHand(),
            actor=ORGANISER,
            now=ACTED,
        )

    def take_back(self, line, now=UNDONE):
        """Look first, then do it; who was refused and why is what was foreseen."""
        act = bulk_acts.find(self.congress.id, line)
        assert act
        before = self.standing()
        heading = congresses.get_heading(self.congress.id)
        foresight = foreseeing.foresee_restoring(heading, act.kept, now=now)
        assert self.standing() == before
        done, refused = 0, []
        for each in act.kept:
            try:
                restoring.put_back(each, line, actor=ORGANISER, now=now)
                done += 1
            except Refused as refusal:
                refused.append((each.person, type(refusal).__name__))
        restoring.finish(act, done, self.congress.id, actor=ORGANISER, now=now)
        foreseen = [
            (each.person, type(each.refusal).__name__) for each in foresight.people if each.refusal
        ]
        assert foreseen == refused
        others = [each for each in self.people if each not in {kept.person for kept in act.kept}]
        assert [each for each in others if before[each] != self.standing()[each]] == [
            each for each in foresight.moved_up if each in others
        ]
        assert invariants.list_broken() == []
        return done, [(self.people.index(each), why) for each, why in refused]

    def standing(self):
        self.session.rollback()
        return {
            each.id: (
                each.state,
                each.position,
                [
                    (booking.item.number, booking.state, booking.position)
                    for booking in each.bookings
                ],
            )
            for each in standings(self.people)
        }

    def mails(self, number):
        self.session.rollback()
        found = self.session.scalars(
            select(OutboxMessage)
            .where(
                OutboxMessage.registration_id == self.people[number],
                OutboxMessage.state == "queued",
            )
            .order_by(OutboxMessage.id)
        )
        return [(each.kind, method_of(each)) for each in found]

    def is_open(self, line, now=UNDONE):
        act = bulk_acts.find(self.congress.id, line)
        return act is not None and bulk_acts.is_open(act, now=now)


@pytest.fixture
def house(session):
    return House(session)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("act", "is_other", "are_told", "kinds"),
    [
        (Act.TAKE, False, True, [("changed", "REQUEST 2")]),
        (Act.GIVE, True, False, []),
        (Act.CANCEL, False, True, [("reinstated", "REQUEST 2")]),
    ],
)
def test_all_have_again_what_they_had_and_who_was_not_told_hears_nothing(
    session, house, act, is_other, are_told, kinds
):
    key = {Act.CANCEL: None}.get(act, house.other if is_other else house.full)
    before, uids = house.standing(), entries(session)
    line = house.act(act, 0, 1, 2, 3, 4, key=key)
    assert house.standing() != before
    if are_told:
        send_everything()
    assert house.is_open(line)
    seen_by_a_colleague = bulk_acts.find(house.congress.id, line)
    assert seen_by_a_colleague
    assert house.take_back(line) == (5, [])

    assert house.standing() == before  # positions too
    revised = entries(session)
    assert revised.keys() == uids.keys()
    assert all(revised[uid] >= sequence + 2 for uid, sequence in uids.items())
    assert house.mails(0) == kinds
    assert are_told or [house.mails(each) for each in range(1, 5)] == [[]] * 4
    assert not house.is_open(line)
    assert house.take_back(line) == (0, [])  # the same once more
    for each in seen_by_a_colleague.kept:  # who pressed at the same moment
        with pytest.raises(StandsOtherwise):
            restoring.put_back(each, line, actor=ORGANISER, now=UNDONE)
    restoring.finish(seen_by_a_colleague, 0, house.congress.id, actor=ORGANISER, now=UNDONE)
    assert house.standing() == before
    said = select(AuditLine.verb).where(AuditLine.verb == "several_taken_back")
    assert session.scalars(said).all() == ["several_taken_back"]


def test_who_moved_up_keeps_the_place_and_who_cannot_go_back_is_named(session, house):
    line = house.act(Act.TAKE, 0, 1, 2, key=house.full)
    moved_up = {each: house.standing()[each] for each in house.people[3:]}
    assert [each[2][0][1] for each in moved_up.values()] == ["confirmed", "confirmed"]
    send_everything()

    taken = "PlaceNoLongerFree"
    assert house.take_back(line) == (1, [(1, taken), (2, taken)])
    assert {each: house.standing()[each] for each in house.people[3:]} == moved_up
    assert house.mails(0) == [("changed", "REQUEST 2")]
    assert house.mails(1) == house.mails(3) == []
    words = session.scalars(select(AuditLine).where(AuditLine.verb == "several_taken_back")).one()
    assert (words.details["count"], words.details["of"]) == (1, 3)


def test_off_the_list_and_back_without_the_workshop_that_is_taken(session):
    house = House(session, capacity=5)
    house.people.append(house.register(5))  # waits for the congress
    line = house.act(Act.CANCEL, 0, 1, 5)
    # Two moved up in the workshop; a newcomer has one of the two places at the congress.
    house.register(6, at=ACTED + timedelta(minutes=1))
    assert house.take_back(line) == (2, [(1, "PlaceNoLongerFree")])

    standing = house.standing()
    state, _position, bookings = standing[house.people[0]]
    assert (state, bookings) == ("confirmed", [])
    assert standing[house.people[5]][:2] == ("waiting", 1)
    assert house.mails(0) == [("changed", "REQUEST 2")]  # it says that the workshop is gone
    assert house.mails(1) == [("cancelled_by_organiser", "CANCEL 1")]
    row = session.get(Registration, house.people[0])
    assert row.cancelled_at is None


@pytest.mark.sqlite_only
def test_what_happened_to_somebody_since_stays_and_the_others_go_back(session, house):
    line = house.act(Act.GIVE, 0, 1, 2, key=house.other)
    changing.withdraw(house.people[0], actor=ATTENDEE, now=ACTED + timedelta(minutes=1))
    done, refused = house.take_back(line)
    assert refused[0] == (0, "StandsOtherwise")
    assert done + len(refused) == 3


@pytest.mark.sqlite_only
def test_who_is_there_by_another_registration_by_now_does_not_come_back(house):
    line = house.act(Act.CANCEL, 0, 1)
    again = house.register(0, at=ACTED + timedelta(minutes=1))
    wanted = Merging(house.people[2], again)
    seen = merging.foresee(congresses.get_heading(house.congress.id), wanted, now=UNDONE).seen
    merging.merge(wanted, seen=seen, actor=ORGANISER, now=UNDONE)

    assert house.take_back(line) == (1, [(0, "StandsOtherwise")])


@pytest.mark.sqlite_only
def test_it_is_over_after_a_while_and_let_go_of_after_a_day(session, house):
    line = house.act(Act.CANCEL, 4)
    assert house.is_open(line, now=ACTED + timedelta(minutes=15))
    assert not house.is_open(line, now=ACTED + timedelta(minutes=16))
    house.register(4, at=UNDONE)
    assert not house.is_open(line)  # they have registered again
    assert house.take_back(line) == (0, [(4, "StandsOtherwise")])
    assert bulk_acts.find(house.congress.id + 1, line) is None
    session.execute(update(AuditLine).where(AuditLine.id == line).values(personal={"kept": []}))
    session.commit()
    undoing.forget_old(now=ACTED + timedelta(days=2))
    session.rollback()
    assert session.get(AuditLine, line).personal == {}


def entries(session):
    session.rollback()
    return dict(session.execute(select(CalendarEntry.uid, CalendarEntry.sequence)).all())
