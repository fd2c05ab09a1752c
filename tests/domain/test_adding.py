"""A further item: when it is proposed to be, its code, and what it takes from another."""

from dataclasses import replace
from datetime import datetime

import pytest

from congress.domain.planning.adding import Spot, another_like, code_of, slot_after
from congress.domain.planning.item_plan import ItemPlan, PersonPlan
from congress.domain.programme import ItemKind, PersonState
from congress.domain.times.time_slots import TimeSlot
from tests.builders import BERLIN


def at(hour, minute=0, day=21):
    return datetime(2015, 10, day, hour, minute, tzinfo=BERLIN)


def spot(starts_at, ends_at, *, number=None, cancelled=False):
    return Spot(TimeSlot(starts_at, ends_at), number, cancelled)


DAY = TimeSlot(at(9), at(16))


@pytest.mark.parametrize(
    ("spots", "expected"),
    [
        ([], (at(9), at(10))),
        ([spot(at(9), at(11)), spot(at(9), at(10, 30))], (at(11), at(12))),
        ([spot(at(9), at(15, 30))], (at(15, 30), at(16))),
        ([spot(at(9), at(11), cancelled=True)], (at(9), at(10))),
        ([spot(at(10, day=22), at(11, day=22))], (at(9), at(10))),
        ([spot(at(14), at(16))], None),
        ([spot(at(14), at(18))], None),
    ],
    ids=["empty", "last to end", "shorter", "called off", "another day", "full", "overrun"],
)
def test_the_time_after_the_last_item_of_a_day(spots, expected):
    assert slot_after(DAY, spots) == (TimeSlot(*expected) if expected else None)


@pytest.mark.parametrize(
    ("kind", "number", "taken", "code"),
    [
        (ItemKind.WORKSHOP, 7, [], "workshop-7"),
        (ItemKind.WORKSHOP, 7, ["workshop-7", "workshop-7-2"], "workshop-7-3"),
        (ItemKind.PRACTICE_EXAMPLE, None, [], "practice-example"),
        (ItemKind.BREAK, None, ["break"], "break-2"),
    ],
)
def test_the_code_is_made_of_kind_and_number(kind, number, taken, code):
    assert code_of(kind, number, taken) == code


def test_another_one_like_it():
    people = [
        PersonPlan(name, {}, "speaker", state)
        for name, state in zip("ABC", PersonState, strict=True)  # requested, confirmed, declined
    ]
    plan = ItemPlan(
        "workshop-2",
        ItemKind.WORKSHOP,
        {"de": "Netzwerke", "fr": "Réseaux"},
        DAY,
        number=2,
        room="saal",
        bookable=True,
        places=25,
        people=tuple(people),
        cancelled=True,
    )

    assert another_like(plan, [spot(at(9), at(10), number=6)]) == replace(
        plan,
        code="",
        number=7,
        room=None,
        cancelled=False,
        people=tuple(replace(each, state=PersonState.REQUESTED) for each in people[:2]),
    )
    assert another_like(replace(plan, number=None), []).number is None
