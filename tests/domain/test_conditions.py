"""What stands between somebody and a place: each condition with its table of cases."""

from dataclasses import replace

import pytest

from congress.domain import bindings, conditions
from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, Person
from congress.domain.kinds import Contingent, PersonKind
from congress.domain.registration import (
    CongressFull,
    CongressHasBegun,
    CongressNotTakingPart,
    NoFreePlace,
    NotWaiting,
    RegistrationCancelled,
    RegistrationClosed,
    RegistrationNotOpenYet,
    RegistrationState,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    FULL,
    LATE_MORNING,
    ONE_SECOND,
    OPENS,
    ROOMY,
    SHUT,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    outside,
    workshop,
)

EARLY, LATE, LATER = workshop(1), workshop(2, LATE_MORNING), workshop(3, AFTERNOON)
OFF = workshop(4, AFTERNOON, cancelled=True)
HALL = hall(ROOMY, [(EARLY, ROOMY), (LATE, FULL), (LATER, SHUT), (OFF, ROOMY)])
SOMEBODY, WAITER = inside(1), outside(1)
ENDED = Person(1, RegistrationState.CANCELLED)


def reason(condition, person=SOMEBODY, key=EARLY.id, at=HALL):
    """What a condition says, as a value that can be compared whole."""
    said = condition(at, person, key)
    return None if said is None else (type(said), *said.args)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (CongressState.DRAFT, (CongressNotTakingPart,)),
        (CongressState.PUBLISHED, None),
        (CongressState.CANCELLED, (CongressNotTakingPart,)),
        (CongressState.FINISHED, (CongressNotTakingPart,)),
    ],
)
def test_places_change_hands_in_what_takes_place(state, said):
    assert reason(conditions.published, at=replace(HALL, state=state)) == said


@pytest.mark.parametrize(
    ("condition", "now", "said"),
    [
        (
            conditions.open_for_registration,
            OPENS - ONE_SECOND,
            (RegistrationNotOpenYet, OPENS),
        ),
        (conditions.open_for_registration, OPENS, None),
        (conditions.open_for_registration, CLOSES - ONE_SECOND, None),
        (conditions.open_for_registration, CLOSES, (RegistrationClosed, CLOSES)),
        (conditions.not_begun, STARTS - ONE_SECOND, None),
        (conditions.not_begun, STARTS, (CongressHasBegun, STARTS)),
    ],
    ids=["too early", "opens", "last second", "closed", "about to begin", "begun"],
)
def test_there_is_a_time_for_it(condition, now, said):
    """REL-30."""
    assert reason(condition, at=replace(HALL, now=now)) == said


@pytest.mark.parametrize(
    ("condition", "person", "key", "said"),
    [
        (conditions.active, SOMEBODY, CONGRESS, None),
        (conditions.active, WAITER, CONGRESS, None),
        (conditions.active, ENDED, CONGRESS, (RegistrationCancelled,)),
        (conditions.in_congress, SOMEBODY, 1, None),
        (conditions.in_congress, WAITER, 1, (NotWaiting,)),
        (conditions.in_congress, WAITER, CONGRESS, None),
        (conditions.waiting, WAITER, CONGRESS, None),
        (conditions.waiting, SOMEBODY, CONGRESS, (NotWaiting,)),
        (conditions.waiting, inside(1, booked(1, WAITING)), 1, None),
        (conditions.waiting, inside(1, booked(1)), 1, (NotWaiting,)),
        (conditions.waiting, SOMEBODY, 1, (NotWaiting,)),
    ],
)
def test_who_somebody_is_counts(condition, person, key, said):
    assert reason(condition, person, key) == said


@pytest.mark.parametrize(
    ("condition", "key", "said"),
    [
        (conditions.known, CONGRESS, None),
        (conditions.known, EARLY.id, None),
        (conditions.known, 99, (UnknownWorkshop,)),
        (conditions.taking_place, CONGRESS, None),
        (conditions.taking_place, EARLY.id, None),
        (conditions.taking_place, OFF.id, (WorkshopCancelled, OFF.title)),
        (conditions.room, CONGRESS, None),
        (conditions.room, EARLY.id, None),
        (conditions.room, LATE.id, (NoFreePlace,)),
        (conditions.open_queue, CONGRESS, None),
        (conditions.open_queue, LATE.id, None),
        (conditions.open_queue, LATER.id, (WorkshopFull, LATER.title)),
    ],
)
def test_what_is_wanted_counts(condition, key, said):
    assert reason(condition, key=key) == said


def test_a_full_congress_may_have_no_queue():
    at = replace(HALL, places={**HALL.places, CONGRESS: SHUT})

    assert reason(conditions.open_queue, key=CONGRESS, at=at) == (CongressFull,)
    assert reason(conditions.room, key=CONGRESS, at=at) == (NoFreePlace,)


