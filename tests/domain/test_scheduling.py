"""Moving programme items: clock times as people write them, what does not fit, what clashes."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.planning.scheduling import (
    Clash,
    ClashKind,
    EndsBeforeStart,
    Neighbour,
    OutsideCongress,
    clashes,
    read_clock,
    require_fits,
)
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from tests.domain.halls import AFTERNOON, LATE_MORNING, MORNING, NOON, WHOLE_DAY

TITLE = {"de": "Nachbarschaft"}


def somebody(name, state=PersonState.CONFIRMED):
    return PersonPlan(name, {}, "dialogue_partner", state)


PLAN = ItemPlan(
    code="workshop-1",
    kind=ItemKind.WORKSHOP,
    title={"de": "Engagement"},
    slot=MORNING,
    room="saal",
    people=(somebody("Erika Muster"), somebody("Max Beispiel", PersonState.REQUESTED)),
)


def neighbour(slot=LATE_MORNING, *, room=None, people=(), is_cancelled=False):
    return Neighbour(TITLE, slot, room, frozenset(people), is_cancelled)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10.30", time(10, 30)),
        ("10:30", time(10, 30)),
        ("10:30 Uhr", time(10, 30)),
        ("10.30UHR", time(10, 30)),
        ("10 : 30", time(10, 30)),
        ("9 h", time(9)),
        ("9", time(9)),
        ("0930", time(9, 30)),
        ("  14.05  ", time(14, 5)),
        ("0:00", time(0)),
        ("23.59", time(23, 59)),
        ("24:00", None),
        ("10.60", None),
        ("10.5", None),
        ("-1", None),
        ("10:30:00", None),
        ("halb elf", None),
        ("10.30 am", None),
        ("", None),
        ("١٠:٣٠", None),
    ],
)
def test_a_clock_time_is_read_in_every_usual_form_and_no_other(text, moment):
    assert read_clock(text) == moment


@pytest.mark.parametrize(
    ("slot", "refusal"),
    [
        (TimeSlot(NOON, NOON), EndsBeforeStart),
        (TimeSlot(NOON, NOON - timedelta(minutes=1)), EndsBeforeStart),
        (TimeSlot(WHOLE_DAY.starts_at - timedelta(minutes=1), NOON), OutsideCongress),
        (TimeSlot(NOON, WHOLE_DAY.ends_at + timedelta(minutes=1)), OutsideCongress),
        (TimeSlot(NOON, NOON + timedelta(days=1)), OutsideCongress),
        (
            TimeSlot(NOON + timedelta(days=2), NOON + timedelta(days=2, minutes=45)),
            OutsideCongress,
        ),
    ],
    ids=[
        "no time at all",
        "ends before it begins",
        "begins before the day",
        "ends after the day",
        "from one day into the next",
        "on no day of the congress",
    ],
)
def test_what_does_not_fit_is_refused(slot, refusal):
    next_day = TimeSlot(*(at + timedelta(days=1) for at in (MORNING.starts_at, AFTERNOON.ends_at)))
    days = [WHOLE_DAY, next_day]

    with pytest.raises(refusal) as refused:
        require_fits(slot, days)

    if refusal is OutsideCongress:
        assert refused.value.days == tuple(days)


@pytest.mark.parametrize(
    "slot",
    [WHOLE_DAY, MORNING, TimeSlot(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=1))],
    ids=["the whole day", "part of it", "the second day"],
)
def test_whatever_lies_within_one_day_fits(slot):
    next_day = TimeSlot(*(at + timedelta(days=1) for at in (MORNING.starts_at, AFTERNOON.ends_at)))

    require_fits(slot, [WHOLE_DAY, next_day])


IN_THE_ROOM = Clash(ClashKind.ROOM, TITLE)
WITH_ERIKA = Clash(ClashKind.PERSON, TITLE, "Erika Muster")
WITH_MAX = Clash(ClashKind.PERSON, TITLE, "Max Beispiel")


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (neighbour(room="saal"), [IN_THE_ROOM]),
        (neighbour(people=["Erika Muster"]), [WITH_ERIKA]),
        (
            neighbour(room="saal", people=["Max Beispiel", "Erika Muster", "Petra Probe"]),
            [IN_THE_ROOM, WITH_ERIKA, WITH_MAX],
        ),
        (neighbour(room="keller", people=["Petra Probe"]), []),
        (neighbour(AFTERNOON, room="saal", people=["Erika Muster"]), []),
        (
            neighbour(
                TimeSlot(MORNING.ends_at, AFTERNOON.starts_at), room="saal", people=["Erika Muster"]
            ),
            [],
        ),
        (neighbour(room="saal", people=["Erika Muster"], is_cancelled=True), []),
    ],
    ids=[
        "one room twice",
        "one person twice",
        "the room first, then people by name",
        "nothing in common",
        "at another time",
        "follows at once",
        "the other does not take place",
    ],
)
def test_a_room_or_a_person_wanted_twice_is_a_warning(other, found):
    assert clashes(PLAN, [other]) == found


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, cancelled=True),
        replace(PLAN, room=None, people=(somebody(None),)),
    ],
    ids=["called off", "neither a room nor names yet"],
)
def test_what_claims_nothing_clashes_with_nothing(plan):
    assert clashes(plan, [neighbour(room="saal", people=["Erika Muster"]), neighbour()]) == []


def test_every_neighbour_is_looked_at():
    others = [neighbour(room="saal"), neighbour(MORNING, room="saal"), neighbour(AFTERNOON)]

    assert clashes(PLAN, others) == [IN_THE_ROOM, IN_THE_ROOM]
