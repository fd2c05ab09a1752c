"""Days are changed all at once: what is planned on one goes along, and nothing is left outside."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress.domain.congress_file.plan import DayPlan
from congress.domain.planning.days import (
    DayInUse,
    DeadlineLeftBehind,
    ItemsOutside,
    Planned,
    WantedDay,
    change_of,
    day_of,
    require_deadlines,
    require_holds,
)
from congress.domain.programme import NamedItem
from congress.domain.registration import RegistrationPeriod
from congress.domain.times.time_slots import TimeSlot
from tests.builders import BERLIN


def at(day, hour, minute=0):
    return datetime(2015, 10, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def a_day(number, first=9, last=17):
    return DayPlan(date(2015, 10, number), TimeSlot(at(number, first), at(number, last)))


WED, THU = a_day(21), a_day(22)
TALK = TimeSlot(at(21, 13), at(21, 14))


def wanted(pairs):
    return [WantedDay(was and was.day, day) for was, day in pairs]


def planned(slot, public=None, *, cancelled=False):
    slots = (slot, public) if public else (slot,)
    return Planned(NamedItem(None, {"de": "Vortrag"}, {}), slots, cancelled)


@pytest.mark.parametrize(
    ("pairs", "slot", "expected"),
    [
        ([(WED, a_day(28)), (THU, THU)], TALK, (28, 13)),
        ([(WED, a_day(14)), (THU, THU)], TALK, (14, 13)),
        ([(WED, WED), (THU, a_day(28))], TALK, (21, 13)),
        ([(WED, THU), (THU, WED)], TALK, (22, 13)),
        ([(WED, a_day(20, first=8)), (THU, THU)], TimeSlot(at(21, 8), at(21, 9)), (20, 8)),
        ([(WED, a_day(25, 10, 18)), (THU, THU)], TALK, (25, 13)),  # the clocks go back
    ],
    ids=["later", "earlier", "another", "swapped", "before it opens", "summer time ends"],
)
def test_an_item_goes_with_its_day_by_the_clock(pairs, slot, expected):
    change = change_of([WED, THU], wanted(pairs))
    moved = change.moved(slot, BERLIN)

    assert (moved.starts_at.astimezone(BERLIN).day, moved.starts_at.astimezone(BERLIN).hour) == (
        expected
    )
    assert moved.duration == timedelta(hours=1)


def test_what_begins_after_midnight_is_of_the_night_before():
    night = DayPlan(date(2015, 10, 21), TimeSlot(at(21, 20), at(22, 2)))
    late = TimeSlot(at(22, 0, 30), at(22, 1))

    assert day_of(late, [night, a_day(22)], BERLIN) == date(2015, 10, 21)


@pytest.mark.parametrize(
    ("pairs", "item", "refusal"),
    [
        ([(THU, THU)], planned(TALK), DayInUse),
        ([(THU, THU)], planned(TALK, cancelled=True), DayInUse),
        ([(THU, THU)], planned(TimeSlot(at(22, 9), at(22, 10)), TALK), DayInUse),  # still public
        ([(WED, a_day(21, 9, 13)), (THU, THU)], planned(TALK), ItemsOutside),
        ([(WED, a_day(28, 9, 13)), (THU, THU)], planned(TALK), ItemsOutside),
        ([(WED, a_day(21, 9, 13)), (THU, THU)], planned(TALK, cancelled=True), None),
        ([(WED, a_day(21, 9, 14)), (THU, THU)], planned(TALK), None),
        ([(WED, a_day(21, 9, 14)), (THU, THU)], planned(TimeSlot(at(21, 7), at(21, 8))), None),
        ([(WED, WED)], planned(TALK), None),
        ([(WED, a_day(28)), (THU, THU), (None, a_day(30))], planned(TALK), None),
    ],
)
def test_no_item_is_left_outside(pairs, item, refusal):
    change = change_of([WED, THU], wanted(pairs))
    if refusal is None:
        require_holds(change, [item], BERLIN)
    else:
        with pytest.raises(refusal) as refused:
            require_holds(change, [item], BERLIN)
        assert refused.value.items == [item.named]


@pytest.mark.parametrize("name", ["closes_at", "changes_until", "withdrawals_until"])
@pytest.mark.parametrize(
    ("last", "moment", "is_left_behind"),
    [
        (THU, at(22, 0), False),
        (a_day(28), at(22, 0), False),
        (a_day(15), at(22, 0), True),
        (a_day(21), at(22, 0), False),  # the day of the deadline counts to its end
        (a_day(20), at(22, 0), True),
        (a_day(20), at(25, 0), False),  # it lay after the days before
    ],
)
def test_the_days_do_not_move_to_before_a_deadline(name, last, moment, is_left_behind):
    period = replace(RegistrationPeriod(at(1, 0), at(2, 0)), **{name: moment})
    change = change_of([THU], wanted([(THU, last)]))
    if is_left_behind:
        with pytest.raises(DeadlineLeftBehind) as refused:
            require_deadlines(change, period, BERLIN)
        assert refused.value.closes_at == moment
    else:
        require_deadlines(change, period, BERLIN)


def test_days_as_they_are_are_no_change():
    assert not change_of([WED, THU], wanted([(THU, THU), (WED, WED)]))
    assert change_of([WED, THU], wanted([(WED, WED)]))
