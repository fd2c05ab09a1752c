"""The course of registrations: weeks, sums, and where a drawing has its lines and points."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain import turnout
from congress.domain.turnout import Chart, Edition, Week

BERLIN = ZoneInfo("Europe/Berlin")
LUENEN = Edition(date(2015, 10, 21), BERLIN)  # a Wednesday
TUESDAY_NIGHT = datetime(2015, 10, 6, 22, 30, tzinfo=UTC)  # Wednesday in Berlin
OPENED = datetime(2015, 9, 24, 8, 0, tzinfo=UTC)
WEEKS = [date(2015, 9, 23), date(2015, 9, 30), date(2015, 10, 7)]


def test_weeks_are_counted_from_the_day_of_the_event():
    weeks = turnout.weeks(OPENED, TUESDAY_NIGHT, LUENEN)
    assert weeks == WEEKS
    assert turnout.ends(weeks, BERLIN) == [
        datetime(2015, 9, 29, 22, 0, tzinfo=UTC),
        datetime(2015, 10, 6, 22, 0, tzinfo=UTC),
    ]
    assert turnout.weeks(TUESDAY_NIGHT, OPENED, LUENEN) == WEEKS[:1]  # not open yet
    assert len(turnout.weeks(datetime(2010, 1, 1, tzinfo=UTC), OPENED, LUENEN)) == 26
    at_the_event = datetime(2015, 10, 21, 8, 0, tzinfo=UTC)
    assert turnout.weeks(at_the_event, at_the_event, LUENEN) == [LUENEN.day]


@pytest.mark.parametrize(
    ("moment", "distance"),
    [
        (datetime(2015, 10, 20, 22, 0, tzinfo=UTC), 0),  # midnight in Berlin
        (datetime(2015, 10, 21, 10, 0, tzinfo=UTC), -0.5),
        (datetime(2015, 10, 20, 10, 0, tzinfo=UTC), 0.5),
        (datetime(2015, 10, 13, 22, 0, tzinfo=UTC), 7),
        (datetime(2015, 3, 1, 23, 0, tzinfo=UTC), 233),  # in winter, by the clock on the wall
    ],
)
def test_a_distance_is_told_by_the_clock_on_the_wall(moment, distance):
    assert LUENEN.distance(moment) == distance
    assert LUENEN.at(distance) == moment


def test_each_week_ends_with_who_was_registered_then():
    assert turnout.turnout(WEEKS, {0: 5, 2: 3}, {1: 1, 2: 2}, [1, 1, 7]) == (
        Week(WEEKS[0], 5, 0, 5, 1),
        Week(WEEKS[1], 0, 1, 4, 1),
        Week(WEEKS[2], 3, 2, 5, 7),
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
    chart = Chart(340, 220, 44, 28, 14, 0, [0, 50, 100])
    assert chart.points([(14, 0), (7, 50), (0, 100)]) == [
        (44.0, 192.0),
        (188.0, 108.0),
        (332.0, 24.0),
    ]
    assert Chart(340, 220, 44, 28, 1, 0, [0]).points([(0.5, 0)]) == [(188.0, 192.0)]
