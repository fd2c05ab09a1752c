from datetime import UTC, date, datetime, timedelta

import pytest

from congress.domain.network.doubts import Doubt, Validity, doubts
from congress.domain.network.membership import MembershipRecord, MembershipState

INTERESTED, APPLIED, MEMBER, PARTNER, LEFT = MembershipState
THEN = datetime(2015, 3, 1, tzinfo=UTC)
TODAY = date(2015, 6, 1)


def record(state, since, superseded_at=None):
    return MembershipRecord(state, since, THEN, superseded_at)


JOINED = (record(APPLIED, date(2015, 1, 1)), record(MEMBER, date(2015, 3, 1)))
GONE = (*JOINED, record(LEFT, date(2015, 5, 1)))


@pytest.mark.parametrize(
    ("history", "state", "since", "found"),
    [
        ((), INTERESTED, TODAY, ()),
        ((), MEMBER, TODAY, ()),  # of old, without an application
        ((), LEFT, TODAY, (Doubt.NEVER_JOINED,)),
        (JOINED, LEFT, date(2014, 1, 1), (Doubt.NEVER_JOINED,)),
        (JOINED, LEFT, TODAY, ()),
        (JOINED, PARTNER, TODAY, ()),
        (JOINED, MEMBER, TODAY, (Doubt.SAME_BEFORE,)),
        (JOINED, MEMBER, date(2015, 2, 1), (Doubt.SAME_AFTER,)),
        (JOINED, PARTNER, date(2015, 3, 1), (Doubt.SAME_DAY,)),
        (JOINED, MEMBER, date(2015, 3, 1), (Doubt.SAME_DAY,)),
        (JOINED, APPLIED, TODAY, (Doubt.STILL_BELONGS,)),
        (JOINED, INTERESTED, TODAY, (Doubt.STILL_BELONGS,)),
        (GONE, INTERESTED, TODAY, ()),
        (GONE, MEMBER, TODAY, ()),  # again
        (GONE, LEFT, TODAY, (Doubt.SAME_BEFORE,)),
        ((), MEMBER, TODAY + timedelta(days=366), ()),
        ((), MEMBER, TODAY + timedelta(days=367), (Doubt.FAR_AHEAD,)),
        # What was corrected counts no more.
        ((record(MEMBER, date(2015, 3, 1), THEN),), MEMBER, TODAY, ()),
        ((record(MEMBER, date(2015, 3, 1), THEN),), LEFT, TODAY, (Doubt.NEVER_JOINED,)),
    ],
)
def test_what_does_not_fit(history, state, since, found):
    assert doubts(history, state, since, today=TODAY) == found


@pytest.mark.parametrize(
    ("state", "since", "found"),
    [
        (MEMBER, date(2014, 12, 31), (Doubt.BEFORE_VALIDITY,)),
        (MEMBER, date(2015, 1, 1), ()),
        (MEMBER, date(2015, 5, 31), ()),
        (MEMBER, date(2015, 6, 1), (Doubt.AFTER_VALIDITY,)),
    ],
)
def test_the_days_on_which_there_is_the_organisation(state, since, found):
    validity = Validity(date(2015, 1, 1), date(2015, 5, 31))
    assert doubts((), state, since, today=TODAY, validity=validity) == found


def test_an_organisation_that_was_merged_into_another_leaves_on_the_day_after():
    validity = Validity(last=date(2015, 5, 31))
    assert doubts(JOINED, LEFT, date(2015, 6, 1), today=TODAY, validity=validity) == ()
