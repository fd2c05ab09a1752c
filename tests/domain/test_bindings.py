"""A only with B, and one of several: the table of cases is the rule."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain import conditions
from congress.domain.accepting import Accept
from congress.domain.hall import NEWCOMER, Booked, Line
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import Choose, Leave, MoveUp, PassOn, Register, Wanted, Withdraw, decide
from congress.domain.registration import NoFreePlace, NoPlaceIn
from congress.domain.room import ByHand
from congress.domain.selection import Act, Acting, WhenFull
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import NeededFor, OnlyOneOf, OnlyWith, Workshop
from tests.domain.halls import (
    AFTERNOON,
    CONFIRMED,
    FULL,
    MORNING,
    ROOMY,
    WAITING,
    asking,
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


def test_what_is_only_waited_for_keeps_nobody_from_a_place_they_want_more():
    mine = inside(MINE, booked(B), booked(A, WAITING), booked(C, WAITING, instead_of=B))
    full = replace(FULL, waiting=1)
    here = house(places={A: full, C: full})
    here = replace(
        here,
        people={**here.people, MINE: mine, 7: inside(7, booked(C))},
        lines={A: Line((MINE,)), C: Line((MINE,))},
    )

    found = decide(here, Leave(7, C))

    assert found.moves == (
        Release(7, C),
        Grant(MINE, C, moved_up=True),
        Release(MINE, B, moved_on=True),
    )


IT = frozenset({A})


@pytest.mark.parametrize("act", [Choose, MoveUp])
@pytest.mark.parametrize(
    ("places", "said", "expected"),
    [
        (ROOMY, ByHand(), OnlyWith),
        (ROOMY, ByHand(beyond=IT), OnlyWith),  # that is another question
        (ROOMY, ByHand(alone=IT), Grant),
        (FULL, ByHand(), (OnlyWith, NoFreePlace)),
        (FULL, ByHand(alone=IT), (NoPlaceIn, NoFreePlace)),
        (FULL, ByHand(beyond=IT), OnlyWith),
        (FULL, ByHand(beyond=IT, alone=IT), Grant),
    ],
)
def test_an_organiser_gives_it_without_the_other_only_where_that_is_said(
    act, places, said, expected
):
    here = house(places={A: places})
    wanted: Wanted = Choose(MINE, (wish(A),), by_hand=said)
    if act is MoveUp:
        waits = replace(places, waiting=1)
        here = replace(
            house(booked(A, WAITING), places={A: waits}), lines={A: Line((MINE,), is_whole=True)}
        )
        wanted = MoveUp(MINE, A, bool(said.beyond), bool(said.alone))
    found = decide(here, wanted)
    if expected is Grant:
        assert (found.refusal, found.moves[0].key, len(found.moves)) == (None, A, 1)
    else:
        assert isinstance(found.refusal, expected)
        assert not found.moves


@pytest.mark.parametrize("act", [Act.GIVE, Act.ADMIT])
@pytest.mark.parametrize("when_full", WhenFull)
def test_of_several_at_once_those_without_the_other_stay_as_they_are(act, when_full):
    here = house(booked(A, WAITING), places={A: replace(ROOMY, waiting=1)})
    here = here if act is Act.ADMIT else house()
    assert isinstance(decide(here, Acting(act, A, when_full).wanted(MINE)).refusal, OnlyWith)


def test_nobody_moves_up_by_hand_out_of_what_another_place_needs_unless_that_is_said():
    mine = [booked(B), booked(A), booked(C, WAITING, instead_of=B)]
    here = house(*mine, places={C: replace(ROOMY, waiting=1)})
    assert isinstance(decide(here, MoveUp(MINE, C, overbook=True)).refusal, NeededFor)
    assert decide(here, MoveUp(MINE, C, alone=True)).refusal is None


@pytest.mark.parametrize(
    ("said", "places", "expected"),
    [
        # Whoever is to wait for B waits for A too, without another question.
        (ByHand(waits=frozenset({B})), {B: FULL}, {A: WAITING, B: WAITING}),
        (ByHand(beyond=frozenset({B})), {B: FULL}, {A: CONFIRMED, B: CONFIRMED}),
        (ByHand(beyond=IT, waits=frozenset({B})), {A: FULL, B: FULL}, OnlyWith),
    ],
)
def test_registering_both_by_hand(said, places, expected):
    found = decide(house(places=places), Register((wish(A), wish(B)), by_hand=said))
    if expected is OnlyWith:
        assert isinstance(found.refusal, OnlyWith)
        return
    granted = {move.key for move in found.moves if isinstance(move, Grant)}
    queued = {move.key for move in found.moves if isinstance(move, Queue)}
    assert dict.fromkeys(queued, WAITING) | dict.fromkeys(granted - {None}, CONFIRMED) == (expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ByHand(waits=frozenset({B})), set()),  # for A as well, though there are places
        (ByHand(beyond=frozenset({B})), {A, B}),
    ],
)
def test_accepting_who_asked_for_both_where_the_other_is_full(said, expected):
    here = house(places={B: FULL})
    asks = asking(MINE, booked(B, WAITING), booked(A, WAITING))
    lines = {key: Line((MINE,)) for key in (A, B)}
    found = decide(replace(here, people={MINE: asks}, lines=lines), Accept(MINE, said))
    assert found.refusal is None
    granted = {move.key for move in found.moves if isinstance(move, Grant)}
    assert granted == {None, *expected}


# B2 offers the same as B, at another time.
B2 = 4
EVENING = TimeSlot(AFTERNOON.ends_at, AFTERNOON.ends_at + timedelta(hours=1))
TWIN = Workshop(B2, {"de": "B2"}, EVENING, topic="b")


@pytest.mark.parametrize(
    ("called_off", "twin", "mine", "expected"),
    [
        ({B}, False, [], Grant),  # what does not take place binds nobody
        ({B}, True, [], OnlyWith),
        ({B}, True, [booked(B)], OnlyWith),  # there is no place any more
        ({B}, True, [booked(B2)], Grant),
        ({B, B2}, True, [], Grant),
        (set(), True, [booked(B2)], Grant),
        (set(), False, [], OnlyWith),
    ],
)
def test_while_all_of_the_other_is_called_off_nobody_is_bound(called_off, twin, mine, expected):
    waits = booked(A, WAITING)
    here = with_twin(house(*mine, waits, places={A: replace(ROOMY, waiting=1)}), called_off, twin)
    here = replace(here, lines={A: Line((MINE,))})
    passed_on = decide(here, PassOn(frozenset({B}))).moves
    assert passed_on == ((Grant(MINE, A, moved_up=True),) if expected is Grant else ())

    fresh = replace(with_twin(house(*mine), called_off, twin), lines={})
    refusal = decide(fresh, Choose(MINE, (wish(A),))).refusal
    if expected is Grant:
        assert refusal is None
    else:
        assert isinstance(refusal, OnlyWith)
        assert not refusal.second.cancelled


def with_twin(here, called_off, twin):
    rows = {
        key: replace(row, cancelled=key in called_off)
        for key, row in {**ROWS, **({B2: TWIN} if twin else {})}.items()
    }
    return replace(here, workshops=rows, places={B2: ROOMY, **here.places})


def test_once_it_takes_place_again_who_came_meanwhile_stays_and_the_next_is_passed_over():
    inside_a, waits = inside(MINE, booked(A)), inside(OTHER, booked(A, WAITING))
    here = house(places={A: replace(ROOMY, waiting=1)})
    here = replace(here, people={MINE: inside_a, OTHER: waits}, lines={A: Line((OTHER,))})
    assert decide(here, PassOn(frozenset({B}))).moves == ()
    assert isinstance(conditions.passed_over(here, waits)[A], OnlyWith)


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


def test_who_waits_for_something_in_the_place_of_what_is_needed_would_give_it_up_as_well():
    here = house(booked(B), booked(A), places={C: FULL})
    assert type(decide(here, Choose(MINE, (wish(C),))).refusal) is NeededFor


def test_of_two_times_of_the_same_the_other_one_is_enough():
    """Organisers may have given both; one of them can go while the other one stays."""
    here = house(booked(B), booked(A))
    mine = inside(MINE, booked(A), booked(B), booked(B2))
    here = with_twin(replace(here, people={MINE: mine}), (), twin=True)
    assert decide(here, Leave(MINE, B2)).moves == (Release(MINE, B2),)
