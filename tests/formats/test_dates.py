from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain.times.time_slots import TimeSlot
from congress.formats.dates import Dates

BERLIN = ZoneInfo("Europe/Berlin")
KATHMANDU = ZoneInfo("Asia/Kathmandu")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def test_a_day_has_its_weekday_where_it_is_said_whole():
    evening = at(2015, 10, 20, 22, 30)  # half past midnight in Berlin
    assert Dates("de", BERLIN).day(evening) == "Mittwoch, 21. Oktober 2015"
    assert Dates("en", BERLIN).day(evening) == "Wednesday, 21 October 2015"
    assert Dates("de", BERLIN).date(date(2015, 10, 21)) == "21. Oktober 2015"


@pytest.mark.parametrize(
    ("starts", "ends", "german", "english"),
    [
        (at(2015, 10, 21, 7), at(2015, 10, 21, 14), "21. Oktober 2015", "21 October 2015"),
        (
            date(2015, 10, 20),
            date(2015, 10, 21),
            "20. bis 21. Oktober 2015",
            "20 to 21 October 2015",
        ),
        (
            date(2015, 9, 30),
            date(2015, 10, 1),
            "30. September bis 1. Oktober 2015",
            "30 September to 1 October 2015",
        ),
        (
            date(2015, 12, 31),
            date(2016, 1, 1),
            "31. Dezember 2015 bis 1. Januar 2016",
            "31 December 2015 to 1 January 2016",
        ),
        # Until midnight in Berlin: the next day is not part of it.
        (at(2015, 10, 21, 7), at(2015, 10, 21, 22), "21. Oktober 2015", "21 October 2015"),
    ],
)
def test_a_period_is_said_from_its_first_to_its_last_day(starts, ends, german, english):
    assert Dates("de", BERLIN).period(starts, ends) == german
    assert Dates("en", BERLIN).period(starts, ends) == english


@pytest.mark.parametrize(
    ("starts", "ends", "german", "english"),
    [
        (
            at(2015, 10, 21, 7, 30),
            at(2015, 10, 21, 14, 30),
            "9.30 bis 16.30 Uhr",
            "9:30 to 16:30",
        ),
        # 29 March 2026: the clock goes from 2 to 3.
        (at(2026, 3, 29, 0, 30), at(2026, 3, 29, 1, 30), "1.30 bis 3.30 Uhr", "1:30 to 3:30"),
        # 25 October 2026: half past two comes twice.
        (
            at(2026, 10, 25, 0, 30),
            at(2026, 10, 25, 1, 30),
            "2.30 Uhr (MESZ) bis 2.30 Uhr (MEZ)",
            "2:30 (CEST) to 2:30 (CET)",
        ),
        (
            at(2015, 10, 21, 20),
            at(2015, 10, 22, 0, 30),
            "22.00 Uhr bis Donnerstag, 22. Oktober 2015, 2.30 Uhr",
            "22:00 to Thursday, 22 October 2015, 2:30",
        ),
    ],
)
def test_a_time_slot_is_said_in_local_time(starts, ends, german, english):
    slot = TimeSlot(starts, ends)
    assert Dates("de", BERLIN).range(slot) == german
    assert Dates("en", BERLIN).range(slot) == english


def test_a_moment_is_said_with_its_day():
    moment = at(2015, 10, 21, 7, 30)
    assert Dates("de", BERLIN).moment(moment) == "Mittwoch, 21. Oktober 2015, 9.30 Uhr"
    assert Dates("en", BERLIN).moment(moment) == "Wednesday, 21 October 2015, 9:30"
    assert Dates("de", BERLIN).bare_time(moment) == "9.30"


@pytest.mark.parametrize(
    ("closes_at", "zone", "german", "english"),
    [
        (
            at(2015, 10, 7, 22),
            BERLIN,
            "bis einschließlich 7. Oktober 2015, 24.00 Uhr (MESZ)",
            "up to and including 7 October 2015, 24:00 (CEST)",
        ),
        (
            at(2015, 10, 7, 10),
            BERLIN,
            "bis 7. Oktober 2015, 12.00 Uhr (MESZ)",
            "until 7 October 2015, 12:00 (CEST)",
        ),
        # The zone is that of the last moment, also on the days when the clock is changed.
        (
            at(2026, 3, 29, 22),
            BERLIN,
            "bis einschließlich 29. März 2026, 24.00 Uhr (MESZ)",
            "up to and including 29 March 2026, 24:00 (CEST)",
        ),
        (
            at(2026, 10, 25, 23),
            BERLIN,
            "bis einschließlich 25. Oktober 2026, 24.00 Uhr (MEZ)",
            "up to and including 25 October 2026, 24:00 (CET)",
        ),
        (
            at(2015, 10, 7, 10),
            KATHMANDU,
            "bis 7. Oktober 2015, 15.45 Uhr (UTC+0545)",
            "until 7 October 2015, 15:45 (UTC+0545)",
        ),
    ],
)
def test_a_deadline_at_midnight_is_said_as_the_day_it_ends(closes_at, zone, german, english):
    """REL-30: the named day counts to its end."""
    assert Dates("de", zone).deadline(closes_at) == german
    assert Dates("en", zone).deadline(closes_at) == english


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (at(2015, 10, 7, 22), "7. Oktober 2015, 24.00 Uhr"),
        (at(2015, 10, 7, 10), "7. Oktober 2015, 12.00 Uhr"),
    ],
)
def test_a_deadline_as_a_date_has_no_word_before_it(closes_at, said):
    assert Dates("de", BERLIN).last_moment(closes_at) == said


def test_the_last_day_is_the_last_that_counts():
    assert Dates("de", BERLIN).last_day(at(2015, 10, 7, 22)) == "7. Oktober 2015"
    assert Dates("de", BERLIN).last_day(at(2015, 10, 7, 21, 59)) == "7. Oktober 2015"


def test_the_two_moments_of_a_doubled_hour_are_told_apart():
    """REL-32: 2.30 comes twice on 25 October 2026."""
    both = [datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold) for fold in (0, 1)]

    summer, winter = (Dates("de", BERLIN).moment(each) for each in both)
    assert "MESZ" in summer
    assert "MESZ" not in winter
