"""Whoever waits for several wishes of one time: what is stored of them, move by move."""

from typing import Any

import pytest
from sqlalchemy import select, update

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Booking, ProgrammeItem, Registration
from congress.queries import congresses, overlapping
from congress.queries.invariants import list_broken
from congress.queries.registrations import get_own
from congress.services import changing, handing_over, merging, promoting, registering
from congress.services.entering import Entering
from congress.services.merging import Merging
from tests.builders import OPEN, a_booking, a_congress, a_request, a_workshop, send_everything

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


class House:
    """Three workshops at one time, one place each, and who has them; Kim has the third wish.

    Kim waits for both above it, in each line behind the one who holds what Kim has.
    """

    def __init__(self, rules: dict[str, Any]) -> None:
        congress = a_congress(rules=rules)
        self.congress = congress.id
        items = [a_workshop(congress, number=number, capacity=1) for number in (1, 2, 3)]
        self.first, self.second, self.third = (item.id for item in items)
        people = [
            registering.register(congress.id, a_request(number, item), now=OPEN).registration_id
            for number, item in enumerate(items, 1)
        ]
        self.has_first, self.has_second, self.kim = people
        for person, rank in zip(people, (1, 1, 3), strict=True):
            mine = update(Booking).where(Booking.registration_id == person)
            db.session.execute(mine.values(wish=rank))
        kim, held = db.session.get_one(Registration, self.kim), self.booking(self.third)
        for item, rank in zip(items[:2], (1, 2), strict=True):
            a_booking(kim, item, state="waiting", instead_of_id=held, wish=rank)
        send_everything()

    def stands(self, person=None):
        """What somebody has (+), waits for (~) or is offered (?) by number, instead of what (/)."""
        db.session.rollback()
        standing = get_own(person or self.kim).standing
        signs = {"confirmed": "+", "waiting": "~", "offered": "?"}
        found = []
        for each in sorted(standing.bookings, key=lambda each: each.item.id):
            kept = standing.booking(each.instead_of)
            of = f"/{kept.item.number}" if kept and each.state != "confirmed" else ""
            found.append(f"{signs[each.state]}{each.item.number}{of}({each.wish})")
        return " ".join(found)

    def booking(self, item):
        of = select(Booking.id).where(Booking.registration_id == self.kim, Booking.item_id == item)
        return db.session.scalars(of.where(Booking.state != "cancelled")).one()


@pytest.fixture
def house(session):
    return House({})


def test_from_the_third_to_the_second_and_on_to_the_first(house):
    changing.withdraw(house.has_second, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "~1/2(1) +2(2)"
    assert list_broken() == []

    changing.withdraw(house.has_first, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "+1(1)"
    assert list_broken() == []


def test_with_the_first_they_wait_for_the_second_no_more(house):
    changing.withdraw(house.has_first, actor=ATTENDEE, now=OPEN)

    assert house.stands() == "+1(1)"
    items = db.session.scalars(select(ProgrammeItem))
    counted = {item.id: (item.taken, item.waiting) for item in items}
    assert counted == {house.first: (1, 0), house.second: (1, 0), house.third: (0, 0)}
    assert list_broken() == []


def test_whoever_is_moved_up_by_hand_waits_on_where_they_stood(house):
    joined = select(Booking.joined_at).where(Booking.id == house.booking(house.first))
    before = db.session.scalars(joined).one()

    booking = house.booking(house.second)
    promoting.promote_booking(booking, overbook=True, actor=ORGANISER, now=OPEN)

    assert house.stands() == "~1/2(1) +2(2)"
    assert db.session.scalars(joined).one() == before
    assert list_broken() == []


def test_what_was_given_back_and_taken_back_is_kept_meanwhile_again(house):
    booking = house.booking(house.third)
    changing.leave(house.kim, booking, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "~1(1) ~2(2)"

    changing.take_back(house.kim, booking, actor=ATTENDEE, now=OPEN)

    assert house.stands() == "~1/3(1) ~2/3(2) +3(3)"
    assert overlapping.count({(house.first, house.second), (house.first, house.third)}) == 0


def test_whoever_comes_instead_waits_for_the_same(house):
    by_hand = Entering(ByHand())
    came = handing_over.see_to(house.kim, a_request(9), by_hand, actor=ORGANISER, now=OPEN)

    assert house.stands(came) == "~1/3(1) ~2/3(2) +3(3)"
    assert list_broken() == []


def test_two_registrations_of_one_person_become_one_with_the_wishes_above_the_place(house):
    wanted = Merging(house.has_second, house.kim)
    seen = merging.foresee(congresses.get_heading(house.congress), wanted, now=OPEN).seen
    merging.merge(wanted, seen=seen, actor=ORGANISER, now=OPEN)

    assert house.stands(house.has_second) == "~1/2(1) +2(1)"
    assert list_broken() == []
