"""The course of registrations: weeks, sums, and where a drawing has its lines and points."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain import turnout
from congress.domain.turnout import Chart, Week

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY_NIGHT = datetime(2015, 10, 4, 22, 30, tzinfo=UTC)  # Monday in Berlin
OPENED = datetime(2015, 9, 21, 8, 0, tzinfo=UTC)
MONDAYS = [date(2015, 9, 21), date(2015, 9, 28), date(2015, 10, 5)]


def test_weeks_begin_on_mondays_of_the_place():
    weeks = turnout.mondays(OPENED, SUNDAY_NIGHT, BERLIN)
    assert weeks == MONDAYS
    assert turnout.ends(weeks, BERLIN) == [
        datetime(2015, 9, 27, 22, 0, tzinfo=UTC),
        datetime(2015, 10, 4, 22, 0, tzinfo=UTC),
    ]
    assert turnout.mondays(SUNDAY_NIGHT, OPENED, BERLIN) == MONDAYS[:1]  # not open yet
    assert len(turnout.mondays(datetime(2010, 1, 1, tzinfo=UTC), OPENED, BERLIN)) == 26


def test_each_week_ends_with_who_was_registered_then():
    assert turnout.turnout(MONDAYS, {0: 5, 2: 3}, {1: 1, 2: 2}) == (
        Week(MONDAYS[0], 5, 0, 5),
        Week(MONDAYS[1], 0, 1, 4),
        Week(MONDAYS[2], 3, 2, 5),
    )


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, [0]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (5, [0, 2, 4, 6]),
        (138, [0, 50, 100, 150]),
        (20_000, [0, 5000, 10_000, 15_000, 20_000]),
    ],
)
def test_lines_stand_at_round_numbers(most, marks):
    assert turnout.lines(most) == marks


def test_points_lie_between_the_lines_of_a_drawing():
    chart = Chart(340, 220, 44, 28, [0, 50, 100], [0, 50, 100])
    assert chart.points == [(44.0, 192.0), (188.0, 108.0), (332.0, 24.0)]
    assert Chart(340, 220, 44, 28, [0], [0]).points == [(44.0, 192.0)]
