"""A workshop whose places are given by wishes: nobody takes one, waits or moves up before."""

from dataclasses import replace

import pytest

from congress.domain.bindings import at_no_other_place
from congress.domain.change_requests import RequestKind, require_askable
from congress.domain.eligibility import choosing, moves_nobody_up
from congress.domain.hall import CONGRESS, NEWCOMER, Hall, Person
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import Choose, Leave, MoveUp, PassOn, Register, TakeBack
from congress.domain.registration import GivenByWishes, NoPlaceIn
from congress.domain.rehousing import Rehouse
from congress.domain.restoration import Restore
from congress.domain.room import ByHand
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    FULL,
    OPENS,
    ROOMY,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    wish,
    workshop,
)

A, B = (replace(workshop(number), by_wishes=True) for number in (1, 2))
C = workshop(3, AFTERNOON)
BY_HAND = ByHand()


def here(*people: Person, full=(), congress=ROOMY, lines=None, now=OPENS) -> Hall:
    places = [(each, FULL if each.id in full else ROOMY) for each in (A, B, C)]
    return hall(congress, places, *people, lines=lines, now=now)


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        (inside(9), Register((wish(1),))),
        (inside(9), Register((wish(2, safe=1),))),
        (inside(9), Choose(9, (wish(1),))),
        (inside(9, booked(2)), Choose(9, (wish(1),))),
        (outside(9), Choose(9, (wish(1),))),
        (inside(9), TakeBack(9, 1)),
        (inside(9), Restore(inside(9, booked(1, WAITING)), inside(9))),
    ],
    ids=[
        "registering",
        "with a safe place",
        "choosing",
        "choosing another than one's own",
        "while waiting for the congress",
        "taking back",
        "queuing again",
    ],
)
def test_nobody_takes_a_place_there_by_themselves(person, wanted):
    assert refusal(here(person), wanted) is GivenByWishes


@pytest.mark.parametrize("wanted", [Register((wish(1),)), Choose(9, (wish(1),))])
def test_nobody_hears_that_it_is_full_either(wanted):
    assert refusal(here(inside(9), full=(1,)), wanted) is GivenByWishes


def test_other_times_are_chosen_as_ever():
    assert moves(here(inside(9)), Choose(9, (wish(3),))) == [Grant(9, 3)]
    assert moves(here(), Register((wish(3),)))[1:] == [Grant(NEWCOMER, 3)]


def test_who_has_a_place_there_may_give_it_up():
    assert moves(here(inside(9, booked(1))), Leave(9, 1)) == [Release(9, 1)]
    assert moves(here(inside(9, booked(1))), Choose(9, (), given_up=(1,))) == [Release(9, 1)]


@pytest.mark.parametrize(
    ("person", "wanted", "expected"),
    [
        (inside(9), Choose(9, (wish(1),), by_hand=BY_HAND), [Grant(9, 1)]),
        (inside(9, booked(2)), Choose(9, (wish(1),), (), BY_HAND), [Release(9, 2), Grant(9, 1)]),
        (inside(9, booked(1, WAITING)), MoveUp(9, 1), [Grant(9, 1, moved_up=True)]),
        (inside(9, booked(3)), Rehouse((9,), 3, 1), [Release(9, 3), Grant(9, 1)]),
        (inside(9), Restore(inside(9, booked(1)), inside(9)), [Grant(9, 1)]),
    ],
    ids=["given", "in place of another", "let in", "instead of what is off", "given back"],
)
def test_organisers_may_give_places_by_hand(person, wanted, expected):
    assert moves(here(person, lines={1: (9,)}), wanted) == expected


@pytest.mark.parametrize(
    ("by_hand", "refused"),
    [
        (BY_HAND, NoPlaceIn),
        (ByHand(waits=frozenset({1})), GivenByWishes),
    ],
)
def test_not_even_organisers_let_somebody_wait_there(by_hand, refused):
    full = here(inside(9), full=(1,))

    assert refusal(full, Choose(9, (wish(1),), by_hand=by_hand)) is refused


def test_no_wish_for_it_is_only_kept_while_somebody_waits_for_the_congress():
    crowded = here(congress=FULL)
    by_hand = ByHand(waits=frozenset({CONGRESS}))

    assert refusal(crowded, Register((wish(1),), by_hand=by_hand)) is GivenByWishes
    assert moves(crowded, Register((wish(3),), by_hand=by_hand)) == [
        Queue(NEWCOMER, CONGRESS),
        Queue(NEWCOMER, 3),
    ]


def test_nobody_moves_up_there():
    """Somebody waits in a workshop that was moved to that time since."""
    waits = here(inside(9, booked(1, WAITING)), lines={1: (9,)})
    waits = replace(waits, places={**waits.places, 1: replace(ROOMY, waiting=1)})

    assert moves(waits, PassOn(frozenset({1}))) == []
    assert isinstance(moves_nobody_up(waits, 1), GivenByWishes)


def test_pages_say_so_of_a_workshop():
    assert [type(each) for each in choosing(here(), inside(9), 1)] == [GivenByWishes]
    assert choosing(here(), inside(9), 3) == []
    assert at_no_other_place(here(), inside(9), 1) is None


def test_nobody_asks_for_a_place_there_once_changes_are_over():
    late = here(now=CLOSES)

    with pytest.raises(GivenByWishes):
        require_askable(RequestKind.WORKSHOPS, [wish(1)], late, inside(9))
    require_askable(RequestKind.WORKSHOPS, [wish(3)], late, inside(9))
