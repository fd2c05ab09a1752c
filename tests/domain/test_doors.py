"""Which doors there are on a day: of what one can have a place in, by the clock of the congress."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from congress.domain.doors import doors_of
from congress.domain.programme import ItemKind
from congress.domain.times.time_slots import TimeSlot
from tests.domain.test_public_calendar import ITEM, cancelled

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2015, 10, 21)


def at(day: int, hour: int):
    """Return the workshop at an hour of the clock in Berlin."""
    local = (datetime(2015, 10, day, each, 30, tzinfo=BERLIN) for each in (hour, hour + 1))
    starts, ends = (each.astimezone(UTC) for each in local)
    return replace(ITEM, face=replace(ITEM.face, slot=TimeSlot(starts, ends)))


@pytest.mark.parametrize(
    ("item", "has_door"),
    [
        (at(21, 9), True),
        (at(21, 0), True),  # the day before in Greenwich
        (at(22, 0), False),  # this day in Greenwich
        (at(20, 9), False),
        (replace(ITEM, kind=ItemKind.TALK), True),
        (replace(ITEM, kind=ItemKind.DAY), False),  # has that of the congress
        (replace(ITEM, bookable=False), False),
        (cancelled(ITEM), False),
    ],
)
def test_what_has_a_door_on_a_day(item, has_door):
    assert doors_of([item], TODAY, BERLIN) == ([item] if has_door else [])
