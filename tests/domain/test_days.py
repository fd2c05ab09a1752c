"""A day that is moved is the same day: pairs in order, and only what is left over comes or goes."""

from datetime import date, timedelta

import pytest

from congress.domain.calendars.days import followed

FIRST = date(2015, 10, 21)


def days(numbers):
    return tuple(FIRST + timedelta(days=number) for number in numbers)


@pytest.mark.parametrize(
    ("known", "now", "pairs"),
    [
        ([], [], {}),
        ([], [0, 1], {}),
        ([0], [], {}),
        ([0], [0], {0: 0}),
        ([0], [7], {7: 0}),
        ([7], [0], {0: 7}),
        ([0, 1], [7, 8], {7: 0, 8: 1}),
        ([0, 1], [1, 2], {1: 0, 2: 1}),
        ([0, 1, 2], [0, 2, 3], {0: 0, 2: 1, 3: 2}),
        ([0], [0, 1], {0: 0}),
        ([1], [0, 1], {1: 1}),
        ([0], [7, 8], {7: 0}),
        ([0, 1], [0], {0: 0}),
        ([0, 1], [1], {1: 1}),
        ([0, 1], [7], {7: 0}),
        ([0, 1, 2], [1, 2], {1: 1, 2: 2}),
        ([0, 1, 2], [0, 9], {0: 0, 9: 1}),
        ([0, 1, 2, 3], [3, 8], {3: 0, 8: 1}),
        ([3, 8], [0, 1, 2, 3], {0: 3, 1: 8}),
    ],
)
def test_days_are_paired_in_order_and_stay_themselves_where_they_can(known, now, pairs):
    found = followed(days(now), days(known))

    assert found == {days([day])[0]: days([old])[0] for day, old in pairs.items()}


def test_a_congress_of_a_year_is_paired_at_once():
    year = range(365)

    found = followed(days(year), days(each for each in year if each % 2))

    assert all(day == old for day, old in found.items())
    assert len(found) == 182
