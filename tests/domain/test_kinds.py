"""Places held back for people of some kinds: who gets one, who waits, what a freed one is for."""

from dataclasses import replace

import pytest

from congress.domain.accepting import Accept
from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY, ONLINE, Hall, Line, Person
from congress.domain.handing_over import HandOver
from congress.domain.kinds import Contingent, PersonKind, held_back, of_both
from congress.domain.merging import Merge
from congress.domain.modes import EventMode, Mode
from congress.domain.moves import Grant, Offer, Queue, Release
from congress.domain.places import (
    MoveUp,
    PassOn,
    Register,
    Resize,
    Withdraw,
    decide,
)
from congress.domain.registration import NoFreePlace
from congress.domain.restoration import Restore
from congress.domain.room import ByHand
from congress.domain.rules import USUAL, Rules
from congress.domain.switching import TakePart
from congress.domain.workshops import Availability, Places
from tests.domain.halls import asking, hall, inside, moves, outside, refusal

GUEST, PRESS = PersonKind.GUEST, PersonKind.PRESS
COMES, WAITS = Grant(NEWCOMER, CONGRESS), Queue(NEWCOMER, CONGRESS)
NEW_GUEST, NEW_PRESS = replace(NOBODY, kind=GUEST), replace(NOBODY, kind=PRESS)
BY_HAND = ByHand()
TO_QUEUE = ByHand(waits=frozenset({CONGRESS}))
BEYOND = ByHand(beyond=frozenset({CONGRESS}))


def guest(person: Person) -> Person:
    return replace(person, kind=GUEST)


def press(person: Person) -> Person:
    return replace(person, kind=PRESS)


def up(number: int) -> Grant:
    return Grant(number, CONGRESS, moved_up=True)


def here(capacity: int, taken: int, *people: Person, rules: Rules = USUAL, **held: int) -> Hall:
    """A congress with so many people inside beside those named; the queue is in their order."""
    contingents = {
        kind: Contingent(
            held[kind],
            sum(each.in_congress for each in people if each.kind is kind),
            sum(each.waits_for(CONGRESS) for each in people if each.kind is kind),
        )
        for kind in map(PersonKind, held)
    }
    queue = tuple(each.id for each in people if each.waits_for(CONGRESS))
    places = Places(
        capacity,
        taken + sum(each.in_congress for each in people),
        len(queue),
        held_back=held_back(contingents),
    )
    found = hall(places, (), *people, lines={CONGRESS: queue}, rules=rules)
    return replace(found, contingents=contingents)


@pytest.mark.parametrize(
    ("case", "newcomer", "expected"),
    [
        (here(10, 7, guest=2), NOBODY, [COMES]),
        (here(10, 8, guest=2), NOBODY, [WAITS]),
        (here(10, 7, guest=2, press=1), NOBODY, [WAITS]),
        (here(10, 8, guest=2), NEW_GUEST, [COMES]),
        (here(10, 9, guest=2), NEW_GUEST, [COMES]),
        (here(10, 10, guest=2), NEW_GUEST, [WAITS]),
        (here(10, 8, guest=2), NEW_PRESS, [WAITS]),
        (here(10, 7, guest(inside(1)), guest(inside(2)), guest=2), NEW_GUEST, [COMES]),
        (here(10, 8, guest(inside(1)), guest(inside(2)), guest=2), NEW_GUEST, [WAITS]),
        (here(10, 8, guest(inside(1)), guest=2), NOBODY, [WAITS]),
        (here(10, 7, guest(inside(1)), guest=2), NOBODY, [COMES]),
        (here(10, 8, outside(1), guest=2), NEW_GUEST, [COMES]),
    ],
    ids=[
        "what is not held back is for everybody",
        "the rest is held back, so others wait",
        "of several kinds together",
        "a guest of honour takes one of those",
        "also where more is held back than is empty",
        "full is full for guests too",
        "what is held back for others helps nobody",
        "a third guest takes one of everybody's",
        "or waits where everybody's are taken",
        "a guest inside takes none of everybody's",
        "nor hides one of them",
        "guests pass those whom nothing is held back for",
    ],
)
def test_who_gets_a_place(case, newcomer, expected):
    by_hand = TO_QUEUE if newcomer.kind is not PersonKind.ATTENDEE else None
    assert moves(case, Register((), newcomer, by_hand)) == expected


