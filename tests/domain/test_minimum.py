"""How many people a workshop needs, and when organisers are asked about it, as tables of cases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from congress.domain.congresses import CongressState
from congress.domain.planning import minimum
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.minimum import (
    Counted,
    DayNotToCome,
    DayWithoutMinimum,
    MinimumAbovePlaces,
    MinimumTooLate,
)
from congress.domain.programme import ItemKind
from tests.domain.halls import AFTERNOON, BERLIN, CLOSES, PERIOD

STARTS = AFTERNOON.starts_at  # on 21 October, at two in the afternoon
NINE = CLOSES + timedelta(hours=9)  # in the morning after the last day to register, 7 October
SHORT = Counted(1, "w", 1, {"de": "Netze"}, {}, AFTERNOON, taken=4, minimum=8)
ON, OFF = CongressState.PUBLISHED, CongressState.CANCELLED
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("changes", "state", "now", "asks"),
    [
        ({}, ON, NINE, True),
        ({}, ON, NINE - A_MOMENT, False),
        ({"taken": 7}, ON, NINE, True),
        ({"taken": 8}, ON, NINE, False),
        ({"taken": 0}, ON, NINE, True),
        ({"minimum_by": date(2015, 9, 20)}, ON, NINE - timedelta(days=18), True),
        ({"minimum_by": date(2015, 9, 20)}, ON, NINE - timedelta(days=18) - A_MOMENT, False),
        ({"minimum_by": date(2015, 10, 12)}, ON, NINE, False),
        ({"cancelled": True}, ON, NINE, False),
        ({"settled_at": NINE}, ON, NINE, False),
        ({"asked_at": NINE}, ON, NINE, True),  # by mail; nobody has answered yet
        ({}, OFF, NINE, False),
        ({}, CongressState.DRAFT, NINE, False),
        ({}, ON, STARTS - A_MOMENT, True),
        ({}, ON, STARTS, False),
    ],
)
def test_organisers_are_asked_from_the_morning_of_the_day_on(changes, state, now, asks):
    item = replace(SHORT, **changes)
    assert minimum.is_open(item, state, PERIOD, BERLIN, now=now) is asks


def test_it_is_looked_at_a_day_before_it_begins_at_the_latest():
    for day in (date(2015, 10, 21), date(2015, 12, 1)):
        found = minimum.looked_at(day, AFTERNOON, PERIOD, BERLIN)
        assert found == STARTS - timedelta(days=1)


PLAN = ItemPlan("w", ItemKind.WORKSHOP, {"de": "Netze"}, AFTERNOON, bookable=True)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({}, None),
        ({"minimum": 8}, None),  # without a limit of places
        ({"minimum": 8, "places": 8}, None),
        ({"minimum": 9, "places": 8}, MinimumAbovePlaces),
        ({"minimum": 1, "places": 0}, MinimumAbovePlaces),
        ({"minimum": 8, "minimum_by": date(2015, 10, 20)}, None),
        ({"minimum": 8, "minimum_by": date(2015, 10, 21)}, MinimumTooLate),
        ({"minimum_by": date(2015, 10, 20)}, DayWithoutMinimum),
    ],
)
def test_what_cannot_be_is_told_when_it_is_set(values, refusal):
    if refusal is None:
        minimum.require_possible(replace(PLAN, **values), BERLIN)
        return
    with pytest.raises(refusal):
        minimum.require_possible(replace(PLAN, **values), BERLIN)


@pytest.mark.parametrize(
    ("day", "fits"), [((10, 8), False), ((10, 9), True), ((10, 20), True), ((10, 21), False)]
)
def test_another_day_is_after_today_and_before_the_workshop(day, fits):
    wanted = date(2015, *day)
    if fits:
        minimum.require_to_come(wanted, AFTERNOON, BERLIN, now=NINE)
        return
    with pytest.raises(DayNotToCome):
        minimum.require_to_come(wanted, AFTERNOON, BERLIN, now=NINE)
