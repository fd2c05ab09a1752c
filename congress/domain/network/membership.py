"""Membership over time, twice: on which day it held, and since when that was known.

A correction never changes what was written: the old record ends and another one is added. So one
may ask who was a member on a day, as known today, and as known when a report was sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

INSTANT = timedelta(microseconds=1)


class MembershipState(StrEnum):
    """What an organisation is to the network."""

    INTERESTED = "interested"
    APPLIED = "applied"
    MEMBER = "member"
    PARTNER = "partner"
    LEFT = "left"


# Whose delegates meet: members and the partner municipalities that are counted with them.
BELONGING = frozenset({MembershipState.MEMBER, MembershipState.PARTNER})


@dataclass(frozen=True)
class MembershipRecord:
    """That a state holds from a local day on; in force until it is superseded."""

    state: MembershipState
    since: date
    recorded_at: datetime
    superseded_at: datetime | None = None
    id: int = 0  # in the order in which they were written

    def is_known(self, at: datetime | None) -> bool:
        """Return whether this was held to be true at a moment; None asks about today."""
        if at is None:
            return self.superseded_at is None
        return self.recorded_at <= at and (self.superseded_at is None or at < self.superseded_at)


def state_on(
    history: Iterable[MembershipRecord], day: date, *, known_at: datetime | None = None
) -> MembershipState | None:
    """Return what an organisation was on a day, as known at a moment; None if it was nothing.

    Of two records that begin on one day the later one counts.
    """
    held = [each for each in history if each.since <= day and each.is_known(known_at)]
    if not held:
        return None
    return max(held, key=lambda each: (each.since, each.recorded_at, each.id)).state


def belongs_on(
    history: Iterable[MembershipRecord], day: date, *, known_at: datetime | None = None
) -> bool:
    """Return whether an organisation was a member or partner on a day."""
    return state_on(history, day, known_at=known_at) in BELONGING


def believed(
    history: Iterable[MembershipRecord], *, known_at: datetime | None = None
) -> list[MembershipRecord]:
    """Return what was held to be true at a moment, in the order of days; None asks about today."""
    held = [each for each in history if each.is_known(known_at)]
    return sorted(held, key=lambda each: (each.since, each.recorded_at, each.id))


def moment_after(history: Iterable[MembershipRecord], now: datetime) -> datetime:
    """Return when something is recorded: now, and later than all that was recorded before.

    So what was known at a moment never changes, not even where a clock was set back.
    """
    written = [
        moment
        for each in history
        for moment in (each.recorded_at, each.superseded_at)
        if moment is not None
    ]
    return max([now, *(moment + INSTANT for moment in written)])
