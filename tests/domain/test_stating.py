"""What an assignment is about: what organisers ruled out, whatever is added or called off since."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from congress.domain.assignment import stating
from congress.domain.assignment.problem import Barred, Fixed
from congress.domain.assignment.stating import Entrant
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import Ranked
from congress.domain.rules import Rules
from congress.domain.slots import choices
from congress.domain.workshops import Allocation
from tests.domain.test_programme import item

ONE, TWO, THREE, LATE = item("w1", 0, 60), item("w2", 0, 60), item("w3", 0, 60), item("w4", 60, 120)


def off(each: ProgrammeItem) -> ProgrammeItem:
    return replace(each, face=replace(each.face, cancelled=True))


@pytest.mark.parametrize(
    ("items", "barred", "none_beside", "ruled_out"),
    [
        ([ONE, TWO, THREE], {1}, {}, {1}),
        ([ONE, TWO, THREE], {1, 2}, {}, {1, 2}),
        ([ONE, TWO, LATE], {}, {1, 2}, {1, 2}),
        ([ONE, TWO, THREE], {}, {1, 2}, {1, 2, 3}),
        ([ONE, TWO], {}, {1}, {1, 2}),
        ([ONE, TWO], {1}, {}, {1}),
        ([off(ONE), TWO], {}, {1}, {2}),
        ([TWO, LATE], {}, {1, 2}, {2}),
        ([ONE, LATE], {4}, {1}, {1, 4}),
    ],
    ids=[
        "one of three",
        "two of three, each by itself",
        "all of a time",
        "all, and one added since",
        "the only one of a time, and one added since",
        "the only one but not its time, and one added since",
        "all, of which one is called off and another takes place after all",
        "all, of which one was removed",
        "one time whole, of another one workshop",
    ],
)
def test_what_organisers_ruled_out(
    items: list[ProgrammeItem],
    barred: Collection[int],
    none_beside: Collection[int],
    ruled_out: set[int],
) -> None:
    known = {each.id for each in items}
    ann = Entrant(
        1,
        wishes=[Ranked(key, rank) for rank, key in enumerate(sorted(known), start=1)],
        barred=frozenset(barred) & known,
        none_beside=frozenset(none_beside) & known,
    )
    rules = Rules(allocation=Allocation.WISHES)

    found = stating.state(choices(items), items, [ann], rules=rules, seed="seed")

    assert found.people[1].barred == dict.fromkeys(ruled_out, Barred.BY_HAND)


@pytest.mark.parametrize(
    ("least_change", "booked", "fixed", "against"),
    [
        (False, {1}, {1: Fixed.BY_HAND}, {}),
        (True, {1}, {1: Fixed.HELD}, {}),
        (True, {2}, {1: Fixed.BY_HAND}, {}),
        (True, {1, 5}, {1: Fixed.HELD}, {}),
        (True, {5}, {1: Fixed.BY_HAND}, {1: 5}),
    ],
    ids=[
        "before the release",
        "has it",
        "is to move there",
        "has it, and what excludes it",
        "is to move there, and has what excludes it",
    ],
)
def test_a_place_by_hand_that_somebody_has_is_held_where_least_is_to_change(
    *, least_change: bool, booked: set[int], fixed: dict[int, Fixed], against: dict[int, int]
) -> None:
    outside = replace(item("w5", 120, 180), same_as=ONE.code)
    ann = Entrant(1, wishes=[Ranked(2, 1)], booked=frozenset(booked), given=frozenset({1}))
    items, rules = [ONE, TWO, outside], Rules(allocation=Allocation.WISHES)
    slots = [slot for slot in choices(items) if slot.key == 1]

    found = stating.state(slots, items, [ann], rules=rules, seed="a", least_change=least_change)

    assert found.people[1].fixed == fixed
    assert found.people[1].against == against
    why = found.people[1].has_by(1)
    assert why is fixed[1], "organisers read that it was decided by hand"
