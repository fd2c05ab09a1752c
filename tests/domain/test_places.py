"""Who gets a place: the tables of cases are the rule, door by door."""

from dataclasses import replace

import pytest

from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, NEWCOMER, Line, Person
from congress.domain.places import (
    Choose,
    Leave,
    MoveUp,
    PassOn,
    Register,
    Resize,
    Withdraw,
    decide,
)
from congress.domain.registration import (
    CongressFull,
    CongressHasBegun,
    CongressNotTakingPart,
    NoFreePlace,
    NotWaiting,
    RegistrationCancelled,
    RegistrationClosed,
    RegistrationNotOpenYet,
    RegistrationState,
    SafePlaceNotFree,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.seating import Decision, Gain, Grant, Queue, Release
from congress.domain.time_slots import TimeSlot
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    FULL,
    LATE_MORNING,
    MORNING,
    NOON,
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
    outside,
    wish,
    workshop,
)

NEW = NEWCOMER
COMES = Grant(NEW, CONGRESS)
A, B, C = workshop(1), workshop(2), workshop(3, AFTERNOON)


def moves(hall, wanted):
    decision = decide(hall, wanted)
    assert decision.refusal is None
    assert not decision.unread
    return list(decision.moves)


def refusal(hall, wanted):
    decision = decide(hall, wanted)
    assert decision.moves == ()
    return type(decision.refusal)


# --- registering


@pytest.mark.parametrize(
    ("places", "move"),
    [
        (Places(capacity=None, taken=900), Grant(NEW, 1)),
        (Places(capacity=2, taken=1), Grant(NEW, 1)),
        (Places(capacity=2, taken=2), Queue(NEW, 1)),
        (Places(capacity=2, taken=3, overbooked=1), Queue(NEW, 1)),
        (Places(capacity=0), Queue(NEW, 1)),
    ],
    ids=["unlimited", "last place", "full", "overbooked", "no places"],
)
def test_a_workshop_place_is_given_or_waited_for(places, move):
    assert moves(hall(ROOMY, [(A, places)]), Register((wish(1),))) == [COMES, move]


@pytest.mark.parametrize(
    ("places", "move"),
    [
        (Places(capacity=None), COMES),
        (Places(capacity=2, taken=1), COMES),
        (Places(capacity=2, taken=2), Queue(NEW, CONGRESS)),
    ],
    ids=["unlimited", "last place", "full"],
)
def test_the_congress_has_places_and_a_queue_of_its_own(places, move):
    assert moves(hall(places), Register()) == [move]


def test_a_free_place_is_promised_to_the_queue_first():
    free = Places(capacity=2, taken=1, waiting=1)
    first = outside(7)

    assert moves(hall(free, (), first, lines={CONGRESS: (7,)}), Register()) == [
        Grant(7, CONGRESS, moved_up=True),
        Queue(NEW, CONGRESS),
    ]


def test_a_newcomer_gets_what_nobody_ahead_may_have():
    """Who would sit in two workshops at once is passed over and keeps the place in the queue."""
    sits_elsewhere = inside(7, booked(1, WAITING), booked(2))
    places = Places(capacity=2, taken=1, waiting=1)
    here = hall(ROOMY, [(A, places), (B, FULL)], sits_elsewhere, lines={1: (7,)})

    decision = decide(here, Register((wish(1),)))

    assert list(decision.moves) == [COMES, Grant(NEW, 1)]
    assert decision.places[1] == Places(capacity=2, taken=2, waiting=1)
    assert {key: type(reason) for key, reason in decision.passed_over.items()} == {
        (7, 1): WorkshopsClash
    }


def test_nobody_overtakes_a_queue_that_may_not_move_any_more():
    begun = hall(Places(capacity=2, taken=1, waiting=1), lines={CONGRESS: (7,)}, now=OPENS)

    assert moves(replace(begun, starts_at=OPENS), Register()) == [Queue(NEW, CONGRESS)]


def test_a_full_workshop_does_not_cost_the_others():
    here = hall(ROOMY, [(A, FULL), (C, ROOMY)])

    assert moves(here, Register((wish(1), wish(3)))) == [COMES, Queue(NEW, 1), Grant(NEW, 3)]


def test_whoever_waits_for_the_congress_keeps_wishes_but_holds_no_place():
    here = hall(FULL, [(A, ROOMY), (C, FULL)])

    decision = decide(here, Register((wish(1), wish(3))))

    assert list(decision.moves) == [Queue(NEW, CONGRESS), Queue(NEW, 1), Queue(NEW, 3)]
    assert decision.places == {CONGRESS: Places(capacity=1, taken=1, waiting=1)}


