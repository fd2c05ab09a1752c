"""Who gets a place: asking to take part, and what organisers say. The tables are the rule."""

from dataclasses import replace

import pytest

from congress.domain.accepting import Accept
from congress.domain.approval import Approval
from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY
from congress.domain.moves import Ask, Grant, Queue, Release
from congress.domain.places import Choose, Leave, Register, Resize, Withdraw, decide
from congress.domain.quotas import Delegation, QuotaReached
from congress.domain.registration import (
    CongressFull,
    CongressNotTakingPart,
    NoFreePlace,
    NoPlaceIn,
    NotDecided,
    NotRequested,
    RegistrationClosed,
    RegistrationState,
    WorkshopCancelled,
)
from congress.domain.repeating import after
from congress.domain.room import ByHand
from congress.domain.rules import USUAL, Rules
from congress.domain.workshops import Places
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    FULL,
    ONE_SECOND,
    OPENS,
    ROOMY,
    SHUT,
    STARTS,
    WAITING,
    asking,
    booked,
    hall,
    inside,
    moves,
    refusal,
    wish,
    workshop,
)

NEW = NEWCOMER
HELD, KEPT = Rules(approval=Approval.HELD), Rules(approval=Approval.KEPT)
LATE, LATE_AND_HELD = Rules(late=True), Rules(late=True, approval=Approval.HELD)
ASKS, ASKS_AND_HOLDS = Ask(NEW), Ask(NEW, holds=True)
COMES, WAITS = Grant(NEW, CONGRESS), Queue(NEW, CONGRESS)
A, B, C = workshop(1), workshop(2), workshop(3, AFTERNOON)


# --- asking


@pytest.mark.parametrize(
    ("rules", "now", "places", "answer"),
    [
        (USUAL, OPENS, ROOMY, COMES),
        (HELD, OPENS, ROOMY, ASKS_AND_HOLDS),
        (KEPT, OPENS, ROOMY, ASKS),
        (HELD, OPENS, FULL, ASKS),  # nothing to hold
        (KEPT, OPENS, FULL, ASKS),
        (HELD, OPENS, SHUT, CongressFull),
        (KEPT, OPENS, SHUT, CongressFull),
        (LATE, OPENS, ROOMY, COMES),
        (LATE, CLOSES - ONE_SECOND, FULL, WAITS),
        (LATE, CLOSES, ROOMY, ASKS),
        (LATE, CLOSES, SHUT, ASKS),  # organisers may find a place
        (LATE, STARTS - ONE_SECOND, ROOMY, ASKS),
        (LATE, STARTS, ROOMY, RegistrationClosed),
        (LATE_AND_HELD, CLOSES, ROOMY, ASKS),  # late is late
        (HELD, CLOSES, ROOMY, RegistrationClosed),
        (USUAL, CLOSES, ROOMY, RegistrationClosed),
    ],
)
def test_whether_one_registers_or_asks(rules, now, places, answer):
    decision = decide(hall(places, now=now, rules=rules), Register())
    assert (list(decision.moves) or type(decision.refusal)) in ([answer], answer)


@pytest.mark.parametrize(
    ("rules", "now", "choices"),
    [
        (HELD, OPENS, [ASKS_AND_HOLDS, Queue(NEW, 1), Grant(NEW, 3)]),
        (KEPT, OPENS, [ASKS, Queue(NEW, 1), Queue(NEW, 3)]),
        (LATE, CLOSES, [ASKS, Queue(NEW, 1), Queue(NEW, 3)]),
    ],
)
def test_what_is_held_is_taken_and_what_is_noted_is_counted_nowhere(rules, now, choices):
    here = hall(ROOMY, [(A, FULL), (C, ROOMY)], now=now, rules=rules)
    decision = decide(here, Register((wish(1), wish(3))))
    assert list(decision.moves) == choices
    holds = rules is HELD
    places = {**here.places, **decision.places}
    assert (places[CONGRESS].taken, places[CONGRESS].waiting) == (int(holds), 0)
    assert (places[1].taken, places[1].waiting) == (1, int(holds))
    assert (places[3].taken, places[3].waiting) == (int(holds), 0)


