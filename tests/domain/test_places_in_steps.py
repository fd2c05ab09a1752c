"""Who gets a place where more may move up than one decision is about: in steps, in their order."""

import pytest

from congress.domain.hall import CONGRESS
from congress.domain.moves import Grant, Queue
from congress.domain.places import PassOn, Register, Resize, decide
from congress.domain.registration import CongressFull
from congress.domain.repeating import after
from congress.domain.workshops import Places
from tests.domain.halls import WAITING as WAITS
from tests.domain.halls import booked, hall, inside, outside, workshop

FIVE = (1, 2, 3, 4, 5)
EVERYTHING = PassOn(frozenset({CONGRESS}))
ENOUGH = Places(10, 5, 5)


def crowd(places=ENOUGH):
    return hall(places, (), *map(outside, FIVE), lines={CONGRESS: FIVE})


def let_in(decision):
    return [each.person for each in decision.moves if isinstance(each, Grant) and each.moved_up]


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (None, [FIVE]),
        (6, [FIVE]),
        (5, [FIVE]),
        (4, [FIVE[:4], FIVE[4:]]),
        (2, [(1, 2), (3, 4), (5,)]),
    ],
    ids=str,
)
def test_as_many_steps_as_it_takes(most, steps):
    here, done = crowd(), []
    while True:
        decision = decide(here, EVERYTHING, most)
        done.append(tuple(let_in(decision)))
        here = after(here, decision)
        if not decision.goes_on:
            break

    assert done == steps
    assert here.places[CONGRESS] == Places(10, 10, 0)


def test_other_numbers_of_places_begin_it():
    full = hall(Places(5, 5, 5), (), *map(outside, FIVE), lines={CONGRESS: FIVE})

    decision = decide(full, Resize({CONGRESS: (9, True)}), 3)

    assert (let_in(decision), decision.goes_on) == ([1, 2, 3], True)


@pytest.mark.parametrize(
    ("places", "most", "comes"),
    [
        (Places(11, 5, 5), 5, Grant),  # all of them before, and one place left
        (Places(11, 5, 5), 4, Queue),
        (Places(11, 5, 5), 0, Queue),
        (Places(10, 5, 5), 5, Queue),
        (Places(None, 5, 5), 2, Grant),
    ],
    ids=["after all", "not after all", "none", "as many as places", "without a limit"],
)
def test_nobody_new_overtakes_those_who_are_yet_to_move_up(places, most, comes):
    decision = decide(crowd(places), Register(), most)

    [move] = [each for each in decision.moves if each.person == 0]
    assert isinstance(move, comes)


def test_without_a_waiting_list_there_is_no_place_for_somebody_new_meanwhile():
    closed = Places(20, 5, 5, waiting_list_open=False)

    assert isinstance(decide(crowd(closed), Register(), 2).refusal, CongressFull)
    assert decide(crowd(closed), Register(), 5).refusal is None


def test_a_workshop_is_passed_on_in_steps_as_well():
    people = [inside(each, booked(1, WAITS)) for each in FIVE]
    here = hall(Places(9, 5), [(workshop(1), Places(4, 0, 5))], *people, lines={1: FIVE})

    decision = decide(here, PassOn(frozenset({1})), 3)

    assert (let_in(decision), decision.goes_on) == ([1, 2, 3], True)
    decision = decide(after(here, decision), PassOn(frozenset({1})), 3)
    assert (let_in(decision), decision.goes_on) == ([4], False)