@pytest.mark.parametrize(
    ("wanted", "safe", "expected"),
    [
        (FULL, ROOMY, [COMES, Grant(NEW, 1), Queue(NEW, 2, instead_of=1)]),
        (ROOMY, ROOMY, [COMES, Grant(NEW, 2)]),
    ],
    ids=["held while waiting for the wish", "not needed when the wish is free"],
)
def test_a_safe_place(wanted, safe, expected):
    here = hall(ROOMY, [(A, safe), (B, wanted)])

    assert moves(here, Register((wish(2, safe=1),))) == expected


def test_a_safe_place_is_wished_for_while_one_waits_for_the_congress():
    here = hall(FULL, [(A, FULL), (B, ROOMY)])

    assert moves(here, Register((wish(2, safe=1),))) == [
        Queue(NEW, CONGRESS),
        Queue(NEW, 1),
        Queue(NEW, 2, instead_of=1),
    ]


CANCELLED = workshop(1, cancelled=True)
LATER = workshop(2, LATE_MORNING)


@pytest.mark.parametrize(
    ("congress", "workshops", "wishes", "reason"),
    [
        (SHUT, [], (), CongressFull),
        (ROOMY, [(A, SHUT)], (wish(1),), WorkshopFull),
        (FULL, [(A, SHUT)], (wish(1),), WorkshopFull),
        (ROOMY, [(CANCELLED, ROOMY)], (wish(1),), WorkshopCancelled),
        (ROOMY, [], (wish(9),), UnknownWorkshop),
        (ROOMY, [(A, FULL)], (wish(1, safe=9),), UnknownWorkshop),
        (ROOMY, [(A, ROOMY), (B, ROOMY)], (wish(1), wish(2)), WorkshopsClash),
        (ROOMY, [(A, ROOMY), (LATER, ROOMY)], (wish(1), wish(2)), WorkshopsClash),
        (ROOMY, [(A, FULL), (B, FULL)], (wish(1, safe=2),), SafePlaceNotFree),
        (ROOMY, [(A, FULL), (B, SHUT)], (wish(1, safe=2),), WorkshopFull),
        (
            ROOMY,
            [
                (A, FULL),
                (LATER, ROOMY),
                (workshop(3, TimeSlot(MORNING.ends_at, NOON)), ROOMY),
            ],
            (wish(1, safe=2), wish(3)),
            WorkshopsClash,
        ),
    ],
    ids=[
        "congress full, no queue",
        "workshop full, no queue",
        "workshop full, no queue, and waiting for the congress",
        "workshop cancelled",
        "no such workshop",
        "no such safe place",
        "same time",
        "overlapping in part",
        "the safe place is none",
        "the safe place is full and shut",
        "the safe place overlaps another choice",
    ],
)
def test_some_wishes_are_refused(congress, workshops, wishes, reason):
    assert refusal(hall(congress, workshops), Register(wishes)) is reason


@pytest.mark.parametrize(
    ("now", "state", "reason"),
    [
        (OPENS - ONE_SECOND, CongressState.PUBLISHED, RegistrationNotOpenYet),
        (CLOSES, CongressState.PUBLISHED, RegistrationClosed),
        (OPENS, CongressState.DRAFT, CongressNotTakingPart),
        (OPENS, CongressState.CANCELLED, CongressNotTakingPart),
        (OPENS, CongressState.FINISHED, CongressNotTakingPart),
    ],
    ids=["too early", "too late", "a draft", "called off", "over"],
)
def test_there_is_a_time_for_registering(now, state, reason):
    """REL-30, REL-31."""
    assert refusal(hall(now=now, state=state), Register()) is reason


@pytest.mark.parametrize("now", [OPENS, CLOSES - ONE_SECOND])
def test_the_first_and_the_last_second_count(now):
    """REL-30, REL-31."""
    assert moves(hall(now=now), Register()) == [COMES]


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
        (inside(9), CLOSES, CongressState.PUBLISHED, RegistrationClosed),
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


# --- moving up by hand


@pytest.mark.parametrize(
    ("places", "overbook", "expected"),
    [
        (FULL, True, Places(capacity=1, taken=2, waiting=0, overbooked=1)),
        (Places(capacity=3, taken=1), False, Places(capacity=3, taken=2)),
    ],
    ids=["beyond the places", "into a free one"],
)
def test_an_organiser_lets_somebody_in(places, overbook, expected):
    here = hall(places.counted(0, 1), (), outside(9), lines={CONGRESS: (9,)})

    decision = decide(here, MoveUp(9, CONGRESS, overbook))

    assert list(decision.moves) == [Grant(9, CONGRESS, moved_up=True)]
    assert decision.places == {CONGRESS: expected}


def test_moving_up_by_hand_frees_the_place_held_meanwhile():
    here = hall(
        ROOMY,
        [(A, Places(capacity=0, waiting=1)), (B, Places(capacity=1, taken=1, waiting=1))],
        inside(9, booked(2), booked(1, WAITING, instead_of=2)),
        inside(10, booked(2, WAITING)),
        lines={1: (9,), 2: (10,)},
    )

    assert moves(here, MoveUp(9, 1, overbook=True)) == [
        Grant(9, 1, moved_up=True),
        Release(9, 2, moved_on=True),
        Grant(10, 2, moved_up=True),
    ]


