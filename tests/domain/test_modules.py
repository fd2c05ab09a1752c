"""Modules attended: the share of those that were held, as a table."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from congress.domain.modules import Share, held, share_of
from congress.domain.times.time_slots import TimeSlot

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2015, 10, 21, 23, 30, tzinfo=UTC)  # after midnight in Berlin, also in winter
DAYS = [date(2015, 10, 22) + timedelta(weeks=4 * number) for number in range(8)]


@pytest.mark.parametrize(
    ("attended", "of", "least", "is_enough", "percent"),
    [
        (0, 0, 80, True, 0),  # nothing was held, so nothing is missing
        (0, 8, 0, True, 0),
        (0, 8, 1, False, 0),
        (6, 8, 80, False, 75),
        (7, 8, 80, True, 87),
        (8, 10, 80, True, 80),
        (4, 5, 80, True, 80),
        (7, 9, 78, False, 77),  # 77.8
        (2, 3, 67, False, 66),  # 66.7 is not 67
        (2, 3, 66, True, 66),
        (8, 8, 100, True, 100),
        (7, 8, 100, False, 87),
    ],
)
def test_a_share_is_enough_to_the_hundredth(attended, of, least, is_enough, percent):
    share = Share(attended, of)
    assert (share.reaches(least), share.percent) == (is_enough, percent)


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (FIRST - timedelta(seconds=1), 0),
        (FIRST, 1),
        (FIRST + timedelta(weeks=8), 3),
        (FIRST + timedelta(weeks=100), 8),
    ],
)
def test_a_module_is_held_once_it_has_begun(now, count):
    slots = [
        TimeSlot(FIRST + timedelta(weeks=4 * n), FIRST + timedelta(weeks=4 * n, hours=1))
        for n in range(8)
    ]
    congress: Any = SimpleNamespace(days=slots, zone=BERLIN)
    assert held(congress, now) == tuple(DAYS[:count])


def test_only_days_that_the_course_has_are_counted():
    moved_away = date(2015, 12, 24)
    assert share_of(DAYS, [DAYS[0], DAYS[0], moved_away]) == Share(1, 8)
