"""Waiting for several workshops of one time by wishes, as tables of cases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.hall import CONGRESS, NEWCOMER, Booked, Exchange, Key, Line, Person
from congress.domain.handing_over import HandOver
from congress.domain.merging import Merge
from congress.domain.moves import Follow, Gain, Grant, Offer, Queue, Release
from congress.domain.offers import TakeOffer
from congress.domain.places import Choose, Leave, MoveUp, Withdraw, decide
from congress.domain.registration import BookingState, RegistrationState
from congress.domain.rehousing import Rehouse
from congress.domain.repeating import after
from congress.domain.restoration import Restore
from congress.domain.rules import USUAL, Rules
from congress.domain.times.time_slots import TimeSlot
from congress.domain.waits import of_one_choice, then
from congress.domain.workshops import Places
from tests.domain.halls import (
    AFTERNOON,
    CONFIRMED,
    LATE_MORNING,
    MORNING,
    OPENS,
    ROOMY,
    WAITING,
    hall,
    inside,
    moves,
    wish,
    workshop,
)

OFFERED = BookingState.OFFERED
OFFERS = Rules(offer_hours=48, offers_end_hours=24)
# Four workshops at one time, and one later.
PROGRAMME = [*(workshop(number) for number in (1, 2, 3, 4)), workshop(9, AFTERNOON)]


def place(number, rank=None):
    return Booked(number, CONFIRMED, wish=rank)


def waits(number, rank=None, instead_of=None, state=WAITING):
    return Booked(number, state, instead_of, wish=rank)


# The third wish, and in line for both above it.
THIRD = (place(3, 3), waits(1, 1, 3), waits(2, 2, 3))


def the_hall(*people: Person, free=(), programme=PROGRAMME, rules=USUAL):
    """A hall whose workshops are full, but for what is free."""
    queued = {key: sum(each.waits_for(key) for each in people) for key in (1, 2, 3, 4, 9)}
    places = {key: Places(9, 9 - (key in free), waiting) for key, waiting in queued.items()}
    lines: dict[Key, tuple[int, ...]] = {
        key: tuple(each.id for each in people if each.waits_for(key) and each.in_congress)
        for key in queued
    }
    found: dict[Exchange, list[int]] = {}
    for person in people:
        for each in person.bookings:
            if each.instead_of is not None and person.waits_for(each.workshop_id):
                found.setdefault(Exchange(each.instead_of, each.workshop_id), []).append(person.id)
    exchanges = {key: Line(tuple(line)) for key, line in found.items()}
    workshops = [(each, places[each.id]) for each in programme]
    return hall(ROOMY, workshops, *people, lines=lines, rules=rules, exchanges=exchanges)


def stands(here, wanted, number=7):
    """What somebody has then (+), waits for (~) or is offered (?), and keeps meanwhile (/)."""
    decision = decide(here, wanted)
    assert decision.refusal is None
    assert not decision.unread
    signs = {CONFIRMED: "+", WAITING: "~", OFFERED: "?"}
    return " ".join(
        f"{signs[each.state]}{each.workshop_id}"
        + (f"/{each.instead_of}" if each.instead_of and each.state is not CONFIRMED else "")
        for each in sorted(
            after(here, decision).people[number].bookings, key=lambda each: each.workshop_id
        )
    )


# What somebody has, into what they move up, and what they have then.
MOVING_UP = {
    "to the second wish, and on for the first": (THIRD, 2, "~1/2 +2"),
    "to the first, and for nothing more": (THIRD, 1, "+1"),
    "from nothing to the second": ((waits(1, 1), waits(2, 2), waits(3, 3)), 2, "~1/2 +2"),
    "from nothing to the last": ((waits(1, 1), waits(2, 2)), 2, "~1/2 +2"),
    "from a place given by hand": ((place(4), waits(1, 1, 4), waits(2, 2, 4)), 2, "~1/2 +2"),
    "any other is as dear as any": ((waits(1, 1), waits(2, 2), waits(3, 2)), 3, "~1/3 +3"),
    "without wishes as ever": ((place(3), waits(1, None, 3)), 1, "+1"),
    "what is waited for without a wish stays": (
        (place(3, 3), waits(1, 1, 3), waits(2)), 1, "+1 ~2",
    ),
    "no wish says nothing of wishes": ((place(3), waits(1, None, 3), waits(2, 2)), 1, "+1 ~2"),
    "what is at another time stays": ((*THIRD, waits(9, 5)), 1, "+1 ~9"),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVING_UP)
def test_whoever_moves_up_waits_on_for_what_is_dearer_to_them_alone(name):
    mine, key, expected = MOVING_UP[name]
    here = the_hall(inside(7, *mine), free={key})

    assert stands(here, MoveUp(7, key)) == expected


def test_they_move_up_by_themselves_too_and_keep_their_positions():
    here = the_hall(inside(7, *THIRD), inside(8, place(2), waits(1, 1, 2)), inside(6, waits(3)))

    assert moves(here, Withdraw(8)) == [
        Release(8, 2),
        Release(8, 1),
        Release(8, CONGRESS),
        Grant(7, 2, moved_up=True),
        Release(7, 3, moved_on=True),
        Follow(7, 1, 7, instead_of=2, wish=1),
        Grant(6, 3, moved_up=True),
    ]


def test_what_ends_with_a_wish_is_told_apart_from_the_place_given_up():
    here = the_hall(inside(7, *THIRD), free={1})

    assert decide(here, MoveUp(7, 1)).gains == {
        7: Gain(workshops=[1], given_up=[3], ended=[2]),
    }


def test_whoever_gives_the_place_up_waits_on():
    here = the_hall(inside(7, *THIRD))

    assert stands(here, Leave(7, 3)) == "~1 ~2"
    assert stands(here, Leave(7, 1)) == "~2/3 +3"
    assert stands(here, Withdraw(7)) == ""


@pytest.mark.parametrize(("chosen", "free", "expected"), [(4, {4}, "+4"), (4, (), "+3 ~4/3")])
def test_whoever_chooses_something_else_of_that_time_waits_for_no_wish_any_more(
    chosen, free, expected
):
    assert stands(the_hall(inside(7, *THIRD), free=free), Choose(7, (wish(chosen),))) == expected


# What is offered (?) or waited for, the offer that is taken, and what they have then.
TAKING = {
    "the lesser, and on for the dearer": (
        (place(3, 3), waits(1, 1, 3), waits(2, 2, 3, OFFERED)), 2, "~1/2 +2",
    ),
    "the lesser, and the dearer stays held": (
        (place(3, 3), waits(1, 1, 3, OFFERED), waits(2, 2, 3, OFFERED)), 2, "?1/2 +2",
    ),
    "the dearer, and the lesser is passed on": (
        (place(3, 3), waits(1, 1, 3, OFFERED), waits(2, 2, 3, OFFERED)), 1, "+1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKING)
def test_offered_wishes(name):
    mine, key, expected = TAKING[name]
    late = OPENS.replace(year=OPENS.year + 1)
    held = [replace(each, offered_until=late) for each in mine]

    assert stands(the_hall(inside(7, *held), rules=OFFERS), TakeOffer(7, key)) == expected


def test_each_wish_is_offered_when_it_becomes_free():
    """So nobody loses their turn while they think about another one."""
    lesser_is_offered = inside(7, place(3, 3), waits(1, 1, 3), waits(2, 2, 3, OFFERED))
    here = the_hall(lesser_is_offered, inside(8, place(1)), rules=OFFERS)

    found = moves(here, Leave(8, 1))
    assert [type(each) for each in found] == [Release, Offer]
    assert stands(here, Leave(8, 1)) == "?1/3 ?2/3 +3"


def test_what_is_held_for_a_lesser_wish_goes_to_the_next():
    until = OPENS.replace(year=OPENS.year + 1)
    both = (replace(waits(key, key, 3, OFFERED), offered_until=until) for key in (1, 2))
    here = the_hall(inside(7, place(3, 3), *both), inside(8, waits(2)), rules=OFFERS)

    assert Offer(8, 2, OPENS + timedelta(hours=48)) in moves(here, TakeOffer(7, 1))


def test_of_two_swaps_the_one_for_the_dearer_wish_comes_first():
    mine = inside(7, waits(1, 1), waits(2, 2), waits(3, 3))
    others = (inside(5, place(2), waits(3, None, 2)), inside(6, place(1), waits(3, None, 1)))
    here, wanted = the_hall(mine, *others), MoveUp(7, 3, overbook=True)

    assert [stands(here, wanted, each) for each in (5, 6, 7)] == ["+2 ~3/2", "+3", "+1"]


def test_whoever_swapped_to_the_second_swaps_on_to_the_first():
    """With 5, who has the second and chooses the third, and then with 6, who has the first."""
    others = (inside(5, place(2)), inside(6, place(1), waits(2, None, 1)))
    here, wanted = the_hall(inside(7, *THIRD), *others), Choose(5, (wish(3),))

    assert [stands(here, wanted, each) for each in (5, 6, 7)] == ["+3", "+2", "+1"]
    assert decide(here, wanted).gains[7].lost == [3]


def test_whoever_is_given_another_place_waits_on_for_all_wishes():
    off = [workshop(3, cancelled=True), *(each for each in PROGRAMME if each.id != 3)]
    here = the_hall(inside(7, *THIRD), programme=off, free={4})

    assert stands(here, Rehouse((7,), 3, 4)) == "~1/4 ~2/4 +4"


# What the one who goes on has, the other, and what is kept.
MERGING = {
    "all wishes of the other": ([], THIRD, "~1/3 ~2/3 +3"),
    "the second that the other has": (THIRD, [place(2)], "~1/2 +2"),
    "the first that the other has": (THIRD, [place(1)], "+1"),
    "the wishes of the other above the place": ([place(2)], THIRD, "~1/2 +2"),
}


@pytest.mark.parametrize("name", MERGING)
def test_of_two_registrations_the_wishes_above_the_place_are_kept(name):
    mine, others, expected = MERGING[name]
    here = the_hall(inside(7, *mine), inside(8, *others))

    assert stands(here, Merge(7, 8)) == expected


def test_whoever_comes_instead_waits_for_the_same_wishes():
    decision = decide(the_hall(inside(7, *THIRD)), HandOver(7))

    assert decision.refusal is None
    got = [each for each in decision.moves if each.person == NEWCOMER]
    assert got == [
        Grant(NEWCOMER, CONGRESS),
        Grant(NEWCOMER, 3, wish=3),
        Queue(NEWCOMER, 1, 3, 1),
        Follow(NEWCOMER, 1, 7, 3, 1),
        Queue(NEWCOMER, 2, 3, 2),
        Follow(NEWCOMER, 2, 7, 3, 2),
    ]


def test_what_is_taken_back_is_waited_for_again():
    before, left = inside(7, *THIRD), Person(7, RegistrationState.CANCELLED)
    here = the_hall(left, free={3})

    found = moves(here, Restore(before, left))

    assert found[1:] == [Grant(7, 3, wish=3), Queue(7, 1, 3, 1), Queue(7, 2, 3, 2)]


def test_a_choice_is_what_is_at_one_time_also_by_way_of_others():
    early = TimeSlot(MORNING.starts_at, LATE_MORNING.starts_at)
    late = TimeSlot(LATE_MORNING.starts_at, LATE_MORNING.ends_at)
    programme = [
        *(workshop(1, early), workshop(2, late), workshop(3), workshop(9, AFTERNOON)),
        workshop(4, TimeSlot(MORNING.starts_at, AFTERNOON.ends_at), cancelled=True),
    ]
    here = the_hall(programme=programme)

    assert of_one_choice(here, 1) == {1, 2, 3, 4}
    assert of_one_choice(here, 9) == {4, 9}
    both = inside(7, waits(1, 1), waits(2, 2), waits(9, 2))
    assert stands(the_hall(both, programme=programme, free={1}), MoveUp(7, 1)) == "+1 ~9"
    assert then(here, both, 1) == ([], [waits(2, 2)])
    assert then(here, both, 2) == ([waits(1, 1)], [])
    assert then(here, both, 9) == ([], [])
