"""A workshop that is offered twice is one that one books once: the table of cases is the rule."""

import pytest

from congress.domain.bindings import at_no_other_place
from congress.domain.hall import NEWCOMER
from congress.domain.merging import Merge
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import Choose, Register, decide
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.scheduling import NotTheFirst, require_first
from congress.domain.programme import ItemKind
from congress.domain.rehousing import Rehouse
from congress.domain.workshops import Workshop, WorkshopsClash, WorkshopTwice
from tests.domain.halls import (
    AFTERNOON,
    FULL,
    MORNING,
    ROOMY,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    wish,
)

# The first and second are one workshop, in the morning and in the afternoon.
FIRST = Workshop(1, {"de": "Netze"}, MORNING, topic="netze")
SECOND = Workshop(2, {"de": "Netze"}, AFTERNOON, topic="netze")
MORE, LATER = (
    Workshop(3, {"de": "Chöre"}, MORNING, topic="c"),
    Workshop(4, {}, AFTERNOON, topic="l"),
)
MINE, NEW = 9, NEWCOMER


def house(bookings=(), places=ROOMY):
    rest = [(FIRST, ROOMY), (MORE, ROOMY), (LATER, ROOMY)]
    return hall(ROOMY, [(SECOND, places), *rest], inside(MINE, *bookings), lines={2: (MINE,)})


@pytest.mark.parametrize(
    ("bookings", "wanted", "places", "expected"),
    [
        ([], [2], ROOMY, [Grant(MINE, 2)]),
        ([booked(1)], [2], ROOMY, [Release(MINE, 1), Grant(MINE, 2)]),  # one for the other
        ([booked(1)], [2], FULL, [Queue(MINE, 2, instead_of=1)]),  # a swap, once it is free
        ([booked(1), booked(4)], [2], ROOMY, [Release(MINE, 1), Release(MINE, 4), Grant(MINE, 2)]),
        ([booked(3)], [2], ROOMY, [Grant(MINE, 2)]),
        ([booked(1)], [4], ROOMY, [Grant(MINE, 4)]),
    ],
)
def test_whoever_wants_the_other_one_gives_up_the_first(bookings, wanted, places, expected):
    wishes = tuple(wish(number) for number in wanted)
    found = moves(house(bookings, places), Choose(MINE, wishes))
    assert [move for move in found if not isinstance(move, Release)] == [
        move for move in expected if not isinstance(move, Release)
    ]
    assert {move.key for move in found if isinstance(move, Release)} == {
        move.key for move in expected if isinstance(move, Release)
    }


@pytest.mark.parametrize(
    ("wishes", "refused"),
    [
        ([wish(1), wish(2)], WorkshopTwice),
        ([wish(1), wish(4)], type(None)),
        ([wish(3), wish(4)], type(None)),
        ([wish(2, safe=1), wish(4)], WorkshopsClash),
    ],
)
def test_nobody_registers_for_both(wishes, refused):
    decision = decide(house(), Register(tuple(wishes)))
    assert type(decision.refusal) is refused


def test_the_first_can_be_held_while_waiting_for_the_second():
    found = moves(house(places=FULL), Register((wish(2, safe=1),)))
    assert found[-2:] == [Grant(NEW, 1), Queue(NEW, 2, instead_of=1)]


def test_who_has_one_is_passed_over_for_the_other():
    has_one, waits = inside(MINE, booked(1), booked(2, WAITING)), inside(MINE, booked(2, WAITING))
    here = house()
    assert isinstance(at_no_other_place(here, has_one, 2), WorkshopTwice)
    assert at_no_other_place(here, waits, 2) is None


def test_nobody_is_given_one_in_the_place_of_what_is_called_off_who_has_the_other():
    here = house([booked(3), booked(1)])
    assert moves(here, Rehouse((MINE,), 3, 2)) == []


def test_of_two_registrations_only_one_of_them_is_kept():
    one, other = inside(1, booked(1)), inside(2, booked(2))
    here = hall(ROOMY, [(FIRST, ROOMY), (SECOND, ROOMY)], one, other)
    assert type(decide(here, Merge(1, 2)).refusal).__name__ == "WhoseWorkshop"


@pytest.mark.parametrize(
    ("same_as", "firsts", "fits"),
    [
        ("", {}, True),
        ("b", {"b": ""}, True),
        ("b", {"b": "", "c": "b"}, True),
        ("x", {"b": ""}, False),  # there is none
        ("a", {"b": ""}, False),  # itself
        ("c", {"b": "", "c": "b"}, False),  # names another one
        ("b", {"b": "", "c": "a"}, False),  # is the first of others
    ],
)
def test_what_is_offered_several_times_names_the_first_of_them(same_as, firsts, fits):
    plan = ItemPlan("a", ItemKind.WORKSHOP, {}, MORNING, bookable=True, same_as=same_as)
    if fits:
        require_first(plan, firsts)
        return
    with pytest.raises(NotTheFirst):
        require_first(plan, firsts)
