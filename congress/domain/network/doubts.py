"""What makes one doubt that a state holds from a day on: told and asked, never refused.

Whoever records may know better, so everything here can be recorded all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from congress.domain.errors import Refused
from congress.domain.network.membership import (
    BELONGING,
    MembershipRecord,
    MembershipState,
    believed,
    state_on,
)

FAR_AHEAD = timedelta(days=366)
ONE_DAY = timedelta(days=1)


class Doubt(StrEnum):
    """What does not fit a record."""

    NEVER_JOINED = "never_joined"  # somebody leaves who was nothing before
    SAME_BEFORE = "same_before"  # the state held already
    SAME_AFTER = "same_after"  # the next record says the same
    SAME_DAY = "same_day"  # another record begins on this day, and this one counts from now on
    STILL_BELONGS = "still_belongs"  # a member is to be interested only, and did not leave
    FAR_AHEAD = "far_ahead"
    BEFORE_VALIDITY = "before_validity"  # there was no such organisation yet
    AFTER_VALIDITY = "after_validity"  # it was merged into another before


class RecordDoubted(Refused):
    """A record does not fit what stands already, and nobody has said that it holds all the same."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        self.doubts = tuple(doubts)


class RecordSuperseded(Refused):
    """A record was corrected or taken back after the page was opened."""


class NoSuchOrganisation(Refused):
    """The organisation was merged into another, or removed, after the page was opened."""


@dataclass(frozen=True)
class Validity:
    """From when until when there is an organisation under its key, both days counted."""

    first: date | None = None
    last: date | None = None


EVER = Validity()


def doubts(
    history: Iterable[MembershipRecord],
    state: MembershipState,
    since: date,
    *,
    today: date,
    validity: Validity = EVER,
) -> tuple[Doubt, ...]:
    """Return what does not fit, in the order of this list; nothing where all does."""
    records = list(history)
    before = state_on(records, since - ONE_DAY)
    after = next((each.state for each in believed(records) if each.since > since), None)
    same_day = any(each.since == since for each in believed(records))
    asked = {
        Doubt.NEVER_JOINED: state is MembershipState.LEFT and before is None,
        Doubt.SAME_BEFORE: before is state,
        Doubt.SAME_AFTER: after is state,
        Doubt.SAME_DAY: same_day,
        Doubt.STILL_BELONGS: before in BELONGING
        and state in {MembershipState.INTERESTED, MembershipState.APPLIED},
        Doubt.FAR_AHEAD: since > today + FAR_AHEAD,
        Doubt.BEFORE_VALIDITY: validity.first is not None and since < validity.first,
        Doubt.AFTER_VALIDITY: validity.last is not None
        and since > validity.last
        and state is not MembershipState.LEFT,
    }
    return tuple(each for each, holds in asked.items() if holds)
