"""What there is to say of the days of a congress: weekends, holidays, clocks, a deadline."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress.domain.congress_file.plan import DayPlan
from congress.domain.planning.cautions import (
    Calendar,
    Caution,
    SchoolHolidays,
    Warned,
    cautions,
    last_day_to_register,
)
from congress.domain.times import local_time
from congress.domain.times.time_slots import TimeSlot
from tests.domain.test_next_edition import LAST

AUTUMN = SchoolHolidays("Herbstferien", date(2027, 10, 23), date(2027, 11, 6))
HOLIDAYS = {date(2027, 11, 1): "Allerheiligen", date(2027, 12, 25): "Erster Weihnachtstag"}
NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
UNTIL = date(2030, 8, 6)


def calendar(*, spans=(AUTUMN,)) -> Calendar:
    return Calendar(
        HOLIDAYS.get,
        lambda day: next((each for each in spans if each.first <= day <= each.last), None),
        UNTIL,
    )


def plan(*days: date, deadline: date):
    """Return a congress on these days, with this last day to register."""
    moments = [
        (local_time.start_of_day(day, LAST.zone) + timedelta(hours=each) for each in (10, 16))
        for day in days
    ]
    closes_at = local_time.start_of_day(deadline + timedelta(days=1), LAST.zone)
    return replace(
        LAST,
        days=tuple(DayPlan(day, TimeSlot(*slot)) for day, slot in zip(days, moments, strict=True)),
        registration=replace(LAST.registration, closes_at=closes_at),
    )


GOOD = date(2027, 10, 20)  # a Wednesday before the holidays
BEFORE = date(2027, 10, 6)


@pytest.mark.parametrize(
    ("days", "deadline", "found"),
    [
        ([GOOD], BEFORE, []),
        ([date(2027, 10, 22), AUTUMN.first], BEFORE, [
            Caution(Warned.WEEKEND, AUTUMN.first),
            Caution(Warned.SCHOOL_HOLIDAYS, AUTUMN.first, "Herbstferien", AUTUMN.last),
        ]),
        ([date(2027, 11, 1)], BEFORE, [
            Caution(Warned.PUBLIC_HOLIDAY, date(2027, 11, 1), "Allerheiligen"),
            Caution(Warned.SCHOOL_HOLIDAYS, date(2027, 11, 1), "Herbstferien", AUTUMN.last),
        ]),
        ([AUTUMN.last + timedelta(days=2)], AUTUMN.last, [
            Caution(Warned.WEEKEND, AUTUMN.last, is_deadline=True),
            Caution(Warned.SCHOOL_HOLIDAYS, AUTUMN.last, "Herbstferien", AUTUMN.last, True),
        ]),
        ([date(2028, 1, 19)], date(2027, 12, 25), [
            Caution(Warned.WEEKEND, date(2027, 12, 25), is_deadline=True),
            Caution(Warned.PUBLIC_HOLIDAY, date(2027, 12, 25), "Erster Weihnachtstag",
                    is_deadline=True),
        ]),
        ([UNTIL], date(2030, 7, 23), []),
        ([date(2030, 8, 7), date(2030, 8, 8)], date(2030, 7, 24), [
            Caution(Warned.SCHOOL_UNKNOWN, date(2030, 8, 7), until=UNTIL),  # said once
        ]),
        ([GOOD], date(2026, 11, 27), [
            Caution(Warned.OVER, date(2026, 11, 27), is_deadline=True),
        ]),
        ([GOOD], date(2026, 11, 28), [Caution(Warned.WEEKEND, date(2026, 11, 28),
                                              is_deadline=True)]),  # until midnight
        ([date(2028, 3, 26)], date(2028, 3, 10), [
            Caution(Warned.WEEKEND, date(2028, 3, 26)),
            Caution(Warned.CLOCKS_CHANGE, date(2028, 3, 26)),
        ]),
        ([date(2028, 10, 29)], date(2028, 10, 11), [
            Caution(Warned.WEEKEND, date(2028, 10, 29)),
            Caution(Warned.CLOCKS_CHANGE, date(2028, 10, 29)),  # the end of summer time
        ]),
    ],
)  # fmt: skip
def test_what_there_is_to_say_of_days(days, deadline, found):
    congress = plan(*days, deadline=deadline)

    assert last_day_to_register(congress) == deadline
    assert list(cautions(congress, calendar(), now=NOW)) == found