def test_beyond_what_is_not_held_back_an_organiser_says_what_is_to_be():
    case = here(10, 8, guest=2)
    assert refusal(case, Register((), NOBODY, BY_HAND)) is NoFreePlace
    assert moves(case, Register((), NOBODY, BEYOND)) == [COMES]
    assert moves(case, Register((), NEW_GUEST, BY_HAND)) == [COMES]


QUEUE = (outside(3), guest(outside(4)), outside(5))


@pytest.mark.parametrize(
    ("case", "wanted", "expected"),
    [
        (
            here(10, 9, guest(inside(1)), outside(3), guest=1),
            Withdraw(1),
            [Release(1, CONGRESS)],
        ),
        (here(10, 8, inside(1), outside(3), guest=1), Withdraw(1), [Release(1, CONGRESS), up(3)]),
        (here(10, 9, inside(1), *QUEUE, guest=1), Withdraw(1), [Release(1, CONGRESS), up(4)]),
        (
            here(10, 8, guest(inside(1)), guest(inside(2)), outside(3), guest=1),
            Withdraw(1),
            [Release(1, CONGRESS), up(3)],
        ),
        (here(10, 10, *QUEUE, guest=1), Resize({CONGRESS: (11, True)}), [up(4)]),
        (here(10, 10, *QUEUE, guest=1), Resize({CONGRESS: (12, True)}), [up(3), up(4)]),
        (here(10, 10, *QUEUE, guest=1), Resize({CONGRESS: (13, True)}), [up(3), up(4), up(5)]),
        (here(10, 8, outside(3), outside(5), guest=1), PassOn(frozenset()), [up(3)]),
        (
            here(10, 9, guest(inside(1)), outside(3), guest=1),
            HandOver(1, NEW_GUEST),
            [Release(1, CONGRESS), COMES],
        ),
    ],
    ids=[
        "what a guest gives back is held back again",
        "what anybody else gives back goes to the first",
        "but a guest who waits has it first where too little is empty for those held back",
        "of two guests with one place held back, one gives back everybody's",
        "a further place is for the guest who waits",
        "of two the first is for the first",
        "of three all get one",
        "fewer held back: as many move up as become free",
        "who comes instead of a guest takes the guest's",
    ],
)
def test_who_is_next(case, wanted, expected):
    assert moves(case, wanted) == expected


@pytest.mark.parametrize("read", [0, 1, 2])
def test_of_a_long_queue_the_guests_further_behind_are_enough(read):
    """Nobody before them can have what is held back, however many they are."""
    queue = [outside(number) for number in range(2, 9)]
    whole = here(10, 9, inside(1), *queue, guest(outside(9)), guest=1)
    cut = Line(tuple(each.id for each in queue[:read]), is_whole=False, behind=(9,))
    case = replace(whole, lines={CONGRESS: cut})
    assert moves(case, Withdraw(1)) == moves(whole, Withdraw(1)) == [Release(1, CONGRESS), up(9)]
    unread = replace(whole, lines={CONGRESS: replace(cut, behind=())})
    assert decide(unread, Withdraw(1)).unread == {CONGRESS: read + max(1, read)}


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [(10, [up(4)]), (11, [up(2), up(3)])],
    ids=["a place less: who comes behind", "one of everybody's and one held back"],
)
def test_a_group_that_comes_only_together_has_room_in_both(capacity, expected):
    group = [replace(each, group=7) for each in (outside(2), guest(outside(3)))]
    case = here(capacity, 9, *group, guest(outside(4)), guest=1)
    together = replace(case, groups={7: (2, 3)})
    assert moves(together, PassOn(frozenset())) == expected


