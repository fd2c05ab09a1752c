"""How far a congress is: what its places are worth at some moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.congresses import CongressState
from congress.domain.course import Course, course
from tests.domain.test_public_calendar import CONGRESS, DAY

ONE_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "now", "expected"),
    [
        (CongressState.PUBLISHED, DAY.starts_at - ONE_SECOND, Course.AHEAD),
        (CongressState.PUBLISHED, DAY.starts_at, Course.BEGUN),
        (CongressState.PUBLISHED, DAY.ends_at - ONE_SECOND, Course.BEGUN),
        (CongressState.PUBLISHED, DAY.ends_at, Course.OVER),
        (CongressState.FINISHED, DAY.starts_at, Course.OVER),
        (CongressState.CANCELLED, DAY.starts_at - ONE_SECOND, Course.CALLED_OFF),
        (CongressState.CANCELLED, DAY.ends_at, Course.CALLED_OFF),
    ],
)
def test_a_congress_is_ahead_begun_over_or_called_off(state, now, expected):
    assert course(replace(CONGRESS, state=state), now) is expected