@pytest.mark.parametrize(
    ("person", "key", "workshops", "state", "reason"),
    [
        (outside(9), CONGRESS, [], CongressState.PUBLISHED, NoFreePlace),
        (outside(9), CONGRESS, [], CongressState.CANCELLED, CongressNotTakingPart),
        (inside(9), 1, [(A, ROOMY)], CongressState.PUBLISHED, NotWaiting),
        (outside(9, booked(1, WAITING)), 1, [(A, ROOMY)], CongressState.PUBLISHED, NotWaiting),
        (
            inside(9, booked(1, WAITING)),
            1,
            [(CANCELLED, ROOMY)],
            CongressState.PUBLISHED,
            WorkshopCancelled,
        ),
        (
            inside(9, booked(1, WAITING), booked(2)),
            1,
            [(A, ROOMY), (B, FULL)],
            CongressState.PUBLISHED,
            WorkshopsClash,
        ),
        (inside(9, booked(1, WAITING)), 1, [(A, FULL)], CongressState.PUBLISHED, NoFreePlace),
    ],
    ids=[
        "no place",
        "called off",
        "does not wait",
        "waits for the congress",
        "does not take place",
        "sits elsewhere at that time",
        "no place in the workshop",
    ],
)
def test_some_cannot_be_let_in(person, key, workshops, state, reason):
    assert refusal(hall(FULL, workshops, person, state=state), MoveUp(9, key)) is reason


@pytest.mark.parametrize(("person", "key"), [(inside(9), CONGRESS), (inside(9, booked(1)), 1)])
def test_whoever_is_in_stays_as_they_are(person, key):
    """REL-05."""
    here = hall(FULL, [(A, FULL)], person)

    assert decide(here, MoveUp(9, key, overbook=True)) == Decision()


# --- more places, fewer, and what takes place after all


@pytest.mark.parametrize(
    ("capacity", "moved_up", "after"),
    [
        (5, [7, 8, 9], Places(capacity=5, taken=5, waiting=1)),
        (None, [7, 8, 9, 10], Places(capacity=None, taken=6)),
        (1, [], Places(capacity=1, taken=2, waiting=4, overbooked=1)),
    ],
    ids=["as many as there are more", "no limit", "fewer remove nobody"],
)
def test_other_numbers_of_places(capacity, moved_up, after):
    """REL-06."""
    here = hall(
        Places(capacity=2, taken=2, waiting=4),
        (),
        *map(outside, (7, 8, 9, 10)),
        lines={CONGRESS: (7, 8, 9, 10)},
    )

    decision = decide(here, Resize({CONGRESS: (capacity, True)}))

    assert list(decision.moves) == [Grant(each, CONGRESS, moved_up=True) for each in moved_up]
    assert decision.places == {CONGRESS: after}


def test_the_same_number_of_places_changes_nothing():
    assert decide(hall(FULL), Resize({CONGRESS: (1, True)})) == Decision()


@pytest.mark.parametrize(
    ("state", "moved_up"),
    [(CongressState.PUBLISHED, [10]), (CongressState.CANCELLED, []), (CongressState.FINISHED, [])],
    ids=["takes place again", "called off", "over"],
)
def test_free_places_are_passed_on_only_in_what_takes_place(state, moved_up):
    here = hall(
        ROOMY,
        [(A, Places(capacity=1, waiting=1))],
        inside(10, booked(1, WAITING)),
        lines={1: (10,)},
        state=state,
    )

    assert [move.person for move in moves(here, PassOn(frozenset({1})))] == moved_up


def test_nobody_moves_up_into_a_workshop_that_does_not_take_place():
    here = hall(
        ROOMY,
        [(CANCELLED, Places(capacity=1, waiting=1))],
        inside(10, booked(1, WAITING)),
        lines={1: (10,)},
    )

    assert moves(here, PassOn(frozenset({1}))) == []


# --- queues are read as far as they are needed


def test_a_queue_nobody_read_is_asked_for():
    here = hall(Places(capacity=3, taken=1, waiting=5))

    assert decide(here, PassOn(frozenset({CONGRESS}))) == Decision(unread={CONGRESS: 2})


def test_a_queue_whose_head_is_passed_over_is_read_further():
    sits_elsewhere = inside(7, booked(1, WAITING), booked(2))
    here = hall(
        ROOMY,
        [(A, Places(capacity=1, waiting=2)), (B, FULL)],
        sits_elsewhere,
        lines={1: Line((7,), is_whole=False)},
    )

    assert decide(here, PassOn(frozenset({1}))) == Decision(unread={1: 2})


def test_a_wish_is_not_refused_before_the_queues_are_known():
    here = hall(Places(capacity=3, taken=1, waiting=5, waiting_list_open=False))

    assert decide(here, Register()) == Decision(unread={CONGRESS: 2})
