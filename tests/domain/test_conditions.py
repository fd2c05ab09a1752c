"""What stands between somebody and a place: each condition, and who is passed over in a queue."""

from datetime import timedelta

import pytest

from congress.domain import conditions
from congress.domain.congresses import CongressState
from congress.domain.hall import CONGRESS, Person
from congress.domain.registration import (
    BookingState,
    CongressFull,
    CongressHasBegun,
    CongressNotTakingPart,
    NoFreePlace,
    NotWaiting,
    RegistrationCancelled,
    RegistrationClosed,
    RegistrationNotOpenYet,
    RegistrationState,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.workshops import Places, WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    CONFIRMED,
    FULL,
    LATE_MORNING,
    ONE_SECOND,
    OPENS,
    ROOMY,
    SHUT,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    outside,
    workshop,
)

NOBODY = type(None)
A, OVERLAPPING, LATER = workshop(1), workshop(2, LATE_MORNING), workshop(3, AFTERNOON)
CALLED_OFF = workshop(4, AFTERNOON, cancelled=True)
WORKSHOPS = [(each, ROOMY) for each in (A, OVERLAPPING, LATER, CALLED_OFF)]
GIVEN_BACK = BookingState.CANCELLED


def reason(condition, hall, person=None, key=CONGRESS):
    """The kind of reason that a condition gives."""
    return type(condition(hall, person or inside(7), key))


@pytest.mark.parametrize(
    ("state", "new_places", "given_back"),
    [
        (CongressState.DRAFT, CongressNotTakingPart, CongressNotTakingPart),
        (CongressState.PUBLISHED, NOBODY, NOBODY),
        (CongressState.CANCELLED, CongressNotTakingPart, NOBODY),
        (CongressState.FINISHED, CongressNotTakingPart, NOBODY),
    ],
    ids=lambda value: str(value) if isinstance(value, CongressState) else "",
)
def test_places_are_given_while_published_and_given_back_ever_since(state, new_places, given_back):
    house = hall(state=state)

    assert reason(conditions.published, house) is new_places
    assert reason(conditions.public, house) is given_back


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (OPENS - ONE_SECOND, RegistrationNotOpenYet),
        (OPENS, NOBODY),
        (CLOSES - ONE_SECOND, NOBODY),
        (CLOSES, RegistrationClosed),
    ],
    ids=["a second early", "when it opens", "the last second of the named day", "midnight after"],
)
def test_registration_is_open_from_its_opening_to_the_end_of_the_named_day(now, why):
    assert reason(conditions.open_for_registration, hall(now=now)) is why


def test_who_comes_too_early_or_too_late_is_told_the_moment():
    early = conditions.open_for_registration(hall(now=OPENS - ONE_SECOND), inside(7), CONGRESS)
    late = conditions.open_for_registration(hall(now=CLOSES), inside(7), CONGRESS)

    assert early.opens_at == OPENS
    assert late.closes_at == CLOSES


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (STARTS - ONE_SECOND, NOBODY),
        (STARTS, CongressHasBegun),
        (STARTS + timedelta(days=365), CongressHasBegun),
    ],
    ids=["a second before", "as it begins", "a year later"],
)
def test_from_the_beginning_on_places_do_not_change_hands(now, why):
    assert reason(conditions.not_begun, hall(now=now)) is why


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (RegistrationState.CONFIRMED, NOBODY),
        (RegistrationState.WAITING, NOBODY),
        (RegistrationState.CANCELLED, RegistrationCancelled),
    ],
    ids=str,
)
def test_a_registration_that_has_ended_is_not_changed(state, why):
    assert reason(conditions.active, hall(), Person(7, state)) is why


@pytest.mark.parametrize(
    ("condition", "key", "why"),
    [
        (conditions.known, CONGRESS, NOBODY),
        (conditions.known, 1, NOBODY),
        (conditions.known, 4, NOBODY),
        (conditions.known, 99, UnknownWorkshop),
        (conditions.taking_place, CONGRESS, NOBODY),
        (conditions.taking_place, 1, NOBODY),
        (conditions.taking_place, 4, WorkshopCancelled),
    ],
    ids=[
        "the congress is known",
        "a workshop on offer is known",
        "one called off is known",
        "one of another congress is not",
        "the congress has no workshop to call off",
        "a workshop takes place",
        "one called off does not",
    ],
)
def test_one_books_what_is_on_offer_and_takes_place(condition, key, why):
    assert reason(condition, hall(ROOMY, WORKSHOPS), key=key) is why


@pytest.mark.parametrize(
    ("person", "key", "why"),
    [
        (inside(7), 1, NOBODY),
        (outside(7), 1, NotWaiting),
        (outside(7), CONGRESS, NOBODY),
    ],
    ids=["inside", "still waiting for the congress", "the congress itself"],
)
def test_workshops_are_for_those_in_the_congress(person, key, why):
    assert reason(conditions.in_congress, hall(ROOMY, WORKSHOPS), person, key) is why


