from datetime import UTC, date, datetime

import pytest

from congress.domain.network.membership import (
    INSTANT,
    MembershipRecord,
    MembershipState,
    believed,
    belongs_on,
    moment_after,
    state_on,
)

APPLIED, MEMBER = MembershipState.APPLIED, MembershipState.MEMBER
PARTNER, LEFT = MembershipState.PARTNER, MembershipState.LEFT
SPRING, SUMMER, AUTUMN = (datetime(2015, month, 1, tzinfo=UTC) for month in (3, 6, 9))

# Applied in January, a member from May on; in summer it turned out that it had been since April.
CORRECTED = (
    MembershipRecord(APPLIED, date(2015, 1, 15), SPRING),
    MembershipRecord(MEMBER, date(2015, 5, 1), SPRING, superseded_at=SUMMER),
    MembershipRecord(MEMBER, date(2015, 4, 1), SUMMER),
    MembershipRecord(LEFT, date(2016, 1, 1), AUTUMN),
)


@pytest.mark.parametrize(
    ("day", "known_at", "state"),
    [
        (date(2015, 1, 14), None, None),
        (date(2015, 1, 15), None, APPLIED),
        (date(2015, 3, 31), None, APPLIED),
        (date(2015, 4, 1), None, MEMBER),
        (date(2015, 12, 31), None, MEMBER),
        (date(2016, 1, 1), None, LEFT),
        # What was known in spring: not in April yet.
        (date(2015, 4, 1), SPRING, APPLIED),
        (date(2015, 5, 1), SPRING, MEMBER),
        (date(2016, 1, 1), SPRING, MEMBER),
        # The correction counts from its own moment on.
        (date(2015, 4, 1), SUMMER, MEMBER),
        (date(2016, 1, 1), SUMMER, MEMBER),
        (date(2016, 1, 1), AUTUMN, LEFT),
        (date(2016, 1, 1), datetime(2015, 1, 1, tzinfo=UTC), None),
    ],
)
def test_membership_on_a_day_as_known_at_a_moment(day, known_at, state):
    assert state_on(CORRECTED, day, known_at=known_at) is state
    assert state_on(reversed(CORRECTED), day, known_at=known_at) is state


def test_of_two_records_of_one_day_the_later_counts():
    day = date(2015, 5, 1)
    both = (MembershipRecord(MEMBER, day, SUMMER), MembershipRecord(PARTNER, day, AUTUMN))
    assert state_on(both, day) is PARTNER
    assert state_on(both, day, known_at=SUMMER) is MEMBER


@pytest.mark.parametrize(
    ("state", "belongs"),
    [
        (MembershipState.INTERESTED, False),
        (APPLIED, False),
        (MEMBER, True),
        (PARTNER, True),
        (LEFT, False),
    ],
)
def test_members_and_partners_belong(state, belongs):
    day = date(2015, 5, 1)
    assert belongs_on([MembershipRecord(state, day, SPRING)], day) is belongs


def test_of_two_records_of_one_moment_the_last_written_counts():
    day = date(2015, 5, 1)
    both = (MembershipRecord(MEMBER, day, SPRING, id=2), MembershipRecord(LEFT, day, SPRING, id=1))
    assert state_on(both, day) is MEMBER


@pytest.mark.parametrize(
    ("known_at", "held"),
    [
        (None, [APPLIED, MEMBER, LEFT]),
        (SPRING, [APPLIED, MEMBER]),
        (SUMMER, [APPLIED, MEMBER]),
        (datetime(2015, 1, 1, tzinfo=UTC), []),
    ],
)
def test_what_was_believed_in_the_order_of_days(known_at, held):
    assert [each.state for each in believed(reversed(CORRECTED), known_at=known_at)] == held


@pytest.mark.parametrize(
    ("history", "now", "moment"),
    [
        ((), SPRING, SPRING),
        (CORRECTED, AUTUMN + INSTANT, AUTUMN + INSTANT),
        # Two acts of one moment, and a clock that was set back.
        (CORRECTED, AUTUMN, AUTUMN + INSTANT),
        (CORRECTED, SPRING, AUTUMN + INSTANT),
        (CORRECTED[:2], SPRING, SUMMER + INSTANT),
    ],
)
def test_what_is_recorded_is_later_than_all_before(history, now, moment):
    assert moment_after(history, now) == moment