def test_whoever_is_offered_a_place_has_it_held_back_no_more():
    offers = Rules(offer_hours=48)
    case = here(10, 9, inside(1), guest(outside(2)), outside(3), rules=offers, guest=1)
    [gone, offered] = moves(case, Withdraw(1))
    assert gone == Release(1, CONGRESS)
    assert isinstance(offered, Offer)
    assert offered.person == 2
    decision = decide(case, Withdraw(1))
    assert decision.places[CONGRESS].held_back == 0
    assert decision.contingents[GUEST] == Contingent(1, 1, 0)


def test_by_hand_nobody_moves_up_into_what_is_held_back_unless_it_is_said():
    case = here(10, 8, outside(3), press(outside(4)), guest=2)
    assert refusal(case, MoveUp(3, CONGRESS)) is NoFreePlace
    assert moves(case, MoveUp(3, CONGRESS, overbook=True)) == [up(3)]
    assert refusal(case, MoveUp(4, CONGRESS)) is NoFreePlace


def test_a_guest_who_asked_is_accepted_into_what_is_held_back():
    case = here(10, 8, guest(asking(1)), asking(2), guest=2)
    assert moves(case, Accept(1)) == [Grant(1, CONGRESS)]
    assert refusal(case, Accept(2)) is NoFreePlace


def test_a_guest_comes_back_into_what_is_held_back():
    was = guest(inside(1))
    left = replace(was, state=type(was.state).CANCELLED)
    case = here(10, 9, left, outside(2), guest=1)
    assert moves(case, Restore(was, left)) == [Grant(1, CONGRESS)]


def test_one_person_twice_comes_as_what_organisers_said_of_either():
    case = here(10, 7, inside(1), guest(inside(2)), outside(3), guest=1)
    decision = decide(case, Merge(1, 2))
    assert list(decision.moves) == [Release(2, CONGRESS), up(3)]
    assert decision.places[CONGRESS] == Places(10, 9, 0)
    assert of_both(GUEST, PRESS) is GUEST


def test_of_a_hybrid_event_places_are_held_back_on_site_alone():
    hybrid = Rules(mode=EventMode.HYBRID)
    case = here(10, 9, guest(inside(1)), outside(2), rules=hybrid, guest=1)
    both = replace(case, places={**case.places, ONLINE: Places(5)})
    online = Register((), replace(NEW_GUEST, mode=Mode.ONLINE), BY_HAND)
    decision = decide(both, online)
    assert (list(decision.moves), decision.contingents) == ([COMES], {})
    assert decision.places == {ONLINE: Places(5, 1)}
    goes = decide(both, TakePart(1, Mode.ONLINE))
    assert goes.contingents == {GUEST: Contingent(1, 0, 0)}
    assert goes.places[CONGRESS] == Places(10, 9, 1, held_back=1)
    away = replace(both, people={1: replace(guest(inside(1)), mode=Mode.ONLINE)})
    held = replace(away.places[CONGRESS], taken=9, held_back=1)
    away = replace(away, places={**away.places, CONGRESS: held, ONLINE: Places(5, 1)})
    comes = replace(away, contingents={GUEST: Contingent(1)})
    back = decide(comes, TakePart(1, Mode.ONSITE))
    assert back.refusal is None
    assert back.contingents == {GUEST: Contingent(1, 1, 0)}


@pytest.mark.parametrize(
    ("places", "left", "availability"),
    [
        (Places(100, 40, held_back=10), 50, Availability.FREE),
        (Places(100, 85, held_back=10), 5, Availability.FEW),
        (Places(100, 90, held_back=10), 0, Availability.WAITING),
        (Places(100, 95, held_back=10), 0, Availability.WAITING),
        (Places(100, 90, waiting_list_open=False, held_back=10), 0, Availability.FULL),
    ],
)
def test_the_public_reads_of_what_everybody_can_have(places, left, availability):
    assert (places.left, places.availability) == (left, availability)
