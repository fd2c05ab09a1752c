"""Why somebody cannot register: the table of cases, by what is said, first things first."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from congress.domain.congresses import CongressState
from congress.domain.eligibility import choosing, eligibility, moves_nobody_up
from congress.domain.hall import CONGRESS
from congress.domain.registration import (
    CongressCalledOff,
    CongressFull,
    CongressHasBegun,
    CongressNotTakingPart,
    CongressOver,
    RegistrationClosed,
    RegistrationNotOpenYet,
    UnknownWorkshop,
    WorkshopCancelled,
    WorkshopFull,
)
from congress.domain.workshops import WorkshopsClash
from tests.domain.halls import (
    AFTERNOON,
    CLOSES,
    FULL,
    LATE_MORNING,
    NOON,
    ONE_SECOND,
    OPENS,
    ROOMY,
    SHUT,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    workshop,
)

EARLY, LATE, LATER = workshop(1), workshop(2, LATE_MORNING), workshop(3, AFTERNOON)
OFF = workshop(4, AFTERNOON, cancelled=True)
WORKSHOPS = [(EARLY, ROOMY), (LATE, FULL), (LATER, SHUT), (OFF, SHUT)]
ENDS = NOON + timedelta(hours=4)
DRAFT, CANCELLED, FINISHED = (
    CongressState.DRAFT,
    CongressState.CANCELLED,
    CongressState.FINISHED,
)


def the_hall(congress=ROOMY, **facts: Any):  # noqa: ANN401 - of a hall
    return replace(hall(congress, WORKSHOPS, **facts), ends_at=ENDS)


def kinds(reasons):
    return [type(each) for each in reasons]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"congress": FULL}, []),  # one may wait
        ({"congress": SHUT}, [CongressFull]),
        ({"now": OPENS - ONE_SECOND}, [RegistrationNotOpenYet]),
        ({"now": OPENS - ONE_SECOND, "congress": SHUT}, [RegistrationNotOpenYet, CongressFull]),
        ({"now": CLOSES - ONE_SECOND}, []),
        ({"now": CLOSES}, [RegistrationClosed]),
        ({"now": CLOSES, "congress": SHUT}, [RegistrationClosed, CongressFull]),
        ({"now": ENDS - ONE_SECOND}, [RegistrationClosed]),
        ({"now": ENDS}, [CongressOver]),
        ({"state": FINISHED}, [CongressOver]),
        ({"state": CANCELLED}, [CongressCalledOff]),
        ({"state": CANCELLED, "now": ENDS, "congress": SHUT}, [CongressCalledOff]),
        ({"state": CANCELLED, "now": OPENS - ONE_SECOND}, [CongressCalledOff]),
        ({"state": DRAFT}, [CongressNotTakingPart]),
    ],
    ids=[
        *("open", "waiting list", "full", "too early", "early and full", "last second"),
        *("closed", "closed and full", "under way", "over", "finished", "called off"),
        *("called off and over", "called off early", "a draft"),
    ],
)
def test_what_keeps_somebody_from_registering(facts, said):
    assert kinds(eligibility(the_hall(**facts))) == said


@pytest.mark.parametrize(
    ("key", "facts", "said"),
    [
        (EARLY.id, {}, []),
        (LATE.id, {}, []),  # one may wait
        (LATER.id, {}, [WorkshopFull]),
        (OFF.id, {}, [WorkshopCancelled, WorkshopFull]),
        (99, {}, [UnknownWorkshop]),
        (EARLY.id, {"now": OPENS - ONE_SECOND}, [RegistrationNotOpenYet]),
        (LATER.id, {"now": CLOSES}, [RegistrationClosed, WorkshopFull]),
        (LATER.id, {"congress": SHUT}, [CongressFull, WorkshopFull]),
        (LATER.id, {"state": CANCELLED}, [CongressCalledOff]),
    ],
    ids=[
        *("free", "waiting list", "full", "off", "unknown", "too early", "late and full"),
        *("both full", "called off"),
    ],
)
def test_what_keeps_somebody_from_a_workshop(key, facts, said):
    assert kinds(eligibility(the_hall(**facts), key=key)) == said


@pytest.mark.parametrize(
    ("bookings", "said"),
    [
        ((), []),
        ((booked(EARLY.id),), [WorkshopsClash]),
        ((booked(EARLY.id, WAITING),), []),
        ((booked(LATE.id),), []),
    ],
    ids=["none", "another at the time", "waits for another", "this one"],
)
def test_somebody_who_sits_elsewhere_at_that_time_is_told_so(bookings, said):
    assert kinds(choosing(the_hall(), inside(1, *bookings), LATE.id)) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"now": STARTS - ONE_SECOND}, type(None)),
        ({"now": STARTS}, CongressHasBegun),
        ({"state": CANCELLED}, CongressNotTakingPart),
    ],
    ids=["before", "begun", "called off"],
)
def test_a_queue_is_worth_joining_until_nobody_moves_up(facts, said):
    assert type(moves_nobody_up(the_hall(FULL, **facts), CONGRESS)) is said
