"""Who gets a place: by hand, by other numbers of places, and how far queues are read."""

import pytest

from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, NEWCOMER, Line
from congress.domain.moves import Decision, Grant, Release
from congress.domain.places import (
    MoveUp,
    PassOn,
    Register,
    Resize,
    decide,
)
from congress.domain.registration import (
    CongressNotTakingPart,
    NoFreePlace,
    NotWaiting,
    WorkshopCancelled,
)
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    FULL,
    ROOMY,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    workshop,
)

NEW = NEWCOMER
COMES = Grant(NEW, CONGRESS)
A, B = workshop(1), workshop(2)
CANCELLED = workshop(1, cancelled=True)


# --- moving up by hand


@pytest.mark.parametrize(
    ("places", "overbook", "expected"),
    [
        (FULL, True, Places(capacity=1, taken=2, waiting=0, overbooked=1)),
        (Places(capacity=3, taken=1), False, Places(capacity=3, taken=2)),
    ],
    ids=["beyond the places", "into a free one"],
)
def test_an_organiser_lets_somebody_in(places, overbook, expected):
    here = hall(places.counted(0, 1), (), outside(9), lines={CONGRESS: (9,)})

    decision = decide(here, MoveUp(9, CONGRESS, overbook))

    assert list(decision.moves) == [Grant(9, CONGRESS, moved_up=True)]
    assert decision.places == {CONGRESS: expected}


def test_moving_up_by_hand_frees_the_place_held_meanwhile():
    here = hall(
        ROOMY,
        [(A, Places(capacity=0, waiting=1)), (B, Places(capacity=1, taken=1, waiting=1))],
        inside(9, booked(2), booked(1, WAITING, instead_of=2)),
        inside(10, booked(2, WAITING)),
        lines={1: (9,), 2: (10,)},
    )

    assert moves(here, MoveUp(9, 1, overbook=True)) == [
        Grant(9, 1, moved_up=True),
        Release(9, 2, moved_on=True),
        Grant(10, 2, moved_up=True),
    ]


@pytest.mark.parametrize(
    ("person", "key", "workshops", "state", "reason"),
    [
        (outside(9), CONGRESS, [], CongressState.PUBLISHED, NoFreePlace),
        (outside(9), CONGRESS, [], CongressState.CANCELLED, CongressNotTakingPart),
        (inside(9), 1, [(A, ROOMY)], CongressState.PUBLISHED, NotWaiting),
        (outside(9, booked(1, WAITING)), 1, [(A, ROOMY)], CongressState.PUBLISHED, NotWaiting),
        (
            inside(9, booked(1, WAITING)),
            1,
            [(CANCELLED, ROOMY)],
            CongressState.PUBLISHED,
            WorkshopCancelled,
        ),
        (
            inside(9, booked(1, WAITING), booked(2)),
            1,
            [(A, ROOMY), (B, FULL)],
            CongressState.PUBLISHED,
            WorkshopsClash,
        ),
        (inside(9, booked(1, WAITING)), 1, [(A, FULL)], CongressState.PUBLISHED, NoFreePlace),
    ],
    ids=[
        "no place",
        "called off",
        "does not wait",
        "waits for the congress",
        "does not take place",
        "sits elsewhere at that time",
        "no place in the workshop",
    ],
)
def test_some_cannot_be_let_in(person, key, workshops, state, reason):
    assert refusal(hall(FULL, workshops, person, state=state), MoveUp(9, key)) is reason


@pytest.mark.parametrize(("person", "key"), [(inside(9), CONGRESS), (inside(9, booked(1)), 1)])
def test_whoever_is_in_stays_as_they_are(person, key):
    """REL-05."""
    here = hall(FULL, [(A, FULL)], person)

    assert decide(here, MoveUp(9, key, overbook=True)) == Decision()


# --- more places, fewer, and what takes place after all


@pytest.mark.parametrize(
    ("capacity", "moved_up", "after"),
    [
        (5, [7, 8, 9], Places(capacity=5, taken=5, waiting=1)),
        (None, [7, 8, 9, 10], Places(capacity=None, taken=6)),
        (1, [], Places(capacity=1, taken=2, waiting=4, overbooked=1)),
    ],
    ids=["as many as there are more", "no limit", "fewer remove nobody"],
)
def test_other_numbers_of_places(capacity, moved_up, after):
    """REL-06."""
    here = hall(
        Places(capacity=2, taken=2, waiting=4),
        (),
        *map(outside, (7, 8, 9, 10)),
        lines={CONGRESS: (7, 8, 9, 10)},
    )

    decision = decide(here, Resize({CONGRESS: (capacity, True)}))

    assert list(decision.moves) == [Grant(each, CONGRESS, moved_up=True) for each in moved_up]
    assert decision.places == {CONGRESS: after}


def test_the_same_number_of_places_changes_nothing():
    assert decide(hall(FULL), Resize({CONGRESS: (1, True)})) == Decision()


@pytest.mark.parametrize(
    ("state", "moved_up"),
    [(CongressState.PUBLISHED, [10]), (CongressState.CANCELLED, []), (CongressState.FINISHED, [])],
    ids=["takes place again", "called off", "over"],
)
def test_free_places_are_passed_on_only_in_what_takes_place(state, moved_up):
    here = hall(
        ROOMY,
        [(A, Places(capacity=1, waiting=1))],
        inside(10, booked(1, WAITING)),
        lines={1: (10,)},
        state=state,
    )

    assert [move.person for move in moves(here, PassOn(frozenset({1})))] == moved_up


def test_nobody_moves_up_into_a_workshop_that_does_not_take_place():
    here = hall(
        ROOMY,
        [(CANCELLED, Places(capacity=1, waiting=1))],
        inside(10, booked(1, WAITING)),
        lines={1: (10,)},
    )

    assert moves(here, PassOn(frozenset({1}))) == []


# --- queues are read as far as they are needed


def test_a_queue_nobody_read_is_asked_for():
    here = hall(Places(capacity=3, taken=1, waiting=5))

    assert decide(here, PassOn(frozenset({CONGRESS}))) == Decision(unread={CONGRESS: 2})


def test_a_queue_whose_head_is_passed_over_is_read_further():
    sits_elsewhere = inside(7, booked(1, WAITING), booked(2))
    here = hall(
        ROOMY,
        [(A, Places(capacity=1, waiting=2)), (B, FULL)],
        sits_elsewhere,
        lines={1: Line((7,), is_whole=False)},
    )

    assert decide(here, PassOn(frozenset({1}))) == Decision(unread={1: 2})


def test_a_wish_is_not_refused_before_the_queues_are_known():
    here = hall(Places(capacity=3, taken=1, waiting=5, waiting_list_open=False))

    assert decide(here, Register()) == Decision(unread={CONGRESS: 2})
