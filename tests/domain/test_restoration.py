"""Taking back what was done to several people: what comes of it for one of them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, Person
from congress.domain.moves import Grant, Queue, Release
from congress.domain.quotas import Delegation, QuotaReached
from congress.domain.registration import (
    CongressNotTakingPart,
    PlaceNoLongerFree,
    RegistrationState,
    UnknownWorkshop,
    WorkshopCancelled,
)
from congress.domain.restoration import (
    Kept,
    Restore,
    StandsOtherwise,
    as_json,
    can_be_taken_back,
    concerned,
    kept_in,
    lost,
)
from congress.domain.selection import Act
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    FULL,
    OPENS,
    ROOMY,
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

A, B, C = workshop(1), workshop(2), workshop(3, AFTERNOON)
OFF = workshop(1, cancelled=True)
GONE = Person(9, RegistrationState.CANCELLED)
HAD_A, NOTHING = inside(9, booked(1)), inside(9)
ON_B = inside(9, booked(2))
WAITED = inside(9, booked(2), booked(1, WAITING, 2))
QUEUE = Places(capacity=1, taken=1, waiting=3)


@pytest.mark.parametrize(
    ("act", "expected"), [("cancel", True), ("give", True), ("take", True), ("admit", False)]
)
def test_what_was_promised_is_not_taken_back(act, expected):
    assert Act(act).can_be_taken_back is expected


@pytest.mark.parametrize(("minutes", "expected"), [(0, True), (15, True), (15.1, False)])
def test_it_can_be_taken_back_for_a_quarter_of_an_hour(minutes, expected):
    assert can_be_taken_back(OPENS, now=OPENS + timedelta(minutes=minutes)) is expected


@pytest.mark.parametrize(
    ("before", "left", "congress", "workshops", "expected"),
    [
        # Taken out of a workshop, or of its queue: the place is theirs while nobody has it.
        (HAD_A, NOTHING, ROOMY, [(A, ROOMY)], [Grant(9, 1)]),
        (HAD_A, NOTHING, ROOMY, [(A, FULL)], PlaceNoLongerFree),
        (WAITED, ON_B, ROOMY, [(A, QUEUE), (B, FULL)], [Queue(9, 1, 2)]),
        (WAITED, inside(9), ROOMY, [(A, QUEUE), (B, ROOMY)], [Grant(9, 2), Queue(9, 1, 2)]),
        # A place that somebody is passed over for does not keep its owner from it.
        (HAD_A, NOTHING, ROOMY, [(A, Places(3, 2, 4))], [Grant(9, 1)]),
        (HAD_A, NOTHING, ROOMY, [(OFF, ROOMY)], WorkshopCancelled),
        (HAD_A, NOTHING, ROOMY, [(B, ROOMY)], UnknownWorkshop),
        # Given another: both or none.
        (HAD_A, ON_B, ROOMY, [(A, ROOMY), (B, FULL)], [Release(9, 2), Grant(9, 1)]),
        (HAD_A, ON_B, ROOMY, [(A, FULL), (B, FULL)], PlaceNoLongerFree),
        (NOTHING, ON_B, ROOMY, [(B, FULL)], [Release(9, 2)]),
        (
            inside(9, booked(3)),
            inside(9, booked(3), booked(2, WAITING)),
            ROOMY,
            [(B, QUEUE), (C, FULL)],
            [Release(9, 2)],
        ),
        # Off the list: the place at the congress has to be free, workshops as far as they are.
        (HAD_A, GONE, ROOMY, [(A, ROOMY)], [Grant(9, CONGRESS), Grant(9, 1)]),
        (HAD_A, GONE, FULL, [(A, ROOMY)], PlaceNoLongerFree),
        (HAD_A, GONE, ROOMY, [(A, FULL)], [Grant(9, CONGRESS)]),
        (HAD_A, GONE, ROOMY, [(OFF, ROOMY)], [Grant(9, CONGRESS)]),
        (WAITED, GONE, ROOMY, [(A, QUEUE), (B, FULL)], [Grant(9, CONGRESS), Queue(9, 1)]),
        (
            outside(9, booked(1, WAITING)),
            GONE,
            QUEUE,
            [(A, ROOMY)],
            [Queue(9, CONGRESS), Queue(9, 1)],
        ),
    ],
)
def test_they_have_again_what_they_had_as_far_as_it_is_free(
    before, left, congress, workshops, expected
):
    comes_of(hall(congress, workshops, left), Restore(before, left), expected)


@pytest.mark.parametrize("stands", [HAD_A, ON_B, outside(9), inside(9, booked(3))])
def test_what_happened_to_somebody_since_stays(stands):
    now = hall(ROOMY, [(A, ROOMY), (B, ROOMY), (C, ROOMY)], stands)
    assert refusal(now, Restore(HAD_A, NOTHING)) is StandsOtherwise


@pytest.mark.parametrize(
    ("sat", "left", "expected"),
    [
        ({1: 4}, NOTHING, [Grant(9, 1)]),  # nobody else has moved up
        ({1: 3}, NOTHING, PlaceNoLongerFree),
        ({CONGRESS: 4, 1: 4}, GONE, [Grant(9, CONGRESS), Grant(9, 1)]),
        ({CONGRESS: 3, 1: 4}, GONE, PlaceNoLongerFree),
    ],
)
def test_a_place_beyond_those_there_are_is_theirs_while_nobody_else_has_it(sat, left, expected):
    full = Places(capacity=2, taken=3, overbooked=1)
    comes_of(hall(full, [(A, full)], left), Restore(HAD_A, left, sat), expected)


def test_who_sits_elsewhere_at_that_hour_by_now_is_refused():
    """A workshop may have been moved since."""
    held = inside(9, booked(2))
    now = hall(ROOMY, [(A, ROOMY), (B, ROOMY)], held)
    assert refusal(now, Restore(inside(9, booked(1), booked(2)), held)) is WorkshopsClash


def test_an_organiser_may_after_it_has_begun_but_not_in_a_congress_that_is_over():
    wanted, places = Restore(HAD_A, NOTHING), [(A, ROOMY)]
    assert moves(hall(ROOMY, places, NOTHING, now=STARTS), wanted) == [Grant(9, 1)]
    over = hall(ROOMY, places, NOTHING, state=CongressState.FINISHED)
    assert refusal(over, wanted) is CongressNotTakingPart


def test_what_is_kept_is_read_back_as_it_was():
    kept = Kept(Restore(WAITED, GONE, {CONGRESS: 3, 1: 2}), {1: 11, 2: 12})
    assert kept_in(json.loads(json.dumps(as_json([kept])))) == (kept,)
    assert kept_in(as_json([])) == kept_in({}) == ()
    assert lost(WAITED, ON_B) == (1,)
    assert concerned([kept, Kept(Restore(HAD_A, inside(9, booked(1), booked(3))))]) == {1, 2, 3}


def comes_of(now, wanted, expected):
    if isinstance(expected, list):
        assert moves(now, wanted) == expected
    else:
        assert refusal(now, wanted) is expected


@pytest.mark.parametrize(("sent", "expected"), [(1, [Grant(9, CONGRESS)]), (2, QuotaReached)])
def test_whoever_comes_back_is_counted_with_their_organisation_again(sent, expected):
    gone = replace(GONE, quota_key="unna")
    here = replace(hall(ROOMY, (), gone), delegations={"unna": Delegation(2, taken=sent)})
    comes_of(here, Restore(NOTHING, gone), expected)
