"""Who was there: which day the door means, whom it lets in, and how many stayed away."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from congress.domain.attendance import (
    DayAhead,
    HasWithdrawn,
    NobodyComes,
    NotADayOfIt,
    Presence,
    StillWaiting,
    day_to_show,
    days_of,
    require_open_door,
    require_place,
)
from congress.domain.congresses import CongressState
from congress.domain.registration import RegistrationState
from congress.domain.times.time_slots import TimeSlot
from tests.builders import BERLIN, ENDS, STARTS
from tests.domain.test_public_calendar import CONGRESS

WEDNESDAY, THURSDAY = date(2015, 10, 21), date(2015, 10, 22)
DAYS = (WEDNESDAY, THURSDAY)
EVENING = datetime(2015, 10, 22, 18, 0, tzinfo=BERLIN)
TWO_DAYS = (TimeSlot(STARTS, ENDS), TimeSlot(EVENING, EVENING + timedelta(hours=8)))


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2015, 10, 1), WEDNESDAY),
        (WEDNESDAY, WEDNESDAY),
        (THURSDAY, THURSDAY),
        (date(2015, 10, 23), THURSDAY),  # it went on after midnight
        (date(2016, 1, 1), THURSDAY),
    ],
)
def test_the_door_means_today_or_the_day_nearest_to_it(today, shown):
    assert day_to_show(DAYS, today) == shown


@pytest.mark.parametrize(
    ("state", "day", "now", "refusal"),
    [
        (CongressState.PUBLISHED, WEDNESDAY, STARTS - timedelta(hours=9), None),
        (CongressState.PUBLISHED, WEDNESDAY, EVENING, None),
        (CongressState.FINISHED, WEDNESDAY, EVENING, None),
        (CongressState.PUBLISHED, WEDNESDAY, STARTS - timedelta(hours=10), DayAhead),
        (CongressState.PUBLISHED, THURSDAY, ENDS, DayAhead),
        (CongressState.PUBLISHED, date(2015, 10, 23), EVENING + timedelta(days=9), NotADayOfIt),
        (CongressState.DRAFT, WEDNESDAY, ENDS, NobodyComes),
        (CongressState.CANCELLED, WEDNESDAY, ENDS, NobodyComes),
    ],
)
def test_people_are_ticked_off_on_days_that_have_begun(state, day, now, refusal):
    congress = replace(CONGRESS, state=state, days=TWO_DAYS)

    assert days_of(congress) == DAYS
    if refusal is None:
        require_open_door(congress, day, now=now)
    else:
        with pytest.raises(refusal):
            require_open_door(congress, day, now=now)


def test_only_who_has_a_place_is_let_in():
    require_place(RegistrationState.CONFIRMED)
    with pytest.raises(StillWaiting):
        require_place(RegistrationState.WAITING)
    with pytest.raises(HasWithdrawn):
        require_place(RegistrationState.CANCELLED)


@pytest.mark.parametrize(
    ("people", "came", "stayed_away", "percent"),
    [
        (60, 47, 13, 22),
        (60, 60, 0, 0),
        (8, 7, 1, 13),
        (200, 199, 1, 1),
        (3, 0, 3, 100),
        (0, 0, 0, 0),
    ],
)
def test_the_share_of_who_stayed_away_is_rounded_as_people_do(people, came, stayed_away, percent):
    found = Presence(people, came)

    assert (found.stayed_away, found.percent) == (stayed_away, percent)
