"""Public holidays and school holidays of North Rhine-Westphalia."""

from datetime import UTC, date, timedelta

import pytest

from config import ROOT
from congress.formats.dates import Dates
from congress.formats.holidays_calendar import (
    calendar,
    ordered,
    public_holiday,
    school_holidays,
)


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


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 10, 16), None),
        (date(2026, 10, 17), "Herbstferien"),  # a Saturday: they begin with it this year
        (date(2026, 10, 31), "Herbstferien"),
        (date(2026, 12, 24), "Weihnachtsferien"),
        (date(2027, 1, 6), "Weihnachtsferien"),
        (date(2027, 1, 20), None),
        (date(2027, 3, 22), "Osterferien"),
        (date(2027, 5, 18), "Pfingstferien"),
        (date(2027, 5, 19), None),
        (date(2027, 8, 31), "Sommerferien"),
        (date(2028, 1, 8), "Weihnachtsferien"),
        (date(2030, 8, 6), "Sommerferien"),
        (date(2030, 8, 7), None),
    ],
)
def test_a_day_is_in_the_school_holidays_or_not(day, name):
    found = school_holidays(day)
    assert (found.name if found else None) == name


def test_it_is_known_until_when_school_holidays_are_known():
    assert calendar().school_known_until == date(2030, 8, 6)
    assert school_holidays(calendar().school_known_until) is not None
    said = Dates("de", UTC).date(calendar().school_known_until)
    assert said in (ROOT / "docs" / "organisers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("year", [each for each in ordered()["years"] if "movable" in each])
def test_every_school_year_has_the_days_off_that_the_laender_agreed_on(year):
    """75 working days, Saturdays included, with the movable ones (Hamburger Abkommen)."""
    spans = [value for value in year.values() if isinstance(value, list)]
    days = [
        first + timedelta(days=each)
        for first, last in spans
        for each in range((last - first).days + 1)
    ]
    off = [day for day in days if day.weekday() < 6 and not public_holiday(day)]

    assert len(off) + year["movable"] == 75
