"""The places of an assignment, given all at once or not at all, as a table of cases."""

from dataclasses import replace
from datetime import datetime

import pytest

from congress.domain.assigning import Assign, RunOutOfDate, Seat, Wait
from congress.domain.congresses import CongressState
from congress.domain.hall import Booked, Hall, Key, Line, Person
from congress.domain.moves import Follow, Grant, Queue, Release
from congress.domain.places import decide
from congress.domain.registration import BookingState, CongressHasBegun, CongressNotTakingPart
from congress.domain.repeating import after
from congress.domain.workshops import Places, Workshop
from tests.domain.halls import (
    AFTERNOON,
    OPENS,
    STARTS,
    WAITING,
    asking,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    workshop,
)

ONE, TWO, THREE, LATER = workshop(1), workshop(2), workshop(3), workshop(4, AFTERNOON)


def house(
    *people: Person,
    sizes: tuple[int, ...] = (1, 1, 1, 9),
    now: datetime = OPENS,
    state: CongressState = CongressState.PUBLISHED,
) -> Hall:
    """Three workshops of one time and one in the afternoon, with so many places."""
    workshops = (ONE, TWO, THREE, LATER)
    places: list[tuple[Workshop, Places]] = []
    lines: dict[Key, Line | tuple[int, ...]] = {}
    for each, size in zip(workshops, sizes, strict=True):
        states = [b.state for p in people for b in p.bookings if b.workshop_id == each.id]
        waits = [
            p.id
            for p in people
            for b in p.bookings
            if b.workshop_id == each.id and b.state is WAITING and p.in_congress
        ]
        taken = len(states) - sum(state is WAITING for state in states)
        places.append((each, Places(capacity=size, taken=taken, waiting=len(waits))))
        lines[each.id] = tuple(waits)
    return hall(Places(taken=9), places, *people, lines=lines, now=now, state=state)


def waits_for(number: int, wish: int, instead_of: int | None = None) -> Booked:
    return Booked(number, WAITING, instead_of, wish=wish)


def offered(number: int, wish: int, instead_of: int | None = None) -> Booked:
    return replace(waits_for(number, wish, instead_of), state=BookingState.OFFERED)


def test_everybody_sits_and_what_is_open_is_waited_for_in_that_order():
    here = house(inside(7), inside(8), inside(9))
    wanted = Assign(
        seats=(Seat(7, 1, 1), Seat(8, 2, 2)),
        queues=(Wait(9, 1, 1), Wait(9, 2, 2), Wait(8, 1, 1, 2)),
    )
    assert moves(here, wanted) == [
        Grant(7, 1, wish=1),
        Grant(8, 2, wish=2),
        Queue(9, 1, None, 1),
        Queue(9, 2, None, 2),
        Queue(8, 1, 2, 1),
    ]
    then = after(here, decide(here, wanted))
    assert [(then.places[key].taken, then.places[key].waiting) for key in (1, 2, 3)] == [
        (1, 2),
        (1, 1),
        (0, 0),
    ]
    assert then.line(1).people == (9, 8)
    assert then.people[8].booked(1).wish == 1


def test_two_change_places_though_both_are_full():
    here = house(inside(7, booked(1)), inside(8, booked(2)))
    wanted = Assign((Seat(7, 2, 1), Seat(8, 1, 1)), given_up=((7, 1), (8, 2)))
    assert moves(here, wanted) == [
        Release(7, 1),
        Release(8, 2),
        Grant(7, 2, wish=1),
        Grant(8, 1, wish=1),
    ]


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        ((), []),
        # What they wished for more is waited for with the new place, in the same position.
        ([waits_for(2, 1, 1)], [Follow(7, 2, 7, 3, wish=1)]),
        # What they wished for less, or no more, is over.
        ([waits_for(2, 3, 1)], [Release(7, 2)]),
        ([waits_for(2, 2, 1)], [Release(7, 2)]),
        # What they joined by themselves since has no number, and is wanted in any case.
        ([booked(2, WAITING, 1)], [Follow(7, 2, 7, 3)]),
        # The place itself was waited for.
        ([waits_for(3, 1, 1)], [Release(7, 3)]),
        # A dearer place that is held for them they may take as before; of no other they want any.
        ([offered(2, 1, 1)], [Follow(7, 2, 7, 3, wish=1)]),
        ([offered(2, 3, 1)], [Release(7, 2)]),
    ],
)
def test_what_is_waited_for_by_whoever_gets_another_place(waits, expected):
    here = house(inside(7, booked(1), *waits), inside(8, booked(2)), sizes=(9, 1, 9, 9))
    found = moves(here, Assign((Seat(7, 3, 2),), given_up=((7, 1),)))
    assert sorted(map(str, found)) == sorted(
        map(str, [Release(7, 1), Grant(7, 3, wish=2), *expected])
    )


