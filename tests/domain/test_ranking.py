"""Wishes of one choice: how they are ranked, kept in lines, read again, and what is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from congress.domain import ranking
from congress.domain.errors import Refused
from congress.domain.programme import Face, ItemKind, ProgrammeItem
from congress.domain.ranking import NO_PLACE, Ranked, Wishes
from congress.domain.registration import UnknownWorkshop, WorkshopCancelled
from congress.domain.slots import Slot
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places

EARLY = TimeSlot(datetime(2015, 10, 21, 11, tzinfo=UTC), datetime(2015, 10, 21, 12, tzinfo=UTC))
LATE = TimeSlot(datetime(2015, 10, 21, 13, tzinfo=UTC), datetime(2015, 10, 21, 14, tzinfo=UTC))


def an_item(number: int, at: TimeSlot = EARLY, *, cancelled: bool = False) -> ProgrammeItem:
    face = Face({"de": f"Thema {number}"}, {}, at, {}, cancelled=cancelled)
    return ProgrammeItem(number, f"w{number}", ItemKind.WORKSHOP, number, face, True, Places())


FIRST = Slot(EARLY, (an_item(1), an_item(2), an_item(3), an_item(4, cancelled=True)))
SECOND = Slot(LATE, (an_item(5, LATE), an_item(6, LATE)))


@pytest.mark.parametrize(
    ("wishes", "lines"),
    [
        (NO_PLACE, [(1, 0, False), (2, 0, False), (3, 0, False)]),
        (Wishes((2,)), [(2, 1, False)]),
        (Wishes((2, 1)), [(2, 1, False), (1, 2, False)]),
        (Wishes((2,), any_other=True), [(2, 1, False), (1, 2, True), (3, 2, True)]),
        (Wishes((), any_other=True), [(1, 1, True), (2, 1, True), (3, 1, True)]),
        (Wishes((3, 2, 1), any_other=True), [(3, 1, False), (2, 2, False), (1, 3, False)]),
    ],
)
def test_wishes_become_lines(wishes: Wishes, lines: list[tuple[int, int, bool]]) -> None:
    found = wishes.rows(ranking.offered(FIRST))
    assert found == [Ranked(*line) for line in lines]


@pytest.mark.parametrize(
    "wishes",
    [NO_PLACE, Wishes((2,)), Wishes((3, 1)), Wishes((3,), any_other=True), Wishes((), True)],
)
def test_lines_are_read_as_what_was_wished(wishes: Wishes) -> None:
    lines = [*wishes.rows([1, 2, 3]), *Wishes((6,)).rows([5, 6])]
    assert ranking.by_choice([FIRST, SECOND], lines) == {1: wishes, 5: Wishes((6,))}


def test_of_a_choice_in_which_nobody_said_anything_nothing_is_known() -> None:
    assert ranking.by_choice([FIRST, SECOND], NO_PLACE.rows([5, 6])) == {5: NO_PLACE}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (None, None),
        (NO_PLACE, NO_PLACE),
        (Wishes((4, 2)), Wishes((2,))),
        (Wishes((4,), any_other=True), Wishes((), any_other=True)),
        (Wishes((4,)), None),  # what does not take place is no answer, and no refusal either
    ],
)
def test_wishes_for_what_is_called_off_are_none(said: Wishes | None, left: Wishes | None) -> None:
    assert ranking.still(said, ranking.offered(FIRST)) == left


def test_where_nothing_is_left_to_be_any_other_all_is_ranked() -> None:
    assert ranking.of_rows(Wishes((1, 2, 3), any_other=True).rows([1, 2, 3])) == Wishes((1, 2, 3))


def test_what_is_called_off_leaves_no_gap_and_what_was_added_is_any_other() -> None:
    wishes = Wishes((4, 2), any_other=True)
    others = (Ranked(1, 2, any_other=True), Ranked(3, 2, any_other=True))
    assert wishes.lines([1, 2, 3]) == [Ranked(2, 1), *others]
    assert Wishes((4,)).lines([1, 2, 3]) == []
    assert NO_PLACE.lines([1, 2, 3]) == []


@pytest.mark.parametrize(
    ("rows", "item", "is_other"),
    [
        ([Ranked(1, 1)], 1, False),
        ([Ranked(1, 1), Ranked(2, 2, any_other=True)], 1, False),
        ([Ranked(1, 1), Ranked(2, 2, any_other=True)], 2, True),
        ([Ranked(1, 1), Ranked(2, 2, any_other=True)], 3, True),  # added since
        ([Ranked(1, 1)], 3, False),
        ([], 1, False),
    ],
)
def test_what_is_welcome_without_a_rank_of_its_own(
    rows: list[Ranked], item: int, is_other: bool
) -> None:
    assert ranking.is_any_other(rows, item) is is_other


@pytest.mark.parametrize(
    ("numbers", "order", "alike"),
    [
        ({}, (), []),
        ({1: 2, 2: 1}, (2, 1), []),
        ({1: 5, 2: 3, 3: 9}, (2, 1, 3), []),  # what nobody numbered is passed over
        ({1: 1, 2: 1, 3: 2}, (1, 2, 3), [(1, [1, 2])]),
        ({1: 2, 2: 2, 3: 2}, (1, 2, 3), [(2, [1, 2, 3])]),
    ],
)
def test_numbers_become_an_order(
    numbers: dict[int, int], order: tuple[int, ...], alike: list[tuple[int, list[int]]]
) -> None:
    assert ranking.in_order(numbers) == order
    assert ranking.numbered_alike(numbers) == alike


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        (Wishes((1, 2, 3)), None),
        (NO_PLACE, None),
        (Wishes((1, 1)), UnknownWorkshop),
        (Wishes((1, 5)), UnknownWorkshop),
        (Wishes((4,)), WorkshopCancelled),
    ],
)
def test_only_what_a_choice_offers_is_wished_for(
    wishes: Wishes, refusal: type[Refused] | None
) -> None:
    if refusal is None:
        ranking.require_offered(FIRST, wishes)
    else:
        with pytest.raises(refusal):
            ranking.require_offered(FIRST, wishes)


def test_a_choice_is_known_by_its_first_workshop_whatever_joins_it() -> None:
    assert FIRST.key == replace(FIRST, items=(an_item(9), *FIRST.items)).key == 1
