"""Offered places and swaps: each case is what is so before, what is wanted, and what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.hall import CONGRESS, Exchange, Line, Offering, Person
from congress.domain.moves import Grant, Offer, Queue, Release
from congress.domain.offers import Expire, TakeOffer
from congress.domain.places import Choose, Leave, Resize, Withdraw, decide
from congress.domain.registration import (
    BookingState,
    CongressHasBegun,
    NoOffer,
    OfferExpired,
    RegistrationState,
    WorkshopCancelled,
)
from congress.domain.rules import Rules
from congress.domain.swaps import FIRST_READ
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    FULL,
    OPENS,
    ROOMY,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    wish,
    workshop,
)

RULES = Rules(offer_hours=48, offers_end_hours=24)
UNTIL = OPENS + timedelta(hours=48)
QUEUED = Places(capacity=1, taken=1, waiting=1)
ONE = (workshop(1), Places(capacity=1, taken=1, waiting=2))


def offered(number, key, until=UNTIL, instead_of=None):
    """Somebody inside, to whom a workshop is offered."""
    held = replace(booked(key, BookingState.OFFERED, instead_of), offered_until=until)
    return inside(number, held)


def test_what_becomes_free_is_offered_to_the_first_in_line_and_held():
    here = hall(
        ROOMY, [ONE], inside(1, booked(1)), inside(2, booked(1, WAITING)),
        inside(3, booked(1, WAITING)), lines={1: (2, 3)}, rules=RULES,
    )  # fmt: skip

    decision = decide(here, Leave(1, 1))

    assert decision.moves == (Release(1, 1), Offer(2, 1, UNTIL))
    assert (decision.places[1].taken, decision.places[1].waiting) == (1, 1)
    assert decision.gains == {}


@pytest.mark.parametrize(("before_start", "is_offered"), [(72, True), (71, False), (1, False)])
def test_an_offer_is_made_only_where_it_runs_its_whole_time(before_start, is_offered):
    offering = Offering.of(RULES, STARTS)

    until = offering.until(STARTS - timedelta(hours=before_start))

    assert (until is not None) is is_offered


def test_whoever_gets_into_the_congress_gets_what_is_free_in_its_workshops():
    person = replace(outside(2, booked(1, WAITING)), state=RegistrationState.OFFERED)
    person = replace(person, offered_until=UNTIL)
    here = hall(FULL, [(workshop(1), Places(5))], person, lines={1: (2,)}, rules=RULES)

    assert moves(here, TakeOffer(2, CONGRESS)) == [Grant(2, None, True), Grant(2, 1, True)]


TAKING = {
    "in time": (offered(1, 1), OPENS, None),
    "at the moment it ends": (offered(1, 1, OPENS), OPENS, OfferExpired),
    "nothing is offered": (inside(1, booked(1, WAITING)), OPENS, NoOffer),
    "it has begun": (offered(1, 1, STARTS + timedelta(1)), STARTS, CongressHasBegun),
    "it is called off": (offered(1, 3), OPENS, WorkshopCancelled),
    "sits elsewhere then": (
        inside(1, *offered(1, 1).bookings, booked(2)), OPENS, WorkshopsClash,
    ),
    "the place meanwhile": (
        inside(1, *offered(1, 1, instead_of=2).bookings, booked(2)), OPENS, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKING)
def test_who_can_take_what_is_offered(name):
    person, moment, reason = TAKING[name]
    workshops = [(workshop(1), FULL), (workshop(2), FULL), (workshop(3, cancelled=True), FULL)]
    key = 3 if name == "it is called off" else 1
    here = hall(ROOMY, workshops, person, rules=RULES, now=moment)

    if reason is None:
        assert moves(here, TakeOffer(1, key))[0] == Grant(1, 1, True)
    else:
        assert refusal(here, TakeOffer(1, key)) is reason


def test_what_is_taken_twice_is_taken_once():
    here = hall(ROOMY, [(workshop(1), FULL)], inside(1, booked(1)), rules=RULES)

    assert moves(here, TakeOffer(1, 1)) == []


def test_offers_left_too_long_end_and_others_stay():
    late, next_one = offered(1, 1, OPENS), inside(3, booked(1, WAITING))
    here = hall(
        ROOMY, [(workshop(1), Places(2, 2, 1))], late, offered(2, 1), next_one,
        lines={1: (3,)}, rules=RULES,
    )  # fmt: skip

    found = moves(here, Expire(((1, 1), (2, 1), (3, 1))))

    assert found == [Release(1, 1), Offer(3, 1, UNTIL)]


def test_with_an_offer_of_the_congress_left_too_long_the_registration_ends():
    waits = replace(outside(1, booked(1, WAITING)), state=RegistrationState.OFFERED)
    here = hall(
        QUEUED, [(workshop(1), ROOMY)], replace(waits, offered_until=OPENS), outside(2),
        lines={CONGRESS: (2,)}, rules=RULES,
    )  # fmt: skip

    decision = decide(here, Expire(((1, CONGRESS),)))

    assert decision.moves == (Release(1, 1), Release(1, None), Offer(2, None, UNTIL))
    assert (decision.places[CONGRESS].taken, decision.places[CONGRESS].waiting) == (1, 0)


def test_fewer_places_take_no_offer_away():
    here = hall(ROOMY, [(workshop(1), Places(2, 1, 0))], offered(1, 1), rules=RULES)

    assert moves(here, Resize({1: (0, True)})) == []


# --- swaps


def swapping(*people: Person, held=(1, 2, 3), lines=()):
    """Full workshops of one morning, each held by one and waited for by one."""
    workshops = [(workshop(each), Places(1, 1, 1)) for each in held]
    exchanges = {Exchange(*pair): Line(tuple(who)) for pair, who in lines}
    return hall(ROOMY, workshops, *people, exchanges=exchanges)


def holds(number, held, wanted=None):
    waits = (booked(wanted, WAITING, held),) if wanted else ()
    return inside(number, booked(held), *waits)


SWAPS = {
    "two": (
        [holds(1, 1), holds(2, 2, 1)], [((2, 1), [2])], 2,
        {1: 2, 2: 1},
    ),
    "three in a ring": (
        [holds(1, 1), holds(2, 2, 3), holds(3, 3, 1)],
        [((2, 3), [2]), ((3, 1), [3])], 2,
        {1: 2, 2: 3, 3: 1},
    ),
    "nobody wants what one has": ([holds(1, 1), holds(2, 2)], [], 2, {1: 1, 2: 2}),
    "a chain and no ring": (
        [holds(1, 1), holds(2, 2, 3), holds(3, 3)], [((2, 3), [2])], 2,
        {1: 1, 2: 2, 3: 3},
    ),
    "the first in line": (
        [holds(1, 1), holds(2, 2, 1), holds(4, 2, 1)], [((2, 1), [4, 2])], 2,
        {1: 2, 2: 2, 4: 1},
    ),
    "whoever sits elsewhere then is left out": (
        [holds(1, 1), inside(2, *holds(2, 2, 1).bookings, booked(3)), holds(4, 2, 1)],
        [((2, 1), [2, 4])], 2,
        {1: 2, 2: 2, 4: 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SWAPS)
def test_those_who_want_what_the_other_has_swap(name):
    people, lines, wanted, expected = SWAPS[name]
    here = swapping(*people, lines=lines)

    decision = decide(here, Choose(1, (wish(wanted),)))

    has = {person.id: person.bookings[0].workshop_id for person in people}
    for move in decision.moves:
        if isinstance(move, Grant):
            has[move.person] = move.key
    assert has == expected
    # Nobody loses: whoever gave something up has what they waited for.
    gone = {move.person for move in decision.moves if isinstance(move, Release)}
    won = {move.person for move in decision.moves if isinstance(move, Grant)}
    assert gone == won
    assert all(places.taken == 1 for places in decision.places.values())


def test_a_swap_waits_until_those_who_want_it_are_known():
    here = replace(swapping(holds(1, 1), holds(2, 2, 1)), exchanges=None)
    wanted = Choose(1, (wish(2),))

    assert decide(here, wanted).unread_exchanges == FIRST_READ
    nobody_waits = replace(here, places={**here.places, 1: FULL})
    assert decide(nobody_waits, wanted).moves == (Queue(1, 2, 1),)


def test_more_of_a_line_is_read_where_none_of_the_first_can_have_it():
    first = inside(2, *holds(2, 2, 1).bookings, booked(3))
    here = swapping(holds(1, 1), first)
    cut = replace(here, exchanges={Exchange(2, 1): Line((2,), is_whole=False)})

    assert decide(cut, Choose(1, (wish(2),))).unread_exchanges > 1


def test_whoever_has_just_joined_a_line_waits_until_all_before_them_are_known():
    blocked = inside(5, *holds(5, 1, 2).bookings, booked(3))
    here = swapping(holds(1, 1), holds(2, 2, 1), blocked)
    lines = {Exchange(1, 2): Line((5,), is_whole=False), Exchange(2, 1): Line((2,))}

    wanted = Choose(1, (wish(2),))

    assert decide(replace(here, exchanges=lines), wanted).unread_exchanges > 1
    whole = {**lines, Exchange(1, 2): Line((5,))}
    assert Grant(1, 2, moved_up=True) in moves(replace(here, exchanges=whole), wanted)


def test_nobody_swaps_into_what_does_not_take_place():
    off = (workshop(1, cancelled=True), Places(1, 1, 1))
    here = hall(
        ROOMY, [off, (workshop(2), Places(1, 1, 0)), (workshop(3, AFTERNOON), ROOMY)],
        holds(1, 1), holds(2, 2, 1), exchanges={Exchange(2, 1): Line((2,))},
    )  # fmt: skip

    found = moves(here, Choose(1, (wish(2),)))

    assert not any(isinstance(each, Grant) for each in found)


def test_whoever_withdraws_lets_the_next_have_it_as_an_offer():
    person = Person(1, RegistrationState.CONFIRMED)
    here = hall(QUEUED, [], person, outside(2), lines={CONGRESS: (2,)}, rules=RULES)

    assert moves(here, Withdraw(1)) == [Release(1, None), Offer(2, None, UNTIL)]


def test_whoever_waits_for_an_answer_of_organisers_is_asked_nothing_meanwhile():
    """The rule may have come since: what is free is held for them, without a question."""
    asks = Person(7, RegistrationState.REQUESTED, (booked(1, WAITING),), holds=True)
    full = Places(1, taken=1, waiting=1)
    people = (inside(1, booked(1)), asks)
    here = hall(ROOMY, [(workshop(1), full)], *people, lines={1: (7,)}, rules=RULES)
    assert moves(here, Leave(1, 1)) == [Release(1, 1), Grant(7, 1, moved_up=True)]