def test_whom_an_organiser_enters_need_not_ask():
    for rules, now in ((HELD, OPENS), (KEPT, OPENS), (LATE, CLOSES)):
        here = hall(ROOMY, now=now, rules=rules)
        assert moves(here, Register(by_hand=ByHand())) == [COMES]


def test_whom_organisers_have_invited_need_not_ask():
    guest = replace(NOBODY, is_invited=True)
    here = hall(ROOMY, rules=HELD)
    assert moves(here, Register(newcomer=guest)) == [COMES]


def test_a_held_place_counts_in_the_quota_of_its_organisation():
    here = replace(hall(ROOMY, rules=HELD), delegations={"lunen": Delegation(1)})
    decision = decide(here, Register(newcomer=replace(NOBODY, quota_key="lunen")))
    assert decision.delegations["lunen"].taken == 1
    full = replace(here, delegations={"lunen": Delegation(1, taken=1)})
    beyond = replace(full, people={7: replace(asking(7), quota_key="lunen")})
    assert moves(full, Register(newcomer=replace(NOBODY, quota_key="lunen"))) == [ASKS]
    assert refusal(beyond, Accept(7)) is QuotaReached
    assert moves(beyond, Accept(7, WAIT)) == [Queue(7, CONGRESS)]
    assert moves(beyond, Accept(7, BEYOND)) == [Grant(7, CONGRESS)]


# --- organisers decide

FREE = Places(capacity=2, taken=1)
WAIT = ByHand(waits=frozenset({CONGRESS, 1}))
BEYOND = ByHand(beyond=frozenset({CONGRESS, 1}))
SAID_NOTHING = ByHand()


@pytest.mark.parametrize(
    ("places", "by_hand", "answer"),
    [
        (FREE, SAID_NOTHING, [Grant(7, CONGRESS)]),
        (FULL, SAID_NOTHING, NoFreePlace),
        (FULL, WAIT, [Queue(7, CONGRESS)]),
        (FULL, BEYOND, [Grant(7, CONGRESS)]),
        (SHUT, WAIT, CongressFull),
        (SHUT, BEYOND, [Grant(7, CONGRESS)]),
    ],
)
def test_who_only_asked_gets_a_place_or_waits_as_organisers_say(places, by_hand, answer):
    decision = decide(hall(places, (), asking(7)), Accept(7, by_hand))
    assert (list(decision.moves) or type(decision.refusal)) in (answer, [answer])


@pytest.mark.parametrize(
    ("workshop_places", "by_hand", "answer"),
    [
        (FREE, SAID_NOTHING, [Grant(7, CONGRESS), Grant(7, 1, moved_up=True)]),
        (FULL, SAID_NOTHING, NoPlaceIn),
        (FULL, WAIT, [Grant(7, CONGRESS)]),  # and is counted in its queue from now on
        (FULL, BEYOND, [Grant(7, CONGRESS), Grant(7, 1, moved_up=True)]),
    ],
)
def test_noted_choices_become_places_or_positions(workshop_places, by_hand, answer):
    here = hall(ROOMY, [(A, workshop_places)], asking(7, booked(1, WAITING)), lines={1: (7,)})
    decision = decide(here, Accept(7, by_hand))
    if decision.refusal is not None:
        assert type(decision.refusal) is answer
        return
    assert list(decision.moves) == answer
    places = after(here, decision).places[1]
    has_place = len(answer) > 1
    assert places.taken == workshop_places.taken + int(has_place)
    assert places.waiting == int(not has_place)


def test_a_choice_without_a_place_and_without_a_queue_is_left_out():
    here = hall(ROOMY, [(A, SHUT)], asking(7, booked(1, WAITING)), lines={1: (7,)})
    decision = decide(here, Accept(7, WAIT))
    assert list(decision.moves) == [Grant(7, CONGRESS), Release(7, 1)]
    assert after(here, decision).places[1] == SHUT