def test_a_held_place_that_is_not_wanted_any_more_goes_to_who_waits():
    people = inside(7, booked(1), offered(2, 3, 1)), inside(8, booked(2, WAITING))
    found = moves(house(*people), Assign((Seat(7, 3, 2),), given_up=((7, 1),)))
    assert found == [
        Release(7, 1),
        Release(7, 2),
        Grant(7, 3, wish=2),
        Grant(8, 2, moved_up=True),
    ]


def test_as_many_stay_beyond_the_places_as_there_were():
    here = house(inside(7, booked(1)), inside(8, booked(1)), inside(9))
    wanted = Assign((Seat(7, 3, 2), Seat(9, 1, 1)), given_up=((7, 1),))
    assert moves(here, wanted) == [Release(7, 1), Grant(7, 3, wish=2), Grant(9, 1, wish=1)]


def test_what_is_left_free_goes_to_who_waits():
    """Somebody came after the assignment and waits; nobody wished for the place given up."""
    here = house(inside(7, booked(1)), inside(8, booked(1, WAITING)))
    found = moves(here, Assign((Seat(7, 3, 1),), given_up=((7, 1),)))
    assert found == [Release(7, 1), Grant(7, 3, wish=1), Grant(8, 1, moved_up=True)]


def test_whoever_waits_for_the_congress_only_keeps_their_wishes():
    here = house(outside(7), asking(8), asking(9, holds=True))
    wanted = Assign((), tuple(Wait(each, 1, 1) for each in (7, 8, 9)))
    # A place that is free is held at once for whoever has one of the congress held.
    assert moves(here, wanted)[3:] == [Grant(9, 1, moved_up=True)]
    assert decide(here, wanted).places[1].waiting == 0


@pytest.mark.parametrize(
    ("people", "wanted"),
    [
        # Nobody is left over: the places are all given or none.
        ([inside(7), inside(8)], Assign((Seat(7, 1, 1), Seat(8, 1, 1)))),
        ([inside(7, booked(1)), inside(8)], Assign((Seat(8, 1, 1),))),
        # They left, or are not in the congress any more.
        ([outside(7)], Assign((Seat(7, 1, 1),))),
        # They have it already, or another one of that time that they do not give up.
        ([inside(7, booked(1))], Assign((Seat(7, 1, 1),))),
        ([inside(7, booked(2))], Assign((Seat(7, 1, 1),))),
        # They gave it back by themselves.
        ([inside(7)], Assign((Seat(7, 1, 1),), given_up=((7, 2),))),
        # There is no such workshop.
        ([inside(7)], Assign((Seat(7, 99, 1),))),
        # They wait already.
        ([inside(7, booked(1, WAITING))], Assign((), (Wait(7, 1, 1),))),
    ],
)
def test_a_single_place_that_cannot_be_given_refuses_all(people, wanted):
    first = replace(wanted, seats=(Seat(5, 4, 1), *wanted.seats))
    assert refusal(house(inside(5), *people), first) is RunOutOfDate


def test_a_workshop_that_is_called_off_is_given_to_nobody():
    here = hall(Places(taken=9), [(workshop(1, cancelled=True), Places(9))], inside(7))
    assert refusal(here, Assign((Seat(7, 1, 1),))) is RunOutOfDate


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"now": STARTS}, CongressHasBegun),
        ({"state": CongressState.CANCELLED}, CongressNotTakingPart),
        ({"now": OPENS}, type(None)),
    ],
)
def test_places_are_given_before_it_begins(more, expected):
    decision = decide(house(inside(7), **more), Assign((Seat(7, 1, 1),)))
    assert type(decision.refusal) is expected
