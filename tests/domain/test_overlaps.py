"""What overlaps of somebody's bookings since a programme moved, and what does so on purpose."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.domain import overlaps
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.standing import Standing, StandingBooking
from tests.domain.halls import NOON
from tests.domain.test_programme import item

HAS, WAITS = BookingState.CONFIRMED, BookingState.WAITING
FIRST, BESIDE, HALF, NEXT = (
    item("w1", 0, 120),
    item("w2", 0, 120),
    item("w3", 60, 180),
    item("w4", 120, 240),
)
OFF = item("w5", 0, 120, cancelled=True)
TALK = item("t6", 0, 120, bookable=False)


def booked(item, state=HAS, instead_of=None, wish=None):
    """A booking whose number is that of its item."""
    return StandingBooking(item.id, item, state, instead_of=instead_of, wish=wish)


CASES = {
    "at one time": ([booked(FIRST), booked(BESIDE)], [(1, 2)]),
    "by half an hour": ([booked(FIRST), booked(HALF)], [(1, 3)]),
    "one after the other": ([booked(FIRST), booked(NEXT)], []),
    "three, the middle one with both": (
        [booked(FIRST), booked(HALF), booked(NEXT)],
        [(1, 3), (3, 4)],
    ),
    "called off": ([booked(FIRST), booked(OFF)], []),
    "a queue beside a place": ([booked(FIRST), booked(BESIDE, WAITS)], [(1, 2)]),
    "two queues": ([booked(FIRST, WAITS), booked(BESIDE, WAITS)], [(1, 2)]),
    "a place kept meanwhile": ([booked(FIRST), booked(BESIDE, WAITS, instead_of=1)], []),
    "kept meanwhile, named first": ([booked(FIRST, WAITS, instead_of=2), booked(BESIDE)], []),
    "two wishes": ([booked(FIRST, WAITS, wish=1), booked(BESIDE, WAITS, wish=2)], []),
    "two wishes, with a place kept meanwhile": (
        [booked(FIRST, WAITS, 3, wish=1), booked(BESIDE, WAITS, 3, wish=2), booked(HALF, wish=3)],
        [],
    ),
    "a wish offered": (
        [booked(FIRST, BookingState.OFFERED, wish=1), booked(BESIDE, WAITS, wish=2)],
        [],
    ),
    "a wish beside a place of another time": (
        [booked(FIRST, wish=1), booked(BESIDE, WAITS, wish=1)],
        [(1, 2)],
    ),
    "a wish beside a queue": ([booked(FIRST, WAITS, wish=1), booked(BESIDE, WAITS)], [(1, 2)]),
    "kept, and a third": (
        [booked(FIRST), booked(BESIDE, WAITS, instead_of=1), booked(HALF)],
        [(1, 3), (2, 3)],
    ),
}


@pytest.mark.parametrize(("bookings", "found"), CASES.values(), ids=CASES)
def test_what_somebody_has_to_choose_from(bookings, found):
    standing = Standing(
        1, 1, RegistrationState.CONFIRMED, "Erika", "", "", "de", NOON, bookings=tuple(bookings)
    )
    assert [(each.first.id, each.second.id) for each in overlaps.of(standing)] == found


def test_workshops_that_exclude_each_other_are_pairs_in_one_order():
    everything = [NEXT, HALF, TALK, OFF, BESIDE, FIRST]

    assert overlaps.pairs(everything) == {(1, 2), (1, 3), (2, 3), (3, 4)}
    moved = replace(HALF, face=replace(HALF.face, slot=TALK.slot))
    assert overlaps.pairs([moved, NEXT]) == frozenset()


MOMENTS = st.tuples(st.integers(0, 8), st.integers(1, 4), st.booleans())


@given(st.lists(MOMENTS, max_size=12))
def test_pairs_are_what_a_look_at_every_two_workshops_finds(moments):
    everything = [
        item(f"w{number}", start * 30, (start + long) * 30, cancelled=is_off)
        for number, (start, long, is_off) in enumerate(moments)
    ]
    found = {
        (one.id, other.id)
        for one, other in combinations(everything, 2)
        if one.meets(other) and not (one.face.cancelled or other.face.cancelled)
    }

    assert overlaps.pairs(everything) == found
