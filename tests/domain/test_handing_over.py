"""A colleague comes instead: who may hand over when, and that nothing else moves, as tables."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from congress.domain import conditions
from congress.domain.congresses import CongressKind, CongressState
from congress.domain.hall import CONGRESS, NEWCOMER, NOBODY, Hall, Person
from congress.domain.handing_over import (
    TIME_TO_ACCEPT,
    HandOver,
    NamesThemselves,
    accept_until,
    require_another,
)
from congress.domain.places import decide
from congress.domain.quotas import Delegation, QuotaReached
from congress.domain.registration import (
    BookingState,
    CongressHasBegun,
    CongressNotTakingPart,
    LastModuleHasBegun,
    NotDecided,
    OfferOpen,
    RegistrationCancelled,
    RegistrationState,
    SubstitutesOff,
)
from congress.domain.registration_request import Details
from congress.domain.repeating import after
from congress.domain.rules import Rules
from congress.domain.times.time_slots import TimeSlot
from congress.domain.workshops import Places
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    LATE_MORNING,
    ONE_SECOND,
    OPENS,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    outside,
    workshop,
)
from tests.domain.test_public_calendar import CONGRESS as EVENT

FULL = Places(capacity=2, taken=2, waiting=2)
WORKSHOPS = [
    (workshop(1), FULL),
    (workshop(2), FULL),
    (workshop(3, AFTERNOON), FULL),
    (workshop(4, LATE_MORNING), FULL),
    (workshop(5, cancelled=True), FULL),
]
# What somebody has, in the congress or waiting for it.
CASES = {
    "a place": inside(1),
    "a workshop": inside(1, booked(1)),
    "two at other times": inside(1, booked(1), booked(3)),
    "two that overlap since they were moved": inside(1, booked(1), booked(4)),
    "one that is off": inside(1, booked(5)),
    "a queue": inside(1, booked(1, WAITING)),
    "a queue with its backup place": inside(1, booked(2, WAITING, 1), booked(1)),
    "a position": outside(1),
    "a position, and wishes": outside(1, booked(1, WAITING), booked(3, WAITING)),
}


def the_hall(person, *, now=OPENS, state=CongressState.PUBLISHED):
    """Everything is full, and somebody waits behind the person for each of it."""
    behind = [inside(7, *(booked(number, WAITING) for number in (1, 3))), outside(8), NOBODY]
    lines = dict.fromkeys((1, 2, 3, 4, 5), (1, 7)) | {CONGRESS: (1, 8)}
    return hall(FULL, WORKSHOPS, person, *behind, lines=lines, now=now, state=state)


def shape(person):
    """What somebody has, whoever it is and in whichever order."""
    return person.state, sorted(person.bookings, key=lambda each: each.workshop_id)


@pytest.mark.parametrize("name", CASES)
def test_who_comes_instead_has_the_same_and_nobody_else_moves(name):
    here = the_hall(CASES[name])
    decision = decide(here, HandOver(1))
    then = after(here, decision)

    assert decision.refusal is None
    assert shape(then.people[NEWCOMER]) == shape(here.people[1])
    assert shape(then.people[1]) == (RegistrationState.CANCELLED, [])
    assert decision.gains == {}
    assert {move.person for move in decision.moves} == {1, NEWCOMER}
    assert then.places == here.places


def test_a_position_is_taken_over_and_not_the_end_of_the_queue():
    here = the_hall(outside(1, booked(1, WAITING)))
    lines = after(here, decide(here, HandOver(1))).lines
    assert lines[CONGRESS].people[0] == lines[1].people[0] == NEWCOMER


def test_a_congress_below_its_people_stays_as_it_is():
    here = replace(the_hall(inside(1)), places={**the_hall(inside(1)).places})
    here = replace(here, places={**here.places, CONGRESS: Places(1, taken=2, overbooked=1)})
    assert after(here, decide(here, HandOver(1))).places == here.places


ASKS = Person(1, RegistrationState.REQUESTED)
OFFERED = inside(1, booked(1, BookingState.OFFERED))
LEFT = Person(1, RegistrationState.CANCELLED)
CANCELLED, DRAFT = CongressState.CANCELLED, CongressState.DRAFT
# Somebody, the moment and the event: why not by themselves, and why not by hand.
WHEN: dict[str, Any] = {
    "while registration is open": (inside(1), {}, None, None),
    "after the deadline": (inside(1), {"now": CLOSES + ONE_SECOND}, None, None),
    "in the last second": (inside(1), {"now": STARTS - ONE_SECOND}, None, None),
    "once it begins": (inside(1), {"now": STARTS}, CongressHasBegun, None),
    "waiting": (outside(1), {"now": CLOSES + ONE_SECOND}, None, None),
    "having left": (LEFT, {}, RegistrationCancelled, RegistrationCancelled),
    "asking to take part": (ASKS, {}, NotDecided, NotDecided),
    "offered a place": (Person(1, RegistrationState.OFFERED), {}, OfferOpen, OfferOpen),
    "offered a workshop": (OFFERED, {}, OfferOpen, OfferOpen),
    "called off": (inside(1), {"state": CANCELLED}, CongressNotTakingPart, CongressNotTakingPart),
    "a draft again": (inside(1), {"state": DRAFT}, CongressNotTakingPart, CongressNotTakingPart),
}


@pytest.mark.parametrize("name", WHEN)
def test_when_a_place_can_be_handed_over(name):
    person, values, why, why_by_hand = WHEN[name]
    here = the_hall(person, **values)
    assert refusal_or_none(here, HandOver(1)) is why
    assert refusal_or_none(here, HandOver(1, by_organiser=True)) is why_by_hand


LAST = STARTS + timedelta(weeks=30)
# The moment, in a course whose last module begins at LAST: why nobody can come instead.
IN_A_COURSE = [
    (STARTS - ONE_SECOND, None),
    (STARTS, None),
    (LAST - ONE_SECOND, None),
    (LAST, LastModuleHasBegun),
    (LAST + timedelta(days=1), LastModuleHasBegun),
]


@pytest.mark.parametrize(("now", "why"), IN_A_COURSE)
def test_the_place_in_a_course_changes_hands_until_its_last_module_begins(now, why):
    here = replace(the_hall(inside(1), now=now), last_module_at=LAST)
    assert refusal_or_none(here, HandOver(1)) is why
    assert refusal_or_none(here, HandOver(1, by_organiser=True)) is None
    named = conditions.first_reason(conditions.NAMING, here, here.people[1], CONGRESS)
    assert (type(named) if named else None) is why


@pytest.mark.parametrize(
    ("kind", "apart", "ends_with_last"),
    [
        (CongressKind.TRAINING, timedelta(weeks=4), True),
        (CongressKind.TRAINING, timedelta(days=1), False),  # two days in a row are one meeting
        (CongressKind.FACHKONGRESS, timedelta(weeks=4), False),
    ],
)
def test_only_a_course_lets_others_come_once_it_has_begun(kind, apart, ends_with_last):
    [day, *_] = EVENT.days
    later = TimeSlot(day.starts_at + apart, day.ends_at + apart)
    course = replace(EVENT, kind=kind, days=(day, later))
    until = later.starts_at if ends_with_last else day.starts_at
    assert course.changes_hands_until == until
    assert accept_until(course, day.starts_at - timedelta(days=1)) == min(
        until, day.starts_at - timedelta(days=1) + TIME_TO_ACCEPT
    )
    assert (Hall.of(course, (), now=day.starts_at).last_module_at == until) is ends_with_last


def refusal_or_none(here, wanted):
    decision = decide(here, wanted)
    return type(decision.refusal) if decision.refusal else None


OURS, THEIRS = "lunen", "koln"
# Which organisation the colleague is of, how many it has inside of two, and whether they may.
QUOTA = [(OURS, 2, None), (OURS, 3, None), (THEIRS, 1, None), (THEIRS, 2, QuotaReached)]


@pytest.mark.parametrize(("key", "inside_of", "why"), QUOTA)
def test_of_another_organisation_as_many_come_as_may(key, inside_of, why):
    sent = {OURS: Delegation(2, 2), THEIRS: Delegation(2, 1)} | {key: Delegation(2, inside_of)}
    here = replace(the_hall(replace(inside(1), quota_key=OURS)), delegations=sent)
    newcomer = replace(NOBODY, quota_key=key)
    assert refusal_or_none(here, HandOver(1, newcomer)) is why
    assert refusal_or_none(here, HandOver(1, newcomer, by_organiser=True)) is None


def test_it_goes_on_when_places_can_no_longer_be_given_back():
    here = the_hall(inside(1))
    period = replace(here.period, withdrawals_until=OPENS)
    assert refusal_or_none(replace(here, period=period), HandOver(1)) is None


def test_a_congress_without_substitutes_lets_nobody_be_named_and_keeps_who_is():
    here = replace(the_hall(inside(1)), rules=Rules(substitutes=False))
    why = conditions.first_reason(conditions.NAMING, here, here.people[1], CONGRESS)
    assert isinstance(why, SubstitutesOff)
    assert refusal_or_none(here, HandOver(1)) is None


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(days=60), EVENT.starts_at - timedelta(days=60) + TIME_TO_ACCEPT),
        (timedelta(days=1), EVENT.starts_at),
    ],
)
def test_a_colleague_can_accept_for_a_while_and_not_after_it_begins(before, expected):
    assert accept_until(EVENT, EVENT.starts_at - before) == expected


@pytest.mark.parametrize(
    ("name", "email", "is_other"),
    [
        ("Erika", "rathaus@example.org", False),
        ("ERIKA", "Rathaus@Example.org", False),
        ("Max", "rathaus@example.org", True),  # small town halls share a mailbox
        ("Erika", "erika@example.org", True),
    ],
)
def test_nobody_hands_over_to_themselves(name, email, is_other):
    mine = Details("Erika", "Muster", "rathaus@example.org")
    colleague = Details(name, "Muster", email)
    if is_other:
        require_another(mine, colleague)
    else:
        with pytest.raises(NamesThemselves):
            require_another(mine, colleague)
