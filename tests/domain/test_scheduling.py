"""Moving programme items: clock times as written, and what is refused."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.domain.planning.scheduling import (
    EndsBeforeStart,
    OutsideCongress,
    days_between,
    read_clock,
    read_end,
    require_fits,
)
from congress.domain.times.time_slots import TimeSlot
from tests.domain.halls import AFTERNOON, MORNING, ONE_SECOND, WHOLE_DAY

NEXT_DAY = TimeSlot(WHOLE_DAY.starts_at + timedelta(days=1), WHOLE_DAY.ends_at + timedelta(days=1))
DAYS = (WHOLE_DAY, NEXT_DAY)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.30", time(10, 30)),
        ("10:30", time(10, 30)),
        ("10 : 30", time(10, 30)),
        ("1030", time(10, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        ("9 h", time(9)),
        ("9 Uhr", time(9)),
        (" 10:30 uhr ", time(10, 30)),
        ("10.30 Uhr", time(10, 30)),
        ("10 Uhr 30", time(10, 30)),
        ("10h30", time(10, 30)),
        ("13:15h", time(13, 15)),
        ("1.15 pm", time(13, 15)),
        ("1:15 p.m.", time(13, 15)),
        ("9 am", time(9)),
        ("12 am", time(0)),
        ("12:30 pm", time(12, 30)),
        ("13 pm", None),
        ("0 am", None),
        ("0", time(0)),
        ("23:59", time(23, 59)),
        ("24:00", None),
        ("10:60", None),
        ("10:3", None),
        ("-1", None),
        ("10,30", None),
        ("10:30:00", None),
        ("halb elf", None),
        ("", None),
        ("\u0661\u0660", None),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else str(value),
)
def test_a_clock_time_is_read_as_it_is_usually_written(written, meant):
    assert read_clock(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("24:00", time(0)), ("24 Uhr", time(0)), ("0.00", time(0)), ("18", time(18)), ("25", None)],
)
def test_an_end_may_be_the_end_of_the_day(written, meant):
    assert read_end(written) == meant


@pytest.mark.parametrize(
    ("lasts", "clocks", "days"),
    [
        # what it lasted before: its hours, and on how many later days it ended
        ((22, 23, 0), (22, 23), 0),
        ((22, 0, 1), (22, 0), 1),  # until midnight, left alone
        ((22, 0, 1), (20, 0), 1),  # earlier, until midnight still
        ((22, 0, 1), (20, 23), 0),  # no longer until midnight
        ((20, 23, 0), (20, 0), 1),  # until midnight now
        ((20, 2, 1), (21, 1), 1),  # a party
        ((20, 2, 1), (20, 23), 0),
        ((9, 17, 2), (9, 17), 2),  # an exhibition of three days, left alone
        ((9, 17, 2), (9, 18), 2),
        ((10, 12, 0), (12, 10), 0),  # a slip: refused, not stretched
        ((10, 12, 0), (10, 10), 0),
    ],
)
def test_what_ends_on_another_day_can_be_edited_where_one_day_is_asked(lasts, clocks, days):
    zone = ZoneInfo("Europe/Berlin")
    day = date(2015, 10, 21)
    starts, ends, later = lasts
    before = TimeSlot(
        datetime.combine(day, time(starts), zone),
        datetime.combine(day + timedelta(days=later), time(ends), zone),
    )

    assert days_between(before, (time(clocks[0]), time(clocks[1])), zone) == days


@pytest.mark.parametrize(
    ("slot", "refusal"),
    [
        (WHOLE_DAY, None),
        (MORNING, None),
        (NEXT_DAY, None),
        (TimeSlot(MORNING.ends_at, MORNING.starts_at), EndsBeforeStart),
        (TimeSlot(MORNING.starts_at, MORNING.starts_at), EndsBeforeStart),
        (TimeSlot(WHOLE_DAY.starts_at - ONE_SECOND, MORNING.ends_at), OutsideCongress),
        (TimeSlot(AFTERNOON.starts_at, WHOLE_DAY.ends_at + ONE_SECOND), OutsideCongress),
        (TimeSlot(AFTERNOON.starts_at, NEXT_DAY.starts_at + ONE_SECOND), OutsideCongress),
    ],
    ids=[
        "the whole day",
        "within a day",
        "the second day",
        "ends before it begins",
        "takes no time",
        "begins too early",
        "ends too late",
        "goes over night",
    ],
)
def test_an_item_lies_within_one_day_of_its_congress(slot, refusal):
    if refusal is None:
        require_fits(slot, DAYS)
        return
    with pytest.raises(refusal):
        require_fits(slot, DAYS)


def test_who_is_refused_learns_the_days_of_the_congress():
    early = TimeSlot(datetime(2015, 10, 1, tzinfo=UTC), datetime(2015, 10, 2, tzinfo=UTC))
    with pytest.raises(OutsideCongress) as refusal:
        require_fits(early, DAYS)
    assert refusal.value.days == DAYS


def test_what_is_moved_lasts_as_long_when_the_clocks_change_meanwhile():
    zone = ZoneInfo("Europe/Berlin")
    night = datetime(2026, 10, 25, 1, 30, tzinfo=zone)  # at 3.00 the clocks go back to 2.00
    before = TimeSlot(
        datetime(2026, 10, 24, 20, tzinfo=zone), datetime(2026, 10, 24, 22, tzinfo=zone)
    )

    assert before.moved_to(night).ends_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
