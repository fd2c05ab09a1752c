"""Places elsewhere for the people of a workshop that is called off, as a table of cases."""

import pytest

from congress.domain.hall import CONGRESS
from congress.domain.moves import Follow, Grant, Release
from congress.domain.places import decide
from congress.domain.registration import CongressHasBegun, UnknownWorkshop, WorkshopCancelled
from congress.domain.rehousing import Rehouse
from congress.domain.repeating import after
from congress.domain.workshops import Places
from tests.domain.halls import (
    AFTERNOON,
    OPENS,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    workshop,
)

OFF, INTO, BESIDE, LATER = (
    workshop(1, cancelled=True),
    workshop(2),
    workshop(3),
    workshop(4, AFTERNOON),
)
ROOM = Places(capacity=9, taken=5)
MOVED = [Release(9, 1), Grant(9, 2)]


def house(people, into=ROOM, lines=None, other=INTO, now=OPENS):
    off = Places(capacity=9, taken=len(people))
    rest = [(BESIDE, Places(capacity=9, taken=9, waiting=3)), (LATER, Places(capacity=9, taken=1))]
    return hall(Places(taken=9), [(OFF, off), (other, into), *rest], *people, lines=lines, now=now)


@pytest.mark.parametrize(
    ("bookings", "expected"),
    [
        ([booked(1)], MOVED),
        ([booked(1), booked(4)], MOVED),  # something at another time stays
        ([booked(1, WAITING)], []),  # no place was lost
        ([booked(4)], []),
        ([booked(1), booked(3)], []),  # sits at that time already, since the programme moved
        ([booked(1), booked(2, WAITING)], []),  # stands in the queue there
        # What was waited for instead is waited for with the new place held.
        ([booked(1), booked(3, WAITING, 1)], [*MOVED, Follow(9, 3, 9, 2)]),
        ([booked(1), booked(3, WAITING)], [*MOVED, Follow(9, 3, 9, 2)]),
        ([booked(1), booked(4), booked(3, WAITING, 4)], []),
    ],
)
def test_who_is_given_a_place_elsewhere(bookings, expected):
    here = house([inside(9, *bookings)], lines={3: (9,)})
    assert moves(here, Rehouse((9,), 1, 2)) == expected


def test_places_go_in_the_order_of_booking_and_never_beyond_those_there_are():
    people = [inside(number, booked(1)) for number in (7, 8, 9)]
    here = house(people, into=Places(capacity=9, taken=7))
    wanted = Rehouse((8, 9, 7), 1, 2)
    decision = decide(here, wanted)

    assert [each.person for each in decision.moves if isinstance(each, Grant)] == [8, 9]
    assert (decision.places[2].taken, decision.places[2].overbooked) == (9, 0)
    assert decision.places[1].taken == 1
    assert after(here, decision).people[7].has_place(1)


def test_who_waits_there_comes_first():
    here = house(
        [inside(9, booked(1)), inside(5, booked(2, WAITING))],
        into=Places(capacity=9, taken=8, waiting=1),
        lines={2: (5,)},
    )
    assert moves(here, Rehouse((9,), 1, 2)) == [Grant(5, 2, moved_up=True)]


def test_who_waits_for_the_congress_has_no_place_to_lose():
    here = house([outside(9, booked(1, WAITING))], lines={CONGRESS: (9,)})
    assert moves(here, Rehouse((9,), 1, 2)) == []


def test_what_does_not_take_place_stands_in_for_nothing():
    mine = [inside(9, booked(1))]
    assert (
        refusal(house(mine, other=workshop(2, cancelled=True)), Rehouse((9,), 1, 2))
        is WorkshopCancelled
    )
    assert refusal(house(mine), Rehouse((9,), 1, 77)) is UnknownWorkshop
    assert refusal(house(mine, now=STARTS), Rehouse((9,), 1, 2)) is CongressHasBegun
