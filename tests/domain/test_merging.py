"""Two registrations become one: what of both places and queues is kept, as a table of cases."""

from dataclasses import replace

import pytest

from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, Line
from congress.domain.merging import Clash, Merge, OnePersonTwice, WhoseWorkshop, clashes
from congress.domain.moves import Follow
from congress.domain.places import decide
from congress.domain.registration import CongressNotTakingPart, RegistrationCancelled
from congress.domain.registration import RegistrationState as State
from congress.domain.repeating import after
from congress.domain.workshops import Places
from tests.domain.halls import (
    AFTERNOON,
    LATE_MORNING,
    WAITING,
    booked,
    hall,
    inside,
    outside,
    refusal,
    workshop,
)

A, B, C, OFF = workshop(1), workshop(2), workshop(4, AFTERNOON), workshop(5, cancelled=True)
LATE = workshop(6, LATE_MORNING)
PLACES = Places(capacity=9, taken=5)
PLACE, QUEUE = booked, lambda number, safe=None: booked(number, WAITING, safe)
# What the one who goes on has, the other, and what is kept: a place (+), a queue (~).
CASES = {
    "nothing": ([], [], ""),
    "what only one has": ([PLACE(1)], [PLACE(4)], "+1 +4"),
    "the same place": ([PLACE(1)], [PLACE(1)], "+1"),
    "a place over a queue": ([QUEUE(1)], [PLACE(1)], "+1"),
    "a place over another queue": ([QUEUE(1)], [PLACE(2)], "+2"),
    "a queue under a place": ([PLACE(1)], [QUEUE(2)], "+1"),
    "the same queue": ([QUEUE(1)], [QUEUE(1)], "~1"),
    "a queue with its backup place": ([PLACE(2)], [PLACE(2), QUEUE(1, 2)], "+2 ~1"),
    "the place waited for": ([PLACE(2), QUEUE(1, 2)], [PLACE(1)], "+1"),
    "waited for by the other": ([PLACE(1)], [PLACE(2), QUEUE(1, 2)], "+1"),
    "not what is off": ([PLACE(5)], [PLACE(1)], "+1"),
    "not what is off, of the other": ([QUEUE(1)], [PLACE(5)], "~1"),
    "off in both": ([PLACE(5)], [QUEUE(5)], "+5"),
    "other times at once": ([QUEUE(1), PLACE(4)], [PLACE(1), QUEUE(4)], "+1 +4"),
}


def the_hall(mine, others, *, is_inside=(True, True), line=(), congress=PLACES):
    people = (
        (inside if is_in else outside)(number, *bookings)
        for number, is_in, bookings in zip((1, 2), is_inside, (mine, others), strict=True)
    )
    full = Places(capacity=5, taken=5, waiting=2 + len(line))
    workshops = [(each, full) for each in (A, B, C, OFF, LATE)]
    here = hall(congress, workshops, *people)
    lines = {key: Line((1, 2)) for key in (CONGRESS, 1, 2, 4, 5, 6)}
    return replace(here, lines=lines)


def kept(here, wanted):
    decision = decide(here, wanted)
    assert decision.refusal is None
    person = after(here, decision).people[1]
    signs = {each.workshop_id: "~" if each.state is WAITING else "+" for each in person.bookings}
    return " ".join(f"{signs[key]}{key}" for key in sorted(signs))


@pytest.mark.parametrize("name", CASES)
def test_what_is_kept_of_both(name):
    mine, others, expected = CASES[name]
    here = the_hall(mine, others)

    assert clashes(here, here.people[1], here.people[2]) == ()
    assert kept(here, Merge(1, 2)) == " ".join(sorted(expected.split(), key=lambda each: each[1:]))
    ended = after(here, decide(here, Merge(1, 2))).people[2]
    assert (ended.state, ended.bookings) == (State.CANCELLED, ())