def test_a_place_that_the_queue_waits_for_is_a_place():
    """An organiser may give it to somebody; `Places.has_free_place` keeps it for the queue."""
    at = replace(HALL, places={**HALL.places, EARLY.id: Places(capacity=1, waiting=3)})

    assert reason(conditions.room, at=at) is None


@pytest.mark.parametrize(
    ("bookings", "key", "said"),
    [
        ([booked(2)], 1, (WorkshopsClash, EARLY, LATE)),
        ([booked(3)], 1, None),
        ([booked(2, WAITING)], 1, None),
        ([booked(1)], 1, None),
        ([booked(2), booked(1, WAITING, instead_of=2)], 1, None),
        ([booked(2), booked(1, WAITING, instead_of=3)], 1, (WorkshopsClash, EARLY, LATE)),
        ([booked(2)], CONGRESS, None),
    ],
    ids=[
        "another at the same time",
        "another later",
        "only waits for the other",
        "the place itself",
        "the safe place goes for it",
        "another place goes for it",
        "the congress itself",
    ],
)
def test_nobody_sits_in_two_workshops_at_once(bookings, key, said):
    assert reason(bindings.at_no_other_place, inside(1, *bookings), key) == said


def test_the_first_reason_in_the_order_of_the_conditions_is_the_one_said():
    too_early = replace(HALL, now=OPENS - ONE_SECOND, state=CongressState.DRAFT)
    both = (conditions.active, conditions.open_for_registration, conditions.published)

    said = conditions.first_reason(both, too_early, SOMEBODY, CONGRESS)

    assert isinstance(said, RegistrationNotOpenYet)
    assert conditions.first_reason(both, HALL, SOMEBODY, CONGRESS) is None
    with pytest.raises(RegistrationNotOpenYet):
        conditions.require(both, too_early, SOMEBODY, CONGRESS)
    conditions.require(both, HALL, SOMEBODY, CONGRESS)


def test_whoever_is_passed_over_is_told_why():
    clashing = inside(1, booked(2), booked(1, WAITING), booked(3, WAITING))
    said = conditions.passed_over(HALL, clashing)

    assert {key: type(refusal) for key, refusal in said.items()} == {1: WorkshopsClash}
    assert conditions.passed_over(HALL, inside(1, booked(2), booked(3, WAITING))) == {}


QUEUED = Places(capacity=2, taken=2, waiting=1)


@pytest.mark.parametrize(
    ("key", "places", "changed", "passes_on"),
    [
        (CONGRESS, QUEUED, {}, True),
        (EARLY.id, QUEUED, {}, True),
        (CONGRESS, FULL, {}, False),
        (CONGRESS, Places(capacity=1, taken=2, waiting=1, overbooked=1), {}, False),
        (CONGRESS, Places(capacity=2, taken=1, waiting=1), {}, True),
        (CONGRESS, QUEUED, {"state": CongressState.CANCELLED}, False),
        (CONGRESS, QUEUED, {"now": STARTS}, False),
        (OFF.id, QUEUED, {}, False),
    ],
    ids=[
        "somebody waits",
        "for a workshop",
        "nobody waits",
        "more are inside than fit",
        "one is free for the queue already",
        "called off",
        "begun",
        "a workshop that is called off",
    ],
)
def test_a_place_given_back_is_promised_on_only_where_somebody_moves_up(
    key, places, changed, passes_on
):
    at = replace(HALL, places={**HALL.places, key: places}, **changed)

    assert conditions.passes_on(at, key) is passes_on


@pytest.mark.parametrize(
    ("contingent", "changed", "passes_on"),
    [
        (Contingent(2, taken=2, waiting=0), {}, False),
        (Contingent(2, taken=2, waiting=1), {}, True),
        (Contingent(2, taken=1, waiting=0), {}, False),
        (Contingent(2, taken=3, waiting=0), {}, True),
        (Contingent(2, taken=2, waiting=1), {"now": STARTS}, False),
    ],
    ids=[
        "it is held back again, and others wait in vain",
        "another guest waits",
        "fewer than places for them",
        "one guest more than places for them had one of everybody’s",
        "begun",
    ],
)
def test_what_a_guest_gives_back_is_held_back_again(contingent, changed, passes_on):
    guest = replace(inside(1), kind=PersonKind.GUEST)
    held = replace(QUEUED, held_back=contingent.left)
    at = replace(HALL, places={**HALL.places, CONGRESS: held}, **changed)
    at = replace(at, contingents={PersonKind.GUEST: contingent})
    assert conditions.passes_on(at, CONGRESS, guest) is passes_on