@pytest.mark.parametrize(
    ("person", "key", "why"),
    [
        (outside(7), CONGRESS, NOBODY),
        (inside(7), CONGRESS, NotWaiting),
        (inside(7, booked(1, WAITING)), 1, NOBODY),
        (outside(7, booked(1, WAITING)), 1, NOBODY),
        (inside(7, booked(1, CONFIRMED)), 1, NotWaiting),
        (inside(7, booked(1, GIVEN_BACK)), 1, NotWaiting),
        (inside(7, booked(2, WAITING)), 1, NotWaiting),
    ],
    ids=[
        "waits for the congress",
        "is in the congress",
        "waits for the workshop",
        "waits for both",
        "has the place",
        "gave it back",
        "waits for another",
    ],
)
def test_only_who_waits_moves_up(person, key, why):
    assert reason(conditions.waiting, hall(ROOMY, WORKSHOPS), person, key) is why


@pytest.mark.parametrize(
    ("bookings", "key", "why"),
    [
        ((), 1, NOBODY),
        ((booked(2),), 1, WorkshopsClash),
        ((booked(3),), 1, NOBODY),
        ((booked(2, WAITING),), 1, NOBODY),
        ((booked(2, GIVEN_BACK),), 1, NOBODY),
        ((booked(2), booked(1, WAITING, instead_of=2)), 1, NOBODY),
        ((booked(2), booked(1, WAITING)), 1, WorkshopsClash),
        ((booked(1),), 1, NOBODY),
        ((booked(2),), CONGRESS, NOBODY),
    ],
    ids=[
        "free all day",
        "sits in one at the same time",
        "sits in one that follows at once",
        "only waits for the other",
        "gave the other back",
        "gives the other up for this one",
        "keeps the other",
        "sits in this very one",
        "the congress overlaps nothing",
    ],
)
def test_nobody_sits_in_two_workshops_at_once(bookings, key, why):
    person = inside(7, *bookings)

    assert reason(conditions.at_no_other_place, hall(ROOMY, WORKSHOPS), person, key) is why


def test_a_clash_names_the_wanted_workshop_and_the_one_in_its_way():
    clash = conditions.at_no_other_place(hall(ROOMY, WORKSHOPS), inside(7, booked(2)), 1)

    assert (clash.first, clash.second) == (A, OVERLAPPING)


@pytest.mark.parametrize(
    ("places", "queue", "room"),
    [
        (ROOMY, NOBODY, NOBODY),
        (Places(capacity=None, taken=900), NOBODY, NOBODY),
        (Places(capacity=2, taken=1, waiting=5), NOBODY, NOBODY),
        (FULL, NOBODY, NoFreePlace),
        (SHUT, "full", NoFreePlace),
        (Places(capacity=0), NOBODY, NoFreePlace),
        (Places(capacity=1, taken=2, overbooked=1), NOBODY, NoFreePlace),
    ],
    ids=["roomy", "no limit", "promised to the queue", "full", "no queue", "none", "overbooked"],
)
@pytest.mark.parametrize(
    ("key", "full"), [(CONGRESS, CongressFull), (1, WorkshopFull)], ids=["congress", "workshop"]
)
def test_a_full_place_can_be_queued_for_if_there_is_a_queue(places, queue, room, key, full):
    house = hall(places, [(A, places)])

    assert reason(conditions.open_queue, house, key=key) is (full if queue == "full" else queue)
    assert reason(conditions.room, house, key=key) is room


def test_the_first_reason_in_the_order_of_the_conditions_is_the_one_told():
    house = hall(state=CongressState.FINISHED, now=CLOSES)
    both = (conditions.open_for_registration, conditions.published)

    assert type(conditions.first_reason(both, house, inside(7), CONGRESS)) is RegistrationClosed
    assert (
        type(conditions.first_reason(reversed(both), house, inside(7), CONGRESS))
        is CongressNotTakingPart
    )
    assert conditions.first_reason((), house, inside(7), CONGRESS) is None
    with pytest.raises(RegistrationClosed):
        conditions.require(both, house, inside(7), CONGRESS)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (inside(7, booked(1, WAITING)), {}),
        (inside(7, booked(2)), {}),
        (inside(7, booked(2), booked(1, WAITING)), {1: WorkshopsClash}),
        (inside(7, booked(2), booked(1, WAITING, instead_of=2)), {}),
        (inside(7, booked(2), booked(1, WAITING), booked(3, WAITING)), {1: WorkshopsClash}),
        (outside(7, booked(1, WAITING), booked(3, WAITING)), {1: NotWaiting, 3: NotWaiting}),
        (outside(7), {}),
    ],
    ids=[
        "whose turn it is",
        "who waits for nothing",
        "who sits elsewhere at that time",
        "who exchanges the safe place",
        "in one queue and not in the other",
        "who has no place in the congress yet",
        "who waits for the congress alone",
    ],
)
def test_passed_over_in_a_queue_for_now(person, why):
    found = conditions.passed_over(hall(ROOMY, WORKSHOPS), person)

    assert {key: type(reason) for key, reason in found.items()} == why
