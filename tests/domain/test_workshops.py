"""Places as numbers, and workshops that exclude each other."""

import pytest

from congress.domain.workshops import Availability, Places, WorkshopsClash, require_no_clash
from tests.domain.halls import AFTERNOON, LATE_MORNING, workshop


@pytest.mark.parametrize(
    ("places", "availability"),
    [
        (Places(), Availability.UNLIMITED),
        (Places(capacity=30, taken=20), Availability.FREE),
        (Places(capacity=30, taken=27), Availability.FEW),
        (Places(capacity=2, taken=0), Availability.FEW),
        (Places(capacity=30, taken=29, waiting=1), Availability.WAITING),
        (Places(capacity=30, taken=30), Availability.WAITING),
        (Places(capacity=30, taken=30, waiting_list_open=False), Availability.FULL),
        (Places(capacity=30, taken=31, overbooked=1), Availability.WAITING),
        (Places(capacity=0, waiting_list_open=False), Availability.FULL),
    ],
    ids=[
        "no limit",
        "a third is left",
        "a tenth is left",
        "the last two of two",
        "the free place is promised",
        "full",
        "full, and no queue",
        "overbooked",
        "no places, and no queue",
    ],
)
def test_what_a_visitor_is_told_about_places(places, availability):
    assert places.availability is availability


@pytest.mark.parametrize(
    ("places", "left", "is_free", "has_free_place"),
    [
        (Places(None, 900, 5), None, True, True),
        (Places(5, 3), 2, True, True),
        (Places(5, 3, 1), 2, True, False),
        (Places(5, 5), 0, False, False),
        (Places(2, 5, overbooked=3), 0, False, False),
        (Places(0), 0, False, False),
    ],
    ids=["no limit", "free", "promised to the queue", "full", "overbooked", "no places"],
)
def test_a_free_place_belongs_to_the_queue_first(places, left, is_free, has_free_place):
    assert (places.left, places.is_free, places.has_free_place) == (left, is_free, has_free_place)


@pytest.mark.parametrize(
    ("before", "taken", "waiting", "after"),
    [
        (Places(5, 3), 1, 0, Places(5, 4)),
        (Places(5, 5, 2), 0, 1, Places(5, 5, 3)),
        (Places(5, 5), 1, 0, Places(5, 6, overbooked=1)),
        (Places(2, 5, overbooked=3), -1, 0, Places(2, 4, overbooked=2)),
        (Places(None, 900), 1, 0, Places(None, 901)),
    ],
    ids=["taken", "queued", "beyond the places", "made up for", "no limit"],
)
def test_places_are_counted(before, taken, waiting, after):
    assert before.counted(taken, waiting) == after


@pytest.mark.parametrize(
    ("before", "capacity", "after"),
    [
        (Places(5, 3), 8, Places(8, 3)),
        (Places(5, 5), 2, Places(2, 5, overbooked=3)),
        (Places(2, 5, overbooked=3), 4, Places(4, 5, overbooked=1)),
        (Places(2, 5, overbooked=3), None, Places(None, 5)),
    ],
    ids=["more", "fewer remove nobody", "some made up for", "no limit"],
)
def test_places_become_more_or_fewer(before, capacity, after):
    """REL-06."""
    assert before.resized(capacity, waiting_list_open=True) == after


def test_a_queue_that_is_closed_keeps_those_who_wait():
    closed = Places(5, 5, 2).resized(5, waiting_list_open=False)

    assert closed == Places(5, 5, 2, waiting_list_open=False)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        (workshop(1), workshop(2), True),
        (workshop(1), workshop(2, LATE_MORNING), True),
        (workshop(1, LATE_MORNING), workshop(2, AFTERNOON), False),
    ],
    ids=["same time", "overlapping in part", "what follows at once"],
)
def test_nobody_sits_in_two_workshops_at_once(first, second, clash):
    if not clash:
        require_no_clash([first, second])
        return
    with pytest.raises(WorkshopsClash) as refusal:
        require_no_clash([first, second])
    assert (refusal.value.first, refusal.value.second) == (first, second)


def test_a_clash_is_found_between_any_two():
    free, early, late = workshop(1, AFTERNOON), workshop(2), workshop(3, LATE_MORNING)

    with pytest.raises(WorkshopsClash) as refusal:
        require_no_clash([free, early, late])

    assert (refusal.value.first, refusal.value.second) == (early, late)
