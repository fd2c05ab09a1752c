"""Who gets a place: other workshops, places given back. The tables of cases are the rule."""

import pytest

from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, NEWCOMER, Person
from congress.domain.moves import Decision, Gain, Grant, Queue, Release
from congress.domain.places import (
    Choose,
    Leave,
    Withdraw,
    decide,
)
from congress.domain.registration import (
    ChangesClosed,
    CongressHasBegun,
    CongressNotTakingPart,
    NotWaiting,
    RegistrationCancelled,
    RegistrationState,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.workshops import Places, WorkshopsClash
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
    WHOLE_DAY,
    booked,
    hall,
    inside,
    moves,
    outside,
    refusal,
    wish,
    workshop,
)

NEW = NEWCOMER
COMES = Grant(NEW, CONGRESS)
A, B, C = workshop(1), workshop(2), workshop(3, AFTERNOON)


# --- choosing other workshops


@pytest.mark.parametrize(
    ("bookings", "wanted", "places", "expected"),
    [
        ([], 2, ROOMY, [Grant(9, 2)]),
        ([booked(1)], 2, ROOMY, [Release(9, 1), Grant(9, 2)]),
        ([booked(1)], 2, FULL, [Queue(9, 2, instead_of=1)]),
        ([], 2, FULL, [Queue(9, 2)]),
        (
            [booked(1), booked(4, WAITING)],
            2,
            FULL,
            [Release(9, 4), Queue(9, 2, instead_of=1)],
        ),
        (
            [booked(1), booked(4, WAITING)],
            2,
            ROOMY,
            [Release(9, 1), Release(9, 4), Grant(9, 2)],
        ),
        ([booked(1), booked(4, WAITING)], 1, FULL, [Release(9, 4)]),
        ([booked(1), booked(4, WAITING)], 4, FULL, []),
        ([booked(1), booked(3)], 2, ROOMY, [Release(9, 1), Grant(9, 2)]),
    ],
    ids=[
        "a first workshop",
        "swapped at once",
        "the old place is kept",
        "nothing to keep",
        "one queue at a time",
        "a free place ends the waiting",
        "staying ends the waiting",
        "waiting already",
        "other times stay",
    ],
)
def test_a_wish_of_somebody_inside_is_decided(bookings, wanted, places, expected):
    queued = Places(capacity=1, taken=1, waiting=1)
    workshops = [(A, FULL), (B, FULL), (C, FULL), (workshop(4), queued)]
    workshops = [(each, places if each.id == wanted else of) for each, of in workshops]
    if wanted == 4:
        workshops[3] = (workshop(4), queued)
    here = hall(ROOMY, workshops, inside(9, *bookings), lines={4: (9,)})

    assert moves(here, Choose(9, (wish(wanted),))) == expected


@pytest.mark.parametrize(
    ("bookings", "wanted", "expected"),
    [
        ([], 2, [Queue(9, 2)]),
        ([booked(1, WAITING)], 2, [Release(9, 1), Queue(9, 2)]),
        ([booked(1, WAITING)], 1, []),
    ],
    ids=["a first wish", "another wish", "the same wish"],
)
def test_whoever_waits_for_the_congress_only_keeps_wishes(bookings, wanted, expected):
    full = Places(capacity=1, taken=1, waiting=1)
    here = hall(full, [(A, ROOMY), (B, ROOMY)], outside(9, *bookings), lines={CONGRESS: (9,)})

    decision = decide(here, Choose(9, (wish(wanted),)))

    assert list(decision.moves) == expected
    assert decision.places == {}


@pytest.mark.parametrize(
    ("workshops", "bookings", "reason"),
    [
        ([(A, FULL), (B, SHUT)], [booked(1)], WorkshopFull),
        ([(A, FULL), (workshop(2, cancelled=True), ROOMY)], [booked(1)], WorkshopCancelled),
        ([(A, FULL)], [booked(1)], UnknownWorkshop),
        (
            [(A, FULL), (workshop(2, WHOLE_DAY), FULL), (C, FULL)],
            [booked(1), booked(3)],
            WorkshopsClash,
        ),
    ],
    ids=["full, no queue", "cancelled", "no such workshop", "in place of two workshops"],
)
def test_what_cannot_be_had_is_refused_and_the_old_place_stays(workshops, bookings, reason):
    assert refusal(hall(ROOMY, workshops, inside(9, *bookings)), Choose(9, (wish(2),))) is reason


def test_two_wishes_that_overlap_are_refused_together():
    here = hall(ROOMY, [(A, ROOMY), (B, ROOMY)], inside(9))

    assert refusal(here, Choose(9, (wish(1), wish(2)))) is WorkshopsClash


@pytest.mark.parametrize(
    ("person", "now", "state", "reason"),
    [
        (inside(9), CLOSES, CongressState.PUBLISHED, ChangesClosed),
        (inside(9), OPENS, CongressState.CANCELLED, CongressNotTakingPart),
        (
            Person(9, RegistrationState.CANCELLED),
            OPENS,
            CongressState.PUBLISHED,
            RegistrationCancelled,
        ),
    ],
    ids=["after the deadline", "called off", "withdrawn"],
)
def test_choosing_ends_with_the_deadline_and_with_the_registration(person, now, state, reason):
    here = hall(ROOMY, [(A, ROOMY)], person, now=now, state=state)

    assert refusal(here, Choose(9, (wish(1),))) is reason


