"""Whoever waits for several wishes of one time: what is stored of them, move by move."""

import pytest
from sqlalchemy import select

from congress.domain.access import ATTENDEE, Actor, ActorKind
from congress.domain.room import ByHand
from congress.extensions import db
from congress.models import Booking, ProgrammeItem
from congress.queries import congresses, overlapping
from congress.queries.invariants import list_broken
from congress.services import changing, handing_over, merging, offering, promoting
from congress.services.entering import Entering
from congress.services.merging import Merging
from tests.builders import OPEN, a_request
from tests.services.waits_house import House

ORGANISER = Actor(ActorKind.ORGANISER, user_id=1)


@pytest.fixture
def house(session):
    return House({})


def test_from_the_third_to_the_second_and_on_to_the_first(house):
    changing.withdraw(house.has_second, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "~1/2(1) +2(2)"
    assert list_broken() == []
    said = house.letter("place_gained")
    assert "Sie haben jetzt einen Platz in „Workshop 2: " in said
    assert "Ihren bisherigen Platz in „Workshop 3: " in said
    assert "Sie warten nicht mehr" not in said
    assert "Warteliste Workshop 1: " in said
    assert "Sie sind auf Platz 1." in said
    assert "Ihren Platz in „Engagement entwickeln 2“ behalten Sie bis dahin." in said

    changing.withdraw(house.has_first, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "+1(1)"
    assert list_broken() == []


def test_the_letter_names_what_is_waited_for_no_more(house):
    changing.withdraw(house.has_first, actor=ATTENDEE, now=OPEN)

    said = house.letter("place_gained")
    assert "Sie haben jetzt einen Platz in „Workshop 1: " in said
    assert "Sie warten nicht mehr auf einen Platz in „Workshop 2: " in said
    assert "Warteliste" not in said


def test_each_wish_is_offered_and_the_dearer_ends_the_lesser(session):
    house = House({"offer_hours": 48, "offers_end_hours": 24})
    changing.withdraw(house.has_second, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "~1/3(1) ?2/3(2) +3(3)"
    assert "Mit diesem Platz warten Sie weiter auf „Workshop 1: " in house.letter("place_offered")

    changing.withdraw(house.has_first, actor=ATTENDEE, now=OPEN)
    assert house.stands() == "?1/3(1) ?2/3(2) +3(3)"
    said = house.letter("place_offered")
    assert "Mit diesem Platz warten Sie nicht mehr auf „Workshop 2: " in said
    assert list_broken() == []

    offering.accept(house.kim, house.booking(house.first), actor=ATTENDEE, now=OPEN)
    assert house.stands() == "+1(1)"
    assert list_broken() == []


def test_with_the_lesser_the_dearer_stays_offered(session):
    house = House({"offer_hours": 48, "offers_end_hours": 24})
    for person in (house.has_first, house.has_second):
        changing.withdraw(person, actor=ATTENDEE, now=OPEN)

    offering.accept(house.kim, house.booking(house.second), actor=ATTENDEE, now=OPEN)
    assert house.stands() == "?1/2(1) +2(2)"

    offering.accept(house.kim, house.booking(house.first), actor=ATTENDEE, now=OPEN)
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
