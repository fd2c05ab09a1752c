"""How places are given: what is said of a choice, what the congress says, and what is assigned."""

from dataclasses import replace

import pytest

from congress.domain import allocation
from congress.domain.hall import Hall
from congress.domain.programme import ProgrammeItem
from congress.domain.rules import Rules
from congress.domain.slots import choices
from congress.domain.workshops import Allocation
from tests.domain.halls import NOON
from tests.domain.test_programme import item
from tests.domain.test_public_calendar import CONGRESS

FIRST_COME, WISHES = Allocation.FIRST_COME, Allocation.WISHES
ONE, TWO, NEXT = item("w1", 0, 60), item("w2", 0, 60), item("w3", 60, 120)


def said(how, *items: ProgrammeItem, at=None):
    return [replace(each, allocation=how, assigned_at=at) for each in items]


@pytest.mark.parametrize(
    ("items", "usual", "by_wishes", "unassigned"),
    [
        ([ONE, TWO, NEXT], FIRST_COME, [], set()),
        ([ONE, TWO, NEXT], WISHES, [[1, 2], [3]], {1, 2, 3}),
        ([*said(WISHES, ONE, TWO), NEXT], FIRST_COME, [[1, 2]], {1, 2}),
        ([*said(FIRST_COME, ONE, TWO), NEXT], WISHES, [[3]], {3}),
        ([*said(WISHES, ONE), TWO, NEXT], FIRST_COME, [[1, 2]], {1, 2}),
        ([*said(WISHES, ONE, TWO, at=NOON), NEXT], FIRST_COME, [[1, 2]], set()),
        ([*said(None, ONE, at=NOON), TWO, NEXT], WISHES, [[1, 2], [3]], {3}),
        ([*said(None, ONE, at=NOON), TWO, NEXT], FIRST_COME, [[1, 2]], set()),
        ([*said(FIRST_COME, ONE, at=NOON), TWO, NEXT], WISHES, [[1, 2], [3]], {3}),
    ],
    ids=[
        "first come",
        "all by wishes",
        "one choice by wishes",
        "one choice as it comes",
        "added to a choice",
        "assigned",
        "added to an assigned choice",
        "assigned, and usual no more",
        "assigned, and said otherwise since",
    ],
)
def test_how_places_of_a_choice_are_given(items, usual, by_wishes, unassigned):
    found = allocation.by_wishes(items, usual)

    assert [[each.id for each in slot.workshops] for slot in found] == by_wishes
    assert allocation.unassigned(items, usual) == unassigned


def test_choices_stand_as_the_day_goes_also_once_one_has_moved():
    early = replace(ONE, id=9, face=replace(ONE.face, slot=item("w9", -120, -60).slot))
    items = [TWO, NEXT, early]
    by_time = [[9], [2], [3]]

    found = allocation.by_wishes(items, WISHES)
    assert [[each.id for each in slot.workshops] for slot in found] == by_time
    found = allocation.assigned(said(None, *items, at=NOON))
    assert [[each.id for each in slot.workshops] for slot in found] == by_time
    there, back = choices(items), choices(items)[::-1]
    assert allocation.version_of(there, None) == allocation.version_of(back, None)


def test_the_hall_knows_it_of_each_workshop():
    items = [*said(WISHES, ONE, TWO), NEXT]

    def by_wishes(rules):
        hall = Hall.of(replace(CONGRESS, rules=rules), items, now=NOON)
        return {key for key, workshop in hall.workshops.items() if workshop.by_wishes}

    assert by_wishes(Rules()) == {1, 2}
    assert by_wishes(Rules(allocation=WISHES)) == {1, 2, 3}


@pytest.mark.parametrize(
    ("workshops", "found"),
    [
        ([2], [2]),
        ([2, 1, 3], [1, 3]),
        ([9, 1], [1, 3]),
        ([2, 1], [2]),
        ([9], None),
        ([], None),
    ],
    ids=["moved", "most stayed", "one is gone", "the dearer was moved", "all gone", "none"],
)
def test_a_choice_is_found_by_its_workshops_wherever_they_are(workshops, found):
    slots = choices([ONE, item("w2", 60, 120), replace(NEXT, face=ONE.face)])

    now = allocation.where_now(slots, workshops)

    assert (now and [each.id for each in now.workshops]) == found