# --- giving back, withdrawing


def test_a_place_given_back_goes_on_down_the_chain():
    """Each moves up and frees the place that was held meanwhile, in one decision."""
    queued = Places(capacity=1, taken=1, waiting=1)
    here = hall(
        ROOMY,
        [(A, queued), (B, queued), (workshop(3), FULL)],
        inside(10, booked(1)),
        inside(11, booked(2), booked(1, WAITING, instead_of=2)),
        inside(12, booked(3), booked(2, WAITING, instead_of=3)),
        lines={1: (11,), 2: (12,)},
    )

    decision = decide(here, Leave(10, 1))

    assert list(decision.moves) == [
        Release(10, 1),
        Grant(11, 1, moved_up=True),
        Release(11, 2, moved_on=True),
        Grant(12, 2, moved_up=True),
        Release(12, 3, moved_on=True),
    ]
    assert decision.gains == {
        11: Gain(workshops=[1], given_up=[2]),
        12: Gain(workshops=[2], given_up=[3]),
    }
    assert decision.freed_by(10) == [1]
    assert {key: places.taken for key, places in decision.places.items()} == {1: 1, 2: 1, 3: 0}


@pytest.mark.parametrize("workshop_id", [2, None], ids=["not booked", "not known"])
def test_giving_back_what_one_has_not_changes_nothing(workshop_id):
    here = hall(ROOMY, [(A, FULL), (B, FULL)], inside(9, booked(1)))

    assert decide(here, Leave(9, workshop_id)) == Decision()


def test_whoever_withdraws_frees_everything_and_the_next_brings_the_wishes_along():
    here = hall(
        Places(capacity=1, taken=1, waiting=1),
        [(A, FULL)],
        inside(9, booked(1)),
        outside(10, booked(1, WAITING)),
        lines={CONGRESS: (10,), 1: (10,)},
    )

    decision = decide(here, Withdraw(9))

    assert list(decision.moves) == [
        Release(9, 1),
        Release(9, CONGRESS),
        Grant(10, CONGRESS, moved_up=True),
        Grant(10, 1, moved_up=True),
    ]
    assert decision.places == {CONGRESS: Places(capacity=1, taken=1)}


def test_whoever_waits_for_the_congress_is_passed_over_in_its_workshops():
    """REL-04."""
    here = hall(
        Places(capacity=2, taken=2, waiting=1),
        [(A, Places(capacity=1, taken=1, waiting=1))],
        inside(9, booked(1)),
        outside(10, booked(1, WAITING)),
        inside(11, booked(1, WAITING)),
        lines={CONGRESS: (10,), 1: (10, 11)},
    )

    decision = decide(here, Leave(9, 1))

    assert list(decision.moves) == [Release(9, 1), Grant(11, 1, moved_up=True)]
    assert {key: type(reason) for key, reason in decision.passed_over.items()} == {
        (10, 1): NotWaiting
    }


def test_withdrawing_again_changes_nothing():
    """REL-22."""
    assert decide(hall(ROOMY, (), Person(9, RegistrationState.CANCELLED)), Withdraw(9)) == (
        Decision()
    )


def test_places_can_be_given_back_until_the_congress_begins():
    def at(now):
        return hall(ROOMY, [(A, FULL)], inside(9, booked(1)), now=now)

    assert moves(at(STARTS - ONE_SECOND), Leave(9, 1)) == [Release(9, 1)]
    assert refusal(at(STARTS), Leave(9, 1)) is CongressHasBegun
    assert refusal(at(STARTS), Withdraw(9)) is CongressHasBegun
    assert moves(at(STARTS), Withdraw(9, by_organiser=True))[-1] == Release(9, CONGRESS)


@pytest.mark.parametrize("state", [CongressState.CANCELLED, CongressState.FINISHED])
@pytest.mark.parametrize("booking", [booked(1), booked(1, WAITING)])
def test_places_in_what_was_called_off_are_kept_for_when_it_takes_place_after_all(state, booking):
    off = workshop(1, cancelled=True)

    assert refusal(hall(ROOMY, [(off, FULL)], inside(9, booking)), Leave(9, 1)) is WorkshopCancelled
    called_off = hall(ROOMY, [(A, FULL)], inside(9, booking), state=state)
    assert refusal(called_off, Leave(9, 1)) is CongressNotTakingPart
    # Who wants another workshop gives the place up for it.
    choice = hall(ROOMY, [(off, FULL), (B, ROOMY)], inside(9, booking))
    assert moves(choice, Choose(9, (wish(2),))) == [Release(9, 1), Grant(9, 2)]


def test_nobody_moves_up_once_the_congress_has_begun():
    here = hall(
        Places(capacity=1, taken=1, waiting=1),
        (),
        inside(9),
        outside(10),
        lines={CONGRESS: (10,)},
        now=STARTS,
    )

    assert moves(here, Withdraw(9, by_organiser=True)) == [Release(9, CONGRESS)]
