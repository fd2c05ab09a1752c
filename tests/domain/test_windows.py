"""Until when one may register, change, give back and withdraw: three windows, each with its end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.domain.places import Choose, Leave, Register, Withdraw, decide
from congress.domain.registration import (
    ChangesClosed,
    CongressHasBegun,
    RegistrationClosed,
    RegistrationNotOpenYet,
    WithdrawalsClosed,
)
from tests.domain.halls import (
    CLOSES,
    LATE_MORNING,
    MORNING,
    ONE_SECOND,
    OPENS,
    PERIOD,
    ROOMY,
    STARTS,
    WAITING,
    booked,
    hall,
    inside,
    outside,
    refusal,
    wish,
    workshop,
)

DAY = timedelta(days=1)
BEFORE, AFTER = CLOSES - 7 * DAY, CLOSES + 7 * DAY
OK = type(None)
REGISTER, CHOOSE, LEAVE, WITHDRAW = Register(), Choose(9, (wish(2),)), Leave(9, 1), Withdraw(9)


@pytest.mark.parametrize(
    ("until", "now", "expected"),
    [
        # Without ends of their own: changes go with registration, the rest until it begins.
        ({}, OPENS - ONE_SECOND, (RegistrationNotOpenYet, RegistrationNotOpenYet, OK, OK)),
        ({}, CLOSES - ONE_SECOND, (OK, OK, OK, OK)),
        ({}, CLOSES, (RegistrationClosed, ChangesClosed, OK, OK)),
        ({}, STARTS, (RegistrationClosed, ChangesClosed, CongressHasBegun, CongressHasBegun)),
        # Changes longer than registration, and shorter.
        ({"changes_until": AFTER}, CLOSES, (RegistrationClosed, OK, OK, OK)),
        ({"changes_until": AFTER}, AFTER, (RegistrationClosed, ChangesClosed, OK, OK)),
        ({"changes_until": BEFORE}, BEFORE - ONE_SECOND, (OK, OK, OK, OK)),
        ({"changes_until": BEFORE}, BEFORE, (OK, ChangesClosed, OK, OK)),
        # Giving back and withdrawing have one end.
        ({"withdrawals_until": BEFORE}, BEFORE - ONE_SECOND, (OK, OK, OK, OK)),
        ({"withdrawals_until": BEFORE}, BEFORE, (OK, OK, WithdrawalsClosed, WithdrawalsClosed)),
        (
            {"withdrawals_until": STARTS + DAY},  # what begins has begun, whatever is named
            STARTS,
            (RegistrationClosed, ChangesClosed, CongressHasBegun, CongressHasBegun),
        ),
        (
            {"changes_until": AFTER, "withdrawals_until": BEFORE},
            CLOSES,
            (RegistrationClosed, OK, WithdrawalsClosed, WithdrawalsClosed),
        ),
    ],
)
def test_each_window_has_its_end(until, now, expected):
    period = replace(PERIOD, **until)
    here = hall(
        ROOMY,
        [(workshop(1), ROOMY), (workshop(2), ROOMY)],
        inside(9, booked(1)),
        now=now,
        period=period,
    )
    wanted = (REGISTER, CHOOSE, LEAVE, WITHDRAW)
    assert tuple(why(here, each) for each in wanted) == expected


def why(here, wanted):
    return type(decide(here, wanted).refusal)


@pytest.mark.parametrize(
    ("now", "expected"), [(BEFORE, OK), (STARTS, CongressHasBegun)], ids=["after it", "begun"]
)
def test_whoever_waits_has_no_place_to_give_back_and_can_stop_until_it_begins(now, expected):
    period = replace(PERIOD, withdrawals_until=BEFORE)
    rooms = [(workshop(1), ROOMY), (workshop(2), ROOMY)]
    for_a_workshop = hall(
        ROOMY, rooms, inside(9, booked(1), booked(2, WAITING)), now=now, period=period
    )
    assert why(for_a_workshop, Leave(9, 2)) is expected
    assert why(for_a_workshop, Leave(9, 1)) is (WithdrawalsClosed if now is BEFORE else expected)
    for_the_congress = hall(ROOMY, rooms, outside(9), now=now, period=period)
    assert why(for_the_congress, Withdraw(9)) is expected


@pytest.mark.parametrize(
    ("other", "expected"), [(LATE_MORNING, OK), (None, WithdrawalsClosed)], ids=["two", "one"]
)
def test_one_of_two_places_at_the_same_time_can_be_given_up_also_later(other, expected):
    """Whoever has both since one was moved was asked to choose."""
    places = [booked(1), booked(2)] if other else [booked(1)]
    here = hall(
        ROOMY,
        [(workshop(1, MORNING), ROOMY), (workshop(2, LATE_MORNING), ROOMY)],
        inside(9, *places),
        now=BEFORE,
        period=replace(PERIOD, withdrawals_until=BEFORE),
    )
    assert why(here, Leave(9, 1)) is expected
    assert refusal(here, Withdraw(9)) is WithdrawalsClosed


@pytest.mark.parametrize(
    ("before", "after", "now", "expected"),
    [
        ({}, {}, OPENS, False),
        ({}, {"closes_at": AFTER}, OPENS, True),  # changes end with it
        ({"changes_until": AFTER}, {"changes_until": AFTER, "closes_at": BEFORE}, OPENS, False),
        ({}, {"changes_until": CLOSES}, OPENS, False),  # the same day, named now
        ({}, {"changes_until": AFTER}, OPENS, True),
        ({}, {"changes_until": AFTER}, AFTER, False),  # both are over
        ({}, {"withdrawals_until": BEFORE}, OPENS, True),
        ({"withdrawals_until": BEFORE}, {}, AFTER, True),  # one can withdraw again
        ({"withdrawals_until": BEFORE}, {"withdrawals_until": AFTER}, AFTER, False),
    ],
)
def test_which_other_ends_matter_to_whoever_is_registered(before, after, now, expected):
    was, becomes = replace(PERIOD, **before), replace(PERIOD, **after)
    assert was.closes_otherwise(becomes, now) is expected