@pytest.mark.parametrize(
    ("mine", "others", "clash", "ours", "theirs"),
    [
        ([PLACE(1)], [PLACE(2)], Clash((1,), (2,)), "+1", "+2"),
        ([QUEUE(1)], [QUEUE(2)], Clash((1,), (2,)), "~1", "~2"),
        ([PLACE(1)], [PLACE(6)], Clash((1,), (6,)), "+1", "+6"),
        ([PLACE(2), QUEUE(1, 2)], [PLACE(6)], Clash((2, 1), (6,)), "+2 ~1", "+6"),
        ([PLACE(1), PLACE(4)], [PLACE(2)], Clash((1,), (2,)), "+1 +4", "+2 +4"),
    ],
)
def test_what_clashes_is_asked_and_done_as_it_is_answered(mine, others, clash, ours, theirs):
    here = the_hall(mine, others)

    assert clashes(here, here.people[1], here.people[2]) == (clash,)
    asked = decide(here, Merge(1, 2))
    assert isinstance(asked.refusal, WhoseWorkshop)
    assert asked.refusal.clashes == (clash,)
    for is_other, expected in ((False, ours), (True, theirs)):
        found = kept(here, Merge(1, 2, {clash.key: is_other}))
        assert found == " ".join(sorted(expected.split(), key=lambda each: each[1:]))


@pytest.mark.parametrize(
    ("is_inside", "is_in", "taken", "waiting"),
    [((True, True), True, 4, 0), ((True, False), True, 5, 0), ((False, True), True, 5, 0)],
)
def test_one_place_in_the_congress_is_kept_and_a_second_is_free(is_inside, is_in, taken, waiting):
    number = is_inside.count(False)
    here = the_hall([], [], is_inside=is_inside, congress=Places(5, taken=5, waiting=number))
    decision = decide(here, Merge(1, 2))

    assert after(here, decision).people[1].in_congress is is_in
    found = decision.places.get(CONGRESS, here.places[CONGRESS])
    assert (found.taken, found.waiting) == (taken, waiting)


def test_the_second_place_goes_to_who_waits_first_and_only_once():
    here = the_hall([PLACE(1)], [PLACE(1)], congress=Places(2, taken=2, waiting=2))
    waits = {3: outside(3), 4: outside(4)}
    here = replace(here, people=here.people | waits, lines=here.lines | {None: Line((3, 4))})
    here = replace(here, places=here.places | {1: Places(2, taken=2)})
    decision = decide(here, Merge(1, 2))

    assert set(decision.gains) == {3}
    assert decision.places[CONGRESS] == Places(2, taken=2, waiting=1)
    assert decision.places[1].taken == 1


def test_the_position_further_ahead_is_kept_and_moves_up_first():
    """The other one stood before a stranger, who goes on behind: the place is theirs now."""
    here = the_hall([QUEUE(1)], [QUEUE(1)])
    people = here.people | {3: inside(3, QUEUE(1))}
    here = replace(here, people=people, lines={1: Line((2, 3, 1))})
    here = replace(here, places=here.places | {1: Places(6, taken=5, waiting=3)})
    decision = decide(here, Merge(1, 2))

    assert Follow(1, 1, 2) in decision.moves
    assert set(decision.gains) == {1}
    assert decision.places[1] == Places(6, taken=6, waiting=1)


@pytest.mark.parametrize(
    ("wanted", "people", "expected"),
    [
        (Merge(1, 1), {}, OnePersonTwice),
        (Merge(1, 2), {2: State.CANCELLED}, RegistrationCancelled),
        (Merge(1, 2), {1: State.CANCELLED}, RegistrationCancelled),
    ],
)
def test_two_that_stand_become_one(wanted, people, expected):
    here = the_hall([], [])
    changed = {each: replace(here.people[each], state=state) for each, state in people.items()}

    assert refusal(replace(here, people=here.people | changed), wanted) is expected
    called_off = replace(here, state=CongressState.CANCELLED)
    assert refusal(called_off, Merge(1, 2)) is CongressNotTakingPart
