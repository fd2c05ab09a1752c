"""When a reminder goes out, and what keeps it from going."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from congress.domain.congresses import Congress, CongressState
from congress.domain.registration import RegistrationPeriod
from congress.domain.reminders import Reminder, Setting, goes_out_at, has_passed, is_due
from congress.domain.times.time_slots import TimeSlot
from tests.domain import test_public_calendar

CONGRESS = replace(
    test_public_calendar.CONGRESS,
    state=CongressState.PUBLISHED,
    timezone="Europe/Berlin",
    days=(
        TimeSlot(
            datetime(2015, 10, 21, 7, 30, tzinfo=UTC), datetime(2015, 10, 21, 14, 30, tzinfo=UTC)
        ),
    ),
    period=RegistrationPeriod(
        datetime(2015, 8, 31, 22, 0, tzinfo=UTC), datetime(2015, 10, 7, 22, 0, tzinfo=UTC)
    ),
)
ON = Setting(is_on=True, days=3, hour=9)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("reminder", "setting", "at"),
    [
        (Reminder.SOON, ON, datetime(2015, 10, 18, 7, 0, tzinfo=UTC)),
        (Reminder.SOON, replace(ON, days=0), datetime(2015, 10, 21, 7, 0, tzinfo=UTC)),
        (Reminder.ASKED, ON, datetime(2015, 10, 4, 7, 0, tzinfo=UTC)),  # the 7th counts
        (Reminder.UNCHOSEN, replace(ON, hour=0), datetime(2015, 10, 3, 22, 0, tzinfo=UTC)),
        (Reminder.CAME, ON, datetime(2015, 10, 24, 7, 0, tzinfo=UTC)),
        (Reminder.CAME, replace(ON, days=4), datetime(2015, 10, 25, 8, 0, tzinfo=UTC)),  # winter
        (Reminder.STAYED_AWAY, replace(ON, days=0), datetime(2015, 10, 21, 7, 0, tzinfo=UTC)),
    ],
)
def test_it_goes_out_at_its_hour_local_time(reminder, setting, at):
    assert goes_out_at(reminder, setting, CONGRESS) == at


@pytest.mark.parametrize(
    ("zone", "day", "hour", "at"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("America/Nuuk", date(2026, 3, 28), 23, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_in_an_hour_that_the_clocks_skip_it_goes_out_an_hour_later(zone, day, hour, at):
    noon = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
    congress = replace(CONGRESS, timezone=zone, days=(TimeSlot(noon, noon + HOUR),))
    assert goes_out_at(Reminder.SOON, replace(ON, days=0, hour=hour), congress) == at


AT = goes_out_at(Reminder.SOON, ON, CONGRESS)


@pytest.mark.parametrize(
    ("setting", "state", "since", "now", "due"),
    [
        (ON, "published", None, AT, True),
        (ON, "published", AT, AT, True),
        (ON, "published", None, AT - timedelta(seconds=1), False),
        (ON, "published", AT + HOUR, AT + HOUR, False),  # switched on too late
        (ON, "published", None, CONGRESS.starts_at - timedelta(seconds=1), True),
        (ON, "published", None, CONGRESS.starts_at, False),  # it would help nobody
        (replace(ON, is_on=False), "published", None, AT, False),
        (ON, "draft", None, AT, False),
        (ON, "cancelled", None, AT, False),
        (ON, "finished", None, AT, False),
    ],
)
def test_when_it_is_due(setting, state, since, now, due):
    congress = replace(CONGRESS, state=CongressState(state))
    assert is_due(Reminder.SOON, setting, congress, since=since, now=now) is due


@pytest.mark.parametrize(
    ("state", "days_after", "due"),
    [
        ("finished", 0, True),
        ("published", 0, True),
        ("cancelled", 0, False),
        ("finished", 13, True),
        ("finished", 14, False),  # whoever was down so long sends nothing any more
    ],
)
def test_afterwards(state, days_after, due):
    congress = replace(CONGRESS, state=CongressState(state))
    at = goes_out_at(Reminder.CAME, ON, congress)
    assert is_due(Reminder.CAME, ON, congress, since=None, now=at + days_after * DAY) is due


def test_a_moved_congress_moves_it():
    moved = replace(
        CONGRESS,
        days=tuple(TimeSlot(each.starts_at + DAY, each.ends_at + DAY) for each in CONGRESS.days),
    )
    assert goes_out_at(Reminder.SOON, ON, moved) == AT + DAY
    late = replace(
        CONGRESS,
        period=RegistrationPeriod(CONGRESS.period.opens_at, CONGRESS.period.closes_at + DAY),
    )
    before = goes_out_at(Reminder.ASKED, ON, CONGRESS)
    assert goes_out_at(Reminder.ASKED, ON, late) == before + DAY


def test_whoever_has_to_choose_anew_is_reminded_before_changes_end():
    later = replace(CONGRESS.period, changes_until=CONGRESS.period.closes_at + 7 * DAY)
    longer = replace(CONGRESS, period=later)
    moved = {
        each: goes_out_at(each, ON, longer) - goes_out_at(each, ON, CONGRESS)
        for each in (Reminder.ASKED, Reminder.UNCHOSEN)
    }
    assert moved == {Reminder.ASKED: 0 * DAY, Reminder.UNCHOSEN: 7 * DAY}


def test_its_moment_passes_when_it_was_switched_on_later():
    assert has_passed(Reminder.SOON, ON, CONGRESS, since=AT + HOUR, now=AT + HOUR)
    assert not has_passed(Reminder.SOON, ON, CONGRESS, since=None, now=AT)
    assert not has_passed(Reminder.SOON, ON, CONGRESS, since=None, now=AT - HOUR)


def test_the_hour_that_the_clocks_skip_is_the_next_one():
    """2026-03-29, 2:00 does not exist in Berlin."""
    day = TimeSlot(
        datetime(2026, 3, 29, 8, 0, tzinfo=UTC), datetime(2026, 3, 29, 14, 0, tzinfo=UTC)
    )
    congress: Congress = replace(CONGRESS, days=(day,))
    at = goes_out_at(Reminder.SOON, replace(ON, days=0, hour=2), congress)
    assert at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
