"""Clock times of a congress and the moments they mean (REL-32)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain.times.local_time import (
    NoSuchTime,
    is_shown_twice,
    later_by_weeks,
    moment,
    start_of_day,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        (datetime(2015, 10, 7, 23, 59, 59), datetime(2015, 10, 7, 21, 59, 59, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30, fold=1), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 3, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_clock_time_means_one_moment(local, expected):
    assert moment(local, BERLIN) == expected


def test_a_time_that_the_clocks_skip_is_refused():
    with pytest.raises(NoSuchTime):
        moment(datetime(2026, 3, 29, 2, 30), BERLIN)


@pytest.mark.parametrize(
    ("local", "answer"),
    [
        (datetime(2026, 10, 25, 2, 0), True),
        (datetime(2026, 10, 25, 3, 0), False),
        (datetime(2026, 3, 29, 2, 30), False),
    ],
)
def test_the_hour_after_summer_time_is_shown_twice(local, answer):
    assert is_shown_twice(local, BERLIN) is answer


def test_a_day_begins_at_its_midnight():
    assert start_of_day(date(2015, 8, 3), BERLIN) == datetime(2015, 8, 2, 22, 0, tzinfo=UTC)


def test_weeks_later_the_clock_shows_the_same():
    summer = datetime(2026, 10, 21, 7, 30, tzinfo=UTC)
    assert later_by_weeks(summer, 1, BERLIN) == datetime(2026, 10, 28, 8, 30, tzinfo=UTC)
    skipped = datetime(2026, 3, 22, 1, 30, tzinfo=UTC)  # 02:30
    assert later_by_weeks(skipped, 1, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
