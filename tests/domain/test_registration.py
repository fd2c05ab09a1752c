"""The registration period and the day of the deadline, to the second."""

from datetime import UTC, date, datetime, timedelta

import pytest

from congress.domain.registration import Phase, RegistrationPeriod, end_of_day
from tests.domain.halls import BERLIN, CLOSES, ONE_SECOND, OPENS, PERIOD


@pytest.mark.parametrize(
    ("day", "first_moment_too_late"),
    [
        (date(2015, 10, 7), datetime(2015, 10, 7, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
    ],
    ids=["summer", "the day has 23 hours", "the day has 25 hours", "winter"],
)
def test_a_day_ends_at_local_midnight(day, first_moment_too_late):
    """REL-30."""
    assert end_of_day(day, BERLIN) == first_moment_too_late


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - ONE_SECOND, Phase.NOT_YET),
        (OPENS, Phase.OPEN),
        (CLOSES - ONE_SECOND, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_the_period_has_three_phases(now, phase):
    assert PERIOD.phase(now) is phase


@pytest.mark.parametrize(
    ("moved", "now", "matters"),
    [
        (1, OPENS - ONE_SECOND, True),
        (1, CLOSES - ONE_SECOND, True),
        (1, CLOSES, True),
        (1, CLOSES + timedelta(days=1) - ONE_SECOND, True),
        (1, CLOSES + timedelta(days=1), False),  # both are over
        (-1, CLOSES - ONE_SECOND, True),
        (-1, CLOSES, False),
        (0, OPENS, False),
    ],
)
def test_another_deadline_matters_until_both_are_over(moved, now, matters):
    other = RegistrationPeriod(OPENS, CLOSES + timedelta(days=moved))
    assert PERIOD.closes_otherwise(other, now) is matters


def test_an_opening_alone_moves_no_deadline():
    assert not PERIOD.closes_otherwise(RegistrationPeriod(OPENS + ONE_SECOND, CLOSES), OPENS)
