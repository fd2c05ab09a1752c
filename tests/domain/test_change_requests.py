"""When somebody is to ask for a change, and what cannot be asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.change_requests import (
    NothingAsked,
    RequestKind,
    StillOpen,
    may_ask,
    require_askable,
)
from congress.domain.congresses import CongressState
from congress.domain.hall import Person
from congress.domain.registration import (
    CongressHasBegun,
    CongressNotTakingPart,
    RegistrationCancelled,
    RegistrationNotOpenYet,
    RegistrationState,
    UnknownWorkshop,
    WorkshopCancelled,
)
from congress.domain.workshops import WorkshopsClash
from tests.domain.halls import (
    CLOSES,
    FULL,
    ONE_SECOND,
    OPENS,
    PERIOD,
    ROOMY,
    STARTS,
    booked,
    hall,
    inside,
    wish,
    workshop,
)

WORKSHOPS, WITHDRAWAL = RequestKind.WORKSHOPS, RequestKind.WITHDRAWAL
ME = inside(9, booked(1))
LAST = replace(PERIOD, withdrawals_until=CLOSES)
ITEMS = [
    (workshop(1), ROOMY),
    (workshop(2), FULL),  # a full one can be asked for
    (workshop(3, cancelled=True), ROOMY),
    (workshop(4), ROOMY),
]


def here(person=ME, *, now=CLOSES, period=LAST, state=CongressState.PUBLISHED):
    return hall(ROOMY, ITEMS, person, now=now, period=period, state=state)


@pytest.mark.parametrize(
    ("kind", "wishes", "given", "expected"),
    [
        (WORKSHOPS, [2], {}, None),
        (WITHDRAWAL, [], {}, None),
        (WORKSHOPS, [2], {"now": CLOSES - ONE_SECOND}, StillOpen),
        (WITHDRAWAL, [], {"now": CLOSES - ONE_SECOND}, StillOpen),
        (WITHDRAWAL, [], {"period": PERIOD}, StillOpen),  # possible until it begins
        (WORKSHOPS, [2], {"now": OPENS - ONE_SECOND}, RegistrationNotOpenYet),
        (WORKSHOPS, [2], {"now": STARTS}, CongressHasBegun),
        (WITHDRAWAL, [], {"now": STARTS}, CongressHasBegun),
        (WORKSHOPS, [2], {"state": CongressState.CANCELLED}, CongressNotTakingPart),
        (WORKSHOPS, [], {}, NothingAsked),
        (WORKSHOPS, [1], {}, NothingAsked),  # one's own
        (WORKSHOPS, [3], {}, WorkshopCancelled),
        (WORKSHOPS, [7], {}, UnknownWorkshop),
        (WORKSHOPS, [2, 4], {}, WorkshopsClash),
    ],
)
def test_what_can_be_asked_for(kind, wishes, given, expected):
    asked = [wish(number) for number in wishes]
    if expected is None:
        require_askable(kind, asked, here(**given), ME)
    else:
        with pytest.raises(expected):
            require_askable(kind, asked, here(**given), ME)


def test_whoever_has_left_asks_for_nothing():
    gone = Person(9, RegistrationState.CANCELLED)
    with pytest.raises(RegistrationCancelled):
        require_askable(WITHDRAWAL, [], here(gone), gone)
    assert not may_ask(WITHDRAWAL, here(gone), gone)


@pytest.mark.parametrize(
    ("now", "workshops", "withdrawal"),
    [
        (CLOSES - ONE_SECOND, False, False),
        (CLOSES, True, True),
        (STARTS - timedelta(seconds=1), True, True),
        (STARTS, False, False),
    ],
)
def test_when_the_page_offers_to_ask(now, workshops, withdrawal):
    assert may_ask(WORKSHOPS, here(now=now), ME) is workshops
    assert may_ask(WITHDRAWAL, here(now=now), ME) is withdrawal
