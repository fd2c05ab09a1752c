"""Who gets a place: what a newcomer asks for. The tables of cases are the rule."""

from dataclasses import replace

import pytest

from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, NEWCOMER
from congress.domain.moves import Grant, Queue
from congress.domain.places import (
    Register,
    decide,
)
from congress.domain.registration import (
    CongressCalledOff,
    CongressFull,
    CongressNotTakingPart,
    CongressOver,
    RegistrationClosed,
    RegistrationNotOpenYet,
    SafePlaceNotFree,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    FULL,
    LATE_MORNING,
    MORNING,
    NOON,
    ONE_SECOND,
    OPENS,
    ROOMY,
    SHUT,
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

NEW = NEWCOMER
COMES = Grant(NEW, CONGRESS)
A, B, C = workshop(1), workshop(2), workshop(3, AFTERNOON)


# --- registering


@pytest.mark.parametrize(
    ("places", "move"),
    [
        (Places(capacity=None, taken=900), Grant(NEW, 1)),
        (Places(capacity=2, taken=1), Grant(NEW, 1)),
        (Places(capacity=2, taken=2), Queue(NEW, 1)),
        (Places(capacity=2, taken=3, overbooked=1), Queue(NEW, 1)),
        (Places(capacity=0), Queue(NEW, 1)),
    ],
    ids=["unlimited", "last place", "full", "overbooked", "no places"],
)
def test_a_workshop_place_is_given_or_waited_for(places, move):
    assert moves(hall(ROOMY, [(A, places)]), Register((wish(1),))) == [COMES, move]


@pytest.mark.parametrize(
    ("places", "move"),
    [
        (Places(capacity=None), COMES),
        (Places(capacity=2, taken=1), COMES),
        (Places(capacity=2, taken=2), Queue(NEW, CONGRESS)),
    ],
    ids=["unlimited", "last place", "full"],
)
def test_the_congress_has_places_and_a_queue_of_its_own(places, move):
    assert moves(hall(places), Register()) == [move]


def test_a_free_place_is_promised_to_the_queue_first():
    free = Places(capacity=2, taken=1, waiting=1)
    first = outside(7)

    assert moves(hall(free, (), first, lines={CONGRESS: (7,)}), Register()) == [
        Grant(7, CONGRESS, moved_up=True),
        Queue(NEW, CONGRESS),
    ]


def test_a_newcomer_gets_what_nobody_ahead_may_have():
    """Who would sit in two workshops at once is passed over and keeps the place in the queue."""
    sits_elsewhere = inside(7, booked(1, WAITING), booked(2))
    places = Places(capacity=2, taken=1, waiting=1)
    here = hall(ROOMY, [(A, places), (B, FULL)], sits_elsewhere, lines={1: (7,)})

    decision = decide(here, Register((wish(1),)))

    assert list(decision.moves) == [COMES, Grant(NEW, 1)]
    assert decision.places[1] == Places(capacity=2, taken=2, waiting=1)
    assert {key: type(reason) for key, reason in decision.passed_over.items()} == {
        (7, 1): WorkshopsClash
    }


def test_nobody_overtakes_a_queue_that_may_not_move_any_more():
    queued = Places(capacity=2, taken=1, waiting=1)
    begun = hall(queued, [], outside(7), lines={CONGRESS: (7,)}, now=OPENS)

    assert moves(replace(begun, starts_at=OPENS), Register()) == [Queue(NEW, CONGRESS)]


def test_a_full_workshop_does_not_cost_the_others():
    here = hall(ROOMY, [(A, FULL), (C, ROOMY)])

    assert moves(here, Register((wish(1), wish(3)))) == [COMES, Queue(NEW, 1), Grant(NEW, 3)]


def test_whoever_waits_for_the_congress_keeps_wishes_but_holds_no_place():
    here = hall(FULL, [(A, ROOMY), (C, FULL)])

    decision = decide(here, Register((wish(1), wish(3))))

    assert list(decision.moves) == [Queue(NEW, CONGRESS), Queue(NEW, 1), Queue(NEW, 3)]
    assert decision.places == {CONGRESS: Places(capacity=1, taken=1, waiting=1)}


@pytest.mark.parametrize(
    ("wanted", "safe", "expected"),
    [
        (FULL, ROOMY, [COMES, Grant(NEW, 1), Queue(NEW, 2, instead_of=1)]),
        (ROOMY, ROOMY, [COMES, Grant(NEW, 2)]),
    ],
    ids=["held while waiting for the wish", "not needed when the wish is free"],
)
def test_a_safe_place(wanted, safe, expected):
    here = hall(ROOMY, [(A, safe), (B, wanted)])

    assert moves(here, Register((wish(2, safe=1),))) == expected


def test_a_safe_place_is_wished_for_while_one_waits_for_the_congress():
    here = hall(FULL, [(A, FULL), (B, ROOMY)])

    assert moves(here, Register((wish(2, safe=1),))) == [
        Queue(NEW, CONGRESS),
        Queue(NEW, 1),
        Queue(NEW, 2, instead_of=1),
    ]


CANCELLED = workshop(1, cancelled=True)
LATER = workshop(2, LATE_MORNING)


@pytest.mark.parametrize(
    ("congress", "workshops", "wishes", "reason"),
    [
        (SHUT, [], (), CongressFull),
        (ROOMY, [(A, SHUT)], (wish(1),), WorkshopFull),
        (FULL, [(A, SHUT)], (wish(1),), WorkshopFull),
        (ROOMY, [(CANCELLED, ROOMY)], (wish(1),), WorkshopCancelled),
        (ROOMY, [], (wish(9),), UnknownWorkshop),
        (ROOMY, [(A, FULL)], (wish(1, safe=9),), UnknownWorkshop),
        (ROOMY, [(A, ROOMY), (B, ROOMY)], (wish(1), wish(2)), WorkshopsClash),
        (ROOMY, [(A, ROOMY), (LATER, ROOMY)], (wish(1), wish(2)), WorkshopsClash),
        (ROOMY, [(A, FULL), (B, FULL)], (wish(1, safe=2),), SafePlaceNotFree),
        (ROOMY, [(A, FULL), (B, SHUT)], (wish(1, safe=2),), WorkshopFull),
        (
            ROOMY,
            [
                (A, FULL),
                (LATER, ROOMY),
                (workshop(3, TimeSlot(MORNING.ends_at, NOON)), ROOMY),
            ],
            (wish(1, safe=2), wish(3)),
            WorkshopsClash,
        ),
        (
            ROOMY,
            [(A, FULL), (C, FULL), (workshop(4, TimeSlot(MORNING.ends_at, NOON)), ROOMY)],
            (wish(1, safe=4), wish(3, safe=4)),
            WorkshopsClash,
        ),
    ],
    ids=[
        "congress full, no queue",
        "workshop full, no queue",
        "workshop full, no queue, and waiting for the congress",
        "workshop cancelled",
        "no such workshop",
        "no such safe place",
        "same time",
        "overlapping in part",
        "the safe place is none",
        "the safe place is full and shut",
        "the safe place overlaps another choice",
        "one safe place for two",
    ],
)
def test_some_wishes_are_refused(congress, workshops, wishes, reason):
    assert refusal(hall(congress, workshops), Register(wishes)) is reason


@pytest.mark.parametrize(
    ("now", "state", "reason"),
    [
        (OPENS - ONE_SECOND, CongressState.PUBLISHED, RegistrationNotOpenYet),
        (CLOSES, CongressState.PUBLISHED, RegistrationClosed),
        (OPENS, CongressState.DRAFT, CongressNotTakingPart),
        (OPENS, CongressState.CANCELLED, CongressCalledOff),
        (OPENS, CongressState.FINISHED, CongressOver),
    ],
    ids=["too early", "too late", "a draft", "called off", "over"],
)
def test_there_is_a_time_for_registering(now, state, reason):
    """REL-30, REL-31."""
    assert refusal(hall(now=now, state=state), Register()) is reason


@pytest.mark.parametrize("now", [OPENS, CLOSES - ONE_SECOND])
def test_the_first_and_the_last_second_count(now):
    """REL-30, REL-31."""
    assert moves(hall(now=now), Register()) == [COMES]