def test_what_was_held_is_theirs_without_another_count():
    here = hall(
        Places(capacity=1, taken=1),
        [(A, FULL), (C, Places(capacity=5, taken=2, waiting=1))],
        asking(7, booked(1), booked(3, WAITING), holds=True),
        lines={3: (7,)},
    )
    # A free place in the afternoon was theirs at once, were it served; so it is now.
    kept = replace(here, places={**here.places, 3: Places(capacity=2, taken=2, waiting=1)})
    decision = decide(kept, Accept(7, ByHand(waits=frozenset({3}))))
    assert list(decision.moves) == [Grant(7, CONGRESS)]
    assert decision.places == {}
    assert after(kept, decision).people[7] == inside(7, booked(1), booked(3, WAITING))


def test_the_backup_place_is_given_up_for_a_place_beyond():
    here = hall(
        ROOMY,
        [(A, FULL), (B, FREE)],
        asking(7, booked(2, WAITING), booked(1, WAITING, instead_of=2)),
        lines={1: (7,), 2: (7,)},
    )
    assert moves(here, Accept(7, ByHand(waits=frozenset({1})))) == [
        Grant(7, CONGRESS),
        Grant(7, 2, moved_up=True),
    ]
    assert moves(here, Accept(7, ByHand(beyond=frozenset({1})))) == [
        Grant(7, CONGRESS),
        Grant(7, 2, moved_up=True),
        Grant(7, 1, moved_up=True),
        Release(7, 2, moved_on=True),
    ]


def test_what_is_called_off_asks_for_no_word():
    off = workshop(1, cancelled=True)
    here = hall(ROOMY, [(off, FULL)], asking(7, booked(1, WAITING)), lines={1: (7,)})
    assert moves(here, Accept(7)) == [Grant(7, CONGRESS)]


@pytest.mark.parametrize(
    ("person", "state", "why"),
    [
        (inside(7), CongressState.PUBLISHED, NotRequested),
        (asking(7), CongressState.CANCELLED, CongressNotTakingPart),
    ],
)
def test_only_what_is_open_is_decided(person, state, why):
    assert refusal(hall(ROOMY, (), person, state=state), Accept(7)) is why


# --- until then


@pytest.mark.parametrize(
    "wanted",
    [
        Choose(7, (wish(2),)),
        Choose(7, (wish(2),), by_hand=BEYOND),
        Leave(7, 1),
    ],
)
def test_nothing_is_changed_before_it_is_decided(wanted):
    here = hall(ROOMY, [(A, FREE), (B, FREE)], asking(7, booked(1), holds=True))
    assert refusal(here, wanted) is NotDecided


@pytest.mark.parametrize(
    ("holds", "taken"),
    [(True, 4), (False, 5)],
)
def test_a_request_ends_and_frees_what_it_held(holds, taken):
    here = hall(
        Places(capacity=5, taken=5),
        [(A, Places(capacity=5, taken=3))],
        asking(7, booked(1) if holds else booked(1, WAITING), holds=holds),
        now=STARTS - ONE_SECOND,
        period=replace(hall().period, withdrawals_until=OPENS),
    )
    decision = decide(here, Withdraw(7))
    assert decision.refusal is None
    then = after(here, decision)
    assert then.people[7].state is RegistrationState.CANCELLED
    assert then.places[CONGRESS] == Places(capacity=5, taken=taken)
    assert then.places[1] == Places(capacity=5, taken=2 if holds else 3)


@pytest.mark.parametrize(("holds", "next_one"), [(True, [Grant(7, 1, moved_up=True)]), (False, [])])
def test_a_held_person_moves_up_in_workshops_and_one_who_only_asked_does_not(holds, next_one):
    full = Places(capacity=1, taken=1, waiting=int(holds))
    here = hall(ROOMY, [(A, full)], asking(7, booked(1, WAITING), holds=holds), lines={1: (7,)})
    assert moves(here, Resize({1: (2, True)})) == next_one


def test_nobody_asks_for_what_does_not_take_place():
    off = workshop(1, cancelled=True)
    here = hall(ROOMY, [(off, ROOMY)], now=CLOSES, rules=LATE)
    assert refusal(here, Register((wish(1),))) is WorkshopCancelled
