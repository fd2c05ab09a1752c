"""Changing one's mind: the old place is kept until the new one is sure."""

from datetime import UTC, datetime, timedelta

import pytest

from congress.domain.changing import (
    Change,
    CongressHasBegun,
    Held,
    change,
    keep_wish,
    require_not_begun,
)
from congress.domain.registration import BookingState, PlaceGiven, WorkshopCancelled, WorkshopFull
from congress.domain.time_slots import TimeSlot
from congress.domain.workshops import Places, Workshop, WorkshopsClash

START = datetime(2026, 11, 4, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
MORNING = TimeSlot(START, START + 2 * HOUR)
AFTERNOON = TimeSlot(START + 4 * HOUR, START + 6 * HOUR)
LONG = TimeSlot(START, START + 6 * HOUR)

FREE = Places(capacity=5)
FULL = Places(capacity=5, taken=5)
SHUT = Places(capacity=5, taken=5, waiting_list_open=False)

CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING


def workshop(number: int, slot: TimeSlot = MORNING, places: Places = FREE) -> Workshop:
    return Workshop(number, {"de": f"Workshop {number}"}, slot, places)


def holds(number: int, state: BookingState = CONFIRMED, slot: TimeSlot = MORNING) -> Held:
    return Held(booking_id=number * 10, workshop=workshop(number, slot, FULL), state=state)


@pytest.mark.parametrize(
    ("held", "wish", "decided"),
    [
        ([], workshop(2), Change((), PlaceGiven(2, CONFIRMED))),
        ([holds(1)], workshop(2), Change((10,), PlaceGiven(2, CONFIRMED))),
        ([holds(1)], workshop(2, places=FULL), Change((), PlaceGiven(2, WAITING), 10)),
        ([], workshop(2, places=FULL), Change((), PlaceGiven(2, WAITING))),
        (
            [holds(1), holds(3, WAITING)],
            workshop(2, places=FULL),
            Change((30,), PlaceGiven(2, WAITING), 10),
        ),
        ([holds(1), holds(3, WAITING)], workshop(2), Change((10, 30), PlaceGiven(2, CONFIRMED))),
        ([holds(1), holds(3, WAITING)], workshop(1), Change((30,))),
        ([holds(1), holds(3, WAITING)], workshop(3), Change()),
        (
            [holds(1), holds(4, slot=AFTERNOON)],
            workshop(2),
            Change((10,), PlaceGiven(2, CONFIRMED)),
        ),
    ],
    ids=[
        "a first workshop",
        "swapped at once",
        "the old place is kept",
        "nothing to keep",
        "one queue at a time",
        "a free place ends the waiting",
        "staying ends the waiting",
        "waiting already",
        "other times stay",
    ],
)
def test_a_wish_is_decided(held, wish, decided):
    assert change(held, wish) == decided


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (workshop(2, places=SHUT), WorkshopFull),
        (Workshop(2, {"de": "Abgesagt"}, MORNING, FREE, cancelled=True), WorkshopCancelled),
    ],
)
def test_what_cannot_be_had_is_refused_and_the_old_place_stays(wish, refusal):
    with pytest.raises(refusal):
        change([holds(1)], wish)


def test_waiting_in_place_of_two_workshops_is_refused():
    with pytest.raises(WorkshopsClash):
        change([holds(1), holds(2, slot=AFTERNOON)], workshop(3, LONG, FULL))


@pytest.mark.parametrize(
    ("held", "wish", "decided"),
    [
        ([], workshop(2), Change((), PlaceGiven(2, WAITING))),
        ([holds(1, WAITING)], workshop(2), Change((10,), PlaceGiven(2, WAITING))),
        ([holds(1, WAITING)], workshop(1), Change()),
    ],
    ids=["a first wish", "another wish", "the same wish"],
)
def test_whoever_waits_for_the_congress_only_keeps_wishes(held, wish, decided):
    assert keep_wish(held, wish) == decided


def test_places_can_be_given_back_until_the_congress_begins():
    require_not_begun(START, START - timedelta(seconds=1))
    with pytest.raises(CongressHasBegun):
        require_not_begun(START, START)
