"""Who gets a place when an organiser acts for somebody: at any time, and beyond only if asked."""

import pytest

from congress.domain.congresses import CongressState
from congress.domain.moves import Grant, Queue, Release
from congress.domain.places import Choose, decide
from congress.domain.registration import (
    ChangesClosed,
    CongressNotTakingPart,
    NoPlaceIn,
    RegistrationNotOpenYet,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.room import ByHand
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
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    wish,
    workshop,
)

A, B, C = workshop(1), workshop(2), workshop(3, AFTERNOON)
ASKED = ByHand()
WAITS, BEYOND = ByHand(waits=frozenset({2})), ByHand(beyond=frozenset({2}))


def assign(*wishes: int, given_up: tuple[int, ...] = (), by_hand: ByHand = ASKED) -> Choose:
    return Choose(9, tuple(wish(each) for each in wishes), given_up, by_hand)


@pytest.mark.parametrize(
    ("places", "by_hand", "expected"),
    [
        (ROOMY, ASKED, [Release(9, 1), Grant(9, 2)]),
        (FULL, WAITS, [Queue(9, 2, instead_of=1)]),
        (FULL, BEYOND, [Release(9, 1), Grant(9, 2)]),
        (SHUT, BEYOND, [Release(9, 1), Grant(9, 2)]),
        (ROOMY, BEYOND, [Release(9, 1), Grant(9, 2)]),
        (ROOMY, WAITS, [Release(9, 1), Grant(9, 2)]),
    ],
    ids=["free", "queues", "beyond", "beyond a closed queue", "free after all", "free as well"],
)
def test_an_organiser_moves_somebody_to_another_workshop(places, by_hand, expected):
    here = hall(ROOMY, [(A, FULL), (B, places), (C, FULL)], inside(9, booked(1), booked(3)))

    assert moves(here, assign(2, by_hand=by_hand)) == expected


def test_a_place_beyond_is_counted_as_one():
    here = hall(ROOMY, [(A, FULL), (B, FULL)], inside(9, booked(1)))

    places = decide(here, assign(2, by_hand=BEYOND)).places

    assert (places[2].taken, places[2].overbooked) == (2, 1)
    assert (places[1].taken, places[1].overbooked) == (0, 0)


@pytest.mark.parametrize(
    ("places", "by_hand", "expected"),
    [(FULL, ASKED, NoPlaceIn), (SHUT, ASKED, NoPlaceIn), (SHUT, WAITS, WorkshopFull)],
    ids=["nothing was said", "nothing was said of a closed queue", "no queue to stand in"],
)
def test_nothing_happens_by_a_slip_where_nothing_is_free(places, by_hand, expected):
    here = hall(ROOMY, [(A, FULL), (B, places)], inside(9, booked(1)))

    assert refusal(here, assign(2, by_hand=by_hand)) is expected


def test_whoever_waits_comes_before_somebody_who_is_moved():
    queued = Places(capacity=1, waiting=1)
    here = hall(
        ROOMY, [(A, ROOMY), (B, queued)], inside(9), inside(4, booked(2, WAITING)), lines={2: (4,)}
    )

    assert refusal(here, assign(2)) is NoPlaceIn
    assert moves(here, assign(2, by_hand=BEYOND)) == [Grant(4, 2, moved_up=True), Grant(9, 2)]


def test_a_workshop_is_taken_away_and_its_place_passed_on():
    queued = Places(capacity=1, taken=1, waiting=1)
    people = (inside(9, booked(1), booked(3)), inside(4, booked(1, WAITING)))
    here = hall(ROOMY, [(A, queued), (C, ROOMY)], *people, lines={1: (4,)})

    assert moves(here, assign(given_up=(1,))) == [Release(9, 1), Grant(4, 1, moved_up=True)]
    assert moves(here, assign(given_up=(8,))) == []


def test_whoever_waits_for_the_congress_is_asked_nothing_and_only_keeps_wishes():
    here = hall(FULL, [(A, FULL)], outside(9))

    assert moves(here, assign(1)) == [Queue(9, 1)]
    assert moves(here, assign(1, by_hand=ByHand(beyond=frozenset({1})))) == [Queue(9, 1)]


@pytest.mark.parametrize(
    ("now", "refused"),
    [
        (OPENS - ONE_SECOND, RegistrationNotOpenYet),
        (CLOSES, ChangesClosed),
        (STARTS, ChangesClosed),
    ],
)
def test_the_deadline_is_for_attendees(now, refused):
    here = hall(ROOMY, [(A, ROOMY), (B, ROOMY)], inside(9, booked(1)), now=now)

    assert moves(here, assign(2)) == [Release(9, 1), Grant(9, 2)]
    assert refusal(here, Choose(9, (wish(2),))) is refused


def test_what_does_not_take_place_has_no_places_for_organisers_either():
    off = workshop(1, cancelled=True)

    assert refusal(hall(ROOMY, [(off, ROOMY)], inside(9)), assign(1)) is WorkshopCancelled
    finished = hall(ROOMY, [(A, ROOMY)], inside(9), state=CongressState.FINISHED)
    assert refusal(finished, assign(1)) is CongressNotTakingPart
