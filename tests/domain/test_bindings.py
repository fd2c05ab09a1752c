"""A only with B, and one of several: the table of cases is the rule."""

from dataclasses import replace

import pytest

from congress.domain import conditions
from congress.domain.hall import NEWCOMER, Booked, Line
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import Choose, Leave, MoveUp, Register, Withdraw, decide
from congress.domain.room import ByHand
from congress.domain.workshops import NeededFor, OnlyOneOf, OnlyWith, Workshop
from tests.domain.halls import (
    AFTERNOON,
    FULL,
    MORNING,
    ROOMY,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    wish,
)

# A in the afternoon goes only with B in the morning; C is at the time of B.
A, B, C = 1, 2, 3
ROWS = {
    A: Workshop(A, {"de": "A"}, AFTERNOON, topic="a", only_with="b"),
    B: Workshop(B, {"de": "B"}, MORNING, topic="b"),
    C: Workshop(C, {"de": "C"}, MORNING, topic="c"),
}
MINE, OTHER = 9, 8


def house(*bookings: Booked, places=None, called_off=()):
    rows = [
        (replace(row, cancelled=key in called_off), (places or {}).get(key, ROOMY))
        for key, row in ROWS.items()
    ]
    return hall(ROOMY, rows, inside(MINE, *bookings))


@pytest.mark.parametrize(
    ("wishes", "places", "expected"),
    [
        ([A], {}, OnlyWith),
        ([A, C], {}, OnlyWith),
        ([A, B], {}, [Grant(NEWCOMER, None), Grant(NEWCOMER, B), Grant(NEWCOMER, A)]),
        ([B], {}, [Grant(NEWCOMER, None), Grant(NEWCOMER, B)]),
        # Whoever waits for B waits for A, however many places A has.
        ([A, B], {B: FULL}, [Grant(NEWCOMER, None), Queue(NEWCOMER, B), Queue(NEWCOMER, A)]),
    ],
)
def test_registering_for_what_goes_only_with_another(wishes, places, expected):
    wanted = Register(tuple(map(wish, wishes)))
    found = decide(house(places=places), wanted)
    if isinstance(expected, list):
        assert list(found.moves) == expected
    else:
        assert type(found.refusal) is expected
        assert (found.refusal.first.id, found.refusal.second.id) == (A, B)


@pytest.mark.parametrize(
    ("bookings", "wanted", "expected"),
    [
        ([], Choose(MINE, (wish(A),)), OnlyWith),
        ([booked(B)], Choose(MINE, (wish(A),)), [Grant(MINE, A)]),
        ([booked(B), booked(A)], Leave(MINE, B), NeededFor),
        ([booked(B), booked(A)], Leave(MINE, A), [Release(MINE, A)]),
        ([booked(B), booked(A)], Choose(MINE, (wish(C),)), NeededFor),
        ([booked(B), booked(A)], Choose(MINE, (), (B,)), NeededFor),
        ([booked(B), booked(A)], Choose(MINE, (), (A, B)), [Release(MINE, A), Release(MINE, B)]),
        ([booked(B)], Choose(MINE, (wish(C),)), [Release(MINE, B), Grant(MINE, C)]),
        ([booked(B), booked(A)], Withdraw(MINE), None),
        # An organiser may mean it, and says so.
        ([], Choose(MINE, (wish(A),), (), ByHand()), OnlyWith),
        ([], Choose(MINE, (wish(A),), (), ByHand(beyond=frozenset({A}))), [Grant(MINE, A)]),
    ],
)
def test_changing_keeps_together_what_is_bound(bookings, wanted, expected):
    found = decide(house(*bookings), wanted)
    if isinstance(expected, type):
        assert type(found.refusal) is expected
    else:
        assert found.refusal is None
        assert expected is None or sorted(map(repr, found.moves)) == sorted(map(repr, expected))


def test_the_head_of_a_queue_without_the_other_is_passed_over():
    first, second = inside(MINE, booked(A, WAITING)), inside(OTHER, booked(B), booked(A, WAITING))
    here = house(places={A: replace(FULL, waiting=2)})
    here = replace(
        here,
        people={**here.people, MINE: first, OTHER: second, 7: inside(7, booked(B), booked(A))},
        lines={A: Line((MINE, OTHER))},
    )

    found = decide(here, Leave(7, A))

    assert Grant(OTHER, A, moved_up=True) in found.moves
    assert not [move for move in found.moves if move.person == MINE]
    assert isinstance(conditions.passed_over(here, first)[A], OnlyWith)
    assert isinstance(decide(here, MoveUp(MINE, A)).refusal, Exception)
    assert Grant(MINE, A, moved_up=True) in decide(here, MoveUp(MINE, A, overbook=True)).moves


def test_whoever_gets_the_other_gets_what_waited_for_it():
    mine = inside(MINE, booked(B, WAITING), booked(A, WAITING))
    here = house(places={A: replace(ROOMY, waiting=1), B: replace(FULL, waiting=1)})
    here = replace(
        here,
        people={**here.people, MINE: mine, 7: inside(7, booked(B))},
        lines={A: Line((MINE,)), B: Line((MINE,))},
    )

    found = decide(here, Leave(7, B))

    assert [move for move in found.moves if isinstance(move, Grant)] == [
        Grant(MINE, B, moved_up=True),
        Grant(MINE, A, moved_up=True),
    ]


def test_what_is_called_off_is_given_up_and_the_bound_place_stays():
    here = house(booked(B), booked(A), called_off={B})
    assert decide(here, Choose(MINE, (wish(C),))).refusal is None


@pytest.mark.parametrize("at", [MORNING, AFTERNOON])
def test_of_one_group_one_has_one_at_whatever_time(at):
    one = Workshop(1, {}, MORNING, group="x")
    other = Workshop(2, {}, at, group="x")
    here = hall(ROOMY, [(one, ROOMY), (other, ROOMY)], inside(MINE, booked(1)))

    assert isinstance(decide(here, Register((wish(1), wish(2)))).refusal, OnlyOneOf)
    assert moves(here, Choose(MINE, (wish(2),))) == [Release(MINE, 1), Grant(MINE, 2)]
    full = replace(here, places={**here.places, 2: FULL})
    assert moves(full, Choose(MINE, (wish(2),))) == [Queue(MINE, 2, instead_of=1)]


def test_a_newcomer_who_waits_for_the_congress_keeps_both_wishes():
    found = decide(
        replace(house(), places={**house().places, None: FULL}), Register((wish(A), wish(B)))
    )
    assert found.refusal is None
    assert [move.key for move in found.moves] == [None, B, A]
