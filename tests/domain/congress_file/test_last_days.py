"""Last days of their own for changes and cancelling, as a congress file names them."""

from datetime import UTC, datetime

from congress.domain.registration import RegistrationPeriod
from tests.domain.congress_file.test_reading import FILE, plan_of

OPENS, CLOSES = (
    datetime(2015, 8, 2, 22, tzinfo=UTC),
    datetime(2015, 10, 7, 22, tzinfo=UTC),
)


def test_changes_and_cancelling_have_last_days_of_their_own_or_none():
    own = "registration.changes_until = 2015-10-12\nregistration.withdrawals_until = 2015-10-01\n"
    deadline = "registration.deadline = 2015-10-07\n"
    without = plan_of(FILE).registration
    named = plan_of(FILE.replace(deadline, deadline + own)).registration
    assert without.period == RegistrationPeriod(OPENS, CLOSES)
    assert named.period == RegistrationPeriod(
        OPENS, CLOSES, datetime(2015, 10, 12, 22, tzinfo=UTC), datetime(2015, 10, 1, 22, tzinfo=UTC)
    )
