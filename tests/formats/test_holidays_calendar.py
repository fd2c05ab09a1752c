"""Public holidays of North Rhine-Westphalia."""

from datetime import date

import pytest

from congress.formats.holidays_calendar import public_holiday


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (date(2026, 6, 4), True),  # Fronleichnam, not everywhere in Germany
        (date(2026, 11, 1), True),  # Allerheiligen
        (date(2026, 10, 31), False),  # Reformationstag is none here
        (date(2027, 1, 20), False),
        (date(2030, 12, 25), True),
    ],
)
def test_a_day_is_a_holiday_or_not(day, is_holiday):
    assert (public_holiday(day) is not None) is is_holiday
