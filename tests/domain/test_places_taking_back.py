"""A place that was given back stays its owner's until somebody has it or waits for it."""

import pytest

from congress.domain.congresses import CongressState
from congress.domain.moves import Grant
from congress.domain.places import TakeBack
from congress.domain.registration import (
    CongressHasBegun,
    CongressNotTakingPart,
    NotWaiting,
    PlaceTaken,
    RegistrationCancelled,
    RegistrationState,
    WorkshopCancelled,
)
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    CLOSES,
    FULL,
    ONE_SECOND,
    ROOMY,
    SHUT,
    STARTS,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    workshop,
)

A, B = workshop(1), workshop(2)
BACK = TakeBack(9, 1)


@pytest.mark.parametrize("now", [CLOSES - ONE_SECOND, CLOSES, STARTS - ONE_SECOND])
def test_it_can_be_taken_back_until_the_congress_begins(now):
    assert moves(hall(ROOMY, [(A, ROOMY)], inside(9), now=now), BACK) == [Grant(9, 1)]


def test_taking_back_what_one_has_changes_nothing():
    assert moves(hall(ROOMY, [(A, FULL)], inside(9, booked(1))), BACK) == []


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (FULL, PlaceTaken),
        (SHUT, PlaceTaken),
        (Places(capacity=2, taken=1, waiting=1), PlaceTaken),  # it belongs to who waits
    ],
)
def test_who_has_it_or_waits_for_it_comes_first(places, expected):
    assert refusal(hall(ROOMY, [(A, places)], inside(9)), BACK) is expected


@pytest.mark.parametrize(
    ("person", "workshop", "now", "state", "expected"),
    [
        (inside(9), A, STARTS, CongressState.PUBLISHED, CongressHasBegun),
        (inside(9), A, CLOSES, CongressState.CANCELLED, CongressNotTakingPart),
        (inside(9), A, CLOSES, CongressState.FINISHED, CongressNotTakingPart),
        (outside(9), A, CLOSES, CongressState.PUBLISHED, NotWaiting),
        (inside(9, booked(2)), A, CLOSES, CongressState.PUBLISHED, WorkshopsClash),
        (
            inside(9),
            workshop(1, cancelled=True),
            CLOSES,
            CongressState.PUBLISHED,
            WorkshopCancelled,
        ),
    ],
)
def test_where_nothing_can_be_given_nothing_can_be_taken_back(
    person, workshop, now, state, expected
):
    here = hall(ROOMY, [(workshop, ROOMY), (B, ROOMY)], person, now=now, state=state)

    assert refusal(here, BACK) is expected


def test_a_registration_that_has_ended_takes_nothing_back():
    ended = type(inside(9))(9, RegistrationState.CANCELLED)

    assert refusal(hall(ROOMY, [(A, ROOMY)], ended), BACK) is RegistrationCancelled
